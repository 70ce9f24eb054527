//! Rates, latencies and dice.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// How often the same thing was done, and how long each time took.
#[derive(Default)]
pub struct Samples {
    micros: Vec<u32>,
    /// From the first to the last.
    pub wall: Duration,
}

impl Samples {
    /// Times one go.
    pub fn time<T>(&mut self, f: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let result = f();
        self.micros.push(u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX));
        result
    }

    /// Takes over what another thread timed meanwhile.
    pub fn join(&mut self, other: Samples) {
        self.micros.extend(other.micros);
        self.wall = self.wall.max(other.wall);
    }

    /// How many goes.
    pub fn count(&self) -> usize {
        self.micros.len()
    }

    /// Goes a second, all threads together.
    pub fn rate(&self) -> f64 {
        self.micros.len() as f64 / self.wall.as_secs_f64().max(f64::EPSILON)
    }

    /// The time in milliseconds within which this share of the goes ended.
    pub fn quantile_ms(&self, share: f64) -> f64 {
        let mut sorted = self.micros.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() as f64 * share).ceil() as usize;
        sorted.get(rank.saturating_sub(1)).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    }
}

/// How many `f` a second, on one core; each call of `round` does `per_round` of them.
pub fn rate<T>(at_least: Duration, per_round: usize, mut round: impl FnMut() -> T) -> f64 {
    black_box(round());
    let began = Instant::now();
    let mut rounds = 0;
    while began.elapsed() < at_least {
        black_box(round());
        rounds += 1;
    }
    (rounds * per_round) as f64 / began.elapsed().as_secs_f64()
}

/// The same numbers on every run: a linear congruential generator, its high bits taken.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice of this seed.
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end.max(1)
    }

    /// A number from 0 to 1.
    pub fn share(&mut self) -> f64 {
        self.below(1 << 30) as f64 / f64::from(1 << 30)
    }

    /// One of the list, if it has any.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len() as u64) as usize)
    }
}
