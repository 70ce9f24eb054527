//! How the lists that must be fast are read: no sorting, no walk over all cases. One line per branch.

use expect_test::{Expect, expect};
use guancheng_app::ports::{Bounds, CaseQuery, GroupBy, Mine, Sort};
use guancheng_base::{GrantHeld, Instant, OfficeId, PersonId};
use guancheng_org::{Scope, ScopeClause};

use super::{
    branch::{Branch, branches, desks},
    counts::grouped,
    cursor::Section,
    filter,
    maps::placed,
    sets::{Course, Leading, Ordered, Reads, course},
};
use crate::fixture::TestCity;

/// The plan of a list whose filters leave too much to lead.
fn check(query: CaseQuery, scope: Scope, section: Section, expected: Expect) {
    let city = TestCity::new();
    let Course { ordered, leading: _ } = city.store.with(|conn| course(conn, &query, Reads::Page)).unwrap().unwrap();
    let filters = filter::filters(&query, ordered, Instant(5));
    let branches = city.store.with(|conn| branches(conn, &scope)).unwrap().unwrap();
    let plans = branches.iter().map(|branch| plan(&city, branch.query(&scope, section, &filters, None, 51)));
    expected.assert_eq(&plans.collect::<String>());
}

/// The plan of a list that is led by a small set; in an empty city every set is small.
fn check_led(query: CaseQuery, scope: Scope, section: Section, expected: Expect) {
    let city = TestCity::new();
    let Course { ordered, leading } = city.store.with(|conn| course(conn, &query, Reads::Page)).unwrap().unwrap();
    let mut filters = filter::filters(&query, ordered, Instant(5));
    if let Leading::Set(set) = leading {
        filters.push(set);
    }
    expected.assert_eq(&plan(&city, Branch::whole().query(&scope, section, &filters, None, 51)));
}

