//! Acts on a plan. Each runs inside one write job.

use guancheng_base::{Actor, CaseId, Ctx, ErrorCode, Name, OfficeId, SystemActor};
use guancheng_case::{Case, Refusal, Text, Value};
use guancheng_org::{Denied, Need, Permit, Subject, Who};
use guancheng_plan::{
    Act, Command, Event, PlanRecord, Settings, World, act_of, amend, decide,
    ledger::freeze,
    model::{Binding, Change, Plan},
};

use super::{at_work, decided::open_decisions, ledger::ledger, people};
use crate::{
    AppError, City,
    ports::{PortError, Tx},
};

/// The kind that grants name plans by.
const KIND: &str = "plan";

/// What an act did.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanDone {
    /// The plan.
    pub plan: i64,
    /// Its sequence now.
    pub seq: u64,
    /// What happened, by name.
    pub did: Vec<&'static str>,
}

/// Reads a document in as a new draft. The event is [`Event::Imported`].
pub fn import_plan(city: &City, tx: &mut dyn Tx, ctx: &Ctx, imported: Event) -> Result<PlanDone, AppError> {
    let settings = city.plan_settings()?;
    let permit = permit(city, settings, &ctx.actor, Act::Review, None)?;
    let plan = tx.new_plan_id()?;
    record(tx, ctx, &permit, plan, 0, vec![imported])
}

/// Does what the command asks of a plan, if the plan still stands at `if_seq`.
pub fn act_on_plan(
    city: &City,
    tx: &mut dyn Tx,
    ctx: &Ctx,
    id: i64,
    if_seq: Option<u64>,
    command: &Command,
) -> Result<PlanDone, AppError> {
    let settings = city.plan_settings()?;
    let plan = at_work(&city.plans, tx, id)?;
    if let Some(expected) = if_seq.filter(|seq| *seq != plan.seq) {
        return Err(conflict(&plan, expected).into());
    }
    let (act, office) = act_of(&plan, command);
    let permit = permit(city, settings, &ctx.actor, act, office)?;
    check_names(city, &plan, command)?;
    let decided = match command {
        Command::HoldMeeting { decisions, .. } => open_decisions(city, tx, ctx, &plan, settings, decisions)?,
        _ => Vec::new(),
    };
    let events = with_world(city, tx, ctx, &plan, settings, command, office, &decided)?;
    if events.is_empty() {
        return Ok(PlanDone { plan: id, seq: plan.seq, did: Vec::new() });
    }
    record(tx, ctx, &permit, id, plan.seq, events)
}

/// What only the city knows: its procedures, and which office is below which.
fn check_names(city: &City, plan: &Plan, command: &Command) -> Result<(), AppError> {
    match command {
        Command::Bind { binding: Binding::Indicator(rate) | Binding::Duty(rate), .. } => {
            let known = city.pack.procedures.contains_key(rate.procedure.as_str());
            let zh = format!("没有办事程序 {}", rate.procedure);
            let wrong = || wrong("procedure", &zh, &format!("there is no procedure {}", rate.procedure));
            if known { Ok(()) } else { Err(wrong().into()) }
        }
        Command::Delegate { commitment, office, .. } => {
            let lead = plan.commitment(commitment).and_then(|commitment| commitment.lead);
            let below = lead.is_none_or(|lead| city.org().subtree(lead).contains(office));
            let zh = "任务只能分解到牵头单位自己或其下属单位";
            let wrong = || wrong("office", zh, "a duty goes down to the lead office itself or to a unit below it");
            if below { Ok(()) } else { Err(wrong().into()) }
        }
        _ => Ok(()),
    }
}

/// Which acts an actor may do, and the offices they act for.
pub fn may(city: &City, actor: &Actor, plan: &Plan) -> Result<(Vec<Act>, Vec<OfficeId>), AppError> {
    let settings = city.plan_settings()?;
    let leads = plan.leads();
    let offices: Vec<OfficeId> = leads
        .into_iter()
        .filter(|office| permit(city, settings, actor, Act::ForOffice, Some(*office)).is_ok())
        .collect();
    let allowed = |act: &Act| match act {
        Act::ForOffice => !offices.is_empty(),
        act => permit(city, settings, actor, *act, None).is_ok(),
    };
    Ok((Act::ALL.into_iter().filter(allowed).collect(), offices))
}

