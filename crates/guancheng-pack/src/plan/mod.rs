//! `plan/*.toml`: what a city declares about plans of work, and reviewed plans that a demo city begins with.

mod binding;
mod seed;
mod settings;

use std::collections::BTreeMap;

use guancheng_base::{Day, Name};
use guancheng_case::Procedure;
use guancheng_org::Roles;
use guancheng_plan::{Amount, SEED_YEAR, Seed, Settings, model::Cadence};

use crate::{
    fault::{Fault, nearest},
    lists::month_day,
    load::Declared,
    pack::{Labels, OfficeDecl, ProcedureFile},
    tree::{At, Document, Sink},
};

/// What plans may refer to.
pub struct Known<'k> {
    pub roles: &'k Roles,
    pub offices: &'k [OfficeDecl],
    pub procedures: &'k BTreeMap<Name, Vec<ProcedureFile>>,
    pub declared: &'k Declared,
}

/// What the folder declares.
#[derive(Debug, Default)]
pub struct Plans {
    pub settings: Option<Settings>,
    pub seeds: Vec<Seed>,
}

/// Reads the folder; a city without plans has none.
pub fn read(docs: &[Document], sink: &Sink, known: &Known<'_>, labels: &mut Labels) -> Plans {
    let mut plans = Plans::default();
    let (own, seeds): (Vec<&Document>, Vec<&Document>) = docs.iter().partition(|doc| doc.is_kind("plan_settings"));
    for (n, doc) in own.iter().enumerate() {
        if n > 0 {
            let fault = Fault::error(doc.spot("kind"), "the settings of plans are declared twice");
            sink.push(fault.advise("keep one file of kind plan_settings"));
        }
        plans.settings = settings::read(doc, sink, known, labels);
    }
    for doc in seeds {
        if own.is_empty() {
            let fault = Fault::error(doc.spot("kind"), "there is a plan, but nothing says how plans are handled here");
            sink.push(fault.advise("add a file of kind plan_settings: rights, curve, meetings, procedures"));
        }
        plans.seeds.extend(seed::read(doc, sink, known));
    }
    plans
}

const CADENCES: [(&str, Cadence); 6] = [
    ("daily", Cadence::Daily),
    ("weekly", Cadence::Weekly),
    ("monthly", Cadence::Monthly),
    ("quarterly", Cadence::Quarterly),
    ("half_yearly", Cadence::HalfYearly),
    ("yearly", Cadence::Yearly),
];

/// One of a closed list of words.
fn word<T: Copy>(at: At<'_>, what: &str, words: &[(&str, T)]) -> Option<T> {
    let text = at.text()?;
    let found = words.iter().find(|(known, _)| *known == text).map(|(_, value)| *value);
    if found.is_none() {
        let all: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        at.fault_advise(format!("`{text}` is no {what}"), Some(format!("a {what} is: {}", all.join(", "))));
    }
    found
}

fn cadence(at: At<'_>) -> Option<Cadence> {
    word(at, "cadence", &CADENCES)
}

/// `04-30`: a day of whatever year the plan is played in.
fn day(at: At<'_>) -> Option<Day> {
    let (month, of_month) = month_day(at)?;
    Day::new(SEED_YEAR, month, of_month)
}

fn amount(at: At<'_>) -> Option<Amount> {
    let n = at.number()?;
    let amount = Amount::from_f64(n);
    if amount.is_none() {
        at.fault(format!("{n} is no quantity: at most a million million"));
    }
    amount
}

/// A whole number from `least` to `most`.
fn within(at: At<'_>, least: i64, most: i64) -> Option<i64> {
    let n = at.int()?;
    if (least..=most).contains(&n) {
        return Some(n);
    }
    at.fault(format!("{n} is out of range: a whole number from {least} to {most} is expected"));
    None
}

/// The newest version of a procedure; `None` after a fault, or where its own file has one.
fn procedure<'k>(at: At<'_>, known: &Known<'k>) -> Option<&'k Procedure> {
    let name = at.name()?;
    let found = known.procedures.get(&name).and_then(|versions| versions.last());
    if found.is_none() && !known.declared.has("procedures", &name) {
        let advice = nearest(&name, known.declared.ids("procedures"));
        at.fault_advise(format!("there is no procedure `{name}`"), advice);
    }
    found.map(|file| &*file.procedure)
}
