//! `guancheng plan`: the yearly plan document of an authority, read into items, offices and commitments.

use std::{collections::BTreeMap, path::Path};

use guancheng_document::read;
use guancheng_plan::{
    document::{Commitment, Item, PlanDocument, Quantity},
    parse,
};

use crate::{
    Answer, Outcome,
    cli::{PlanArgs, PlanWhat},
};

/// Reads a document and prints what is in it.
pub fn run(args: &PlanArgs) -> Outcome {
    let PlanWhat::Parse { file, json, year } = &args.what;
    let (plan, notes) = load(file, *year)?;
    for note in notes {
        eprintln!("guancheng: {}: {note}", file.display());
    }
    if *json {
        let text = serde_json::to_string_pretty(&plan).map_err(|error| error.to_string())?;
        say!("{text}");
    } else {
        outline(&plan);
    }
    Ok(Answer::Yes)
}

/// The plan in a file, and what its reader should know.
fn load(file: &Path, year: Option<i32>) -> Result<(PlanDocument, Vec<String>), String> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let size = std::fs::metadata(file).map_err(|error| named(&error))?.len();
    if size > read::FILE_MAX as u64 {
        return Err(named(&read::ReadFault::TooLarge { bytes: size, max: read::FILE_MAX as u64 }));
    }
    let bytes = std::fs::read(file).map_err(|error| named(&error))?;
    let content = read::read(&bytes).map_err(|fault| named(&fault))?;
    let blocks: Vec<parse::Block> = content.blocks.into_iter().map(block).collect();
    let plan = parse::parse(&blocks, year).map_err(|fault| named(&fault))?;
    Ok((plan, content.notes))
}

fn block(block: read::Block) -> parse::Block {
    match block {
        read::Block::Text(text) => parse::Block::Text(text),
        read::Block::Table(rows) => parse::Block::Table(rows),
    }
}

fn outline(plan: &PlanDocument) {
    let head = &plan.document;
    say!("{}", if head.title.is_empty() { "(no title)" } else { &head.title });
    let known = [
        ("year", head.year.map(|year| year.to_string())),
        ("index", head.index_no.clone()),
        ("publisher", head.publisher.clone()),
    ];
    let facts: Vec<String> =
        known.into_iter().filter_map(|(name, value)| value.map(|value| format!("{name} {value}"))).collect();
    say!("{}", facts.join(" · "));
    let mut open = None;
    for item in &plan.items {
        if open != Some(item.section) {
            open = Some(item.section);
            let section = plan.sections.iter().find(|section| section.no == item.section);
            say!("\n{} {}", item.section, section.map_or("", |section| &section.title));
        }
        item_lines(item);
    }
    totals(plan);
}

fn item_lines(item: &Item) {
    let due = item.due_text.as_deref().map_or(String::new(), |due| format!(" · {due}"));
    say!("\n  {:02} {} — {}{due}", item.no, item.title, item.offices.join("、"));
    for commitment in &item.commitments {
        say!(
            "     {} {:<11} {}{}",
            commitment.id,
            word(commitment),
            commitment.text.replace('\n', " "),
            amounts(commitment)
        );
        for question in &commitment.questions {
            say!("           ? {}", question.ask);
        }
    }
    if !item.context.is_empty() {
        say!("           ({} clauses say only why and how)", item.context.len());
    }
}

/// The class as it stands in the JSON.
fn word(commitment: &Commitment) -> String {
    serde_json::to_value(commitment.class).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn amounts(commitment: &Commitment) -> String {
    let mut parts: Vec<String> = commitment.quantities.iter().map(amount).collect();
    parts.extend(commitment.cadence.iter().map(ToString::to_string));
    parts.extend(commitment.deadline.iter().map(|day| format!("by {day}")));
    if parts.is_empty() { String::new() } else { format!("  [{}]", parts.join("; ")) }
}

fn amount(quantity: &Quantity) -> String {
    let sign = serde_json::to_value(quantity.comparator)
        .ok()
        .and_then(|sign| sign.as_str().map(str::to_owned))
        .unwrap_or_default();
    let upper = quantity.value_to.map_or(String::new(), |upper| format!("–{upper}"));
    format!("{sign} {}{upper} {}", quantity.value, quantity.unit)
}

fn totals(plan: &PlanDocument) {
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for commitment in plan.items.iter().flat_map(|item| &item.commitments) {
        *classes.entry(word(commitment)).or_default() += 1;
    }
    let commitments: usize = classes.values().sum();
    let context: usize = plan.items.iter().map(|item| item.context.len()).sum();
    let questions: usize =
        plan.items.iter().flat_map(|item| &item.commitments).map(|commitment| commitment.questions.len()).sum();
    let counted: Vec<String> = classes.iter().map(|(class, count)| format!("{class} {count}")).collect();
    say!(
        "\n{} sections, {} items, {commitments} commitments, {context} context clauses",
        plan.sections.len(),
        plan.items.len()
    );
    say!("{}", counted.join(", "));
    say!("{questions} open questions");
    let without: Vec<String> =
        plan.items.iter().filter(|item| item.offices.is_empty()).map(|item| item.no.to_string()).collect();
    if !without.is_empty() {
        say!("without an office: items {}", without.join(", "));
    }
    let sets: Vec<&str> = plan.items.iter().flat_map(|item| &item.placeholders).map(String::as_str).collect();
    if !sets.is_empty() {
        say!("still to be named: {}", sets.join(", "));
    }
}
