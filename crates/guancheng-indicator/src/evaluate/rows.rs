//! One look at the rows: which are asked about, left out, not ripe, counted below and above.

use std::collections::{BTreeMap, BTreeSet};

use guancheng_base::{Day, Instant, Name};

use super::{Question, Value};
use crate::{
    Exact, ExactError, Indicator, IndicatorKind, TimeRule,
    fact::{ColumnKind, Datum, Fact, Schema, all_hold, schema},
    indicator::{Agg, Measure, WHOLE},
};

/// A row as it was known at a moment: what happened later has not happened.
struct Known<'k> {
    fact: &'k dyn Fact,
    schema: Option<Schema>,
    at: Instant,
}

impl Fact for Known<'_> {
    fn row(&self) -> &Name {
        self.fact.row()
    }

    fn get(&self, column: &str) -> Datum {
        let datum = self.fact.get(column);
        let kind = self.schema.and_then(|schema| schema.column(column)).map(|column| column.kind);
        match (kind, &datum) {
            (Some(ColumnKind::Happened), Datum::Moment(moment)) if *moment > self.at => Datum::Absent,
            _ => datum,
        }
    }
}

/// An indicator, a question and the moment of the look.
pub(super) struct Look<'l> {
    pub(super) indicator: &'l Indicator,
    pub(super) question: &'l Question<'l>,
    schema: Option<Schema>,
    at: Instant,
    /// The period as moments, half open.
    from: Instant,
    to: Instant,
}

impl<'l> Look<'l> {
    pub(super) fn new(indicator: &'l Indicator, question: &'l Question<'l>, at: Instant) -> Self {
        let (from, to) = question.period.bounds(question.calendar);
        Look { indicator, question, schema: schema(&indicator.fact), at, from, to }
    }

    fn known<'k>(&self, fact: &'k dyn Fact) -> Known<'k> {
        Known { fact, schema: self.schema, at: self.at }
    }

    /// Whether the period had ended.
    pub(super) fn is_final(&self) -> bool {
        self.question.as_of >= self.to
    }

    /// Whether the row is one of the population and its time has come in the period.
    pub(super) fn is_asked(&self, fact: &dyn Fact) -> bool {
        self.in_period(fact) && all_hold(&self.indicator.population, &self.known(fact), self.at)
    }

    fn in_period(&self, fact: &dyn Fact) -> bool {
        let TimeRule::Column(time) = &self.indicator.time else { return true };
        match self.known(fact).get(time) {
            Datum::Moment(moment) => {
                let planned = self.kind(time) == Some(ColumnKind::Planned);
                // What falls due this very moment is not late yet.
                let come = if planned { moment < self.at } else { moment <= self.at };
                self.from <= moment && moment < self.to && come
            }
            Datum::Day(day) => self.question.period.has_day(day) && day <= self.day(self.at),
            _ => false,
        }
    }

    fn kind(&self, column: &str) -> Option<ColumnKind> {
        self.schema.and_then(|schema| schema.column(column)).map(|column| column.kind)
    }

    fn day(&self, at: Instant) -> Day {
        self.question.calendar.day_of(at)
    }

    /// Whose row it is.
    pub(super) fn subject(&self, fact: &dyn Fact) -> Name {
        if self.question.by == WHOLE {
            return WHOLE.into();
        }
        match fact.get(self.question.by) {
            Datum::Text(subject) => subject,
            _ => "".into(),
        }
    }

    /// The reason for which the row is left out, the first that holds.
    fn left_out(&self, fact: &dyn Fact) -> Option<&'l str> {
        let known = self.known(fact);
        let holds = self.indicator.exclude.iter().find(|out| all_hold(&out.conditions, &known, self.at));
        holds.map(|out| out.why.as_str())
    }

    /// What a row from the lesser source is: it counts only with what it needs.
    fn lesser(&self, fact: &dyn Fact) -> Option<Lesser> {
        let fallback = self.indicator.fallback.as_ref()?;
        let word = fallback.evidence.as_str();
        match fact.get("evidence") {
            Datum::Text(source) if source == word => Some(match fact.get(&fallback.needs) {
                Datum::Flag(true) => Lesser::Counts { marked: fallback.mark },
                _ => Lesser::Without(format!("{word} without {}", fallback.needs)),
            }),
            _ => None,
        }
    }

    /// Whether the row may be judged already.
    fn is_mature(&self, fact: &dyn Fact) -> bool {
        let (Some(days), TimeRule::Column(time)) = (self.indicator.mature_after, &self.indicator.time) else {
            return true;
        };
        let day = match fact.get(time) {
            Datum::Moment(moment) => self.day(moment),
            Datum::Day(day) => day,
            _ => return true,
        };
        let ripe = day.plus(i32::try_from(days).unwrap_or(i32::MAX));
        self.question.calendar.end_of_day(ripe) < self.at
    }

    fn amount(&self, measure: &Measure, fact: &dyn Fact) -> Result<Option<Exact>, ExactError> {
        let known = self.known(fact);
        if !all_hold(&measure.conditions, &known, self.at) {
            return Ok(None);
        }
        match &measure.agg {
            Agg::Count => Ok(Some(Exact::ONE)),
            Agg::Sum { column, per } => match known.get(column) {
                Datum::Number(n) => n.over(*per).map(Some),
                _ => Ok(None),
            },
        }
    }
}

