//! 达到 … 得满分，每少一个百分点扣 …: what a part of a point means is declared, because sixty-six point four percent is 46.4,
//! 47 or 46 points under three readings of one sentence.

use super::RuleFault;
use crate::{Better, Exact, ExactError};

/// What happens to a part of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Partial {
    /// It counts in proportion.
    Proportional,
    /// It does not count: only whole steps are lost.
    WholePointsDown,
    /// It counts as a whole step.
    WholePointsUp,
}

impl Partial {
    /// All readings.
    pub const ALL: [Partial; 3] = [Partial::Proportional, Partial::WholePointsDown, Partial::WholePointsUp];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Partial::Proportional => "proportional",
            Partial::WholePointsDown => "whole_points_down",
            Partial::WholePointsUp => "whole_points_up",
        }
    }
}

pub(super) fn faults(lose: Exact, per: Exact) -> Vec<RuleFault> {
    let mut faults = Vec::new();
    if lose.is_negative() {
        faults.push(RuleFault::new("lose", "what is lost must not be below zero"));
    }
    if per <= Exact::ZERO {
        faults.push(RuleFault::new("per", "one step must be more than zero"));
    }
    faults
}

/// The rule without its points.
pub(super) struct Short {
    pub reach: Exact,
    pub lose: Exact,
    pub per: Exact,
    pub partial: Partial,
}

impl Short {
    pub(super) fn points(&self, most: Exact, better: Better, value: Exact) -> Result<(Exact, String), ExactError> {
        let Short { reach, lose, per, .. } = self;
        let (missing, gap) = match better {
            Better::Up => (reach.minus(value)?, format!("({reach} − {value})")),
            Better::Down => (value.minus(*reach)?, format!("({value} − {reach})")),
        };
        if missing <= Exact::ZERO {
            return Ok((most, format!("{value} reaches {reach} → {most}")));
        }
        let steps = missing.over(*per)?;
        let (steps, shown) = match self.partial {
            Partial::Proportional => (steps, format!("{gap} ÷ {per}")),
            Partial::WholePointsDown => (steps.floor(), format!("⌊{gap} ÷ {per}⌋")),
            Partial::WholePointsUp => (steps.ceil(), format!("⌈{gap} ÷ {per}⌉")),
        };
        let left = most.minus(steps.times(*lose)?)?;
        let points = left.max(Exact::ZERO);
        let floor = if left.is_negative() { format!("{left}, at least 0") } else { points.to_string() };
        Ok((points, format!("{most} − {shown} × {lose} = {floor}")))
    }
}
