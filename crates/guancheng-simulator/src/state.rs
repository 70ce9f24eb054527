//! What changes while a city is played: the agenda, and what the players remember. Cloned before each batch, so that a
//! batch that was not committed can be played again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use guancheng_app::ports::FileRow;
use guancheng_base::{AskId, CaseId, Day, Instant, Name, OfficeId};

use crate::{Channel, Summary, map::Spot};

/// Something that will be done.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    /// A day begins: what goes wrong today is drawn.
    Day(Day),
    /// Somebody reports something.
    Report(Arc<Incident>),
    /// A case of another procedure begins.
    Open { kind: Name, n: i64 },
    /// Somebody takes up a case; void when the plan has changed.
    Think { case: CaseId, plan: u32 },
    /// An approver rules.
    Rule { case: CaseId, ask: AskId },
    /// An office answers its part of a review.
    Part { case: CaseId, part: Name },
    /// Something happens outside that a clock waits for.
    Signal { case: CaseId, event: Name },
    /// Somebody asks for more time.
    Extend { case: CaseId, clock: Name },
    /// A reporter says whether it is fixed.
    Answer { case: CaseId, code: Name },
}

/// Something that goes wrong and is noticed.
#[derive(Clone, Debug)]
pub(crate) struct Incident {
    /// Its number: the day and a count.
    pub(crate) id: i64,
    /// Its row of the category list.
    pub(crate) code: Name,
    pub(crate) spot: Spot,
    pub(crate) source: Name,
    pub(crate) channel: Channel,
    /// The incident it is the same as.
    pub(crate) double_of: Option<i64>,
}

/// What the players remember of an open case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) state: Option<Name>,
    /// The number of the present plan.
    pub(crate) plan: u32,
    /// When it is taken up.
    pub(crate) think_at: Option<Instant>,
    /// How often nothing could be done.
    pub(crate) tries: u32,
    /// Moves the rules refused in this state.
    pub(crate) blocked: BTreeSet<Name>,
    /// The open case it is the same as.
    pub(crate) twin: Option<CaseId>,
    /// What it really is.
    pub(crate) truth: Option<Name>,
    /// Questions, parts, happenings and extensions already on the agenda.
    pub(crate) due: BTreeSet<String>,
}

/// The moving part.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) now: Instant,
    agenda: BTreeMap<(Instant, u64), Task>,
    next_task: u64,
    pub(crate) open: BTreeMap<CaseId, Known>,
    /// Today's incidents and the cases they became.
    pub(crate) sightings: BTreeMap<i64, CaseId>,
    /// When each crew of a unit is free.
    pub(crate) crews: BTreeMap<OfficeId, Vec<Instant>>,
    /// Cases whose timer cannot be fired.
    pub(crate) dead_timers: BTreeSet<CaseId>,
    /// Tasks that had to be undone; they are not tried again.
    pub(crate) undone: BTreeSet<u64>,
    /// The last case seen.
    pub(crate) last_case: i64,
    pub(crate) files: Arc<Vec<FileRow>>,
    pub(crate) summary: Summary,
}

impl State {
    pub(crate) fn new(start: Instant, first: Day) -> Self {
        let mut state = State {
            now: start,
            agenda: BTreeMap::new(),
            next_task: 0,
            open: BTreeMap::new(),
            sightings: BTreeMap::new(),
            crews: BTreeMap::new(),
            dead_timers: BTreeSet::new(),
            undone: BTreeSet::new(),
            last_case: 0,
            files: Arc::new(Vec::new()),
            summary: Summary::default(),
        };
        state.put(start, Task::Day(first));
        state
    }

    /// Puts something on the agenda; never into the past.
    pub(crate) fn put(&mut self, at: Instant, task: Task) {
        self.next_task += 1;
        self.agenda.insert((at.max(self.now), self.next_task), task);
    }

    /// When the next thing is to be done.
    pub(crate) fn next_at(&self) -> Option<Instant> {
        self.agenda.first_key_value().map(|((at, _), _)| *at)
    }

    /// Takes the next thing off the agenda, with its number.
    pub(crate) fn pop(&mut self) -> Option<(Instant, u64, Task)> {
        self.agenda.pop_first().map(|((at, n), task)| (at, n, task))
    }

    /// Puts something back under its number, for later.
    pub(crate) fn put_back(&mut self, at: Instant, n: u64, task: Task) {
        self.agenda.insert((at, n), task);
    }

    /// Takes up the case at `at`, instead of whenever it was to be.
    pub(crate) fn take_up(&mut self, case: CaseId, at: Option<Instant>) {
        let known = self.open.entry(case).or_default();
        known.plan += 1;
        known.think_at = at;
        let plan = known.plan;
        if let Some(at) = at {
            self.put(at, Task::Think { case, plan });
        }
    }

    /// Whether that is new for the case; it is known from then on.
    pub(crate) fn first_time(&mut self, case: CaseId, what: String) -> bool {
        self.open.entry(case).or_default().due.insert(what)
    }

    /// When the first crew of a unit is free after `at`, if it then works for `work` milliseconds.
    pub(crate) fn crew(&mut self, unit: OfficeId, crews: usize, at: Instant, work: i64) -> Instant {
        let free = self.crews.entry(unit).or_insert_with(|| vec![Instant(0); crews.max(1)]);
        let Some(first) = free.iter_mut().min() else { return at };
        *first = at.max(*first).plus_ms(work);
        *first
    }
}
