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
    println!("{:?}", store.health(now)?);
    println!("{:<48}{:>9}{:>9}{:>9}{:>9}{:>7}", "ms", "p50", "p99", "CPU p50", "CPU p99", "rows");
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

type Named = (&'static str, Reading);

fn readings() -> Vec<Named> {
    [desks(), offices(), places(), searches(), maps(), counts()].into_iter().flatten().collect()
}

fn desk() -> CaseQuery {
    CaseQuery { open: Some(true), sort: Sort::Due, ..page() }
}

fn some_office(dice: &mut Dice) -> OfficeId {
    OfficeId(1 + dice.signed(60))
}

fn some_department(dice: &mut Dice) -> Scope {
    department(1 + dice.signed(58))
}

fn desks() -> Vec<Named> {
    let mine = |r: &Reader<'_>, now| list(CaseQuery { mine: Some(mine()), ..desk() }, everyone())(r, now);
    vec![
        ("desk queue", Box::new(|r, _, now| list(desk(), everyone())(r, now))),
        ("desk queue, mine", Box::new(move |r, _, now| mine(r, now))),
        ("desk queue of a department", Box::new(|r, d, now| list(desk(), some_department(d))(r, now))),
    ]
}

fn offices() -> Vec<Named> {
    let of_office = |d: &mut Dice| CaseQuery { units: vec![some_office(d)], ..page() };
    let and_street = move |d: &mut Dice| CaseQuery { area: Some(area(d, 1_000_000)), ..of_office(d) };
    vec![
        ("office list, latest opened", Box::new(move |r, d, now| list(of_office(d), everyone())(r, now))),
        ("office list as the office sees it", Box::new(|r, d, now| list(page(), some_department(d))(r, now))),
        ("office and street", Box::new(move |r, d, now| list(and_street(d), everyone())(r, now))),
    ]
}

fn places() -> Vec<Named> {
    let within = |d: &mut Dice, cells: i64, query: CaseQuery| CaseQuery { area: Some(area(d, cells)), ..query };
    let changed = || CaseQuery { sort: Sort::Changed, ..page() };
    let of_category = |d: &mut Dice| {
        let category = format!("event.{:02}.{:02}", d.below(8), d.below(12));
        CaseQuery { category: Some(category.into()), ..page() }
    };
    let in_district = move |d: &mut Dice| {
        let query = of_category(d);
        within(d, 1_000_000_000, query)
    };
    vec![
        ("grid list: cell", Box::new(move |r, d, now| list(within(d, 1, page()), everyone())(r, now))),
        ("grid list: street", Box::new(move |r, d, now| list(within(d, 1_000_000, page()), everyone())(r, now))),
        (
            "grid list: street, open by due",
            Box::new(move |r, d, now| list(within(d, 1_000_000, desk()), everyone())(r, now)),
        ),
        (
            "district, latest changed",
            Box::new(move |r, d, now| list(within(d, 1_000_000_000, changed()), everyone())(r, now)),
        ),
        ("category", Box::new(move |r, d, now| list(of_category(d), everyone())(r, now))),
        ("category and district", Box::new(move |r, d, now| list(in_district(d), everyone())(r, now))),
    ]
}

fn searches() -> Vec<Named> {
    const WORDS: [(&str, &str); 6] = [
        ("text search: four characters", "路灯不亮"),
        ("text search: two characters", "垃圾"),
        ("text search: one character", "灯"),
        ("text search: three words", "漏水 经三路 桐柏路"),
        ("text search: an address", "嵩山路12号"),
        ("text search: a number's beginning", "AJ2010"),
    ];
    let search = |text: &str| CaseQuery { text: Some(text.to_owned()), ..page() };
    let read = move |text: &'static str| -> Reading {
        Box::new(move |r, d, now| {
            let scope = if d.below(2) == 0 { everyone() } else { some_department(d) };
            list(search(text), scope)(r, now)
        })
    };
    WORDS.map(|(name, text)| (name, read(text))).into()
}

fn maps() -> Vec<Named> {
    let window = |dice: &mut Dice, size: f64| {
        let (west, south) = (113.4 + dice.below(3_000) as f64 * 1e-4, 34.6 + dice.below(2_000) as f64 * 1e-4);
        Some(Bounds { west, south, east: west + size, north: south + size })
    };
    let points = |r: &Reader<'_>, query: CaseQuery, now| {
        r.points(&CaseQuery { open: Some(true), ..query }, &everyone(), 20_000, now).map(|points| points.items.len())
    };
    vec![
        (
            "window, latest opened",
            Box::new(move |r, d, now| list(CaseQuery { window: window(d, 0.02), ..page() }, everyone())(r, now)),
        ),
        (
            "map of a window, open",
            Box::new(move |r, d, now| points(r, CaseQuery { window: window(d, 0.05), ..page() }, now)),
        ),
        ("map of everything open", Box::new(move |r, _, now| points(r, page(), now))),
        ("near 200 m", Box::new(near)),
    ]
}

fn counts() -> Vec<Named> {
    let count = |r: &Reader<'_>, query: CaseQuery, scope: Scope, by: GroupBy, now| {
        r.counts(&query, &scope, by, now).map(|counts| counts.items.len())
    };
    let whole_city = || Scope { clauses: vec![ScopeClause::everything()] };
    vec![
        ("counts of open cases by state", Box::new(move |r, _, now| count(r, desk(), everyone(), GroupBy::State, now))),
        ("counts of open cases by light", Box::new(move |r, _, now| count(r, desk(), everyone(), GroupBy::Light, now))),
        (
            "counts of all cases by unit, whole city",
            Box::new(move |r, _, now| count(r, page(), whole_city(), GroupBy::Unit, now)),
        ),
        (
            "counts of a department by light, open",
            Box::new(move |r, d, now| count(r, desk(), some_department(d), GroupBy::Light, now)),
        ),
        (
            "case page: state, row, records, reports, tasks",
            Box::new(|r, d, _| {
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
    let (mut times, mut cpu_times) = (Vec::new(), Vec::new());
    let mut rows = 0;
    for seed in 0..READINGS {
        let (began, cpu) = (Clock::now(), cpu_ms());
        rows += store.read(|r| read(r, &mut Dice(seed), now))?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
        cpu_times.push(cpu_ms() - cpu);
    }
    times.sort_by(f64::total_cmp);
    cpu_times.sort_by(f64::total_cmp);
    let at = |times: &[f64], share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let [p50, p99] = [50, 99].map(|share| at(&times, share));
    let [cpu_p50, cpu_p99] = [50, 99].map(|share| at(&cpu_times, share));
    println!("{name:<48}{p50:>9.2}{p99:>9.2}{cpu_p50:>9.2}{cpu_p99:>9.2}{:>7}", rows / times.len().max(1));
    Ok(())
}

/// Milliseconds this thread has computed; on a busy machine the only figure that says something of the program.
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}
