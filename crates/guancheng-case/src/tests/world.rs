//! A city of a few people in which cases are played, and the transcript of what happened.

use std::collections::BTreeMap;

use guancheng_base::{
    Actor, AskId, CaseId, Ctx, EvidenceId, GrantHeld, Instant, LonLat, Name, OfficeId, PersonId, SystemActor,
};
use guancheng_org::{Duty, Need, Permit, Policy, Roles, Who};

use crate::*;

pub(crate) const HERE: LonLat = LonLat { lon: 100.0, lat: 30.0 };

pub(crate) struct World {
    pub(crate) procedure: Procedure,
    pub(crate) policy: Policy,
    pub(crate) facts: MemoryFacts,
    pub(crate) case: Case,
    pub(crate) records: Vec<Record>,
    pub(crate) now: Instant,
    pub(crate) log: String,
    files: i64,
}

impl World {
    pub(crate) fn new(parts: Parts) -> Self {
        let procedure = super::build::built(parts);
        let mut roles = Roles::of_the_loop();
        for id in procedure.roles() {
            if roles.get(&id).is_none() {
                roles.insert(guancheng_org::Role { id, ..Duty::Intake.role() });
            }
        }
        let facts = MemoryFacts {
            cell: Some(150),
            states: [(CaseId(9), ("filed".to_owned(), true))].into(),
            ..MemoryFacts::default()
        };
        World {
            procedure,
            policy: Policy::new(roles),
            facts,
            case: Case::new(CaseId(1)),
            records: Vec::new(),
            now: Instant(0),
            log: String::new(),
            files: 0,
        }
    }

    pub(crate) fn open(&mut self, at: &str, fields: &[(&str, Value)]) {
        self.at(at);
        let opening = opening(fields);
        let ctx = Ctx { now: self.now, actor: Actor::Reporter { code: "r".into() } };
        let subject = subject_of_opening(&self.procedure, &opening);
        let need = Need { any_of: vec![Who::Viewer], ..need_open(&self.procedure) };
        let permit = self.policy.permit_open(&ctx.actor, &subject, &need).expect("a permit");
        let events = open(&ctx, &self.procedure, &opening, &self.facts, &permit).expect("opened");
        self.record("reporter: report", &ctx, events);
    }

    pub(crate) fn at(&mut self, text: &str) {
        self.now = self.procedure.calendar.parse_local(text).expect(text);
        self.log.push_str(&format!("{text}\n"));
    }

    /// A move by `who` with fields and, where it asks for some, a fresh photo on the spot.
    pub(crate) fn go(&mut self, who: &str, mv: &str, fields: &[(&str, Value)]) {
        let photos = self.procedure.mv(mv).map_or(0, |mv| mv.evidence.len());
        let evidence = (0..photos).map(|_| self.photo(HERE)).collect();
        self.run(who, mv, &Command::Move { mv: mv.into(), fields: values(fields), evidence, note: String::new() });
    }

    pub(crate) fn photo(&mut self, at: LonLat) -> EvidenceFact {
        self.files += 1;
        EvidenceFact {
            id: EvidenceId(self.files),
            kind: EvidenceKind::Photo,
            taken_at: Some(self.now),
            at: Some(at),
            tags: Vec::new(),
            by: ActorMark::Reporter,
            attached_at: self.now,
            mv: None,
        }
    }

    pub(crate) fn fire(&mut self) {
        self.run("clock", "fire", &Command::Fire);
    }

    /// Gives a command and writes what came of it into the log.
    pub(crate) fn run(&mut self, who: &str, what: &str, command: &Command) {
        let ctx = Ctx { now: self.now, actor: actor(who) };
        match self.decide(&ctx, command) {
            Ok(events) if events.is_empty() => self.log.push_str(&format!("  {who}: {what} -> nothing\n")),
            Ok(events) => self.record(&format!("{who}: {what}"), &ctx, events),
            Err(refusal) => self.refused(&format!("{who}: {what}"), &refusal),
        }
    }

    pub(crate) fn decide(&self, ctx: &Ctx, command: &Command) -> Result<Vec<Event>, Refusal> {
        let permit = self.permit(ctx, command)?;
        decide(ctx, &self.procedure, &self.case, command, &self.facts, &permit)
    }

    pub(crate) fn permit(&self, ctx: &Ctx, command: &Command) -> Result<Permit, Refusal> {
        let subject = subject(&self.procedure, &self.case);
        let need = need(&self.procedure, &self.case, command)?;
        let denied = |denied| Refusal::new(guancheng_base::ErrorCode::NotAllowed, Text::new(format!("{denied:?}"), ""));
        self.policy.permit(&ctx.actor, &subject, &need).map_err(denied)
    }

