//! Clocks: names resolve, limits exist for every case, and running out has a consequence.

use guancheng_base::Name;
use guancheng_calendar::{Limit, Unit};

use super::{Proof, moves};
use crate::{By, Cell, Clock, CodeRow, Extend, FieldKind, Holder, LimitRule, Trigger, did_you_mean};

/// Each extension adds at most the original limit (standard practice: one original limit an approval).
const EXTEND_RATIO_MAX: f64 = 1.0;
/// How many rows without a limit a message names.
const ROWS_NAMED: usize = 5;

pub(super) fn prove(proof: &mut Proof<'_>) {
    let procedure = proof.procedure;
    proof.no_doubles("clock", procedure.clocks.iter().map(|clock| &clock.id));
    for (at, clock) in procedure.clocks.iter().enumerate() {
        let path = format!("clock[{at}]");
        triggers(proof, &path, clock);
        limit(proof, &path, clock);
        warnings(proof, &path, clock);
        if let Some(extend) = &clock.extend {
            extension(proof, &format!("{path}.extend"), clock, extend);
        }
        consequence(proof, &path, clock);
        if let Some(Holder::Field(field)) = &clock.holder {
            proof.shown_field(&format!("{path}.holder"), field, |kind| matches!(kind, FieldKind::Org), "org");
        }
        moves::effects(proof, &format!("{path}.breach"), &clock.breach);
    }
}

fn triggers(proof: &mut Proof<'_>, path: &str, clock: &Clock) {
    trigger(proof, format!("{path}.start"), &clock.start);
    for (key, list) in [("stop", &clock.stop), ("cancel", &clock.cancel), ("resume_on", &clock.resume_on)] {
        for (n, one) in list.iter().enumerate() {
            trigger(proof, format!("{path}.{key}[{n}]"), one);
        }
    }
    for (n, state) in clock.pause_in.iter().enumerate() {
        proof.known_state(format!("{path}.pause_in[{n}]"), state);
    }
    if clock.stop.is_empty() {
        proof.fault(format!("{path}.stop"), format!("nothing stops {}", clock.id), "name the act it waits for");
    }
}

fn trigger(proof: &mut Proof<'_>, path: String, trigger: &Trigger) {
    match trigger {
        Trigger::Enter(state) => proof.known_state(path, state),
        Trigger::Move(mv) => proof.known_move(path, mv),
        Trigger::Event(_) => true,
    };
}

fn limit(proof: &mut Proof<'_>, path: &str, clock: &Clock) {
    match &clock.limit {
        LimitRule::Fixed(_) => {}
        LimitRule::Field(field) => {
            let date = |kind: &FieldKind| matches!(kind, FieldKind::Date | FieldKind::Moment);
            proof.shown_field(&format!("{path}.limit.field"), field, date, "date or moment");
        }
        LimitRule::CodeList { list, column } => listed(proof, &format!("{path}.limit.codelist"), list, column),
    }
}

fn listed(proof: &mut Proof<'_>, path: &str, id: &Name, column: &Name) {
    let procedure = proof.procedure;
    let Some(list) = procedure.code_lists.get(id) else {
        let advice = did_you_mean(id, procedure.code_lists.keys().map(|id| id.as_str()));
        proof.fault(path, format!("there is no code list {id}"), advice);
        return;
    };
    let named = |kind: &FieldKind| matches!(kind, FieldKind::Code { list } if list == id);
    if !procedure.fields.iter().any(|field| named(&field.kind)) {
        proof.fault(path, format!("no field of the case names a row of {id}"), "declare a code field with that list");
    }
    let in_use = |row: &&CodeRow| row.valid_to.is_none_or(|to| to >= procedure.valid_from);
    let leaves = list.rows().filter(|row| list.is_leaf(&row.code)).filter(in_use);
    let without = leaves.filter(|row| !matches!(list.cell(&row.code, column), Some(Cell::Limit(_))));
    let without: Vec<&str> = without.map(|row| row.code.as_str()).collect();
    if !without.is_empty() {
        let n = without.len();
        let some = without.into_iter().take(ROWS_NAMED).collect::<Vec<_>>().join(", ");
        let message = format!("{n} rows of {id} have no limit in column {column}: {some}");
        proof.fault(path, message, "give each row, or a row above it, a limit");
    }
}

fn warnings(proof: &mut Proof<'_>, path: &str, clock: &Clock) {
    let rising = clock.warn.windows(2).all(|pair| pair.first() < pair.last());
    let inside = clock.warn.iter().all(|permille| (1..1000).contains(permille));
    if !(rising && inside) {
        proof.fault(
            format!("{path}.warn"),
            "warnings must rise between 0 and 1",
            "write for example warn = [0.5, 0.8]",
        );
    }
}

fn extension(proof: &mut Proof<'_>, path: &str, clock: &Clock, extend: &Extend) {
    if extend.times == 0 {
        proof.fault(format!("{path}.times"), "it could never be extended", "write at least 1, or remove extend");
    }
    match (extend.max, extend.max_ratio) {
        (None, None) => proof.fault(path, "an extension has no bound", "write max = { n, unit } or max_ratio"),
        (_, Some(ratio)) if !(ratio > 0.0 && ratio <= EXTEND_RATIO_MAX) => {
            let message = format!("max_ratio {ratio} is not within 0 and {EXTEND_RATIO_MAX}");
            proof.fault(format!("{path}.max_ratio"), message, "an extension adds at most the original limit");
        }
        (Some(max), _) if own_unit(proof, clock).is_some_and(|unit| unit != max.unit) => {
            let message = format!("{} counts in another unit than {}", clock.id, max);
            proof.fault(
                format!("{path}.max"),
                message,
                "extend a clock in its own unit; years and dates in natural_day",
            );
        }
        _ => {}
    }
    for (n, field) in extend.require.iter().enumerate() {
        proof.known_field(format!("{path}.require[{n}]"), field);
    }
}

/// The unit in which the clock counts, where the definition alone says it.
fn own_unit(proof: &Proof<'_>, clock: &Clock) -> Option<Unit> {
    match &clock.limit {
        LimitRule::Fixed(Limit { unit: Unit::Year, .. }) => Some(Unit::NaturalDay),
        LimitRule::Fixed(limit) => Some(limit.unit),
        LimitRule::Field(field) => match proof.procedure.field(field).map(|field| &field.kind) {
            Some(FieldKind::Date) => Some(Unit::NaturalDay),
            Some(FieldKind::Moment) => Some(Unit::UrgentHour),
            _ => None,
        },
        LimitRule::CodeList { .. } => None,
    }
}

fn consequence(proof: &mut Proof<'_>, path: &str, clock: &Clock) {
    let Some(id) = &clock.on_expiry else {
        if clock.breach.is_empty() {
            let message = format!("nothing follows when {} runs out", clock.id);
            proof.fault(format!("{path}.breach"), message, "name an effect, or a deemed move in on_expiry");
        }
        return;
    };
    if !proof.known_move(format!("{path}.on_expiry.move"), id) {
        return;
    }
    let by_system = |by: &By| matches!(by, By::System(_));
    if proof.procedure.mv(id).is_some_and(|mv| !mv.by.iter().any(by_system)) {
        let message = format!("{id} is not a move of the system");
        proof.fault(
            format!("{path}.on_expiry.move"),
            message,
            "add \"system:deemed\" or \"system:window_passed\" to its by",
        );
    }
}
