//! Lists, counts and maps against a reading of every row in plain Rust.

use std::collections::BTreeMap;

use guancheng_app::ports::{
    Bounds, CaseQuery, CaseRow, ClockRow, GroupBy, Mine, NearQuery, PortError, Projection, Read, Sort, Tx,
};
use guancheng_base::{CaseId, GrantHeld, Instant, LonLat, Name, OfficeId, PersonId, metres_between};
use guancheng_case::{Light, replay};
use guancheng_org::{Scope, ScopeClause, Subject};
use proptest::{collection::vec, option, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};

use crate::fixture::{MORNING, TestCity, opened, permit, projection};

const NOW: Instant = Instant(MORNING + 1_000);

fn names(texts: &'static [&'static str]) -> impl Strategy<Value = Name> {
    select(texts).prop_map(Name::from)
}

const KINDS: &[&str] = &["case", "petition", "hazard"];
const STATES: &[&str] = &["reported", "working", "closed"];
const CATEGORIES: &[&str] = &["event", "event.light", "event.light.lamp", "event_x", "component.lid"];
const CELLS: &[i64] = &[410_102_001_001_001, 410_102_001_001_002, 410_102_002_001_001, 410_103_001_001_001];
const AREAS: &[(i64, i64)] = &[
    (410_102_000_000_000, 410_103_000_000_000),
    (410_102_001_000_000, 410_102_002_000_000),
    (410_102_001_001_001, 410_102_001_001_002),
    (410_000_000_000_000, 420_000_000_000_000),
];

fn office() -> impl Strategy<Value = OfficeId> {
    (1_i64..5).prop_map(OfficeId)
}

fn clock() -> impl Strategy<Value = ClockRow> {
    let near = || option::of((-3_i64..4).prop_map(|ms| Instant(NOW.0 + ms)));
    (near(), near()).prop_map(|(due, warn_at)| ClockRow { id: "disposal".into(), due, warn_at, left_ms: None })
}

fn place() -> impl Strategy<Value = LonLat> {
    (0_i32..8, 0_i32..8).prop_map(|(x, y)| LonLat { lon: 113.6 + f64::from(x) * 0.01, lat: 34.7 + f64::from(y) * 0.01 })
}

/// A case as it could stand in the table; its id is set when it is stored.
fn stored() -> impl Strategy<Value = Projection> {
    let what = (names(KINDS), names(STATES), option::of(names(CATEGORIES)), select(&["inspector", "citizen"][..]));
    let place = (option::of(place()), option::of(select(CELLS)), option::of(office()), vec(office(), 0..3));
    let held =
        (option::of(names(&["dispatcher", "checker"])), option::of(office()), option::of(clock()), any::<bool>());
    let times = (0_i64..6, 0_i64..6, option::of(any::<bool>()), vec((1_i64..4).prop_map(PersonId), 0..3));
    (what, place, held, times).prop_map(|(what, place, held, times)| {
        let mut projection = projection(&replay([&opened(1, MORNING)]).unwrap());
        let row = &mut projection.row;
        (row.kind, row.state, row.category) = (what.0, what.1, what.2);
        row.source = what.3.into();
        (row.place, row.cell, row.unit) = (place.0, place.1, place.2);
        (row.holder_role, row.holder_unit, row.clock, row.need_to_know) = held;
        row.is_open = row.state != "closed";
        row.stage = row.is_open.then(|| "处理".to_owned());
        (row.opened_at, row.changed_at) = (Instant(MORNING + times.0), Instant(MORNING + times.1));
        row.closed_at = (!row.is_open).then_some(row.changed_at);
        row.on_time = times.2.filter(|_| !row.is_open);
        projection.wake_at = projection.wake_at.filter(|_| row.is_open);
        (projection.units, projection.involved) = (place.3, times.3);
        projection
    })
}

fn clause() -> impl Strategy<Value = ScopeClause> {
    let reach = (vec(names(KINDS), 0..2), option::of(select(AREAS)), option::of(vec(office(), 0..3)), any::<bool>());
    (reach, option::of((1_i64..4).prop_map(PersonId)), option::of(1_i64..40)).prop_map(|(reach, involved, code)| {
        let (kinds, area, units, need_to_know) = reach;
        let units = units.map(|mut units| {
            units.sort();
            units
        });
        // A reporter's code is rarer than anything else.
        let reporter = code.filter(|n| n % 4 == 0).map(|n| format!("code{n}").into());
        ScopeClause { kinds, area, units, need_to_know, reporter, involved }
    })
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        3 => vec(clause(), 0..4),
        1 => Just(vec![ScopeClause::everything()]),
        1 => clause().prop_map(|clause| vec![ScopeClause { units: None, reporter: None, involved: None, ..clause }]),
    ]
    .prop_map(|clauses| Scope { clauses })
}

