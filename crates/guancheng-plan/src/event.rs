//! What happened to a plan. These names and fields are a documented format: records of every release are replayed in
//! CI, so an event may gain optional fields and never lose or rename one (docs/adr/0006).

use guancheng_base::{Instant, OfficeId};
use serde::{Deserialize, Serialize};

use crate::model::{
    Adjustment, Amendment, Answer, Appeal, Appraisal, Binding, Circular, Class, Commitment, CounterCheck, Delegation,
    Item, Letter, Mark, Meeting, Opinion, Quantity, Ruling, Section, Signature, Stamp,
};

/// One record of a plan: what one command did.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanRecord {
    /// The plan.
    pub plan: i64,
    /// Its place in the plan, from 1 without gaps.
    pub seq: u64,
    /// When the command was accepted.
    pub at: Instant,
    /// Who gave it, as [`Actor::log_name`](guancheng_base::Actor::log_name) writes it.
    pub actor: String,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A document was read into a draft.
    Imported {
        /// The year of the plan.
        year: i16,
        /// The document's title.
        title: String,
        /// Who published it.
        publisher: String,
        /// Paragraphs before the first section.
        preamble: Vec<String>,
        /// Its sections.
        sections: Vec<Section>,
        /// Its items, verbatim.
        items: Vec<Item>,
        /// Its commitments as the rules found them.
        commitments: Vec<Commitment>,
    },
    /// The reviewer confirmed commitments.
    Confirmed {
        /// Their ids.
        commitments: Vec<String>,
        /// By whom and when.
        stamp: Stamp,
    },
    /// A confirmation was taken back.
    Unconfirmed {
        /// The commitment.
        commitment: String,
    },
    /// Commitments were replaced by others: a split or a merge.
    Replaced {
        /// The ids that end.
        old: Vec<String>,
        /// What stands there now.
        new: Vec<Commitment>,
    },
    /// The class was corrected.
    Reclassed {
        /// The commitment.
        commitment: String,
        /// Its class now.
        class: Class,
    },
    /// The amounts were corrected.
    Requantified {
        /// The commitment.
        commitment: String,
        /// Its amounts now.
        quantities: Vec<Quantity>,
    },
    /// Lead and assisting offices were named.
    OfficesNamed {
        /// The commitment.
        commitment: String,
        /// The one that answers for it.
        lead: Option<OfficeId>,
        /// Those that help.
        assist: Vec<OfficeId>,
    },
    /// The weight was set.
    Weighed {
        /// The commitment.
        commitment: String,
        /// Points.
        weight: u32,
    },
    /// A question was answered.
    Answered {
        /// The commitment.
        commitment: String,
        /// The question.
        question: String,
        /// The answer.
        answer: Answer,
    },
    /// It was bound to what fulfils it.
    Bound {
        /// The commitment.
        commitment: String,
        /// The binding.
        binding: Binding,
    },
    /// It was said how the target is watched from the other side.
    Watched {
        /// The commitment.
        commitment: String,
        /// The counter-indicator or the reason for having none.
        counter: CounterCheck,
    },
    /// The plain words of the public page were written.
    PutInWords {
        /// The commitment.
        commitment: String,
        /// The words; empty takes it off the page.
        words: String,
    },
    /// The plan came into force.
    Adopted {
        /// SHA-256 of the commitments, hexadecimal.
        baseline: String,
        /// The letters, by office.
        letters: Vec<(OfficeId, Letter)>,
        /// By whom and when.
        stamp: Stamp,
    },
    /// A letter was signed.
    Signed {
        /// Whose letter.
        office: OfficeId,
        /// The signature.
        signature: Signature,
    },
    /// A duty was passed down.
    Delegated {
        /// To whom.
        delegation: Delegation,
    },
    /// Help was asked for.
    HelpAsked {
        /// The commitment.
        commitment: String,
        /// What is needed.
        help: Answer,
    },
    /// Help is no longer needed.
    HelpEnded {
        /// The commitment.
        commitment: String,
    },
    /// A leader judged what no record shows.
    Judged {
        /// The commitment.
        commitment: String,
        /// The judgement.
        opinion: Opinion,
    },
    /// An approved amendment took effect.
    Amended {
        /// Both versions, the case and the reason.
        amendment: Amendment,
        /// The letters whose content changed.
        letters: Vec<(OfficeId, String)>,
    },
    /// A meeting was held.
    MeetingHeld {
        /// The meeting.
        meeting: Meeting,
    },
    /// A circular was drafted.
    CircularDrafted {
        /// The draft.
        circular: Circular,
    },
    /// A draft was edited.
    CircularEdited {
        /// Which.
        circular: u32,
        /// Its title now.
        title: String,
        /// Its text now.
        body: String,
    },
    /// A circular was issued; nothing in it changes from here on.
    CircularIssued {
        /// Which.
        circular: u32,
        /// Its number.
        number: String,
        /// By whom and when.
        stamp: Stamp,
    },
    /// A circular was released to the public.
    CircularReleased {
        /// Which.
        circular: u32,
        /// By whom and when.
        stamp: Stamp,
    },
    /// An appraisal was drafted.
    AppraisalDrafted {
        /// The draft.
        appraisal: Appraisal,
    },
    /// The leader marked an office.
    OfficeMarked {
        /// Which appraisal.
        appraisal: u32,
        /// Which office.
        office: OfficeId,
        /// The mark.
        mark: Mark,
    },
    /// Points were added or deducted.
    OfficeAdjusted {
        /// Which appraisal.
        appraisal: u32,
        /// Which office.
        office: OfficeId,
        /// The points and their reason.
        adjustment: Adjustment,
    },
    /// An office objected.
    Appealed {
        /// Which appraisal.
        appraisal: u32,
        /// The objection.
        appeal: Appeal,
    },
    /// An objection was answered.
    AppealRuled {
        /// Which appraisal.
        appraisal: u32,
        /// Which appeal.
        appeal: u32,
        /// The answer.
        ruling: Ruling,
    },
    /// The appraisal became final.
    AppraisalFinalised {
        /// Which.
        appraisal: u32,
        /// By whom and when.
        stamp: Stamp,
    },
}

