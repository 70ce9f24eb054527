//! What the operation says about a commitment: sums of reports, reached steps, a measured rate.

use guancheng_base::Day;
use guancheng_case::Standing;

use super::Source;
use crate::Amount;

/// Reports of one commitment, step, standing and month, summed.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The step reported, the first day of the occurrence, or nothing.
    pub step: String,
    /// How they stand.
    pub standing: Standing,
    /// How many.
    pub n: u32,
    /// Their quantities together.
    pub amount: Amount,
    /// The earliest day they are about.
    pub first: Day,
    /// The latest.
    pub last: Day,
}

/// A measured rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateFact {
    /// How many were rated.
    pub n: u32,
    /// How many of them were good.
    pub good: u32,
    /// The day of the last that was not.
    pub last_bad: Option<Day>,
}

/// What the operation says about one commitment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Its reports, by month.
    pub progress: Vec<Progress>,
    /// Its rate, where it is bound to one.
    pub rate: Option<RateFact>,
}

impl Facts {
    /// The reports that count.
    pub fn counted(&self) -> impl Iterator<Item = &Progress> {
        self.progress.iter().filter(|progress| progress.standing.counts())
    }

    /// How many reports stand like this.
    pub fn count(&self, standing: Standing) -> u32 {
        self.progress.iter().filter(|progress| progress.standing == standing).map(|progress| progress.n).sum()
    }

    /// What counts in all.
    pub fn value(&self) -> Amount {
        self.counted().map(|progress| progress.amount).sum()
    }

    /// The first day on which a step was reached.
    pub fn reached(&self, step: &str) -> Option<Day> {
        self.counted().filter(|progress| progress.step == step).map(|progress| progress.first).min()
    }

    /// The latest day a counted report of the step is about.
    pub fn latest(&self, step: &str) -> Option<Day> {
        self.counted().filter(|progress| progress.step == step).map(|progress| progress.last).max()
    }

    /// The last sign of life: whatever was reported, unless it was refused or found untrue.
    pub fn last_sign(&self) -> Option<Day> {
        let alive = |progress: &&Progress| !matches!(progress.standing, Standing::Failed | Standing::Refused);
        self.progress.iter().filter(alive).map(|progress| progress.last).max()
    }

    /// Where its value comes from.
    pub fn source(&self) -> Option<Source> {
        if self.rate.is_some() {
            return Some(Source::System);
        }
        if self.count(Standing::Inspected) > 0 {
            return Some(Source::Inspected);
        }
        self.counted().next().map(|_| Source::SelfReported)
    }
}
