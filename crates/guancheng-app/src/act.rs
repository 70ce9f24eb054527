//! The use cases that change a case. Each runs inside one write job: policy, kernel and store in that order.

use std::collections::BTreeMap;

use guancheng_base::{Actor, CaseId, Ctx, ErrorCode, EvidenceId, Instant, Name, ReportId, SystemActor};
use guancheng_case::{Case, Command, Event, Opening, Procedure, Record, Refusal, Text, Value, evolve};
use guancheng_org::{Denied, Permit};

use crate::{
    AppError, City, StoreFacts, evidence,
    ports::{CaseRow, Read, Tx},
    projection,
};

/// A case to be opened.
#[derive(Clone, Debug, Default)]
pub struct NewCase {
    /// The procedure.
    pub kind: String,
    /// Where it comes from.
    pub source: String,
    /// Fields by their declarations.
    pub fields: BTreeMap<Name, Value>,
    /// Files uploaded before.
    pub evidence: Vec<EvidenceId>,
    /// The reporter's tracking code.
    pub reporter: Option<Name>,
    /// The first report, already stored.
    pub report: Option<ReportId>,
    /// The case it is split from.
    pub split_from: Option<CaseId>,
    /// What an import brings along that is no field.
    pub imported: BTreeMap<Name, String>,
}

/// What a use case did.
#[derive(Clone, Debug)]
pub struct Done {
    /// The case.
    pub case: CaseId,
    /// Its sequence now.
    pub seq: u64,
    /// The global sequence of the record; the last one, where several were written.
    pub record: i64,
    /// Its list row now.
    pub row: CaseRow,
}

/// Opens a case.
pub fn open_case(city: &City, tx: &mut dyn Tx, ctx: &Ctx, new: NewCase) -> Result<Done, AppError> {
    let procedure = city.procedure(&new.kind, ctx.now)?.clone();
    let facts = evidence::facts(city, tx, &new.evidence, ctx.now, evidence::mark(&ctx.actor))?;
    let mut opening = Opening {
        id: CaseId(0),
        number: String::new(),
        source: new.source.as_str().into(),
        reporter: new.reporter,
        report: new.report,
        fields: new.fields,
        evidence: facts,
        split_from: new.split_from,
        imported: new.imported,
    };
    let mut subject = guancheng_case::subject_of_opening(&procedure, &opening);
    subject.cell = opening.fields.values().find_map(Value::as_point).and_then(|at| city.cell_of(at));
    let need = guancheng_case::need_open(&procedure);
    let permit = city.policy.permit_open(&ctx.actor, &subject, &need).map_err(|denied| denial(&procedure, denied))?;
    crate::plan::check_reference(city, tx, &procedure, &opening.fields)?;
    // A job may go on after a refusal, as an import does with its next row: what is refused takes no number.
    let (id, day) = (tx.new_case_id()?, city.day(ctx.now));
    opening.id = id;
    opening.number = procedure.number.render(day, tx.next_number(&procedure.number.scope(day))?);
    let events =
        guancheng_case::open(ctx, &procedure, &opening, &StoreFacts { city, store: tx, except: None }, &permit)?;
    let (case, done) = record(city, tx, ctx, &procedure, Case::new(id), events, &permit)?;
    if let Some(report) = case.reports.first() {
        tx.join_report(*report, id)?;
    }
    Ok(done)
}

/// Does what the command asks of a case, if the case still stands at `if_seq`.
pub fn act(
    city: &City,
    tx: &mut dyn Tx,
    ctx: &Ctx,
    id: CaseId,
    if_seq: Option<u64>,
    command: &Command,
) -> Result<Done, AppError> {
    let case = tx.case(id)?.ok_or_else(AppError::not_found)?;
    let procedure = city.procedure_of(&case)?.clone();
    let subject = guancheng_case::subject(&procedure, &case);
    if !city.policy.may_view(&ctx.actor, &subject) {
        return Err(AppError::not_found());
    }
    if let Some(expected) = if_seq.filter(|seq| *seq != case.seq) {
        return Err(crate::ports::PortError::SeqConflict { case: id, expected, found: case.seq }.into());
    }
    let need = guancheng_case::need(&procedure, &case, command)?;
    let permit = city.policy.permit(&ctx.actor, &subject, &need).map_err(|denied| denial(&procedure, denied))?;
    let events = guancheng_case::decide(
        ctx,
        &procedure,
        &case,
        command,
        &StoreFacts { city, store: tx, except: Some(id) },
        &permit,
    )?;
    if events.is_empty() {
        return unchanged(tx, id);
    }
    let (_, done) = record(city, tx, ctx, &procedure, case, events, &permit)?;
    Ok(done)
}

/// Attaches files by their ids to a command that takes evidence.
pub fn with_evidence(
    city: &City,
    store: &dyn Read,
    ctx: &Ctx,
    ids: &[EvidenceId],
    command: Command,
) -> Result<Command, AppError> {
    let facts = evidence::facts(city, store, ids, ctx.now, evidence::mark(&ctx.actor))?;
    Ok(match command {
        Command::Move { mv, fields, note, .. } => Command::Move { mv, fields, note, evidence: facts },
        Command::JoinReport { report, .. } => Command::JoinReport { report, evidence: facts },
        Command::AddEvidence { .. } => Command::AddEvidence { evidence: facts },
        other => other,
    })
}

