//! Examples inside a definition, executed when it is loaded. An example says only what matters to it: the runner fills
//! in required fields and evidence with plausible values, lets every office agree, and always finds somebody who may.

mod expect;
mod fill;
mod world;

use std::collections::BTreeMap;

use guancheng_base::{Instant, Name};

use crate::{Case, Param, Procedure, Refusal};
use world::World;

/// An example of a procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// What is the case: field values, `source`, `registered` (a local date or time at which it begins; the first step
    /// otherwise), `limit = { n, unit }` for the clock whose limit a code list would say; for discretion tables
    /// `violation` and `party`.
    pub given: BTreeMap<Name, Param>,
    /// What is done.
    pub steps: Vec<ExampleStep>,
    /// What must come of it; see [`Example::EXPECT`].
    pub expect: BTreeMap<Name, Param>,
    /// Why.
    pub why: Option<String>,
}

/// A step of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleStep {
    /// Local time, `2014-09-26T16:30`.
    pub at: String,
    /// The move.
    pub mv: Name,
    /// Fields to set with it, beyond those filled in.
    pub fields: BTreeMap<Name, Param>,
}

impl Example {
    /// What an example may expect: the last step refused (`missing` fields, `blocked_by` a check or an error code,
    /// `until` a date), a check that `advised`, the `state`, whether every clock was `on_time`, `<clock>_due`, and of a
    /// discretion table `tier`, `fine_min`, `fine_max`.
    pub const EXPECT: [&'static str; 9] =
        ["advised", "blocked_by", "fine_max", "fine_min", "missing", "on_time", "state", "tier", "until"];

    fn expects_refusal(&self) -> bool {
        ["missing", "blocked_by", "until"].iter().any(|key| self.expect.contains_key(*key))
    }
}

/// What came of an example.
struct Seen {
    case: Case,
    refusal: Option<Refusal>,
    advised: Vec<Name>,
}

/// Runs an example; says everything that is not as expected.
pub fn run_example(procedure: &Procedure, example: &Example) -> Result<(), Vec<String>> {
    let procedure = fill::without_tables(procedure, example)?;
    let mut complaints = expect::discretion(&procedure, example);
    if !example.steps.is_empty() || example.given.contains_key("registered") {
        let seen = play(&procedure, example).map_err(|complaint| vec![complaint])?;
        complaints.extend(expect::complaints(&procedure, example, &seen));
    }
    if complaints.is_empty() { Ok(()) } else { Err(complaints) }
}

fn play(procedure: &Procedure, example: &Example) -> Result<Seen, String> {
    let mut world = World::new(procedure);
    let case = world.open(began_at(procedure, example)?, &fill::opening(procedure, example)?)?;
    let mut seen = Seen { case, refusal: None, advised: Vec::new() };
    for (n, step) in example.steps.iter().enumerate() {
        let at = local(procedure, &step.at)?;
        let is_last = n + 1 == example.steps.len();
        let bare = is_last && example.expect.contains_key("missing");
        match world.step(&mut seen, at, step, bare)? {
            None => {}
            Some(refusal) if is_last && example.expects_refusal() => seen.refusal = Some(refusal),
            Some(refusal) => return Err(format!("{} {}: {}", step.at, step.mv, refusal.text.zh)),
        }
    }
    Ok(seen)
}

fn began_at(procedure: &Procedure, example: &Example) -> Result<Instant, String> {
    match (example.given.get("registered"), example.steps.first()) {
        (Some(Param::Text(text)), _) => local(procedure, text),
        (_, Some(step)) => local(procedure, &step.at),
        _ => Err("it has no moment: give registered, or a step".to_owned()),
    }
}

fn local(procedure: &Procedure, text: &str) -> Result<Instant, String> {
    procedure.calendar.parse_local(text).map_err(|error| error.to_string())
}
