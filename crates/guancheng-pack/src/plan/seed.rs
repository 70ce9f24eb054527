//! A reviewed plan without a year. Its items' texts are put together from the commitments, so that these tile them.

use std::collections::BTreeSet;

use guancheng_base::OfficeId;
use guancheng_plan::{
    Seed,
    model::{Binding, Class, Commitment, CounterCheck, Item, Quantity, Section},
};

use super::{Known, amount, binding, day, within, word};
use crate::{
    fault::nearest,
    lists::{check_provenance, office},
    tree::{At, Document, Sink, Table},
};

const CLASSES: [(&str, Class); 8] = [
    ("count", Class::Count),
    ("project", Class::Project),
    ("target_rate", Class::TargetRate),
    ("periodic", Class::Periodic),
    ("document", Class::Document),
    ("register", Class::Register),
    ("mechanism", Class::Mechanism),
    ("duty", Class::Duty),
];

const COMPARATORS: [(&str, &str); 4] = [(">=", ">="), ("<=", "<="), ("=", "="), ("~", "~")];

/// The most sections, items, or commitments of an item: enough for any document, few enough for two digits.
const NUMBERS_MAX: i64 = 99;

/// Who says so: these commitments were classed by people.
const REVIEWER: &str = "reviewer";

/// Reads one plan; `None` after a fault.
pub fn read(doc: &Document, sink: &Sink, known: &Known<'_>) -> Option<Seed> {
    let before = sink.count();
    let table = doc.table("plan", sink);
    table.expect_kind("plan");
    check_provenance(&table, known.offices);
    let (title, publisher) = (table.text("title"), table.text("publisher"));
    let sections: Vec<Section> = table.list("section").into_iter().filter_map(read_section).collect();
    let mut reader =
        Reader { known, sections: &sections, items: Vec::new(), commitments: Vec::new(), ids: BTreeSet::new() };
    table.list("item").into_iter().for_each(|at| reader.item(at));
    let Reader { items, commitments, ids, .. } = reader;
    if ids.is_empty() {
        table.at().fault("a plan without a commitment promises nothing");
    }
    let troubled = table.list("troubled").into_iter().filter_map(|at| known_id(at, &ids)).collect();
    let seed = Seed { title, publisher, sections: sections.clone(), items, commitments, troubled };
    (sink.count() == before).then_some(seed)
}

fn known_id(at: At<'_>, ids: &BTreeSet<String>) -> Option<String> {
    let id = at.text()?;
    if !ids.contains(&id) {
        at.fault_advise(format!("there is no commitment `{id}`"), nearest(&id, ids.iter().map(String::as_str)));
    }
    Some(id)
}

fn read_section(at: At<'_>) -> Option<Section> {
    let table = at.table("section of a plan");
    let title = table.text("title");
    Some(Section { no: number(&table, "no")?, title })
}

fn number(table: &Table<'_>, key: &'static str) -> Option<u32> {
    table.need(key).and_then(|at| within(at, 1, NUMBERS_MAX)).and_then(|n| u32::try_from(n).ok())
}

struct Reader<'r> {
    known: &'r Known<'r>,
    sections: &'r [Section],
    items: Vec<Item>,
    commitments: Vec<Commitment>,
    /// Every commitment that stands there, right or wrong.
    ids: BTreeSet<String>,
}

/// The offices of an item, unless a commitment names its own.
struct Offices {
    lead: Option<OfficeId>,
    assist: Vec<OfficeId>,
}

