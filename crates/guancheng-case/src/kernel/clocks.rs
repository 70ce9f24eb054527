//! Clocks when a move is made: what it stops, takes back, pauses, resumes and starts.

use guancheng_base::{Instant, Name};
use guancheng_calendar::{Calendar, CalendarError, ClockTime, Limit, Term};

use super::draft::Draft;
use crate::{
    Cell, Clock, Event, FieldKind, Light, LimitCell, LimitRule, PauseCause, Refusal, RunState, Trigger, Value,
};

/// Due moment, yellow moment and warnings of a running clock, as its events carry them.
pub(super) struct Timing {
    pub(super) due: Option<Instant>,
    pub(super) near_at: Option<Instant>,
    pub(super) warn_at: Vec<Instant>,
}

/// What a move triggers: itself, and the state it enters.
pub(super) struct Triggers<'a> {
    pub(super) mv: &'a Name,
    pub(super) to: &'a Name,
    pub(super) is_final: bool,
}

impl Triggers<'_> {
    fn any(&self, triggers: &[Trigger]) -> bool {
        triggers.iter().any(|trigger| match trigger {
            Trigger::Move(mv) => mv == self.mv,
            Trigger::Enter(state) => state == self.to,
            Trigger::Event(_) => false,
        })
    }
}

/// Lets every clock follow a move that was just made. Ends come before beginnings, so that a clock which both stops
/// and starts on one move starts anew.
pub(super) fn follow_move(draft: &mut Draft<'_>, triggers: &Triggers<'_>) -> Result<(), Refusal> {
    let procedure = draft.procedure;
    for clock in &procedure.clocks {
        end(draft, clock, triggers).map_err(|error| draft.calendar_refuses(&error))?;
    }
    for clock in &procedure.clocks {
        begin(draft, clock, triggers).map_err(|error| draft.calendar_refuses(&error))?;
    }
    Ok(())
}

fn end(draft: &mut Draft<'_>, clock: &Clock, triggers: &Triggers<'_>) -> Result<(), CalendarError> {
    if triggers.any(&clock.stop) {
        return stop(draft, clock);
    }
    if triggers.is_final || triggers.any(&clock.cancel) {
        cancel(draft, clock);
    }
    Ok(())
}

fn begin(draft: &mut Draft<'_>, clock: &Clock, triggers: &Triggers<'_>) -> Result<(), CalendarError> {
    if triggers.is_final {
        return Ok(());
    }
    let state = draft.clock(&clock.id).map(|run| run.state);
    match state {
        Some(RunState::Stopped) if triggers.any(&clock.resume_on) => resume(draft, clock)?,
        Some(RunState::Running) => {}
        Some(RunState::Paused) if !clock.pause_in.contains(triggers.to) => resume_after_state(draft, clock)?,
        _ if triggers.any(std::slice::from_ref(&clock.start)) => start(draft, clock)?,
        _ => {}
    }
    let running = draft.clock(&clock.id).is_some_and(|run| run.is_running());
    if running && clock.pause_in.contains(triggers.to) {
        pause(draft, clock, PauseCause::State(triggers.to.clone()))?;
    }
    Ok(())
}

/// Starts the clocks of the first state.
pub(super) fn start_initial(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let procedure = draft.procedure;
    let begins = Trigger::Enter(procedure.initial.clone());
    for clock in procedure.clocks.iter().filter(|clock| clock.start == begins) {
        start(draft, clock).map_err(|error| draft.calendar_refuses(&error))?;
    }
    Ok(())
}

/// A happening outside stops, cancels, resumes or starts what waits for it.
pub(super) fn follow_signal(draft: &mut Draft<'_>, event: &Name) -> Result<(), Refusal> {
    let procedure = draft.procedure;
    let signal = Trigger::Event(event.clone());
    for clock in &procedure.clocks {
        let state = draft.clock(&clock.id).map(|run| run.state);
        let done = match state {
            Some(RunState::Running | RunState::Paused) if clock.stop.contains(&signal) => stop(draft, clock),
            Some(RunState::Running | RunState::Paused) if clock.cancel.contains(&signal) => {
                cancel(draft, clock);
                Ok(())
            }
            Some(RunState::Stopped) if clock.resume_on.contains(&signal) => resume(draft, clock),
            Some(RunState::Running | RunState::Paused) => Ok(()),
            _ if clock.start == signal && draft.is_open() => start(draft, clock),
            _ => Ok(()),
        };
        done.map_err(|error| draft.calendar_refuses(&error))?;
    }
    Ok(())
}

fn start(draft: &mut Draft<'_>, clock: &Clock) -> Result<(), CalendarError> {
    let calendar = draft.calendar();
    let time = match term(draft, clock) {
        Some((term, from)) => Some(ClockTime::start(calendar, term, from)?),
        None => None,
    };
    let Timing { due, near_at, warn_at } = timing(calendar, clock, time.as_ref())?;
    draft.emit(Event::ClockStarted { clock: clock.id.clone(), time, due, near_at, warn_at, at: draft.at });
    Ok(())
}

