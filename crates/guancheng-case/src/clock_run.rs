//! One clock of one case, as its events made it.

use guancheng_base::{Instant, Name};
use guancheng_calendar::{ClockTime, Limit};

use crate::{Event, Light};

/// Whether a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// It runs.
    Running,
    /// It is paused and can resume.
    Paused,
    /// It was stopped by the move it waited for; a failed check may resume it.
    Stopped,
    /// It was taken back; it counts for nothing.
    Cancelled,
    /// It ran out and its deemed decision was made.
    Expired,
}

/// Why a clock is paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PauseCause {
    /// The state pauses it, and leaving the state resumes it.
    State(Name),
    /// Someone paused it for a declared reason (a hearing, an expert review).
    Reason(Name),
}

/// The life of a clock in a case. All instants were computed when decided, so reading needs no calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockRun {
    /// Whether it runs.
    pub state: RunState,
    /// The arithmetic; `None` when no limit applies to this case.
    pub time: Option<ClockTime>,
    /// When it last started from nothing.
    pub started_at: Instant,
    /// The last moment that is on time; `None` when no limit applies, or while paused in time.
    pub due: Option<Instant>,
    /// When its light turns yellow.
    pub near_at: Option<Instant>,
    /// The moments of its warnings, in order.
    pub warn_at: Vec<Instant>,
    /// How many warnings were given.
    pub warned: usize,
    /// When its breach was recorded: the due moment it passed.
    pub breached_at: Option<Instant>,
    /// How often it was extended.
    pub extended: u32,
    /// Why and since when it is paused.
    pub paused: Option<(PauseCause, Instant)>,
    /// When it was stopped, cancelled or expired.
    pub ended_at: Option<Instant>,
    /// The verdict at its last stop; `None` before, and when no limit applies.
    pub on_time: Option<bool>,
}

impl ClockRun {
    /// The light at `now`.
    pub fn light(&self, now: Instant) -> Light {
        match self.state {
            RunState::Cancelled => Light::NotRated,
            RunState::Stopped | RunState::Expired => match self.on_time {
                Some(true) => Light::Good,
                Some(false) => Light::Late,
                None => Light::NotRated,
            },
            RunState::Running | RunState::Paused => self.running_light(now),
        }
    }

    /// Whether it has a time to run and is running.
    pub fn is_running(&self) -> bool {
        self.state == RunState::Running
    }

    /// Milliseconds until the due moment, negative after it; `None` where there is none now.
    pub fn left_ms(&self, now: Instant) -> Option<i64> {
        self.due.map(|due| due.0.saturating_sub(now.0))
    }

    /// The limit as declared or granted at its start, without extensions.
    pub fn limit(&self) -> Option<Limit> {
        match self.time?.term {
            guancheng_calendar::Term::Limit(limit) => Some(limit),
            guancheng_calendar::Term::Until(_) | guancheng_calendar::Term::At(_) => None,
        }
    }

    /// The next moment at which something is due of this clock: a warning, or the breach (or expiry).
    pub fn next_wake(&self) -> Option<Instant> {
        if !self.is_running() {
            return None;
        }
        let warn = self.warn_at.get(self.warned).copied();
        let breach = if self.breached_at.is_none() { self.due.map(|due| due.plus_ms(1)) } else { None };
        match (warn, breach) {
            (Some(warn), Some(breach)) => Some(warn.min(breach)),
            (one, other) => one.or(other),
        }
    }

    /// The clock after an event about it; `None` stays `None` for anything but a start.
    pub(crate) fn after(run: Option<ClockRun>, event: &Event) -> Option<ClockRun> {
        if let Event::ClockStarted { time, due, near_at, warn_at, at, .. } = event {
            return Some(ClockRun::started(*time, *due, *near_at, warn_at, *at));
        }
        let mut run = run?;
        run.apply(event);
        Some(run)
    }

    fn started(
        time: Option<ClockTime>,
        due: Option<Instant>,
        near_at: Option<Instant>,
        warn_at: &[Instant],
        at: Instant,
    ) -> Self {
        ClockRun {
            state: RunState::Running,
            time,
            started_at: at,
            due,
            near_at,
            warn_at: warn_at.to_vec(),
            warned: 0,
            breached_at: None,
            extended: 0,
            paused: None,
            ended_at: None,
            on_time: None,
        }
    }

    fn apply(&mut self, event: &Event) {
        match event {
            Event::ClockPaused { time, due, cause, at, .. } => {
                (self.state, self.time, self.due) = (RunState::Paused, *time, *due);
                self.paused = Some((cause.clone(), *at));
            }
            Event::ClockResumed { time, due, near_at, warn_at, .. } => {
                self.state = RunState::Running;
                (self.paused, self.ended_at, self.on_time) = (None, None, None);
                self.retime(*time, *due, *near_at, warn_at);
            }
            Event::ClockExtended { time, due, near_at, warn_at, .. } => {
                self.extended = self.extended.saturating_add(1);
                self.retime(*time, *due, *near_at, warn_at);
            }
            Event::ClockStopped { time, on_time, at, .. } => {
                (self.state, self.time, self.on_time) = (RunState::Stopped, *time, *on_time);
                (self.paused, self.ended_at) = (None, Some(*at));
            }
            Event::ClockCancelled { at, .. } => {
                (self.state, self.paused, self.ended_at) = (RunState::Cancelled, None, Some(*at));
            }
            Event::ClockWarned { level, .. } => self.warned = self.warned.max(*level),
            Event::ClockBreached { due, .. } => self.breached_at = Some(*due),
            Event::ClockExpired { due, on_time, .. } => {
                (self.state, self.on_time, self.ended_at) = (RunState::Expired, *on_time, Some(*due));
            }
            _ => {}
        }
    }

    /// A breach stands unless the new due moment lies after the one that was missed.
    fn retime(&mut self, time: Option<ClockTime>, due: Option<Instant>, near_at: Option<Instant>, warn_at: &[Instant]) {
        (self.time, self.due, self.near_at) = (time, due, near_at);
        self.warn_at = warn_at.to_vec();
        let covered = |missed: &Instant| due.is_none_or(|due| due <= *missed);
        self.breached_at = self.breached_at.filter(covered);
    }

    fn running_light(&self, now: Instant) -> Light {
        let passed = |at: Option<Instant>| at.is_some_and(|at| now > at);
        if self.time.is_none() {
            Light::NotRated
        } else if passed(self.due) {
            Light::Late
        } else if self.near_at.is_some_and(|at| now >= at) {
            Light::Near
        } else {
            Light::Good
        }
    }
}
