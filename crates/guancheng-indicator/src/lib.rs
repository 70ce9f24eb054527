//! What a city measures and how it is judged: indicators over facts, points, ranks, grades, money. Invariant: every
//! function is pure and exact, every result tells the definition, the basis and the formula it came from, and what is
//! not rated is never a number.

mod better;
mod exact;
mod explain;
pub mod score;

pub use better::Better;
pub use exact::{Calc, DECIMALS_MAX, Exact, ExactError, NotANumber, Rounding};
pub use explain::{Cite, Explain};
