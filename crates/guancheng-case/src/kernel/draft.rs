//! The case as it is becoming while a command is decided: the stored case under a thin layer of what the events so far
//! have changed. Nothing is cloned that is not touched.

use std::collections::BTreeMap;

use guancheng_base::{Actor, CaseId, Ctx, Day, ErrorCode, Instant, LonLat, Name};
use guancheng_calendar::{Calendar, CalendarError};

use crate::{ActorMark, Case, ClockRun, Condition, Event, Facts, Planned, Procedure, Refusal, State, Text, Value};

/// What every part of the kernel reads and adds to.
pub(crate) struct Draft<'a> {
    pub(crate) ctx: &'a Ctx,
    pub(crate) procedure: &'a Procedure,
    pub(crate) case: &'a Case,
    pub(crate) facts: &'a dyn Facts,
    /// The moment of the act: now, or the moment something was due when a timer catches up.
    pub(crate) at: Instant,
    /// Who acts.
    pub(crate) by: ActorMark,
    /// What has been decided so far.
    pub(crate) events: Vec<Event>,
    state: Name,
    entered: BTreeMap<Name, Instant>,
    fields: BTreeMap<Name, Value>,
    clocks: BTreeMap<Name, ClockRun>,
    planned: Option<Planned>,
    did: Vec<(Name, ActorMark)>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(ctx: &'a Ctx, procedure: &'a Procedure, case: &'a Case, facts: &'a dyn Facts) -> Self {
        Draft {
            ctx,
            procedure,
            case,
            facts,
            at: ctx.now,
            by: mark(&ctx.actor),
            events: Vec::new(),
            state: case.state.clone(),
            entered: BTreeMap::new(),
            fields: BTreeMap::new(),
            clocks: BTreeMap::new(),
            planned: case.planned.clone(),
            did: Vec::new(),
        }
    }

    /// Adds an event and lets the layer follow it.
    pub(crate) fn emit(&mut self, event: Event) {
        if let Some(clock) = event.clock() {
            let before = self.clocks.remove(clock).or_else(|| self.case.clocks.get(clock).cloned());
            if let Some(after) = ClockRun::after(before, &event) {
                self.clocks.insert(clock.clone(), after);
            }
        }
        match &event {
            Event::Moved { mv, to, by, at, .. } => {
                self.state = to.clone();
                self.entered.insert(to.clone(), *at);
                self.did.push((mv.clone(), *by));
            }
            Event::FieldsSet { fields } => self.fields.extend(fields.iter().map(|(k, v)| (k.clone(), v.clone()))),
            Event::Planned { plan } => self.planned = plan.clone().map(|(mv, at)| Planned { mv, at }),
            _ => {}
        }
        self.events.push(event);
    }

    /// Values about to be set: visible to checks, not yet decided.
    pub(crate) fn propose(&mut self, fields: &BTreeMap<Name, Value>) {
        self.fields.extend(fields.iter().map(|(id, value)| (id.clone(), value.clone())));
    }

    pub(crate) fn calendar(&self) -> &'a Calendar {
        &self.procedure.calendar
    }

    pub(crate) fn today(&self) -> Day {
        self.calendar().day_of(self.at)
    }

    pub(crate) fn state_id(&self) -> &Name {
        &self.state
    }

    pub(crate) fn state(&self) -> Option<&'a State> {
        self.procedure.state(&self.state)
    }

    pub(crate) fn is_open(&self) -> bool {
        self.state().is_some_and(|state| !state.is_final)
    }

    /// When the state was last entered.
    pub(crate) fn entered(&self, state: &str) -> Option<Instant> {
        self.entered.get(state).or_else(|| self.case.entered.get(state)).copied()
    }

    pub(crate) fn state_since(&self) -> Instant {
        self.entered(&self.state).unwrap_or(self.case.opened_at)
    }

    /// A field's value with what this command sets.
    pub(crate) fn field(&self, id: &str) -> Option<&Value> {
        self.fields.get(id).or_else(|| self.case.fields.get(id)).filter(|value| !value.is_blank())
    }

    pub(crate) fn holds(&self, condition: &Condition) -> bool {
        if condition.f == "source" {
            return condition.holds_for(Some(&Value::Code(self.case.source.clone())));
        }
        condition.holds_for(self.field(&condition.f))
    }

    pub(crate) fn clock(&self, id: &str) -> Option<&ClockRun> {
        self.clocks.get(id).or_else(|| self.case.clocks.get(id))
    }

    pub(crate) fn planned(&self) -> Option<&Planned> {
        self.planned.as_ref()
    }

    pub(crate) fn position(&self) -> Option<LonLat> {
        let place = self.field("place").and_then(Value::as_point);
        let new = || self.fields.values().find_map(Value::as_point);
        place.or_else(new).or_else(|| self.case.position())
    }

    /// The unit-grid cell: the derived field, or a plain reading of the position.
    pub(crate) fn cell(&self) -> Option<i64> {
        let derived = self.procedure.fields.iter().find(|field| field.derive.is_some());
        derived.and_then(|field| self.field(&field.id)).and_then(cell_value)
    }

    pub(crate) fn times(&self, mv: &str) -> u32 {
        let now = self.did.iter().filter(|(did, _)| did == mv).count();
        u32::try_from(self.case.times(mv) + now).unwrap_or(u32::MAX)
    }

    /// A refusal that names the rule and its basis.
    pub(crate) fn refuse(&self, code: ErrorCode, rule: String, text: Text) -> Refusal {
        refusal(self.procedure, &self.state, code, rule, text)
    }

    /// A calendar that cannot answer refuses the act.
    pub(crate) fn calendar_refuses(&self, error: &CalendarError) -> Refusal {
        let text = match error {
            CalendarError::NotLoaded { calendar, year, loaded } => Text::new(
                format!("日历 {calendar} 未装载 {year} 年的节假日（已装载：{loaded}），不能推算期限"),
                error.to_string(),
            ),
            other => Text::new(other.to_string(), other.to_string()),
        };
        self.refuse(error.code(), self.procedure.rule("calendar", &self.procedure.calendar.spec().id), text)
    }

    pub(crate) fn case_id(&self) -> CaseId {
        self.case.id
    }
}

/// A refusal in a state: with the rule, its basis, and the moves that state allows.
pub(crate) fn refusal(procedure: &Procedure, state: &Name, code: ErrorCode, rule: String, text: Text) -> Refusal {
    let mut refusal = Refusal::new(code, text);
    refusal.rule = rule;
    refusal.version = procedure.version;
    refusal.basis.clone_from(&procedure.basis);
    refusal.possible = procedure.moves_from(state).map(|mv| mv.id.clone()).collect();
    refusal
}

/// The actor without what they might do.
pub(crate) fn mark(actor: &Actor) -> ActorMark {
    match actor {
        Actor::Person { id, .. } => ActorMark::Person(*id),
        Actor::Reporter { .. } => ActorMark::Reporter,
        Actor::System(system) => ActorMark::System(*system),
    }
}

/// A cell written in a field: a 15-digit code as a reference or text.
pub(crate) fn cell_value(value: &Value) -> Option<i64> {
    match value {
        Value::Int(cell) => Some(*cell),
        other => other.as_text().and_then(|text| text.parse().ok()),
    }
}
