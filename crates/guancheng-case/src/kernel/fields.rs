//! Which fields an act may set, whether they fit, and what the kernel fills itself.

use std::collections::BTreeMap;

use guancheng_base::{ErrorCode, Name};

use super::draft::Draft;
use crate::{
    ActorMark, By, Clock, Derive, Field, FieldFault, FieldKind, Holder, LimitRule, Move, Procedure, Refusal, RunState,
    Text, Value, texts,
};

/// The fields a move may set as given, with the derived ones added.
pub(super) fn settable(
    draft: &Draft<'_>,
    mv: &Move,
    given: &BTreeMap<Name, Value>,
) -> Result<BTreeMap<Name, Value>, Refusal> {
    let procedure = draft.procedure;
    let only_required = draft.by == ActorMark::Reporter && mv.by.contains(&By::Reporter);
    let decides = |field: &Field| {
        holds(procedure, &field.id) || limits_a_clock(draft, &field.id) || moves_the_place(draft, mv, field)
    };
    let guarded = |field: &Field| !mv.require.contains(&field.id) && (only_required || decides(field));
    checked(draft, given, guarded, procedure.rule("move", &mv.id))
}

/// The fields a case may begin with. Someone outside does not choose who is responsible.
pub(super) fn settable_at_opening(
    draft: &Draft<'_>,
    given: &BTreeMap<Name, Value>,
) -> Result<BTreeMap<Name, Value>, Refusal> {
    let procedure = draft.procedure;
    let outside = draft.by == ActorMark::Reporter;
    let guarded = |field: &Field| outside && holds(procedure, &field.id);
    checked(draft, given, guarded, format!("{} v{} open", procedure.id, procedure.version))
}

/// The fields that come with an extension: exactly those it requires.
pub(super) fn settable_with(
    draft: &Draft<'_>,
    require: &[Name],
    given: &BTreeMap<Name, Value>,
    rule: String,
) -> Result<BTreeMap<Name, Value>, Refusal> {
    checked(draft, given, |field| !require.contains(&field.id), rule)
}

/// Refuses when a required field is neither there nor given.
pub(super) fn all_there(draft: &Draft<'_>, rule: String, act: &Text, require: &[Name]) -> Result<(), Refusal> {
    let missing: Vec<FieldFault> = require
        .iter()
        .filter(|field| draft.field(field).is_none())
        .map(|field| FieldFault { field: field.clone(), text: texts::missing_field(title(draft.procedure, field)) })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let titles: Vec<&str> = missing.iter().map(|fault| title(draft.procedure, &fault.field)).collect();
    let mut refusal = draft.refuse(ErrorCode::FieldMissing, rule, texts::missing_fields(act, &titles.join("、")));
    refusal.fields = missing;
    Err(refusal)
}

/// A field's title; its id where it is not declared.
pub(super) fn title<'a>(procedure: &'a Procedure, field: &'a Name) -> &'a str {
    procedure.field(field).map_or(field.as_str(), |field| field.title.as_str())
}

fn checked(
    draft: &Draft<'_>,
    given: &BTreeMap<Name, Value>,
    guarded: impl Fn(&Field) -> bool,
    rule: String,
) -> Result<BTreeMap<Name, Value>, Refusal> {
    let mut fields = BTreeMap::new();
    let mut faults = Vec::new();
    for (id, value) in given.iter().filter(|(_, value)| !value.is_blank()) {
        match problem(draft, id, value, &guarded) {
            Ok(true) => {
                fields.insert(id.clone(), value.clone());
            }
            Ok(false) => {}
            Err(text) => faults.push(FieldFault { field: id.clone(), text }),
        }
    }
    derive(draft, &mut fields, &mut faults);
    if faults.is_empty() {
        return Ok(fields);
    }
    let mut refusal = draft.refuse(ErrorCode::FieldInvalid, rule, texts::invalid_fields(faults.len()));
    refusal.fields = faults;
    Err(refusal)
}