fn grant() -> impl Strategy<Value = GrantHeld> {
    (names(&["dispatcher", "checker"]), option::of(select(AREAS)), vec(names(KINDS), 0..2))
        .prop_map(|(role, area, kinds)| GrantHeld { role, office: OfficeId(1), offices: Vec::new(), area, kinds })
}

fn query() -> impl Strategy<Value = CaseQuery> {
    let mine = (vec(grant(), 0..3), vec(office(), 0..2)).prop_map(|(grants, offices)| Mine { grants, offices });
    let lights = select(&[Light::Good, Light::Near, Light::Late, Light::NotRated][..]);
    let window = Bounds { west: 113.6, south: 34.7, east: 113.635, north: 34.735 };
    let rare = 0.25;
    let what = (
        option::weighted(rare, names(KINDS)),
        option::weighted(rare, names(STATES)),
        option::weighted(rare, names(CATEGORIES)),
        option::weighted(rare, select(&["inspector", "citizen"][..]).prop_map(Name::from)),
        option::of(any::<bool>()),
    );
    let place = (
        option::weighted(rare, vec(office(), 1..3)),
        option::weighted(rare, select(AREAS)),
        option::weighted(rare, Just(window)),
    );
    let held = (option::weighted(0.5, mine), option::weighted(rare, lights));
    let times = (option::weighted(rare, 0_i64..6), option::weighted(rare, 0_i64..6));
    let order = (select(&[Sort::Due, Sort::Opened, Sort::Changed][..]), 1_usize..6);
    (what, place, held, times, order).prop_map(|(what, place, held, times, order)| CaseQuery {
        kinds: what.0.into_iter().collect(),
        states: what.1.into_iter().collect(),
        category: what.2,
        sources: what.3.into_iter().collect(),
        open: what.4,
        units: place.0.unwrap_or_default(),
        area: place.1,
        window: place.2,
        mine: held.0,
        lights: held.1.into_iter().collect(),
        opened_from: times.0.map(|ms| Instant(MORNING + ms)),
        opened_to: times.1.map(|ms| Instant(MORNING + ms)),
        sort: order.0,
        limit: order.1,
        ..CaseQuery::default()
    })
}

/// What the filters mean, one row at a time.
fn passes(query: &CaseQuery, row: &CaseRow) -> bool {
    let within = |area: (i64, i64)| row.cell.is_some_and(|cell| area.0 <= cell && cell < area.1);
    let below = |category: &Name| {
        row.category.as_ref().is_some_and(|own| own == category || own.starts_with(&format!("{category}.")))
    };
    let held = |grant: &GrantHeld| {
        row.holder_role.as_ref() == Some(&grant.role)
            && grant.area.is_none_or(within)
            && (grant.kinds.is_empty() || grant.kinds.contains(&row.kind))
    };
    let mine =
        |mine: &Mine| mine.grants.iter().any(held) || row.holder_unit.is_some_and(|unit| mine.offices.contains(&unit));
    (query.kinds.is_empty() || query.kinds.contains(&row.kind))
        && (query.states.is_empty() || query.states.contains(&row.state))
        && query.category.as_ref().is_none_or(below)
        && (query.sources.is_empty() || query.sources.contains(&row.source))
        && query.open.is_none_or(|open| open == row.is_open)
        && (query.units.is_empty() || row.unit.is_some_and(|unit| query.units.contains(&unit)))
        && query.area.is_none_or(within)
        && query.window.is_none_or(|window| row.place.is_some_and(|at| window.contains(at)))
        && query.mine.as_ref().is_none_or(mine)
        && (query.lights.is_empty() || query.lights.contains(&row.light(NOW)))
        && query.opened_from.is_none_or(|at| at <= row.opened_at)
        && query.opened_to.is_none_or(|at| row.opened_at < at)
}

fn sort(query: &CaseQuery, rows: &mut [&CaseRow]) {
    let due = |row: &CaseRow| row.clock.as_ref().and_then(|clock| clock.due).map_or(i64::MAX, |due| due.0);
    rows.sort_by_key(|row| match query.sort {
        Sort::Due if row.is_open => (0, due(row), row.id.0),
        Sort::Due => (1, -row.opened_at.0, -row.id.0),
        Sort::Opened => (0, -row.opened_at.0, -row.id.0),
        Sort::Changed => (0, -row.changed_at.0, -row.id.0),
    });
}

