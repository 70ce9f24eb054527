//! The plan of a year: from the published document to commitments that can be checked, a ledger that nobody fills in,
//! letters, meetings, circulars and the appraisal. Invariants: what was read can be written back, character by
//! character; a plan is the fold of its events; a ledger line is a function of plan, recorded work and day; no rule of
//! reading knows one city's document.

mod amount;
mod circular;
mod command;
mod decide;
pub mod document;
mod event;
mod evolve;
mod import;
pub mod ledger;
pub mod model;
pub mod parse;
mod score;
mod seed;
mod settings;
mod text;

pub use amount::Amount;
pub use command::{Act, Command, NewDecision};
pub use decide::{Signer, World, act_of, amend, check_binding, decide, letter_hash};
pub use event::{Event, PlanRecord};
pub use evolve::{evolve, replay};
pub use import::draft;
pub use seed::{SEED_YEAR, Seed};
pub use settings::{Series, Settings};
