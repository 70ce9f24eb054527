//! Examples inside a definition: executed when it is loaded.

use std::collections::BTreeMap;

use guancheng_base::Name;

use crate::Param;

/// An example of a procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// What is the case: field values, `source`, `registered` (a date), `limit = { n, unit }` for the clock whose limit
    /// a code list would say.
    pub given: BTreeMap<Name, Param>,
    /// What is done.
    pub steps: Vec<ExampleStep>,
    /// What must come of it.
    pub expect: BTreeMap<Name, Param>,
    /// Why.
    pub why: Option<String>,
}

/// A step of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleStep {
    /// Local time, `2014-09-26T16:30`.
    pub at: String,
    /// The move.
    pub mv: Name,
    /// Fields to set with it, beyond those filled in.
    pub fields: BTreeMap<Name, Param>,
}
