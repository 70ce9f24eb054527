//! Joint review: one part per office, joined before the case goes on.

use guancheng_base::{ErrorCode, Name};
use guancheng_org::Permit;

use super::{draft::Draft, need};
use crate::{Command, Event, Refusal, texts};

/// Asks every office of a state that was just entered.
pub(super) fn open(draft: &mut Draft<'_>, state: &Name) -> Result<(), Refusal> {
    let Some(state) = draft.procedure.state(state) else { return Ok(()) };
    for part in state.parts.iter() {
        if !part.when.iter().all(|condition| draft.holds(condition)) {
            continue;
        }
        let due = draft.calendar().due(draft.at, part.limit).map_err(|error| draft.calendar_refuses(&error))?;
        draft.emit(Event::PartOpened {
            part: part.id.clone(),
            office: part.office,
            office_title: part.office_title.clone(),
            question: part.question.clone(),
            due,
            at: draft.at,
        });
    }
    Ok(())
}

/// Records an office's answer. It may be changed while the review is open.
pub(super) fn answer(
    draft: &mut Draft<'_>,
    part: &Name,
    agree: bool,
    opinion: &str,
    permit: &Permit,
) -> Result<(), Refusal> {
    let rule = draft.procedure.rule("part", part);
    let asked_here = draft.state().is_some_and(|state| state.parts.iter().any(|spec| spec.id == *part));
    let open = draft.case.parts.iter().any(|open| open.id == *part);
    if !(asked_here && open) {
        return Err(draft.refuse(ErrorCode::MoveNotPossible, rule, texts::no_such_part(part)));
    }
    let command = Command::AnswerPart { part: part.clone(), agree, opinion: opinion.to_owned() };
    let need = need(draft.procedure, draft.case, &command)?;
    super::permitted(draft, permit, &need.any_of, &rule)?;
    if !agree && opinion.trim().is_empty() {
        return Err(draft.refuse(ErrorCode::FieldMissing, rule, texts::opinion_needed()));
    }
    let (part, opinion) = (part.clone(), opinion.to_owned());
    draft.emit(Event::PartAnswered { part, agree, opinion, by: draft.by, at: draft.at });
    Ok(())
}
