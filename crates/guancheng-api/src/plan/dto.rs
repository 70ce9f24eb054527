//! What the plan's answers look like. Types of the plan itself are written as they are (docs/adr/0006); here is what is
//! added for readers: names, lights, counts.

use std::collections::BTreeMap;

use guancheng_plan::{
    Amount, Command,
    ledger::{Held, Light, Source},
    model::{
        Amendment, Appraisal, Binding, Cadence, Circular, Class, Commitment, Delegation, Item, Meeting, Section, Side,
        Signature, Stamp, Status,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    dto::{Light as ClockLight, Moment},
    valid::{Faults, Valid},
};

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

/// A signature to be given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSignature {
    /// For which side.
    pub side: Side,
    /// Your password, again.
    #[schema(max_length = 200)]
    pub password: String,
    /// The sequence you saw.
    #[serde(default)]
    pub if_seq: Option<u64>,
}

impl Valid for NewSignature {
    fn check(&self, faults: &mut Faults) {
        faults.text("password", &self.password, 0..=200);
    }
}

/// A letter of responsibility.
#[derive(Serialize, ToSchema)]
pub struct LetterView {
    /// The office.
    pub office: i64,
    /// Its name.
    pub name: String,
    /// Commitments it leads.
    pub commitments: usize,
    /// Their weight.
    pub weight: u32,
    /// SHA-256 of the content.
    pub hash: String,
    /// Signatures under this content.
    pub signatures: Vec<Signature>,
    /// Signatures under earlier contents.
    pub earlier: Vec<Signature>,
    /// Signed by both sides.
    pub complete: bool,
}

/// The letters of a plan.
#[derive(Serialize, ToSchema)]
pub struct LetterPage {
    /// By office.
    pub items: Vec<LetterView>,
    /// Signed by both sides.
    pub signed: usize,
    /// All of them.
    pub all: usize,
}

/// Where the present pace leads.
#[derive(Serialize, ToSchema)]
pub struct ForecastView {
    /// The careful end of the interval.
    pub low: Amount,
    /// At the present pace.
    pub mid: Amount,
    /// The hopeful end.
    pub high: Amount,
    /// By this day.
    pub by: String,
}

/// What comes next.
#[derive(Serialize, ToSchema)]
pub struct NextView {
    /// What.
    pub title: String,
    /// By when.
    pub due: String,
}

/// A step as it stands.
#[derive(Serialize, ToSchema)]
pub struct StepView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// By when.
    pub due: String,
    /// When it was reached.
    pub done: Option<String>,
}

/// One line of the ledger.
#[derive(Serialize, ToSchema)]
pub struct LedgerLine {
    /// The commitment.
    pub commitment: String,
    /// Its item.
    pub item: u32,
    /// Its section.
    pub section: u32,
    /// The item's title.
    pub item_title: String,
    /// The words of the document.
    pub text: String,
    /// Plain words; empty where none were written.
    pub words: String,
    /// What kind of promise.
    pub class: Class,
    /// The lead office.
    pub office: Option<i64>,
    /// Its name.
    pub office_name: String,
    /// Offices that help.
    pub assist: Vec<i64>,
    /// Points in the letter.
    pub weight: u32,
    /// Its light.
    pub light: Light,
    /// Why; the first one decides.
    pub reasons: Vec<String>,
    /// What was reached.
    pub value: Option<Amount>,
    /// What is to be reached.
    pub target: Option<Amount>,
    /// The unit of both.
    pub unit: String,
    /// What the curve asks for today.
    pub planned: Option<Amount>,
    /// Degree of fulfilment in thousandths; nothing when it is not rated.
    pub degree: Option<i64>,
    /// Where the present pace leads.
    pub forecast: Option<ForecastView>,
    /// Where the value comes from.
    pub source: Option<Source>,
    /// The day of the last sign of life.
    pub last_sign: Option<String>,
    /// Days since.
    pub age_days: Option<i32>,
    /// What comes next.
    pub next: Option<NextView>,
    /// The last day.
    pub due: Option<String>,
    /// Reports waiting for approval.
    pub pending: u32,
    /// Samples that failed and are not mended.
    pub failed: u32,
    /// The steps, where it is a chain.
    pub steps: Vec<StepView>,
    /// Occurrences, where it is a schedule.
    pub held: Option<Held>,
    /// Help wanted.
    pub help: Option<String>,
    /// What fulfils it: the binding's kind.
    pub binding: Option<String>,
}

