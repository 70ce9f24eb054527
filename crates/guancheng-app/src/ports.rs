//! What the use cases need from a store, as traits without a database in them. Invariant: everything a use case does
//! through [`Tx`] is recorded in one commit or not at all, and every change of a case takes a
//! [`Permit`](guancheng_org::Permit).

mod account;
mod error;
mod file;
mod plan;
mod query;
mod report;
mod row;

pub use account::{Credential, IdempotencyKey, Idempotent, OrgRows, SessionRow, StoredAnswer, TokenRow};
pub use error::PortError;
pub use file::{FileMeta, FileRow, Media};
pub use plan::{Burden, Closings, ClosingsQuery, ProgressCase, ProgressRow, ProgressSum, Stretch};
pub use query::{Audit, AuditQuery, CaseQuery, Counts, GroupBy, Mine, NearQuery, Page, Point, Points, Sort};
pub use report::{Contact, ReportRow};
pub use row::{CaseRow, Change, ClockRow, OutboxRow, Projection, StoredRecord, TaskRow, TimerRow};

/// The spatial index of the store's columns and windows, from the crate that defines it.
pub use guancheng_place::{Bounds, QUADKEY_ZOOM, quadkey, quadkey_ranges};

use guancheng_base::{Actor, CaseId, Day, EvidenceId, Instant, Name, PersonId, ReportId};
use guancheng_case::{Case, Record};
use guancheng_org::{Permit, Scope};
use guancheng_plan::PlanRecord;

/// What can be read. Inside a write job it sees the job's own changes; outside, one consistent snapshot.
pub trait Read {
    /// The state of a case, or `None`.
    fn case(&self, id: CaseId) -> Result<Option<Case>, PortError>;
    /// The case of that number.
    fn case_by_number(&self, number: &str) -> Result<Option<CaseId>, PortError>;
    /// The list row of a case.
    fn row(&self, id: CaseId) -> Result<Option<CaseRow>, PortError>;
    /// The records of a case, oldest first.
    fn records(&self, id: CaseId) -> Result<Vec<StoredRecord>, PortError>;
    /// One page of cases that `scope` admits. `now` decides the lights.
    fn cases(&self, query: &CaseQuery, scope: &Scope, now: Instant) -> Result<Page<CaseRow>, PortError>;
    /// How many cases the query and the scope admit, by group. Inside a write job the counts are those of the last commit.
    fn counts(&self, query: &CaseQuery, scope: &Scope, by: GroupBy, now: Instant) -> Result<Counts, PortError>;
    /// Positions and lights of at most `limit` cases; cases without a place are left out.
    fn points(&self, query: &CaseQuery, scope: &Scope, limit: usize, now: Instant) -> Result<Points, PortError>;
    /// Cases near a point with their distance in metres, nearest first. Without a scope: for checks of the kernel
    /// (duplicates, overlapping works), never for a person's eyes.
    fn near(&self, query: &NearQuery) -> Result<Vec<(CaseRow, f64)>, PortError>;
    /// The reports joined to a case, oldest first.
    fn reports(&self, case: CaseId) -> Result<Vec<ReportRow>, PortError>;
    /// The report with that tracking code.
    fn report_by_code(&self, code: &str) -> Result<Option<ReportRow>, PortError>;
    /// Who made a report and how to reach them. Personal data: every call belongs in the audit.
    fn contact(&self, report: ReportId) -> Result<Option<Contact>, PortError>;
    /// Rows of the evidence store; ids that do not exist are left out.
    fn files(&self, ids: &[EvidenceId]) -> Result<Vec<FileRow>, PortError>;
    /// Cases whose next wake is not after `now`, earliest first.
    fn due_timers(&self, now: Instant, limit: usize) -> Result<Vec<TimerRow>, PortError>;
    /// Effects not yet delivered, oldest first.
    fn outbox(&self, limit: usize) -> Result<Vec<OutboxRow>, PortError>;
    /// Changes after the record `after` (exclusive), oldest first: for resuming an event stream.
    fn changes(&self, after: i64, limit: usize) -> Result<Vec<Change>, PortError>;
    /// Who held a case and when, oldest first.
    fn tasks(&self, case: CaseId) -> Result<Vec<TaskRow>, PortError>;
    /// The organisation as it is recorded.
    fn org(&self) -> Result<OrgRows, PortError>;
    /// The credential of a log-in name.
    fn credential(&self, login: &str) -> Result<Option<Credential>, PortError>;
    /// The session whose secret has this SHA-256.
    fn session(&self, hash: &[u8; 32]) -> Result<Option<SessionRow>, PortError>;
    /// The API token whose secret has this SHA-256.
    fn token(&self, hash: &[u8; 32]) -> Result<Option<TokenRow>, PortError>;
    /// The tokens of a person.
    fn tokens(&self, person: PersonId) -> Result<Vec<TokenRow>, PortError>;
    /// A page of the audit, newest first.
    fn audit(&self, query: &AuditQuery) -> Result<Page<Audit>, PortError>;
    /// The plans there are, oldest first.
    fn plans(&self) -> Result<Vec<i64>, PortError>;
    /// The records of a plan after its record `after`, oldest first.
    fn plan_records(&self, plan: i64, after: u64) -> Result<Vec<PlanRecord>, PortError>;
    /// What was reported of a plan for days up to `until`, summed by commitment, step, standing and month.
    fn progress(&self, plan: i64, until: Day) -> Result<Vec<ProgressSum>, PortError>;
    /// The newest reports of a commitment, and how many there are in all.
    fn progress_cases(&self, plan: i64, commitment: &str, limit: usize) -> Result<(Vec<ProgressCase>, u64), PortError>;
    /// The commitments that have reports from the cells of an area, given as a half-open range.
    fn progress_in(&self, plan: i64, cells: (i64, i64)) -> Result<Vec<String>, PortError>;
    /// Openings and endings, summed.
    fn closings(&self, query: &ClosingsQuery) -> Result<Closings, PortError>;
    /// What was typed for a plan by office.
    fn burden(&self, plan: i64, stretch: Stretch) -> Result<Vec<Burden>, PortError>;
    /// The sequence of the newest record of the log; 0 for an empty one.
    fn head_seq(&self) -> Result<i64, PortError>;
    /// The cases of a procedure that have a record after `after` (exclusive), by id.
    fn changed_cases(&self, kind: &str, after: i64) -> Result<Vec<CaseId>, PortError>;
    /// A setting as JSON text.
    fn setting(&self, key: &str) -> Result<Option<String>, PortError>;
}

