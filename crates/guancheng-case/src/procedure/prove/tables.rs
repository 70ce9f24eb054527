//! Assignment, discretion and progress: tables that are complete and have one answer.

use super::Proof;
use crate::{Assign, By, Discretion, FieldKind, ProgressRule, Tier, Trigger};

pub(super) fn prove(proof: &mut Proof<'_>) {
    let procedure = proof.procedure;
    if let Some(assign) = &procedure.assign {
        assignment(proof, assign);
    }
    if let Some(rule) = &procedure.progress {
        progress(proof, rule);
    }
    for (at, discretion) in procedure.discretion.iter().enumerate() {
        bands(proof, &format!("discretion[{at}]"), discretion);
    }
}

fn assignment(proof: &mut Proof<'_>, assign: &Assign) {
    proof.shown_field("assign.set", &assign.set, |kind| matches!(kind, FieldKind::Org), "org");
    proof.shown_field("assign.table.keys[0]", &assign.category, |kind| matches!(kind, FieldKind::Code { .. }), "code");
    proof.shown_field("assign.table.keys[1]", &assign.place, |kind| matches!(kind, FieldKind::Ref { .. }), "ref");
    let Trigger::Enter(state) = &assign.on else {
        proof.fault("assign.on", "assignment follows the entering of a state", "write on = \"enter:…\"");
        return;
    };
    proof.known_state("assign.on", state);
    if !proof.known_move("assign.move", &assign.mv) {
        return;
    }
    let Some(mv) = proof.procedure.mv(&assign.mv) else { return };
    if !mv.from.contains(state) {
        proof.fault("assign.move", format!("{} does not lead out of {state}", mv.id), "name a move from that state");
    }
    if !mv.by.iter().any(|by| matches!(by, By::System(name) if *name == "assign")) {
        proof.fault("assign.move", format!("the system may not make {}", mv.id), "add \"system:assign\" to its by");
    }
}

fn progress(proof: &mut Proof<'_>, rule: &ProgressRule) {
    proof.shown_field("progress.commitment", &rule.commitment, |kind| matches!(kind, FieldKind::Ref { .. }), "ref");
    proof.shown_field("progress.step", &rule.step, |kind| matches!(kind, FieldKind::Text { .. }), "text");
    proof.shown_field("progress.amount", &rule.amount, |kind| matches!(kind, FieldKind::Decimal { .. }), "decimal");
    proof.shown_field("progress.day", &rule.day, |kind| matches!(kind, FieldKind::Date), "date");
    for state in rule.standings.keys() {
        proof.known_state("progress", state);
    }
    let unsaid = proof.procedure.states.iter().find(|state| !rule.standings.contains_key(&state.id));
    if let Some(state) = unsaid.map(|state| state.id.clone()) {
        let advice = "list it under pending, counted, inspected, failed or refused";
        proof.fault("progress", format!("how a report stands in {state} is not said"), advice);
    }
}

fn bands(proof: &mut Proof<'_>, path: &str, discretion: &Discretion) {
    proof.known_field(format!("{path}.measure.f"), &discretion.measure);
    let Some(statute) = (!discretion.statute.is_empty()).then_some(&discretion.statute) else {
        proof.fault(format!("{path}.statute"), "the law's range is missing", "give min and max by kind of party");
        return;
    };
    for (at, range) in statute.iter().enumerate() {
        if range.min > range.max || range.min.0 < 0 {
            let message = format!("{} to {} is no range", range.min, range.max);
            proof.fault(format!("{path}.statute[{at}]"), message, "write min below max");
        }
    }
    if let Some(message) = incomplete(&discretion.tiers) {
        proof.fault(
            format!("{path}.tiers"),
            message,
            "let each tier begin where the one before it ends; leave both ends open",
        );
    }
    for (at, tier) in discretion.tiers.iter().enumerate() {
        let (low, high) = tier.range;
        if low > high || high > 1000 {
            let message = format!("tier {} does not take a part of the law's range", tier.id);
            proof.fault(format!("{path}.tiers[{at}].range"), message, "write two rising shares between 0 and 1");
        }
    }
    if let Some(outside) = &discretion.outside {
        for (at, field) in outside.require.iter().enumerate() {
            proof.known_field(format!("{path}.outside.require[{at}]"), field);
        }
        if outside.collective {
            proof.known_field(format!("{path}.outside.collective"), "collective_record");
        }
    }
}

/// Why some value would fall into no tier, or into two.
fn incomplete(tiers: &[Tier]) -> Option<String> {
    let (Some(first), Some(last)) = (tiers.first(), tiers.last()) else { return Some("there are no tiers".to_owned()) };
    if first.ge.is_some() {
        return Some(format!("values below tier {} fall into none", first.id));
    }
    if last.lt.is_some() {
        return Some(format!("values above tier {} fall into none", last.id));
    }
    let seam = tiers.windows(2).find(|pair| match pair {
        [below, above] => below.lt.is_none() || below.lt != above.ge,
        _ => false,
    });
    let seam = seam?;
    let names: Vec<&str> = seam.iter().map(|tier| tier.id.as_str()).collect();
    Some(format!("tiers {} leave a gap or overlap", names.join(" and ")))
}
