//! How the lists that must be fast are read: no sorting, no walk over all cases. One line per branch.

use expect_test::{Expect, expect};
use guancheng_app::ports::{CaseQuery, Sort};
use guancheng_base::{Instant, OfficeId, PersonId};
use guancheng_org::{Scope, ScopeClause};

use super::{branch::branches, cursor::Section, filter};
use crate::fixture::TestCity;

fn check(query: CaseQuery, scope: Scope, section: Section, expected: Expect) {
    let city = TestCity::new();
    let filters = filter::filters(&query, Instant(5));
    let plan = |(text, values): (String, Vec<rusqlite::types::Value>)| {
        city.store.with(|conn| {
            let explain = format!("EXPLAIN QUERY PLAN {text}");
            let mut statement = conn.prepare(&explain).unwrap();
            let steps = statement.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
            steps.map(Result::unwrap).collect::<Vec<_>>().join("; ") + "\n"
        })
    };
    let branches = city.store.with(|conn| branches(conn, &scope)).unwrap().unwrap();
    let plans = branches.iter().map(|branch| branch.query(&scope, section, &filters, None, 51));
    expected.assert_eq(&plans.map(|query| plan(query).unwrap()).collect::<String>());
}

fn citywide() -> Scope {
    let involved = ScopeClause { involved: Some(PersonId(7)), ..ScopeClause::everything() };
    Scope { clauses: vec![involved, ScopeClause { need_to_know: false, ..ScopeClause::everything() }] }
}

fn department() -> Scope {
    let units = Some(vec![OfficeId(3), OfficeId(4)]);
    Scope { clauses: vec![ScopeClause { units, ..ScopeClause::everything() }] }
}

#[test]
fn the_desk_reads_its_own_index() {
    let desk = || CaseQuery { open: Some(true), sort: Sort::Due, states: vec!["filed".into()], ..CaseQuery::default() };
    check(
        desk(),
        citywide(),
        Section::OpenByDue,
        expect![[r#"
        SEARCH p USING COVERING INDEX case_people_person (person=?); SEARCH c USING INTEGER PRIMARY KEY (rowid=?); USE TEMP B-TREE FOR ORDER BY
        SCAN c USING COVERING INDEX cases_desk
    "#]],
    );
    check(
        desk(),
        department(),
        Section::OpenByDue,
        expect![[r#"
        SEARCH u USING COVERING INDEX case_units_due (unit=? AND open_due>?); SEARCH c USING INTEGER PRIMARY KEY (rowid=?)
        SEARCH u USING COVERING INDEX case_units_due (unit=? AND open_due>?); SEARCH c USING INTEGER PRIMARY KEY (rowid=?)
    "#]],
    );
}

#[test]
fn an_office_reads_its_cases_in_order() {
    let office = CaseQuery { units: vec![OfficeId(3)], ..CaseQuery::default() };
    check(
        office,
        citywide(),
        Section::Opened,
        expect![[r#"
        SEARCH p USING COVERING INDEX case_people_person (person=?); SEARCH c USING INTEGER PRIMARY KEY (rowid=?); USE TEMP B-TREE FOR ORDER BY
        SEARCH c USING INDEX cases_unit (unit=?)
    "#]],
    );
    check(
        CaseQuery::default(),
        department(),
        Section::Opened,
        expect![[r#"
        SEARCH u USING COVERING INDEX case_units_opened (unit=?); SEARCH c USING INTEGER PRIMARY KEY (rowid=?)
        SEARCH u USING COVERING INDEX case_units_opened (unit=?); SEARCH c USING INTEGER PRIMARY KEY (rowid=?)
    "#]],
    );
}

#[test]
fn a_filter_that_only_thins_out_does_not_lead() {
    let area = Some((410_102_000_000_000, 410_103_000_000_000));
    let query = CaseQuery { area, category: Some("event".into()), ..CaseQuery::default() };
    let everyone = || Scope { clauses: vec![ScopeClause::everything()] };
    check(
        query.clone(),
        everyone(),
        Section::Opened,
        expect![[r#"
        SCAN c USING INDEX cases_opened
    "#]],
    );
    check(
        query,
        everyone(),
        Section::Changed,
        expect![[r#"
        SCAN c USING INDEX cases_changed
    "#]],
    );
}
