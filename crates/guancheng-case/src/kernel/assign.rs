//! Automatic assignment: directly after entering the state, in the same record, by the system, with its reasons.

use guancheng_base::{Name, SystemActor};
use std::collections::BTreeMap;

use super::{draft::Draft, moves};
use crate::{ActorMark, Event, Refusal, Trigger, Value};

/// Asks the table when the case enters the state it waits for. Without a hit people decide, and are told why.
pub(super) fn after_entering(draft: &mut Draft<'_>, state: &Name) -> Result<(), Refusal> {
    let procedure = draft.procedure;
    let Some(assign) = procedure.assign.as_ref().filter(|assign| assign.on == Trigger::Enter(state.clone())) else {
        return Ok(());
    };
    let Some(mv) = procedure.mv(&assign.mv).filter(|mv| mv.from.contains(state)) else { return Ok(()) };
    let category = draft.field(&assign.category).and_then(Value::as_text).unwrap_or_default();
    let cell = draft.field(&assign.place).and_then(super::draft::cell_value);
    let assignment = assign.table.explain(category, cell);
    let unit = assignment.unit;
    draft.emit(Event::Assigned { assignment });
    let Some(unit) = unit else { return Ok(()) };
    draft.emit(Event::FieldsSet { fields: BTreeMap::from([(assign.set.clone(), Value::Org(unit))]) });
    moves::system(draft, mv, ActorMark::System(SystemActor::Assign))
}
