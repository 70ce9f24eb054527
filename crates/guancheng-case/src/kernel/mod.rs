//! The kernel: what is possible, what a command does, or why not. Pure: it reads its arguments and writes nothing.

mod asks;
mod assign;
mod checked;
mod clocks;
pub(crate) mod draft;
mod evidence;
mod fields;
mod fire;
mod moves;
mod need;
mod parts;
mod step;

use std::collections::BTreeMap;

use guancheng_base::{Ctx, ErrorCode, Name};
use guancheng_org::{Permit, Who};

use crate::{
    Case, Command, Event, EvidenceFact, Facts, Move, Opening, PauseCause, Procedure, Refusal, Trigger, Value, texts,
};
use draft::Draft;

pub use need::{matrix_rows, need, need_open, subject, subject_of_opening};
pub use step::{EvidenceNeed, ExtensionOption, MoveOption, extensions, step};

/// The longest comment, in characters.
pub const COMMENT_MAX: usize = 2_000;

/// Begins a case. The permit comes from [`guancheng_org::Policy::permit_open`] for [`need_open`].
pub fn open(
    ctx: &Ctx,
    procedure: &Procedure,
    opening: &Opening,
    facts: &dyn Facts,
    permit: &Permit,
) -> Result<Vec<Event>, Refusal> {
    let mut case = Case::new(opening.id);
    (case.kind, case.version, case.source) = (procedure.id.clone(), procedure.version, opening.source.clone());
    (case.opened_at, case.state) = (ctx.now, procedure.initial.clone());
    case.reporter.clone_from(&opening.reporter);
    let mut draft = Draft::new(ctx, procedure, &case, facts);
    permitted(&draft, permit, &need_open(procedure).any_of, &format!("{} v{} open", procedure.id, procedure.version))?;
    let fields = fields::settable_at_opening(&draft, &opening.fields)?;
    draft.emit(Event::Opened {
        kind: procedure.id.clone(),
        version: procedure.version,
        number: opening.number.clone(),
        state: procedure.initial.clone(),
        source: opening.source.clone(),
        reporter: opening.reporter.clone(),
    });
    draft.events.extend(opening.report.map(|report| Event::ReportJoined { report }));
    let evidence = evidence::stamped(&draft, &opening.evidence, None);
    moves::attach(&mut draft, &fields, evidence);
    if !opening.imported.is_empty() {
        draft.emit(Event::Imported { facts: opening.imported.clone() });
    }
    draft.events.extend(opening.split_from.map(|case| Event::Linked { kind: "split_from".into(), case }));
    clocks::start_initial(&mut draft)?;
    moves::plan(&mut draft);
    parts::open(&mut draft, &procedure.initial)?;
    assign::after_entering(&mut draft, &procedure.initial)?;
    Ok(draft.events)
}

/// Decides a command: the events it makes, or why it is refused. What was due before it is caught up with first, so
/// nothing is skipped however late the timers are. No events means that there was nothing to do.
pub fn decide(
    ctx: &Ctx,
    procedure: &Procedure,
    case: &Case,
    command: &Command,
    facts: &dyn Facts,
    permit: &Permit,
) -> Result<Vec<Event>, Refusal> {
    let mut draft = Draft::new(ctx, procedure, case, facts);
    if !permit.covers(&case.kind, &ctx.actor.log_name()) {
        return Err(draft.refuse(ErrorCode::NotAllowed, procedure.rule("permit", "policy"), texts::foreign_permit()));
    }
    if fire::is_due(case, ctx.now) {
        fire::catch_up(&mut draft)?;
    }
    act(&mut draft, command, permit)?;
    Ok(draft.events)
}

/// The checks of a move that would advise, with fields that are about to be set.
pub(crate) fn advised(
    ctx: &Ctx,
    procedure: &Procedure,
    case: &Case,
    mv: &Move,
    fields: &BTreeMap<Name, Value>,
    facts: &dyn Facts,
) -> Vec<Name> {
    let mut draft = Draft::new(ctx, procedure, case, facts);
    draft.propose(fields);
    checked::advice(&draft, mv).into_iter().map(|failure| failure.check).collect()
}

fn act(draft: &mut Draft<'_>, command: &Command, permit: &Permit) -> Result<(), Refusal> {
    match command {
        Command::Fire => Ok(()),
        Command::Move { mv, fields, evidence, note } => {
            moves::request(draft, &moves::Request { mv, fields, evidence, note }, permit)
        }
        Command::AskExtension { clock, add, fields } => asks::extension(draft, clock, *add, fields, permit),
        Command::Rule { ask, grant, reason } => asks::rule(draft, *ask, *grant, reason, permit),
        Command::AnswerPart { part, agree, opinion } => parts::answer(draft, part, *agree, opinion, permit),
        Command::Pause { clock, why } => pause(draft, clock, why, permit),
        Command::Resume { clock } => resume(draft, clock, permit),
        Command::Signal { event } => signal(draft, event, permit),
        Command::JoinReport { report, evidence } => {
            needed(draft, command, permit)?;
            draft.emit(Event::ReportJoined { report: *report });
            attach(draft, evidence);
            Ok(())
        }
        Command::AddEvidence { evidence } => {
            needed(draft, command, permit)?;
            attach(draft, evidence);
            Ok(())
        }
        Command::Comment { text } => {
            needed(draft, command, permit)?;
            comment(draft, text)
        }
        Command::Link { kind, case } => {
            needed(draft, command, permit)?;
            draft.emit(Event::Linked { kind: kind.clone(), case: *case });
            Ok(())
        }
    }
}

