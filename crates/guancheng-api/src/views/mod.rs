//! From what the city knows to what goes over the wire, in the reader's language and for the reader's eyes.

pub mod case;
pub mod clocks;
pub mod evidence;
pub mod moves;
pub mod pack;
pub mod place;
pub mod report;
pub mod row;
pub mod titles;
