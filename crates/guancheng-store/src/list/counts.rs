//! Counts by group. What the tallies know is counted there. The rest walks rows: those of an office or a person from
//! their own index, open cases from the desk's, which holds every column they need, and stops at a limit.

use guancheng_app::ports::{CaseQuery, Counts, GroupBy};
use guancheng_base::Instant;
use guancheng_org::Scope;
use rusqlite::{Connection, params_from_iter};

use super::{
    build::{Sql, int},
    filter,
    sets::{self, Course, Leading, Reads},
    tallied::{self, Split},
};
use crate::{
    db,
    error::Port,
    limits::{COUNT_DESK_MAX, COUNT_ROWS_MAX},
    sql::lists as sql,
};

/// See `Read::counts`.
pub(crate) fn counts(conn: &Connection, query: &CaseQuery, scope: &Scope, by: GroupBy, now: Instant) -> Port<Counts> {
    let Split { tallied, rest } = tallied::split(conn, query, scope, by)?;
    let mut counts = match tallied {
        Some(tallied) => collect(conn, tallied, by)?,
        None => Counts::default(),
    };
    if let Some(rest) = rest {
        add(&mut counts, walked(conn, query, rest, by, now)?);
    }
    Ok(counts)
}

fn add(counts: &mut Counts, more: Counts) {
    for (key, n) in more.items {
        match counts.items.binary_search_by(|(known, _)| known.cmp(&key)) {
            Ok(at) => counts.items.iter_mut().skip(at).take(1).for_each(|(_, known)| *known += n),
            Err(at) => counts.items.insert(at, (key, n)),
        }
    }
    counts.total += more.total;
    counts.clipped |= more.clipped;
}

/// Counts the rows that the condition and the filters pass.
fn walked(conn: &Connection, query: &CaseQuery, condition: Sql, by: GroupBy, now: Instant) -> Port<Counts> {
    let Course { leading, ordered } = sets::course(conn, query, Reads::All)?;
    let mut parts = filter::filters(query, ordered, now);
    match leading {
        Leading::Set(set) => parts.push(set),
        Leading::Order => {}
        Leading::Nobody => return Ok(Counts::default()),
    }
    parts.push(condition);
    let open = query.open == Some(true);
    let limit = if open { COUNT_DESK_MAX } else { COUNT_ROWS_MAX };
    let mut counts = match (by, open) {
        (GroupBy::Light, true) => lights(conn, keyed(parts, by, open, now), limit)?,
        _ => collect(conn, grouped(parts, by, open, now, limit), by)?,
    };
    counts.clipped = counts.total >= limit as u64;
    Ok(counts)
}

/// Counts at most `limit` rows that pass all parts.
pub(super) fn grouped(parts: Vec<Sql>, by: GroupBy, open: bool, now: Instant, limit: usize) -> Sql {
    let rows = keyed(parts, by, open, now);
    Sql::around("SELECT k, count(*) FROM ({} LIMIT {}) g GROUP BY k ORDER BY k", rows, [int(db::rows(limit))])
}

/// The group of every row that passes all parts.
fn keyed(parts: Vec<Sql>, by: GroupBy, open: bool, now: Instant) -> Sql {
    let mut rows = Sql::text("SELECT ");
    rows.extend(key(by, open, now));
    rows.push(" AS k FROM cases c WHERE ");
    rows.extend(Sql::all(parts));
    rows
}

/// Open cases by light without grouping, which is a quarter of the time of a walk.
fn lights(conn: &Connection, rows: Sql, limit: usize) -> Port<Counts> {
    let (text, values) = Sql::around(sql::LIGHTS, rows, [int(db::rows(limit))]).finish();
    let numbers: Option<[i64; 4]> =
        db::one(conn, &text, params_from_iter(values), |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    let named = (0..).zip(numbers.into_iter().flatten());
    let named = named.map(|(light, n)| (filter::light_of(light).as_str().to_owned(), n.cast_unsigned()));
    Ok(counted(named.collect()))
}

fn counted(mut items: Vec<(String, u64)>) -> Counts {
    items.retain(|(_, n)| *n > 0);
    let total = items.iter().map(|(_, n)| n).sum();
    Counts { items, total, clipped: false }
}

fn collect(conn: &Connection, query: Sql, by: GroupBy) -> Port<Counts> {
    let (text, values) = query.finish();
    let items = db::all(conn, &text, params_from_iter(values), |row| {
        let key: String = match by {
            GroupBy::Light => filter::light_of(row.get(0)?).as_str().to_owned(),
            _ => row.get(0)?,
        };
        Ok((key, row.get::<_, i64>(1)?.cast_unsigned()))
    })?;
    Ok(counted(items))
}

fn key(by: GroupBy, open: bool, now: Instant) -> Sql {
    Sql::text(match by {
        GroupBy::Light => return filter::light(open, now),
        GroupBy::Nothing => sql::BY_NOTHING,
        GroupBy::Kind => sql::BY_KIND,
        GroupBy::State => sql::BY_STATE,
        GroupBy::Stage => sql::BY_STAGE,
        GroupBy::Unit => sql::BY_UNIT,
        GroupBy::District => sql::BY_DISTRICT,
        GroupBy::Street => sql::BY_STREET,
    })
}
