//! A declared procedure. A [`Procedure`] is [`Parts`] that were proved by [`Procedure::build`]: names resolve, states
//! are reachable, every open state has a holder, an exit and a clock, and no deemed decision can be blocked.

mod assign;
mod build;
mod clock;
mod condition;
mod discretion;
mod number;
mod progress;
mod prove;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use guancheng_base::{Day, Name, OfficeId};
use guancheng_calendar::{Calendar, Limit};

pub use assign::{Assign, AssignHit, AssignRow, AssignTable};
pub use clock::{Clock, Extend, LimitRule, Trigger};
pub use condition::{Condition, Op};
pub use discretion::{Band, Discretion, Outside, StatuteRange, Tier};
pub use number::NumberTemplate;
pub use progress::{ProgressRule, Standing};

use crate::{Check, CodeLists, Effect, EvidenceKind, Field, Params};

/// The parts of a procedure as declared.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Its id: the kind of its cases.
    pub id: Name,
    /// Its title.
    pub title: String,
    /// Its version; a case keeps the one it began under.
    pub version: u32,
    /// The hash of the files it was read from.
    pub hash: [u8; 32],
    /// First day on which cases may begin under it.
    pub valid_from: Day,
    /// Last such day.
    pub valid_to: Option<Day>,
    /// Laws, standards, plan items.
    pub basis: Vec<String>,
    /// The office that answers for the definition.
    pub owner: String,
    /// How numbers are made.
    pub number: NumberTemplate,
    /// The calendar of its clocks.
    pub calendar: Arc<Calendar>,
    /// The first state.
    pub initial: Name,
    /// Who may know of its cases.
    pub privacy: Privacy,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its states.
    pub states: Vec<State>,
    /// Its moves.
    pub moves: Vec<Move>,
    /// Its clocks.
    pub clocks: Vec<Clock>,
    /// Automatic assignment.
    pub assign: Option<Assign>,
    /// What its cases report of a plan.
    pub progress: Option<ProgressRule>,
    /// Discretion bands.
    pub discretion: Vec<Discretion>,
    /// Parameters shared by checks: `moratorium` for every `road.moratorium…`.
    pub params: BTreeMap<Name, Params>,
    /// The code lists of the pack.
    pub code_lists: CodeLists,
}

/// A proved procedure.
#[derive(Clone, Debug)]
pub struct Procedure {
    parts: Parts,
    field_at: BTreeMap<Name, usize>,
    state_at: BTreeMap<Name, usize>,
    move_at: BTreeMap<Name, usize>,
    clock_at: BTreeMap<Name, usize>,
}

/// Who may know of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Everyone whose role sees the place or the office.
    Open,
    /// Only its holders, those involved and its reporter.
    NeedToKnow,
}

/// A state.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: String,
    /// The stage of the loop it belongs to.
    pub stage: Option<String>,
    /// Who holds a case in it.
    pub holder: Holder,
    /// What the public is told; nothing when `None`.
    pub public: Option<String>,
    /// Whether the case ends here.
    pub is_final: bool,
    /// Parts of a joint review, all of which must answer.
    pub parts: Vec<PartSpec>,
}

/// Who holds a case in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Anyone with the role over the case.
    Role(Name),
    /// The office in the field.
    Field(Name),
    /// The applicant.
    Applicant,
    /// The party.
    Party,
    /// The offices asked for their parts.
    Parts,
    /// Nobody: final states only.
    None,
}

/// One office's part in a joint review, as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct PartSpec {
    /// Its id.
    pub id: Name,
    /// The office, where it works in this system; otherwise whoever began the review records its answer.
    pub office: Option<OfficeId>,
    /// Its name.
    pub office_title: String,
    /// The question.
    pub question: String,
    /// The time to answer.
    pub limit: Limit,
    /// Asked only where these hold.
    pub when: Vec<Condition>,
}

/// Who may make a move.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Anyone with the role over the case.
    Role(Name),
    /// Whoever holds the case.
    Holder,
    /// The reporter.
    Reporter,
    /// The applicant.
    Applicant,
    /// The party.
    Party,
    /// The system: `assign`, `deemed`, `window_passed`, `bank`, or a date field at whose day it acts.
    System(Name),
}

