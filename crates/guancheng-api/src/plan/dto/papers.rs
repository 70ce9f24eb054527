//! Letters, meetings, circulars, appraisals and the task tree.

use std::collections::BTreeMap;

use guancheng_plan::model::{Appraisal, Circular, Meeting, Side, Signature};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::LedgerLine;
use crate::{
    dto::Light as ClockLight,
    valid::{Faults, Valid},
};

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

/// A post a duty can be passed to.
#[derive(Serialize, ToSchema)]
pub struct PostRow {
    /// Its id.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Its office.
    pub office: i64,
    /// The office's name.
    pub office_name: String,
    /// Who holds it today.
    pub holder: Option<String>,
}

/// Posts of an office and the units below it.
#[derive(Serialize, ToSchema)]
pub struct PostPage {
    /// By office.
    pub items: Vec<PostRow>,
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
    /// Lines that are red now and were red at the end of last month: on-site supervision is due.
    pub onsite: Vec<LedgerLine>,
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