/// Gives every warning, breach, expiry and planned move of a case that is due by now. Doing it twice does nothing.
pub fn fire(city: &City, tx: &mut dyn Tx, now: Instant, id: CaseId) -> Result<Done, AppError> {
    let ctx = Ctx { now, actor: Actor::System(SystemActor::Clock) };
    act(city, tx, &ctx, id, None, &Command::Fire)
}

fn unchanged(tx: &mut dyn Tx, id: CaseId) -> Result<Done, AppError> {
    let row = tx.row(id)?.ok_or_else(AppError::not_found)?;
    Ok(Done { case: id, seq: row.seq, record: 0, row })
}

/// Applies the events, writes them, and does what they ask of other cases, all in this transaction.
fn record(
    city: &City,
    tx: &mut dyn Tx,
    ctx: &Ctx,
    procedure: &Procedure,
    mut case: Case,
    events: Vec<Event>,
    permit: &Permit,
) -> Result<(Case, Done), AppError> {
    let closed_before = case.closed_at;
    let record = Record { case: case.id, seq: case.seq + 1, at: ctx.now, actor: ctx.actor.log_name(), events };
    evolve(&mut case, &record);
    let mut projection = projection::project(procedure, &case, ctx.now);
    projection.closed_day_before = closed_before.map(|at| procedure.calendar.day_of(at));
    let seq = tx.append(permit, &record, &case, &projection)?;
    let done = Done { case: case.id, seq: case.seq, record: seq, row: projection.row };
    for event in &record.events {
        if let Event::Effect { effect, with, .. } = event {
            follow_up(city, tx, ctx, &case, effect, with)?;
        }
    }
    Ok((case, done))
}

/// Effects that change other cases happen in the same transaction, so that no link is ever one-sided.
fn follow_up(
    city: &City,
    tx: &mut dyn Tx,
    ctx: &Ctx,
    case: &Case,
    effect: &str,
    with: &BTreeMap<Name, String>,
) -> Result<(), AppError> {
    match effect {
        "follow_main_case" => follow_main(city, tx, ctx, case),
        "split_case" => split(city, tx, ctx, case, None),
        "amend_plan" => crate::plan::amend_by_case(city, tx, ctx, case),
        "open_case" => split(city, tx, ctx, case, with.get("category").map(String::as_str)),
        _ => Ok(()),
    }
}

/// The main case learns of its follower and takes over its reports, so that their reporters hear of the main case.
fn follow_main(city: &City, tx: &mut dyn Tx, ctx: &Ctx, case: &Case) -> Result<(), AppError> {
    let main = case.links.iter().rev().find(|link| link.kind == *"main").map(|link| link.case);
    let Some(main) = main else { return Ok(()) };
    by_system(city, tx, ctx, main, &Command::Link { kind: "follower".into(), case: case.id })?;
    for report in &case.reports {
        by_system(city, tx, ctx, main, &Command::JoinReport { report: *report, evidence: Vec::new() })?;
    }
    Ok(())
}

/// Opens the other half: same place and words, its own number and clocks, tied both ways.
fn split(city: &City, tx: &mut dyn Tx, ctx: &Ctx, case: &Case, category: Option<&str>) -> Result<(), AppError> {
    let target = match category {
        Some(_) => city.pack.report_kind.clone(),
        None => case.kind.clone(),
    };
    let procedure = city.procedure(&target, ctx.now)?.clone();
    let mut fields: BTreeMap<Name, Value> = case.fields.clone();
    if let Some(Value::Code(code)) = case.field("split_category") {
        fields.insert("category".into(), Value::Code(code.clone()));
    }
    if let Some(category) = category {
        fields.insert("category".into(), Value::Code(category.into()));
    }
    if let (Some(at), None) = (case.position(), fields.get("place")) {
        fields.insert("place".into(), Value::Point(at));
    }
    let carried = ["category", "place", "address", "description"];
    fields.retain(|id, _| carried.contains(&id.as_str()) && procedure.field(id).is_some());
    let system = Ctx { now: ctx.now, actor: Actor::System(SystemActor::Assign) };
    let new = NewCase {
        kind: target.to_string(),
        source: case.source.to_string(),
        fields,
        split_from: Some(case.id),
        ..NewCase::default()
    };
    let other = open_case(city, tx, &system, new)?;
    by_system(city, tx, ctx, case.id, &Command::Link { kind: "split_to".into(), case: other.case })?;
    Ok(())
}

fn by_system(city: &City, tx: &mut dyn Tx, ctx: &Ctx, id: CaseId, command: &Command) -> Result<Done, AppError> {
    let system = Ctx { now: ctx.now, actor: Actor::System(SystemActor::Assign) };
    act(city, tx, &system, id, None, command)
}

/// The policy's answer as a refusal with the rule it rests on.
pub(crate) fn denial(procedure: &Procedure, denied: Denied) -> AppError {
    let (code, text) = match denied {
        Denied::Unseen => return AppError::not_found(),
        Denied::NotAllowed(_) => (
            ErrorCode::NotAllowed,
            Text::new("您可以查看此案，但您的岗位没有办理这一步的权限", "your posts do not allow this step"),
        ),
        Denied::NotByYou => {
            (ErrorCode::NotByYou, Text::new("按回避规定，这一步不能由您办理", "the rule keeps this step from you"))
        }
    };
    let basis = procedure.basis.clone();
    Refusal {
        version: procedure.version,
        basis,
        rule: format!("{} v{}", procedure.id, procedure.version),
        ..Refusal::new(code, text)
    }
    .into()
}
