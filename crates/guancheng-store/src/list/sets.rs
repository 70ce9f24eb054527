//! What leads a list. Filters that leave few rows lead by themselves: their ids come from one index, and only those
//! rows are looked at. An office, a street and a class without sub-classes have indexes in the order of opening and
//! are simply read in order.
//!
//! A set of 6,000 rows costs about 20 ms to look at and sort. A filter that leaves more of a million cases is dense
//! enough that reading the list in its own order and skipping finds a page after some thousand rows.

use guancheng_app::ports::{Bounds, CaseQuery, Sort, quadkey_ranges};
use guancheng_org::ScopeClause;
use rusqlite::Connection;

use super::{
    build::{Sql, int, text},
    filter::{Led, below, category_range},
};
use crate::{db, dialect, error::Port, limits::SEARCH_ROWS_MAX, search, sql::lists as sql, tally::CELLS_PER_STREET};

/// Rows of a set that may lead by itself.
const SMALL: i64 = 6_000;
/// Rows of a set that may lead where else the desk's index is walked, which touches no row.
const DESK: i64 = 1_500;
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

/// Filters that have an index in the order of the list. The class leads before the street, the street before the unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ordered {
    /// One responsible unit.
    pub(super) unit: bool,
    /// One whole street.
    pub(super) street: bool,
    /// A class that has no cases in sub-classes.
    pub(super) category: bool,
}

/// How a query is read.
pub(super) struct Course {
    /// What leads.
    pub(super) leading: Leading,
    /// The filters that are written so that their index may give the order.
    pub(super) ordered: Ordered,
}

/// Which rows are read where no set leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reads {
    /// A page in the order of the list.
    Page,
    /// All that pass.
    All,
}

/// The searched text leads; then the smallest set among the filters, if one is small enough.
pub(super) fn course(conn: &Connection, query: &CaseQuery, reads: Reads) -> Port<Course> {
    if let Some(words) = &query.text {
        let leading = matches(words).map_or(Leading::Nobody, Leading::Set);
        return Ok(Course { leading, ordered: Ordered::default() });
    }
    let desk = query.open == Some(true) && (query.sort == Sort::Due || reads == Reads::All);
    let ordered = if desk { Ordered::default() } else { ordered(conn, query)? };
    let set = smallest(conn, query, ordered, desk)?.map(|set| Sql::around(sql::SET_LEADS, set, []));
    Ok(Course { leading: set.map_or(Leading::Order, Leading::Set), ordered })
}

fn ordered(conn: &Connection, query: &CaseQuery) -> Port<Ordered> {
    if query.sort != Sort::Opened {
        return Ok(Ordered::default());
    }
    let category = match &query.category {
        Some(category) => size(conn, Sql::part(sql::SET_SUBCLASSES, below(category)), 1)? == 0,
        None => false,
    };
    Ok(Ordered { unit: query.units.len() == 1, street: query.area.is_some_and(is_street), category })
}

/// Whether a range of cells is one whole street.
fn is_street((low, end): (i64, i64)) -> bool {
    low % CELLS_PER_STREET == 0 && end.checked_sub(low) == Some(CELLS_PER_STREET)
}

/// The newest matches of a text.
fn matches(words: &str) -> Option<Sql> {
    let expression = search::expression(words)?;
    let matched = dialect::WORDS_MATCH.replace("?1", "{}").replace("?2", "{}");
    let matched = Sql::part(&matched, [text(&expression), int(db::rows(SEARCH_ROWS_MAX))]);
    Some(Sql::around(sql::SET_LEADS, matched, []))
}

/// The smallest set among the filters, if one is small enough. Those that are read in order need no set.
fn smallest(conn: &Connection, query: &CaseQuery, ordered: Ordered, desk: bool) -> Port<Option<Sql>> {
    let Ordered { unit, street, category: leaf } = ordered;
    let mut sets = Vec::new();
    if let Some(category) = query.category.as_ref().filter(|_| !leaf) {
        sets.push(Sql::part(sql::SET_CATEGORY, category_range(category)));
    }
    if let Some((low, end)) = query.area.filter(|_| !street) {
        sets.push(Sql::part(sql::SET_AREA, [int(low), int(end)]));
    }
    if let ([one], false) = (query.units.as_slice(), unit) {
        sets.push(Sql::part(sql::SET_UNIT, [int(one.0)]));
    }
    sets.extend(query.window.map(in_window));
    let fair = !(unit || street || leaf) && (query.sort == Sort::Due || filters_in(query) > 1);
    let mut best = None;
    let mut limit = match (desk, fair) {
        (true, _) => DESK,
        (false, true) => FAIR,
        (false, false) => SMALL,
    };
    for set in sets {
        let size = size(conn, set.clone(), limit)?;
        if size < limit {
            (best, limit) = (Some(set), size);
        }
    }
    Ok(best)
}

/// How many filters thin out the list.
fn filters_in(query: &CaseQuery) -> usize {
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
    thin.into_iter().filter(|thin| *thin).count()
}

/// The ids whose stored quadkey lies in the window, and some around it; none for a window that is upside down.
pub(super) fn in_window(window: Bounds) -> Sql {
    let ranges = quadkey_ranges(window, RANGES);
    if ranges.is_empty() {
        return Sql::text(sql::SET_NONE);
    }
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

/// How a clause is asked where cases lead.
pub(super) fn led(conn: &Connection, clause: &ScopeClause) -> Port<Led> {
    let few = match clause.involved {
        Some(person) => is_small(conn, Sql::part(sql::SET_PERSON, [int(person.0)]))?,
        None => false,
    };
    Ok(if few { Led::CasesOfFew } else { Led::Cases })
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
