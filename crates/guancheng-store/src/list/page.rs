//! One page of a list.

use std::collections::BTreeSet;

use guancheng_app::ports::{CaseQuery, CaseRow, Page, Sort};
use guancheng_base::{CaseId, Instant};
use guancheng_org::Scope;
use rusqlite::{Connection, params_from_iter};

use super::{
    branch::{Branch, branches, desks},
    build::Sql,
    cursor::{Cursor, Section},
    filter,
    sets::{self, Course, Leading, Reads},
};
use crate::{
    cases, db,
    error::{Port, corrupt},
    limits::PAGE_ROWS_MAX,
};

/// See `Read::cases`.
pub(crate) fn page(conn: &Connection, query: &CaseQuery, scope: &Scope, now: Instant) -> Port<Page<CaseRow>> {
    let limit = query.limit.clamp(1, PAGE_ROWS_MAX);
    let sections = sections(query);
    let after = query.after.as_ref().map(|text| Cursor::parse(text, &sections)).transpose()?;
    let Course { leading, ordered } = sets::course(conn, query, Reads::Page)?;
    let mut filters = filter::filters(query, ordered, now);
    let branches = match leading {
        // Few rows are looked at once, whoever may see them.
        Leading::Set(set) => {
            filters.push(set);
            vec![Branch::whole()]
        }
        Leading::Order => match query.mine.as_ref().filter(|_| sections == [Section::OpenByDue]).and_then(desks) {
            Some(desks) => desks,
            None => branches(conn, scope)?,
        },
        Leading::Nobody => return Ok(Page { items: Vec::new(), next: None }),
    };
    let mut found: Vec<Cursor> = Vec::new();
    let from = after.map_or(0, |cursor| sections.iter().position(|s| *s == cursor.section).unwrap_or(0));
    for section in sections.iter().skip(from) {
        let after = after.filter(|cursor| cursor.section == *section);
        let span = Span { section: *section, filters: &filters, after, limit: limit + 1 - found.len() };
        found.extend(merged(conn, scope, &branches, &span)?);
        if found.len() > limit {
            break;
        }
    }
    let next = (found.len() > limit).then(|| found.get(limit - 1).map(|last| last.print())).flatten();
    found.truncate(limit);
    let row = |cursor: &Cursor| cases::row(conn, CaseId(cursor.id))?.ok_or_else(|| corrupt("a listed case is gone"));
    Ok(Page { items: found.iter().map(row).collect::<Port<_>>()?, next })
}

/// The parts of the list, in order. By due time come open cases, then ended ones by the time they were opened.
fn sections(query: &CaseQuery) -> Vec<Section> {
    match (query.sort, query.open) {
        (Sort::Due, Some(true)) => vec![Section::OpenByDue],
        (Sort::Due, Some(false)) => vec![Section::EndedByOpened],
        (Sort::Due, None) => vec![Section::OpenByDue, Section::EndedByOpened],
        (Sort::Opened, _) => vec![Section::Opened],
        (Sort::Changed, _) => vec![Section::Changed],
    }
}

/// The first `limit` rows of a section after the cursor.
struct Span<'q> {
    section: Section,
    filters: &'q [Sql],
    after: Option<Cursor>,
    limit: usize,
}

/// The first rows of a span over all branches, without repetition.
fn merged(conn: &Connection, scope: &Scope, branches: &[Branch<'_>], span: &Span<'_>) -> Port<Vec<Cursor>> {
    let Span { section, filters, after, limit } = *span;
    let mut keys: BTreeSet<(i64, i64)> = BTreeSet::new();
    for branch in branches {
        let (text, values) = branch.query(scope, section, filters, after, limit);
        keys.extend(db::all(conn, &text, params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?);
    }
    let cursor = |(key, id)| Cursor { section, key, id };
    Ok(match section.descends() {
        true => keys.into_iter().rev().take(limit).map(cursor).collect(),
        false => keys.into_iter().take(limit).map(cursor).collect(),
    })
}
