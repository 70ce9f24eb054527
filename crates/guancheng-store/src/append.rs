//! The one way a case changes: its record, its state and everything derived from it, in one transaction.

use guancheng_app::ports::{CaseRow, Change, ClockRow, PortError, Projection, QUADKEY_ZOOM, quadkey};
use guancheng_base::{CaseId, ErrorCode, Instant};
use guancheng_case::{Case, Event, Record};
use guancheng_org::Permit;
use rusqlite::{Connection, params};

use crate::{
    cases,
    chain::{Link, Subject},
    closings, codec, db,
    error::Port,
    plan, search,
    sql::cases as sql,
    tally,
    tx::Pending,
};

/// Records what happened. See `Tx::append`.
pub(crate) fn append(
    conn: &Connection,
    pending: &mut Pending,
    permit: &Permit,
    record: &Record,
    after: &Case,
    projection: &Projection,
) -> Port<i64> {
    let row = &projection.row;
    if !permit.covers(&row.kind, &record.actor) {
        let message = format!("the permit was not given to {} for {}", record.actor, row.kind);
        return Err(PortError::Refused { code: ErrorCode::NotAllowed, message });
    }
    let before = cases::row(conn, record.case)?;
    check_seq(record, before.as_ref())?;
    let state = codec::encode_case(after)?;
    match &before {
        None => insert_row(conn, row)?,
        Some(before) => update_row(conn, before, row)?,
    }
    db::run(conn, sql::PUT_STATE, params![row.id.0, state])?;
    let seq = insert_record(conn, pending, record)?;
    put_units(conn, before.is_some(), projection)?;
    for person in &projection.involved {
        db::run(conn, sql::PUT_PERSON, [row.id.0, person.0])?;
    }
    put_timer(conn, row.id, projection.wake_at)?;
    put_outbox(conn, seq, record)?;
    put_task(conn, before.as_ref(), row, record.at)?;
    put_words(conn, before.as_ref(), projection)?;
    let audit = params![record.at.0, record.actor, "record", row.id.0, seq, summary(record)];
    db::run(conn, sql::INSERT_AUDIT, audit)?;
    plan::put_progress(conn, projection)?;
    tally::moved(&mut pending.tallies, before.as_ref(), row);
    closings::moved(&mut pending.closings, before.as_ref(), projection);
    pending.changes.push(Change { seq, row: row.clone() });
    Ok(seq)
}

fn check_seq(record: &Record, before: Option<&CaseRow>) -> Port<()> {
    let found = before.map_or(0, |row| row.seq);
    let expected = record.seq.saturating_sub(1);
    if found == expected {
        return Ok(());
    }
    Err(PortError::SeqConflict { case: record.case, expected, found })
}

fn insert_record(conn: &Connection, pending: &mut Pending, record: &Record) -> Port<i64> {
    let Record { case, seq: case_seq, at, actor, events } = record;
    let payload = codec::encode_events(events)?;
    let (seq, case_seq) = (pending.head.seq + 1, cases::signed_seq(*case_seq)?);
    let hash = pending.head.hash_of(&Link {
        seq,
        subject: Subject::Case(case.0),
        own_seq: case_seq,
        at: at.0,
        actor,
        payload: &payload,
    });
    db::run(conn, sql::INSERT_RECORD, params![seq, case.0, case_seq, at.0, actor, payload, hash])?;
    pending.head.seq = seq;
    pending.head.hash = hash;
    Ok(seq)
}

/// What a row says, in the order of the table's derived columns.
struct Derived {
    clock: Option<String>,
    due_at: Option<i64>,
    warn_at: Option<i64>,
    left_ms: Option<i64>,
    due_sort: i64,
    lon: Option<f64>,
    lat: Option<f64>,
    quadkey: Option<i64>,
}

