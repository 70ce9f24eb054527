//! Months into quarters, quarters into years: totals, places and grades of a longer period.

use std::collections::{BTreeMap, BTreeSet};

use guancheng_base::Name;

use super::{Rollup, Scorecard, run::places};
use crate::{Exact, ExactError, Explain, grade, roll_up};

/// One subject over a longer period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its peer group.
    pub group: Option<Name>,
    /// The total; `None` is not rated.
    pub total: Option<Exact>,
    /// Its place; `None` is listed without one.
    pub place: Option<u32>,
    /// How many have a place in its ranking.
    pub ranked: u32,
    /// Its grade.
    pub grade: Option<Name>,
    /// How the total came about.
    pub explain: Explain,
}

/// Rolls the totals of the parts, in the order of time, up into those of a longer period, and ranks them. A subject that
/// is in some parts only is not rated in the others.
///
/// # Errors
/// Numbers that do not fit.
pub fn longer(
    card: &Scorecard,
    rollup: &Rollup,
    parts: &[BTreeMap<Name, Option<Exact>>],
) -> Result<BTreeMap<Name, Standing>, ExactError> {
    let subjects: BTreeSet<&Name> = parts.iter().flat_map(BTreeMap::keys).collect();
    let mut standings = BTreeMap::new();
    for subject in subjects {
        let own: Vec<Option<Exact>> = parts.iter().map(|part| part.get(subject).copied().flatten()).collect();
        let whole = roll_up(&card.cite, rollup.method, &own, card.decimals, card.rounding)?;
        let standing = Standing {
            group: card.group_of(subject).map(|group| group.id.clone()),
            total: whole.score,
            place: None,
            ranked: 0,
            grade: grade::grade(&card.cite, &card.grades, whole.score).grade,
            explain: whole.explain,
        };
        standings.insert(subject.clone(), standing);
    }
    let totals = standings.iter().map(|(subject, standing)| (subject.clone(), standing.total)).collect();
    for (subject, (place, ranked)) in places(card, &totals) {
        if let Some(standing) = standings.get_mut(&subject) {
            (standing.place, standing.ranked) = (place, ranked);
        }
    }
    Ok(standings)
}
