//! What is right by the core and still not right: size, burden, unknown sources.

use std::collections::BTreeSet;

use guancheng_case::{By, Condition, FieldKind, Holder, LimitRule, Param, Procedure};

use super::{Known, warn};
use crate::{
    fault::{Fault, nearest},
    tree::{Document, Sink},
};

/// How much one procedure may hold. What is larger is two procedures, or a child case.
const BUDGETS: [(&str, usize); 4] = [("state", 12), ("move", 24), ("clock", 10), ("field", 40)];

/// Reports to `sink`.
pub fn run(procedure: &Procedure, doc: &Document, sink: &Sink, known: &Known<'_>) {
    budgets(procedure, doc, sink);
    burden(procedure, doc, sink);
    sources(procedure, doc, sink, known);
}

fn budgets(procedure: &Procedure, doc: &Document, sink: &Sink) {
    let counts = [procedure.states.len(), procedure.moves.len(), procedure.clocks.len(), procedure.fields.len()];
    for ((what, most), count) in BUDGETS.into_iter().zip(counts).filter(|((_, most), count)| count > most) {
        let message = format!("{count} {what}s are over the budget of {most}");
        sink.push(Fault::error(doc.spot(what), message).advise("split the procedure, or move a part to a child case"));
    }
}

/// A required field that no rule, clock or document uses is a burden on whoever fills it in.
fn burden(procedure: &Procedure, doc: &Document, sink: &Sink) {
    let used = used_fields(procedure);
    let mut told = BTreeSet::new();
    for (n, mv) in procedure.moves.iter().enumerate() {
        if mv.document.is_some() || !mv.effects.is_empty() || !mv.approve.is_empty() {
            continue;
        }
        for (at, field) in mv.require.iter().enumerate().filter(|(_, field)| !used.contains(field.as_str())) {
            let shown = procedure.field(field).is_some_and(|f| matches!(f.kind, FieldKind::File | FieldKind::Photo));
            if !shown && told.insert(field.clone()) {
                let message = format!("`{field}` is required, and no rule, clock or document uses it");
                let advice = "drop it from `require`, or say with an effect or a document what it is for";
                warn(doc, sink, &format!("move[{n}].require[{at}]"), message, advice);
            }
        }
    }
}

/// Every field some rule reads.
fn used_fields(procedure: &Procedure) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for mv in &procedure.moves {
        used.extend(mv.checks.iter().chain(&mv.advise).flat_map(|check| check.reads().iter().copied()));
        used.extend(conditions(&mv.when));
        used.extend(mv.evidence.iter().flat_map(|rule| conditions(&rule.when)));
        used.extend(mv.by.iter().filter_map(|by| match by {
            By::System(name) => Some(name.as_str()),
            _ => None,
        }));
    }
    for clock in &procedure.clocks {
        match &clock.limit {
            LimitRule::Field(field) => drop(used.insert(field.as_str())),
            LimitRule::CodeList { list, .. } => used.extend(fields_of_list(procedure, list)),
            LimitRule::Fixed(_) => {}
        }
    }
    let holders = procedure.states.iter().map(|state| &state.holder);
    used.extend(holders.filter_map(|holder| match holder {
        Holder::Field(field) => Some(field.as_str()),
        _ => None,
    }));
    if let Some(assign) = &procedure.assign {
        used.extend([assign.set.as_str(), assign.category.as_str(), assign.place.as_str()]);
    }
    used.extend(procedure.discretion.iter().map(|table| table.measure.as_str()));
    used
}

fn conditions(list: &[Condition]) -> impl Iterator<Item = &str> {
    list.iter().map(|condition| condition.f.as_str())
}

fn fields_of_list<'p>(procedure: &'p Procedure, wanted: &'p str) -> impl Iterator<Item = &'p str> {
    procedure.fields.iter().filter_map(move |field| match &field.kind {
        FieldKind::Code { list } if *list == *wanted => Some(field.id.as_str()),
        _ => None,
    })
}

/// A condition on `source` names a source of the pack.
fn sources(procedure: &Procedure, doc: &Document, sink: &Sink, known: &Known<'_>) {
    for (n, mv) in procedure.moves.iter().enumerate() {
        let when = mv.when.iter().enumerate().map(|(at, c)| (format!("move[{n}].when[{at}].v"), c));
        let evidence = mv.evidence.iter().enumerate().flat_map(|(e, rule)| {
            let path = move |at| format!("move[{n}].evidence[{e}].when[{at}].v");
            rule.when.iter().enumerate().map(move |(at, c)| (path(at), c))
        });
        for (path, condition) in when.chain(evidence).filter(|(_, c)| c.f == "source") {
            for word in words(&condition.v).filter(|word| !known.sources.iter().any(|s| s == word)) {
                let advice = nearest(word, known.sources.iter().map(|s| s.as_str()));
                let fault = Fault::error(doc.spot(&path), format!("the pack has no source `{word}`"));
                sink.push(fault.advise_maybe(advice));
            }
        }
    }
}

fn words(value: &Param) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Param::Text(text) => Box::new(std::iter::once(text.as_str())),
        Param::List(list) => Box::new(list.iter().flat_map(words)),
        _ => Box::new(std::iter::empty()),
    }
}
