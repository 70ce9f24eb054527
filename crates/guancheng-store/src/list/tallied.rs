//! Counts from the tallies: which clauses of a scope and which filters they know, and what is left to walk.

use guancheng_app::ports::{CaseQuery, GroupBy};
use guancheng_org::{Scope, ScopeClause};
use rusqlite::Connection;

use super::{
    build::{Sql, int, text},
    filter::{self, one_of},
    sets,
};
use crate::{error::Port, sql::lists as sql, tally::CELLS_PER_STREET};

/// A count in two parts that have no case in common.
pub(super) struct Split {
    /// The query over the tallies.
    pub(super) tallied: Option<Sql>,
    /// The condition of the rows that are left to walk.
    pub(super) rest: Option<Sql>,
}

/// Splits a count.
pub(super) fn split(conn: &Connection, query: &CaseQuery, scope: &Scope, by: GroupBy) -> Port<Split> {
    let filters = tallied_filters(query).zip(tally_key(by));
    let (known, others): (Vec<&ScopeClause>, Vec<&ScopeClause>) =
        filter::clauses(scope).into_iter().partition(|clause| filters.is_some() && known_clause(clause).is_some());
    let rest = if others.is_empty() { None } else { Some(rest(conn, query, &known, &others)?) };
    let ways: Vec<Sql> = known.iter().filter_map(|clause| known_clause(clause)).map(Sql::all).collect();
    let tallied = filters.filter(|_| !ways.is_empty()).map(|(mut parts, key)| {
        parts.push(Sql::any(ways));
        let mut sql = Sql::text(&format!("SELECT {key} AS k, sum(t.n) FROM tallies t WHERE "));
        sql.extend(Sql::all(parts));
        sql.push(" GROUP BY k ORDER BY k");
        sql
    });
    Ok(Split { tallied, rest })
}

/// What the other clauses reach and the known ones do not.
fn rest(conn: &Connection, query: &CaseQuery, known: &[&ScopeClause], others: &[&ScopeClause]) -> Port<Sql> {
    let any = |clauses: &[&ScopeClause]| {
        let parts = |clause: &&ScopeClause| Ok(Sql::all(filter::clause(clause, sets::led(conn, clause)?)));
        clauses.iter().map(parts).collect::<Port<Vec<Sql>>>().map(Sql::any)
    };
    let mut parts: Vec<Sql> = Vec::new();
    if known.iter().any(|clause| clause.kinds.is_empty() && clause.area.is_none()) {
        // Everything open is known, so only need-to-know cases are left; they have an index of their own.
        parts.push(Sql::text(sql::SECRET));
    } else {
        parts.extend(reached(conn, query, others)?);
    }
    if !known.is_empty() {
        parts.push(Sql::around(sql::NOT_TRUE, any(known)?, []));
    }
    parts.push(any(others)?);
    Ok(Sql::all(parts))
}

/// The cases of the clauses' offices, people and codes as a leading set; none when a clause has neither, or when the
/// desk's index is shorter.
fn reached(conn: &Connection, query: &CaseQuery, clauses: &[&ScopeClause]) -> Port<Option<Sql>> {
    let Some(sets) = clauses.iter().map(|clause| sets::of_clause(clause)).collect::<Option<Vec<Sql>>>() else {
        return Ok(None);
    };
    let union = Sql::join(sets, " UNION ALL ");
    if query.open == Some(true) && !sets::is_small(conn, union.clone())? {
        return Ok(None);
    }
    Ok(Some(Sql::around(sql::SET_LEADS, union, [])))
}

fn tally_key(by: GroupBy) -> Option<&'static str> {
    Some(match by {
        GroupBy::Light => return None,
        GroupBy::Nothing => sql::TALLY_NOTHING,
        GroupBy::Kind => sql::TALLY_KIND,
        GroupBy::State => sql::TALLY_STATE,
        GroupBy::Stage => sql::TALLY_STAGE,
        GroupBy::Unit => sql::TALLY_UNIT,
        GroupBy::District => sql::TALLY_DISTRICT,
        GroupBy::Street => sql::TALLY_STREET,
    })
}

/// The filters in terms of the tallies; `None` when they do not know one of them.
fn tallied_filters(query: &CaseQuery) -> Option<Vec<Sql>> {
    let CaseQuery {
        kinds,
        states,
        stages,
        units,
        area,
        lights,
        sources,
        category,
        open,
        mine,
        text: words,
        opened_from,
        opened_to,
        window,
        sort: _,
        after: _,
        limit: _,
    } = query;
    let unknown = !lights.is_empty() || !sources.is_empty() || category.is_some() || mine.is_some() || words.is_some();
    if unknown || opened_from.is_some() || opened_to.is_some() || window.is_some() {
        return None;
    }
    let mut parts = Vec::new();
    parts.extend(open.map(|open| Sql::part(sql::TALLY_OPEN, [int(i64::from(open))])));
    parts.extend(one_of(sql::TALLY_KIND_IN, kinds));
    parts.extend(one_of(sql::TALLY_STATE_IN, states));
    if !stages.is_empty() {
        parts.push(Sql::part(sql::TALLY_STAGE_IN, stages.iter().map(|stage| text(stage))));
    }
    if !units.is_empty() {
        parts.push(Sql::part(sql::TALLY_UNIT_IN, units.iter().map(|unit| int(unit.0))));
    }
    if let Some(area) = area {
        parts.push(streets(*area)?);
    }
    Some(parts)
}

/// A clause over areas and kinds in terms of the tallies; who is involved and whom it concerns is not in them.
fn known_clause(clause: &ScopeClause) -> Option<Vec<Sql>> {
    let ScopeClause { kinds, area, units: None, need_to_know, reporter: None, involved: None } = clause else {
        return None;
    };
    let mut parts: Vec<Sql> = one_of(sql::TALLY_KIND_IN, kinds).into_iter().collect();
    if let Some(area) = area {
        parts.push(streets(*area)?);
    }
    if !need_to_know {
        parts.push(Sql::text(sql::TALLY_NOT_SECRET));
    }
    Some(parts)
}

/// A range of cells as a range of streets, where it is one.
fn streets((low, end): (i64, i64)) -> Option<Sql> {
    let whole = low % CELLS_PER_STREET == 0 && end % CELLS_PER_STREET == 0;
    whole.then(|| Sql::part(sql::TALLY_STREETS, [int(low / CELLS_PER_STREET), int(end / CELLS_PER_STREET)]))
}
