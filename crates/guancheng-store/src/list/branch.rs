//! One way of seeing cases, read in the order of the list.

use std::collections::BTreeSet;

use guancheng_app::ports::Mine;
use guancheng_base::{OfficeId, PersonId};
use guancheng_org::{Scope, ScopeClause};
use rusqlite::Connection;

use super::{
    build::{Sql, int, text},
    cursor::{Cursor, Section},
    filter::{self, Led},
    sets,
};
use crate::{error::Port, limits::BRANCHES_MAX, sql::lists as sql};

/// What leads a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead<'s> {
    Cases,
    Unit(OfficeId),
    Person(PersonId),
    Role(&'s str),
    Holder(OfficeId),
}

/// Clauses of the scope with what leads them, one of which must hold; none stand for the whole scope.
pub(super) struct Branch<'s> {
    clauses: Vec<&'s ScopeClause>,
    lead: Lead<'s>,
}

/// The branches of one's own desk: one per role and office that holds cases. The filters say the rest, so these only
/// have to reach all of it. `None` when they are too many.
pub(super) fn desks(mine: &Mine) -> Option<Vec<Branch<'_>>> {
    let roles: BTreeSet<&str> = mine.grants.iter().map(|grant| grant.role.as_str()).collect();
    let offices: BTreeSet<OfficeId> = mine.offices.iter().copied().collect();
    let leads = roles.into_iter().map(Lead::Role).chain(offices.into_iter().map(Lead::Holder));
    let branches: Vec<Branch<'_>> = leads.map(|lead| Branch { clauses: Vec::new(), lead }).collect();
    (branches.len() <= BRANCHES_MAX).then_some(branches)
}

/// The branches of a scope: one per clause, for an office's clause one per office. Too many become one. What a person
/// is involved in leads only while it is little; a dispatcher is involved in every fifth case of the city.
///
/// Clauses that cases lead are one branch: each alone would read the same index, and one of kinds of which there are few
/// or none would read it to its end.
pub(super) fn branches<'s>(conn: &Connection, scope: &'s Scope) -> Port<Vec<Branch<'s>>> {
    let (mut branches, mut cases) = (Vec::new(), Vec::new());
    for clause in filter::clauses(scope) {
        let leads: Vec<Lead<'_>> = match (clause.involved, &clause.units) {
            (Some(person), _) if sets::is_small(conn, Sql::part(sql::SET_PERSON, [int(person.0)]))? => {
                vec![Lead::Person(person)]
            }
            (Some(_), None) => vec![Lead::Cases],
            (Some(_), Some(units)) => units.iter().map(|unit| Lead::Unit(*unit)).collect(),
            (None, Some(units)) => units.iter().map(|unit| Lead::Unit(*unit)).collect(),
            (None, None) => vec![Lead::Cases],
        };
        if leads == [Lead::Cases] {
            cases.push(clause);
        } else {
            branches.extend(leads.into_iter().map(|lead| Branch { clauses: vec![clause], lead }));
        }
    }
    if !cases.is_empty() {
        branches.push(Branch { clauses: cases, lead: Lead::Cases });
    }
    if branches.len() > BRANCHES_MAX {
        return Ok(vec![Branch::whole()]);
    }
    Ok(branches)
}

impl Branch<'_> {
    /// The whole scope at once.
    pub(super) fn whole() -> Self {
        Branch { clauses: Vec::new(), lead: Lead::Cases }
    }

    /// The query for key and id of the first `limit` rows of a section after the cursor.
    pub(super) fn query(
        &self,
        scope: &Scope,
        section: Section,
        filters: &[Sql],
        after: Option<Cursor>,
        limit: usize,
    ) -> (String, Vec<rusqlite::types::Value>) {
        let (from, leading, led) = match self.lead {
            Lead::Cases => (sql::FROM_CASES, None, Led::Cases),
            Lead::Unit(unit) => (sql::FROM_UNIT, Some(Sql::part(sql::UNIT_LEADS, [int(unit.0)])), Led::Unit),
            Lead::Person(person) => {
                (sql::FROM_PERSON, Some(Sql::part(sql::PERSON_LEADS, [int(person.0)])), Led::Person)
            }
            Lead::Role(role) => (sql::FROM_CASES, Some(Sql::part(sql::ROLE_LEADS, [text(role)])), Led::Cases),
            Lead::Holder(unit) => (sql::FROM_CASES, Some(Sql::part(sql::HOLDER_LEADS, [int(unit.0)])), Led::Cases),
        };
        let mut parts: Vec<Sql> = leading.into_iter().collect();
        parts.extend(self.section(section));
        parts.extend(filters.iter().cloned());
        match self.clauses.as_slice() {
            [] => parts.push(filter::scope(scope)),
            [clause] => parts.extend(filter::clause(clause, led)),
            clauses => parts.push(filter::any_of(clauses.to_vec(), led)),
        }
        let (key, id) = self.keys(section);
        if let Some(cursor) = after {
            let compare = if section.descends() { "<" } else { ">" };
            let fragment = format!("({key}, {id}) {compare} ({{}}, {{}})");
            parts.push(Sql::part(&fragment, [int(cursor.key), int(cursor.id)]));
        }
        let mut query = Sql::text(&format!("SELECT {key}, {id} FROM {from} WHERE "));
        query.extend(Sql::all(parts));
        let order = if section.descends() { " DESC" } else { "" };
        query.push(&format!(" ORDER BY {key}{order}, {id}{order} LIMIT "));
        query.extend(Sql::part("{}", [int(crate::db::rows(limit))]));
        query.finish()
    }

    /// The columns that sort the branch; those of the leading table where it has them, so that its index gives the order.
    fn keys(&self, section: Section) -> (&'static str, &'static str) {
        match (self.lead, section.unit_key()) {
            (Lead::Unit(_), Some(key)) => (key, "u.case_id"),
            _ => (section.key(), "c.id"),
        }
    }

    /// What the section itself asks.
    fn section(&self, section: Section) -> Vec<Sql> {
        match (section, self.lead) {
            (Section::OpenByDue, Lead::Unit(_)) => vec![Sql::text("u.open_due IS NOT NULL"), Sql::text(sql::IS_OPEN)],
            (Section::OpenByDue, _) => vec![Sql::text(sql::IS_OPEN)],
            (Section::EndedByOpened, _) => vec![Sql::text(sql::IS_ENDED)],
            (Section::Opened | Section::Changed, _) => Vec::new(),
        }
    }
}
