//! The bare loop over rows of a real city: what its reports and filings wrote, read from its database and inserted again
//! into an empty one, with no reading, checking, hashing or counting in between.

use std::{
    collections::BTreeMap,
    error::Error,
    path::Path,
    time::{Duration, Instant},
};

use guancheng_store::{Options, Store};
use rusqlite::{Connection, OpenFlags, params_from_iter, types::Value};

type Any<T> = Result<T, Box<dyn Error>>;
type Row = Vec<Value>;

/// Cases that are read at most.
const CASES: usize = 40_000;

/// The tables a report of the public and a filing write, with the condition for the rows of case `?1`.
const TABLES: [(&str, &str); 11] = [
    ("cases", "id = ?1"),
    ("case_states", "case_id = ?1"),
    ("records", "case_id = ?1"),
    ("case_units", "case_id = ?1"),
    ("case_people", "case_id = ?1"),
    ("timers", "case_id = ?1"),
    ("outbox", "case_id = ?1"),
    ("tasks", "case_id = ?1"),
    ("audit", "case_id = ?1"),
    ("case_texts", "case_id = ?1"),
    ("reports", "case_id = ?1"),
];

/// What a filing sets in rows that are there: the columns of `UPDATE_OFTEN`, the state, the timer, the end of a task.
const FILED: &str = "state, stage, is_open, unit, holder_role, holder_unit, changed_at, closed_at, clock, due_at, warn_at, \
                     left_ms, on_time, reports, rework, seq, thumb, due_sort";

/// One statement with its values, ready to run.
type Step = (String, Row);

/// Everything one report, or one filing, writes. The tally it counts in is written once a transaction.
pub struct Work {
    steps: Vec<Step>,
    tally: Step,
}

/// The reports of a city, and its filings with what must be there before them.
pub struct Rows {
    /// Reports of the public.
    pub reports: Vec<Work>,
    /// Cases as they were reported.
    before: Vec<Work>,
    /// Their filings.
    pub filings: Vec<Work>,
}

