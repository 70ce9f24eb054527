//! Discretion bands: what the law leaves to judgement, as a table that is complete and can be read aloud.

use guancheng_base::{Fen, Name};

/// The bands for one violation.
#[derive(Clone, Debug, PartialEq)]
pub struct Discretion {
    /// The violation's code.
    pub violation: Name,
    /// Its title.
    pub title: String,
    /// The law.
    pub basis: String,
    /// What the law allows, by kind of party.
    pub statute: Vec<StatuteRange>,
    /// The field whose value chooses the tier.
    pub measure: Name,
    /// Its unit.
    pub unit: String,
    /// The tiers, rising, without gap or overlap.
    pub tiers: Vec<Tier>,
    /// Reasons to choose the lower end or the tier below.
    pub lighter: Vec<String>,
    /// Reasons to choose the upper end or the tier above.
    pub heavier: Vec<String>,
    /// What it takes to leave the band.
    pub outside: Option<Outside>,
}

/// What the law allows for a kind of party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatuteRange {
    /// The kind of party; several joined by `、`.
    pub party: String,
    /// Lowest fine.
    pub min: Fen,
    /// Highest fine.
    pub max: Fen,
}

/// A tier: measured values from `ge` to below `lt` take this part of the statute's range.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: String,
    /// From this value on; open downwards when `None`.
    pub ge: Option<f64>,
    /// Below this value; open upwards when `None`.
    pub lt: Option<f64>,
    /// The part of the range, in thousandths of it.
    pub range: (u16, u16),
}

/// What it takes to decide outside the band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Roles that must approve.
    pub approve: Vec<Name>,
    /// Fields that must give the reason.
    pub require: Vec<Name>,
    /// Whether it takes a collective discussion (Administrative Penalty Law art. 57).
    pub collective: bool,
}

/// What the table says for one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The tier.
    pub tier: Name,
    /// Lowest fine.
    pub min: Fen,
    /// Highest fine.
    pub max: Fen,
}

impl Discretion {
    /// The band for a party and a measured value; `None` where the table does not know the party.
    pub fn band(&self, party: &str, value: f64) -> Option<Band> {
        let statute = self.statute.iter().find(|range| range.is_for(party))?;
        let tier = self.tiers.iter().find(|tier| tier.contains(value))?;
        Some(Band { tier: tier.id.clone(), min: statute.at(tier.range.0), max: statute.at(tier.range.1) })
    }
}

impl StatuteRange {
    /// Whether the row is for that kind of party.
    pub fn is_for(&self, party: &str) -> bool {
        self.party == party || self.party.split('、').any(|one| one == party)
    }

    /// The fine at `permille` of the way from the lowest to the highest.
    fn at(&self, permille: u16) -> Fen {
        let span = i128::from(self.max.0) - i128::from(self.min.0);
        let share = span * i128::from(permille) / 1000;
        Fen(self.min.0.saturating_add(i64::try_from(share).unwrap_or(i64::MAX)))
    }
}

impl Tier {
    fn contains(&self, value: f64) -> bool {
        self.ge.is_none_or(|ge| value >= ge) && self.lt.is_none_or(|lt| value < lt)
    }
}
