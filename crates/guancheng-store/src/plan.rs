//! Plans: their records in the one log of the city, and what cases report of them.

use guancheng_app::ports::{
    Burden, CaseRow, Closings, ClosingsQuery, PortError, ProgressCase, ProgressRow, ProgressSum, Projection, Stretch,
};
use guancheng_base::{Day, ErrorCode, Instant, OfficeId};
use guancheng_case::Standing;
use guancheng_org::Permit;
use guancheng_plan::{Amount, Event, PlanRecord, ledger::Progress};
use rusqlite::{Connection, Row, params};

use crate::{
    cases::{self, signed_seq},
    chain::{Link, Subject},
    db,
    error::{Port, corrupt},
    sql::{cases as case_sql, plan as sql},
    tx::Pending,
};

/// The kind a permit for plans is given for.
const KIND: &str = "plan";

pub(crate) fn ids(conn: &Connection) -> Port<Vec<i64>> {
    db::all(conn, sql::PLANS, [], |row| row.get(0))
}

pub(crate) fn records(conn: &Connection, plan: i64, after: u64) -> Port<Vec<PlanRecord>> {
    type Raw = (i64, i64, i64, String, String);
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
    let raw: Vec<Raw> = db::all(conn, sql::PLAN_RECORDS, (plan, signed_seq(after)?), read)?;
    raw.into_iter()
        .map(|(plan, seq, at, actor, payload)| {
            let events = decode(&payload)?;
            Ok(PlanRecord { plan, seq: seq.cast_unsigned(), at: Instant(at), actor, events })
        })
        .collect()
}

fn decode(payload: &str) -> Port<Vec<Event>> {
    serde_json::from_str(payload).map_err(|error| corrupt(format!("a record of a plan: {error}")))
}

/// Records what happened to a plan. See `Tx::append_plan`.
pub(crate) fn append(conn: &Connection, pending: &mut Pending, permit: &Permit, record: &PlanRecord) -> Port<i64> {
    let PlanRecord { plan, seq: plan_seq, at, actor, events } = record;
    if !permit.covers(KIND, actor) {
        let message = format!("the permit was not given to {actor} for plans");
        return Err(PortError::Refused { code: ErrorCode::NotAllowed, message });
    }
    let found: i64 = db::one(conn, sql::PLAN_SEQ, [plan], |row| row.get(0))?.unwrap_or(0);
    let own = signed_seq(*plan_seq)?;
    if found + 1 != own {
        let message = format!("plan {plan} is at sequence {found}, not {}; read it again", own - 1);
        return Err(PortError::Refused { code: ErrorCode::SeqConflict, message });
    }
    let payload = serde_json::to_string(events).map_err(|error| corrupt(error.to_string()))?;
    let seq = pending.head.seq + 1;
    let subject = Subject::Plan(*plan);
    let hash = pending.head.hash_of(&Link { seq, subject, own_seq: own, at: at.0, actor, payload: &payload });
    db::run(conn, sql::INSERT_PLAN_RECORD, params![seq, plan, own, at.0, actor, payload, hash])?;
    pending.head.seq = seq;
    pending.head.hash = hash;
    let names: Vec<&str> = events.iter().map(Event::name).collect();
    let detail = format!("plan {plan} seq {own}: {}", names.join(" "));
    let audit = params![at.0, actor, KIND, Option::<i64>::None, Option::<i64>::None, detail];
    db::run(conn, case_sql::INSERT_AUDIT, audit)?;
    Ok(seq)
}

/// Keeps what a case reports. A case that says nothing of a plan has no row.
pub(crate) fn put_progress(conn: &Connection, projection: &Projection) -> Port<()> {
    let (Some(progress), row) = (&projection.progress, &projection.row) else { return Ok(()) };
    let ProgressRow { plan, commitment, step, day, amount, standing, unit, typed } = progress;
    let values = params![
        row.id.0,
        plan,
        commitment,
        step,
        day.0,
        month_of(*day),
        amount.0,
        standing.as_str(),
        unit.map(|unit| unit.0),
        typed,
        row.opened_at.0
    ];
    db::run(conn, sql::PUT_PROGRESS, values).map(|_| ())
}

fn month_of(day: Day) -> i32 {
    let (year, month, _) = day.ymd();
    i32::from(year) * 12 + i32::from(month) - 1
}