/// The subject the policy would be asked about.
fn subject(projection: &Projection) -> Subject {
    let Projection { row, units, involved, .. } = projection;
    Subject {
        kind: row.kind.clone(),
        cell: row.cell,
        units: units.clone(),
        reporter: Some(code(row.id)),
        need_to_know: row.need_to_know,
        involved: involved.clone(),
    }
}

fn code(case: CaseId) -> Name {
    format!("code{case}").into()
}

/// Stores the cases, numbered from `first`, each with a report.
fn fill(city: &TestCity, cases: Vec<Projection>) -> Vec<Projection> {
    let first = i64::try_from(city.store.health(NOW).unwrap().cases).unwrap() + 1;
    let cases: Vec<Projection> = (first..)
        .zip(cases)
        .map(|(id, mut case)| {
            (case.row.id, case.row.number) = (CaseId(id), format!("AJ{id:06}"));
            case
        })
        .collect();
    let stored = cases.clone();
    city.store.write(move |tx| stored.iter().try_for_each(|case| store_one(tx, case))).unwrap();
    cases
}

fn store_one(tx: &mut crate::WriteTx<'_>, projection: &Projection) -> Result<(), PortError> {
    let row = &projection.row;
    let record = opened(row.id.0, MORNING);
    tx.append(&permit(&row.kind), &record, &replay([&record]).unwrap(), projection)?;
    let report = guancheng_app::ports::ReportRow {
        id: guancheng_base::ReportId(0),
        case: Some(row.id),
        code: code(row.id),
        source: row.source.clone(),
        text: "路灯不亮".to_owned(),
        lang: "zh".into(),
        place: row.place,
        address: String::new(),
        at: NOW,
        by: None,
        category: None,
    };
    tx.add_report(&report, None).map(|_| ())
}

/// Every page of a list, one after the other.
fn pages(city: &TestCity, query: &CaseQuery, scope: &Scope) -> Vec<CaseRow> {
    let mut rows = Vec::new();
    let mut query = query.clone();
    loop {
        let page = city.store.read(|r| r.cases(&query, scope, NOW)).unwrap();
        rows.extend(page.items);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return rows,
        }
    }
}

fn key(by: GroupBy, row: &CaseRow) -> String {
    let area = |cells: i64| row.cell.map(|cell| (cell / cells).to_string()).unwrap_or_default();
    match by {
        GroupBy::Nothing => String::new(),
        GroupBy::Kind => row.kind.to_string(),
        GroupBy::State => row.state.to_string(),
        GroupBy::Stage => row.stage.clone().unwrap_or_default(),
        GroupBy::Light => row.light(NOW).as_str().to_owned(),
        GroupBy::Unit => row.unit.map(|unit| unit.to_string()).unwrap_or_default(),
        GroupBy::District => area(1_000_000_000),
        GroupBy::Street => area(1_000_000),
    }
}

const GROUPS: [GroupBy; 8] = [
    GroupBy::Nothing,
    GroupBy::Kind,
    GroupBy::State,
    GroupBy::Stage,
    GroupBy::Light,
    GroupBy::Unit,
    GroupBy::District,
    GroupBy::Street,
];

#[test]
fn a_list_is_what_the_policy_admits_and_the_filters_pass_in_order() {
    let city = TestCity::new();
    let mut runner = TestRunner::deterministic();
    let cases = vec(stored(), 40).new_tree(&mut runner).unwrap().current();
    let cases = fill(&city, cases);
    let asked = (query(), scope());
    runner
        .run(&asked, |(query, scope)| {
            let admitted: Vec<&CaseRow> =
                cases.iter().filter(|case| scope.admits(&subject(case))).map(|case| &case.row).collect();
            let mut expected: Vec<&CaseRow> = admitted.into_iter().filter(|row| passes(&query, row)).collect();
            sort(&query, &mut expected);
            let rows = pages(&city, &query, &scope);
            prop_assert_eq!(rows.iter().collect::<Vec<_>>(), expected.clone());
            for by in GROUPS {
                let mut groups: BTreeMap<String, u64> = BTreeMap::new();
                expected.iter().for_each(|row| *groups.entry(key(by, row)).or_default() += 1);
                let counts = city.store.read(|r| r.counts(&query, &scope, by, NOW)).unwrap();
                prop_assert_eq!(counts.items.into_iter().collect::<BTreeMap<_, _>>(), groups, "by {:?}", by);
                prop_assert_eq!(counts.total, expected.len() as u64);
            }
            let points = city.store.read(|r| r.points(&query, &scope, 100, NOW)).unwrap();
            let mut seen: Vec<(CaseId, Light)> = points.items.iter().map(|point| (point.case, point.light)).collect();
            seen.sort();
            let placed = expected.iter().filter(|row| row.place.is_some());
            let mut expected: Vec<(CaseId, Light)> = placed.map(|row| (row.id, row.light(NOW))).collect();
            expected.sort();
            prop_assert_eq!(seen, expected);
            Ok(())
        })
        .unwrap();
    assert!(city.store.verify(false).unwrap().ok());
}

