//! How fast lists are read from a store with many cases: median and 99th percentile over many readings.
//!
//! `cargo run --release -p guancheng-store --example lists FOLDER [CASES]`; the folder is filled once and kept.

#[path = "common/mod.rs"]
mod common;

use std::time::Instant as Clock;

use common::{BEGIN, DAY, Dice, append, make, permit};
use guancheng_app::ports::{Bounds, CaseQuery, GroupBy, Mine, NearQuery, PortError, Read, Sort};
use guancheng_base::{CaseId, GrantHeld, Instant, LonLat, OfficeId, PersonId};
use guancheng_org::{Scope, ScopeClause};
use guancheng_store::{Options, Reader, Store};

/// Days over which cases are spread.
const DAYS: i64 = 5 * 365;
/// One case in so many is open: of a million, 50,000.
const OPEN_IN: i64 = 20;
/// Cases appended by one job.
const BATCH: i64 = 500;
/// Readings of each kind.
const READINGS: u64 = 300;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let dir = args.next().ok_or("name the folder of the store")?;
    let cases: i64 = args.next().map_or(Ok(1_000_000), |n| n.parse())?;
    let began = Clock::now();
    let store = Store::open(dir, Options::default())?;
    println!("opened in {:.0} ms", began.elapsed().as_secs_f64() * 1e3);
    fill(&store, cases)?;
    let now = Instant(BEGIN + DAYS * DAY);
    println!("{:?}\n{:<46}{:>10}{:>10}{:>10}", store.health(now)?, "ms", "p50", "p99", "rows");
    for (name, read) in readings() {
        measure(&store, name, read, now)?;
    }
    Ok(())
}

fn fill(store: &Store, cases: i64) -> Result<(), PortError> {
    let began = Clock::now();
    let there = i64::try_from(store.health(Instant(0))?.cases).unwrap_or(0);
    for first in (there + 1..=cases).step_by(usize::try_from(BATCH).unwrap_or(1)) {
        let last = (first + BATCH - 1).min(cases);
        store.write(move |tx| {
            let (mut dice, permit) = (Dice(first.unsigned_abs()), permit("case"));
            (first..=last).try_for_each(|id| {
                let at = BEGIN + id * (DAYS * DAY / cases);
                // Most open cases are recent, as in a city that works.
                let open = if id > cases - cases / 25 { id % 2 == 0 } else { id % (OPEN_IN * 2) == 0 };
                let made = make(&mut dice, id, at, open);
                append(tx, &permit, &made).map(|_| ())
            })
        })?;
    }
    if there < cases {
        println!("filled in {:.1} s", began.elapsed().as_secs_f64());
    }
    Ok(())
}

