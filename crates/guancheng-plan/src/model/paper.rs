//! Papers drawn from frozen numbers: circulars and appraisals. What is issued is never changed; a correction is a new
//! paper that names the old one.

use std::collections::BTreeMap;

use guancheng_base::{Day, OfficeId};
use serde::{Deserialize, Serialize};

use super::Stamp;
use crate::ledger::Light;

/// The ledger at a moment, as a paper cites it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Frozen {
    /// The day it was read.
    pub as_of: Day,
    /// Every line.
    pub lines: Vec<FrozenLine>,
    /// SHA-256 over the lines as they are printed here, hexadecimal.
    pub hash: String,
}

/// A ledger line as it stood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FrozenLine {
    /// The commitment.
    pub commitment: String,
    /// Its lead office.
    pub office: Option<OfficeId>,
    /// Its light.
    pub light: Light,
    /// Degree of fulfilment in thousandths; nothing when it is not rated.
    pub degree: Option<i64>,
    /// Its weight in points.
    pub weight: u32,
    /// The value, the target and why it has this light, in one Chinese sentence.
    pub text: String,
    /// Whether a person asked for help; such a red costs nothing.
    pub help: bool,
}

/// A circular 通报.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Circular {
    /// Its id within the plan, from 1.
    pub id: u32,
    /// Its title.
    pub title: String,
    /// Its text, paragraphs divided by line breaks.
    pub body: String,
    /// The numbers it rests on.
    pub frozen: Frozen,
    /// Drafted by whom and when.
    pub drafted: Stamp,
    /// Its number once it is issued: 通报〔2026〕3号.
    pub number: Option<String>,
    /// Issued by whom and when; from then on nothing in it changes.
    pub issued: Option<Stamp>,
    /// Released to the public by whom and when.
    pub released: Option<Stamp>,
    /// The circular it corrects.
    pub corrects: Option<u32>,
    /// Why it corrects.
    pub reason: String,
}

/// An appraisal of the offices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Appraisal {
    /// Its id within the plan, from 1.
    pub id: u32,
    /// `half` or `year`.
    pub period: String,
    /// The numbers it rests on.
    pub frozen: Frozen,
    /// How totals are made, as it was when it was drafted.
    pub rules: ScoreRules,
    /// One line per office that leads anything.
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, OfficeScore>))]
    pub offices: BTreeMap<OfficeId, OfficeScore>,
    /// Drafted by whom and when.
    pub drafted: Stamp,
    /// Until which day appeals are taken.
    pub appeals_until: Day,
    /// What offices object to.
    pub appeals: Vec<Appeal>,
    /// Final by whom and when; from then on nothing in it changes.
    pub finalised: Option<Stamp>,
}

/// How the total of an appraisal is made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ScoreRules {
    /// The leader's mark counts this many percent, the ledger the rest; without a mark the ledger counts alone.
    pub mark_percent: u8,
    /// Grades from the best down: title and smallest total in points.
    pub grades: Vec<(String, u8)>,
}

/// The score of an office, each part declared apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OfficeScore {
    /// The peer group it is ranked in.
    pub group: String,
    /// From the ledger, in thousandths of a point of 100; nothing when no line is rated.
    pub ledger: Option<i64>,
    /// Points of weight that were rated.
    pub rated: u32,
    /// Points of weight in the letter.
    pub weight: u32,
    /// The leader's mark, a line of its own.
    pub mark: Option<Mark>,
    /// Additions and deductions.
    pub adjustments: Vec<Adjustment>,
    /// Ledger part, mark and adjustments together, in thousandths; nothing when no line is rated.
    pub total: Option<i64>,
    /// Its place among its peers, ties sharing the better one; nothing when it is not rated.
    pub rank: Option<u32>,
    /// 优秀, 良好, 合格, 不合格.
    pub grade: Option<String>,
    /// Who held the office's head post when the appraisal was drafted, in words.
    pub head: String,
}

/// The leader's mark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mark {
    /// 0 to 100.
    pub mark: u8,
    /// Why.
    pub reason: String,
    /// By whom and when.
    pub stamp: Stamp,
}

/// An addition or a deduction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Adjustment {
    /// Thousandths of a point, negative for a deduction.
    pub points: i64,
    /// Why, with the rule it rests on.
    pub reason: String,
    /// By whom and when.
    pub stamp: Stamp,
}

/// An office's objection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Appeal {
    /// Its id within the appraisal, from 1.
    pub id: u32,
    /// The office.
    pub office: OfficeId,
    /// The ledger line objected to, where it is about one.
    pub commitment: Option<String>,
    /// What is objected.
    pub text: String,
    /// By whom and when.
    pub stamp: Stamp,
    /// The answer.
    pub ruling: Option<Ruling>,
}

/// The answer to an appeal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ruling {
    /// Whether the office was right.
    pub upheld: bool,
    /// Why.
    pub reason: String,
    /// Thousandths of a point given back.
    pub points: i64,
    /// By whom and when.
    pub stamp: Stamp,
}
