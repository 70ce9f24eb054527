//! Questions to approvers: extensions asked for, and rulings on them and on moves that need approval.

use std::collections::BTreeMap;

use guancheng_base::{AskId, ErrorCode, Name};
use guancheng_calendar::{ClockTime, Limit};
use guancheng_org::Permit;

use super::{checked, clocks, draft::Draft, fields, moves, need, need::extension_need, permitted};
use crate::{Ask, AskWhat, Clock, ClockRun, Command, Effect, Event, Extend, Refusal, Value, effects, texts};

/// The number of the next question in the case.
pub(super) fn next_id(draft: &Draft<'_>) -> AskId {
    let asked = draft.events.iter().filter(|event| matches!(event, Event::Asked { .. })).count();
    AskId(i64::try_from(draft.case.asks.len() + asked).unwrap_or(i64::MAX).saturating_add(1))
}

/// Asks for a longer clock, or grants it where the actor may.
pub(super) fn extension(
    draft: &mut Draft<'_>,
    clock: &Name,
    add: Limit,
    given: &BTreeMap<Name, Value>,
    permit: &Permit,
) -> Result<(), Refusal> {
    let rule = draft.procedure.rule("clock", clock);
    let need = extension_need(draft.procedure, draft.case, clock)?;
    permitted(draft, permit, &need.any_of, &rule)?;
    let (spec, extend) = extendable(draft, clock)?;
    long_enough(draft, spec, extend, add)?;
    let settable = fields::settable_with(draft, &extend.require, given, rule.clone())?;
    draft.propose(&settable);
    fields::all_there(draft, rule, &texts::extension_of(&spec.title), &extend.require)?;
    if extend.approve.is_empty() || permit.any_of(&need.also) {
        moves::attach(draft, &settable, Vec::new());
        return grant_extension(draft, spec, add);
    }
    let decide_by = match extend.decide_in {
        Some(limit) => Some(draft.calendar().due(draft.at, limit).map_err(|error| draft.calendar_refuses(&error))?),
        None => None,
    };
    let what = AskWhat::Extension { clock: clock.clone(), add, fields: settable };
    draft.emit(Event::Asked { ask: next_id(draft), what, by: draft.by, decide_by, at: draft.at });
    Ok(())
}

/// The clock and its extension rule, if it may be extended at all now.
pub(super) fn extendable<'a>(draft: &Draft<'a>, id: &Name) -> Result<(&'a Clock, &'a Extend), Refusal> {
    let rule = draft.procedure.rule("clock", id);
    let refuse = |code, text| draft.refuse(code, rule.clone(), text);
    let clock = draft.procedure.clock(id);
    let clock = clock.ok_or_else(|| refuse(ErrorCode::ExtensionRefused, texts::no_such_clock(id)))?;
    let extend = clock.extend.as_ref();
    let extend = extend.ok_or_else(|| refuse(ErrorCode::ExtensionRefused, texts::not_extendable(&clock.title)))?;
    let run = draft.clock(id).filter(|run| run.is_running() && run.time.is_some());
    let run = run.ok_or_else(|| refuse(ErrorCode::ExtensionRefused, texts::no_such_clock(&clock.title)))?;
    if run.extended >= extend.times {
        return Err(refuse(ErrorCode::ExtensionRefused, texts::extended_enough(&clock.title, extend.times)));
    }
    in_time(draft, clock, extend, run)?;
    let same = |what: &AskWhat| matches!(what, AskWhat::Extension { clock, .. } if clock == id);
    if draft.case.asks.iter().any(|ask| ask.ruling.is_none() && same(&ask.what)) {
        return Err(refuse(ErrorCode::AlreadyAsked, texts::already_asked(&texts::extension_of(&clock.title))));
    }
    Ok((clock, extend))
}

fn in_time(draft: &Draft<'_>, clock: &Clock, extend: &Extend, run: &ClockRun) -> Result<(), Refusal> {
    let Some(due) = run.due else { return Ok(()) };
    let shown = texts::moment(draft.calendar(), due);
    let refuse = |text| {
        let mut refusal = draft.refuse(ErrorCode::ExtensionRefused, draft.procedure.rule("clock", &clock.id), text);
        refusal.until = Some(draft.calendar().format_local(due));
        refusal
    };
    if extend.before_expiry && draft.at > due {
        return Err(refuse(texts::extension_too_late(&clock.title, &shown)));
    }
    let Some(before) = extend.apply_before else { return Ok(()) };
    let left = draft.calendar().elapsed(before.unit, draft.at, due).map_err(|error| draft.calendar_refuses(&error))?;
    if draft.at > due || left < before.n {
        return Err(refuse(texts::extension_apply_before(&clock.title, &before.to_string(), &shown)));
    }
    Ok(())
}

