//! What the policy needs to know about a thing to decide who may see and change it.

use guancheng_base::{Name, OfficeId, PersonId};

/// The facts about one case (or entry) on which every right depends. The store keeps the same facts in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its kind: the procedure's id.
    pub kind: Name,
    /// The 15-digit code of its unit-grid cell, once it has a place.
    pub cell: Option<i64>,
    /// The offices it concerns: those that hold it and those asked for an opinion.
    pub units: Vec<OfficeId>,
    /// The tracking code of its reporter.
    pub reporter: Option<Name>,
    /// Only those who hold it, are involved, or are trusted with its kind may know of it.
    pub need_to_know: bool,
    /// People who made a move in it.
    pub involved: Vec<PersonId>,
}
