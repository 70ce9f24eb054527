//! What must hold of a city at any moment between two commits.

use guancheng_app::ports::{CaseQuery, PortError, Read};
use guancheng_case::{Case, Holder, RunState, Value};
use guancheng_org::{Scope, ScopeClause};
use guancheng_simulator::Simulator;

use crate::town::Town;

/// Chain, audit, replay, timers, outbox, and every open case.
#[track_caller]
pub fn check(town: &Town, simulator: &Simulator, seed: u64) {
    newest_is_found(town, seed);
    let verified = town.store.verify(true).unwrap();
    assert!(verified.ok(), "{} seed {seed}: {:?} {:?}", town.city.pack.id, verified.first_bad, verified.faults);
    let replayed = town.store.replay().unwrap();
    assert_eq!(replayed.different, [], "seed {seed}: the state is not the fold of the records");
    assert_eq!(i64::try_from(replayed.records).unwrap(), verified.records, "seed {seed}");
    let before = simulator.now().plus_ms(-1);
    let (timers, outbox) =
        town.store.read::<_, PortError>(|read| Ok((read.due_timers(before, 10)?, read.outbox(10)?))).unwrap();
    assert!(timers.is_empty(), "seed {seed}: {timers:?}");
    assert!(outbox.is_empty(), "seed {seed}: {outbox:?}");
    town.open_cases().iter().for_each(|case| open_case(town, case, seed));
    firing_again_does_nothing(town, simulator, seed);
}

/// The newest open case is found by its number.
fn newest_is_found(town: &Town, seed: u64) {
    let Some(case) = town.open_cases().pop() else { return };
    let everything = Scope { clauses: vec![ScopeClause::everything()] };
    let query = CaseQuery { text: Some(case.number.clone()), limit: 1, ..CaseQuery::default() };
    let found = town.store.read::<_, PortError>(|read| read.cases(&query, &everything, case.changed_at)).unwrap();
    assert_eq!(found.items.first().map(|row| row.id), Some(case.id), "seed {seed}: {} is not found", case.number);
}

/// Somebody holds it, and a clock counts for it.
fn open_case(town: &Town, case: &Case, seed: u64) {
    let procedure = town.city.procedure_of(case).unwrap();
    let state = procedure.state(&case.state).unwrap();
    let held = match &state.holder {
        Holder::Field(field) => matches!(case.field(field), Some(Value::Org(_))),
        Holder::Applicant | Holder::Party => case.reporter.is_some(),
        Holder::Parts => !case.parts.is_empty(),
        Holder::Role(_) => true,
        Holder::None => false,
    };
    assert!(held, "seed {seed}: nobody holds {} in {}", case.number, case.state);
    let counts = |state: RunState| matches!(state, RunState::Running | RunState::Paused);
    assert!(
        case.clocks.values().any(|run| counts(run.state)),
        "seed {seed}: no clock counts for {} in {}",
        case.number,
        case.state
    );
}

fn firing_again_does_nothing(town: &Town, simulator: &Simulator, seed: u64) {
    let (city, before) = (std::sync::Arc::clone(&town.city), simulator.now().plus_ms(-1));
    let cases: Vec<_> = town.open_cases().iter().map(|case| (case.id, case.seq)).collect();
    let fired = town.store.write(move |tx| {
        let fire = |(case, _)| guancheng_app::fire(&city, tx, before, case).map(|done| (done.case, done.seq));
        cases.iter().copied().map(fire).collect::<Result<Vec<_>, _>>().map(|after| (cases, after))
    });
    let (before, after) = fired.unwrap();
    assert_eq!(before, after, "seed {seed}: a timer fired twice");
}
