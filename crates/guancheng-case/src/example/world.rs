//! The little world of an example: one person for each role, an office, and a city of one cell.

use std::collections::{BTreeMap, BTreeSet};

use guancheng_base::{Actor, CaseId, Ctx, EvidenceId, GrantHeld, Instant, Name, OfficeId, PersonId, SystemActor};
use guancheng_org::{Permit, Policy, Role, Roles, Views};

use super::{ExampleStep, Seen, fill};
use crate::{
    ActorMark, By, Case, Command, EvidenceFact, Holder, MemoryFacts, Move, NotBy, Opening, Procedure, Record, Refusal,
    Value, decide, evolve, kernel, need, need_open, open, subject, subject_of_opening,
};

/// Acts for whatever office is asked.
const OFFICE_ROLE: &str = "example_office";

pub(super) struct World<'a> {
    procedure: &'a Procedure,
    policy: Policy,
    roles: Vec<Name>,
    facts: MemoryFacts,
    files: i64,
}

impl<'a> World<'a> {
    pub(super) fn new(procedure: &'a Procedure) -> Self {
        let mut names: BTreeSet<Name> = procedure.roles();
        names.insert(OFFICE_ROLE.into());
        let role = |id: &Name| Role {
            id: id.clone(),
            title: id.to_string(),
            views: Views::AllInArea,
            need_to_know: vec![procedure.id.clone()],
            acts_for_office: *id == OFFICE_ROLE,
        };
        let roles: Roles = names.iter().map(role).collect();
        let facts = MemoryFacts {
            cell: Some(1),
            states: BTreeMap::from([(CaseId(1), (String::new(), true))]),
            ..MemoryFacts::default()
        };
        World { procedure, policy: Policy::new(roles), roles: names.into_iter().collect(), facts, files: 0 }
    }

    pub(super) fn open(&mut self, now: Instant, given: &BTreeMap<Name, Value>) -> Result<Case, String> {
        let source = match given.get("source").and_then(Value::as_text) {
            Some(source) => source.into(),
            None => "example".into(),
        };
        let opening = Opening {
            id: CaseId(2),
            number: "例".to_owned(),
            source,
            reporter: Some("example".into()),
            report: None,
            fields: given.clone(),
            evidence: Vec::new(),
            split_from: None,
            imported: BTreeMap::new(),
        };
        let ctx = Ctx { now, actor: Actor::System(SystemActor::Import) };
        let subject = subject_of_opening(self.procedure, &opening);
        let permit = self.policy.permit_open(&ctx.actor, &subject, &need_open(self.procedure));
        let permit = permit.map_err(|_| "nobody may open it".to_owned())?;
        let events = open(&ctx, self.procedure, &opening, &self.facts, &permit).map_err(|refusal| explain(&refusal))?;
        let mut case = Case::new(opening.id);
        evolve(&mut case, &Record { case: opening.id, seq: 1, at: now, actor: ctx.actor.log_name(), events });
        Ok(case)
    }

    /// Makes a step; the refusal where it is refused. `bare` fills nothing in.
    pub(super) fn step(
        &mut self,
        seen: &mut Seen,
        now: Instant,
        step: &ExampleStep,
        bare: bool,
    ) -> Result<Option<Refusal>, String> {
        self.fire(&mut seen.case, now)?;
        self.agree(&mut seen.case, now)?;
        let Some(mv) = self.procedure.mv(&step.mv) else {
            return Err(format!("there is no move {}", step.mv));
        };
        let mut fields = BTreeMap::new();
        for (key, param) in &step.fields {
            let (field, value) = fill::field_value(self.procedure, key, param)?;
            fields.insert(field, value);
        }
        if !bare {
            self.fill(&seen.case, mv, now, &mut fields);
        }
        let mut evidence = if bare { Vec::new() } else { self.evidence(&seen.case, mv, now) };
        if mv.not_by.contains(&NotBy::Witness) {
            self.show(&mut seen.case, now, std::mem::take(&mut evidence))?;
        }
        let ctx = Ctx { now, actor: self.actor(&seen.case, mv) };
        seen.advised.extend(kernel::advised(&ctx, self.procedure, &seen.case, mv, &fields, &self.facts));
        let command = Command::Move { mv: mv.id.clone(), fields, evidence, note: String::new() };
        Ok(self.apply(&ctx, &mut seen.case, &command).err())
    }

    fn fill(&self, case: &Case, mv: &Move, now: Instant, fields: &mut BTreeMap<Name, Value>) {
        let today = self.procedure.calendar.day_of(now);
        for id in &mv.require {
            let Some(field) = self.procedure.field(id).filter(|field| field.derive.is_none()) else { continue };
            if !(case.fields.contains_key(id) || fields.contains_key(id)) {
                fields
                    .extend(fill::plausible(field, &self.procedure.code_lists, today).map(|value| (id.clone(), value)));
            }
        }
    }

