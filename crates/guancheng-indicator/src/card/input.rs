//! What a scorecard is run on: values of indicators, occurrences and sizes, per subject.

use std::collections::BTreeMap;

use guancheng_base::{Instant, Name};

use super::{Multiplier, Scorecard};
use crate::{
    Exact, Indicator, IndicatorKind,
    evaluate::Value,
    fact::{Datum, Fact, OccurrenceFact, all_hold},
    score::{EventUnit, Occurred},
};

/// Everything one run needs. A subject that is judged is there, even if it has nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// By subject.
    pub subjects: BTreeMap<Name, SubjectInput>,
}

/// What is known of one subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectInput {
    /// Values by indicator. An indicator that is not there is not rated.
    pub values: BTreeMap<Name, Measured>,
    /// What happened in the period, whatever the event.
    pub events: Vec<OccurrenceFact>,
    /// Sizes for normalising: `grid_count`, …
    pub sizes: BTreeMap<Name, Exact>,
}

/// One value as it enters a scorecard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// The value; `None` is not rated.
    pub value: Option<Exact>,
    /// Rows left out by an exclusion.
    pub excluded: i64,
    /// All rows, those included.
    pub all: i64,
}

impl Inputs {
    /// Puts together what was evaluated by the subject of a scorecard. `subjects` are all that are judged: one without a
    /// row has counted nothing, which is zero for a count and not rated for everything else. `events` are those of
    /// the period; each goes to the subject that its column names, and one of nobody to nobody.
    pub fn gather(
        card: &Scorecard,
        subjects: impl IntoIterator<Item = Name>,
        evaluated: &[(&Indicator, BTreeMap<Name, Value>)],
        events: &[OccurrenceFact],
    ) -> Inputs {
        let mut inputs: BTreeMap<Name, SubjectInput> =
            subjects.into_iter().map(|subject| (subject, SubjectInput::default())).collect();
        for (subject, input) in &mut inputs {
            for (indicator, values) in evaluated {
                let nothing = (indicator.kind == IndicatorKind::Count).then(|| Measured::of(Exact::ZERO));
                let measured = values.get(subject).map(Value::measured).or(nothing).unwrap_or_default();
                input.values.insert(indicator.cite.id.clone(), measured);
            }
        }
        for event in events {
            if let Datum::Text(subject) = event.get(&card.subject)
                && let Some(input) = inputs.get_mut(&subject)
            {
                input.events.push(event.clone());
            }
        }
        Inputs { subjects: inputs }
    }
}

impl Measured {
    /// A value of which nothing was left out.
    pub fn of(value: Exact) -> Measured {
        Measured { value: Some(value), excluded: 0, all: 1 }
    }
}

impl SubjectInput {
    /// The occurrences of `event` as a ladder charges them: for a case, all of its rows are one. What a ruling exempts
    /// is left out.
    pub(super) fn occurred(&self, event: &Name, unit: EventUnit, multipliers: &[Multiplier]) -> Vec<Occurred> {
        let rows = self.events.iter().filter(|row| row.event.as_ref() == Some(event) && row.exempt != Some(true));
        let mut cases: BTreeMap<Name, Occurred> = BTreeMap::new();
        for row in rows {
            let key = match (&row.case, unit) {
                (Some(case), EventUnit::Case) => case.clone(),
                _ => row.row.clone(),
            };
            let case = cases.entry(key).or_insert(Occurred { count: 0, times: Exact::ONE });
            case.count = case.count.saturating_add(row.count.unwrap_or(1));
            case.times = case.times.max(times(row, multipliers));
        }
        cases.into_values().collect()
    }
}

/// How much heavier an occurrence weighs: the largest that applies.
fn times(row: &OccurrenceFact, multipliers: &[Multiplier]) -> Exact {
    // Occurrences have happened; no multiplier asks as of when.
    let as_of = row.at.unwrap_or(Instant(i64::MAX));
    let apply = multipliers.iter().filter(|multiplier| all_hold(&multiplier.conditions, row, as_of));
    apply.map(|multiplier| multiplier.loss_times).max().unwrap_or(Exact::ONE)
}
