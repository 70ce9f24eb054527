//! How long a ledger page takes on ten years of five hundred commitments each with a million reports among them.
//!
//! `cargo run --release -p guancheng-store --example ledger [FOLDER]`

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use guancheng_app::plan::{Book, ledger};
use guancheng_base::{Day, OfficeId};
use guancheng_calendar::Limit;
use guancheng_plan::{
    Amount, Event, PlanRecord, Settings,
    model::{Binding, Class, Commitment, Count, Item, Section, Stamp},
};
use guancheng_store::{Options, Store};
use rusqlite::{Connection, params};

const YEARS: i16 = 10;
const COMMITMENTS: u32 = 500;
const REPORTS: u32 = 1_000_000;
/// Pages read of each year.
const PAGES: u32 = 30;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::env::args().nth(1).map_or_else(|| std::env::temp_dir().join("guancheng-ledger"), PathBuf::from);
    let _gone = std::fs::remove_dir_all(&root);
    drop(Store::open(&root, Options::default())?);
    fill(&root)?;
    let store = Store::open(&root, Options::default())?;
    let settings = settings();
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    let book = Book::default();
    for page in 0..PAGES {
        for year in 0..YEARS {
            let began = Instant::now();
            let lines = store.read(|reader| -> Result<usize, guancheng_app::AppError> {
                let plan = book.plan(reader, i64::from(year) + 1)?;
                let as_of = plan.last_day().plus(-40);
                Ok(ledger(reader, &plan, &settings, as_of)?.lines.len())
            })?;
            assert_eq!(lines, COMMITMENTS as usize);
            if page == 0 { &mut cold } else { &mut warm }.push(began.elapsed());
        }
    }
    println!("{:<56}{:>12}{:>12}", "measured", "p50 ms", "p99 ms");
    row("ledger of a year, first time (plan folded too)", &mut cold);
    row("ledger of a year, 500 lines of 100,000 reports", &mut warm);
    std::fs::remove_dir_all(&root)?;
    Ok(())
}

fn row(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len() - 1)).copied().unwrap_or_default();
    println!("{what:<56}{:>12.1}{:>12.1}", at(50).as_secs_f64() * 1e3, at(99).as_secs_f64() * 1e3);
}

/// Plans and reports as the store keeps them. The reports have no cases, which a ledger page never reads.
fn fill(root: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let conn = Connection::open(root.join("city.sqlite"))?;
    conn.execute_batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")?;
    for year in 0..YEARS {
        let payload = serde_json::to_string(&[imported(2017 + year)])?;
        let record = PlanRecord {
            plan: i64::from(year) + 1,
            seq: 1,
            at: guancheng_base::Instant(0),
            actor: "system:import".to_owned(),
            events: Vec::new(),
        };
        conn.execute(
            "INSERT INTO plan_records (seq, plan, plan_seq, at, actor, payload, hash) VALUES (?1, ?1, 1, 0, ?2, ?3, zeroblob(32))",
            params![record.plan, record.actor, payload],
        )?;
    }
    let mut insert = conn.prepare(
        "INSERT INTO progress (case_id, plan, commitment, step, day, month, amount, standing, unit, typed, opened_at)
         VALUES (?1, ?2, ?3, '', ?4, ?5, 1000, ?6, 1, 5, 0)",
    )?;
    for n in 0..REPORTS {
        let year = i16::try_from(n % 10)?;
        let first = Day::new(2017 + year, 1, 1).unwrap_or(Day(0));
        let day = first.plus(i32::try_from(n / 7 % 330)?);
        let (y, m, _) = day.ymd();
        let standing = if n % 23 == 0 { "inspected" } else { "counted" };
        let commitment = id(n / 10 % COMMITMENTS + 1);
        insert.execute(params![n + 1, year + 1, commitment, day.0, i32::from(y) * 12 + i32::from(m) - 1, standing])?;
    }
    drop(insert);
    conn.execute_batch("COMMIT")?;
    Ok(())
}

fn id(n: u32) -> String {
    format!("{:02}.{:02}", n / 10, n % 10)
}

fn imported(year: i16) -> Event {
    let commitment = |n: u32| Commitment {
        id: id(n),
        item: 1,
        span: (0, 1),
        text: "铺设管道若干公里".to_owned(),
        class: Class::Count,
        rule: String::new(),
        quantities: Vec::new(),
        cadences: Vec::new(),
        named: Vec::new(),
        questions: Vec::new(),
        lead: Some(OfficeId(1)),
        assist: Vec::new(),
        weight: 1,
        binding: Some(Binding::Count(Count {
            target: Amount::whole(220),
            unit: "公里".to_owned(),
            due: Day::new(year, 12, 31).unwrap_or(Day(0)),
            curve: Vec::new(),
        })),
        counter: None,
        words: String::new(),
        confirmed: Some(Stamp { by: None, at: guancheng_base::Instant(0) }),
        help: None,
        opinion: None,
    };
    let item = Item {
        no: 1,
        section: 1,
        title: String::new(),
        text: "一".to_owned(),
        offices: Vec::new(),
        body_from: 0,
        context: Vec::new(),
    };
    Event::Imported {
        year,
        title: year.to_string(),
        publisher: String::new(),
        preamble: Vec::new(),
        sections: vec![Section { no: 1, title: String::new() }],
        items: vec![item],
        commitments: (1..=COMMITMENTS).map(commitment).collect(),
    }
}

fn settings() -> Settings {
    Settings {
        rights: BTreeMap::new(),
        curve: [2, 6, 13, 22, 34, 48, 61, 73, 84, 92, 97, 100],
        cycle_days: 31,
        series: Vec::new(),
        circular_number: String::new(),
        grades: Vec::new(),
        groups: Vec::new(),
        other_group: String::new(),
        mark_percent: 0,
        appeal_within: Limit::parse("5 work_day").unwrap_or_else(|error| panic!("{error}")),
        progress_procedure: "plan_progress".into(),
        decision_procedure: "plan_decision".into(),
        amendment_procedure: "plan_amendment".into(),
    }
}