fn plan(city: &TestCity, (text, values): (String, Vec<rusqlite::types::Value>)) -> String {
    let steps = city.store.with(|conn| {
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
        let steps = statement.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
        steps.map(Result::unwrap).collect::<Vec<_>>()
    });
    steps.unwrap().join("; ") + "\n"
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
fn ones_own_desk_reads_what_its_roles_and_offices_hold() {
    let city = TestCity::new();
    let area = Some((410_102_000_000_000, 410_103_000_000_000));
    let grant = |role: &str| GrantHeld {
        role: role.into(),
        office: OfficeId(1),
        offices: Vec::new(),
        area,
        kinds: vec!["case".into()],
    };
    let mine = Mine { grants: vec![grant("checker"), grant("checker")], offices: vec![OfficeId(3)] };
    let query = CaseQuery { open: Some(true), sort: Sort::Due, mine: Some(mine.clone()), ..CaseQuery::default() };
    let filters = filter::filters(&query, Ordered::default(), Instant(5));
    let desks = desks(&mine).unwrap();
    let plans = desks.iter().map(|desk| {
        let query = desk.query(&citywide(), Section::OpenByDue, &filters, None, 51);
        plan(&city, query)
    });
    expect![[r#"
        SEARCH c USING COVERING INDEX cases_role (holder_role=?); CORRELATED SCALAR SUBQUERY 1; SEARCH sp USING PRIMARY KEY (case_id=? AND person=?)
        SEARCH c USING COVERING INDEX cases_held (holder_unit=?); CORRELATED SCALAR SUBQUERY 1; SEARCH sp USING PRIMARY KEY (case_id=? AND person=?)
    "#]].assert_eq(&plans.collect::<String>());
}

#[test]
fn clauses_that_cases_lead_are_one_walk() {
    let rare = ScopeClause { kinds: vec!["letter".into()], ..ScopeClause::everything() };
    let most = ScopeClause { need_to_know: false, ..ScopeClause::everything() };
    check(
        CaseQuery { units: vec![OfficeId(3)], ..CaseQuery::default() },
        Scope { clauses: vec![rare, most] },
        Section::Opened,
        expect![[r#"
        SEARCH c USING INDEX cases_unit (unit=?)
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
fn a_street_reads_its_cases_in_order() {
    let street = CaseQuery { area: Some((410_102_001_000_000, 410_102_002_000_000)), ..CaseQuery::default() };
    let everyone = || Scope { clauses: vec![ScopeClause::everything()] };
    check(
        street.clone(),
        everyone(),
        Section::Opened,
        expect![[r#"
        SEARCH c USING COVERING INDEX cases_street (<expr>=?)
    "#]],
    );
    check(
        CaseQuery { open: Some(false), ..street },
        everyone(),
        Section::EndedByOpened,
        expect![[r#"
        SEARCH c USING INDEX cases_street (<expr>=?)
    "#]],
    );
}

#[test]
fn of_two_ordered_filters_one_leads_and_the_other_spares_rows() {
    let street = Some((410_102_001_000_000, 410_102_002_000_000));
    let query = CaseQuery { area: street, units: vec![OfficeId(3)], ..CaseQuery::default() };
    let everyone = || Scope { clauses: vec![ScopeClause::everything()] };
    check(
        query.clone(),
        everyone(),
        Section::Opened,
        expect![[r#"
        SEARCH c USING COVERING INDEX cases_street (<expr>=?); LIST SUBQUERY 1; SEARCH su USING COVERING INDEX cases_unit (unit=?); CREATE BLOOM FILTER
    "#]],
    );
    check(
        CaseQuery { category: Some("event".into()), ..query },
        everyone(),
        Section::Opened,
        expect![[r#"
        SEARCH c USING COVERING INDEX cases_category (category=?); LIST SUBQUERY 1; SEARCH su USING COVERING INDEX cases_unit (unit=?); CREATE BLOOM FILTER; LIST SUBQUERY 2; SEARCH ss USING COVERING INDEX cases_street (<expr>=?); CREATE BLOOM FILTER
    "#]],
    );
}

#[test]
fn a_filter_that_only_thins_out_does_not_lead() {
    let area = Some((410_102_000_000_000, 410_103_000_000_000));
    let query = CaseQuery { area, sources: vec!["citizen".into()], ..CaseQuery::default() };
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
        CaseQuery { sort: Sort::Changed, ..query },
        everyone(),
        Section::Changed,
        expect![[r#"
            SCAN c USING INDEX cases_changed
        "#]],
    );
}

#[test]
fn a_small_set_leads_and_is_sorted() {
    let led = |query: CaseQuery, expected: Expect| check_led(query, citywide(), Section::Opened, expected);
    led(
        CaseQuery { area: Some((410_102_001_001_001, 410_102_001_001_002)), ..CaseQuery::default() },
        expect![[r#"
        SEARCH c USING INTEGER PRIMARY KEY (rowid=?); LIST SUBQUERY 1; SEARCH cases USING COVERING INDEX cases_cell (cell>? AND cell<?); CORRELATED SCALAR SUBQUERY 2; SEARCH sp USING PRIMARY KEY (case_id=? AND person=?); USE TEMP B-TREE FOR ORDER BY
    "#]],
    );
    led(
        CaseQuery { category: Some("event".into()), ..CaseQuery::default() },
        expect![[r#"
            SEARCH c USING INDEX cases_category (category=?); CORRELATED SCALAR SUBQUERY 1; SEARCH sp USING PRIMARY KEY (case_id=? AND person=?)
        "#]],
    );
    led(
        CaseQuery { text: Some("路灯不亮".to_owned()), ..CaseQuery::default() },
        expect![[r#"
        SEARCH c USING INTEGER PRIMARY KEY (rowid=?); LIST SUBQUERY 1; SCAN case_words VIRTUAL TABLE INDEX 192:M1; CORRELATED SCALAR SUBQUERY 2; SEARCH sp USING PRIMARY KEY (case_id=? AND person=?); USE TEMP B-TREE FOR ORDER BY
    "#]],
    );
    let window = Some(Bounds { west: 113.6, south: 34.7, east: 113.7, north: 34.8 });
    led(
        CaseQuery { window, ..CaseQuery::default() },
        expect![[r#"
        SEARCH c USING INTEGER PRIMARY KEY (rowid=?); LIST SUBQUERY 4; COMPOUND QUERY; LEFT-MOST SUBQUERY; SEARCH cases USING COVERING INDEX cases_quadkey (quadkey>? AND quadkey<?); UNION ALL; SEARCH cases USING COVERING INDEX cases_quadkey (quadkey>? AND quadkey<?); UNION ALL; SEARCH cases USING COVERING INDEX cases_quadkey (quadkey>? AND quadkey<?); UNION ALL; SEARCH cases USING COVERING INDEX cases_quadkey (quadkey>? AND quadkey<?); CORRELATED SCALAR SUBQUERY 5; SEARCH sp USING PRIMARY KEY (case_id=? AND person=?); USE TEMP B-TREE FOR ORDER BY
    "#]],
    );
}

#[test]
fn counting_and_drawing_open_cases_touches_no_row() {
    let city = TestCity::new();
    let window = Some(Bounds { west: 113.6, south: 34.7, east: 113.7, north: 34.8 });
    let query = CaseQuery { open: Some(true), category: Some("event".into()), window, ..CaseQuery::default() };
    let parts = || filter::filters(&query, Ordered::default(), Instant(5));
    let counted = grouped(parts(), GroupBy::Light, true, Instant(5), 100);
    let drawn = placed(parts(), true, Instant(5), 100);
    let expected = expect![[r#"
        CO-ROUTINE g; SCAN c USING COVERING INDEX cases_desk; SCAN g; USE TEMP B-TREE FOR GROUP BY
        SCAN c USING COVERING INDEX cases_desk
    "#]];
    expected.assert_eq(&[counted, drawn].map(|query| plan(&city, query.finish())).concat());
}