fn derived(row: &CaseRow) -> Derived {
    let clock = row.clock.as_ref();
    let due_at = clock.and_then(|clock| clock.due).map(|at| at.0);
    Derived {
        clock: clock.map(|ClockRow { id, due: _, warn_at: _, left_ms: _ }| id.to_string()),
        due_at,
        warn_at: clock.and_then(|clock| clock.warn_at).map(|at| at.0),
        left_ms: clock.and_then(|clock| clock.left_ms),
        due_sort: due_at.unwrap_or(i64::MAX),
        lon: row.place.map(|place| place.lon),
        lat: row.place.map(|place| place.lat),
        quadkey: row.place.map(|place| quadkey(place, QUADKEY_ZOOM)),
    }
}

fn insert_row(conn: &Connection, row: &CaseRow) -> Port<()> {
    let Derived { clock, due_at, warn_at, left_ms, due_sort, lon, lat, quadkey } = derived(row);
    let CaseRow {
        id,
        number,
        kind,
        version,
        state,
        stage,
        is_open,
        title,
        category,
        address,
        place: _,
        cell,
        unit,
        holder_role,
        holder_unit,
        source,
        opened_at,
        changed_at,
        closed_at,
        clock: _,
        on_time,
        need_to_know,
        reports,
        rework,
        seq,
        thumb,
    } = row;
    let values = params![
        id.0,
        number,
        kind.as_str(),
        version,
        state.as_str(),
        stage,
        is_open,
        title,
        category.as_deref(),
        address,
        lon,
        lat,
        cell,
        unit.map(|unit| unit.0),
        holder_role.as_deref(),
        holder_unit.map(|unit| unit.0),
        source.as_str(),
        opened_at.0,
        changed_at.0,
        closed_at.map(|at| at.0),
        clock,
        due_at,
        warn_at,
        left_ms,
        on_time,
        need_to_know,
        reports,
        rework,
        cases::signed_seq(*seq)?,
        thumb.map(|file| file.0),
        quadkey,
        due_sort,
    ];
    db::run(conn, sql::INSERT, values).map(|_| ())
}

fn update_row(conn: &Connection, before: &CaseRow, row: &CaseRow) -> Port<()> {
    let Derived { clock, due_at, warn_at, left_ms, due_sort, lon, lat, quadkey } = derived(row);
    let CaseRow {
        id,
        number,
        kind,
        version,
        state,
        stage,
        is_open,
        title,
        category,
        address,
        place,
        cell,
        unit,
        holder_role,
        holder_unit,
        source,
        opened_at,
        changed_at,
        closed_at,
        clock: _,
        on_time,
        need_to_know,
        reports,
        rework,
        seq,
        thumb,
    } = row;
    let often = params![
        id.0,
        state.as_str(),
        stage,
        is_open,
        unit.map(|unit| unit.0),
        holder_role.as_deref(),
        holder_unit.map(|unit| unit.0),
        changed_at.0,
        closed_at.map(|at| at.0),
        clock,
        due_at,
        warn_at,
        left_ms,
        on_time,
        reports,
        rework,
        cases::signed_seq(*seq)?,
        thumb.map(|file| file.0),
        due_sort,
    ];
    db::run(conn, sql::UPDATE_OFTEN, often)?;
    let same = (number, kind, version, title, category)
        == (&before.number, &before.kind, &before.version, &before.title, &before.category)
        && (address, place, cell, source) == (&before.address, &before.place, &before.cell, &before.source)
        && (opened_at, need_to_know) == (&before.opened_at, &before.need_to_know);
    if same {
        return Ok(());
    }
    let seldom = params![
        id.0,
        number,
        kind.as_str(),
        version,
        title,
        category.as_deref(),
        address,
        lon,
        lat,
        quadkey,
        cell,
        source.as_str(),
        opened_at.0,
        need_to_know,
    ];
    db::run(conn, sql::UPDATE_SELDOM, seldom).map(|_| ())
}

