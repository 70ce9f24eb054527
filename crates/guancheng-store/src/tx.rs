//! The ports over a connection: [`Reader`] for snapshots, [`WriteTx`] inside the writer.

use guancheng_app::ports::{
    self as port, Audit, AuditQuery, Burden, CaseQuery, CaseRow, Change, ClosingsQuery, Contact, Counts, Credential,
    FileRow, GroupBy, IdempotencyKey, Idempotent, NearQuery, OrgRows, OutboxRow, Page, Points, PortError, ProgressCase,
    ProgressSum, Projection, Read, ReportRow, SessionRow, StoredAnswer, StoredRecord, Stretch, TaskRow, TimerRow,
    TokenRow, Tx,
};
use guancheng_base::{Actor, CaseId, Day, EvidenceId, Instant, Name, PersonId, ReportId};
use guancheng_case::{Case, Record};
use guancheng_org::{Permit, Scope};
use guancheng_plan::PlanRecord;
use rusqlite::Connection;

use crate::{
    append, cases,
    chain::{Hash, Head, Subject},
    closings::Closings,
    db, evidence, facts, list, people, plan,
    sql::cases as sql,
    tally::Tallies,
};

/// What jobs have done that is not yet committed.
pub(crate) struct Pending {
    pub(crate) head: Head,
    pub(crate) tallies: Tallies,
    pub(crate) closings: Closings,
    pub(crate) changes: Vec<Change>,
}

impl Pending {
    pub(crate) fn after(head: Head) -> Self {
        Pending { head, tallies: Tallies::new(), closings: Closings::new(), changes: Vec::new() }
    }

    /// Takes over what a job did that began at this head.
    pub(crate) fn absorb(&mut self, job: Pending) {
        let Pending { head, tallies, closings, changes } = job;
        self.head = head;
        for (key, n) in tallies {
            *self.tallies.entry(key).or_default() += n;
        }
        for (key, sums) in closings {
            let into = self.closings.entry(key).or_default();
            into.iter_mut().zip(sums).for_each(|(into, n)| *into += n);
        }
        self.changes.extend(changes);
    }
}

/// A consistent snapshot to read from.
pub struct Reader<'c> {
    conn: &'c Connection,
}

/// The one transaction that writes.
pub struct WriteTx<'c> {
    conn: &'c Connection,
    pending: &'c mut Pending,
}

impl<'c> Reader<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Self {
        Reader { conn }
    }

    /// The newest record of the log.
    pub fn head(&self) -> Result<Head, PortError> {
        cases::head(self.conn).map(|(head, _)| head)
    }

    /// When the system next looks at a case by itself.
    pub fn timer(&self, case: CaseId) -> Result<Option<TimerRow>, PortError> {
        cases::timer_of(self.conn, case)
    }

    /// The records of cases among the next `limit` of the city's log after `after`, oldest first.
    pub fn log(&self, after: i64, limit: usize) -> Result<Vec<StoredRecord>, PortError> {
        let raw = cases::log(self.conn, after, limit)?;
        raw.into_iter()
            .filter(|raw| matches!(raw.subject, Subject::Case(_)))
            .map(|raw| Ok(StoredRecord { seq: raw.seq, record: raw.record()?, hash: db::hash(raw.hash)? }))
            .collect()
    }
}

impl<'c> WriteTx<'c> {
    pub(crate) fn new(conn: &'c Connection, pending: &'c mut Pending) -> Self {
        WriteTx { conn, pending }
    }

    /// Erases the personal data of a report; `false` when there is none. The case and the chain stay as they are.
    pub fn erase_contact(&mut self, report: ReportId) -> Result<bool, PortError> {
        evidence::erase_contact(self.conn, report)
    }
}