    pub(crate) fn record(&mut self, who: &str, ctx: &Ctx, events: Vec<Event>) {
        let told = events.iter().map(|event| self.told(event)).collect::<Vec<_>>().join("; ");
        let seq = self.case.seq + 1;
        let record = Record { case: self.case.id, seq, at: ctx.now, actor: ctx.actor.log_name(), events };
        evolve(&mut self.case, &record);
        self.records.push(record);
        self.log.push_str(&format!("  {who} -> {}: {told}\n", self.case.state));
    }

    fn refused(&mut self, who: &str, refusal: &Refusal) {
        let instead = refusal.instead.as_ref().map(|mv| format!(" [{mv}]")).unwrap_or_default();
        let fields: String = refusal.fields.iter().map(|fault| format!(" {}", fault.field)).collect();
        let line = format!("  {who} -> refused {}: {}{fields}{instead}\n", refusal.code, refusal.text.en);
        self.log.push_str(&line);
    }

    fn told(&self, event: &Event) -> String {
        let time = |at: &Option<Instant>| at.map_or("-".to_owned(), |at| self.short(at));
        match event {
            Event::ClockStarted { clock, due, .. } => format!("{clock} due {}", time(due)),
            Event::ClockResumed { clock, due, .. } => format!("{clock} resumed, due {}", time(due)),
            Event::ClockExtended { clock, due, .. } => format!("{clock} extended, due {}", time(due)),
            Event::ClockStopped { clock, on_time: Some(true), .. } => format!("{clock} on time"),
            Event::ClockStopped { clock, on_time, .. } => format!("{clock} stopped {on_time:?}"),
            Event::ClockPaused { clock, .. } => format!("{clock} paused"),
            Event::ClockCancelled { clock, .. } => format!("{clock} cancelled"),
            Event::ClockWarned { clock, level, at } => format!("{clock} warned {level} at {}", self.short(*at)),
            Event::ClockBreached { clock, due } => format!("{clock} breached {}", self.short(*due)),
            Event::ClockExpired { clock, due, .. } => format!("{clock} expired {}", self.short(*due)),
            Event::Moved { mv, by, .. } => format!("{mv} by {by:?}"),
            Event::Assigned { assignment } => {
                format!("assigned by row {:?}, near {:?}", assignment.row, assignment.others)
            }
            Event::Effect { effect, to, .. } => format!("{effect} {}", to.join(" ")),
            Event::Counted { counter } => format!("count {counter}"),
            Event::Asked { ask, .. } => format!("asked {ask}"),
            Event::Ruled { ask, grant, .. } => format!("ruled {ask} {grant}"),
            Event::Planned { plan } => format!("planned {}", time(&plan.as_ref().map(|(_, at)| *at))),
            Event::PartOpened { part, due, .. } => format!("part {part} due {}", self.short(*due)),
            Event::PartAnswered { part, agree, .. } => format!("part {part} answers {agree}"),
            Event::Linked { kind, case } => format!("linked {kind} {case}"),
            other => other.name().to_owned(),
        }
    }

    fn short(&self, at: Instant) -> String {
        crate::texts::moment(&self.procedure.calendar, at)
    }
}

pub(crate) fn values(fields: &[(&str, Value)]) -> BTreeMap<Name, Value> {
    fields.iter().map(|(id, value)| (Name::from(*id), value.clone())).collect()
}

pub(crate) fn opening(fields: &[(&str, Value)]) -> Opening {
    Opening {
        id: CaseId(1),
        number: "N001".to_owned(),
        source: "public".into(),
        reporter: Some("r".into()),
        report: None,
        fields: values(fields),
        evidence: Vec::new(),
        split_from: None,
        imported: BTreeMap::new(),
    }
}

/// `intake` or `department@12`; one person a role (and office), all over the city; `reporter`, `clock`, `import`.
pub(crate) fn actor(who: &str) -> Actor {
    match who {
        "reporter" => Actor::Reporter { code: "r".into() },
        "clock" => Actor::System(SystemActor::Clock),
        "import" => Actor::System(SystemActor::Import),
        person => {
            let (role, office) = person.split_once('@').unwrap_or((person, "0"));
            let office: i64 = office.parse().expect("an office");
            let offices = if office == 0 { Vec::new() } else { vec![OfficeId(office)] };
            let grant = |role: &str| GrantHeld {
                role: role.into(),
                office: OfficeId(office),
                offices: offices.clone(),
                area: None,
                kinds: Vec::new(),
            };
            let id = PersonId(office * 1000 + role.bytes().map(i64::from).sum::<i64>());
            Actor::Person { id, grants: role.split('+').map(grant).collect() }
        }
    }
}

pub(crate) fn t(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn c(code: &str) -> Value {
    Value::Code(code.into())
}

pub(crate) fn date(text: &str) -> Value {
    Value::Date(guancheng_base::Day::parse(text).expect(text))
}

pub(crate) fn office(id: i64) -> Value {
    Value::Org(OfficeId(id))
}

pub(crate) fn ask(n: i64, grant: bool, reason: &str) -> Command {
    Command::Rule { ask: AskId(n), grant, reason: reason.to_owned() }
}
