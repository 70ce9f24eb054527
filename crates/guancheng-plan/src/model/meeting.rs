//! Meetings that come again by a schedule and remember what they decided.

use guancheng_base::{CaseId, Day, OfficeId};
use serde::{Deserialize, Serialize};

use super::Stamp;

/// A meeting that was held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Meeting {
    /// Which series: `weekly`, `monthly`.
    pub series: String,
    /// The first day of the period it was due in.
    pub period: Day,
    /// When it was held.
    pub held_on: Day,
    /// Who was there, in words.
    pub present: String,
    /// The minutes.
    pub minutes: String,
    /// Ids of the commitments that were on the computed agenda.
    pub agenda: Vec<String>,
    /// What was decided.
    pub decisions: Vec<Decision>,
    /// Who recorded it and when.
    pub stamp: Stamp,
}

/// A decision: it became a task, a case with an owner and a clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Decision {
    /// What is to be done.
    pub text: String,
    /// Who answers for it.
    pub office: OfficeId,
    /// By when.
    pub due: Day,
    /// The commitment it is about, where it is about one.
    #[serde(default)]
    pub commitment: Option<String>,
    /// The case it became.
    pub case: CaseId,
}
