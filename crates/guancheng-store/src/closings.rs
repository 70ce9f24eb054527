//! Openings and endings by civil day, kept as deltas while a batch runs like the tallies, so that a rate of the
//! operation never scans cases.

use std::collections::BTreeMap;

use guancheng_app::ports::{CaseRow, Projection};
use guancheng_base::Day;
use rusqlite::Connection;

use crate::{
    error::{Port, port_error},
    sql::plan as sql,
};

/// Kind, category, day.
type Key = (String, String, i32);

/// Opened, closed, rated, on time, first time.
type Sums = [i64; 5];

pub(crate) type Closings = BTreeMap<Key, Sums>;

/// What one state of a case adds.
#[derive(Clone, Debug, PartialEq)]
struct Share {
    opened: (Key, Sums),
    closed: Option<(Key, Sums)>,
}

fn share(row: &CaseRow, opened_day: Day, closed_day: Option<Day>) -> Share {
    let key = |day: i32| (row.kind.to_string(), row.category.as_deref().unwrap_or_default().to_owned(), day);
    let ended = [0, 1, row.on_time.is_some().into(), (row.on_time == Some(true)).into(), (row.rework == 0).into()];
    Share { opened: (key(opened_day.0), [1, 0, 0, 0, 0]), closed: closed_day.map(|day| (key(day.0), ended)) }
}

/// Takes away what a case added before and adds what it adds now.
pub(crate) fn moved(closings: &mut Closings, before: Option<&CaseRow>, projection: &Projection) {
    let opened_day = projection.opened_day;
    let before = before.map(|row| share(row, opened_day, projection.closed_day_before));
    let after = share(&projection.row, opened_day, projection.closed_day);
    if before.as_ref() == Some(&after) {
        return;
    }
    before.into_iter().for_each(|share| add(closings, share, -1));
    add(closings, after, 1);
}

fn add(closings: &mut Closings, share: Share, sign: i64) {
    for (key, sums) in std::iter::once(share.opened).chain(share.closed) {
        let into = closings.entry(key).or_default();
        into.iter_mut().zip(sums).for_each(|(into, n)| *into += n * sign);
    }
}

/// Writes the deltas.
pub(crate) fn flush(conn: &Connection, closings: &mut Closings) -> Port<()> {
    let deltas = std::mem::take(closings);
    let mut statement = conn.prepare_cached(sql::ADD_CLOSING).map_err(port_error)?;
    for ((kind, category, day), [opened, closed, rated, on_time, first_time]) in deltas {
        if [opened, closed, rated, on_time, first_time] != [0; 5] {
            let values = (kind, category, day, opened, closed, rated, on_time, first_time);
            statement.execute(values).map_err(port_error)?;
        }
    }
    Ok(())
}
