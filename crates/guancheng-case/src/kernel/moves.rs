//! Making a move: what refuses it, and what it does.

use std::collections::BTreeMap;

use guancheng_base::{ErrorCode, Name};
use guancheng_org::{Permit, Who};

use super::{
    assign, checked, clocks,
    draft::{Draft, refusal},
    evidence, fields,
    need::move_need,
    parts,
};
use crate::{
    ActorMark, AskWhat, By, Condition, Event, EvidenceFact, FieldKind, Move, NotBy, Procedure, Refusal, Text, Value,
    effects, texts,
};

/// A move as it was asked for.
pub(super) struct Request<'a> {
    pub(super) mv: &'a Name,
    pub(super) fields: &'a BTreeMap<Name, Value>,
    pub(super) evidence: &'a [EvidenceFact],
    pub(super) note: &'a str,
}

/// A move by a person, the reporter or an outside system.
pub(super) fn request(draft: &mut Draft<'_>, request: &Request<'_>, permit: &Permit) -> Result<(), Refusal> {
    let procedure = draft.procedure;
    let mv = possible(procedure, draft.state_id(), request.mv)?;
    let need = move_need(procedure, draft.case, mv);
    if !permit.any_of(&need.any_of) {
        return Err(not_allowed(draft, mv, &need.any_of));
    }
    not_excluded(draft, mv, draft.by)?;
    let settable = fields::settable(draft, mv, request.fields)?;
    let evidence = evidence::stamped(draft, request.evidence, Some(&mv.id));
    draft.propose(&settable);
    allowed_now(draft, mv)?;
    fields::all_there(draft, rule(procedure, mv), &texts::titled(&mv.title), &mv.require)?;
    evidence::enough(draft, mv, &evidence)?;
    checked::pass(draft, mv)?;
    let approvers: Vec<Who> = mv.approve.iter().cloned().map(Who::Role).collect();
    if approvers.is_empty() || permit.any_of(&approvers) {
        attach(draft, &settable, evidence);
        return make(draft, mv, draft.by, request.note);
    }
    ask(draft, mv, &settable, evidence, request.note)
}

/// A move the system makes: an assignment, a deemed decision, a planned resumption. It carries no required fields and
/// no checks, so it cannot be refused.
pub(super) fn system(draft: &mut Draft<'_>, mv: &Move, by: ActorMark) -> Result<(), Refusal> {
    make(draft, mv, by, "")
}

/// The move, if the state allows it.
pub(super) fn possible<'a>(procedure: &'a Procedure, state: &Name, id: &Name) -> Result<&'a Move, Refusal> {
    let refuse = |code, text| Err(refusal(procedure, state, code, procedure.rule("move", id), text));
    let Some(mv) = procedure.mv(id) else {
        return refuse(ErrorCode::MoveNotPossible, texts::no_such_move(id, &procedure.title));
    };
    if mv.from.contains(state) {
        return Ok(mv);
    }
    let (title, is_final) = procedure.state(state).map_or((state.as_str(), false), |s| (s.title.as_str(), s.is_final));
    let possible: Vec<&str> = procedure.moves_from(state).map(|mv| mv.title.as_str()).collect();
    if is_final && possible.is_empty() {
        return refuse(ErrorCode::CaseClosed, texts::closed(title));
    }
    refuse(ErrorCode::MoveNotPossible, texts::wrong_state(&mv.title, title, &possible.join("、")))
}

/// Condition, window, count and open question: what refuses the move whoever makes it and whatever comes with it.
pub(super) fn allowed_now(draft: &Draft<'_>, mv: &Move) -> Result<(), Refusal> {
    let procedure = draft.procedure;
    if let Some(false_one) = mv.when.iter().find(|condition| !draft.holds(condition)) {
        let text = texts::condition_false(&mv.title, &condition_words(procedure, false_one));
        return Err(draft.refuse(ErrorCode::ConditionFalse, rule(procedure, mv), text));
    }
    within_window(draft, mv)?;
    within_limit(draft, mv)?;
    let same = |what: &AskWhat| matches!(what, AskWhat::Move { mv: asked, .. } if *asked == mv.id);
    let waits =
        draft.case.asks.iter().any(|ask| ask.ruling.is_none() && ask.state == *draft.state_id() && same(&ask.what));
    if waits {
        return Err(draft.refuse(
            ErrorCode::AlreadyAsked,
            rule(procedure, mv),
            texts::already_asked(&texts::titled(&mv.title)),
        ));
    }
    Ok(())
}

