//! Running a move's checks: those that block, and those that only advise.

use guancheng_base::{ErrorCode, Name};

use super::{draft::Draft, fields, moves::rule};
use crate::{Check, CheckFailure, FieldFault, Move, Outcome, Refusal, Text, checks, texts};

/// Refuses when a check refuses; all reasons at once. A check that lacks a field asks for it.
pub(super) fn pass(draft: &Draft<'_>, mv: &Move) -> Result<(), Refusal> {
    let (failures, needs) = run(draft, &mv.checks);
    if failures.is_empty() && needs.is_empty() {
        return Ok(());
    }
    if failures.is_empty() {
        return fields::all_there(draft, rule(draft.procedure, mv), &texts::titled(&mv.title), &needs);
    }
    Err(refusal(draft, mv, failures))
}

/// What the advising checks say.
pub(super) fn advice(draft: &Draft<'_>, mv: &Move) -> Vec<CheckFailure> {
    run(draft, &mv.advise).0
}

/// What the blocking checks refuse already, whatever may still be filled in.
pub(super) fn blocking(draft: &Draft<'_>, mv: &Move) -> Result<(), Refusal> {
    let (failures, _) = run(draft, &mv.checks);
    if failures.is_empty() { Ok(()) } else { Err(refusal(draft, mv, failures)) }
}

fn run(draft: &Draft<'_>, uses: &[Check]) -> (Vec<CheckFailure>, Vec<Name>) {
    let mut failures = Vec::new();
    let mut needs = Vec::new();
    for check in uses {
        match checks::run(check, draft) {
            Outcome::Pass => {}
            Outcome::Fail(failure) => failures.push(failure),
            Outcome::Needs(fields) => needs.extend(fields),
        }
    }
    (failures, needs)
}

fn refusal(draft: &Draft<'_>, mv: &Move, failures: Vec<CheckFailure>) -> Refusal {
    let join =
        |pick: fn(&Text) -> &String| failures.iter().map(|f| pick(&f.text).as_str()).collect::<Vec<_>>().join("；");
    let reasons = Text::new(join(|text| &text.zh), join(|text| &text.en));
    let mut refusal =
        draft.refuse(ErrorCode::CheckFailed, rule(draft.procedure, mv), texts::checks_failed(&mv.title, &reasons));
    refusal.until = failures.iter().filter_map(|failure| failure.until.clone()).max();
    let basis: Vec<String> = failures.iter().flat_map(|failure| failure.basis.iter().cloned()).collect();
    if !basis.is_empty() {
        refusal.basis = basis;
    }
    refusal.fields = failures.iter().flat_map(|failure| faults(draft, failure)).collect();
    refusal.checks = failures.into_iter().map(|failure| failure.check).collect();
    refusal
}

/// Marks the declared fields a failed check reads, so that a form can show where.
fn faults(draft: &Draft<'_>, failure: &CheckFailure) -> Vec<FieldFault> {
    let fault = |field: &Name| FieldFault { field: field.clone(), text: failure.text.clone() };
    failure.fields.iter().filter(|field| draft.procedure.field(field).is_some()).map(fault).collect()
}