/// Both kinds of connection read in the same way.
macro_rules! reads {
    ($on:ident) => {
        impl Read for $on<'_> {
            fn case(&self, id: CaseId) -> Result<Option<Case>, PortError> {
                cases::state(self.conn, id)
            }
            fn case_by_number(&self, number: &str) -> Result<Option<CaseId>, PortError> {
                cases::by_number(self.conn, number)
            }
            fn row(&self, id: CaseId) -> Result<Option<CaseRow>, PortError> {
                cases::row(self.conn, id)
            }
            fn records(&self, id: CaseId) -> Result<Vec<StoredRecord>, PortError> {
                cases::records(self.conn, id)
            }
            fn cases(&self, query: &CaseQuery, scope: &Scope, now: Instant) -> Result<Page<CaseRow>, PortError> {
                list::page(self.conn, query, scope, now)
            }
            fn counts(&self, query: &CaseQuery, scope: &Scope, by: GroupBy, now: Instant) -> Result<Counts, PortError> {
                list::counts(self.conn, query, scope, by, now)
            }
            fn points(
                &self,
                query: &CaseQuery,
                scope: &Scope,
                limit: usize,
                now: Instant,
            ) -> Result<Points, PortError> {
                list::points(self.conn, query, scope, limit, now)
            }
            fn near(&self, query: &NearQuery) -> Result<Vec<(CaseRow, f64)>, PortError> {
                list::near(self.conn, query)
            }
            fn reports(&self, case: CaseId) -> Result<Vec<ReportRow>, PortError> {
                evidence::reports(self.conn, case)
            }
            fn report_by_code(&self, code: &str) -> Result<Option<ReportRow>, PortError> {
                evidence::report_by_code(self.conn, code)
            }
            fn contact(&self, report: ReportId) -> Result<Option<Contact>, PortError> {
                evidence::contact(self.conn, report)
            }
            fn files(&self, ids: &[EvidenceId]) -> Result<Vec<FileRow>, PortError> {
                evidence::files(self.conn, ids)
            }
            fn due_timers(&self, now: Instant, limit: usize) -> Result<Vec<TimerRow>, PortError> {
                cases::due_timers(self.conn, now, limit)
            }
            fn outbox(&self, limit: usize) -> Result<Vec<OutboxRow>, PortError> {
                cases::outbox(self.conn, limit)
            }
            fn changes(&self, after: i64, limit: usize) -> Result<Vec<Change>, PortError> {
                cases::changes(self.conn, after, limit)
            }
            fn tasks(&self, case: CaseId) -> Result<Vec<TaskRow>, PortError> {
                cases::tasks(self.conn, case)
            }
            fn org(&self) -> Result<OrgRows, PortError> {
                people::org(self.conn)
            }
            fn credential(&self, login: &str) -> Result<Option<Credential>, PortError> {
                people::credential(self.conn, login)
            }
            fn session(&self, hash: &Hash) -> Result<Option<SessionRow>, PortError> {
                people::session(self.conn, hash)
            }
            fn token(&self, hash: &Hash) -> Result<Option<TokenRow>, PortError> {
                people::token(self.conn, hash)
            }
            fn tokens(&self, person: PersonId) -> Result<Vec<TokenRow>, PortError> {
                people::tokens(self.conn, person)
            }
            fn audit(&self, query: &AuditQuery) -> Result<Page<Audit>, PortError> {
                people::audit(self.conn, query)
            }
            fn plans(&self) -> Result<Vec<i64>, PortError> {
                plan::ids(self.conn)
            }
            fn plan_records(&self, plan: i64, after: u64) -> Result<Vec<PlanRecord>, PortError> {
                plan::records(self.conn, plan, after)
            }
            fn progress(&self, plan: i64, until: Day) -> Result<Vec<ProgressSum>, PortError> {
                plan::progress(self.conn, plan, until)
            }
            fn progress_cases(
                &self,
                plan: i64,
                commitment: &str,
                limit: usize,
            ) -> Result<(Vec<ProgressCase>, u64), PortError> {
                plan::progress_cases(self.conn, plan, commitment, limit)
            }
            fn progress_in(&self, plan: i64, cells: (i64, i64)) -> Result<Vec<String>, PortError> {
                plan::progress_in(self.conn, plan, cells)
            }
            fn closings(&self, query: &ClosingsQuery) -> Result<port::Closings, PortError> {
                plan::closings(self.conn, query)
            }
            fn burden(&self, plan: i64, stretch: Stretch) -> Result<Vec<Burden>, PortError> {
                plan::burden(self.conn, plan, stretch)
            }
            fn head_seq(&self) -> Result<i64, PortError> {
                cases::head(self.conn).map(|(head, _)| head.seq)
            }
            fn changed_cases(&self, kind: &str, after: i64) -> Result<Vec<CaseId>, PortError> {
                facts::changed(self.conn, kind, after)
            }
            fn setting(&self, key: &str) -> Result<Option<String>, PortError> {
                people::setting(self.conn, key)
            }
        }
    };
}

