//! One promise: a stretch of the published text, what it means, who answers for it and what fulfils it.

use guancheng_base::{Day, Instant, OfficeId, PersonId};
use serde::{Deserialize, Serialize};

use super::{Binding, Cadence};
use crate::{Amount, document::Class};

/// An amount the text promises.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Quantity {
    /// The words in the text.
    pub text: String,
    /// The number.
    pub value: Amount,
    /// The unit as written.
    pub unit: String,
    /// `>=`, `<=`, `=` or `~`.
    pub comparator: String,
    /// Until when, where the text says so.
    #[serde(default)]
    pub deadline: Option<Day>,
    /// Per which period, where the text says so: `year`, `month`, `week`.
    #[serde(default)]
    pub period: Option<String>,
}

/// What the text leaves open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Question {
    /// Its id within the commitment: `clock`, `named`, `end_state`.
    pub id: String,
    /// The words it is about.
    pub about: String,
    /// The question in Chinese.
    pub text: String,
    /// What was answered; the last answer counts, earlier ones stay.
    #[serde(default)]
    pub answers: Vec<Answer>,
}

/// An answer with its author and date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Answer {
    /// What was answered.
    pub text: String,
    /// By whom and when.
    pub stamp: Stamp,
}

/// Who did it and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stamp {
    /// Who; nothing for what came with a seed or an import.
    pub by: Option<PersonId>,
    /// When, in milliseconds since 1970.
    pub at: Instant,
}

/// How a target is watched from the other side, so that it is not reached on paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CounterCheck {
    /// A counter-indicator, in words.
    Indicator {
        /// What is watched: 市民不认可率, 抽查不合格数.
        text: String,
    },
    /// None, for a written reason.
    Waived {
        /// Why.
        reason: String,
    },
}

/// A leader's judgement of what no record shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Opinion {
    /// 0 to 100.
    pub mark: u8,
    /// Why.
    pub reason: String,
    /// By whom and when.
    pub stamp: Stamp,
}

/// One promise of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Commitment {
    /// Item and running number: `06.01`; halves of a split get letters: `06.01a`.
    pub id: String,
    /// The item, counted through the document.
    pub item: u32,
    /// From where to where in the item's text, in Unicode scalars, half open.
    pub span: (u32, u32),
    /// The words.
    pub text: String,
    /// What kind of promise.
    pub class: Class,
    /// The rule that gave the class, or `reviewer`.
    pub rule: String,
    /// Amounts promised.
    #[serde(default)]
    pub quantities: Vec<Quantity>,
    /// Rhythms stated.
    #[serde(default)]
    pub cadences: Vec<Cadence>,
    /// Things the text names.
    #[serde(default)]
    pub named: Vec<String>,
    /// What the text leaves open.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// The one office that answers for it.
    #[serde(default)]
    pub lead: Option<OfficeId>,
    /// Offices that help.
    #[serde(default)]
    pub assist: Vec<OfficeId>,
    /// Its weight in the letter of its lead office, in points.
    pub weight: u32,
    /// What fulfils it.
    #[serde(default)]
    pub binding: Option<Binding>,
    /// How its target is watched.
    #[serde(default)]
    pub counter: Option<CounterCheck>,
    /// Plain words for the public page; empty: it is not shown there.
    #[serde(default)]
    pub words: String,
    /// The reviewer's confirmation.
    #[serde(default)]
    pub confirmed: Option<Stamp>,
    /// "Help wanted", while it stands.
    #[serde(default)]
    pub help: Option<Answer>,
    /// The leader's judgement, where it is opinion-judged.
    #[serde(default)]
    pub opinion: Option<Opinion>,
}

impl Question {
    /// Whether nobody has answered.
    pub fn is_open(&self) -> bool {
        self.answers.is_empty()
    }
}

impl Commitment {
    /// Whether the office leads or assists.
    pub fn concerns(&self, office: OfficeId) -> bool {
        self.lead == Some(office) || self.assist.contains(&office)
    }
}
