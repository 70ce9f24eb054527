//! Everything that can happen to a case. The set is closed; payloads are kept for ever.

use std::collections::BTreeMap;

use guancheng_base::{AskId, CaseId, Instant, Name, OfficeId, ReportId};
use guancheng_calendar::ClockTime;

use crate::{ActorMark, AskWhat, Assignment, EvidenceFact, PauseCause, Value};

/// What one command did, in order. The store keeps it as one row and hashes it into the city's chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The case.
    pub case: CaseId,
    /// Its place in the case, from 1.
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// Who, as the log names them.
    pub actor: String,
    /// What happened.
    pub events: Vec<Event>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The case began.
    Opened {
        /// The procedure.
        kind: Name,
        /// Its version.
        version: u32,
        /// The case's number.
        number: String,
        /// The first state.
        state: Name,
        /// Where it came from.
        source: Name,
        /// The reporter's code.
        reporter: Option<Name>,
    },
    /// A report was added.
    ReportJoined {
        /// The report.
        report: ReportId,
    },
    /// Fields were set.
    FieldsSet {
        /// The new values.
        fields: BTreeMap<Name, Value>,
    },
    /// Photos or files were attached.
    EvidenceAdded {
        /// What the case keeps of them.
        evidence: Vec<EvidenceFact>,
    },
    /// A move was made.
    Moved {
        /// The move.
        mv: Name,
        /// From this state.
        from: Name,
        /// To this state.
        to: Name,
        /// Whether that state is final.
        is_final: bool,
        /// By whom; the system for assignments and deemed decisions inside another's record.
        by: ActorMark,
        /// What they wrote to it.
        note: String,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// A question was put to an approver.
    Asked {
        /// Its number.
        ask: AskId,
        /// What.
        what: AskWhat,
        /// By whom.
        by: ActorMark,
        /// Until when it must be ruled on.
        decide_by: Option<Instant>,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// An approver ruled.
    Ruled {
        /// The question.
        ask: AskId,
        /// Granted or refused.
        grant: bool,
        /// By whom.
        by: ActorMark,
        /// Why.
        reason: String,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// A clock began from nothing.
    ClockStarted {
        /// The clock.
        clock: Name,
        /// Its arithmetic; `None` when no limit applies.
        time: Option<ClockTime>,
        /// The last moment that is on time.
        due: Option<Instant>,
        /// When it turns yellow.
        near_at: Option<Instant>,
        /// When it warns.
        warn_at: Vec<Instant>,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// A clock was paused.
    ClockPaused {
        /// The clock.
        clock: Name,
        /// Its arithmetic.
        time: Option<ClockTime>,
        /// Its due moment if it was overdue by then.
        due: Option<Instant>,
        /// Why.
        cause: PauseCause,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// A paused or stopped clock went on with what was left.
    ClockResumed {
        /// The clock.
        clock: Name,
        /// Its arithmetic.
        time: Option<ClockTime>,
        /// Its new due moment.
        due: Option<Instant>,
        /// When it turns yellow.
        near_at: Option<Instant>,
        /// When it warns; those already given are kept in place.
        warn_at: Vec<Instant>,
    },
    /// The act it waited for was done.
    ClockStopped {
        /// The clock.
        clock: Name,
        /// Its arithmetic, standing.
        time: Option<ClockTime>,
        /// The verdict; `None` when no limit applies.
        on_time: Option<bool>,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// It was taken back.
    ClockCancelled {
        /// The clock.
        clock: Name,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// Its period was lengthened.
    ClockExtended {
        /// The clock.
        clock: Name,
        /// Its arithmetic.
        time: Option<ClockTime>,
        /// Its new due moment.
        due: Option<Instant>,
        /// When it turns yellow.
        near_at: Option<Instant>,
        /// When it warns; those already given are kept in place.
        warn_at: Vec<Instant>,
    },
    /// A share of its period has passed.
    ClockWarned {
        /// The clock.
        clock: Name,
        /// Which of its warnings, from 1.
        level: usize,
        /// The moment it was due.
        at: Instant,
    },
    /// Its due moment passed.
    ClockBreached {
        /// The clock.
        clock: Name,
        /// The due moment.
        due: Instant,
    },
    /// It ran out, and what the law deems then was done.
    ClockExpired {
        /// The clock.
        clock: Name,
        /// The due moment.
        due: Instant,
        /// Late, where running out was somebody's failing; `None` where it was a window that passed.
        on_time: Option<bool>,
    },
    /// An office was asked for its part of a joint review.
    PartOpened {
        /// The part.
        part: Name,
        /// The office, where it works in this system.
        office: Option<OfficeId>,
        /// Its name.
        office_title: String,
        /// The question.
        question: String,
        /// Until when.
        due: Instant,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// It answered.
    PartAnswered {
        /// The part.
        part: Name,
        /// Whether it agrees.
        agree: bool,
        /// Its opinion.
        opinion: String,
        /// By whom.
        by: ActorMark,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// A table was asked for the responsible unit.
    Assigned {
        /// What it said, and why.
        assignment: Assignment,
    },
    /// Something is to be done outside the case; the store puts it into the outbox.
    Effect {
        /// The effect's name.
        effect: Name,
        /// Addressees: `reporter`, `role:shift_leader`, `office:12`, `case:7`.
        to: Vec<String>,
        /// Parameters: the category of a case to open, an amount.
        with: BTreeMap<Name, String>,
    },
    /// A counter went up.
    Counted {
        /// The counter.
        counter: Name,
    },
    /// It was tied to another case.
    Linked {
        /// How.
        kind: Name,
        /// To which.
        case: CaseId,
    },
    /// Someone wrote something.
    Commented {
        /// Who.
        by: ActorMark,
        /// What.
        text: String,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// Something happened outside that a clock waits for.
    Signalled {
        /// What.
        event: Name,
        /// Who said so.
        by: ActorMark,
        /// At which moment; a record may catch up on what was due before it.
        at: Instant,
    },
    /// The system will make a move by itself at that moment; none any more when `None`.
    Planned {
        /// The move and the moment.
        plan: Option<(Name, Instant)>,
    },
    /// What an import brought along.
    Imported {
        /// Names and values of the other system.
        facts: BTreeMap<Name, String>,
    },
}

impl Event {
    /// The clock it is about.
    pub fn clock(&self) -> Option<&Name> {
        match self {
            Event::ClockStarted { clock, .. }
            | Event::ClockPaused { clock, .. }
            | Event::ClockResumed { clock, .. }
            | Event::ClockStopped { clock, .. }
            | Event::ClockCancelled { clock, .. }
            | Event::ClockExtended { clock, .. }
            | Event::ClockWarned { clock, .. }
            | Event::ClockBreached { clock, .. }
            | Event::ClockExpired { clock, .. } => Some(clock),
            _ => None,
        }
    }

    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Event::Opened { .. } => "opened",
            Event::ReportJoined { .. } => "report_joined",
            Event::FieldsSet { .. } => "fields_set",
            Event::EvidenceAdded { .. } => "evidence_added",
            Event::Moved { .. } => "moved",
            Event::Asked { .. } => "asked",
            Event::Ruled { .. } => "ruled",
            Event::ClockStarted { .. } => "clock_started",
            Event::ClockPaused { .. } => "clock_paused",
            Event::ClockResumed { .. } => "clock_resumed",
            Event::ClockStopped { .. } => "clock_stopped",
            Event::ClockCancelled { .. } => "clock_cancelled",
            Event::ClockExtended { .. } => "clock_extended",
            Event::ClockWarned { .. } => "clock_warned",
            Event::ClockBreached { .. } => "clock_breached",
            Event::ClockExpired { .. } => "clock_expired",
            Event::PartOpened { .. } => "part_opened",
            Event::PartAnswered { .. } => "part_answered",
            Event::Assigned { .. } => "assigned",
            Event::Effect { .. } => "effect",
            Event::Counted { .. } => "counted",
            Event::Linked { .. } => "linked",
            Event::Commented { .. } => "commented",
            Event::Signalled { .. } => "signalled",
            Event::Planned { .. } => "planned",
            Event::Imported { .. } => "imported",
        }
    }
}
