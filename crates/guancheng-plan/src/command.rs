//! What a person may ask of a plan, as the API takes it: `{"act":"confirm","commitments":["06.01"]}`.

use guancheng_base::{Day, OfficeId, PostId};
use serde::{Deserialize, Serialize};

use crate::{
    Amount,
    model::{Binding, Class, CounterCheck, Quantity, Side},
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = PlanCommand))]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Confirm commitments as they stand.
    Confirm {
        /// Their ids.
        commitments: Vec<String>,
    },
    /// Take a confirmation back.
    Unconfirm {
        /// The commitment.
        commitment: String,
    },
    /// Part a commitment in two.
    Split {
        /// The commitment.
        commitment: String,
        /// Where the second begins: Unicode scalars into the item's text.
        at: u32,
    },
    /// Join a commitment with the next one of its item.
    Merge {
        /// The first of the two.
        commitment: String,
    },
    /// Correct the class.
    Reclass {
        /// The commitment.
        commitment: String,
        /// The right class.
        class: Class,
    },
    /// Correct the amounts.
    Requantify {
        /// The commitment.
        commitment: String,
        /// The right amounts.
        quantities: Vec<Quantity>,
    },
    /// Name who answers for it and who helps.
    NameOffices {
        /// The commitment.
        commitment: String,
        /// The one that answers for it.
        lead: Option<OfficeId>,
        /// Those that help.
        #[serde(default)]
        assist: Vec<OfficeId>,
    },
    /// Set its weight in the letter.
    Weigh {
        /// The commitment.
        commitment: String,
        /// 0 to 100 points.
        weight: u32,
    },
    /// Answer what the text leaves open.
    Answer {
        /// The commitment.
        commitment: String,
        /// The question.
        question: String,
        /// The answer.
        text: String,
    },
    /// Bind it to what fulfils it.
    Bind {
        /// The commitment.
        commitment: String,
        /// The binding.
        binding: Binding,
    },
    /// Say how its target is watched from the other side.
    Watch {
        /// The commitment.
        commitment: String,
        /// A counter-indicator, or the reason for having none.
        counter: CounterCheck,
    },
    /// Write its plain words for the public page.
    PutInWords {
        /// The commitment.
        commitment: String,
        /// The words; empty takes it off the page.
        words: String,
    },
    /// Put the plan in force and freeze its baseline.
    Adopt,
    /// Sign a letter. The API asks for the password again.
    Sign {
        /// Whose letter.
        office: OfficeId,
        /// For which side.
        side: Side,
    },
    /// Pass a duty down to a unit or a post.
    Delegate {
        /// The commitment.
        commitment: String,
        /// The delegation it is a part of.
        #[serde(default)]
        parent: Option<u32>,
        /// The office or unit.
        office: OfficeId,
        /// The post.
        #[serde(default)]
        post: Option<PostId>,
        /// What is to be done there.
        text: String,
    },
    /// Ask for help: adds a red that costs nothing.
    AskHelp {
        /// The commitment.
        commitment: String,
        /// What is needed.
        text: String,
    },
    /// Help is no longer needed.
    EndHelp {
        /// The commitment.
        commitment: String,
    },
    /// Judge what no record shows.
    Judge {
        /// The commitment.
        commitment: String,
        /// 0 to 100.
        mark: u8,
        /// Why.
        reason: String,
    },
    /// Record a meeting; its decisions become tasks.
    HoldMeeting {
        /// The series.
        series: String,
        /// Any day of the period it was due in.
        period: Day,
        /// When it was held.
        held_on: Day,
        /// Who was there.
        present: String,
        /// The minutes.
        minutes: String,
        /// What was decided.
        #[serde(default)]
        decisions: Vec<NewDecision>,
    },
    /// Draft a circular from the numbers of today.
    DraftCircular {
        /// Its title; empty for a proposed one.
        #[serde(default)]
        title: String,
        /// Its text; empty for a proposed one.
        #[serde(default)]
        body: String,
    },
    /// Edit a draft.
    EditCircular {
        /// Which.
        circular: u32,
        /// Its title.
        title: String,
        /// Its text.
        body: String,
    },
    /// Issue a circular: it gets its number and never changes again.
    IssueCircular {
        /// Which.
        circular: u32,
    },
    /// Release an issued circular to the public.
    ReleaseCircular {
        /// Which.
        circular: u32,
    },
    /// Draft a correction of an issued circular.
    CorrectCircular {
        /// Which.
        circular: u32,
        /// Why.
        reason: String,
        /// Its title.
        title: String,
        /// Its text.
        body: String,
    },
    /// Draft an appraisal from the numbers of today.
    DraftAppraisal {
        /// `half` or `year`.
        period: String,
    },
    /// Mark an office, as the leader.
    MarkOffice {
        /// Which appraisal.
        appraisal: u32,
        /// Which office.
        office: OfficeId,
        /// 0 to 100.
        mark: u8,
        /// Why.
        reason: String,
    },
    /// Add or deduct points.
    AdjustOffice {
        /// Which appraisal.
        appraisal: u32,
        /// Which office.
        office: OfficeId,
        /// Points, negative for a deduction, at most 20.
        points: Amount,
        /// Why, with the rule it rests on.
        reason: String,
    },
    /// Object to an appraisal.
    Appeal {
        /// Which appraisal.
        appraisal: u32,
        /// For which office.
        office: OfficeId,
        /// The ledger line objected to.
        #[serde(default)]
        commitment: Option<String>,
        /// What is objected.
        text: String,
    },
    /// Answer an objection.
    RuleAppeal {
        /// Which appraisal.
        appraisal: u32,
        /// Which appeal.
        appeal: u32,
        /// Whether the office was right.
        upheld: bool,
        /// Points given back, 0 to 20.
        #[serde(default)]
        points: Amount,
        /// Why.
        reason: String,
    },
    /// Make an appraisal final.
    FinaliseAppraisal {
        /// Which.
        appraisal: u32,
    },
}

/// A decision of a meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// What is to be done.
    pub text: String,
    /// Who answers for it.
    pub office: OfficeId,
    /// By when.
    pub due: Day,
    /// The commitment it is about.
    #[serde(default)]
    pub commitment: Option<String>,
}

/// What kind of right a command takes. Which roles hold it is declared by the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Read a document in and review it.
    Review,
    /// Put a plan in force.
    Adopt,
    /// Sign, delegate, ask for help and object for an office.
    ForOffice,
    /// Sign for the bureau, judge and mark.
    Lead,
    /// Hold meetings, draft and issue circulars, supervise.
    Supervise,
    /// Draft, adjust and finalise appraisals, rule on appeals.
    Appraise,
}

impl Act {
    /// Every act, in the order of the table in docs.
    pub const ALL: [Act; 6] = [Act::Review, Act::Adopt, Act::ForOffice, Act::Lead, Act::Supervise, Act::Appraise];

    /// Its name in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Act::Review => "review",
            Act::Adopt => "adopt",
            Act::ForOffice => "for_office",
            Act::Lead => "lead",
            Act::Supervise => "supervise",
            Act::Appraise => "appraise",
        }
    }
}
