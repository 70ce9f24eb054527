//! Reading cases, records and what hangs on them.

use guancheng_app::ports::{CaseRow, Change, ClockRow, OutboxRow, StoredRecord, TaskRow, TimerRow};
use guancheng_base::{CaseId, EvidenceId, Instant, LonLat, OfficeId};
use guancheng_case::{Case, Record};
use rusqlite::{Connection, Row};

use crate::{
    chain::{Head, Link, Subject},
    codec, db,
    error::{Port, corrupt},
    sql::cases as sql,
};

pub(crate) fn state(conn: &Connection, id: CaseId) -> Port<Option<Case>> {
    let text: Option<String> = db::one(conn, sql::STATE, [id.0], |row| row.get(0))?;
    text.map(|text| codec::decode_case(&text)).transpose()
}

pub(crate) fn by_number(conn: &Connection, number: &str) -> Port<Option<CaseId>> {
    db::one(conn, sql::BY_NUMBER, [number], |row| row.get(0).map(CaseId))
}

pub(crate) fn row(conn: &Connection, id: CaseId) -> Port<Option<CaseRow>> {
    db::one(conn, sql::ROW, [id.0], |row| case_row(row, 0))
}

/// Reads `row_columns!` from column `at` on.
pub(crate) fn case_row(row: &Row<'_>, at: usize) -> rusqlite::Result<CaseRow> {
    let name = |i: usize| row.get::<_, String>(at + i).map(Into::into);
    let maybe_name = |i: usize| row.get::<_, Option<String>>(at + i).map(|text| text.map(Into::into));
    let instant = |i: usize| row.get(at + i).map(Instant);
    let maybe_instant = |i: usize| row.get::<_, Option<i64>>(at + i).map(|ms| ms.map(Instant));
    let office = |i: usize| row.get::<_, Option<i64>>(at + i).map(|id| id.map(OfficeId));
    let place: (Option<f64>, Option<f64>) = (row.get(at + 10)?, row.get(at + 11)?);
    Ok(CaseRow {
        id: CaseId(row.get(at)?),
        number: row.get(at + 1)?,
        kind: name(2)?,
        version: row.get(at + 3)?,
        state: name(4)?,
        stage: row.get(at + 5)?,
        is_open: row.get(at + 6)?,
        title: row.get(at + 7)?,
        category: maybe_name(8)?,
        address: row.get(at + 9)?,
        place: place.0.zip(place.1).map(|(lon, lat)| LonLat { lon, lat }),
        cell: row.get(at + 12)?,
        unit: office(13)?,
        holder_role: maybe_name(14)?,
        holder_unit: office(15)?,
        source: name(16)?,
        opened_at: instant(17)?,
        changed_at: instant(18)?,
        closed_at: maybe_instant(19)?,
        clock: clock_row(row, at + 20)?,
        on_time: row.get(at + 24)?,
        need_to_know: row.get(at + 25)?,
        reports: row.get(at + 26)?,
        rework: row.get(at + 27)?,
        seq: row.get::<_, i64>(at + 28)?.cast_unsigned(),
        thumb: row.get::<_, Option<i64>>(at + 29)?.map(EvidenceId),
    })
}

fn clock_row(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<ClockRow>> {
    let Some(id) = row.get::<_, Option<String>>(at)? else { return Ok(None) };
    let instant = |i: usize| row.get::<_, Option<i64>>(at + i).map(|ms| ms.map(Instant));
    Ok(Some(ClockRow { id: id.into(), due: instant(1)?, warn_at: instant(2)?, left_ms: row.get(at + 3)? }))
}

/// A record as it lies in its table.
pub(crate) struct RawRecord {
    pub(crate) seq: i64,
    pub(crate) subject: Subject,
    pub(crate) own_seq: i64,
    pub(crate) at: i64,
    pub(crate) actor: String,
    pub(crate) payload: String,
    pub(crate) hash: Vec<u8>,
}

impl RawRecord {
    pub(crate) fn link(&self) -> Link<'_> {
        let RawRecord { seq, subject, own_seq, at, actor, payload, hash: _ } = self;
        Link { seq: *seq, subject: *subject, own_seq: *own_seq, at: *at, actor, payload }
    }

    pub(crate) fn record(&self) -> Port<Record> {
        let Subject::Case(case) = self.subject else { return Err(corrupt("a record of a plan is none of a case")) };
        let events = codec::decode_events(&self.payload)?;
        let seq = self.own_seq.cast_unsigned();
        Ok(Record { case: CaseId(case), seq, at: Instant(self.at), actor: self.actor.clone(), events })
    }
}