type Reading = Box<dyn Fn(&Reader<'_>, &mut Dice, Instant) -> Result<usize, PortError>>;

fn everyone() -> Scope {
    let involved = ScopeClause { involved: Some(PersonId(7)), ..ScopeClause::everything() };
    let all = ScopeClause { need_to_know: false, ..ScopeClause::everything() };
    Scope { clauses: vec![involved, all] }
}

fn department(unit: i64) -> Scope {
    let involved = ScopeClause { involved: Some(PersonId(7)), ..ScopeClause::everything() };
    let units = Some(vec![OfficeId(unit), OfficeId(unit + 1)]);
    Scope { clauses: vec![involved, ScopeClause { units, ..ScopeClause::everything() }] }
}

fn list(query: CaseQuery, scope: Scope) -> impl Fn(&Reader<'_>, Instant) -> Result<usize, PortError> {
    move |r, now| r.cases(&query, &scope, now).map(|page| page.items.len())
}

fn page() -> CaseQuery {
    CaseQuery { limit: 50, ..CaseQuery::default() }
}

fn mine() -> Mine {
    let (role, office) = ("dispatcher".into(), OfficeId(1));
    let grant = GrantHeld { role, office, offices: Vec::new(), area: None, kinds: Vec::new() };
    Mine { grants: vec![grant], offices: Vec::new() }
}

/// A place and the half-open range of its codes at a level of so many digits.
fn area(dice: &mut Dice, cells: i64) -> (i64, i64) {
    let (district, street, community) = (410_100 + dice.signed(12), 1 + dice.signed(9), 1 + dice.signed(20));
    let cell = district * 1_000_000_000 + street * 1_000_000 + community * 1_000 + 1 + dice.signed(20);
    (cell / cells * cells, cell / cells * cells + cells)
}

fn readings() -> Vec<(&'static str, Reading)> {
    let desk = || CaseQuery { open: Some(true), sort: Sort::Due, ..page() };
    let window = |dice: &mut Dice, size: f64| {
        let (west, south) = (113.4 + dice.below(3_000) as f64 * 1e-4, 34.6 + dice.below(2_000) as f64 * 1e-4);
        Bounds { west, south, east: west + size, north: south + size }
    };
    let words =
        ["路灯不亮", "垃圾", "井盖", "中原路", "嵩山路12号", "AJ2010", "航海路 噪声", "漏水 经三路 桐柏路", "灯"];
    vec![
        ("desk queue", Box::new(move |r, _, now| list(desk(), everyone())(r, now))),
        (
            "desk queue, mine",
            Box::new(move |r, _, now| list(CaseQuery { mine: Some(mine()), ..desk() }, everyone())(r, now)),
        ),
        ("desk queue of a department", Box::new(move |r, d, now| list(desk(), department(1 + d.signed(58)))(r, now))),
        (
            "office list, latest opened",
            Box::new(move |r, d, now| {
                list(CaseQuery { units: vec![OfficeId(1 + d.signed(60))], ..page() }, everyone())(r, now)
            }),
        ),
        (
            "office list as the office sees it",
            Box::new(move |r, d, now| list(page(), department(1 + d.signed(58)))(r, now)),
        ),
        (
            "grid list: cell",
            Box::new(move |r, d, now| list(CaseQuery { area: Some(area(d, 1)), ..page() }, everyone())(r, now)),
        ),
        (
            "grid list: street",
            Box::new(move |r, d, now| list(CaseQuery { area: Some(area(d, 1_000_000)), ..page() }, everyone())(r, now)),
        ),
        (
            "grid list: street, open by due",
            Box::new(move |r, d, now| list(CaseQuery { area: Some(area(d, 1_000_000)), ..desk() }, everyone())(r, now)),
        ),
        (
            "district, latest changed",
            Box::new(move |r, d, now| {
                list(CaseQuery { area: Some(area(d, 1_000_000_000)), sort: Sort::Changed, ..page() }, everyone())(
                    r, now,
                )
            }),
        ),
        (
            "category and district",
            Box::new(move |r, d, now| {
                let category = Some(format!("event.{:02}.{:02}", d.below(8), d.below(12)).into());
                list(CaseQuery { category, area: Some(area(d, 1_000_000_000)), ..page() }, everyone())(r, now)
            }),
        ),
        (
            "office and street",
            Box::new(move |r, d, now| {
                let units = vec![OfficeId(1 + d.signed(60))];
                list(CaseQuery { units, area: Some(area(d, 1_000_000)), ..page() }, everyone())(r, now)
            }),
        ),
        (
            "text search",
            Box::new(move |r, d, now| {
                let text = Some(d.one_of(&words).to_owned());
                list(CaseQuery { text, ..page() }, everyone())(r, now)
            }),
        ),
        (
            "text search of a department",
            Box::new(move |r, d, now| {
                let text = Some(d.one_of(&words).to_owned());
                list(CaseQuery { text, ..page() }, department(1 + d.signed(58)))(r, now)
            }),
        ),
        (
            "window, latest opened",
            Box::new(move |r, d, now| list(CaseQuery { window: Some(window(d, 0.02)), ..page() }, everyone())(r, now)),
        ),
        (
            "map of a window, open",
            Box::new(move |r, d, now| {
                let query = CaseQuery { window: Some(window(d, 0.05)), open: Some(true), ..page() };
                r.points(&query, &everyone(), 20_000, now).map(|points| points.items.len())
            }),
        ),
        (
            "map of everything open",
            Box::new(move |r, _, now| {
                r.points(&CaseQuery { open: Some(true), ..page() }, &everyone(), 20_000, now)
                    .map(|points| points.items.len())
            }),
        ),
        ("near 200 m", Box::new(near)),
        (
            "counts of open cases by state",
            Box::new(move |r, _, now| {
                r.counts(&desk(), &everyone(), GroupBy::State, now).map(|counts| counts.items.len())
            }),
        ),
        (
            "counts of open cases by light",
            Box::new(move |r, _, now| {
                r.counts(&desk(), &everyone(), GroupBy::Light, now).map(|counts| counts.items.len())
            }),
        ),
        (
            "counts of all cases by unit, whole city",
            Box::new(move |r, _, now| {
                let scope = Scope { clauses: vec![ScopeClause::everything()] };
                r.counts(&page(), &scope, GroupBy::Unit, now).map(|counts| counts.items.len())
            }),
        ),
        (
            "counts of a department by light, open",
            Box::new(move |r, d, now| {
                r.counts(&desk(), &department(1 + d.signed(58)), GroupBy::Light, now).map(|counts| counts.items.len())
            }),
        ),
        (
            "case page: state, row, records, reports, tasks",
            Box::new(move |r, d, _| {
                let id = CaseId(1 + d.signed(900_000));
                let there = r.case(id)?.is_some() && r.row(id)?.is_some();
                Ok(usize::from(there) + r.records(id)?.len() + r.reports(id)?.len() + r.tasks(id)?.len())
            }),
        ),
    ]
}

fn near(r: &Reader<'_>, dice: &mut Dice, _now: Instant) -> Result<usize, PortError> {
    let place = LonLat { lon: 113.4 + dice.below(4_000) as f64 * 1e-4, lat: 34.6 + dice.below(3_000) as f64 * 1e-4 };
    let query = NearQuery {
        place,
        metres: 200.0,
        kinds: Vec::new(),
        states: Vec::new(),
        open: Some(true),
        category: None,
        changed_from: None,
        need_to_know: false,
        except: None,
        limit: 50,
    };
    r.near(&query).map(|found| found.len())
}

fn measure(store: &Store, name: &str, read: Reading, now: Instant) -> Result<(), PortError> {
    let mut times = Vec::new();
    let mut rows = 0;
    for seed in 0..READINGS {
        let began = Clock::now();
        rows += store.read(|r| read(r, &mut Dice(seed), now))?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    println!("{name:<46}{:>10.2}{:>10.2}{:>10}", at(50), at(99), rows / times.len().max(1));
    Ok(())
}
