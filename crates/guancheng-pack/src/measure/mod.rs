//! `indicators/`, `scorecards/`, `settlements/`: what a city measures, how it judges, what it pays. Invariant: a
//! definition that loads was proved by the core and by its own examples.

mod card_example;
mod condition;
mod example;
mod indicator;
mod rule;
mod scorecard;
mod settle_example;
mod settlement;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use guancheng_base::{Day, Name};
use guancheng_calendar::Calendar;
use guancheng_case::{CodeList, Lang};
use guancheng_indicator::{
    Better, Cite, Exact, Indicator, PeriodKind, Rounding, card::Scorecard, score::RuleFault, settle::Settlement,
};

use crate::{
    fault::{Fault, nearest},
    lists::check_provenance,
    load::Declared,
    pack::{Labels, OfficeDecl},
    tree::{At, Document, Scalar, Sink, Table},
};

/// What a city measures and how it judges, every version of it, by id, then version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// Indicators.
    pub indicators: BTreeMap<Name, Vec<Arc<Indicator>>>,
    /// Values that another part of the system gives, and scorecards may name.
    pub given: BTreeMap<Name, GivenIndicator>,
    /// Scorecards.
    pub scorecards: BTreeMap<Name, Vec<Arc<Scorecard>>>,
    /// Settlements.
    pub settlements: BTreeMap<Name, Vec<Arc<Settlement>>>,
}

/// A value that is not computed from facts by a definition, but given: an inspection's score, the progress of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenIndicator {
    /// Id, version, basis.
    pub cite: Cite,
    /// Title.
    pub title: String,
    /// The office that keeps it, by its full name.
    pub owner: String,
    /// Its unit.
    pub unit: String,
    /// In which direction it gets better.
    pub better: Better,
}

impl Measures {
    /// The version of an indicator in force on `day`.
    pub fn indicator(&self, id: &str, day: Day) -> Option<&Arc<Indicator>> {
        let versions = self.indicators.get(id)?;
        versions.iter().rev().find(|version| version.from.is_none_or(|from| from <= day))
    }

    /// The newest version of a scorecard.
    pub fn scorecard(&self, id: &str) -> Option<&Arc<Scorecard>> {
        self.scorecards.get(id)?.last()
    }
}

/// What measures refer to.
pub struct Known<'k> {
    pub calendars: &'k BTreeMap<Name, Arc<Calendar>>,
    pub lists: &'k BTreeMap<Name, Arc<CodeList>>,
    pub offices: &'k [OfficeDecl],
    pub roles: &'k BTreeSet<Name>,
    pub declared: &'k Declared,
}

/// The documents of the three folders.
pub struct Docs {
    pub indicators: Vec<Document>,
    pub scorecards: Vec<Document>,
    pub settlements: Vec<Document>,
}

/// Reads everything, proves it, and runs the examples.
pub fn read(docs: &Docs, sink: &Sink, known: &Known<'_>, labels: &mut Labels) -> Measures {
    let mut measures = Measures::default();
    for doc in &docs.indicators {
        indicator::read(doc, sink, known, labels, &mut measures);
    }
    let declared = declared_indicators(docs);
    check_references(docs, sink, &declared);
    for doc in &docs.scorecards {
        if let Some(card) =
            scorecard::read(doc, sink, known, labels, &scorecard::Of { measures: &measures, declared: &declared })
        {
            let versions = measures.scorecards.entry(card.cite.id.clone()).or_default();
            let clash = versions.iter().any(|other| other.cite.version == card.cite.version);
            versions.push(Arc::new(card));
            versions.sort_by_key(|version| version.cite.version);
            same_version(clash, doc, "version", sink);
        }
    }
    for doc in &docs.settlements {
        if let Some(settlement) = settlement::read(doc, sink, known, labels) {
            let versions = measures.settlements.entry(settlement.cite.id.clone()).or_default();
            let clash = versions.iter().any(|other| other.cite.version == settlement.cite.version);
            versions.push(Arc::new(settlement));
            versions.sort_by_key(|version| version.cite.version);
            same_version(clash, doc, "version", sink);
        }
    }
    measures
}

fn same_version(clash: bool, doc: &Document, path: &str, sink: &Sink) {
    if clash {
        let fault = Fault::error(doc.spot(path), "this version of it is there already");
        sink.push(fault.advise("give each version its own number"));
    }
}

/// What the files call their indicators, right or wrong: what is declared is not missing, even if it did not load.
fn declared_indicators(docs: &Docs) -> BTreeSet<String> {
    let quiet = Sink::default();
    let mut ids = BTreeSet::new();
    for doc in &docs.indicators {
        let table = doc.table("indicator file", &quiet);
        for at in table.list("indicator").into_iter().chain(table.list("given")) {
            let id = at.pairs().into_iter().find(|(key, _)| key == "id");
            ids.extend(id.and_then(|(_, at)| at.text()));
        }
        table.give_up();
    }
    ids
}

