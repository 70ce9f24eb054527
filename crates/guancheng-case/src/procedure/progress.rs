//! Which cases of a procedure report progress of a plan, and in which states they count.

use std::collections::BTreeMap;

use guancheng_base::Name;

/// How a report of progress stands; the ledger decides by it what adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Waiting for approval by another post; it does not count yet.
    Pending,
    /// Approved; it counts.
    Counted,
    /// Approved and found true on site; it counts.
    Inspected,
    /// Found untrue on site; it does not count, and the line is red until it is mended.
    Failed,
    /// Refused or withdrawn; it never counted.
    Refused,
}

impl Standing {
    /// Every standing, in the order in which a pack may list them.
    pub const ALL: [Standing; 5] =
        [Standing::Pending, Standing::Counted, Standing::Inspected, Standing::Failed, Standing::Refused];

    /// Its name in packs and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Pending => "pending",
            Standing::Counted => "counted",
            Standing::Inspected => "inspected",
            Standing::Failed => "failed",
            Standing::Refused => "refused",
        }
    }

    /// The standing of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Standing::ALL.into_iter().find(|standing| standing.as_str() == text)
    }

    /// Whether it adds to the value.
    pub fn counts(self) -> bool {
        matches!(self, Standing::Counted | Standing::Inspected)
    }
}

/// The cases of this procedure are reports of progress: which fields say of what, how much and for which day, and how
/// a case stands in each state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressRule {
    /// A `ref` field to `plan.commitment`: `7/06.01`, plan and commitment.
    pub commitment: Name,
    /// A text field with the step reached, or the first day of an occurrence.
    pub step: Name,
    /// A decimal field with the quantity.
    pub amount: Name,
    /// A date field: the day the report is about.
    pub day: Name,
    /// How a case stands in each state.
    pub standings: BTreeMap<Name, Standing>,
}
