//! What an actor can do with a case now: every button, and for those that are shut the reason.

use guancheng_base::{Ctx, ErrorCode, Name};
use guancheng_calendar::Limit;
use guancheng_org::{Denied, Policy};

use super::{
    asks, checked,
    draft::Draft,
    evidence, moves,
    need::{extension_need, move_need, subject},
};
use crate::{By, Case, CheckFailure, EvidenceRule, Facts, Move, Procedure, Refusal, texts};

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
    ctx: &'a Ctx,
    procedure: &'a Procedure,
    case: &'a Case,
    policy: &Policy,
    facts: &'a dyn Facts,
) -> Vec<MoveOption<'a>> {
    let draft = Draft::new(ctx, procedure, case, facts);
    let subject = subject(procedure, case);
    let people = |mv: &&Move| mv.by.iter().any(|by| !matches!(by, By::System(_)));
    let moves = procedure.moves.iter().filter(|mv| mv.from.contains(&case.state)).filter(people);
    moves.map(|mv| option(&draft, mv, policy, &subject)).collect()
}

fn option<'a>(draft: &Draft<'a>, mv: &'a Move, policy: &Policy, subject: &guancheng_org::Subject) -> MoveOption<'a> {
    let permit = permit(draft, mv, policy, subject);
    let approved = permit.as_ref().is_ok_and(|permit| permit.any_of(&approvers(mv)));
    let possible = permit.and_then(|_| moves::allowed_now(draft, mv)).and_then(|()| checked::blocking(draft, mv));
    let rules = mv.evidence.iter().filter(|rule| evidence::applies(draft, rule));
    MoveOption {
        mv,
        possible,
        missing: mv.require.iter().filter(|field| draft.field(field).is_none()).cloned().collect(),
        evidence: rules.map(|rule| EvidenceNeed { rule, have: evidence::find(draft, rule, &[]).fit }).collect(),
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
    ctx: &'a Ctx,
    procedure: &'a Procedure,
    case: &'a Case,
    policy: &Policy,
    facts: &'a dyn Facts,
) -> Vec<ExtensionOption<'a>> {
    let draft = Draft::new(ctx, procedure, case, facts);
    let subject = subject(procedure, case);
    let running = |clock: &&crate::Clock| draft.clock(&clock.id).is_some_and(|run| run.is_running());
    let clocks = procedure.clocks.iter().filter(|clock| clock.extend.is_some()).filter(running);
    clocks.filter_map(|clock| extension_option(&draft, clock, policy, &subject)).collect()
}

fn extension_option<'a>(
    draft: &Draft<'a>,
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