/// A row from the lesser source.
enum Lesser {
    /// It has what it needs.
    Counts { marked: bool },
    /// It has not, for this reason.
    Without(String),
}

/// The rows of one subject, each in the one place where it belongs.
#[derive(Default)]
pub(super) struct Sorted {
    left_out: BTreeMap<String, Vec<Name>>,
    immature: Vec<Name>,
    below: Heap,
    above: Heap,
    marked: bool,
}

/// What is counted, and what it adds up to.
#[derive(Default)]
struct Heap {
    rows: Vec<Name>,
    sum: Exact,
    seen: BTreeSet<Name>,
}

impl Heap {
    /// Counts a row; a value of the distinct column that was counted before adds nothing.
    fn add(&mut self, row: &Name, amount: Exact, distinct: Option<Name>) -> Result<(), ExactError> {
        if distinct.is_none_or(|value| self.seen.insert(value)) {
            self.sum = self.sum.plus(amount)?;
        }
        self.rows.push(row.clone());
        Ok(())
    }
}

impl Sorted {
    pub(super) fn put(&mut self, look: &Look<'_>, fact: &dyn Fact) -> Result<(), ExactError> {
        let row = fact.row();
        if let Some(why) = look.left_out(fact) {
            self.left_out.entry(why.to_owned()).or_default().push(row.clone());
            return Ok(());
        }
        match look.lesser(fact) {
            Some(Lesser::Without(why)) => {
                self.left_out.entry(why).or_default().push(row.clone());
                return Ok(());
            }
            Some(Lesser::Counts { marked }) => self.marked |= marked,
            None => {}
        }
        if !look.is_mature(fact) {
            self.immature.push(row.clone());
            return Ok(());
        }
        let distinct = look.indicator.distinct.as_ref().map(|column| match fact.get(column) {
            Datum::Text(value) => value,
            // A row that does not say what it is of is its own.
            _ => row.clone(),
        });
        if let Some(den) = &look.indicator.den
            && let Some(amount) = look.amount(den, fact)?
        {
            self.below.add(row, amount, distinct.clone())?;
        }
        if let Some(amount) = look.amount(&look.indicator.num, fact)? {
            self.above.add(row, amount, distinct.clone())?;
            if look.indicator.kind == IndicatorKind::Mean {
                self.below.add(row, Exact::ONE, distinct)?;
            }
        }
        Ok(())
    }

    pub(super) fn value(self, look: &Look<'_>, subject: Name) -> Result<Value, ExactError> {
        let Sorted { left_out, immature, below, above, marked } = self;
        let mut value = Value {
            subject,
            num: above.sum,
            den: below.sum,
            num_rows: sorted(above.rows),
            den_rows: sorted(below.rows),
            left_out: left_out.into_iter().map(|(why, rows)| (why, sorted(rows))).collect(),
            immature: sorted(immature),
            marked,
            is_final: look.is_final(),
            ..Value::empty(look.indicator)
        };
        value.finish(look.indicator)?;
        Ok(value)
    }
}

fn sorted(mut rows: Vec<Name>) -> Vec<Name> {
    rows.sort();
    rows
}