/// What a write job may do. Dropped jobs leave nothing behind, not even a number.
pub trait Tx: Read {
    /// The next case id.
    fn new_case_id(&mut self) -> Result<CaseId, PortError>;
    /// The next number of a series, from 1, without gaps: `case/20140926`.
    fn next_number(&mut self, series: &str) -> Result<u64, PortError>;
    /// Records what happened to a case and writes its new state, list row, timer, tasks, outbox and audit.
    ///
    /// Refuses with `seq_conflict` when the record's sequence is not the next one of the case, and with
    /// `not_allowed` when the permit was given for another kind or actor. Returns the global sequence.
    fn append(
        &mut self,
        permit: &Permit,
        record: &Record,
        after: &Case,
        projection: &Projection,
    ) -> Result<i64, PortError>;
    /// The next plan id.
    fn new_plan_id(&mut self) -> Result<i64, PortError>;
    /// Records what happened to a plan, in the same log and chain as cases. Refuses with `plan_conflict` when the record's
    /// sequence is not the next one of the plan, and with `not_allowed` when the permit was not given for plans to the
    /// actor. Returns the global sequence.
    fn append_plan(&mut self, permit: &Permit, record: &PlanRecord) -> Result<i64, PortError>;
    /// Stores what a reporter said, its `id` given by the store and returned. Refuses a tracking code that exists.
    fn add_report(&mut self, report: &ReportRow, contact: Option<&Contact>) -> Result<ReportId, PortError>;
    /// Joins a report to a case.
    fn join_report(&mut self, report: ReportId, case: CaseId) -> Result<(), PortError>;
    /// Records a file whose bytes are already on disk (`Store::put_file`).
    fn add_file(&mut self, row: &FileRow) -> Result<EvidenceId, PortError>;
    /// Marks effects as delivered.
    fn outbox_done(&mut self, ids: &[i64], at: Instant) -> Result<(), PortError>;
    /// Replaces offices, posts, people, tenures and grants. People are never removed, only their tenures end.
    fn put_org(&mut self, org: &OrgRows) -> Result<(), PortError>;
    /// Sets the credential (an argon2id string) of a person.
    fn put_credential(&mut self, person: PersonId, hash: &str, at: Instant) -> Result<(), PortError>;
    /// Opens a session.
    fn put_session(&mut self, session: &SessionRow) -> Result<(), PortError>;
    /// Gives a session a new secret and expiry.
    fn rotate_session(&mut self, old: &[u8; 32], new: &SessionRow) -> Result<(), PortError>;
    /// Ends a session.
    fn end_session(&mut self, hash: &[u8; 32]) -> Result<(), PortError>;
    /// Forgets sessions, tokens and idempotency keys that ended before `before`; returns how many rows.
    fn sweep(&mut self, before: Instant) -> Result<usize, PortError>;
    /// Stores an API token; its `id` is given by the store and returned.
    fn put_token(&mut self, token: &TokenRow) -> Result<i64, PortError>;
    /// Removes a person's token; `false` when there is none.
    fn remove_token(&mut self, person: PersonId, id: i64) -> Result<bool, PortError>;
    /// Claims an idempotency key, or says what it was used for.
    fn claim(&mut self, key: &IdempotencyKey, at: Instant) -> Result<Idempotent, PortError>;
    /// Keeps the answer to a claimed key.
    fn answer(&mut self, key: &IdempotencyKey, answer: &StoredAnswer) -> Result<(), PortError>;
    /// Writes an audit row for something that is no change of a case: log-in, export, look at personal data.
    fn note(
        &mut self,
        actor: &Actor,
        act: &Name,
        case: Option<CaseId>,
        detail: &str,
        at: Instant,
    ) -> Result<(), PortError>;
    /// Sets a setting (JSON text).
    fn put_setting(&mut self, key: &str, json: &str) -> Result<(), PortError>;
}
