//! States and the paths between them: reachable, left again, held, and timed.

use std::collections::BTreeSet;

use guancheng_base::Name;

use super::Proof;
use crate::{Clock, FieldKind, Holder, Move, Procedure, State, Trigger};

pub(super) fn prove(proof: &mut Proof<'_>) {
    let procedure = proof.procedure;
    proof.no_doubles("state", procedure.states.iter().map(|state| &state.id));
    if !proof.known_state("initial", &procedure.initial) {
        return;
    }
    if procedure.state(&procedure.initial).is_some_and(|state| state.is_final) {
        proof.fault("initial", "the first state is final", "begin in an open state");
    }
    for (at, state) in procedure.states.iter().enumerate() {
        held(proof, at, state);
        reached(proof, at, state);
        left(proof, at, state);
    }
    timed(proof);
}

fn held(proof: &mut Proof<'_>, at: usize, state: &State) {
    let path = format!("state[{at}].holder");
    match (&state.holder, state.is_final) {
        (Holder::None, false) => {
            proof.fault(
                path,
                format!("nobody holds a case in {}", state.id),
                "write holder = \"role:…\" or \"field:…\"",
            );
        }
        (Holder::Field(field), _) => {
            proof.shown_field(&path, field, |kind| matches!(kind, FieldKind::Org), "org");
        }
        (Holder::Parts, _) if state.parts.is_empty() => {
            proof.fault(path, "there are no parts to hold it", "declare parts, or another holder");
        }
        _ => {}
    }
    proof.no_doubles(&format!("state[{at}].parts"), state.parts.iter().map(|part| &part.id));
    for (part_at, part) in state.parts.iter().enumerate() {
        proof.conditions(&format!("state[{at}].parts[{part_at}]"), &part.when);
    }
    if state.is_final && !state.parts.is_empty() {
        proof.fault(format!("state[{at}].parts"), "a case that has ended asks nobody", "remove the parts");
    }
}

fn reached(proof: &mut Proof<'_>, at: usize, state: &State) {
    let procedure = proof.procedure;
    if !reachable(procedure, &procedure.initial).contains(&state.id) {
        let message = format!("no path leads to {}", state.id);
        proof.fault(format!("state[{at}]"), message, "add a move into it, or remove the state");
    }
}

fn left(proof: &mut Proof<'_>, at: usize, state: &State) {
    let procedure = proof.procedure;
    if state.is_final {
        return;
    }
    let path = format!("state[{at}]");
    if procedure.moves_from(&state.id).next().is_none() {
        proof.fault(path, format!("no move leads out of {}", state.id), "add a move, or write final = true");
        return;
    }
    let ends = |id: &Name| procedure.state(id).is_some_and(|state| state.is_final);
    if !reachable(procedure, &state.id).iter().any(ends) {
        proof.fault(path, format!("no path from {} to an end", state.id), "add a move towards a final state");
    }
}

/// The states that can be reached from one, itself included.
fn reachable(procedure: &Procedure, from: &Name) -> BTreeSet<Name> {
    let mut seen = BTreeSet::from([from.clone()]);
    let mut open = vec![from.clone()];
    while let Some(state) = open.pop() {
        for mv in procedure.moves_from(&state) {
            if seen.insert(mv.to.clone()) {
                open.push(mv.to.clone());
            }
        }
    }
    seen
}

/// Every open state is timed by a clock that is sure to run in it, whatever path led there. Coverage is computed, not
/// declared: per state, the clocks that are alive on every path into it.
fn timed(proof: &mut Proof<'_>) {
    let procedure = proof.procedure;
    let alive = alive(procedure);
    for (at, state) in procedure.states.iter().enumerate().filter(|(_, state)| !state.is_final) {
        let Some(sure) = alive.iter().find(|(id, _)| *id == state.id).and_then(|(_, sure)| sure.as_ref()) else {
            continue;
        };
        let runs = |clock: &&Clock| sure.contains(&clock.id) && !clock.pause_in.contains(&state.id) && !by_event(clock);
        if !procedure.clocks.iter().any(|clock| runs(&clock)) {
            let advice = format!("add a clock with start = \"enter:{}\", or take a stop away", state.id);
            proof.fault(format!("state[{at}]"), format!("no clock is sure to run in {}", state.id), advice);
        }
    }
}

/// A clock that something outside may stop at any time gives no assurance.
fn by_event(clock: &Clock) -> bool {
    clock.stop.iter().chain(&clock.cancel).any(|trigger| matches!(trigger, Trigger::Event(_)))
}

type Alive = Vec<(Name, Option<BTreeSet<Name>>)>;

/// The clocks alive in each state on every path, as the greatest fixed point; `None` for states no path reaches.
fn alive(procedure: &Procedure) -> Alive {
    let mut states: Alive = procedure.states.iter().map(|state| (state.id.clone(), None)).collect();
    let begin = started(procedure, &procedure.initial);
    meet(&mut states, &procedure.initial, begin);
    loop {
        let mut changed = false;
        for mv in &procedure.moves {
            for from in &mv.from {
                let before = states.iter().find(|(id, _)| id == from).and_then(|(_, sure)| sure.clone());
                let Some(before) = before else { continue };
                let after = after(procedure, mv, before);
                changed |= meet(&mut states, &mv.to, after);
            }
        }
        if !changed {
            return states;
        }
    }
}

fn started(procedure: &Procedure, state: &Name) -> BTreeSet<Name> {
    let begins = Trigger::Enter(state.clone());
    procedure.clocks.iter().filter(|clock| clock.start == begins).map(|clock| clock.id.clone()).collect()
}

fn after(procedure: &Procedure, mv: &Move, mut alive: BTreeSet<Name>) -> BTreeSet<Name> {
    let is_final = procedure.state(&mv.to).is_some_and(|state| state.is_final);
    if is_final {
        return BTreeSet::new();
    }
    let now = [Trigger::Move(mv.id.clone()), Trigger::Enter(mv.to.clone())];
    for clock in &procedure.clocks {
        let any = |triggers: &[Trigger]| triggers.iter().any(|trigger| now.contains(trigger));
        if any(&clock.stop) || any(&clock.cancel) {
            alive.remove(&clock.id);
        }
        if any(&clock.resume_on) || now.contains(&clock.start) {
            alive.insert(clock.id.clone());
        }
    }
    alive
}

fn meet(states: &mut Alive, state: &Name, with: BTreeSet<Name>) -> bool {
    let Some((_, known)) = states.iter_mut().find(|(id, _)| id == state) else { return false };
    let met = match known.as_ref() {
        Some(known) => known.intersection(&with).cloned().collect(),
        None => with,
    };
    let changed = known.as_ref() != Some(&met);
    *known = Some(met);
    changed
}
