//! One walk over the records of a case, in order: which moment was the first or the last of its kind, who did it, what was
//! due. Everything a fact knows of the past is found here.

use std::collections::BTreeSet;

use guancheng_base::{Instant, Name, OfficeId};
use guancheng_case::{ActorMark, Event, Procedure, Record, Value};
use guancheng_indicator::fact::TaskFact;

use super::words::{Measures, Step, clock, step};

/// What the records say.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    pub(super) accepted_at: Option<Instant>,
    pub(super) rejected_at: Option<Instant>,
    pub(super) filed_at: Option<Instant>,
    pub(super) voided_at: Option<Instant>,
    pub(super) dispatched_at: Option<Instant>,
    pub(super) disposed_at: Option<Instant>,
    pub(super) checked_at: Option<Instant>,
    pub(super) closed_at: Option<Instant>,
    pub(super) file_due: Option<Instant>,
    pub(super) dispatch_due: Option<Instant>,
    pub(super) due_at: Option<Instant>,
    pub(super) first_due_at: Option<Instant>,
    pub(super) intake: Option<Name>,
    pub(super) dispatcher: Option<Name>,
    pub(super) verifier: Option<Name>,
    /// Every unit it was dispatched to.
    pub(super) units: BTreeSet<OfficeId>,
    pub(super) hung: bool,
    pub(super) extensions: i64,
    pub(super) returns: i64,
    /// When a check failed.
    pub(super) failed: Vec<Instant>,
    /// Verifications and checks, without what they share with the case.
    pub(super) tasks: Vec<TaskFact>,
    unit: Option<OfficeId>,
}

/// A move as the walk needs it.
struct Moved<'m> {
    from: &'m str,
    to: &'m str,
    is_final: bool,
    by: ActorMark,
    at: Instant,
}

impl Trail {
    /// Walks the records. `unit` is the field that holds the responsible unit.
    pub(super) fn of(procedure: &Procedure, records: &[Record], unit: Option<&str>, row: &str) -> Trail {
        let mut trail = Trail::default();
        for event in records.iter().flat_map(|record| &record.events) {
            match event {
                Event::FieldsSet { fields } => {
                    let named = unit.and_then(|unit| fields.get(unit));
                    trail.unit = named.and_then(office).or(trail.unit);
                }
                Event::Moved { from, to, is_final, by, at, .. } => {
                    let moved = Moved { from, to, is_final: *is_final, by: *by, at: *at };
                    trail.moved(&moved, procedure.initial == *from, row);
                }
                _ => trail.clock(event),
            }
        }
        trail
    }

    fn moved(&mut self, moved: &Moved<'_>, begins: bool, row: &str) {
        let Moved { from, to, is_final, by, at } = *moved;
        let (from, to) = (step(from), step(to));
        if begins && self.accepted_at.is_none() && !is_final {
            (self.accepted_at, self.intake) = (Some(at), person(by));
        }
        if from == Step::Verifying || from == Step::FedBack {
            self.answered(to == Step::Other && !is_final, by, at);
        }
        if self.closed_at.is_some() && !is_final {
            (self.closed_at, self.disposed_at) = (None, None);
        }
        match to {
            Step::Verifying => self.task("verify", at, row),
            Step::Filed if from == Step::Dispatched => self.returns += 1,
            Step::Filed => self.filed_at = self.filed_at.or(Some(at)),
            Step::Dispatched => self.dispatched(by, at),
            Step::Hung => self.hung = true,
            Step::FedBack => {
                self.disposed_at = Some(at);
                self.task("check", at, row);
            }
            Step::Rejected => {
                self.rejected_at = Some(at);
                self.intake = self.intake.take().or(person(by));
            }
            Step::Voided => self.voided_at = Some(at),
            Step::Other if is_final => {
                self.closed_at = Some(at);
                self.disposed_at = self.disposed_at.or(Some(at));
            }
            Step::Merged | Step::Other => {}
        }
    }

    fn dispatched(&mut self, by: ActorMark, at: Instant) {
        self.units.extend(self.unit);
        if self.dispatched_at.is_none() {
            (self.dispatched_at, self.dispatcher) = (Some(at), person(by));
        }
    }

    /// A verification has to be sent within the limit for filing; a check is sent by the system the moment it is needed, and
    /// nobody can be late with it.
    fn task(&mut self, task: &str, at: Instant, row: &str) {
        let n = self.tasks.len() + 1;
        let send_due = self.file_due.filter(|_| task == "verify");
        let (needed_at, sent_at) = (Some(at), Some(at));
        self.tasks.push(TaskFact {
            task: Some(task.into()),
            needed_at,
            sent_at,
            send_due,
            ..TaskFact::new(format!("{row}.{n}"))
        });
    }

    /// The open verification or check is answered. Going on working after a check is a check that failed.
    fn answered(&mut self, works_on: bool, by: ActorMark, at: Instant) {
        let Some(task) = self.tasks.last_mut().filter(|task| task.answered_at.is_none()) else { return };
        (task.answered_at, task.collector) = (Some(at), person(by));
        if task.task.as_deref() == Some("verify") {
            self.verifier = person(by);
            return;
        }
        task.passed = Some(!works_on);
        self.checked_at = Some(at);
        if works_on {
            self.failed.push(at);
            self.disposed_at = None;
        }
    }

    fn clock(&mut self, event: &Event) {
        let Some(measures) = event.clock().and_then(|id| clock(id)) else { return };
        let (due, starts) = match event {
            Event::ClockStarted { due, .. } => (*due, true),
            Event::ClockResumed { due, .. } => (*due, false),
            Event::ClockExtended { due, .. } => {
                self.extensions += i64::from(measures == Measures::Disposal);
                (*due, false)
            }
            Event::ClockCancelled { .. } => return self.cancelled(measures),
            _ => return,
        };
        // A clock that stands still has no due moment; what was due before it stood still is kept.
        let put = |kept: &mut Option<Instant>| *kept = if starts { due } else { due.or(*kept) };
        match measures {
            Measures::Filing => put(&mut self.file_due),
            Measures::Dispatching if self.dispatched_at.is_none() => put(&mut self.dispatch_due),
            Measures::Dispatching => {}
            Measures::Disposal => {
                put(&mut self.due_at);
                self.first_due_at = self.first_due_at.or(due);
            }
            Measures::Verifying | Measures::Checking => {
                self.tasks.iter_mut().next_back().into_iter().for_each(|task| put(&mut task.due_at));
            }
        }
    }

    fn cancelled(&mut self, measures: Measures) {
        match measures {
            Measures::Disposal => self.due_at = None,
            Measures::Dispatching if self.dispatched_at.is_none() => self.dispatch_due = None,
            _ => {}
        }
    }
}

/// A person as facts name them: as the log does.
pub(super) fn person(by: ActorMark) -> Option<Name> {
    match by {
        ActorMark::Person(id) => Some(format!("person:{id}").into()),
        ActorMark::Reporter | ActorMark::System(_) => None,
    }
}

fn office(value: &Value) -> Option<OfficeId> {
    match value {
        Value::Org(office) => Some(*office),
        _ => None,
    }
}