/// Applies an approved amendment to its plan, in the transaction of the case that approved it.
pub(crate) fn amend_by_case(city: &City, tx: &mut dyn Tx, ctx: &Ctx, case: &Case) -> Result<(), AppError> {
    let settings = city.plan_settings()?;
    let of = case.field("commitment").and_then(Value::as_text).and_then(|text| text.split_once('/'));
    let parsed = of.and_then(|(plan, commitment)| Some((plan.parse::<i64>().ok()?, commitment.to_owned())));
    let Some((id, commitment)) = parsed else {
        return Err(missing("commitment", "调整案没有写明任务", "the amendment names no commitment").into());
    };
    let plan = at_work(&city.plans, tx, id)?;
    let change = change_of(&plan, &commitment, case)?;
    let reason = case.field("reason").and_then(Value::as_text).unwrap_or_default().to_owned();
    let staff = people::Staff::of(&city.org(), settings, &[], ctx.now);
    let world = World { decided: &[], frozen: None, signer: None, ..world_of(city, ctx, settings, &staff) };
    let events = amend(&plan, &commitment, change, case.id, &reason, world)?;
    let system = Ctx { now: ctx.now, actor: Actor::System(SystemActor::Assign) };
    let permit = system_permit(city, &system.actor)?;
    record(tx, &system, &permit, id, plan.seq, events).map(|_| ())
}

/// A new target, a new last day, a new lead: what the case's fields say.
fn change_of(plan: &Plan, commitment: &str, case: &Case) -> Result<Change, AppError> {
    if let Some(Value::Org(office)) = case.field("new_lead") {
        return Ok(Change::Lead { office: *office });
    }
    let target = case.field("new_target").and_then(Value::as_number).and_then(guancheng_plan::Amount::from_f64);
    let due = case.field("new_due").and_then(Value::as_date);
    let binding = plan.commitment(commitment).and_then(|commitment| commitment.binding.clone());
    let binding = match (binding, target, due) {
        (_, None, None) => None,
        (Some(Binding::Count(mut count)), target, due) => {
            count.target = target.unwrap_or(count.target);
            count.due = due.unwrap_or(count.due);
            Some(Binding::Count(count))
        }
        (Some(Binding::Duty(mut rate)), Some(target), _) => {
            rate.target = target;
            Some(Binding::Duty(rate))
        }
        (Some(Binding::Indicator(mut rate)), Some(target), _) => {
            rate.target = target;
            Some(Binding::Indicator(rate))
        }
        (Some(Binding::Milestones(stages)), _, Some(due)) => Some(Binding::Milestones(put_off(stages, due))),
        (Some(Binding::Document(stages)), _, Some(due)) => Some(Binding::Document(put_off(stages, due))),
        _ => None,
    };
    let zh = "请填写新目标、新时限或新牵头单位，且与该任务的落实方式相符";
    let none = || missing("new_target", zh, "give a new target, day or lead that fits the binding").into();
    binding.map(|binding| Change::Binding { binding }).ok_or_else(none)
}

/// The last step gets the new day, and no earlier step is due after it.
fn put_off(mut stages: guancheng_plan::model::Stages, due: guancheng_base::Day) -> guancheng_plan::model::Stages {
    let last = stages.steps.len().saturating_sub(1);
    for (at, step) in stages.steps.iter_mut().enumerate() {
        step.due = if at == last { due } else { step.due.min(due) };
    }
    stages
}

fn missing(field: &str, zh: &str, en: &str) -> Refusal {
    Refusal { code: ErrorCode::FieldMissing, ..wrong(field, zh, en) }
}

fn wrong(field: &str, zh: &str, en: &str) -> Refusal {
    let text = Text::new(zh, en);
    let fault = guancheng_case::FieldFault { field: field.into(), text: text.clone() };
    Refusal { fields: vec![fault], ..Refusal::new(ErrorCode::FieldInvalid, text) }
}

