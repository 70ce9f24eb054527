//! What must hold of a city at any moment between two commits.

use guancheng_app::ports::{CaseQuery, PortError, Read};
use guancheng_base::CaseId;
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
    let outbox = town.store.read::<_, PortError>(|read| read.outbox(10)).unwrap();
    assert!(outbox.is_empty(), "seed {seed}: {outbox:?}");
    town.open_cases().iter().for_each(|case| open_case(town, case, seed));
    firing_again_does_nothing(town, simulator, seed);
    let before = simulator.now().plus_ms(-1);
    let timers = town.store.read::<_, PortError>(|read| read.due_timers(before, 10)).unwrap();
    assert!(timers.is_empty(), "seed {seed}: {timers:?}");
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

/// Whatever is due, because the system stood still at the end, is done once and not again.
fn firing_again_does_nothing(town: &Town, simulator: &Simulator, seed: u64) {
    let cases: Vec<CaseId> = town.open_cases().iter().map(|case| case.id).collect();
    let fire_all = || {
        let (city, at, cases) = (std::sync::Arc::clone(&town.city), simulator.now().plus_ms(-1), cases.clone());
        let fired = town.store.write(move |tx| {
            let fire = |case| guancheng_app::fire(&city, tx, at, case).map(|done| (done.case, done.seq));
            cases.into_iter().map(fire).collect::<Result<Vec<_>, _>>()
        });
        fired.unwrap()
    };
    assert_eq!(fire_all(), fire_all(), "seed {seed}: a timer fired twice");
}