    fn evidence(&mut self, case: &Case, mv: &Move, now: Instant) -> Vec<EvidenceFact> {
        let at = case.position().unwrap_or(fill::HERE);
        let mut evidence = Vec::new();
        for rule in &mv.evidence {
            for _ in 0..rule.min {
                self.files += 1;
                evidence.push(EvidenceFact {
                    id: EvidenceId(self.files),
                    kind: rule.kind,
                    taken_at: Some(now),
                    at: Some(at),
                    tags: rule.tags.clone(),
                    by: ActorMark::Reporter,
                    attached_at: now,
                    mv: None,
                });
            }
        }
        evidence
    }

    /// Somebody else brings the proof beforehand.
    fn show(&self, case: &mut Case, now: Instant, evidence: Vec<EvidenceFact>) -> Result<(), String> {
        let ctx = Ctx { now, actor: Actor::Reporter { code: "example".into() } };
        self.apply(&ctx, case, &Command::AddEvidence { evidence }).map_err(|refusal| explain(&refusal))
    }

    fn fire(&self, case: &mut Case, now: Instant) -> Result<(), String> {
        let ctx = Ctx { now, actor: Actor::System(SystemActor::Clock) };
        self.apply(&ctx, case, &Command::Fire).map_err(|refusal| explain(&refusal))
    }

    /// Every office that was asked agrees.
    fn agree(&self, case: &mut Case, now: Instant) -> Result<(), String> {
        let state = self.procedure.state(&case.state);
        let asked = |part: &str| state.is_some_and(|state| state.parts.iter().any(|spec| spec.id == *part));
        let open: Vec<Name> =
            case.parts.iter().filter(|p| p.answer.is_none() && asked(&p.id)).map(|p| p.id.clone()).collect();
        for part in open {
            let command = Command::AnswerPart { part, agree: true, opinion: String::new() };
            let ctx = Ctx { now, actor: self.person(&self.roles) };
            self.apply(&ctx, case, &command).map_err(|refusal| explain(&refusal))?;
        }
        Ok(())
    }

    fn apply(&self, ctx: &Ctx, case: &mut Case, command: &Command) -> Result<(), Refusal> {
        let events = decide(ctx, self.procedure, case, command, &self.facts, &self.permit(ctx, case, command)?)?;
        if !events.is_empty() {
            let record = Record { case: case.id, seq: case.seq + 1, at: ctx.now, actor: ctx.actor.log_name(), events };
            evolve(case, &record);
        }
        Ok(())
    }

    /// The example's people may do what the move allows; where the state does not, the refusal of the kernel counts,
    /// so a permit for anything at all will do.
    fn permit(&self, ctx: &Ctx, case: &Case, command: &Command) -> Result<Permit, Refusal> {
        let subject = subject(self.procedure, case);
        let mut need = need(self.procedure, case, command)?;
        need.any_of.push(guancheng_org::Who::Viewer);
        self.policy.permit(&ctx.actor, &subject, &need).map_err(|_| {
            let text = crate::texts::not_by_you("example");
            Refusal::new(guancheng_base::ErrorCode::NotByYou, text)
        })
    }

    /// Somebody who may make the move: one person a role, so that those who must differ do.
    fn actor(&self, case: &Case, mv: &Move) -> Actor {
        let holder = self.procedure.state(&case.state).map(|state| &state.holder);
        match (mv.by.first(), holder) {
            (Some(By::Role(role)), _) | (Some(By::Holder), Some(Holder::Role(role))) => {
                self.person(&[std::slice::from_ref(role), mv.approve.as_slice()].concat())
            }
            (Some(By::Reporter | By::Applicant | By::Party), _)
            | (Some(By::Holder), Some(Holder::Applicant | Holder::Party)) => Actor::Reporter { code: "example".into() },
            (Some(By::System(_)), _) => Actor::System(SystemActor::Import),
            _ => self.person(&[&[OFFICE_ROLE.into()], mv.approve.as_slice()].concat()),
        }
    }

    fn person(&self, roles: &[Name]) -> Actor {
        let number = roles.first().and_then(|role| self.roles.iter().position(|known| known == role)).unwrap_or(0);
        let grant = |role: &Name| GrantHeld {
            role: role.clone(),
            office: OfficeId(1),
            offices: Vec::new(),
            area: None,
            kinds: Vec::new(),
        };
        let id = PersonId(1 + i64::try_from(number).unwrap_or(0));
        Actor::Person { id, grants: roles.iter().map(grant).collect() }
    }
}

fn explain(refusal: &Refusal) -> String {
    let fields = refusal.fields.iter().map(|fault| format!("\n  {}: {}", fault.field, fault.text.zh));
    format!("{}{}", refusal.text.zh, fields.collect::<String>())
}