/// Separation of duties, held by the kernel too: whoever made the earlier move does not make this one.
pub(super) fn not_excluded(draft: &Draft<'_>, mv: &Move, by: ActorMark) -> Result<(), Refusal> {
    if is_excluded(draft, mv, by) || is_witness(draft, mv, by) {
        return Err(draft.refuse(ErrorCode::NotByYou, rule(draft.procedure, mv), texts::not_by_you(&mv.title)));
    }
    Ok(())
}

/// Whether this person made a move that keeps them from this one.
pub(super) fn is_excluded(draft: &Draft<'_>, mv: &Move, by: ActorMark) -> bool {
    let did = |other: &Name| draft.case.did.iter().any(|did| did.mv == *other && did.by == by);
    let excluded = mv.not_by.iter().any(|rule| matches!(rule, NotBy::Did(other) if did(other)));
    excluded && matches!(by, ActorMark::Person(_))
}

/// Whether this person brought a proof that the move is to judge.
fn is_witness(draft: &Draft<'_>, mv: &Move, by: ActorMark) -> bool {
    let attached = draft.case.evidence.iter().any(|fact| fact.by == by);
    mv.not_by.contains(&NotBy::Witness) && attached && matches!(by, ActorMark::Person(_))
}

fn within_window(draft: &Draft<'_>, mv: &Move) -> Result<(), Refusal> {
    let Some(window) = mv.window else { return Ok(()) };
    let until = draft.calendar().due(draft.state_since(), window).map_err(|error| draft.calendar_refuses(&error))?;
    if draft.at <= until {
        return Ok(());
    }
    let text = texts::window_passed(&mv.title, &texts::moment(draft.calendar(), until));
    let mut refusal = draft.refuse(ErrorCode::WindowPassed, rule(draft.procedure, mv), text);
    refusal.until = Some(draft.calendar().format_local(until));
    Err(refusal)
}

fn within_limit(draft: &Draft<'_>, mv: &Move) -> Result<(), Refusal> {
    let Some(limit) = mv.limit.as_ref().filter(|limit| draft.times(&mv.id) >= limit.times) else { return Ok(()) };
    let instead = limit.then.as_ref().and_then(|then| draft.procedure.mv(then));
    let text = texts::limit_reached(&mv.title, limit.times, instead.map(|mv| mv.title.as_str()));
    let mut refusal = draft.refuse(ErrorCode::LimitReached, rule(draft.procedure, mv), text);
    refusal.instead.clone_from(&limit.then);
    Err(refusal)
}

/// Sets fields and attaches evidence that come with an act.
pub(super) fn attach(draft: &mut Draft<'_>, fields: &BTreeMap<Name, Value>, evidence: Vec<EvidenceFact>) {
    if !fields.is_empty() {
        draft.emit(Event::FieldsSet { fields: fields.clone() });
    }
    if !evidence.is_empty() {
        draft.emit(Event::EvidenceAdded { evidence });
    }
}

/// Makes a move that nothing refuses any more.
pub(super) fn make(draft: &mut Draft<'_>, mv: &Move, by: ActorMark, note: &str) -> Result<(), Refusal> {
    let procedure = draft.procedure;
    let from = draft.state_id().clone();
    let is_final = procedure.state(&mv.to).is_some_and(|state| state.is_final);
    let (id, to, note) = (mv.id.clone(), mv.to.clone(), note.to_owned());
    draft.emit(Event::Moved { mv: id, from: from.clone(), to, is_final, by, note, at: draft.at });
    clocks::follow_move(draft, &clocks::Triggers { mv: &mv.id, to: &mv.to, is_final })?;
    effects::of_move(draft, mv);
    parts::open(draft, &mv.to)?;
    plan(draft);
    let comes_back =
        procedure.assign.as_ref().and_then(|assign| procedure.mv(&assign.mv)).is_some_and(|mv| mv.to == from);
    if !comes_back {
        assign::after_entering(draft, &mv.to)?;
    }
    Ok(())
}

