//! A year of work under a plan: the reviewed plan of the pack is read in and adopted, letters are signed, offices report
//! what they did, others approve and sample it, meetings are held and missed, circulars go out. Some lines are let slip.

mod deed;
mod perform;
mod script;

use std::{collections::BTreeMap, sync::Arc};

use guancheng_app::{
    AppError, City, deliver, fire,
    ports::{FileRow, Read, Tx},
};
use guancheng_base::{Day, Instant};
use guancheng_pack::Pack;
use guancheng_plan::Seed;

use crate::{Dice, World, pictures};
use deed::Deed;

/// How many effects are delivered at once.
const DELIVERY: usize = 10_000;
/// How many timers are looked at in one transaction.
const TIMERS: usize = 10_000;
/// Before the twentieth of January there is nothing to see, so the year before is played.
const FIRST_DAYS: i32 = 20;

/// A year of a plan being played. The same pack, seed and days make the same records.
#[derive(Debug)]
pub struct PlanYear {
    city: Arc<City>,
    dice: Dice,
    seed: Seed,
    year: i16,
    now: Instant,
    plan: Option<i64>,
    files: Vec<FileRow>,
    agenda: BTreeMap<(Instant, u64), Deed>,
    next: u64,
    /// Deeds done, and refused.
    done: (u32, u32),
}

impl PlanYear {
    /// The year that `end` lies in, or the one before in its first days; `None` for a pack without a reviewed plan.
    pub fn new(city: &Arc<City>, seed: u64, end: Day) -> Option<Self> {
        let pack: &Pack = &city.pack;
        pack.plan_settings.as_ref()?;
        let plan = pack.plan_seeds.first()?.clone();
        let year = end.plus(-FIRST_DAYS).ymd().0;
        let first = Day::new(year, 1, 1)?;
        let mut this = PlanYear {
            city: Arc::clone(city),
            dice: Dice::new(seed).at("plan"),
            seed: plan,
            year,
            now: city.calendar().midnight(first),
            plan: None,
            files: Vec::new(),
            agenda: BTreeMap::new(),
            next: 0,
            done: (0, 0),
        };
        script::begin(&mut this, first);
        Some(this)
    }

    /// The moment up to which everything has happened.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// How many deeds were done, and how many were refused by the rules.
    pub fn deeds(&self) -> (u32, u32) {
        self.done
    }

    /// Plays until just before `until`, firing the clocks of each day at its end.
    ///
    /// # Errors
    /// Why the world could not keep the records.
    pub fn run_until<W: World>(&mut self, world: &mut W, until: Instant) -> Result<(), AppError> {
        while self.now < until {
            let today = self.city.calendar().day_of(self.now);
            let end = self.city.calendar().midnight(today.plus(1)).min(until);
            self.run_beside(world, end)?;
            self.fire_timers(world, end)?;
        }
        Ok(())
    }

    /// Plays until just before `until` beside a [`Simulator`](crate::Simulator), which fires the clocks of every case.
    ///
    /// # Errors
    /// Why the world could not keep the records.
    pub fn run_beside<W: World>(&mut self, world: &mut W, until: Instant) -> Result<(), AppError> {
        if self.files.is_empty() {
            let kept = pictures::Scene::ALL.map(|scene| world.keep_file(&pictures::file(scene)));
            self.files = kept.into_iter().collect::<Result<_, _>>()?;
        }
        while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 < until) {
            let ((at, _), deed) = entry.remove_entry();
            self.perform(world, at, deed)?;
        }
        self.now = self.now.max(until);
        Ok(())
    }

    /// One deed in one transaction. What the rules refuse is counted and left undone.
    fn perform<W: World>(&mut self, world: &mut W, at: Instant, deed: Deed) -> Result<(), AppError> {
        let act = perform::Act {
            city: Arc::clone(&self.city),
            seed: self.seed.clone(),
            year: self.year,
            plan: self.plan,
            files: self.files.clone(),
            dice: self.dice.at("deed").nth(i64::try_from(self.next).unwrap_or(0)),
            at,
        };
        let done = deed.clone();
        match world.write(move |tx: &mut dyn Tx| act.perform(tx, &done)) {
            Ok(outcome) => {
                self.done.0 += 1;
                self.plan = outcome.plan.or(self.plan);
                script::follow(self, at, &deed, &outcome);
                Ok(())
            }
            Err(AppError::Refused(_) | AppError::Port(guancheng_app::ports::PortError::Refused { .. })) => {
                self.done.1 += 1;
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    fn fire_timers<W: World>(&self, world: &mut W, until: Instant) -> Result<(), AppError> {
        let city = Arc::clone(&self.city);
        world.write(move |tx: &mut dyn Tx| {
            for timer in Read::due_timers(&*tx, until.plus_ms(-1), TIMERS)? {
                match fire(&city, tx, timer.fire_at, timer.case) {
                    // A clock that reaches beyond the calendar refuses; that is for somebody to see, not to stop at.
                    Ok(_) | Err(AppError::Refused(_)) => {}
                    Err(other) => return Err(other),
                }
            }
            deliver(tx, until.plus_ms(-1), DELIVERY)?;
            Ok(())
        })
    }

    fn put(&mut self, at: Instant, deed: Deed) {
        self.agenda.insert((at, self.next), deed);
        self.next += 1;
    }
}