/// A counter and a variant name indicators that exist.
fn check_references(docs: &Docs, sink: &Sink, declared: &BTreeSet<String>) {
    let quiet = Sink::default();
    let known: BTreeSet<&str> = declared.iter().map(String::as_str).collect();
    for doc in &docs.indicators {
        let table = doc.table("indicator file", &quiet);
        for at in table.list("indicator") {
            let named = at.pairs().into_iter().filter(|(key, _)| key == "counter" || key == "variant_of");
            for (_, at) in named {
                let names = if at.is_list() { at.list() } else { vec![at] };
                names.into_iter().for_each(|at| exists(at, &known, sink));
            }
        }
        table.give_up();
    }
}

fn exists(at: At<'_>, known: &BTreeSet<&str>, sink: &Sink) {
    let Some(name) = at.name().filter(|name| !known.contains(name.as_str())) else { return };
    let fault = Fault::error(at.spot(), format!("there is no indicator `{name}`"));
    sink.push(fault.advise_maybe(nearest(&name, known.iter().copied())));
}

/// What every definition begins with: id, version, basis, title, owner.
struct Head {
    cite: Cite,
    title: String,
    owner: String,
}

fn read_head(table: &Table<'_>, known: &Known<'_>, labels: &mut Labels, what: &str) -> Head {
    let head = read_short_head(table, known, labels, what);
    if let Some(title) = table.maybe_text("title_zh") {
        labels.insert(Lang::Zh, format!("{what}.{}", head.cite.id), title);
    }
    let version = table.get("version").and_then(whole).unwrap_or(1);
    Head { cite: Cite { version, ..head.cite }, ..head }
}

/// The head of what has one version only.
fn read_short_head(table: &Table<'_>, known: &Known<'_>, labels: &mut Labels, what: &str) -> Head {
    let (id, title) = (table.name("id"), table.text("title"));
    let path = format!("{what}.{id}");
    labels.know(path.as_str());
    if let Some(title) = table.maybe_text("title_en") {
        labels.insert(Lang::En, path, title);
    }
    let (basis, owner) = check_provenance(table, known.offices);
    Head { cite: Cite { id, version: 1, basis }, title, owner }
}

/// A number as written: `0.2` is two tenths.
fn exact(at: At<'_>) -> Option<Exact> {
    let text = match at.scalar() {
        Some(Scalar::Int(n)) => n.to_string(),
        Some(Scalar::Number(n)) => n.to_string(),
        _ => return at.number().and(None),
    };
    Exact::parse(&text).map_err(|error| at.fault(error.to_string())).ok()
}

/// The number in a needed key; zero after a fault.
fn need_exact(table: &Table<'_>, key: &'static str) -> Exact {
    table.need(key).and_then(exact).unwrap_or(Exact::ZERO)
}

/// A whole number from 0 on.
fn whole(at: At<'_>) -> Option<u32> {
    let n = u32::try_from(at.int()?).ok();
    if n.is_none() {
        at.fault("a whole number from 0 on is expected here");
    }
    n
}

/// One of several words.
fn word<T: Copy>(at: At<'_>, all: &[T], as_str: fn(T) -> &'static str) -> Option<T> {
    let text = at.text()?;
    let found = all.iter().copied().find(|one| as_str(*one) == text);
    if found.is_none() {
        let words: Vec<&str> = all.iter().map(|one| as_str(*one)).collect();
        let advice =
            nearest(&text, words.iter().copied()).unwrap_or_else(|| format!("it is one of {}", words.join(", ")));
        at.fault_advise(format!("unknown word `{text}`"), Some(advice));
    }
    found
}

/// The word in a needed key, or `instead` after a fault.
fn need_word<T: Copy>(table: &Table<'_>, key: &'static str, all: &[T], as_str: fn(T) -> &'static str, instead: T) -> T {
    table.need(key).and_then(|at| word(at, all, as_str)).unwrap_or(instead)
}

/// The word in `key`, or `usual` where it is not there.
fn maybe_word<T: Copy>(table: &Table<'_>, key: &'static str, all: &[T], as_str: fn(T) -> &'static str, usual: T) -> T {
    table.get(key).and_then(|at| word(at, all, as_str)).unwrap_or(usual)
}

fn period(table: &Table<'_>, key: &'static str) -> PeriodKind {
    need_word(table, key, &PeriodKind::ALL, PeriodKind::as_str, PeriodKind::Month)
}

fn read_rounding(table: &Table<'_>, key: &'static str) -> Rounding {
    maybe_word(table, key, &Rounding::ALL, Rounding::as_str, Rounding::HalfUp)
}

/// Reports the faults that the core found, each at its place below `path`.
fn push(faults: Vec<RuleFault>, path: &str, doc: &Document, sink: &Sink) {
    for fault in faults {
        let at = if path.is_empty() { fault.at } else { format!("{path}.{}", fault.at) };
        sink.push(Fault::error(doc.spot(&at), fault.message));
    }
}