/// Remembers the move the system will make by itself at the date a field names, or forgets it.
pub(super) fn plan(draft: &mut Draft<'_>) {
    let procedure = draft.procedure;
    let next = procedure
        .moves_from(draft.state_id().as_str())
        .find_map(|mv| planned_moment(draft, mv).map(|at| (mv.id.clone(), at)));
    let known = draft.planned().map(|planned| (planned.mv.clone(), planned.at));
    if next != known {
        draft.emit(Event::Planned { plan: next });
    }
}

fn planned_moment(draft: &Draft<'_>, mv: &Move) -> Option<guancheng_base::Instant> {
    mv.by.iter().find_map(|by| match by {
        By::System(field) => match draft.field(field)? {
            Value::Date(day) => Some(draft.calendar().end_of_day(*day)),
            Value::Moment(at) => Some(*at),
            _ => None,
        },
        _ => None,
    })
}

fn ask(
    draft: &mut Draft<'_>,
    mv: &Move,
    fields: &BTreeMap<Name, Value>,
    evidence: Vec<EvidenceFact>,
    note: &str,
) -> Result<(), Refusal> {
    attach(draft, &BTreeMap::new(), evidence);
    let what = AskWhat::Move { mv: mv.id.clone(), fields: fields.clone(), note: note.to_owned() };
    let ask = super::asks::next_id(draft);
    draft.emit(Event::Asked { ask, what, by: draft.by, decide_by: None, at: draft.at });
    Ok(())
}

pub(super) fn rule(procedure: &Procedure, mv: &Move) -> String {
    procedure.rule("move", &mv.id)
}

/// Nobody but those named may; the message names them.
pub(super) fn not_allowed(draft: &Draft<'_>, mv: &Move, any_of: &[Who]) -> Refusal {
    let system = mv.by.iter().all(|by| matches!(by, By::System(_)));
    let text = if system {
        texts::system_only(&mv.title)
    } else {
        texts::not_allowed(&texts::titled(&mv.title), &who_words(draft, any_of))
    };
    draft.refuse(ErrorCode::NotAllowed, rule(draft.procedure, mv), text)
}

/// Those who may, in words; the system is named only where it stands alone.
pub(super) fn who_words(draft: &Draft<'_>, any_of: &[Who]) -> Text {
    let people: Vec<&Who> = any_of.iter().filter(|who| **who != Who::System || any_of.len() == 1).collect();
    let words: Vec<Text> = people.into_iter().map(|who| texts::who(who, draft.facts)).collect();
    let join = |pick: fn(&Text) -> &String| words.iter().map(|word| pick(word).as_str()).collect::<Vec<_>>();
    Text::new(join(|word| &word.zh).join("、"), join(|word| &word.en).join(", "))
}

fn condition_words(procedure: &Procedure, condition: &Condition) -> String {
    let field = procedure.field(&condition.f);
    let title = field.map_or(condition.f.as_str(), |field| field.title.as_str());
    let list = field.and_then(|field| match &field.kind {
        FieldKind::Code { list } => procedure.code_lists.get(list),
        _ => None,
    });
    let word = |param: &crate::Param| match param {
        crate::Param::Text(code) => {
            list.and_then(|list| list.get(code)).map_or_else(|| code.clone(), |row| row.title.clone())
        }
        crate::Param::Int(n) => n.to_string(),
        crate::Param::Decimal(n) => n.to_string(),
        crate::Param::Bool(yes) => yes.to_string(),
        crate::Param::List(_) | crate::Param::Table(_) => String::new(),
    };
    let value = match &condition.v {
        crate::Param::List(list) => list.iter().map(word).collect::<Vec<_>>().join("、"),
        one => word(one),
    };
    format!("{title} {} {value}", condition.op.as_str())
}

/// The clock's deemed move, where it can be made from here.
pub(super) fn deemed<'a>(draft: &Draft<'a>, mv: &Name) -> Option<&'a Move> {
    draft.procedure.mv(mv).filter(|mv| mv.from.contains(draft.state_id()))
}

/// Whether a run-out by this move is somebody's failing: a deemed decision is, a window that passes is not.
pub(super) fn is_failing(mv: &Move) -> bool {
    !mv.by.iter().any(|by| matches!(by, By::System(name) if *name == "window_passed"))
}
