//! From a measured value to points. Invariant: what is not rated stays not rated; it never becomes zero points and never
//! full points, and every result tells its formula.

mod bands;
mod events;
mod linear;
mod reach;

use std::fmt;

use crate::{Better, Cite, Exact, ExactError, Explain};

pub use bands::Band;
pub use events::{EventUnit, Occurred, Step};
pub use reach::Partial;

/// How points follow from what was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// 分段: the points of the highest band whose edge is reached; below all of them none.
    Bands {
        /// From the highest edge to the lowest; no two have the same edge.
        bands: Vec<Band>,
    },
    /// 线性: full points at one value, none at another, in proportion between, clamped beyond.
    Linear {
        /// The value that earns full points.
        full_at: Exact,
        /// The value that earns none; differs from `full_at`.
        zero_at: Exact,
    },
    /// 达到得满分，每少一个百分点扣: full points from `reach` on; short of it, `lose` points for each `per`.
    ReachOrLose {
        /// The value that earns full points.
        reach: Exact,
        /// Points lost for each `per` that is missing; not negative.
        lose: Exact,
        /// What one step is; more than zero.
        per: Exact,
        /// What happens to a part of a step.
        partial: Partial,
    },
    /// 每件扣（加）: each case or event costs what its step says.
    PerEvent {
        /// What is charged: the case once, by its count, or each occurrence.
        unit: EventUnit,
        /// From the lowest to the highest; no two begin at the same count.
        steps: Vec<Step>,
    },
}

/// How one line of a scorecard turns into points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The most it gives.
    pub points: Exact,
    /// How.
    pub method: Method,
    /// In which direction the measured value gets better; matters for [`Method::ReachOrLose`] only.
    pub better: Better,
    /// Whether it adds to the total of the other lines, from nothing, instead of being lost from full.
    pub bonus: bool,
}

/// What is scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// An indicator's value; `None` is not rated.
    Value(Option<Exact>),
    /// What happened, one row per case or record; the list is empty where nothing did.
    Events(Vec<Occurred>),
}

/// Points with their reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The points, exact; `None` is not rated.
    pub points: Option<Exact>,
    /// Why.
    pub explain: Explain,
}

/// Why a rule is none, or cannot be used on what was given. `at` is the key it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFault {
    /// The key of the rule, e.g. `bands[1].ge`.
    pub at: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Rule {
    /// Everything that is wrong with the rule.
    pub fn faults(&self) -> Vec<RuleFault> {
        let mut faults = match &self.method {
            Method::Bands { bands } => bands::faults(bands, self.points),
            Method::Linear { full_at, zero_at } => linear::faults(*full_at, *zero_at),
            Method::ReachOrLose { lose, per, .. } => reach::faults(*lose, *per),
            Method::PerEvent { steps, .. } => events::faults(steps),
        };
        if self.points.is_negative() {
            faults.push(RuleFault::new("points", "points must not be below zero"));
        }
        faults
    }

    /// The points for what was given. `scale` multiplies what [`Method::PerEvent`] charges (see
    /// [`crate::normalise`]); 1 where nothing is normalised.
    ///
    /// # Errors
    /// Events where a value is expected or the reverse, or numbers that do not fit.
    pub fn score(&self, cite: &Cite, given: &Given, scale: Exact) -> Result<Scored, RuleFault> {
        let (points, formula) = match (&self.method, given) {
            (Method::PerEvent { unit, steps }, Given::Events(rows)) => {
                let charge = events::Charge { unit: *unit, steps, scale, points: self.points, bonus: self.bonus };
                let (points, formula) = charge.points(rows)?;
                (Some(points), formula)
            }
            (Method::PerEvent { .. }, Given::Value(None)) | (_, Given::Value(None)) => (None, NOT_RATED.to_owned()),
            (Method::PerEvent { .. }, Given::Value(Some(_))) => {
                return Err(RuleFault::new("given", "per_event takes a list of counts, one per case"));
            }
            (_, Given::Events(_)) => return Err(RuleFault::new("given", "this method takes one value, not a list")),
            (_, Given::Value(Some(value))) => {
                let (points, formula) = self.score_value(*value)?;
                (Some(points), formula)
            }
        };
        Ok(Scored { points, explain: cite.explain(formula) })
    }

    fn score_value(&self, value: Exact) -> Result<(Exact, String), RuleFault> {
        let scored = match &self.method {
            Method::Bands { bands } => Ok(bands::points(bands, value)),
            Method::Linear { full_at, zero_at } => linear::points(self.points, *full_at, *zero_at, value),
            Method::ReachOrLose { reach, lose, per, partial } => {
                let short = reach::Short { reach: *reach, lose: *lose, per: *per, partial: *partial };
                short.points(self.points, self.better, value)
            }
            Method::PerEvent { .. } => Ok((Exact::ZERO, String::new())),
        };
        scored.map_err(RuleFault::from)
    }
}

/// What stands for the formula of what has no value.
const NOT_RATED: &str = "not rated: there is no value to score";

impl RuleFault {
    /// A fault of the key `at`.
    pub fn new(at: impl Into<String>, message: impl Into<String>) -> RuleFault {
        RuleFault { at: at.into(), message: message.into() }
    }
}

impl From<ExactError> for RuleFault {
    fn from(error: ExactError) -> Self {
        RuleFault::new("given", error.to_string())
    }
}

impl fmt::Display for RuleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl std::error::Error for RuleFault {}

impl Method {
    /// The names of all methods.
    pub const NAMES: [&'static str; 4] = ["bands", "linear", "reach_or_lose", "per_event"];

    /// The word in packs and vectors.
    pub fn name(&self) -> &'static str {
        match self {
            Method::Bands { .. } => "bands",
            Method::Linear { .. } => "linear",
            Method::ReachOrLose { .. } => "reach_or_lose",
            Method::PerEvent { .. } => "per_event",
        }
    }
}

#[cfg(test)]
mod tests;
