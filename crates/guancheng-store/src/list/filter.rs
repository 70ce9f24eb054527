//! Filters and scopes as conditions.

use guancheng_app::ports::{CaseQuery, Mine};
use guancheng_base::{GrantHeld, Instant, Name, OfficeId};
use guancheng_case::Light;
use guancheng_org::{Scope, ScopeClause};
use rusqlite::types::Value;

use super::{
    build::{Sql, int, real, text},
    sets::Ordered,
};
use crate::{sql::lists as sql, tally::CELLS_PER_STREET};

/// The filters of a query, without text (search leads) and order. Those with an index in the order of the list are
/// written so that it may be chosen.
pub(super) fn filters(query: &CaseQuery, ordered: Ordered, now: Instant) -> Vec<Sql> {
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
        text: _,
        opened_from,
        opened_to,
        window,
        sort: _,
        after: _,
        limit: _,
    } = query;
    let mut parts = Vec::new();
    let mut add = |part: Option<Sql>| parts.extend(part);
    add(open.map(|open| Sql::text(if open { sql::IS_OPEN } else { sql::IS_ENDED })));
    add(one_of(sql::KIND_IN, kinds));
    add(one_of(sql::STATE_IN, states));
    add(some(stages).map(|stages| Sql::part(sql::STAGE_IN, stages.iter().map(|stage| text(stage)))));
    add(unit_filter(units, ordered));
    add(area.map(|area| area_filter(area, ordered)));
    add(some(lights).map(|lights| light_filter(lights, *open == Some(true), now)));
    add(one_of(sql::SOURCE_IN, sources));
    add(category.as_ref().map(|category| category_filter(category, ordered)));
    add(mine.as_ref().map(mine_filter));
    add(opened_from.map(|at| Sql::part(sql::OPENED_FROM, [int(at.0)])));
    add(opened_to.map(|at| Sql::part(sql::OPENED_TO, [int(at.0)])));
    add(window.map(|w| Sql::part(sql::WINDOW, [w.west, w.east, w.south, w.north].map(real))));
    parts
}

fn some<T>(list: &[T]) -> Option<&[T]> {
    (!list.is_empty()).then_some(list)
}

pub(super) fn one_of(fragment: &str, names: &[Name]) -> Option<Sql> {
    some(names).map(|names| Sql::part(fragment, names.iter().map(|name| text(name))))
}

fn unit_filter(units: &[OfficeId], ordered: Ordered) -> Option<Sql> {
    let fragment = match ordered {
        Ordered { unit: false, .. } => sql::UNIT_IN,
        Ordered { street: false, category: false, .. } => sql::UNIT_IS,
        Ordered { .. } => sql::UNIT_MEMBER,
    };
    some(units).map(|units| Sql::part(fragment, units.iter().map(|unit| int(unit.0))))
}

fn area_filter(area: (i64, i64), ordered: Ordered) -> Sql {
    let fragment = match ordered {
        Ordered { street: false, .. } => return within(area),
        Ordered { category: false, .. } => sql::STREET_IS,
        Ordered { .. } => sql::STREET_MEMBER,
    };
    Sql::part(fragment, [int(area.0 / CELLS_PER_STREET)])
}

fn category_filter(category: &Name, ordered: Ordered) -> Sql {
    match ordered.category {
        true => Sql::part(sql::CATEGORY_IS, [text(category)]),
        false => Sql::part(sql::CATEGORY, category_range(category)),
    }
}

fn within((low, end): (i64, i64)) -> Sql {
    Sql::part(sql::AREA, [int(low), int(end)])
}

/// A category and what is below it.
pub(super) fn category_range(category: &str) -> [Value; 3] {
    let [from, end] = below(category);
    [text(category), from, end]
}

/// What is below `event.street`: everything from `event.street.` to before `event.street/`, the character after the dot.
pub(super) fn below(category: &str) -> [Value; 2] {
    [text(&format!("{category}.")), text(&format!("{category}/"))]
}