impl Reader<'_> {
    fn item(&mut self, at: At<'_>) {
        let table = at.table("item of a plan");
        let (no, section) = (number(&table, "no"), number(&table, "section"));
        if section.is_some_and(|no| !self.sections.iter().any(|section| section.no == no)) {
            at.fault(format!("there is no section {}", section.unwrap_or_default()));
        }
        if no.is_some_and(|no| self.items.iter().any(|item| item.no == no)) {
            at.fault(format!("item {} is there twice", no.unwrap_or_default()));
        }
        let title = table.text("title");
        let offices = Offices { lead: table.need("lead").and_then(|at| self.office(at)), assist: self.assist(&table) };
        let mut text = format!("{title}。");
        let body_from = scalars(&text);
        let promises = table.need("commitment").map(|at| at.list()).unwrap_or_default();
        for (n, at) in promises.iter().enumerate() {
            let id = format!("{:02}.{:02}", no.unwrap_or_default(), n + 1);
            self.ids.insert(id.clone());
            let from = scalars(&text);
            let Some(mut one) = self.commitment(*at, id, &offices) else { continue };
            text.push_str(&one.text);
            one.item = no.unwrap_or_default();
            one.span = (from, scalars(&text));
            text.push(if n + 1 < promises.len() { '；' } else { '。' });
            self.commitments.push(one);
        }
        let (no, section) = (no.unwrap_or_default(), section.unwrap_or_default());
        let offices = self.names(&offices);
        self.items.push(Item { no, section, title, text, offices, body_from, context: Vec::new() });
    }

    fn office(&self, at: At<'_>) -> Option<OfficeId> {
        office(at, self.known.offices)
    }

    fn assist(&self, table: &Table<'_>) -> Vec<OfficeId> {
        table.list("assist").into_iter().filter_map(|at| self.office(at)).collect()
    }

    fn names(&self, offices: &Offices) -> Vec<String> {
        let name = |id: &OfficeId| self.known.offices.iter().find(|office| office.id == *id);
        let all = offices.lead.iter().chain(&offices.assist);
        all.filter_map(name).map(|office| office.name.clone()).collect()
    }

    fn commitment(&self, at: At<'_>, id: String, offices: &Offices) -> Option<Commitment> {
        let table = at.table("commitment");
        let text = table.text("text");
        let class = table.need("class").and_then(|at| word(at, "class", &CLASSES));
        let quantities = table.list("quantity").into_iter().filter_map(|at| read_quantity(at, &text)).collect();
        let lead = match table.get("lead") {
            Some(at) => self.office(at),
            None => offices.lead,
        };
        let assist = if table.get("assist").is_some() { self.assist(&table) } else { offices.assist.clone() };
        let weight = table.need("weight").and_then(|at| within(at, 0, 100)).and_then(|n| u32::try_from(n).ok());
        let bound = table.need("bind").and_then(|at| binding::read(at, self.known));
        let counter = read_counter(&table, bound.as_ref());
        let cadences = match &bound {
            Some(Binding::Schedule(schedule)) if schedule.times.is_none() => vec![schedule.cadence],
            _ => Vec::new(),
        };
        let words = table.maybe_text("words").unwrap_or_default();
        Some(Commitment {
            id,
            item: 0,
            span: (0, 0),
            text,
            class: class?,
            rule: REVIEWER.to_owned(),
            quantities,
            cadences,
            named: Vec::new(),
            questions: Vec::new(),
            assist: assist.into_iter().filter(|office| Some(*office) != lead).collect(),
            lead,
            weight: weight?,
            binding: Some(bound?),
            counter,
            words,
            confirmed: None,
            help: None,
            opinion: None,
        })
    }
}

fn scalars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

fn read_quantity(at: At<'_>, whole: &str) -> Option<Quantity> {
    let table = at.table("quantity");
    let text = table.text("text");
    if !whole.contains(&text) {
        at.fault(format!("the commitment does not say `{text}`"));
    }
    let (value, unit) = (table.need("value").and_then(amount), table.text("unit"));
    let comparator = table.need("comparator").and_then(|at| word(at, "comparator", &COMPARATORS));
    Some(Quantity {
        text,
        value: value?,
        unit,
        comparator: comparator?.to_owned(),
        deadline: table.get("deadline").and_then(day),
        period: table.maybe_text("period"),
    })
}

/// `watch` or `waive`: a target without either would be reached on paper.
fn read_counter(table: &Table<'_>, bound: Option<&Binding>) -> Option<CounterCheck> {
    let (watch, waive) = (table.maybe_text("watch"), table.maybe_text("waive"));
    match (watch, waive) {
        (Some(_), Some(_)) => {
            table.at().fault("a target is either watched or waived, not both");
            None
        }
        (Some(text), None) => Some(CounterCheck::Indicator { text }),
        (None, Some(reason)) => Some(CounterCheck::Waived { reason }),
        (None, None) => {
            if bound.is_some_and(Binding::has_target) {
                let advice = "say in `watch` how it is measured from the other side, or in `waive` why it is not";
                table.at().fault_advise("a target without a counter-indicator", Some(advice.to_owned()));
            }
            None
        }
    }
}