/// Reads them. The city must not be running.
pub fn read(city: &Path) -> Any<Rows> {
    let conn = Connection::open_with_flags(city.join("city.sqlite"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let ids = |sql: &str| -> Any<Vec<i64>> {
        let mut statement = conn.prepare(sql)?;
        let ids = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        Ok(ids.into_iter().take(CASES).collect())
    };
    let reported = ids("SELECT c.id FROM cases c WHERE c.state = 'reported' AND c.seq = 1 AND c.source = 'public'
        AND EXISTS (SELECT 1 FROM reports r WHERE r.case_id = c.id) ORDER BY c.id")?;
    let filed = ids("SELECT id FROM cases WHERE state = 'dispatched' AND seq = 2 ORDER BY id")?;
    let mut told = answers(&conn, "actor = 'public' AND status = 201")?;
    let mut moved = answers(&conn, "case_id IS NOT NULL AND status = 200")?;
    let template =
        match ids("SELECT id FROM cases WHERE state = 'reported' AND seq = 1 ORDER BY id DESC LIMIT 1")?.first() {
            Some(id) => Some(one(&conn, &format!("SELECT {FILED} FROM cases WHERE id = ?1"), *id)?),
            None => None,
        };
    let mut rows = Rows { reports: Vec::new(), before: Vec::new(), filings: Vec::new() };
    for id in reported {
        let mut steps = inserts(&conn, id, |_, _| true)?;
        steps.push(words(&conn, id)?);
        steps.extend(told.next().map(|row| insert("idempotency", row)));
        steps.extend(["id/case", "id/report", "number/AJ"].map(counter));
        rows.reports.push(Work { steps, tally: tally(&conn, id)? });
    }
    for id in filed {
        let Some(template) = &template else { break };
        let (before, mut filing) = filing(&conn, id, template)?;
        filing.steps.extend(moved.next().map(|row| insert("idempotency", row)));
        rows.before.push(before);
        rows.filings.push(filing);
    }
    Ok(rows)
}

/// Runs the reports from the beginning, `batch` in a transaction; how many a second.
pub fn reports(rows: &Rows, dir: &Path, batch: usize, long: Duration) -> Any<f64> {
    let conn = empty(dir)?;
    timed(&conn, &rows.reports, batch, long)
}

/// Runs the filings of cases that were stored before; how many a second.
pub fn filings(rows: &Rows, dir: &Path, batch: usize, long: Duration) -> Any<f64> {
    let conn = empty(dir)?;
    for chunk in rows.before.chunks(1_000) {
        transaction(&conn, chunk)?;
    }
    timed(&conn, &rows.filings, batch, long)
}

fn timed(conn: &Connection, work: &[Work], batch: usize, long: Duration) -> Any<f64> {
    let (began, mut n) = (Instant::now(), 0);
    for chunk in work.chunks(batch) {
        if began.elapsed() >= long {
            break;
        }
        transaction(conn, chunk)?;
        n += chunk.len();
    }
    Ok(n as f64 / began.elapsed().as_secs_f64())
}

fn transaction(conn: &Connection, work: &[Work]) -> Any<()> {
    let run = |(sql, values): &Step| conn.prepare_cached(sql)?.execute(params_from_iter(values));
    conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    for step in work.iter().flat_map(|one| &one.steps) {
        run(step)?;
    }
    // As the store does it: a busy tally is written once a commit.
    let tallies: BTreeMap<String, &Step> = work.iter().map(|one| (format!("{:?}", one.tally.1), &one.tally)).collect();
    for tally in tallies.values() {
        run(tally)?;
    }
    conn.prepare_cached("COMMIT")?.execute([])?;
    Ok(())
}

/// An empty city of this schema, opened as the store's writer opens it.
fn empty(dir: &Path) -> Any<Connection> {
    drop(Store::open(dir, Options::default())?);
    super::bare_connection(dir).map_err(Into::into)
}

/// Keys with their answers: of reports (which do not name their case) and of moves, in the order they came in.
fn answers(conn: &Connection, which: &str) -> Any<std::vec::IntoIter<Row>> {
    let sql = format!("SELECT * FROM idempotency WHERE {which} ORDER BY at, key");
    Ok(all(&mut conn.prepare(&sql)?, [])?.into_iter())
}

/// The insertions of a case's rows that pass.
fn inserts(conn: &Connection, id: i64, passes: impl Fn(&str, usize) -> bool) -> Any<Vec<Step>> {
    let mut steps = Vec::new();
    for (table, condition) in TABLES {
        let found = all(&mut *conn.prepare_cached(&format!("SELECT * FROM {table} WHERE {condition}"))?, [id])?;
        let passing = found.into_iter().enumerate().filter(|(at, _)| passes(table, *at));
        steps.extend(passing.map(|(_, row)| insert(table, row)));
    }
    Ok(steps)
}

/// A case as it was reported, and its filing.
fn filing(conn: &Connection, id: i64, template: &Row) -> Any<(Work, Work)> {
    let set: Vec<String> = FILED.split(", ").enumerate().map(|(i, name)| format!("{name} = ?{}", i + 2)).collect();
    let set = format!("UPDATE cases SET {} WHERE id = ?1", set.join(", "));
    let update = |values: &Row| (set.clone(), [vec![Value::Integer(id)], values.clone()].concat());
    // The first of each was written when it was reported.
    let there = |table: &str, at: usize| match table {
        "cases" | "case_states" | "timers" | "case_people" | "case_texts" | "reports" => true,
        "case_units" | "outbox" => false,
        _ => at == 0,
    };
    let mut before = inserts(conn, id, there)?;
    before.push(words(conn, id)?);
    before.push(update(template));
    before.push(("UPDATE tasks SET to_at = NULL WHERE case_id = ?1".to_owned(), vec![Value::Integer(id)]));
    let after = one(conn, &format!("SELECT {FILED} FROM cases WHERE id = ?1"), id)?;
    let changed = |sql: &str, column: &str| Ok::<_, Box<dyn Error>>((sql.to_owned(), one(conn, column, id)?));
    let mut steps = vec![
        update(&after),
        changed(
            "UPDATE case_states SET state = ?2 WHERE case_id = ?1",
            "SELECT case_id, state FROM case_states WHERE case_id = ?1",
        )?,
        changed(
            "UPDATE timers SET fire_at = ?2 WHERE case_id = ?1",
            "SELECT case_id, fire_at + 1 FROM timers WHERE case_id = ?1",
        )?,
        changed(
            "UPDATE tasks SET to_at = ?2 WHERE case_id = ?1 AND to_at IS NULL",
            "SELECT case_id, from_at FROM tasks WHERE case_id = ?1",
        )?,
    ];
    steps.extend(inserts(conn, id, |table, at| !there(table, at))?);
    let tally = tally(conn, id)?;
    Ok((Work { steps: before, tally: tally.clone() }, Work { steps, tally }))
}

/// The words a case is found by, cut beforehand: cutting is the store's work, indexing is the database's.
fn words(conn: &Connection, id: i64) -> Any<Step> {
    let sql = "SELECT c.number || ' ' || c.title || ' ' || c.address || ' ' || t.words FROM cases c, case_texts t
        WHERE c.id = ?1 AND t.case_id = c.id";
    let text: String = conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
    let values = vec![Value::Integer(id), Value::Text(pairs.join(" "))];
    Ok(("INSERT INTO case_words (rowid, words) VALUES (?1, ?2)".to_owned(), values))
}

fn tally(conn: &Connection, id: i64) -> Any<Step> {
    let key =
        "SELECT kind, state, coalesce(stage, ''), is_open, coalesce(unit, 0), coalesce(cell, 0) / 1000000, need_to_know
        FROM cases WHERE id = ?1";
    let sql = "INSERT INTO tallies VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)
        ON CONFLICT (kind, state, stage, is_open, unit, street, need_to_know) DO UPDATE SET n = n + 1";
    Ok((sql.to_owned(), one(conn, key, id)?))
}

fn counter(series: &str) -> Step {
    let sql = "INSERT INTO counters VALUES (?1, 1) ON CONFLICT (series) DO UPDATE SET value = value + 1";
    (sql.to_owned(), vec![Value::Text(series.to_owned())])
}

fn insert(table: &str, row: Row) -> Step {
    let places: Vec<String> = (1..=row.len()).map(|i| format!("?{i}")).collect();
    (format!("INSERT INTO {table} VALUES ({})", places.join(", ")), row)
}

fn one(conn: &Connection, sql: &str, id: i64) -> Any<Row> {
    let found = all(&mut *conn.prepare_cached(sql)?, [id])?;
    found.into_iter().next().ok_or_else(|| format!("case {id} is not whole").into())
}

fn all(statement: &mut rusqlite::Statement<'_>, params: impl rusqlite::Params) -> Any<Vec<Row>> {
    let columns = statement.column_count();
    let rows = statement.query_map(params, |row| (0..columns).map(|i| row.get(i)).collect::<Result<Row, _>>())?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}
