//! The plan of a year as it stands: the published text, its commitments, and everything that was agreed about them.

mod binding;
mod commitment;
mod meeting;
mod paper;
mod plan;

pub use crate::document::Class;
pub use binding::{Binding, Cadence, Count, Measure, Milestone, Rate, Schedule, Stages};
pub use commitment::{Answer, Commitment, CounterCheck, Opinion, Quantity, Question, Stamp};
pub use meeting::{Decision, Meeting};
pub use paper::{Adjustment, Appeal, Appraisal, Circular, Frozen, FrozenLine, Mark, OfficeScore, Ruling, ScoreRules};
pub use plan::{Amendment, Change, Delegation, Item, Letter, Plan, Section, Side, Signature, Status};
