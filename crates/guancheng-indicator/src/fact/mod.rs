//! Rows that are counted. Invariant: a row is what was known and who was responsible at its time: office, grid and post
//! stand in it as they were at the due moment, so that a later reorganisation moves no old number.

mod condition;
mod rows;
mod schema;

use guancheng_base::{Day, Instant, Name};

use crate::Exact;

pub use condition::{Condition, Literal, Op, Operand, all_hold};
pub use rows::{CaseFact, OccurrenceFact, OtherFact, TaskFact};
pub use schema::{Column, ColumnKind, Schema, schema, schema_names};

/// The value of a column in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// Not known, or has not happened.
    Absent,
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(Exact),
    /// A code or a name.
    Text(Name),
    /// A moment.
    Moment(Instant),
    /// A day.
    Day(Day),
}

/// A row of facts.
pub trait Fact {
    /// What leads back to the row: `case:41`, `task:41.2`.
    fn row(&self) -> &Name;

    /// The value of a column; [`Datum::Absent`] where the row does not have it.
    fn get(&self, column: &str) -> Datum;
}

impl<F: Fact + ?Sized> Fact for &F {
    fn row(&self) -> &Name {
        (**self).row()
    }

    fn get(&self, column: &str) -> Datum {
        (**self).get(column)
    }
}
