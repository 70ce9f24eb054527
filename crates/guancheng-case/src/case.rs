//! A case as it stands: the fold of its records.

use std::collections::BTreeMap;

use guancheng_base::{AskId, CaseId, EvidenceId, Instant, LonLat, Name, OfficeId, PersonId, ReportId, SystemActor};
use guancheng_calendar::Limit;

use crate::{ClockRun, Light, Value};

/// A case. Made by [`crate::evolve`] only; read by everyone.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The procedure.
    pub kind: Name,
    /// The version of the procedure under which it began and stays.
    pub version: u32,
    /// Its number for people.
    pub number: String,
    /// How many records it has.
    pub seq: u64,
    /// When it began.
    pub opened_at: Instant,
    /// When it last changed.
    pub changed_at: Instant,
    /// Its state.
    pub state: Name,
    /// When each state was last entered.
    pub entered: BTreeMap<Name, Instant>,
    /// Its fields.
    pub fields: BTreeMap<Name, Value>,
    /// Where it came from: `public`, `inspector`, `hotline`, …
    pub source: Name,
    /// The tracking code of its reporter, applicant or party.
    pub reporter: Option<Name>,
    /// Its clocks by id.
    pub clocks: BTreeMap<Name, ClockRun>,
    /// The moves made, in order.
    pub did: Vec<Did>,
    /// Questions put to approvers.
    pub asks: Vec<Ask>,
    /// Parts of a joint review, the last round of each.
    pub parts: Vec<Part>,
    /// Photos and files.
    pub evidence: Vec<EvidenceFact>,
    /// Counts such as `rework`, `dispute`.
    pub counters: BTreeMap<Name, u32>,
    /// Other cases it is tied to.
    pub links: Vec<Link>,
    /// The reports in it.
    pub reports: Vec<ReportId>,
    /// Comments, in order.
    pub comments: Vec<Comment>,
    /// Declared happenings from outside, such as `notice_published`, with their last time.
    pub signals: BTreeMap<Name, Instant>,
    /// Why its unit is its unit.
    pub assignment: Option<Assignment>,
    /// A move the system will make at a declared date.
    pub planned: Option<Planned>,
    /// What an import brought along that is no field: the other system's key, its own verdict.
    pub imported: BTreeMap<Name, String>,
    /// When it reached a final state.
    pub closed_at: Option<Instant>,
}

/// Who did something, without what they might do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActorMark {
    /// A person.
    Person(PersonId),
    /// The reporter of the case.
    Reporter,
    /// The system.
    System(SystemActor),
}

/// A move that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Did {
    /// The move.
    pub mv: Name,
    /// By whom.
    pub by: ActorMark,
    /// When.
    pub at: Instant,
}

/// A question put to an approver.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Its number in the case, from 1.
    pub id: AskId,
    /// What is asked.
    pub what: AskWhat,
    /// By whom.
    pub by: ActorMark,
    /// When.
    pub at: Instant,
    /// The state in which it was asked; a question outlived by its state can only be refused.
    pub state: Name,
    /// Until when it must be ruled on, where declared.
    pub decide_by: Option<Instant>,
    /// The ruling.
    pub ruling: Option<Ruling>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum AskWhat {
    /// To make a move that needs approval.
    Move {
        /// The move.
        mv: Name,
        /// The fields it would set.
        fields: BTreeMap<Name, Value>,
        /// A note to the approver.
        note: String,
    },
    /// To lengthen a clock.
    Extension {
        /// The clock.
        clock: Name,
        /// By how much.
        add: Limit,
        /// The fields it would set.
        fields: BTreeMap<Name, Value>,
    },
}

/// A ruling on a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Granted or refused.
    pub grant: bool,
    /// By whom.
    pub by: ActorMark,
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: String,
}

/// One office's part of a joint review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its id in the state's declaration.
    pub id: Name,
    /// The office asked, where it works in this system.
    pub office: Option<OfficeId>,
    /// Its name.
    pub office_title: String,
    /// The question.
    pub question: String,
    /// When it was asked.
    pub opened_at: Instant,
    /// Until when it should answer.
    pub due: Instant,
    /// The answer.
    pub answer: Option<PartAnswer>,
}

/// An office's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartAnswer {
    /// Whether it agrees.
    pub agree: bool,
    /// Its opinion.
    pub opinion: String,
    /// Who gave it.
    pub by: ActorMark,
    /// When.
    pub at: Instant,
}

/// What kind of evidence a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// A photo.
    Photo,
    /// A document.
    File,
    /// A signature.
    Signature,
    /// A video.
    Video,
    /// A sound recording.
    Audio,
}