/// The extension must be in the clock's own unit and within its declared length.
fn long_enough(draft: &Draft<'_>, clock: &Clock, extend: &Extend, add: Limit) -> Result<(), Refusal> {
    let refuse = |text| draft.refuse(ErrorCode::ExtensionRefused, draft.procedure.rule("clock", &clock.id), text);
    let Some(time) = draft.clock(&clock.id).and_then(|run| run.time) else { return Ok(()) };
    if add.unit != time.unit() {
        return Err(refuse(texts::extension_unit(&clock.title, time.unit().as_str())));
    }
    let max = longest(extend, &time);
    match max {
        Some(max) if add.n > max.n || add.n.0 <= 0 => {
            Err(refuse(texts::extension_too_long(&clock.title, &max.to_string())))
        }
        _ => Ok(()),
    }
}

/// The longest extension of a clock, in its own unit.
pub(super) fn longest(extend: &Extend, time: &ClockTime) -> Option<Limit> {
    let unit = time.unit();
    let declared = extend.max.filter(|max| max.unit == unit).map(|max| max.n.0);
    let share = extend.max_ratio.map(|ratio| (time.base.0 as f64 * ratio).floor() as i64);
    let n = [declared, share].into_iter().flatten().min()?;
    Some(Limit { n: guancheng_calendar::Amount(n), unit })
}

fn grant_extension(draft: &mut Draft<'_>, clock: &Clock, add: Limit) -> Result<(), Refusal> {
    clocks::extend(draft, clock, add).map_err(|error| draft.calendar_refuses(&error))?;
    let tell = clock.extend.as_ref().and_then(|extend| extend.tell.as_ref());
    match tell.map(Name::as_str) {
        Some("applicant" | "party") => effects::emit(draft, &Effect::TellApplicant),
        Some(_) => effects::emit(draft, &Effect::TellReporter),
        None => {}
    }
    Ok(())
}

/// Rules on a question.
pub(super) fn rule(
    draft: &mut Draft<'_>,
    id: AskId,
    grant: bool,
    reason: &str,
    permit: &Permit,
) -> Result<(), Refusal> {
    let case = draft.case;
    let rule = draft.procedure.rule("ask", &id.to_string());
    let command = Command::Rule { ask: id, grant, reason: String::new() };
    let need = need(draft.procedure, case, &command)?;
    permitted(draft, permit, &need.any_of, &rule)?;
    let Some(ask) = case.ask(id) else {
        return Err(draft.refuse(ErrorCode::NotFound, rule, texts::no_such_ask(id.0)));
    };
    if ask.ruling.is_some() {
        return Err(draft.refuse(ErrorCode::AlreadyRuled, rule, texts::already_ruled(id.0)));
    }
    if ask.by == draft.by {
        return Err(draft.refuse(ErrorCode::NotByYou, rule, texts::not_by_you("批复")));
    }
    if !grant && reason.trim().is_empty() {
        return Err(draft.refuse(ErrorCode::FieldMissing, rule, texts::reason_needed()));
    }
    draft.emit(Event::Ruled { ask: id, grant, by: draft.by, reason: reason.to_owned(), at: draft.at });
    if grant { carry_out(draft, ask, &rule) } else { Ok(()) }
}

/// What was asked is done now, unless the case has moved on.
fn carry_out(draft: &mut Draft<'_>, ask: &Ask, rule: &str) -> Result<(), Refusal> {
    let stale =
        |draft: &Draft<'_>| draft.refuse(ErrorCode::MoveNotPossible, rule.to_owned(), texts::ask_is_stale(ask.id.0));
    match &ask.what {
        AskWhat::Move { mv, fields, note } => {
            let live = ask.state == *draft.state_id();
            let found = draft.procedure.mv(mv).filter(|mv| live && mv.from.contains(draft.state_id()));
            let mv = found.ok_or_else(|| stale(draft))?;
            draft.propose(fields);
            checked::pass(draft, mv)?;
            moves::attach(draft, fields, Vec::new());
            moves::make(draft, mv, ask.by, note)
        }
        AskWhat::Extension { clock, add, fields } => {
            let running = draft.clock(clock).is_some_and(|run| run.is_running());
            let found = draft.procedure.clock(clock).filter(|_| running);
            let clock = found.ok_or_else(|| stale(draft))?;
            moves::attach(draft, fields, Vec::new());
            grant_extension(draft, clock, *add)
        }
    }
}