/// The light as an expression; `open` where only open cases are asked for.
pub(super) fn light(open: bool, now: Instant) -> Sql {
    Sql::part(if open { sql::LIGHT_OPEN } else { sql::LIGHT }, [int(now.0), int(now.0)])
}

pub(super) fn light_number(light: Light) -> i64 {
    match light {
        Light::Good => 0,
        Light::Near => 1,
        Light::Late => 2,
        Light::NotRated => 3,
    }
}

pub(super) fn light_of(number: i64) -> Light {
    match number {
        0 => Light::Good,
        1 => Light::Near,
        2 => Light::Late,
        _ => Light::NotRated,
    }
}

fn light_filter(lights: &[Light], open: bool, now: Instant) -> Sql {
    let mut sql = Sql::around("({})", light(open, now), []);
    sql.extend(Sql::part(" IN ({})", lights.iter().map(|light| int(light_number(*light)))));
    sql
}

fn mine_filter(mine: &Mine) -> Sql {
    let Mine { grants, offices } = mine;
    let mut ways: Vec<Sql> = grants.iter().map(held_by_grant).collect();
    if !offices.is_empty() {
        ways.push(Sql::part(sql::HELD_BY_UNIT, offices.iter().map(|office| int(office.0))));
    }
    Sql::any(ways)
}

fn held_by_grant(grant: &GrantHeld) -> Sql {
    let mut parts = vec![Sql::part(sql::HELD_BY_ROLE, [text(&grant.role)])];
    parts.extend(grant.area.map(within));
    parts.extend(one_of(sql::KIND_IN, &grant.kinds));
    Sql::all(parts)
}

/// A clause of a scope. `led` leaves out what the leading table already ensures.
pub(super) fn clause(clause: &ScopeClause, led: Led) -> Vec<Sql> {
    let ScopeClause { kinds, area, units, need_to_know, reporter, involved } = clause;
    let mut parts = Vec::new();
    let mut add = |part: Option<Sql>| parts.extend(part);
    add(one_of(sql::KIND_IN, kinds));
    add(area.map(within));
    add((!need_to_know).then(|| Sql::text(sql::NOT_SECRET)));
    let units = units.as_ref().filter(|_| led != Led::Unit);
    add(units.map(|units| concerns(units)));
    add(reporter.as_ref().map(|code| Sql::part(sql::REPORTED, [text(code)])));
    let involved = involved.filter(|_| led != Led::Person);
    let fragment = if led == Led::CasesOfFew { sql::INVOLVES_FEW } else { sql::INVOLVES };
    add(involved.map(|person| Sql::part(fragment, [int(person.0)])));
    parts
}

/// Which table leads a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Led {
    Cases,
    /// Cases lead, and the person of the clause is involved in few of them.
    CasesOfFew,
    Unit,
    Person,
}

fn concerns(units: &[OfficeId]) -> Sql {
    if units.is_empty() { Sql::text("1 = 0") } else { Sql::part(sql::CONCERNS, units.iter().map(|unit| int(unit.0))) }
}

/// The whole scope as one condition, for what cannot be split into branches.
pub(super) fn scope(scope: &Scope) -> Sql {
    any_of(clauses(scope), Led::Cases)
}

/// One of the clauses holds.
pub(super) fn any_of(mut clauses: Vec<&ScopeClause>, led: Led) -> Sql {
    // What is seen in the row itself is asked before what needs another table.
    clauses.sort_by_key(|clause| clause.involved.is_some() || clause.units.is_some() || clause.reporter.is_some());
    Sql::any(clauses.into_iter().map(|one| Sql::all(clause(one, led))).collect())
}

/// The clauses that matter: one that asks nothing makes the others needless.
pub(super) fn clauses(scope: &Scope) -> Vec<&ScopeClause> {
    let everything = ScopeClause::everything();
    match scope.clauses.iter().find(|clause| **clause == everything) {
        Some(clause) => vec![clause],
        None => scope.clauses.iter().collect(),
    }
}