/// Whether the value is to be set; a guarded field may be sent back unchanged, as forms do.
fn problem(draft: &Draft<'_>, id: &Name, value: &Value, guarded: &impl Fn(&Field) -> bool) -> Result<bool, Text> {
    let Some(field) = draft.procedure.field(id) else { return Err(texts::undeclared_field(id)) };
    if draft.field(id) == Some(value) {
        return Ok(false);
    }
    if field.derive.is_some() || guarded(field) {
        return Err(texts::guarded_field(&field.title));
    }
    field.accepts(value, &draft.procedure.code_lists, draft.today()).map_err(|fault| fault.text)?;
    refers_to_case(draft, field, value)?;
    Ok(true)
}

fn refers_to_case(draft: &Draft<'_>, field: &Field, value: &Value) -> Result<(), Text> {
    let (FieldKind::Ref { to }, Value::Ref(text)) = (&field.kind, value) else { return Ok(()) };
    if !to.starts_with("procedure.") {
        return Ok(());
    }
    let other = text.parse().ok().map(guancheng_base::CaseId).filter(|case| *case != draft.case_id());
    match other.and_then(|case| draft.facts.case_state(case)) {
        Some(_) => Ok(()),
        None => Err(texts::bad_case_reference(&field.title)),
    }
}

/// Fills the grid cell of a position that is new.
fn derive(draft: &Draft<'_>, fields: &mut BTreeMap<Name, Value>, faults: &mut Vec<FieldFault>) {
    let Some(derived) = draft.procedure.fields.iter().find(|field| field.derive == Some(Derive::GridOf)) else {
        return;
    };
    let Some((from, at)) = fields.iter().find_map(|(id, value)| value.as_point().map(|at| (id.clone(), at))) else {
        return;
    };
    match draft.facts.cell_of(at) {
        Some(cell) => {
            fields.insert(derived.id.clone(), Value::Ref(cell.to_string()));
        }
        None => faults.push(FieldFault { text: texts::outside_city(title(draft.procedure, &from)), field: from }),
    }
}

/// Whether a clock that has started was limited by the field: from then on only a move that requires it sets it.
fn limits_a_clock(draft: &Draft<'_>, id: &Name) -> bool {
    let started = |clock: &Clock| draft.clock(&clock.id).is_some_and(|run| run.state != RunState::Cancelled);
    draft.procedure.clocks.iter().any(|clock| limits(draft.procedure, &clock.limit, id) && started(clock))
}

/// Whether setting the field would move a case to where its photos are. Positions are set where the case begins, by
/// whoever it came from, and by moves that require them.
fn moves_the_place(draft: &Draft<'_>, mv: &Move, field: &Field) -> bool {
    if !matches!(field.kind, FieldKind::Point | FieldKind::Line) {
        return false;
    }
    let outside = mv.by.iter().any(|by| matches!(by, By::Reporter | By::Applicant | By::Party));
    let begins = *draft.state_id() == draft.procedure.initial;
    mv.evidence.iter().any(|rule| rule.within_m.is_some()) || !(outside || begins)
}

/// Whether the field says who holds a case.
fn holds(procedure: &Procedure, id: &Name) -> bool {
    let by = |holder: &Holder| matches!(holder, Holder::Field(field) if field == id);
    let assigned = procedure.assign.as_ref().is_some_and(|assign| assign.set == *id);
    assigned || procedure.states.iter().any(|state| by(&state.holder))
}

fn limits(procedure: &Procedure, limit: &LimitRule, id: &Name) -> bool {
    match limit {
        LimitRule::Fixed(_) => false,
        LimitRule::Field(field) => field == id,
        LimitRule::CodeList { list, .. } => {
            let kind = procedure.field(id).map(|field| &field.kind);
            matches!(kind, Some(FieldKind::Code { list: of }) if of == list)
        }
    }
}
