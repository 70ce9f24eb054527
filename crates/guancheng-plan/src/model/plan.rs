//! The aggregate: a plan is the fold of its events.

use std::collections::BTreeMap;

use guancheng_base::{CaseId, Day, OfficeId, PersonId, PostId};
use serde::{Deserialize, Serialize};

use super::{Appraisal, Binding, Circular, Commitment, Meeting, Quantity, Stamp};

/// Where a plan stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read, being reviewed.
    #[default]
    Draft,
    /// In force: the baseline is frozen.
    Adopted,
}

/// A section of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Section {
    /// From 1.
    pub no: u32,
    /// Its title.
    pub title: String,
}

/// An item of the document, verbatim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Item {
    /// Counted through the document.
    pub no: u32,
    /// Its section.
    pub section: u32,
    /// Its title without the numeral.
    pub title: String,
    /// The whole paragraph with numeral and title.
    pub text: String,
    /// The offices as the document writes them.
    pub offices: Vec<String>,
    /// Where the promises begin: the end of the title, in Unicode scalars.
    pub body_from: u32,
    /// Stretches that promise nothing: purpose, manner, principle.
    #[serde(default)]
    pub context: Vec<(u32, u32)>,
}

/// Whose signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The head of the office.
    Office,
    /// The leader of the bureau.
    Bureau,
}

/// A signature under a letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Signature {
    /// Whose.
    pub side: Side,
    /// Who, in which post, when.
    pub person: PersonId,
    /// The post they signed in.
    pub post: PostId,
    /// Name and post in words, as they were.
    pub name: String,
    /// When.
    pub stamp: Stamp,
    /// SHA-256 of the letter that was signed, hexadecimal.
    pub hash: String,
}

/// A letter of responsibility 目标责任书: the frozen commitments of one office.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Letter {
    /// SHA-256 of its content, hexadecimal; it changes with an amendment and must then be signed again.
    pub hash: String,
    /// Signatures under this content.
    pub signatures: Vec<Signature>,
    /// Signatures under earlier contents.
    pub earlier: Vec<Signature>,
}

/// A commitment, or a share of it, given to a post of the office or a unit below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Delegation {
    /// Its id within the plan, from 1.
    pub id: u32,
    /// The commitment.
    pub commitment: String,
    /// The delegation it is a part of.
    pub parent: Option<u32>,
    /// The office or unit.
    pub office: OfficeId,
    /// The post; whoever holds it that day has the duty.
    pub post: Option<PostId>,
    /// What is to be done there.
    pub text: String,
    /// By whom and when.
    pub stamp: Stamp,
}

/// A change of an adopted plan, approved in its own case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Amendment {
    /// The commitment.
    pub commitment: String,
    /// What changed.
    pub change: Change,
    /// The binding, lead, weight as they were, so that both versions stay visible.
    pub before: Box<Commitment>,
    /// The case that approved it.
    pub case: CaseId,
    /// Why.
    pub reason: String,
    /// Approved by whom and when.
    pub stamp: Stamp,
}

/// What an amendment may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// The target or the days.
    Binding {
        /// The new binding.
        binding: Binding,
    },
    /// The lead office.
    Lead {
        /// The new lead.
        office: OfficeId,
    },
    /// The promised amounts.
    Quantities {
        /// The new amounts.
        quantities: Vec<Quantity>,
    },
}

/// The plan of a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Its id.
    pub id: i64,
    /// How many records it has.
    pub seq: u64,
    /// The year.
    pub year: i16,
    /// Title of the document.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Paragraphs before the first section, verbatim.
    pub preamble: Vec<String>,
    /// Draft or adopted.
    pub status: Status,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Its items.
    pub items: Vec<Item>,
    /// Its commitments by id.
    pub commitments: BTreeMap<String, Commitment>,
    /// SHA-256 of the adopted commitments, hexadecimal.
    pub baseline: Option<String>,
    /// When and by whom it was adopted.
    pub adopted: Option<Stamp>,
    /// Letters by office.
    pub letters: BTreeMap<OfficeId, Letter>,
    /// The task tree.
    pub delegations: Vec<Delegation>,
    /// Amendments, oldest first.
    pub amendments: Vec<Amendment>,
    /// Meetings, oldest first.
    pub meetings: Vec<Meeting>,
    /// Circulars, oldest first.
    pub circulars: Vec<Circular>,
    /// Appraisals, oldest first.
    pub appraisals: Vec<Appraisal>,
}

impl Plan {
    /// A commitment.
    pub fn commitment(&self, id: &str) -> Option<&Commitment> {
        self.commitments.get(id)
    }

    /// An item.
    pub fn item(&self, no: u32) -> Option<&Item> {
        self.items.iter().find(|item| item.no == no)
    }

    /// The commitments an office leads, in the order of the document.
    pub fn led_by(&self, office: OfficeId) -> impl Iterator<Item = &Commitment> {
        self.commitments.values().filter(move |commitment| commitment.lead == Some(office))
    }

    /// The offices that lead anything, in order.
    pub fn leads(&self) -> Vec<OfficeId> {
        let mut leads: Vec<OfficeId> = self.commitments.values().filter_map(|commitment| commitment.lead).collect();
        leads.sort_unstable();
        leads.dedup();
        leads
    }

    /// First day of the plan's year.
    pub fn first_day(&self) -> Day {
        Day::new(self.year, 1, 1).unwrap_or(Day(0))
    }

    /// Last day of the plan's year.
    pub fn last_day(&self) -> Day {
        Day::new(self.year, 12, 31).unwrap_or(Day(0))
    }
}
