//! Moves: names resolve, somebody may make them, and what the system does by itself cannot be refused.

use guancheng_base::Name;

use super::Proof;
use crate::{By, Check, Effect, EvidenceRule, FieldKind, Move, NotBy, did_you_mean};

/// The names under which the system acts, besides date fields.
const SYSTEM: [&str; 5] = ["assign", "bank", "deemed", "import", "window_passed"];

/// Those behind which another system stands: it brings what the move asks for, and may be refused.
const OUTSIDE: [&str; 2] = ["bank", "import"];

pub(super) fn prove(proof: &mut Proof<'_>) {
    let procedure = proof.procedure;
    proof.no_doubles("move", procedure.moves.iter().map(|mv| &mv.id));
    for (at, mv) in procedure.moves.iter().enumerate() {
        let path = format!("move[{at}]");
        ends(proof, &path, mv);
        people(proof, &path, mv);
        for (n, field) in mv.require.iter().enumerate() {
            proof.known_field(format!("{path}.require[{n}]"), field);
        }
        proof.conditions(&path, &mv.when);
        for (n, rule) in mv.evidence.iter().enumerate() {
            evidence(proof, &format!("{path}.evidence[{n}]"), rule);
        }
        checks(proof, &format!("{path}.checks"), &mv.checks);
        checks(proof, &format!("{path}.advise"), &mv.advise);
        effects(proof, &format!("{path}.effects"), &mv.effects);
        unblockable(proof, &path, mv);
    }
}

fn ends(proof: &mut Proof<'_>, path: &str, mv: &Move) {
    if mv.from.is_empty() {
        proof.fault(format!("{path}.from"), format!("{} leads from nowhere", mv.id), "name the states it leads from");
    }
    for (n, from) in mv.from.iter().enumerate() {
        proof.known_state(format!("{path}.from[{n}]"), from);
    }
    proof.known_state(format!("{path}.to"), &mv.to);
    if let Some(limit) = &mv.limit {
        if let Some(then) = &limit.then {
            proof.known_move(format!("{path}.limit.then"), then);
        }
        if limit.times == 0 {
            proof.fault(format!("{path}.limit.times"), "it could never be made", "write at least 1");
        }
    }
}

fn people(proof: &mut Proof<'_>, path: &str, mv: &Move) {
    if mv.by.is_empty() {
        proof.fault(
            format!("{path}.by"),
            format!("nobody may make {}", mv.id),
            "name a role, holder, reporter or system",
        );
    }
    for (n, by) in mv.by.iter().enumerate() {
        if let By::System(name) = by {
            system(proof, &format!("{path}.by[{n}]"), name);
        }
    }
    for (n, rule) in mv.not_by.iter().enumerate() {
        match rule {
            NotBy::Did(other) => {
                proof.known_move(format!("{path}.not_by[{n}]"), other);
            }
            NotBy::ComplainedOf => {
                proof.known_field(format!("{path}.not_by[{n}]"), "complained_of");
            }
            NotBy::Witness => {}
        }
    }
}

fn system(proof: &mut Proof<'_>, path: &str, name: &Name) {
    if SYSTEM.contains(&name.as_str()) {
        return;
    }
    let date = |kind: &FieldKind| matches!(kind, FieldKind::Date | FieldKind::Moment);
    let fields = &proof.procedure.fields;
    if !fields.iter().any(|field| field.id == *name && date(&field.kind)) {
        let dates = fields.iter().filter(|field| date(&field.kind)).map(|field| field.id.as_str());
        let advice = did_you_mean(name, SYSTEM.into_iter().chain(dates));
        proof.fault(path, format!("the system does not act as {name}, and no date field is called so"), advice);
    }
}

fn evidence(proof: &mut Proof<'_>, path: &str, rule: &EvidenceRule) {
    if let Some(state) = &rule.after_state {
        proof.known_state(format!("{path}.after_state"), state);
    }
    if rule.min == 0 {
        proof.fault(format!("{path}.min"), "it asks for nothing", "write min = 1, or remove the rule");
    }
    proof.conditions(path, &rule.when);
    let place = |kind: &FieldKind| matches!(kind, FieldKind::Point | FieldKind::Line);
    if rule.within_m.is_some() && !proof.procedure.fields.iter().any(|field| place(&field.kind)) {
        proof.fault(format!("{path}.within_m"), "the case has no place to be near to", "declare a point or a line");
    }
}

fn checks(proof: &mut Proof<'_>, path: &str, checks: &[Check]) {
    for (n, check) in checks.iter().enumerate() {
        for field in check.reads() {
            if proof.procedure.field(field).is_none() {
                let message = format!("check {} reads the field {field}, which is not declared", check.name());
                proof.fault(format!("{path}[{n}]"), message, format!("declare {field}, or drop the check"));
            }
        }
    }
}

pub(super) fn effects(proof: &mut Proof<'_>, path: &str, effects: &[Effect]) {
    for (n, effect) in effects.iter().enumerate() {
        if *effect == Effect::FollowMainCase {
            proof.known_field(format!("{path}[{n}]"), "main_case");
        }
    }
}

/// What the law or a table does by itself must not wait for a field, a check, a photo or an approval.
fn unblockable(proof: &mut Proof<'_>, path: &str, mv: &Move) {
    let by_itself = mv.by.iter().any(|by| matches!(by, By::System(name) if !OUTSIDE.contains(&name.as_str())));
    if !by_itself {
        return;
    }
    let set = proof.procedure.assign.as_ref().filter(|assign| assign.mv == mv.id).map(|assign| assign.set.clone());
    let unset = mv.require.iter().any(|field| Some(field) != set.as_ref());
    let burdens = [
        ("require", unset),
        ("checks", !mv.checks.is_empty()),
        ("evidence", !mv.evidence.is_empty()),
        ("when", !mv.when.is_empty()),
        ("approve", !mv.approve.is_empty()),
        ("limit", mv.limit.is_some()),
    ];
    for (key, burden) in burdens {
        if burden {
            let message = format!("the system makes {} by itself, so {key} could block it", mv.id);
            proof.fault(format!("{path}.{key}"), message, "make two moves: one for people, one for the system");
        }
    }
}
