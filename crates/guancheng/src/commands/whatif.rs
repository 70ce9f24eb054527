//! `guancheng whatif`: recorded cases under a changed pack.

use std::{collections::BTreeMap, sync::Arc};

use guancheng_app::{
    AppError, City, Difference,
    ports::{CaseQuery, Read, Sort},
};
use guancheng_base::{Actor, Instant, SystemActor};
use guancheng_case::Record;
use serde_json::{Value, json};

use super::{
    check::load,
    city::{now, open_recorded, words},
};
use crate::{Answer, Outcome, cli::WhatifArgs};

/// Cases read at once.
const PAGE: usize = 200;

/// Runs every recorded case again under the changed pack, and prints what differs. Differences are an answer, not a
/// fault: the exit status is 0.
pub fn run(args: &WhatifArgs) -> Outcome {
    let settings = args.place.settings(None)?;
    let store = open_recorded(&settings.path("data"), &settings)?;
    let rows = store.read(|reader| reader.org().map_err(AppError::from)).map_err(words)?;
    let city = City::new(Arc::new(load(&args.with)?), rows).map_err(words)?;
    let mut found = Found::default();
    let mut after = None;
    loop {
        let page = store.read(|reader| page(&city, reader, after.clone(), &mut found)).map_err(words)?;
        match page {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    if args.json {
        say!("{}", found.json(&city))
    } else {
        found.print(&city)
    }
    Ok(Answer::Yes)
}

#[derive(Default)]
struct Found {
    cases: usize,
    gone: BTreeMap<String, usize>,
    differences: Vec<Difference>,
}

fn page(city: &City, reader: &dyn Read, after: Option<String>, found: &mut Found) -> Result<Option<String>, AppError> {
    let everyone = city.policy.scope(&Actor::System(SystemActor::Clock));
    let query = CaseQuery { sort: Sort::Opened, after, limit: PAGE, ..CaseQuery::default() };
    let page = reader.cases(&query, &everyone, now())?;
    for row in &page.items {
        let Some(before) = reader.case(row.id)? else { continue };
        let records: Vec<Record> = reader.records(row.id)?.into_iter().map(|stored| stored.record).collect();
        found.cases += 1;
        match guancheng_app::whatif(city, &before, &records) {
            Ok(difference) if difference.is_empty() => {}
            Ok(difference) => found.differences.push(difference),
            Err(_) => *found.gone.entry(before.kind.to_string()).or_default() += 1,
        }
    }
    Ok(page.next)
}

impl Found {
    fn print(&self, city: &City) {
        let due: usize = self.differences.iter().map(|d| d.clocks.len()).sum();
        let refused: usize = self.differences.iter().map(|d| d.refused.len()).sum();
        say!(
            "{} cases run again: {} differ ({due} clocks, {refused} acts refused)",
            self.cases,
            self.differences.len()
        );
        for (kind, n) in &self.gone {
            say!("{n} cases of {kind} cannot run: the changed pack does not declare it");
        }
        let shown = |at: Option<Instant>| at.map_or("—".to_owned(), |at| city.show(at));
        for difference in &self.differences {
            for clock in &difference.clocks {
                say!(
                    "{}  {}: due {} → {}{}",
                    difference.number,
                    clock.clock,
                    shown(clock.due.0),
                    shown(clock.due.1),
                    verdict(clock.on_time)
                );
            }
            for (seq, what, why) in &difference.refused {
                say!("{}  record {seq}: {what} would be refused: {why}", difference.number);
            }
            if let Some((before, after)) = &difference.state {
                say!("{}  state {before} → {after}", difference.number);
            }
        }
    }

    fn json(&self, city: &City) -> Value {
        let at = |at: Option<Instant>| at.map(|at| city.show(at));
        let list: Vec<Value> = self
            .differences
            .iter()
            .map(|difference| {
                let clocks: Vec<Value> = difference
                    .clocks
                    .iter()
                    .map(|c| json!({ "clock": c.clock.as_str(), "due": [at(c.due.0), at(c.due.1)], "on_time": [c.on_time.0, c.on_time.1] }))
                    .collect();
                let refused: Vec<Value> =
                    difference.refused.iter().map(|(seq, what, why)| json!({ "seq": seq, "act": what, "why": why })).collect();
                json!({ "number": difference.number, "clocks": clocks, "refused": refused, "state": difference.state })
            })
            .collect();
        json!({ "cases": self.cases, "cannot_run": self.gone, "differences": list })
    }
}

fn verdict(on_time: (Option<bool>, Option<bool>)) -> String {
    let word = |verdict: Option<bool>| match verdict {
        Some(true) => "on time",
        Some(false) => "late",
        None => "open",
    };
    if on_time.0 == on_time.1 { String::new() } else { format!(", {} → {}", word(on_time.0), word(on_time.1)) }
}
