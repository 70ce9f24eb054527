//! Counts by group. Counts over everything an area-wide role sees come from the tallies; counts over open cases walk
//! the desk's index, which holds every column they need; others walk rows and stop at a limit.

use guancheng_app::ports::{CaseQuery, Counts, GroupBy};
use guancheng_base::Instant;
use guancheng_org::{Scope, ScopeClause};
use rusqlite::{Connection, params_from_iter};

use super::{
    build::{Sql, int, text},
    filter::{self, one_of},
    sets::{self, Leading},
};
use crate::{db, error::Port, limits::COUNT_ROWS_MAX, sql::lists as sql, tally::CELLS_PER_STREET};

/// See `Read::counts`.
pub(crate) fn counts(conn: &Connection, query: &CaseQuery, scope: &Scope, by: GroupBy, now: Instant) -> Port<Counts> {
    if let Some(tallied) = tallied(query, scope, by) {
        return collect(conn, tallied, by);
    }
    let mut parts = filter::filters(query, now);
    match sets::leading(conn, query)? {
        Leading::Set(set) => parts.push(set),
        Leading::Order => {}
        Leading::Nobody => return Ok(Counts::default()),
    }
    parts.push(filter::scope(scope));
    let mut rows = Sql::text("SELECT ");
    rows.extend(key(by, now));
    rows.push(" AS k FROM cases c WHERE ");
    rows.extend(Sql::all(parts));
    let limited = Sql::around(
        "SELECT k, count(*) FROM ({} LIMIT {}) g GROUP BY k ORDER BY k",
        rows,
        [int(db::rows(COUNT_ROWS_MAX))],
    );
    let mut counts = collect(conn, limited, by)?;
    counts.clipped = counts.total >= COUNT_ROWS_MAX as u64;
    Ok(counts)
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
    let items: Vec<(String, u64)> = items.into_iter().filter(|(_, n)| *n > 0).collect();
    let total = items.iter().map(|(_, n)| n).sum();
    Ok(Counts { items, total, clipped: false })
}

fn key(by: GroupBy, now: Instant) -> Sql {
    Sql::text(match by {
        GroupBy::Light => return filter::light(now),
        GroupBy::Nothing => sql::BY_NOTHING,
        GroupBy::Kind => sql::BY_KIND,
        GroupBy::State => sql::BY_STATE,
        GroupBy::Stage => sql::BY_STAGE,
        GroupBy::Unit => sql::BY_UNIT,
        GroupBy::District => sql::BY_DISTRICT,
        GroupBy::Street => sql::BY_STREET,
    })
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

/// The count as a query over the tallies, when they know every filter and the scope is one clause they know.
fn tallied(query: &CaseQuery, scope: &Scope, by: GroupBy) -> Option<Sql> {
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
    let mut parts = tallied_scope(scope)?;
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
    let mut sql = Sql::text(&format!("SELECT {} AS k, sum(t.n) FROM tallies t WHERE ", tally_key(by)?));
    sql.extend(Sql::all(parts));
    sql.push(" GROUP BY k ORDER BY k");
    Some(sql)
}

/// A scope of one clause over areas and kinds; what is involved or held by an office is not in the tallies.
fn tallied_scope(scope: &Scope) -> Option<Vec<Sql>> {
    let clauses = filter::clauses(scope);
    let [ScopeClause { kinds, area, units: None, need_to_know, reporter: None, involved: None }] = clauses.as_slice()
    else {
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
