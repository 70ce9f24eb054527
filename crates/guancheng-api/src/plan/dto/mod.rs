//! What the plan's answers look like. Types of the plan itself are written as they are (docs/adr/0006); here is what is
//! added for readers: names, lights, counts.

mod ledger;
mod papers;
mod public;

use std::collections::BTreeMap;

use guancheng_plan::{
    Command,
    model::{Amendment, Cadence, Commitment, Delegation, Item, Section, Stamp, Status},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use ledger::{
    BurdenMonth, BurdenView, CurvePoint, ForecastView, Ledger, LedgerLine, LedgerLineDetail, NextView, ProgressView,
    StepView,
};
pub use papers::{
    Agenda, AppraisalPage, CircularPage, DecisionView, LetterPage, LetterView, MeetingPage, MeetingView, NewSignature,
    OccurrenceView, PostPage, PostRow, Tree, TreeNode,
};
pub use public::{PromiseView, Promises, PublicCircular};

use crate::valid::{Faults, Valid};

/// How many lines have which light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lights {
    /// Red.
    pub red: usize,
    /// Amber.
    pub amber: usize,
    /// Green.
    pub green: usize,
    /// Grey.
    pub grey: usize,
}

/// A plan in a list.
#[derive(Serialize, ToSchema)]
pub struct PlanSummary {
    /// Its id.
    pub id: i64,
    /// Its year.
    pub year: i16,
    /// Its title.
    pub title: String,
    /// Draft or adopted.
    pub status: Status,
    /// Items.
    pub items: usize,
    /// Commitments.
    pub commitments: usize,
    /// Commitments a reviewer confirmed.
    pub confirmed: usize,
    /// Letters signed by both sides.
    pub signed: usize,
    /// Letters.
    pub letters: usize,
    /// The lights of today.
    pub lights: Lights,
}

/// The plans.
#[derive(Serialize, ToSchema)]
pub struct PlanPage {
    /// Newest year first.
    pub items: Vec<PlanSummary>,
    /// What you may do with a plan that is not there yet: `review` to read one in.
    pub may: Vec<String>,
}

/// How far a review is.
#[derive(Default, Serialize, ToSchema)]
pub struct Coverage {
    /// Commitments.
    pub commitments: usize,
    /// Confirmed.
    pub confirmed: usize,
    /// With a lead office.
    pub with_lead: usize,
    /// Bound.
    pub bound: usize,
    /// Targets.
    pub targets: usize,
    /// Targets with a counter-indicator or a reason.
    pub watched: usize,
    /// Questions nobody has answered.
    pub open_questions: usize,
    /// Characters of all commitments.
    pub chars: usize,
    /// Characters of confirmed ones.
    pub chars_confirmed: usize,
}

/// A series of meetings.
#[derive(Serialize, ToSchema)]
pub struct SeriesView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How often.
    pub cadence: Cadence,
}

/// The procedures that hang on plans.
#[derive(Serialize, ToSchema)]
pub struct PlanProcedures {
    /// Reports of progress.
    pub progress: String,
    /// Decisions of meetings.
    pub decision: String,
    /// Amendments.
    pub amendment: String,
}

/// A plan.
#[derive(Serialize, ToSchema)]
pub struct PlanView {
    /// Its id.
    pub id: i64,
    /// Its sequence, for `if_seq`.
    pub seq: u64,
    /// Its year.
    pub year: i16,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Draft or adopted.
    pub status: Status,
    /// Paragraphs before the first section, verbatim.
    pub preamble: Vec<String>,
    /// Sections.
    pub sections: Vec<Section>,
    /// Items, verbatim.
    pub items: Vec<Item>,
    /// Commitments, in the order of the document.
    pub commitments: Vec<Commitment>,
    /// Names of the people in stamps, by id.
    pub people: BTreeMap<String, String>,
    /// Names of offices, by id.
    pub offices: BTreeMap<String, String>,
    /// SHA-256 of what was adopted.
    pub baseline: Option<String>,
    /// By whom and when.
    pub adopted: Option<Stamp>,
    /// How far the review is.
    pub coverage: Coverage,
    /// What you may do: `review`, `adopt`, `for_office`, `lead`, `supervise`, `appraise`.
    pub may: Vec<String>,
    /// The offices you act for.
    pub my_offices: Vec<i64>,
    /// The meetings that come again.
    pub series: Vec<SeriesView>,
    /// The procedures that hang on plans.
    pub procedures: PlanProcedures,
    /// Amendments, both versions.
    pub amendments: Vec<Amendment>,
    /// The task tree.
    pub delegations: Vec<Delegation>,
}

/// An act on a plan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanAct {
    /// The sequence you saw; without it the act goes through whatever happened since.
    #[serde(default)]
    pub if_seq: Option<u64>,
    /// What is asked.
    pub act: Command,
}

impl Valid for PlanAct {
    fn check(&self, _: &mut Faults) {}
}

/// What an act did.
#[derive(Serialize, ToSchema)]
pub struct PlanChanged {
    /// The plan's sequence now.
    pub seq: u64,
    /// What happened, by name; empty when it was so already.
    pub did: Vec<String>,
}

/// A document of a plan, as a form carries it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form for the document; the fields are read by name")]
pub struct PlanUpload {
    /// The document: .txt, .docx, .html or .pdf.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

/// What became of a row of an import.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ImportRow {
    /// The row in the sheet.
    pub row: u32,
    /// Whether it is in.
    pub ok: bool,
    /// What, and what would be right.
    pub message: String,
    /// The case it became.
    pub case: Option<i64>,
}

/// What became of an import.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct ImportReport {
    /// Rows read.
    pub rows: usize,
    /// Taken.
    pub accepted: usize,
    /// There already.
    pub known: usize,
    /// Refused.
    pub refused: usize,
    /// Row by row.
    pub report: Vec<ImportRow>,
}
