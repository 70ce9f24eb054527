//! What a city measures and how it is judged: indicators over facts, points, ranks, grades, money. Invariant: every
//! function is pure and exact, every result tells the definition, the basis and the formula it came from, and what is
//! not rated is never a number.

mod better;
pub mod bulletin;
pub mod card;
pub mod evaluate;
mod exact;
mod explain;
pub mod fact;
#[cfg(test)]
mod fixtures;
mod grade;
pub mod health;
pub mod indicator;
mod normalise;
mod period;
mod rank;
mod rollup;
pub mod score;
pub mod settle;

pub use better::Better;
pub use exact::{Calc, DECIMALS_MAX, Exact, ExactError, NotANumber, Rounding};
pub use explain::{Cite, Explain};
pub use grade::{Grade, Graded, grade, grade_faults};
pub use indicator::{Indicator, IndicatorKind, TimeRule};
pub use normalise::{Normalise, Reference, Scale, scale};
pub use period::{NoPeriod, Period, PeriodKind};
pub use rank::{Order, RankRule, Ranked, Ties, rank};
pub use rollup::{RolledUp, RollupMethod, roll_up};
