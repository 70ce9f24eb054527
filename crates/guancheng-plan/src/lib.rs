//! The plan of a year: from the published document to commitments that can be checked. Invariant: what was read can be
//! written back, character by character; no rule of reading knows one city's document.

pub mod document;
pub mod parse;
