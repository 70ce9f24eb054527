//! Cases: declared procedures, their clocks, and the kernel `step / decide / evolve`. Invariant: a decision reads
//! nothing but its arguments and writes nothing; evolving is total; a case is the fold of its records, so that a
//! replay gives the same case on every machine and in every year.
//!
//! Every change passes one way: a [`Command`] becomes [`Event`]s or a [`Refusal`], and the [`Record`] in which the
//! store keeps them is applied to the [`Case`]. Due dates are computed when decided and stand in the events, so
//! reading the past needs no calendar.

mod case;
mod checks;
mod clock_run;
mod codelist;
mod command;
mod effects;
mod event;
mod evolve;
mod example;
mod facts;
mod fault;
mod field;
mod kernel;
mod light;
mod params;
mod procedure;
mod refusal;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod value;

pub use case::{
    ActorMark, Ask, AskWhat, Assignment, Case, Comment, Did, EvidenceFact, EvidenceKind, Link, Part, PartAnswer,
    Planned, Ruling,
};
pub use checks::{Check, CheckFailure, Major, Moratorium, Outcome};
pub use clock_run::{ClockRun, PauseCause, RunState};
pub use codelist::{ByArea, Cell, CodeList, CodeLists, CodeRow, LimitCell, Season};
pub use command::{Command, Opening};
pub use effects::Effect;
pub use event::{Event, Record};
pub use evolve::{evolve, replay};
pub use example::{Example, ExampleStep, run_example};
pub use facts::{Facts, MemoryFacts, OtherWorks};
pub use fault::{Fault, did_you_mean};
pub use field::{Derive, Field, FieldKind};
pub use kernel::{
    COMMENT_MAX, EvidenceNeed, ExtensionOption, MoveOption, decide, extensions, matrix_rows, need, need_open, open,
    step, subject, subject_of_opening,
};
pub use light::Light;
pub use params::{Param, Params};
pub use procedure::{
    Assign, AssignHit, AssignRow, AssignTable, Band, By, Clock, Condition, Discretion, EvidenceRule, Extend, Holder,
    LimitRule, Move, MoveLimit, NotBy, NumberTemplate, Op, Outside, PartSpec, Parts, Privacy, Procedure, ProgressRule,
    Standing, State, StatuteRange, Tier, Trigger,
};
pub use refusal::{FieldFault, Refusal};
pub use text::{Lang, Text};
pub use value::Value;