fn world_of<'w>(city: &'w City, ctx: &'w Ctx, settings: &'w Settings, staff: &'w people::Staff) -> World<'w> {
    World {
        ctx,
        today: city.day(ctx.now),
        calendar: city.calendar(),
        settings,
        offices: &staff.offices,
        posts: &staff.posts,
        heads: &staff.heads,
        signer: None,
        frozen: None,
        decided: &[],
    }
}

#[expect(clippy::too_many_arguments, reason = "what a decision may know, gathered once")]
fn with_world(
    city: &City,
    tx: &dyn Tx,
    ctx: &Ctx,
    plan: &Plan,
    settings: &Settings,
    command: &Command,
    office: Option<OfficeId>,
    decided: &[CaseId],
) -> Result<Vec<Event>, AppError> {
    let org = city.org();
    let staff = people::Staff::of(&org, settings, &plan.leads(), ctx.now);
    let signer = people::signer(&org, &ctx.actor, roles(settings, act_of(plan, command).0), office, ctx.now);
    let today = city.day(ctx.now);
    let frozen = match needs_numbers(command) {
        true => Some(freeze(plan, &ledger(tx, plan, settings, today)?.lines, today)),
        false => None,
    };
    let world =
        World { signer: signer.as_ref(), frozen: frozen.as_ref(), decided, ..world_of(city, ctx, settings, &staff) };
    Ok(decide(plan, command, world)?)
}

fn needs_numbers(command: &Command) -> bool {
    matches!(
        command,
        Command::HoldMeeting { .. }
            | Command::DraftCircular { .. }
            | Command::CorrectCircular { .. }
            | Command::DraftAppraisal { .. }
    )
}

fn record(
    tx: &mut dyn Tx,
    ctx: &Ctx,
    permit: &Permit,
    plan: i64,
    seq: u64,
    events: Vec<Event>,
) -> Result<PlanDone, AppError> {
    let did = events.iter().map(Event::name).collect();
    let record = PlanRecord { plan, seq: seq + 1, at: ctx.now, actor: ctx.actor.log_name(), events };
    tx.append_plan(permit, &record)?;
    Ok(PlanDone { plan, seq: record.seq, did })
}

fn conflict(plan: &Plan, expected: u64) -> PortError {
    let message = format!("plan {} is at sequence {}, not {expected}; read it again", plan.id, plan.seq);
    PortError::Refused { code: ErrorCode::SeqConflict, message }
}

fn subject(office: Option<OfficeId>) -> Subject {
    Subject {
        kind: KIND.into(),
        cell: None,
        units: office.into_iter().collect(),
        reporter: None,
        need_to_know: false,
        involved: Vec::new(),
    }
}

fn permit(
    city: &City,
    settings: &Settings,
    actor: &Actor,
    act: Act,
    office: Option<OfficeId>,
) -> Result<Permit, AppError> {
    let any_of = roles(settings, act).iter().cloned().map(Who::Role).collect();
    let need = Need { any_of, ..Need::default() };
    city.policy.permit_open(actor, &subject(office), &need).map_err(|denied| denial(&denied, act))
}

/// The roles that hold a right.
fn roles(settings: &Settings, act: Act) -> &[Name] {
    settings.rights.get(&act).map_or(&[], Vec::as_slice)
}

fn system_permit(city: &City, actor: &Actor) -> Result<Permit, AppError> {
    let need = Need { any_of: vec![Who::System], ..Need::default() };
    city.policy.permit_open(actor, &subject(None), &need).map_err(|denied| denial(&denied, Act::Review))
}

fn denial(denied: &Denied, act: Act) -> AppError {
    let (zh, en) = match act {
        Act::ForOffice => ("只有该单位负责人的岗位可以办理", "only the head of that office may do this"),
        Act::Lead | Act::Adopt => ("只有局领导的岗位可以办理", "only the leader may do this"),
        Act::Review | Act::Supervise => ("只有督查岗位可以办理", "only supervision may do this"),
        Act::Appraise => ("只有考核岗位可以办理", "only the evaluators may do this"),
    };
    let code = if *denied == Denied::NotByYou { ErrorCode::NotByYou } else { ErrorCode::NotAllowed };
    Refusal { rule: format!("plan right {}", act.as_str()), ..Refusal::new(code, Text::new(zh, en)) }.into()
}