/// Fields typed by the people of an office.
#[derive(Serialize, ToSchema)]
pub struct BurdenView {
    /// The office.
    pub office: i64,
    /// Its name.
    pub name: String,
    /// Fields typed this month.
    pub fields: u32,
    /// Fields typed in the month before.
    pub fields_before: u32,
}

/// The burden of a month.
#[derive(Serialize, ToSchema)]
pub struct BurdenMonth {
    /// The month.
    pub month: String,
    /// Offices that typed anything.
    pub offices: Vec<BurdenView>,
}

/// The ledger.
#[derive(Serialize, ToSchema)]
pub struct Ledger {
    /// The day it is read for.
    pub as_of: String,
    /// Whether the plan is in force.
    pub adopted: bool,
    /// The lines that fit the filters.
    pub lines: Vec<LedgerLine>,
    /// Their lights.
    pub lights: Lights,
    /// All lines of the plan.
    pub total: usize,
    /// What people typed.
    pub burden: BurdenMonth,
}

/// A point of a curve.
#[derive(Serialize, ToSchema)]
pub struct CurvePoint {
    /// The day.
    pub day: String,
    /// What the curve asks for.
    pub planned: Amount,
    /// What was reached; nothing in the future.
    pub actual: Option<Amount>,
}

/// A report behind a line.
#[derive(Serialize, ToSchema)]
pub struct ProgressView {
    /// The case.
    pub case: i64,
    /// Its number.
    pub number: String,
    /// The day it is about.
    pub day: String,
    /// The step, or the first day of an occurrence.
    pub step: String,
    /// The quantity.
    pub amount: Amount,
    /// `pending`, `counted`, `inspected`, `failed` or `refused`.
    pub standing: String,
    /// The reporting office.
    pub unit_name: Option<String>,
    /// When it was opened.
    pub at: Moment,
    /// Its picture.
    pub thumb: Option<i64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// What was written.
    pub note: String,
}

/// A decision and what became of it.
#[derive(Serialize, ToSchema)]
pub struct DecisionView {
    /// What is to be done.
    pub text: String,
    /// Who answers for it.
    pub office: i64,
    /// The office's name.
    pub office_name: String,
    /// By when.
    pub due: String,
    /// The commitment it is about.
    pub commitment: Option<String>,
    /// The case.
    pub case: i64,
    /// Its number.
    pub case_number: String,
    /// The title of its state.
    pub state: String,
    /// Whether it is open.
    pub is_open: bool,
    /// Its light.
    pub light: ClockLight,
}

/// A delegation with names.
#[derive(Serialize, ToSchema)]
pub struct TreeNode {
    /// Its id.
    pub id: u32,
    /// The commitment.
    pub commitment: String,
    /// The node above.
    pub parent: Option<u32>,
    /// The office or unit.
    pub office: i64,
    /// Its name.
    pub office_name: String,
    /// The post.
    pub post: Option<i64>,
    /// Its title.
    pub post_title: Option<String>,
    /// Who holds it today.
    pub holder: Option<String>,
    /// What is to be done there.
    pub text: String,
}

/// The task tree.
#[derive(Serialize, ToSchema)]
pub struct Tree {
    /// Commitments with a lead.
    pub commitments: usize,
    /// Of those, reaching a named post.
    pub reaching_post: usize,
    /// The nodes.
    pub nodes: Vec<TreeNode>,
}

