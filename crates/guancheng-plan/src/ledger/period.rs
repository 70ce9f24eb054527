//! Periods of a rhythm and what was held in them. A period ends with its last civil day; what was held after that is
//! late, what was not held is missed.

use guancheng_base::Day;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::{
    Settings,
    model::{Cadence, Plan, Schedule},
};

/// An occurrence that was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The series, for meetings; empty for a commitment's own schedule.
    pub series: String,
    /// First day of its period.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// When it was held.
    pub held: Option<Day>,
    /// Whether the period has ended.
    pub ended: bool,
}

/// How many were held, late and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Held {
    /// In their period.
    pub held: u32,
    /// After it.
    pub late: u32,
    /// Not at all, and the period has ended.
    pub missed: u32,
}

impl Occurrence {
    /// Not held, and there is still time.
    pub fn is_open(&self) -> bool {
        self.held.is_none() && !self.ended
    }

    /// Its period has ended.
    pub fn is_past(&self) -> bool {
        self.ended
    }

    /// Not held, and the period has ended.
    pub fn is_missed(&self) -> bool {
        self.held.is_none() && self.ended
    }

    /// Held after its period.
    pub fn is_late(&self) -> bool {
        self.held.is_some_and(|day| day > self.to)
    }

    /// Its state in one word: `open`, `held`, `late` or `missed`.
    pub fn state(&self) -> &'static str {
        match self.held {
            Some(_) if self.is_late() => "late",
            Some(_) => "held",
            None if self.ended => "missed",
            None => "open",
        }
    }
}

impl Held {
    /// Counts them.
    pub fn of(occurrences: &[Occurrence]) -> Self {
        let mut held = Held::default();
        for one in occurrences {
            held.held += u32::from(one.held.is_some() && !one.is_late());
            held.late += u32::from(one.is_late());
            held.missed += u32::from(one.is_missed());
        }
        held
    }
}

/// First and last day of the period a day lies in.
pub fn period_of(cadence: Cadence, day: Day) -> (Day, Day) {
    match cadence {
        Cadence::Daily => (day, day),
        Cadence::Weekly => {
            let monday = day.plus(-i32::from(day.weekday()));
            (monday, monday.plus(6))
        }
        Cadence::Monthly => months(day, 1),
        Cadence::Quarterly => months(day, 3),
        Cadence::HalfYearly => months(day, 6),
        Cadence::Yearly => months(day, 12),
    }
}

pub(super) fn month_of(day: Day) -> (Day, Day) {
    months(day, 1)
}

/// The stretch of `n` months of the year that holds the day.
fn months(day: Day, n: i8) -> (Day, Day) {
    let (year, month, _) = day.ymd();
    let first = (month - 1) / n * n + 1;
    let (next_year, next) = if first + n > 12 { (year + 1, first + n - 12) } else { (year, first + n) };
    let from = Day::new(year, first, 1).unwrap_or(day);
    (from, Day::new(next_year, next, 1).unwrap_or(day).plus(-1))
}

/// The periods of a rhythm from one day to another, those that began by `today`.
fn periods(cadence: Cadence, from: Day, to: Day, today: Day) -> Vec<(Day, Day)> {
    let mut periods = Vec::new();
    let mut next = from;
    while next <= to && next <= today {
        let (_, end) = period_of(cadence, next);
        periods.push((next, end.min(to)));
        next = end.plus(1);
    }
    periods
}

/// The occurrences of a schedule that are due or begun. A report's step names the first day of its period.
pub fn occurrences(schedule: &Schedule, facts: &Facts, today: Day) -> Vec<Occurrence> {
    let reported: Vec<(Day, Day)> =
        facts.counted().map(|one| (Day::parse(&one.step).unwrap_or(one.first), one.first)).collect();
    let occurrence = |(from, to): (Day, Day)| {
        let held = reported.iter().filter(|(of, _)| (from..=to).contains(of)).map(|(_, day)| *day).min();
        Occurrence { series: String::new(), from, to, held, ended: to < today }
    };
    if schedule.times.is_some() {
        return reported
            .iter()
            .map(|(of, day)| Occurrence {
                series: String::new(),
                from: *of,
                to: schedule.to,
                held: Some(*day),
                ended: true,
            })
            .collect();
    }
    periods(schedule.cadence, schedule.from, schedule.to, today).into_iter().map(occurrence).collect()
}

/// The meetings of the year that are due or begun, by series, since the plan was adopted.
pub fn meetings(plan: &Plan, settings: &Settings, since: Day, today: Day) -> Vec<Occurrence> {
    let mut all = Vec::new();
    for series in &settings.series {
        let first = period_of(series.cadence, since.max(plan.first_day())).0;
        for (from, to) in periods(series.cadence, first, plan.last_day(), today) {
            let held = plan.meetings.iter().find(|held| series.id == *held.series.as_str() && held.period == from);
            let held = held.map(|held| held.held_on);
            all.push(Occurrence { series: series.id.to_string(), from, to, held, ended: to < today });
        }
    }
    all
}
