//! The simulator: a city, a seed, a beginning; then time passes.

use std::sync::{Arc, Mutex, PoisonError};

use guancheng_app::{AppError, City, ports::CaseQuery};
use guancheng_base::{Instant, Name};
use guancheng_org::{Scope, ScopeClause};

use crate::{
    Options, Summary, World,
    hours::HOUR,
    pictures,
    play::{Undo, play},
    stage::Stage,
    state::State,
};

/// A city being played. The same pack, seed, start and options make the same records in an empty store, whatever the
/// machine and however the time is cut into runs of whole hours.
#[derive(Debug)]
pub struct Simulator {
    stage: Arc<Stage>,
    state: State,
    ready: bool,
}

/// How much time one transaction covers.
const BATCH: i64 = HOUR;

impl Simulator {
    /// Sets the stage. People count as being in the posts they hold at `start`, so tenures must have begun by then.
    pub fn new(city: &Arc<City>, seed: u64, start: Instant, options: Options) -> Self {
        let first = city.day(start);
        let stage = Arc::new(Stage::new(Arc::clone(city), seed, start, options));
        Simulator { stage, state: State::new(start, first), ready: false }
    }

    /// The moment up to which everything has happened.
    pub fn now(&self) -> Instant {
        self.state.now
    }

    /// What it has come to so far.
    pub fn summary(&self) -> &Summary {
        &self.state.summary
    }

    /// Plays so many days on, to the end of the last.
    ///
    /// # Errors
    /// Why the world could not keep the records; what was played and committed until then stays.
    pub fn run_days<W: World>(&mut self, world: &mut W, days: u32) -> Result<(), AppError> {
        let calendar = self.stage.calendar();
        let today = calendar.day_of(self.state.now);
        let end = calendar.midnight(today.plus(i32::try_from(days).unwrap_or(i32::MAX)));
        self.run_until(world, end)
    }

    /// Plays until just before `until`, one transaction for each hour. After an error the same call goes on where the
    /// last commit left off.
    ///
    /// # Errors
    /// Why the world could not keep the records; what was played and committed until then stays.
    pub fn run_until<W: World>(&mut self, world: &mut W, until: Instant) -> Result<(), AppError> {
        self.prepare(world)?;
        while self.state.now < until {
            let to = Instant((self.state.now.0.div_euclid(BATCH) + 1) * BATCH).min(until);
            self.batch(world, to)?;
        }
        Ok(())
    }

    /// Plays one batch; a task whose refusal left something half written is left out and the batch played again.
    fn batch<W: World>(&mut self, world: &mut W, to: Instant) -> Result<(), AppError> {
        loop {
            let undo: Undo = Arc::new(Mutex::new(None));
            let (stage, state, mark) = (Arc::clone(&self.stage), self.state.clone(), Arc::clone(&undo));
            match world.write(move |tx| play(&stage, state, tx, to, &mark)) {
                Ok(state) => {
                    self.state = state;
                    return Ok(());
                }
                Err(error) => {
                    let undone = *undo.lock().unwrap_or_else(PoisonError::into_inner);
                    let Some(task) = undone else { return Err(error) };
                    self.state.summary.refused(error.code());
                    self.state.undone.insert(task);
                }
            }
        }
    }

    /// Keeps the pictures and finds out which cases there are already: those are not the simulator's.
    fn prepare<W: World>(&mut self, world: &mut W) -> Result<(), AppError> {
        if self.ready {
            return Ok(());
        }
        let kept = pictures::Scene::ALL.map(|scene| world.keep_file(&pictures::file(scene)));
        self.state.files = Arc::new(kept.into_iter().collect::<Result<_, _>>()?);
        let now = self.state.now;
        self.state.last_case = world.write(move |tx| {
            let everything = Scope { clauses: vec![ScopeClause::everything()] };
            let newest = tx.cases(&CaseQuery { limit: 1, ..CaseQuery::default() }, &everything, now)?;
            Ok(newest.items.first().map_or(0, |row| row.id.0))
        })?;
        self.ready = true;
        Ok(())
    }

    /// The procedures that are played.
    pub fn kinds(&self) -> impl Iterator<Item = &Name> {
        self.stage.kinds()
    }
}