pub(crate) fn progress(conn: &Connection, plan: i64, until: Day) -> Port<Vec<ProgressSum>> {
    let read = |row: &Row<'_>| {
        let progress = Progress {
            step: row.get(1)?,
            standing: standing(row.get(2)?),
            n: row.get(3)?,
            amount: Amount(row.get(4)?),
            first: Day(row.get(5)?),
            last: Day(row.get(6)?),
        };
        Ok(ProgressSum { commitment: row.get(0)?, progress })
    };
    db::all(conn, sql::PROGRESS_SUMS, (plan, until.0), read)
}

/// The column's check admits no other text.
fn standing(text: String) -> Standing {
    Standing::parse(&text).unwrap_or(Standing::Refused)
}

pub(crate) fn progress_cases(
    conn: &Connection,
    plan: i64,
    commitment: &str,
    limit: usize,
) -> Port<(Vec<ProgressCase>, u64)> {
    let all: i64 = db::one(conn, sql::PROGRESS_COUNT, (plan, commitment), |row| row.get(0))?.unwrap_or(0);
    let cases = db::all(conn, sql::PROGRESS_CASES, (plan, commitment, db::rows(limit)), |row| {
        Ok(ProgressCase { progress: progress_row(row)?, row: case_row(row)? })
    })?;
    Ok((cases, all.cast_unsigned()))
}

fn progress_row(row: &Row<'_>) -> rusqlite::Result<ProgressRow> {
    Ok(ProgressRow {
        plan: row.get(0)?,
        commitment: row.get(1)?,
        step: row.get(2)?,
        day: Day(row.get(3)?),
        amount: Amount(row.get(4)?),
        standing: standing(row.get(5)?),
        unit: row.get::<_, Option<i64>>(6)?.map(OfficeId),
        typed: row.get(7)?,
    })
}

fn case_row(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    cases::case_row(row, 8)
}

pub(crate) fn progress_in(conn: &Connection, plan: i64, (low, end): (i64, i64)) -> Port<Vec<String>> {
    db::all(conn, sql::PROGRESS_IN, (plan, low, end), |row| row.get(0))
}

pub(crate) fn burden(conn: &Connection, plan: i64, (from, to): Stretch) -> Port<Vec<Burden>> {
    let read = |row: &Row<'_>| Ok(Burden { office: OfficeId(row.get(0)?), fields: row.get(1)?, reports: row.get(2)? });
    db::all(conn, sql::BURDEN, (plan, from.0, to.0), read)
}

pub(crate) fn closings(conn: &Connection, query: &ClosingsQuery) -> Port<Closings> {
    let ClosingsQuery { kind, category, from, to } = query;
    let read = |row: &Row<'_>| {
        Ok(Closings {
            opened: row.get(0)?,
            closed: row.get(1)?,
            rated: row.get(2)?,
            on_time: row.get(3)?,
            first_time: row.get(4)?,
            last_late: row.get::<_, Option<i32>>(5)?.map(Day),
            last_failed: row.get::<_, Option<i32>>(6)?.map(Day),
        })
    };
    let found = db::one(conn, sql::CLOSINGS, (kind, from.0, to.0, category), read)?;
    found.ok_or_else(|| corrupt("sums gave no row"))
}

#[cfg(test)]
mod tests {
    use guancheng_app::ports::{Read, Tx};
    use guancheng_base::CaseId;
    use guancheng_case::replay;

    use super::*;
    use crate::fixture::{MORNING, TestCity, actor, moved, opened, permit, projection};

    fn renamed(seq: u64) -> PlanRecord {
        let event = Event::PutInWords { commitment: "01.01".to_owned(), words: format!("words {seq}") };
        PlanRecord { plan: 1, seq, at: Instant(MORNING), actor: actor().log_name(), events: vec![event] }
    }

    #[test]
    fn plans_and_cases_share_one_chain() {
        let city = TestCity::new();
        let write = |seq| city.store.write(move |tx| tx.append_plan(&permit("plan"), &renamed(seq)));
        assert_eq!(write(1), Ok(1));
        assert_eq!(city.store.write(|tx| crate::fixture::append(tx, &[opened(1, MORNING)])), Ok(2));
        assert_eq!(write(2), Ok(3));
        let verified = city.store.verify(true).unwrap();
        assert_eq!((verified.ok(), verified.records), (true, 3), "{:?}", verified.faults);
        let records = city.store.read(|store| store.plan_records(1, 1)).unwrap();
        assert_eq!(records, [renamed(2)]);
    }