/// Who may not make a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotBy {
    /// Whoever made that move before.
    Did(Name),
    /// Whoever the case complains of: the office or person in the field `complained_of`.
    ComplainedOf,
    /// Whoever attached evidence to the case: who brings a proof does not judge it.
    Witness,
}

/// Evidence a move asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceRule {
    /// Its kind.
    pub kind: EvidenceKind,
    /// How many.
    pub min: usize,
    /// Tags that must all be there among them.
    pub tags: Vec<String>,
    /// Taken at most so many metres from the case's position.
    pub within_m: Option<u32>,
    /// Taken after the case entered this state.
    pub after_state: Option<Name>,
    /// Asked only where these hold.
    pub when: Vec<Condition>,
}

/// How often a move may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveLimit {
    /// So many times in a case.
    pub times: u32,
    /// What to do instead after that.
    pub then: Option<Name>,
}

/// A move.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: String,
    /// From these states.
    pub from: Vec<Name>,
    /// To this state.
    pub to: Name,
    /// Who may.
    pub by: Vec<By>,
    /// Who may not.
    pub not_by: Vec<NotBy>,
    /// Roles that must approve it; empty for none.
    pub approve: Vec<Name>,
    /// Fields that must be there.
    pub require: Vec<Name>,
    /// Evidence that must be there.
    pub evidence: Vec<EvidenceRule>,
    /// Conditions, all of which must hold.
    pub when: Vec<Condition>,
    /// Checks that block.
    pub checks: Vec<Check>,
    /// Checks that only advise.
    pub advise: Vec<Check>,
    /// For so long after the case entered its present state.
    pub window: Option<Limit>,
    /// How often.
    pub limit: Option<MoveLimit>,
    /// The document it issues.
    pub document: Option<String>,
    /// What follows outside the case.
    pub effects: Vec<Effect>,
    /// Why it is so.
    pub why: Option<String>,
}

impl std::ops::Deref for Procedure {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Procedure {
    /// The field of that id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.field_at.get(id).and_then(|at| self.parts.fields.get(*at))
    }

    /// The state of that id.
    pub fn state(&self, id: &str) -> Option<&State> {
        self.state_at.get(id).and_then(|at| self.parts.states.get(*at))
    }

    /// The move of that id.
    pub fn mv(&self, id: &str) -> Option<&Move> {
        self.move_at.get(id).and_then(|at| self.parts.moves.get(*at))
    }

    /// The clock of that id.
    pub fn clock(&self, id: &str) -> Option<&Clock> {
        self.clock_at.get(id).and_then(|at| self.parts.clocks.get(*at))
    }

    /// The moves that lead out of a state, in declared order.
    pub fn moves_from<'a>(&'a self, state: &'a str) -> impl Iterator<Item = &'a Move> {
        self.parts.moves.iter().filter(move |mv| mv.from.iter().any(|from| from == state))
    }

    /// Every role named anywhere in it.
    pub fn roles(&self) -> BTreeSet<Name> {
        let role = |holder: &Holder| match holder {
            Holder::Role(role) => Some(role.clone()),
            _ => None,
        };
        let by = |by: &By| match by {
            By::Role(role) => Some(role.clone()),
            _ => None,
        };
        let states = self.parts.states.iter().filter_map(|state| role(&state.holder));
        let moves =
            self.parts.moves.iter().flat_map(|mv| mv.by.iter().filter_map(by).chain(mv.approve.iter().cloned()));
        let clocks = self.parts.clocks.iter();
        let clocks = clocks.flat_map(|clock| {
            let approve = clock.extend.iter().flat_map(|extend| extend.approve.iter().cloned());
            clock.holder.iter().filter_map(role).chain(approve)
        });
        let tables = self.parts.discretion.iter().filter_map(|table| table.outside.as_ref());
        let tables = tables.flat_map(|outside| outside.approve.iter().cloned());
        let fallback = self.parts.assign.iter().map(|assign| assign.fallback.clone());
        states.chain(moves).chain(clocks).chain(tables).chain(fallback).collect()
    }

    /// For examples, which run a proved procedure with some of its tables taken out.
    pub(crate) fn parts_mut(&mut self) -> &mut Parts {
        &mut self.parts
    }

    /// A rule's name for refusals: `case v1 move feed_back`.
    pub fn rule(&self, what: &str, id: &str) -> String {
        format!("{} v{} {what} {id}", self.parts.id, self.parts.version)
    }
}
