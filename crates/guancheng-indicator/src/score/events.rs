//! 每件扣: a ladder of charges for what happened.

use super::RuleFault;
use crate::{Exact, ExactError};

/// One step of the ladder: from the `from`-th on, `each`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The count from which it holds; at least 1.
    pub from: i64,
    /// What one costs or earns; not negative.
    pub each: Exact,
}

/// What a ladder charges. Sources differ on whether rework is charged per failure or per case, so it is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventUnit {
    /// A case is charged once, by the step its count reaches: 每件.
    Case,
    /// Every occurrence is charged by the step it stands on: the first, the second, …: 每次.
    Event,
    /// Every record is charged; the same arithmetic as an event, the word used for merits and demerits.
    Record,
}

impl EventUnit {
    /// All units.
    pub const ALL: [EventUnit; 3] = [EventUnit::Case, EventUnit::Event, EventUnit::Record];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            EventUnit::Case => "case",
            EventUnit::Event => "event",
            EventUnit::Record => "record",
        }
    }
}

/// What happened in one case or record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurred {
    /// How often; none costs nothing.
    pub count: i64,
    /// How much heavier it weighs: 2 where a multiplier doubles it, else 1.
    pub times: Exact,
}

impl Occurred {
    /// Happened `count` times, with its plain weight.
    pub fn times(count: i64) -> Occurred {
        Occurred { count, times: Exact::ONE }
    }
}

/// The longest formula in rows; the rest is told as a sum. An explanation is read by people.
const FORMULA_ROWS_MAX: usize = 12;

pub(super) fn faults(steps: &[Step]) -> Vec<RuleFault> {
    let mut faults = Vec::new();
    if steps.is_empty() {
        faults.push(RuleFault::new("steps", "there are no steps: declare at least one"));
    }
    let mut last = 0;
    for (n, step) in steps.iter().enumerate() {
        if step.from <= last {
            let message = format!("steps begin at 1 or later and go upwards; {} does not come after {last}", step.from);
            faults.push(RuleFault::new(format!("steps[{n}].from"), message));
        }
        if step.each.is_negative() {
            faults.push(RuleFault::new(format!("steps[{n}].each"), "what one costs must not be below zero"));
        }
        last = step.from;
    }
    faults
}

/// The rule with everything it needs.
pub(super) struct Charge<'c> {
    pub unit: EventUnit,
    pub steps: &'c [Step],
    pub scale: Exact,
    pub points: Exact,
    pub bonus: bool,
}

impl Charge<'_> {
    pub(super) fn points(&self, rows: &[Occurred]) -> Result<(Exact, String), RuleFault> {
        let mut sum = Exact::ZERO;
        let mut told = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            if row.count < 0 || row.times.is_negative() {
                return Err(RuleFault::new(format!("given[{n}]"), "a count must not be below zero"));
            }
            let charge = self.charge(row.count)?;
            // A multiplier makes losses heavier; it never makes a merit larger.
            let times = if self.bonus { Exact::ONE } else { row.times };
            sum = sum.plus(charge.times(times)?)?;
            if charge != Exact::ZERO {
                told.push(if times == Exact::ONE { charge.to_string() } else { format!("{charge} × {times}") });
            }
        }
        self.finish(sum, &told).map_err(RuleFault::from)
    }

    /// What `count` occurrences in one case cost.
    fn charge(&self, count: i64) -> Result<Exact, ExactError> {
        let reached = self.steps.iter().take_while(|step| step.from <= count);
        match self.unit {
            EventUnit::Case => Ok(reached.last().map_or(Exact::ZERO, |step| step.each)),
            EventUnit::Event | EventUnit::Record => {
                let ends = self.steps.iter().skip(1).map(|step| step.from).chain([i64::MAX]);
                let each = self.steps.iter().zip(ends).filter(|(step, _)| step.from <= count);
                let charges = each.map(|(step, end)| {
                    let many = count.min(end - 1) - step.from + 1;
                    step.each.times(Exact::int(many))
                });
                charges.collect::<Result<Vec<_>, _>>().and_then(Exact::sum)
            }
        }
    }

    fn finish(&self, sum: Exact, told: &[String]) -> Result<(Exact, String), ExactError> {
        let scaled = sum.times(self.scale)?;
        let shown = match told {
            [] => "0".to_owned(),
            [one] => one.clone(),
            many if many.len() <= FORMULA_ROWS_MAX => format!("({})", many.join(" + ")),
            many => format!("{sum} for {} cases", many.len()),
        };
        let shown = if self.scale == Exact::ONE { shown } else { format!("{shown} × {}", self.scale) };
        if self.bonus {
            let points = scaled.min(self.points);
            let most = if scaled > self.points { format!("{scaled}, at most {points}") } else { points.to_string() };
            return Ok((points, format!("{shown} = {most}")));
        }
        let left = self.points.minus(scaled)?;
        let points = left.max(Exact::ZERO);
        let floor = if left.is_negative() { format!("{left}, at least 0") } else { points.to_string() };
        Ok((points, format!("{} − {shown} = {floor}", self.points)))
    }
}