fn raw_record(row: &Row<'_>) -> rusqlite::Result<RawRecord> {
    Ok(RawRecord {
        seq: row.get(0)?,
        subject: Subject::Case(row.get(1)?),
        own_seq: row.get(2)?,
        at: row.get(3)?,
        actor: row.get(4)?,
        payload: row.get(5)?,
        hash: row.get(6)?,
    })
}

pub(crate) fn records(conn: &Connection, id: CaseId) -> Port<Vec<StoredRecord>> {
    let raw = db::all(conn, sql::RECORDS, [id.0], raw_record)?;
    let stored = |raw: RawRecord| Ok(StoredRecord { seq: raw.seq, record: raw.record()?, hash: db::hash(raw.hash)? });
    raw.into_iter().map(stored).collect()
}

/// The log after `after`, as it lies there: records of cases and of plans in one sequence.
pub(crate) fn log(conn: &Connection, after: i64, limit: usize) -> Port<Vec<RawRecord>> {
    db::all(conn, sql::LOG, (after, db::rows(limit)), |row| {
        let mut raw = raw_record(row)?;
        if let (true, Subject::Case(id)) = (row.get(7)?, raw.subject) {
            raw.subject = Subject::Plan(id);
        }
        Ok(raw)
    })
}

/// The newest record and the time it was recorded for.
pub(crate) fn head(conn: &Connection) -> Port<(Head, Option<Instant>)> {
    type Newest = (i64, Vec<u8>, i64);
    let newest: Option<Newest> = db::one(conn, sql::HEAD, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    match newest {
        Some((seq, hash, at)) => Ok((Head { seq, hash: db::hash(hash)? }, Some(Instant(at)))),
        None => Ok((Head::EMPTY, None)),
    }
}

pub(crate) fn changes(conn: &Connection, after: i64, limit: usize) -> Port<Vec<Change>> {
    let read = |row: &Row<'_>| Ok(Change { seq: row.get(0)?, row: case_row(row, 1)? });
    db::all(conn, sql::CHANGES, (after, db::rows(limit)), read)
}

pub(crate) fn due_timers(conn: &Connection, now: Instant, limit: usize) -> Port<Vec<TimerRow>> {
    db::all(conn, sql::TIMERS_DUE, (now.0, db::rows(limit)), timer_row)
}

pub(crate) fn timer_of(conn: &Connection, case: CaseId) -> Port<Option<TimerRow>> {
    db::one(conn, sql::TIMER_OF, [case.0], timer_row)
}

fn timer_row(row: &Row<'_>) -> rusqlite::Result<TimerRow> {
    Ok(TimerRow { case: CaseId(row.get(0)?), fire_at: Instant(row.get(1)?) })
}

pub(crate) fn outbox(conn: &Connection, limit: usize) -> Port<Vec<OutboxRow>> {
    db::all(conn, sql::OUTBOX, [db::rows(limit)], |row| {
        Ok(OutboxRow {
            id: row.get(0)?,
            case: CaseId(row.get(1)?),
            seq: row.get(2)?,
            at: Instant(row.get(3)?),
            effect: row.get::<_, String>(4)?.into(),
            payload: row.get(5)?,
        })
    })
}

pub(crate) fn tasks(conn: &Connection, case: CaseId) -> Port<Vec<TaskRow>> {
    db::all(conn, sql::TASKS, [case.0], |row| {
        Ok(TaskRow {
            case: CaseId(row.get(0)?),
            state: row.get::<_, String>(1)?.into(),
            role: row.get::<_, Option<String>>(2)?.map(Into::into),
            unit: row.get::<_, Option<i64>>(3)?.map(OfficeId),
            from: Instant(row.get(4)?),
            to: row.get::<_, Option<i64>>(5)?.map(Instant),
        })
    })
}

/// The sequence of a row, which the database keeps as a signed number.
pub(crate) fn signed_seq(seq: u64) -> Port<i64> {
    i64::try_from(seq).map_err(|_| corrupt("a sequence is beyond what a database can hold"))
}
