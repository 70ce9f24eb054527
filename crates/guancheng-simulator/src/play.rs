//! The loop: tasks of the agenda and timers of the store, in the order of time, inside one transaction.

use std::sync::{Arc, Mutex, PoisonError};

use guancheng_app::{AppError, Done, deliver, ports::Tx};
use guancheng_base::{CaseId, Instant};

use crate::{
    after, arrive,
    stage::Stage,
    state::{State, Task},
    talk, think,
};

/// The number of the task whose refusal left something half written, so that the batch must be undone.
pub(crate) type Undo = Arc<Mutex<Option<u64>>>;

/// Everything a task works with.
pub(crate) struct Scene<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) state: State,
    pub(crate) tx: &'a mut dyn Tx,
    pub(crate) undo: &'a Undo,
    /// The number of the present task.
    pub(crate) task: u64,
}

/// How many effects are delivered at once.
const DELIVERY: usize = 10_000;

/// Plays until just before `until`. What is returned counts only if the transaction commits.
pub(crate) fn play(
    stage: &Stage,
    state: State,
    tx: &mut dyn Tx,
    until: Instant,
    undo: &Undo,
) -> Result<State, AppError> {
    let mut scene = Scene { stage, state, tx, undo, task: 0 };
    while scene.step(until)? {}
    scene.state.now = scene.state.now.max(until);
    let now = scene.state.now;
    deliver(scene.tx, now, DELIVERY)?;
    Ok(scene.state)
}

impl Scene<'_> {
    /// One task or timer; `false` when nothing is left before `until`.
    fn step(&mut self, until: Instant) -> Result<bool, AppError> {
        let last = until.plus_ms(-1);
        let next = self.state.next_at().filter(|at| *at <= last);
        if let Some((case, at)) = self.timer(next.unwrap_or(last))? {
            let now = self.stage.resumes(at);
            if now <= last {
                self.fire(case, now)?;
                return Ok(true);
            }
        }
        let Some((at, n, task)) = next.and_then(|_| self.state.pop()) else { return Ok(false) };
        let resumes = self.stage.resumes(at);
        if resumes > at {
            self.state.put_back(resumes, n, task);
            return Ok(true);
        }
        self.state.now = self.state.now.max(at);
        self.task = n;
        if !self.state.undone.contains(&n) {
            self.perform(task)?;
            self.adopt()?;
        }
        Ok(true)
    }

    fn perform(&mut self, task: Task) -> Result<(), AppError> {
        match task {
            Task::Day(day) => {
                arrive::day(self, day);
                Ok(())
            }
            Task::Report(incident) => arrive::report(self, &incident),
            Task::Open { kind, n } => arrive::open(self, &kind, n),
            Task::Think { case, plan } => think::think(self, case, plan),
            Task::Rule { case, ask } => talk::rule(self, case, ask),
            Task::Part { case, part } => talk::part(self, case, &part),
            Task::Signal { case, event } => talk::signal(self, case, &event),
            Task::Extend { case, clock } => talk::extend(self, case, &clock),
            Task::Answer { case, code } => talk::answer(self, case, &code),
        }
    }

    /// The earliest timer not after `last`.
    fn timer(&self, last: Instant) -> Result<Option<(CaseId, Instant)>, AppError> {
        let dead = &self.state.dead_timers;
        let due = self.tx.due_timers(last, dead.len() + 1)?;
        Ok(due.into_iter().find(|timer| !dead.contains(&timer.case)).map(|timer| (timer.case, timer.fire_at)))
    }

    fn fire(&mut self, case: CaseId, at: Instant) -> Result<(), AppError> {
        let now = self.state.now.max(at);
        self.state.now = now;
        match guancheng_app::fire(&self.stage.city, self.tx, now, case) {
            Ok(done) => {
                self.state.summary.timers += 1;
                if self.plays(&done.row.kind) {
                    after::timer(self, &done)?;
                }
                self.adopt()
            }
            Err(AppError::Refused(refusal)) => {
                self.state.summary.refused(refusal.code);
                self.state.dead_timers.insert(case);
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// Whether people of this play act on cases of the kind; those of a plan have a play of their own.
    fn plays(&self, kind: &str) -> bool {
        self.stage.kinds().any(|played| *played == *kind)
    }

    /// Cases that others opened: the other half of a split, what a breach began.
    fn adopt(&mut self) -> Result<(), AppError> {
        loop {
            let case = CaseId(self.state.last_case + 1);
            let Some(row) = self.tx.row(case)? else { return Ok(()) };
            self.state.last_case = case.0;
            if !self.plays(&row.kind) {
                continue;
            }
            *self.state.summary.cases.entry(row.kind.clone()).or_default() += 1;
            after::plan(self, case)?;
        }
    }

    /// Counts a refusal of a use case that may have written something before it refused: the batch is undone and
    /// played again without this task.
    pub(crate) fn undo<T>(&mut self, error: AppError) -> Result<T, AppError> {
        if matches!(error, AppError::Refused(_)) {
            *self.undo.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.task);
        }
        Err(error)
    }

    /// What became of an act on a case that stood at `seq`: done, or refused with nothing written.
    pub(crate) fn acted(&mut self, case: CaseId, seq: u64, result: Result<Done, AppError>) -> Result<Acted, AppError> {
        match result {
            Ok(done) => {
                self.state.summary.acts += 1;
                Ok(Acted::Done(Box::new(done)))
            }
            Err(AppError::Refused(refusal)) => {
                if self.tx.row(case)?.is_none_or(|row| row.seq != seq) {
                    return self.undo(AppError::Refused(refusal));
                }
                self.state.summary.refused(refusal.code);
                Ok(Acted::Refused(refusal))
            }
            Err(other) => Err(other),
        }
    }
}

/// What became of an act.
pub(crate) enum Acted {
    Done(Box<Done>),
    Refused(Box<guancheng_case::Refusal>),
}
