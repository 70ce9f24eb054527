//! How many cases there are, kept as deltas while a batch runs and folded into the table once at its end, so that a
//! busy row is written once per commit.

use std::collections::BTreeMap;

use guancheng_app::ports::CaseRow;
use rusqlite::Connection;

use crate::{
    error::{Port, port_error},
    sql::cases as sql,
};

/// What cases are counted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    kind: String,
    state: String,
    stage: String,
    is_open: bool,
    unit: i64,
    street: i64,
    need_to_know: bool,
}

pub(crate) type Tallies = BTreeMap<Key, i64>;

/// A cell's street: the first nine of its fifteen digits.
pub(crate) const CELLS_PER_STREET: i64 = 1_000_000;

pub(crate) fn key(row: &CaseRow) -> Key {
    Key {
        kind: row.kind.to_string(),
        state: row.state.to_string(),
        stage: row.stage.clone().unwrap_or_default(),
        is_open: row.is_open,
        unit: row.unit.map_or(0, |unit| unit.0),
        street: row.cell.unwrap_or(0) / CELLS_PER_STREET,
        need_to_know: row.need_to_know,
    }
}

/// Counts a case from where it was to where it is.
pub(crate) fn moved(tallies: &mut Tallies, before: Option<&CaseRow>, after: &CaseRow) {
    let (old, new) = (before.map(key), key(after));
    if old.as_ref() == Some(&new) {
        return;
    }
    if let Some(old) = old {
        *tallies.entry(old).or_default() -= 1;
    }
    *tallies.entry(new).or_default() += 1;
}

/// Writes the deltas. Gains first, so that no count is below zero in between.
pub(crate) fn flush(conn: &Connection, tallies: &mut Tallies) -> Port<()> {
    let deltas = std::mem::take(tallies);
    let (gains, losses): (Vec<_>, Vec<_>) = deltas.into_iter().filter(|(_, n)| *n != 0).partition(|(_, n)| *n > 0);
    write(conn, sql::ADD_TALLY, gains)?;
    write(conn, sql::LOSE_TALLY, losses)
}

fn write(conn: &Connection, text: &str, deltas: Vec<(Key, i64)>) -> Port<()> {
    let mut statement = conn.prepare_cached(text).map_err(port_error)?;
    for (Key { kind, state, stage, is_open, unit, street, need_to_know }, n) in deltas {
        let values = (kind, state, stage, is_open, unit, street, need_to_know, n);
        statement.execute(values).map_err(port_error)?;
    }
    Ok(())
}
