//! The reference evaluation of an indicator: row by row, as the definition reads. Invariant: clarity before speed; a
//! faster engine is right where it gives the same, and this is what it is compared with.

mod rows;
#[cfg(test)]
mod tests;
mod value;

use std::{collections::BTreeMap, fmt};

use guancheng_base::{Instant, Name};
use guancheng_calendar::Calendar;

use crate::{
    ExactError, Indicator, Period, PeriodKind, TimeRule,
    fact::Fact,
    indicator::{PeriodValue, WHOLE},
};

pub use value::{NotAdditive, Unrated, Value};

use rows::{Look, Sorted};

/// What is asked of an indicator.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The column whose values are the subjects, or `city` for the whole.
    pub by: &'q str,
    /// The period.
    pub period: Period,
    /// As of when: what happened later is not known yet, what falls due later has not fallen due.
    pub as_of: Instant,
    /// Whose zone makes days and periods.
    pub calendar: &'q Calendar,
}

/// Why a question has no answer at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvaluateError {
    /// The indicator cannot be asked by that column.
    By {
        /// The column.
        by: Name,
        /// Those it can be asked by.
        known: Vec<Name>,
    },
    /// The indicator is not made for that kind of period.
    Period {
        /// The kind.
        kind: PeriodKind,
        /// Those it is made for.
        known: Vec<PeriodKind>,
    },
    /// Numbers that do not fit.
    Exact(ExactError),
}

/// Answers for every subject that has a row. Rows that do not say whose they are stand under the empty name, so that the
/// parts always add up to the whole; the empty name is no subject and takes part in no ranking.
///
/// # Errors
/// The indicator is not made for the question, or numbers do not fit.
pub fn evaluate<F: Fact>(
    indicator: &Indicator,
    facts: &[F],
    question: &Question<'_>,
) -> Result<BTreeMap<Name, Value>, EvaluateError> {
    check(indicator, question)?;
    match indicator.time {
        TimeRule::Column(_) => look(indicator, facts, question, question.as_of),
        TimeRule::PeriodEnd => {
            let (_, end) = question.period.bounds(question.calendar);
            look(indicator, facts, question, end.plus_ms(-1).min(question.as_of))
        }
        TimeRule::DayEnd => days(indicator, facts, question),
    }
}

fn check(indicator: &Indicator, question: &Question<'_>) -> Result<(), EvaluateError> {
    let Question { by, period, .. } = question;
    if *by != WHOLE && !indicator.by.iter().any(|known| *known == *by) {
        return Err(EvaluateError::By { by: (*by).into(), known: indicator.by.clone() });
    }
    if !indicator.periods.contains(&period.kind()) {
        return Err(EvaluateError::Period { kind: period.kind(), known: indicator.periods.clone() });
    }
    Ok(())
}

/// One look at all rows, as of `at`.
fn look<F: Fact>(
    indicator: &Indicator,
    facts: &[F],
    question: &Question<'_>,
    at: Instant,
) -> Result<BTreeMap<Name, Value>, EvaluateError> {
    let look = Look::new(indicator, question, at);
    let mut sorted: BTreeMap<Name, Sorted> = BTreeMap::new();
    for fact in facts {
        if look.is_asked(fact) {
            sorted.entry(look.subject(fact)).or_default().put(&look, fact)?;
        }
    }
    let value = |(subject, sorted): (Name, Sorted)| Ok((subject.clone(), sorted.value(&look, subject)?));
    sorted.into_iter().map(value).collect()
}

/// A stock at the end of each day that has ended.
fn days<F: Fact>(
    indicator: &Indicator,
    facts: &[F],
    question: &Question<'_>,
) -> Result<BTreeMap<Name, Value>, EvaluateError> {
    let mut daily: BTreeMap<Name, Vec<Value>> = BTreeMap::new();
    for day in question.period.days() {
        let end = question.calendar.end_of_day(day);
        if end <= question.as_of {
            for (subject, value) in look(indicator, facts, question, end)? {
                daily.entry(subject).or_default().push(value);
            }
        }
    }
    let pick = |(subject, values): (Name, Vec<Value>)| Some(Ok((subject, pick(indicator, values)?)));
    daily.into_iter().filter_map(pick).collect()
}

/// The day that stands for the period: the last, the worst, or the last with the mean of all.
fn pick(indicator: &Indicator, values: Vec<Value>) -> Option<Value> {
    match indicator.period_value {
        PeriodValue::Last => values.into_iter().next_back(),
        PeriodValue::Min => {
            let rated = values.iter().filter(|value| value.value.is_some()).min_by_key(|value| value.value);
            rated.cloned().or_else(|| values.into_iter().next_back())
        }
        PeriodValue::Mean => Value::mean(indicator, values),
    }
}

impl From<ExactError> for EvaluateError {
    fn from(error: ExactError) -> Self {
        EvaluateError::Exact(error)
    }
}

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvaluateError::By { by, known } => {
                let known = known.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
                write!(f, "it cannot be asked by `{by}`; it can by city, {known}")
            }
            EvaluateError::Period { kind, known } => {
                let known = known.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
                write!(f, "it is not made for a {}; it is for {known}", kind.as_str())
            }
            EvaluateError::Exact(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EvaluateError {}
