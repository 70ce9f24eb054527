//! Everything about one case, built for the actor who asks: what is possible, and why the rest is not.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{CaseFacts, FieldKind, FieldMessage, FieldView, IdName, Light, Moment, Point};

/// A case on one screen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseView {
    /// The case as in a list.
    #[serde(flatten)]
    pub facts: CaseFacts,
    /// Content hash of the definition the case runs under.
    pub version: String,
    /// The law, standard or plan item behind the procedure.
    pub basis: Vec<String>,
    /// What the public sees as its state.
    pub public_title: String,
    /// Declared fields that have a value.
    pub fields: Vec<FieldValue>,
    /// All its clocks.
    pub clocks: Vec<ClockView>,
    /// Every move from this state, possible or not.
    pub moves: Vec<MoveView>,
    /// Clocks that could be extended.
    pub extensions: Vec<ExtensionOffer>,
    /// Questions put to approvers.
    pub asks: Vec<Ask>,
    /// Parts of a joint review.
    pub parts: Vec<PartView>,
    /// Photos and documents.
    pub evidence: Vec<EvidenceView>,
    /// What reporters said.
    pub reports: Vec<ReportView>,
    /// Cases it belongs together with.
    pub links: Vec<LinkView>,
    /// What happened, in plain words.
    pub timeline: Vec<TimelineEntry>,
    /// Why it was assigned as it is.
    pub assignment: Option<Assignment>,
    /// Who has to act now.
    pub holder: Holder,
    /// Its place in the city's hash chain.
    pub chain: Chain,
}

/// A declared field with its value.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldValue {
    /// The field.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it holds.
    pub kind: FieldKind,
    /// The value as it was given.
    pub value: Value,
    /// The value for people: names instead of codes.
    pub display: String,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// It runs.
    Running,
    /// It is paused.
    Paused,
    /// It ended by being done.
    Stopped,
    /// It ended without a verdict.
    Cancelled,
    /// Its expiry has decided the case.
    Expired,
}

/// One clock.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClockView {
    /// The clock.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How it stands.
    pub state: ClockState,
    /// Its light.
    pub light: Light,
    /// When it started.
    pub started_at: Moment,
    /// When it is due; `null` while it is paused.
    pub due: Option<Moment>,
    /// The verdict, once it stopped.
    pub on_time: Option<bool>,
    /// The limit, e.g. `2 work_hour`.
    pub limit: String,
    /// The limit in words.
    pub limit_title: String,
    /// What has been used, in words.
    pub used_title: String,
    /// Since when it is paused.
    pub paused_since: Option<Moment>,
    /// How often it was extended.
    pub extended: i64,
    /// The law or standard behind the limit.
    pub basis: Vec<String>,
    /// Why the limit is what it is.
    pub why: Option<String>,
}

/// Why something is not possible, in the shape of a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Refusal {
    /// Stable code.
    pub code: String,
    /// What, where, and what would be right.
    pub detail: String,
    /// The rule that refuses.
    pub rule: Option<String>,
    /// The law or standard behind it.
    pub basis: Vec<String>,
    /// Fields that are missing or wrong.
    pub fields: Vec<FieldMessage>,
    /// Moves that are possible.
    pub possible: Vec<String>,
    /// Until when it was, or from when it will be, possible: a date or an instant.
    pub until: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
}

/// What evidence a move asks for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvidenceNeed {
    /// Photo, document, signature, video or recording.
    pub kind: String,
    /// How many at least.
    pub min: i64,
    /// What must be on them.
    pub tags: Vec<String>,
    /// How near to the case they must be taken, in metres.
    pub within_m: Option<i64>,
    /// They must be taken after the case entered this state.
    pub after_state: Option<String>,
}

/// Something worth knowing that does not refuse.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Advice {
    /// The check that speaks.
    pub check: String,
    /// What it says.
    pub message: String,
}

/// A button.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MoveView {
    /// The move.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The state it leads to; `null` if the state stays.
    pub to: Option<String>,
    /// The one thing to do next. At most one move is primary.
    pub primary: bool,
    /// True if this actor may do it now.
    pub possible: bool,
    /// Why not.
    pub because: Option<Refusal>,
    /// The form.
    pub fields: Vec<FieldView>,
    /// What evidence it asks for.
    pub evidence: Vec<EvidenceNeed>,
    /// Titles of the roles that must approve before it takes effect.
    pub approve: Vec<String>,
    /// What is worth knowing before.
    pub advise: Vec<Advice>,
}

