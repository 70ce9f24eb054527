//! What would be: who moves under a changed scorecard and why, and how much a subject has to do for a place. Nothing
//! is recorded; both run the scorecard as it is run for the circular.

use std::collections::BTreeSet;

use guancheng_base::Name;

use super::{CardRun, Inputs, LineScore, Measured, Scorecard, SubjectInput, SubjectScore, run};
use crate::{Exact, ExactError, Explain, Indicator, IndicatorKind, evaluate::Value, score::RuleFault};

/// One subject before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The subject.
    pub subject: Name,
    /// Its place before and after; `None` is without one.
    pub place: (Option<u32>, Option<u32>),
    /// Its total before and after; `None` is not rated.
    pub total: (Option<Exact>, Option<Exact>),
    /// The lines that give other points than before, with the reason.
    pub lines: Vec<LineMoved>,
}

/// One line before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineMoved {
    /// Its title.
    pub title: String,
    /// Its points before and after; `None` is not rated, or no such line.
    pub points: (Option<Exact>, Option<Exact>),
    /// Why, before and after.
    pub explain: (Option<Explain>, Option<Explain>),
}

/// Who moves between two runs: everybody whose place or total differs, those first who lose or gain most places.
pub fn moves(before: &CardRun, after: &CardRun) -> Vec<Moved> {
    let subjects: BTreeSet<&Name> = before.subjects.keys().chain(after.subjects.keys()).collect();
    let mut moved: Vec<Moved> = subjects
        .into_iter()
        .map(|subject| moved(subject, before.subjects.get(subject), after.subjects.get(subject)))
        .filter(|moved| moved.place.0 != moved.place.1 || moved.total.0 != moved.total.1)
        .collect();
    moved.sort_by_key(|moved| std::cmp::Reverse(moved.distance()));
    moved
}

impl Moved {
    /// How many places; who gets or loses a place altogether moves furthest.
    fn distance(&self) -> u32 {
        match self.place {
            (Some(from), Some(to)) => from.abs_diff(to),
            (None, None) => 0,
            _ => u32::MAX,
        }
    }
}

fn moved(subject: &Name, before: Option<&SubjectScore>, after: Option<&SubjectScore>) -> Moved {
    let titles = |score: Option<&SubjectScore>| {
        score.into_iter().flat_map(|score| score.lines.iter().map(|line| line.title.clone())).collect::<Vec<_>>()
    };
    let mut all = titles(before);
    let added = titles(after).into_iter().filter(|title| !all.contains(title)).collect::<Vec<_>>();
    all.extend(added);
    let line = |score: Option<&SubjectScore>, title: &str| -> Option<LineScore> {
        score?.lines.iter().find(|line| line.title == title).cloned()
    };
    let lines = all.into_iter().filter_map(|title| {
        let (old, new) = (line(before, &title), line(after, &title));
        let points = (old.as_ref().and_then(|line| line.points), new.as_ref().and_then(|line| line.points));
        let same = points.0 == points.1 && old.is_some() == new.is_some();
        let explain = (old.map(|line| line.explain), new.map(|line| line.explain));
        (!same).then_some(LineMoved { title, points, explain })
    });
    Moved {
        subject: subject.clone(),
        place: (before.and_then(|score| score.place), after.and_then(|score| score.place)),
        total: (before.and_then(|score| score.total), after.and_then(|score| score.total)),
        lines: lines.collect(),
    }
}

/// How few steps bring a subject to `place` or better, all others staying as they are. `improved` gives what is known of
/// the subject after so many steps, e.g. with so many cases closed; at most `most` steps are tried. `None` if not even
/// that is enough.
///
/// # Errors
/// The scorecard cannot be run.
pub fn steps_to_place(
    card: &Scorecard,
    inputs: &Inputs,
    subject: &Name,
    place: u32,
    most: usize,
    improved: impl Fn(usize) -> SubjectInput,
) -> Result<Option<usize>, RuleFault> {
    let mut inputs = inputs.clone();
    for steps in 0..=most {
        inputs.subjects.insert(subject.clone(), improved(steps));
        let now = run(card, &inputs)?.subjects.get(subject).and_then(|score| score.place);
        if now.is_some_and(|now| now <= place) {
            return Ok(Some(steps));
        }
    }
    Ok(None)
}

/// A value after `more` of what is counted below is counted above as well: so many open cases closed. No more can be
/// counted than there are; a count only grows.
///
/// # Errors
/// Numbers that do not fit.
pub fn with_more(indicator: &Indicator, value: &Value, more: usize) -> Result<Measured, ExactError> {
    let grown = value.num.plus(Exact::int(i64::try_from(more).unwrap_or(i64::MAX)))?;
    let num = if indicator.kind == IndicatorKind::Count { grown } else { grown.min(value.den) };
    Ok(value.with_num(indicator, num)?.measured())
}