fn stop(draft: &mut Draft<'_>, clock: &Clock) -> Result<(), CalendarError> {
    let Some(run) = draft.clock(&clock.id).filter(|run| matches!(run.state, RunState::Running | RunState::Paused))
    else {
        return Ok(());
    };
    let (at, calendar) = (draft.at, draft.calendar());
    let on_time = match &run.time {
        Some(_) if run.is_running() => Some(run.due.is_none_or(|due| at <= due)),
        Some(time) => Some(time.on_time(calendar, at)?),
        None => None,
    };
    let time = match run.time {
        Some(time) if run.is_running() => Some(time.pause(calendar, at.max(time.running_since.unwrap_or(at)))?),
        time => time,
    };
    draft.emit(Event::ClockStopped { clock: clock.id.clone(), time, on_time, at });
    Ok(())
}

fn cancel(draft: &mut Draft<'_>, clock: &Clock) {
    let alive = |run: &crate::ClockRun| matches!(run.state, RunState::Running | RunState::Paused);
    if draft.clock(&clock.id).is_some_and(alive) {
        draft.emit(Event::ClockCancelled { clock: clock.id.clone(), at: draft.at });
    }
}

pub(super) fn pause(draft: &mut Draft<'_>, clock: &Clock, cause: PauseCause) -> Result<(), CalendarError> {
    let (at, calendar) = (draft.at, draft.calendar());
    let time = match draft.clock(&clock.id).and_then(|run| run.time) {
        Some(time) => Some(time.pause(calendar, at.max(time.running_since.unwrap_or(at)))?),
        None => None,
    };
    let due = time.and_then(|time| time.missed);
    draft.emit(Event::ClockPaused { clock: clock.id.clone(), time, due, cause, at });
    Ok(())
}

/// Leaving a pausing state resumes only what the state paused.
fn resume_after_state(draft: &mut Draft<'_>, clock: &Clock) -> Result<(), CalendarError> {
    let cause = draft.clock(&clock.id).and_then(|run| run.paused.as_ref()).map(|(cause, _)| cause);
    if matches!(cause, Some(PauseCause::State(_))) { resume(draft, clock) } else { Ok(()) }
}

pub(super) fn resume(draft: &mut Draft<'_>, clock: &Clock) -> Result<(), CalendarError> {
    let time = match draft.clock(&clock.id).and_then(|run| run.time) {
        Some(time) if time.running_since.is_none() => Some(time.resume(draft.at)?),
        time => time,
    };
    let Timing { due, near_at, warn_at } = timing(draft.calendar(), clock, time.as_ref())?;
    draft.emit(Event::ClockResumed { clock: clock.id.clone(), time, due, near_at, warn_at });
    Ok(())
}

/// Lengthens a clock by a granted extension.
pub(super) fn extend(draft: &mut Draft<'_>, clock: &Clock, add: Limit) -> Result<(), CalendarError> {
    let time = match draft.clock(&clock.id).and_then(|run| run.time) {
        Some(time) => Some(time.extend(add)?),
        None => None,
    };
    let Timing { due, near_at, warn_at } = timing(draft.calendar(), clock, time.as_ref())?;
    draft.emit(Event::ClockExtended { clock: clock.id.clone(), time, due, near_at, warn_at });
    Ok(())
}

fn timing(calendar: &Calendar, clock: &Clock, time: Option<&ClockTime>) -> Result<Timing, CalendarError> {
    let mut timing = Timing { due: None, near_at: None, warn_at: Vec::new() };
    let Some(time) = time else { return Ok(timing) };
    timing.due = time.due(calendar)?;
    timing.near_at = time.instant_of_fraction(calendar, Light::NEAR_SHARE)?;
    for permille in &clock.warn {
        let share = f64::from(*permille) / 1000.0;
        timing.warn_at.extend(time.instant_of_fraction(calendar, share)?);
    }
    Ok(timing)
}

/// What the clock runs towards, and from when; `None` when no limit applies to this case.
fn term(draft: &Draft<'_>, clock: &Clock) -> Option<(Term, Instant)> {
    match &clock.limit {
        LimitRule::Fixed(limit) => Some((Term::Limit(*limit), draft.at)),
        LimitRule::Field(field) => match draft.field(field)? {
            Value::Date(day) => Some((Term::Until(*day), draft.at)),
            Value::Moment(at) => Some((Term::At(*at), draft.at)),
            _ => None,
        },
        LimitRule::CodeList { list, column } => {
            listed(draft, list, column).map(|(limit, from)| (Term::Limit(limit), from))
        }
    }
}

/// The limit a code list gives the case: its row, or the nearest row above; by class of area; in its season.
fn listed(draft: &Draft<'_>, list: &Name, column: &Name) -> Option<(Limit, Instant)> {
    let code = draft.procedure.fields.iter().find_map(|field| match &field.kind {
        FieldKind::Code { list: of } if of == list => draft.field(&field.id).and_then(Value::as_text),
        _ => None,
    })?;
    let Some(Cell::Limit(cell)) = draft.procedure.code_lists.get(list)?.cell(code, column) else { return None };
    let class = draft.cell().and_then(|cell| draft.facts.area_class(cell));
    Some((cell.pick(class), season_start(draft, cell)))
}

fn season_start(draft: &Draft<'_>, cell: &LimitCell) -> Instant {
    let today = draft.today();
    let waits = cell.season.filter(|season| !season.contains(today)).and_then(|season| season.next_start(today));
    waits.map_or(draft.at, |day| draft.calendar().midnight(day))
}
