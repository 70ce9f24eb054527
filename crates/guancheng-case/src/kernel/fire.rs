//! Timers: everything that is due by now, each once, in the order in which it was due, at the moment it was due. The
//! case remembers what was given, so firing twice, late or after a jump of the clock gives the same.

use guancheng_base::{Instant, Name, SystemActor};

use super::{draft::Draft, moves};
use crate::{ActorMark, Clock, ClockRun, Event, Refusal, effects};

/// One thing that is due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    /// A warning comes before everything else of the same moment.
    Warning(Name),
    /// A planned move comes before the breach of the clock that waited for it.
    Planned(Name),
    /// A due moment that has passed.
    Over(Name),
}

/// The most that can be due at once: every warning and breach of ten clocks, many times over.
const MOST_DUE: usize = 1_000;

/// Catches up with everything due by now. After it the draft stands at now again.
pub(super) fn catch_up(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let (at, by) = (draft.at, draft.by);
    draft.by = ActorMark::System(SystemActor::Clock);
    for _ in 0..MOST_DUE {
        let Some((moment, due)) = next(draft, at) else { break };
        draft.at = moment;
        give(draft, due)?;
    }
    (draft.at, draft.by) = (at, by);
    Ok(())
}

/// Whether anything is due by `now`; cheap, so that every command can ask.
pub(super) fn is_due(case: &crate::Case, now: Instant) -> bool {
    case.next_wake().is_some_and(|wake| wake <= now)
}

fn next(draft: &Draft<'_>, now: Instant) -> Option<(Instant, Due)> {
    if !draft.is_open() {
        return None;
    }
    let planned = draft.planned().filter(|planned| planned.at <= now).map(|p| (p.at, Due::Planned(p.mv.clone())));
    let clocks = draft.procedure.clocks.iter().filter_map(|clock| {
        let run = draft.clock(&clock.id).filter(|run| run.is_running())?;
        of_clock(clock, run, now)
    });
    clocks.chain(planned).min()
}

fn of_clock(clock: &Clock, run: &ClockRun, now: Instant) -> Option<(Instant, Due)> {
    let warning = run.warn_at.get(run.warned).filter(|at| **at <= now).map(|at| (*at, Due::Warning(clock.id.clone())));
    let open = run.due.filter(|due| run.breached_at.is_none() && *due < now);
    let over = open.map(|due| (due, Due::Over(clock.id.clone())));
    warning.into_iter().chain(over).min()
}

fn give(draft: &mut Draft<'_>, due: Due) -> Result<(), Refusal> {
    match due {
        Due::Warning(clock) => {
            let level = draft.clock(&clock).map_or(1, |run| run.warned + 1);
            draft.emit(Event::ClockWarned { clock, level, at: draft.at });
            Ok(())
        }
        Due::Planned(mv) => match moves::deemed(draft, &mv) {
            Some(mv) => moves::system(draft, mv, draft.by),
            None => {
                draft.emit(Event::Planned { plan: None });
                Ok(())
            }
        },
        Due::Over(clock) => over(draft, &clock),
    }
}

/// A clock that ran out: its deemed move where there is one, otherwise the breach. Breach never blocks work.
fn over(draft: &mut Draft<'_>, id: &Name) -> Result<(), Refusal> {
    let Some(clock) = draft.procedure.clock(id) else { return Ok(()) };
    let due = draft.at;
    let deemed = clock.on_expiry.as_ref().and_then(|mv| moves::deemed(draft, mv));
    match deemed {
        Some(mv) => {
            let on_time = moves::is_failing(mv).then_some(false);
            draft.emit(Event::ClockExpired { clock: id.clone(), due, on_time });
            effects::of_breach(draft, clock);
            moves::system(draft, mv, draft.by)
        }
        None => {
            draft.emit(Event::ClockBreached { clock: id.clone(), due });
            effects::of_breach(draft, clock);
            Ok(())
        }
    }
}
