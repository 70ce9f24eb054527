//! Filters that leave few rows lead a list: their ids come from one index, and only those rows are looked at.
//!
//! A set of 6,000 rows costs about 20 ms to look at and sort. A filter that leaves more of a million cases is dense
//! enough that reading the list in its own order and skipping finds a page after some thousand rows.

use guancheng_app::ports::{Bounds, CaseQuery, quadkey_ranges};
use guancheng_org::ScopeClause;
use rusqlite::Connection;

use super::{
    build::{Sql, int, text},
    filter::category_range,
};
use crate::{db, dialect, error::Port, limits::SEARCH_ROWS_MAX, search, sql::lists as sql};

/// Rows of a set that may lead by itself.
const SMALL: i64 = 6_000;
/// Rows of a set that may lead when other filters thin it out further.
const FAIR: i64 = 20_000;
/// Ranges a window is cut into.
const RANGES: usize = 12;

/// What leads a list.
pub(super) enum Leading {
    /// The ids of a set, as a condition.
    Set(Sql),
    /// The order of the list.
    Order,
    /// There is nothing in the searched text to search for, so that nothing is found.
    Nobody,
}

/// The searched text leads; then the smallest set among the filters, if one is small enough.
pub(super) fn leading(conn: &Connection, query: &CaseQuery) -> Port<Leading> {
    if let Some(words) = &query.text {
        return Ok(matches(words).map_or(Leading::Nobody, Leading::Set));
    }
    let set = smallest(conn, query)?.map(|set| Sql::around(sql::SET_LEADS, set, []));
    Ok(set.map_or(Leading::Order, Leading::Set))
}

/// The newest matches of a text.
fn matches(words: &str) -> Option<Sql> {
    let expression = search::expression(words)?;
    let matched = dialect::WORDS_MATCH.replace("?1", "{}").replace("?2", "{}");
    let matched = Sql::part(&matched, [text(&expression), int(db::rows(SEARCH_ROWS_MAX))]);
    Some(Sql::around(sql::SET_LEADS, matched, []))
}

fn smallest(conn: &Connection, query: &CaseQuery) -> Port<Option<Sql>> {
    let mut sets = Vec::new();
    if let Some(category) = &query.category {
        sets.push(Sql::part(sql::SET_CATEGORY, category_range(category)));
    }
    if let Some((low, end)) = query.area {
        sets.push(Sql::part(sql::SET_AREA, [int(low), int(end)]));
    }
    if let Some(window) = query.window {
        sets.push(in_window(window));
    }
    if let [unit] = query.units.as_slice() {
        sets.push(Sql::part(sql::SET_UNIT, [int(unit.0)]));
    }
    let others = others(query);
    let mut best: Option<(i64, Sql)> = None;
    for set in sets {
        let limit = best.as_ref().map_or(FAIR, |(size, _)| *size);
        let size = size(conn, set.clone(), limit)?;
        if size < limit {
            best = Some((size, set));
        }
    }
    Ok(best.filter(|(size, _)| *size < SMALL || others).map(|(_, set)| set))
}

/// Whether more than one filter thins out the list.
fn others(query: &CaseQuery) -> bool {
    let thin = [
        query.category.is_some(),
        query.area.is_some(),
        query.window.is_some(),
        !query.units.is_empty(),
        !query.states.is_empty(),
        !query.sources.is_empty(),
        !query.lights.is_empty(),
        query.mine.is_some(),
    ];
    thin.into_iter().filter(|thin| *thin).count() > 1
}

/// The ids whose stored quadkey lies in the window, and some around it.
pub(super) fn in_window(window: Bounds) -> Sql {
    let ranges = quadkey_ranges(window, RANGES);
    let set = |(low, end): (i64, i64)| Sql::part(sql::SET_QUADKEYS, [int(low), int(end)]);
    Sql::join(ranges.into_iter().map(set).collect(), " UNION ALL ")
}

/// The cases of a clause's office, person or code; `None` when it asks for none of them.
pub(super) fn of_clause(clause: &ScopeClause) -> Option<Sql> {
    let ScopeClause { kinds: _, area: _, units, need_to_know: _, reporter, involved } = clause;
    match (involved, units, reporter) {
        (Some(person), _, _) => Some(Sql::part(sql::SET_PERSON, [int(person.0)])),
        (None, _, Some(code)) => Some(Sql::part(sql::SET_REPORTED, [text(code)])),
        (None, Some(units), None) if units.is_empty() => Some(Sql::text(sql::SET_NONE)),
        (None, Some(units), None) => Some(Sql::part(sql::SET_UNITS, units.iter().map(|unit| int(unit.0)))),
        (None, None, None) => None,
    }
}

/// Whether a set is small enough to lead by itself.
pub(super) fn is_small(conn: &Connection, set: Sql) -> Port<bool> {
    size(conn, set, SMALL).map(|size| size < SMALL)
}

/// The size of a set, at most `limit`.
fn size(conn: &Connection, set: Sql, limit: i64) -> Port<i64> {
    let (text, values) = Sql::around(sql::SET_SIZE, set, [int(limit)]).finish();
    db::one(conn, &text, rusqlite::params_from_iter(values), |row| row.get(0)).map(|n| n.unwrap_or(0))
}