impl Event {
    /// Its name on the wire, for audit lists.
    pub fn name(&self) -> &'static str {
        match self {
            Event::Imported { .. } => "imported",
            Event::Confirmed { .. } => "confirmed",
            Event::Unconfirmed { .. } => "unconfirmed",
            Event::Replaced { .. } => "replaced",
            Event::Reclassed { .. } => "reclassed",
            Event::Requantified { .. } => "requantified",
            Event::OfficesNamed { .. } => "offices_named",
            Event::Weighed { .. } => "weighed",
            Event::Answered { .. } => "answered",
            Event::Bound { .. } => "bound",
            Event::Watched { .. } => "watched",
            Event::PutInWords { .. } => "put_in_words",
            Event::Adopted { .. } => "adopted",
            Event::Signed { .. } => "signed",
            Event::Delegated { .. } => "delegated",
            Event::HelpAsked { .. } => "help_asked",
            Event::HelpEnded { .. } => "help_ended",
            Event::Judged { .. } => "judged",
            Event::Amended { .. } => "amended",
            Event::MeetingHeld { .. } => "meeting_held",
            Event::CircularDrafted { .. } => "circular_drafted",
            Event::CircularEdited { .. } => "circular_edited",
            Event::CircularIssued { .. } => "circular_issued",
            Event::CircularReleased { .. } => "circular_released",
            Event::AppraisalDrafted { .. } => "appraisal_drafted",
            Event::OfficeMarked { .. } => "office_marked",
            Event::OfficeAdjusted { .. } => "office_adjusted",
            Event::Appealed { .. } => "appealed",
            Event::AppealRuled { .. } => "appeal_ruled",
            Event::AppraisalFinalised { .. } => "appraisal_finalised",
        }
    }
}
