//! Declared clocks. A clock runs beside the states: from its start until a stop or a cancel, minus pauses.

use guancheng_base::Name;
use guancheng_calendar::Limit;

use crate::{Effect, Holder};

/// What starts or stops a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The case enters the state.
    Enter(Name),
    /// The move is made.
    Move(Name),
    /// Something happens outside.
    Event(Name),
}

/// How long a clock runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitRule {
    /// Always so long.
    Fixed(Limit),
    /// Until the date or moment in the field; not rated while the field is empty.
    Field(Name),
    /// As the code list says for the row the case names, or the nearest row above it.
    CodeList {
        /// The list.
        list: Name,
        /// The column.
        column: Name,
    },
}

/// How a clock may be lengthened.
#[derive(Clone, Debug, PartialEq)]
pub struct Extend {
    /// At most so often.
    pub times: u32,
    /// Each time at most so long.
    pub max: Option<Limit>,
    /// Each time at most this share of the limit.
    pub max_ratio: Option<f64>,
    /// Roles that must approve; empty for none.
    pub approve: Vec<Name>,
    /// Only while the clock is not over its due moment.
    pub before_expiry: bool,
    /// At least so long before the due moment.
    pub apply_before: Option<Limit>,
    /// The approver's own time to rule.
    pub decide_in: Option<Limit>,
    /// Fields that must come with it.
    pub require: Vec<Name>,
    /// Who must be told: `reporter`, `applicant`.
    pub tell: Option<Name>,
}

/// A declared clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: String,
    /// What starts it.
    pub start: Trigger,
    /// What stops it.
    pub stop: Vec<Trigger>,
    /// What takes it back.
    pub cancel: Vec<Trigger>,
    /// States in which it stands still.
    pub pause_in: Vec<Name>,
    /// Reasons for which it may be paused.
    pub pause_by: Vec<Name>,
    /// What lets it go on after a stop, with what was left.
    pub resume_on: Vec<Trigger>,
    /// How long.
    pub limit: LimitRule,
    /// How it may be lengthened.
    pub extend: Option<Extend>,
    /// Warnings at these thousandths of the limit, rising.
    pub warn: Vec<u16>,
    /// What follows a breach.
    pub breach: Vec<Effect>,
    /// The deemed move made when it runs out.
    pub on_expiry: Option<Name>,
    /// Who is measured by it, where it is not the holder of the state.
    pub holder: Option<Holder>,
    /// Why it is so.
    pub why: Option<String>,
}
