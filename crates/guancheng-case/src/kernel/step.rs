//! What an actor can do with a case now: every button, and for those that are shut the reason.

use guancheng_base::{CaseId, Ctx, Day, ErrorCode, LonLat, Name, OfficeId};
use guancheng_calendar::Limit;
use guancheng_org::{Denied, Policy};

use super::{
    asks, checked,
    draft::Draft,
    evidence, moves,
    need::{extension_need, move_need, subject},
};
use crate::{By, Case, CheckFailure, EvidenceRule, Facts, Move, OtherWorks, Procedure, Refusal, texts};

/// A move out of the present state, as this actor sees it.
#[derive(Clone, Debug)]
pub struct MoveOption<'a> {
    /// The move.
    pub mv: &'a Move,
    /// Whether this actor can make it now; otherwise why not.
    pub possible: Result<(), Refusal>,
    /// Required fields that are not there yet.
    pub missing: Vec<Name>,
    /// Evidence rules that apply.
    pub evidence: Vec<EvidenceNeed<'a>>,
    /// Whether this actor's doing it would only put the question to an approver.
    pub asks_approval: bool,
    /// What the advising checks say.
    pub advice: Vec<CheckFailure>,
}

/// An evidence rule that applies, and how far it is met.
#[derive(Clone, Debug)]
pub struct EvidenceNeed<'a> {
    /// The rule.
    pub rule: &'a EvidenceRule,
    /// How many fit already.
    pub have: usize,
}

/// An extension of a running clock, as this actor sees it.
#[derive(Clone, Debug)]
pub struct ExtensionOption<'a> {
    /// The clock.
    pub clock: &'a crate::Clock,
    /// Whether this actor can ask for it or grant it now; otherwise why not.
    pub possible: Result<(), Refusal>,
    /// The longest extension, in the clock's own unit.
    pub max: Option<Limit>,
    /// Whether this actor's doing it would only put the question to an approver.
    pub asks_approval: bool,
}

/// Every move out of the present state that people make, in declared order.
pub fn step<'a>(
    ctx: &Ctx,
    procedure: &'a Procedure,
    case: &Case,
    policy: &Policy,
    facts: &dyn Facts,
) -> Vec<MoveOption<'a>> {
    let facts = Titled { facts, policy };
    let draft = Draft::new(ctx, procedure, case, &facts);
    let subject = subject(procedure, case);
    let people = |mv: &&Move| mv.by.iter().any(|by| !matches!(by, By::System(_)));
    let moves = procedure.moves.iter().filter(|mv| mv.from.contains(&case.state)).filter(people);
    moves.map(|mv| option(&draft, mv, policy, &subject)).collect()
}

fn option<'a>(draft: &Draft<'_>, mv: &'a Move, policy: &Policy, subject: &guancheng_org::Subject) -> MoveOption<'a> {
    let permit = permit(draft, mv, policy, subject);
    let approved = permit.as_ref().is_ok_and(|permit| permit.any_of(&approvers(mv)));
    let possible = permit.and_then(|_| moves::allowed_now(draft, mv)).and_then(|()| checked::blocking(draft, mv));
    let rules = mv.evidence.iter().filter(|rule| evidence::applies(draft, rule));
    MoveOption {
        mv,
        possible,
        missing: mv.require.iter().filter(|field| draft.field(field).is_none()).cloned().collect(),
        evidence: rules.map(|rule| EvidenceNeed { rule, have: evidence::find(draft, mv, rule, &[]).fit }).collect(),
        asks_approval: !mv.approve.is_empty() && !approved,
        advice: checked::advice(draft, mv),
    }
}

fn permit(
    draft: &Draft<'_>,
    mv: &Move,
    policy: &Policy,
    subject: &guancheng_org::Subject,
) -> Result<guancheng_org::Permit, Refusal> {
    let need = move_need(draft.procedure, draft.case, mv);
    policy.permit(&draft.ctx.actor, subject, &need).map_err(|denied| match denied {
        Denied::NotByYou => {
            let rule = draft.procedure.rule("move", &mv.id);
            draft.refuse(ErrorCode::NotByYou, rule, texts::not_by_you(&mv.title))
        }
        Denied::Unseen | Denied::NotAllowed(_) => moves::not_allowed(draft, mv, &need.any_of),
    })
}

fn approvers(mv: &Move) -> Vec<guancheng_org::Who> {
    mv.approve.iter().cloned().map(guancheng_org::Who::Role).collect()
}

/// The extensions of the clocks that run now.
pub fn extensions<'a>(
    ctx: &Ctx,
    procedure: &'a Procedure,
    case: &Case,
    policy: &Policy,
    facts: &dyn Facts,
) -> Vec<ExtensionOption<'a>> {
    let facts = Titled { facts, policy };
    let draft = Draft::new(ctx, procedure, case, &facts);
    let subject = subject(procedure, case);
    let running = |clock: &&crate::Clock| draft.clock(&clock.id).is_some_and(|run| run.is_running());
    let clocks = procedure.clocks.iter().filter(|clock| clock.extend.is_some()).filter(running);
    clocks.filter_map(|clock| extension_option(&draft, clock, policy, &subject)).collect()
}

fn extension_option<'a>(
    draft: &Draft<'_>,
    clock: &'a crate::Clock,
    policy: &Policy,
    subject: &guancheng_org::Subject,
) -> Option<ExtensionOption<'a>> {
    let extend = clock.extend.as_ref()?;
    let time = draft.clock(&clock.id)?.time?;
    let need = extension_need(draft.procedure, draft.case, &clock.id).ok()?;
    let permit = policy.permit(&draft.ctx.actor, subject, &need).map_err(|_| {
        let text = texts::not_allowed(&texts::extension_of(&clock.title), &moves::who_words(draft, &need.any_of));
        draft.refuse(ErrorCode::NotAllowed, draft.procedure.rule("clock", &clock.id), text)
    });
    let approved = permit.as_ref().is_ok_and(|permit| permit.any_of(&need.also));
    let possible = permit.and_then(|_| asks::extendable(draft, &clock.id)).map(|_| ());
    let max = asks::longest(extend, &time);
    Some(ExtensionOption { clock, possible, max, asks_approval: !extend.approve.is_empty() && !approved })
}

/// The same facts, with the titles of the roles the policy knows.
struct Titled<'a> {
    facts: &'a dyn Facts,
    policy: &'a Policy,
}

impl Facts for Titled<'_> {
    fn open_cases_near(&self, kind: &str, category: Option<&str>, at: LonLat, metres: f64) -> Vec<(CaseId, String)> {
        self.facts.open_cases_near(kind, category, at, metres)
    }

    fn overlapping_works(&self, line: &[LonLat], from: Day, to: Day) -> Vec<OtherWorks> {
        self.facts.overlapping_works(line, from, to)
    }

    fn cell_of(&self, at: LonLat) -> Option<i64> {
        self.facts.cell_of(at)
    }

    fn area_class(&self, cell: i64) -> Option<char> {
        self.facts.area_class(cell)
    }

    fn office_title(&self, office: OfficeId) -> Option<String> {
        self.facts.office_title(office)
    }

    fn role_title(&self, role: &str) -> Option<String> {
        self.policy.roles().get(role).map(|role| role.title.clone())
    }

    fn case_state(&self, case: CaseId) -> Option<(String, bool)> {
        self.facts.case_state(case)
    }
}