    #[test]
    fn a_plan_has_one_next_record() {
        let city = TestCity::new();
        let write = |seq| city.store.write(move |tx| tx.append_plan(&permit("plan"), &renamed(seq)));
        let code = |answer: Port<i64>| answer.map_err(|error| error.code());
        assert_eq!(code(write(2)), Err(ErrorCode::SeqConflict));
        assert_eq!(code(write(1)), Ok(1));
        assert_eq!(code(write(1)), Err(ErrorCode::SeqConflict));
        let other = city.store.write(|tx| tx.append_plan(&permit("case"), &renamed(2)));
        assert_eq!(code(other), Err(ErrorCode::NotAllowed));
    }

    /// Reports case `id` with `amount` whole units.
    fn report(tx: &mut dyn Tx, id: i64, amount: i64, standing: Standing) -> Port<i64> {
        let record = opened(id, MORNING);
        let case = replay(std::slice::from_ref(&record)).unwrap();
        let mut projection = projection(&case);
        projection.progress = Some(ProgressRow {
            plan: 1,
            commitment: "01.01".to_owned(),
            step: String::new(),
            day: Day(16_000 + i32::try_from(id).unwrap()),
            amount: Amount::whole(amount),
            standing,
            unit: Some(OfficeId(3)),
            typed: 4,
        });
        tx.append(&permit("case"), &record, &case, &projection)
    }

    #[test]
    fn reports_are_summed_by_standing() {
        let city = TestCity::new();
        let reports = [(1, 5, Standing::Counted), (2, 7, Standing::Counted), (3, 9, Standing::Pending)];
        let write =
            move |tx: &mut dyn Tx| reports.iter().try_for_each(|(id, n, how)| report(tx, *id, *n, *how).map(|_| ()));
        city.store.write(move |tx| write(tx)).unwrap();
        let sums = city.store.read(|store| store.progress(1, Day(20_000))).unwrap();
        let seen: Vec<_> =
            sums.iter().map(|sum| (sum.progress.standing, sum.progress.n, sum.progress.amount)).collect();
        assert_eq!(seen, [(Standing::Counted, 2, Amount::whole(12)), (Standing::Pending, 1, Amount::whole(9))]);
        assert_eq!(city.store.read(|store| store.progress(1, Day(16_001))).unwrap().len(), 1, "until the day only");
        let (cases, all) = city.store.read(|store| store.progress_cases(1, "01.01", 2)).unwrap();
        assert_eq!((cases.iter().map(|case| case.row.id).collect::<Vec<_>>(), all), (vec![CaseId(3), CaseId(2)], 3));
        let burden = city.store.read(|store| store.burden(1, (Instant(MORNING), Instant(MORNING + 1)))).unwrap();
        assert_eq!(burden, [Burden { office: OfficeId(3), fields: 12, reports: 3 }]);
    }

    #[test]
    fn a_reopened_case_is_no_ending() {
        let city = TestCity::new();
        let step = |seq: u64, to: &'static str, closed_before: Option<i32>| {
            city.store
                .write(move |tx| {
                    let mut records = vec![opened(1, MORNING)];
                    records.extend((2..=seq).map(|n| moved(1, n, MORNING, if n == seq { to } else { "closed" })));
                    let case = replay(&records).unwrap();
                    let mut projection = projection(&case);
                    projection.closed_day_before = closed_before.map(Day);
                    tx.append(&permit("case"), records.last().unwrap(), &case, &projection)
                })
                .unwrap();
        };
        let day = i32::try_from(MORNING / crate::fixture::DAY).unwrap();
        let seen = || {
            let query = ClosingsQuery { kind: "case".into(), category: String::new(), from: Day(0), to: Day(99_999) };
            let found = city.store.read(|store| store.closings(&query)).unwrap();
            (found.opened, found.closed, found.on_time)
        };
        step(1, "reported", None);
        assert_eq!(seen(), (1, 0, 0));
        step(2, "closed", None);
        assert_eq!(seen(), (1, 1, 1));
        step(3, "handling", Some(day));
        assert_eq!(seen(), (1, 0, 0));
    }
}