fn needed(draft: &Draft<'_>, command: &Command, permit: &Permit) -> Result<(), Refusal> {
    let need = need(draft.procedure, draft.case, command)?;
    permitted(draft, permit, &need.any_of, &format!("{} v{}", draft.procedure.id, draft.procedure.version))
}

/// Refuses unless the permit satisfies one of the needs.
fn permitted(draft: &Draft<'_>, permit: &Permit, any_of: &[Who], rule: &str) -> Result<(), Refusal> {
    if permit.any_of(any_of) {
        return Ok(());
    }
    let text = texts::not_allowed(&texts::titled(rule), &moves::who_words(draft, any_of));
    Err(draft.refuse(ErrorCode::NotAllowed, rule.to_owned(), text))
}

fn attach(draft: &mut Draft<'_>, evidence: &[EvidenceFact]) {
    let evidence = evidence::stamped(draft, evidence, None);
    moves::attach(draft, &BTreeMap::new(), evidence);
}

fn comment(draft: &mut Draft<'_>, text: &str) -> Result<(), Refusal> {
    let rule = format!("{} v{} comment", draft.procedure.id, draft.procedure.version);
    let text = text.trim();
    if text.is_empty() || text.chars().count() > COMMENT_MAX {
        return Err(draft.refuse(ErrorCode::FieldInvalid, rule, texts::empty_comment()));
    }
    draft.emit(Event::Commented { by: draft.by, text: text.to_owned(), at: draft.at });
    Ok(())
}

fn pause(draft: &mut Draft<'_>, id: &Name, why: &Name, permit: &Permit) -> Result<(), Refusal> {
    let rule = draft.procedure.rule("clock", id);
    needed(draft, &Command::Pause { clock: id.clone(), why: why.clone() }, permit)?;
    let clock = draft.procedure.clock(id);
    let clock = clock.ok_or_else(|| draft.refuse(ErrorCode::PauseRefused, rule.clone(), texts::no_such_clock(id)))?;
    if !clock.pause_by.contains(why) {
        let known: Vec<&str> = clock.pause_by.iter().map(Name::as_str).collect();
        let text = texts::no_pause_reason(&clock.title, why, &known.join("、"));
        return Err(draft.refuse(ErrorCode::PauseRefused, rule, text));
    }
    if !draft.clock(id).is_some_and(|run| run.is_running()) {
        return Err(draft.refuse(ErrorCode::PauseRefused, rule, texts::not_pausable(&clock.title)));
    }
    clocks::pause(draft, clock, PauseCause::Reason(why.clone())).map_err(|error| draft.calendar_refuses(&error))
}

fn resume(draft: &mut Draft<'_>, id: &Name, permit: &Permit) -> Result<(), Refusal> {
    let rule = draft.procedure.rule("clock", id);
    needed(draft, &Command::Resume { clock: id.clone() }, permit)?;
    let clock = draft.procedure.clock(id);
    let clock = clock.ok_or_else(|| draft.refuse(ErrorCode::PauseRefused, rule.clone(), texts::no_such_clock(id)))?;
    let cause = draft.clock(id).and_then(|run| run.paused.as_ref()).map(|(cause, _)| cause);
    if !matches!(cause, Some(PauseCause::Reason(_))) {
        return Err(draft.refuse(ErrorCode::PauseRefused, rule, texts::not_resumable(&clock.title)));
    }
    clocks::resume(draft, clock).map_err(|error| draft.calendar_refuses(&error))
}

/// A happening outside is taken only while a clock of the procedure waits for it by name.
fn signal(draft: &mut Draft<'_>, event: &Name, permit: &Permit) -> Result<(), Refusal> {
    needed(draft, &Command::Signal { event: event.clone() }, permit)?;
    let known = waited_for(draft.procedure);
    if !known.contains(&event) {
        let names: Vec<&str> = known.iter().map(|name| name.as_str()).collect();
        let text = texts::unknown_signal(event, &names.join("、"));
        return Err(draft.refuse(ErrorCode::MoveNotPossible, draft.procedure.rule("event", event), text));
    }
    draft.emit(Event::Signalled { event: event.clone(), by: draft.by, at: draft.at });
    clocks::follow_signal(draft, event)
}

fn waited_for(procedure: &Procedure) -> Vec<&Name> {
    let triggers = procedure.clocks.iter().flat_map(|clock| {
        let ends = clock.stop.iter().chain(&clock.cancel).chain(&clock.resume_on);
        std::iter::once(&clock.start).chain(ends)
    });
    let events = triggers.filter_map(|trigger| match trigger {
        Trigger::Event(event) => Some(event),
        Trigger::Enter(_) | Trigger::Move(_) => None,
    });
    events.collect()
}
