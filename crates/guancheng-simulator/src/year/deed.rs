//! What somebody does in the year of a plan.

use guancheng_base::{CaseId, Day, OfficeId};
use guancheng_plan::model::Side;

/// One thing somebody does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    /// The reviewed plan is read in.
    Import,
    /// The leader puts it in force.
    Adopt,
    /// A side signs the letter of an office.
    Sign(OfficeId, Side),
    /// The head passes a duty down.
    Delegate(String, OfficeId),
    /// An office reports.
    Report {
        commitment: String,
        office: OfficeId,
        step: String,
        amount: f64,
        day: Day,
        troubled: bool,
    },
    /// Somebody else approves it.
    Approve {
        case: CaseId,
        troubled: bool,
    },
    /// A third looks on site.
    Sample {
        case: CaseId,
        good: bool,
    },
    /// A meeting of a series.
    Meet {
        series: String,
        day: Day,
    },
    /// The office does what a meeting decided.
    Fulfil(CaseId),
    /// Supervision looks and closes it.
    CloseDecision(CaseId),
    /// A circular is drafted, issued and released.
    Draft,
    Issue(u32),
    Release(u32),
    /// The leader judges what no record shows.
    Judge(String, u8),
    /// Help is asked for.
    AskHelp(String),
    /// The half-year appraisal.
    Appraise,
    /// The leader marks an office in it.
    Mark(OfficeId, u8),
    /// It becomes final.
    Finalise,
}

/// What a deed left to be followed up.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// The plan, once it is there.
    pub(super) plan: Option<i64>,
    /// A case that was opened.
    pub(super) case: Option<CaseId>,
    /// Cases that a meeting's decisions became.
    pub(super) decided: Vec<CaseId>,
    /// The circular that was drafted.
    pub(super) circular: Option<u32>,
}