reads!(Reader);
reads!(WriteTx);

impl Tx for WriteTx<'_> {
    fn new_case_id(&mut self) -> Result<CaseId, PortError> {
        db::next(self.conn, "id/case").map(CaseId)
    }

    fn next_number(&mut self, series: &str) -> Result<u64, PortError> {
        db::next(self.conn, &format!("number/{series}")).map(i64::cast_unsigned)
    }

    fn append(
        &mut self,
        permit: &Permit,
        record: &Record,
        after: &Case,
        projection: &Projection,
    ) -> Result<i64, PortError> {
        append::append(self.conn, self.pending, permit, record, after, projection)
    }

    fn new_plan_id(&mut self) -> Result<i64, PortError> {
        db::next(self.conn, "id/plan")
    }

    fn append_plan(&mut self, permit: &Permit, record: &PlanRecord) -> Result<i64, PortError> {
        plan::append(self.conn, self.pending, permit, record)
    }

    fn add_report(&mut self, report: &ReportRow, contact: Option<&Contact>) -> Result<ReportId, PortError> {
        evidence::add_report(self.conn, report, contact)
    }

    fn join_report(&mut self, report: ReportId, case: CaseId) -> Result<(), PortError> {
        evidence::join_report(self.conn, report, case)
    }

    fn add_file(&mut self, row: &FileRow) -> Result<EvidenceId, PortError> {
        evidence::add_file(self.conn, row)
    }

    fn outbox_done(&mut self, ids: &[i64], at: Instant) -> Result<(), PortError> {
        ids.iter().try_for_each(|id| db::run(self.conn, sql::OUTBOX_DONE, [*id, at.0]).map(|_| ()))
    }

    fn put_org(&mut self, org: &OrgRows) -> Result<(), PortError> {
        people::put_org(self.conn, org)
    }

    fn put_credential(&mut self, person: PersonId, hash: &str, at: Instant) -> Result<(), PortError> {
        people::put_credential(self.conn, person, hash, at)
    }

    fn put_session(&mut self, session: &SessionRow) -> Result<(), PortError> {
        people::put_session(self.conn, session)
    }

    fn rotate_session(&mut self, old: &Hash, new: &SessionRow) -> Result<(), PortError> {
        people::rotate_session(self.conn, old, new)
    }

    fn end_session(&mut self, hash: &Hash) -> Result<(), PortError> {
        people::end_session(self.conn, hash)
    }

    fn sweep(&mut self, before: Instant) -> Result<usize, PortError> {
        people::sweep(self.conn, before)
    }

    fn put_token(&mut self, token: &TokenRow) -> Result<i64, PortError> {
        people::put_token(self.conn, token)
    }

    fn remove_token(&mut self, person: PersonId, id: i64) -> Result<bool, PortError> {
        people::remove_token(self.conn, person, id)
    }

    fn claim(&mut self, key: &IdempotencyKey, at: Instant) -> Result<Idempotent, PortError> {
        people::claim(self.conn, key, at)
    }

    fn answer(&mut self, key: &IdempotencyKey, answer: &StoredAnswer) -> Result<(), PortError> {
        people::answer(self.conn, key, answer)
    }

    fn note(
        &mut self,
        actor: &Actor,
        act: &Name,
        case: Option<CaseId>,
        detail: &str,
        at: Instant,
    ) -> Result<(), PortError> {
        people::note(self.conn, &actor.log_name(), act, case, detail, at)
    }

    fn put_setting(&mut self, key: &str, json: &str) -> Result<(), PortError> {
        people::put_setting(self.conn, key, json)
    }
}