/// Keeps the offices of a case and their sort keys; most moves change neither.
fn put_units(conn: &Connection, exists: bool, projection: &Projection) -> Port<()> {
    let row = &projection.row;
    let open_due = row.is_open.then(|| derived(row).due_sort);
    let mut wanted: Vec<(i64, Option<i64>)> = projection.units.iter().map(|unit| (unit.0, open_due)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let stored: Vec<(i64, Option<i64>)> = match exists {
        true => db::all(conn, sql::UNITS, [row.id.0], |row| Ok((row.get(0)?, row.get(1)?)))?,
        false => Vec::new(),
    };
    for (unit, _) in stored.iter().filter(|(unit, _)| !wanted.iter().any(|(wanted, _)| wanted == unit)) {
        db::run(conn, sql::REMOVE_UNIT, [row.id.0, *unit])?;
    }
    for (unit, open_due) in wanted.iter().filter(|unit| !stored.contains(unit)) {
        db::run(conn, sql::PUT_UNIT, params![row.id.0, unit, row.opened_at.0, open_due])?;
    }
    Ok(())
}

fn put_timer(conn: &Connection, case: CaseId, wake_at: Option<Instant>) -> Port<()> {
    match wake_at {
        Some(at) => db::run(conn, sql::PUT_TIMER, [case.0, at.0]),
        None => db::run(conn, sql::REMOVE_TIMER, [case.0]),
    }
    .map(|_| ())
}

fn put_outbox(conn: &Connection, seq: i64, record: &Record) -> Port<()> {
    for event in &record.events {
        if let Event::Effect { effect, to, with } = event {
            let payload = codec::encode_effect(to, with);
            db::run(conn, sql::INSERT_OUTBOX, params![record.case.0, seq, record.at.0, effect.as_str(), payload])?;
        }
    }
    Ok(())
}

/// Ends the period of the old holder and begins that of the new one.
fn put_task(conn: &Connection, before: Option<&CaseRow>, row: &CaseRow, at: Instant) -> Port<()> {
    let holder = |row: &CaseRow| (row.state.clone(), row.holder_role.clone(), row.holder_unit, row.is_open);
    if before.map(holder) == Some(holder(row)) {
        return Ok(());
    }
    if before.is_some() {
        db::run(conn, sql::END_TASK, [row.id.0, at.0])?;
    }
    if !row.is_open || (row.holder_role.is_none() && row.holder_unit.is_none()) {
        return Ok(());
    }
    let (role, unit) = (row.holder_role.as_deref(), row.holder_unit.map(|unit| unit.0));
    db::run(conn, sql::BEGIN_TASK, params![row.id.0, row.state.as_str(), role, unit, at.0]).map(|_| ())
}

fn put_words(conn: &Connection, before: Option<&CaseRow>, projection: &Projection) -> Port<()> {
    let Projection { row, words, .. } = projection;
    if let Some(before) = before {
        let stored: Option<String> = db::one(conn, sql::TEXT, [row.id.0], |row| row.get(0))?;
        let shown = |row: &CaseRow| (row.number.clone(), row.title.clone(), row.address.clone());
        if stored.as_ref() == Some(words) && shown(before) == shown(row) {
            return Ok(());
        }
        db::run(conn, sql::WORDS_DELETE, [row.id.0])?;
    }
    db::run(conn, sql::WORDS_INSERT, params![row.id.0, indexed(&row.number, &row.title, &row.address, words)])?;
    db::run(conn, sql::PUT_TEXT, params![row.id.0, words]).map(|_| ())
}

/// The tokens a case is found by.
pub(crate) fn indexed(number: &str, title: &str, address: &str, words: &str) -> String {
    search::tokens(&format!("{number}\n{title}\n{address}\n{words}"))
}

/// What a record is, for the audit list: the moves in it, or the names of its events.
fn summary(record: &Record) -> String {
    let moves: Vec<&str> = record
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Moved { mv, .. } => Some(mv.as_str()),
            _ => None,
        })
        .collect();
    if !moves.is_empty() {
        return moves.join(" ");
    }
    record.events.iter().map(Event::name).collect::<Vec<_>>().join(" ")
}
