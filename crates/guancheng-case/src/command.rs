//! What can be asked of a case. `if_seq` stays outside: the store compares it before the kernel is called.

use std::collections::BTreeMap;

use guancheng_base::{AskId, CaseId, Name, ReportId};
use guancheng_calendar::Limit;

use crate::{EvidenceFact, Value};

/// How a case begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The id the store gave it.
    pub id: CaseId,
    /// The number the store gave it, rendered by [`crate::NumberTemplate`].
    pub number: String,
    /// Where it came from.
    pub source: Name,
    /// The reporter's tracking code.
    pub reporter: Option<Name>,
    /// The first report.
    pub report: Option<ReportId>,
    /// Fields known from the start.
    pub fields: BTreeMap<Name, Value>,
    /// Evidence that came with it.
    pub evidence: Vec<EvidenceFact>,
    /// The case it was split from.
    pub split_from: Option<CaseId>,
    /// What an import brings along that is no field.
    pub imported: BTreeMap<Name, String>,
}

/// What can be asked of a case that exists.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// To make a move; where it needs an approval the actor cannot give, the question is put.
    Move {
        /// The move.
        mv: Name,
        /// Fields to set with it.
        fields: BTreeMap<Name, Value>,
        /// Evidence to attach with it; `by`, `attached_at` and `mv` are set by the kernel.
        evidence: Vec<EvidenceFact>,
        /// A note.
        note: String,
    },
    /// To lengthen a clock.
    AskExtension {
        /// The clock.
        clock: Name,
        /// By how much.
        add: Limit,
        /// Required fields.
        fields: BTreeMap<Name, Value>,
    },
    /// To rule on a question.
    Rule {
        /// The question.
        ask: AskId,
        /// Granted or refused.
        grant: bool,
        /// Why.
        reason: String,
    },
    /// To pause a clock for a declared reason.
    Pause {
        /// The clock.
        clock: Name,
        /// The reason, one of the clock's `pause_by`.
        why: Name,
    },
    /// To let a paused clock go on.
    Resume {
        /// The clock.
        clock: Name,
    },
    /// To answer a part of a joint review.
    AnswerPart {
        /// The part.
        part: Name,
        /// Whether the office agrees.
        agree: bool,
        /// Its opinion.
        opinion: String,
    },
    /// To add a report of the same problem. Where the public may report, anyone may join: then the permit comes from
    /// [`guancheng_org::Policy::permit_open`].
    JoinReport {
        /// The report.
        report: ReportId,
        /// Evidence that came with it.
        evidence: Vec<EvidenceFact>,
    },
    /// To add evidence without a move.
    AddEvidence {
        /// The evidence.
        evidence: Vec<EvidenceFact>,
    },
    /// To write something to it.
    Comment {
        /// What.
        text: String,
    },
    /// To say that something happened outside that a clock waits for.
    Signal {
        /// What: `notice_published`.
        event: Name,
    },
    /// To tie it to another case: the other side of a merge or a split.
    Link {
        /// How.
        kind: Name,
        /// To which.
        case: CaseId,
    },
    /// To give every warning, breach, expiry and planned move that is due by now.
    Fire,
}