/// What the case knows of a file in the evidence store.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceFact {
    /// The file.
    pub id: EvidenceId,
    /// Its kind.
    pub kind: EvidenceKind,
    /// When it was taken, by its own word.
    pub taken_at: Option<Instant>,
    /// Where it was taken.
    pub at: Option<LonLat>,
    /// Declared tags.
    pub tags: Vec<String>,
    /// Who attached it.
    pub by: ActorMark,
    /// When it was attached.
    pub attached_at: Instant,
    /// With which move; `None` at the opening or with a joined report.
    pub mv: Option<Name>,
}

/// A tie to another case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// `main` (this one follows that one), `follower`, `split_to`, `split_from`.
    pub kind: Name,
    /// The other case.
    pub case: CaseId,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Who.
    pub by: ActorMark,
    /// When.
    pub at: Instant,
    /// What.
    pub text: String,
}

/// Why a case was sent where it is: the row of the table, and what came near.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The office it was given to; `None` when nothing matched and people decide.
    pub unit: Option<OfficeId>,
    /// The table.
    pub table: Name,
    /// The row that matched.
    pub row: Option<String>,
    /// Rows that came near, in words, each with what kept it from matching.
    pub others: Vec<String>,
    /// Whether the fallback applies.
    pub fallback: bool,
}

/// A move the system will make by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The move.
    pub mv: Name,
    /// When.
    pub at: Instant,
}

impl Case {
    /// A case before its first record.
    pub fn new(id: CaseId) -> Self {
        Case {
            id,
            kind: "".into(),
            version: 0,
            number: String::new(),
            seq: 0,
            opened_at: Instant(0),
            changed_at: Instant(0),
            state: "".into(),
            entered: BTreeMap::new(),
            fields: BTreeMap::new(),
            source: "".into(),
            reporter: None,
            clocks: BTreeMap::new(),
            did: Vec::new(),
            asks: Vec::new(),
            parts: Vec::new(),
            evidence: Vec::new(),
            counters: BTreeMap::new(),
            links: Vec::new(),
            reports: Vec::new(),
            comments: Vec::new(),
            signals: BTreeMap::new(),
            assignment: None,
            planned: None,
            imported: BTreeMap::new(),
            closed_at: None,
        }
    }

    /// Whether it is in an open state.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// A field's value.
    pub fn field(&self, id: &str) -> Option<&Value> {
        self.fields.get(id)
    }

    /// How often the move was made.
    pub fn times(&self, mv: &str) -> usize {
        self.did.iter().filter(|did| did.mv == *mv).count()
    }

    /// A counter; zero when never counted.
    pub fn counter(&self, id: &str) -> u32 {
        self.counters.get(id).copied().unwrap_or(0)
    }

    /// The clock its holder is measured on: the running one with the least time left; a paused one if none runs.
    pub fn main_clock(&self) -> Option<(&Name, &ClockRun)> {
        let rated = || self.clocks.iter().filter(|(_, run)| run.time.is_some());
        let running = rated().filter(|(_, run)| run.is_running()).min_by_key(|(_, run)| run.due);
        running.or_else(|| rated().find(|(_, run)| run.state == crate::RunState::Paused))
    }

    /// The light of the main clock; once closed, red if any clock was stopped late.
    pub fn light(&self, now: Instant) -> Light {
        if self.is_open() {
            return self.main_clock().map_or(Light::NotRated, |(_, run)| run.light(now));
        }
        let lights = self.clocks.values().map(|run| run.light(now)).filter(|light| *light != Light::NotRated);
        lights.max().unwrap_or(Light::NotRated)
    }

    /// The next moment at which [`crate::Command::Fire`] has something to do; the one durable timer of the case.
    pub fn next_wake(&self) -> Option<Instant> {
        let clocks = self.clocks.values().filter_map(ClockRun::next_wake);
        let planned = self.planned.as_ref().map(|planned| planned.at);
        let wake = clocks.chain(planned).min();
        if self.is_open() { wake } else { None }
    }

    /// The position: the first field that holds a point or a line.
    pub fn position(&self) -> Option<LonLat> {
        let place = self.fields.get("place").and_then(Value::as_point);
        place.or_else(|| self.fields.values().find_map(Value::as_point))
    }

    /// The question of that number.
    pub fn ask(&self, id: AskId) -> Option<&Ask> {
        self.asks.iter().find(|ask| ask.id == id)
    }

    /// When the case last entered its present state.
    pub fn state_since(&self) -> Instant {
        self.entered.get(&self.state).copied().unwrap_or(self.opened_at)
    }
}