/// A clock that could be extended.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExtensionOffer {
    /// The clock.
    pub clock: String,
    /// What the extension is called.
    pub title: String,
    /// True if this actor may ask for it now.
    pub possible: bool,
    /// Why not.
    pub because: Option<Refusal>,
    /// The longest, in `unit`.
    pub max: i64,
    /// `natural_day`, `work_day`, `work_hour`, `urgent_hour`, `urgent_minute` or `year`.
    pub unit: String,
}

/// A ruling on a question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskRuled {
    /// Granted or refused.
    pub grant: bool,
    /// Why.
    pub reason: Option<String>,
    /// Who ruled.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// A question put to an approver.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ask {
    /// Its number within the case.
    pub id: i64,
    /// What is asked: a move, an extension, a pause.
    pub what: String,
    /// In words.
    pub title: String,
    /// Who asks.
    pub by: String,
    /// When.
    pub at: Moment,
    /// What was filled in.
    pub fields: Vec<FieldValue>,
    /// True if this actor may rule on it now.
    pub may_rule: bool,
    /// The ruling.
    pub ruling: Option<AskRuled>,
}

/// One office's part in a joint review.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartView {
    /// Its id within the case.
    pub id: String,
    /// The office asked.
    pub office: String,
    /// The question.
    pub question: String,
    /// When the answer is due.
    pub due: Option<Moment>,
    /// When it was answered.
    pub answered: Option<Moment>,
    /// Agrees or not.
    pub agree: Option<bool>,
    /// The opinion.
    pub opinion: Option<String>,
    /// True if this actor may answer it.
    pub mine: bool,
}

/// When a piece of evidence was made, in the life of the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Before the work.
    Before,
    /// After the work.
    After,
    /// By the one who checks.
    Check,
}

/// A photo or a document of the case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    /// Its id.
    pub id: i64,
    /// Photo, document, signature, video or recording.
    pub kind: String,
    /// Where it can be read.
    pub url: String,
    /// A small picture of it.
    pub thumb: Option<String>,
    /// When it was made.
    pub taken_at: Option<Moment>,
    /// Where.
    pub at: Option<Point>,
    /// How sure the position is, in metres.
    pub accuracy_m: Option<f64>,
    /// What is on it.
    pub tags: Vec<String>,
    /// Who brought it.
    pub by: String,
    /// The move it came with.
    pub mv: Option<String>,
    /// Before, after or check.
    pub phase: Phase,
}

/// What one reporter said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportView {
    /// The report's id.
    pub id: i64,
    /// Where it came from.
    pub source: String,
    /// When.
    pub at: Moment,
    /// The words. Who said them is asked for apart and noted in the audit.
    pub text: String,
}

/// A case it belongs together with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LinkView {
    /// Merged, split, parent, child, follows.
    pub kind: String,
    /// The other case's id.
    pub case: i64,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its state.
    pub state_title: String,
}

/// One thing that happened, in plain words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    /// Sequence of the event in its case.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// What, in one sentence.
    pub text: String,
    /// Kind of the event.
    pub kind: String,
    /// A note, a reason, an opinion.
    pub detail: Option<String>,
}

/// Why the case was assigned to its unit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Assignment {
    /// The unit; `null` if no row matched.
    pub unit: Option<IdName>,
    /// The table.
    pub table: String,
    /// The row that matched.
    pub row: Option<String>,
    /// Rows that came near, each with what kept it from matching.
    pub others: Vec<String>,
    /// True if no row matched and the table's fallback was taken.
    pub fallback: bool,
    /// In words.
    pub text: String,
}

/// Who has to act now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Holder {
    /// In words.
    pub title: String,
    /// Their names, if this actor may know.
    pub people: Vec<String>,
}

/// Place in the city's hash chain.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Chain {
    /// Sequence of the record.
    pub seq: i64,
    /// Its hash in hexadecimal.
    pub hash: String,
}

/// One record of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HistoryRecord {
    /// Sequence in the city's log.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who, as it is written in the log.
    pub actor: String,
    /// Hash of the record in hexadecimal.
    pub hash: String,
    /// The events as they are stored.
    pub events: Vec<Value>,
}

/// The records of one case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct History {
    /// The records, oldest first.
    pub items: Vec<HistoryRecord>,
}

/// A reporter who left a name or a number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Contact {
    /// The report.
    pub report: i64,
    /// Name.
    pub name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// The reporters of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactPage {
    /// The reporters.
    pub items: Vec<Contact>,
}
