//! The use cases of a city: open, move, rule, join, fire, look. Invariant: every change passes policy, kernel and
//! store in that order inside one transaction, and a use case that fails leaves nothing behind.

mod act;
mod city;
mod deliver;
mod error;
pub mod evidence;
mod facts;
pub mod fields;
pub mod import;
pub mod measure;
pub mod narrate;
pub mod plan;
pub mod ports;
pub mod projection;
mod report;
pub mod setup;
mod whatif;

pub use act::{Done, NewCase, act, fire, open_case, with_evidence};
pub use city::City;
pub use deliver::deliver;
pub use error::AppError;
pub use facts::StoreFacts;
pub use report::{NewReport, answer, followed_by, reopening, report};
pub use whatif::{ClockDifference, Difference, whatif};