#[test]
fn cases_around_a_point_come_nearest_first() {
    let city = TestCity::new();
    let mut runner = TestRunner::deterministic();
    let cases = fill(&city, vec(stored(), 60).new_tree(&mut runner).unwrap().current());
    runner
        .run(&(place(), 0_u32..3_000, option::of(names(CATEGORIES))), |(place, metres, category)| {
            let metres = f64::from(metres);
            let query = NearQuery {
                place,
                metres,
                kinds: vec!["case".into()],
                states: Vec::new(),
                open: Some(true),
                category: category.clone(),
                changed_from: None,
                need_to_know: true,
                except: Some(CaseId(1)),
                limit: 100,
            };
            let filters = CaseQuery { kinds: query.kinds.clone(), open: query.open, category, ..CaseQuery::default() };
            let near = |row: &CaseRow| row.place.map(|at| metres_between(place, at)).filter(|away| *away <= metres);
            let rows = cases.iter().map(|case| &case.row).filter(|row| row.id != CaseId(1) && passes(&filters, row));
            let mut expected: Vec<(f64, CaseId)> = rows.filter_map(|row| Some((near(row)?, row.id))).collect();
            expected.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let found = city.store.read(|r| r.near(&query)).unwrap();
            prop_assert_eq!(found.iter().map(|(row, away)| (*away, row.id)).collect::<Vec<_>>(), expected);
            Ok(())
        })
        .unwrap();
}

#[test]
fn words_are_found_in_number_title_address_and_text() {
    let city = TestCity::new();
    let mut cases = vec(stored(), 3).new_tree(&mut TestRunner::deterministic()).unwrap().current();
    cases[1].row.title = "窨井盖破损".to_owned();
    cases[2].words = "Pothole near school".to_owned();
    fill(&city, cases);
    let everyone = Scope { clauses: vec![ScopeClause::everything()] };
    let check = |text: &str, expected: &[i64]| {
        let query = CaseQuery { text: Some(text.to_owned()), limit: 10, ..CaseQuery::default() };
        let page = city.store.read(|r| r.cases(&query, &everyone, NOW)).unwrap();
        let mut ids: Vec<i64> = page.items.iter().map(|row| row.id.0).collect();
        ids.sort_unstable();
        assert_eq!(ids, expected, "{text}");
        let counts = city.store.read(|r| r.counts(&query, &everyone, GroupBy::Nothing, NOW)).unwrap();
        assert_eq!(counts.total, expected.len() as u64, "{text}");
    };
    check("路灯", &[1, 3]);
    check("灯不亮 中原路", &[1, 3]);
    check("中原路3号", &[1, 2, 3]);
    check("3", &[1, 2, 3]);
    check("原路4", &[]);
    check("盖", &[2]);
    check("井", &[2]);
    check("井破", &[]);
    check("AJ000002", &[2]);
    check("000002", &[]);
    check("aj0000", &[1, 2, 3]);
    check("poth school", &[3]);
    check("\"*", &[]);
}

#[test]
fn a_cursor_of_another_list_is_refused() {
    let city = TestCity::new();
    let query = CaseQuery { after: Some("d5_7".to_owned()), limit: 10, ..CaseQuery::default() };
    let refused = city.store.read(|r| r.cases(&query, &Scope::default(), NOW)).unwrap_err();
    assert_eq!(refused.message(), "the cursor \"d5_7\" was not made for this list; begin again without it");
}

#[test]
fn a_window_upside_down_holds_nothing() {
    let city = TestCity::new();
    fill(&city, vec(stored(), 10).new_tree(&mut TestRunner::deterministic()).unwrap().current());
    let everyone = Scope { clauses: vec![ScopeClause::everything()] };
    for (west, east, south, north) in [(452.0, -219.0, -58.0, -983.5), (113.9, 113.2, 34.2, 34.9)] {
        let window = Some(Bounds { west, south, east, north });
        let query = CaseQuery { window, limit: 10, ..CaseQuery::default() };
        let page = city.store.read(|r| r.cases(&query, &everyone, NOW)).unwrap();
        let counts = city.store.read(|r| r.counts(&query, &everyone, GroupBy::District, NOW)).unwrap();
        let points = city.store.read(|r| r.points(&query, &everyone, 10, NOW)).unwrap();
        assert_eq!((page.items.len(), counts.total, points.items.len()), (0, 0, 0));
    }
}
