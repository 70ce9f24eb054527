//! Examples of a scorecard: a few subjects with their values, the totals and places that must come out.

use std::collections::BTreeMap;

use guancheng_base::Name;
use guancheng_indicator::{
    Exact,
    card::{CardRun, Inputs, Measured, Scorecard, SubjectInput, SubjectScore, run},
    fact::OccurrenceFact,
};

use super::exact;
use crate::tree::{At, Scalar};

/// Runs the examples; what is not as expected is a fault at its place.
pub fn run_all(card: &Scorecard, examples: Vec<At<'_>>) {
    for at in examples {
        let table = at.table("example of a scorecard");
        let title = table.text("title");
        let mut inputs = Inputs { subjects: table.need("given").map(subjects).unwrap_or_default() };
        for (n, at) in table.list("event").into_iter().enumerate() {
            read_event(n, at, &mut inputs);
        }
        let (totals, places) = (table.need("expect"), table.get("place"));
        match run(card, &inputs) {
            Ok(run) => {
                totals.into_iter().for_each(|at| compare(&title, &run, at, |score| score.total));
                let place = |score: &SubjectScore| score.place.map(|place| Exact::int(i64::from(place)));
                places.into_iter().for_each(|at| compare(&title, &run, at, place));
            }
            Err(fault) => at.fault(format!("the example “{title}” cannot be run: {fault}")),
        }
    }
}

/// `{ a = { "case.on_time_rate" = 66.4, size = { grid_count = 120 } } }`: an indicator that is not there is not rated.
fn subjects(at: At<'_>) -> BTreeMap<Name, SubjectInput> {
    at.pairs().into_iter().map(|(subject, at)| (Name::from(subject), subject_input(at))).collect()
}

fn subject_input(at: At<'_>) -> SubjectInput {
    let mut input = SubjectInput::default();
    for (key, at) in at.pairs() {
        if key == "size" {
            let sizes = at.pairs().into_iter();
            input.sizes = sizes.filter_map(|(size, at)| Some((Name::from(size), exact(at)?))).collect();
        } else if let Some(value) = exact(at) {
            input.values.insert(key.into(), Measured::of(value));
        }
    }
    input
}

fn read_event(n: usize, at: At<'_>, inputs: &mut Inputs) {
    let table = at.table("event of an example");
    let subject = table.name("subject");
    let event = OccurrenceFact {
        event: Some(table.name("event")),
        case: table.maybe_name("case"),
        source: table.maybe_name("source"),
        count: table.get("count").and_then(|at| at.int()),
        ..OccurrenceFact::new(format!("event:{n}"))
    };
    match inputs.subjects.get_mut(&subject) {
        Some(input) => input.events.push(event),
        None => at.fault(format!("`{subject}` is not among those that are `given`")),
    }
}

fn compare(title: &str, run: &CardRun, expect: At<'_>, of: impl Fn(&SubjectScore) -> Option<Exact>) {
    for (subject, at) in expect.pairs() {
        let wanted = match at.scalar() {
            Some(Scalar::Text(text)) if text == "not_rated" => None,
            _ => exact(at),
        };
        let score = run.subjects.get(subject.as_str());
        if score.is_none_or(|score| of(score) != wanted) {
            let told = score.map_or("nobody of that name is `given`".to_owned(), told);
            at.fault(format!("the example “{title}” fails for {subject}: {told}"));
        }
    }
}

fn told(score: &SubjectScore) -> String {
    let place = score.place.map_or("no place".to_owned(), |place| format!("place {place} of {}", score.ranked));
    let lines = score.lines.iter().map(|line| format!("{}: {}", line.title, line.explain.formula));
    format!("{place}; {}; {}", score.explain.formula, lines.collect::<Vec<_>>().join("; "))
}