/// A line with everything behind it.
#[derive(Serialize, ToSchema)]
pub struct LedgerLineDetail {
    /// The line.
    pub line: LedgerLine,
    /// The commitment as it stands.
    pub commitment: Commitment,
    /// The curve, where a quantity is promised.
    pub curve: Vec<CurvePoint>,
    /// The newest reports.
    pub rows: Vec<ProgressView>,
    /// All reports.
    pub rows_total: u64,
    /// Where the duty was passed to.
    pub delegations: Vec<TreeNode>,
    /// Its amendments.
    pub amendments: Vec<Amendment>,
    /// Decisions about it.
    pub decisions: Vec<DecisionView>,
    /// The query of `/cases` that shows the rows behind a rate.
    pub rate_query: Option<String>,
    /// The binding, for forms.
    pub binding: Option<Binding>,
}

/// An occurrence of a meeting.
#[derive(Serialize, ToSchema)]
pub struct OccurrenceView {
    /// The series.
    pub series: String,
    /// Its title.
    pub title: String,
    /// First day of the period.
    pub from: String,
    /// Last day.
    pub to: String,
    /// When it was held.
    pub held: Option<String>,
    /// `open`, `held`, `late` or `missed`.
    pub state: String,
}

/// A meeting with what became of its decisions.
#[derive(Serialize, ToSchema)]
pub struct MeetingView {
    /// As it was recorded.
    #[serde(flatten)]
    pub meeting: Meeting,
    /// Its decisions today.
    pub followed: Vec<DecisionView>,
}

/// What the next meeting is about.
#[derive(Serialize, ToSchema)]
pub struct Agenda {
    /// What was promised last time, and what is still open from before.
    pub promised: Vec<DecisionView>,
    /// Red and amber lines, the worst and heaviest first.
    pub lines: Vec<LedgerLine>,
    /// Where help is wanted.
    pub help: Vec<LedgerLine>,
    /// Lines without a sign of life for a cycle.
    pub stale: Vec<LedgerLine>,
}

/// Meetings.
#[derive(Serialize, ToSchema)]
pub struct MeetingPage {
    /// Periods that are due or begun, newest first.
    pub occurrences: Vec<OccurrenceView>,
    /// What was held, newest first.
    pub held: Vec<MeetingView>,
    /// What the next one is about.
    pub agenda: Agenda,
}

/// Circulars.
#[derive(Serialize, ToSchema)]
pub struct CircularPage {
    /// Newest first.
    pub items: Vec<Circular>,
}

/// Appraisals.
#[derive(Serialize, ToSchema)]
pub struct AppraisalPage {
    /// Newest first. Offices see their own scores; evaluators and leaders see all, and everyone sees a final one.
    pub items: Vec<Appraisal>,
    /// Names of offices, by id.
    pub offices: BTreeMap<String, String>,
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

/// A promise as the public sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseView {
    /// The commitment.
    pub id: String,
    /// Its section.
    pub section: u32,
    /// The item's title.
    pub item_title: String,
    /// Plain words.
    pub words: String,
    /// Its light.
    pub light: Light,
    /// Its light at the end of last month.
    pub light_before: Light,
    /// What was reached.
    pub value: Option<Amount>,
    /// What it was at the end of last month.
    pub value_before: Option<Amount>,
    /// What is to be reached.
    pub target: Option<Amount>,
    /// The unit of all.
    pub unit: String,
    /// Reached in percent of the target.
    pub percent: Option<i64>,
    /// The day of the last report that counts.
    pub day: Option<String>,
    /// Who answers for it.
    pub office_name: String,
    /// A picture of the newest report that counts.
    pub photo: Option<String>,
    /// Where it was reported from, at most fifty places.
    pub places: Vec<[f64; 2]>,
}

/// A circular the public may read.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicCircular {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
}

/// This year's promises.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Promises {
    /// The plan.
    pub plan: i64,
    /// Its year.
    pub year: i16,
    /// Its title.
    pub title: String,
    /// The day it is read for.
    pub as_of: String,
    /// Its sections.
    pub sections: Vec<Section>,
    /// The promises.
    pub promises: Vec<PromiseView>,
    /// Circulars released to the public.
    pub circulars: Vec<PublicCircular>,
}
