//! What the public says: a report becomes a case, or joins the one that is about the same thing; its code follows it.

use std::collections::BTreeMap;

use guancheng_base::{Actor, CaseId, Ctx, ErrorCode, EvidenceId, LonLat, Name};
use guancheng_case::{By, Case, Command, Procedure, Text, Value};

use crate::{
    AppError, City, Done, NewCase, act, open_case,
    ports::{Contact, Read, ReportRow, Tx},
    with_evidence,
};

/// What somebody reports.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// The tracking code it gets: unguessable, made by the caller.
    pub code: Name,
    /// How it came in.
    pub source: Name,
    /// What was said.
    pub text: String,
    /// The language it was said in.
    pub lang: Name,
    /// The category the reporter chose.
    pub category: Option<Name>,
    /// Where.
    pub place: Option<LonLat>,
    /// Where, in words.
    pub address: String,
    /// How to reach them.
    pub contact: Option<Contact>,
    /// The number of an open case about the same thing, to be followed instead of opening another.
    pub follow: Option<String>,
    /// Photos uploaded with it.
    pub evidence: Vec<EvidenceId>,
}

/// Takes a report.
///
/// # Errors
/// A place outside the city, a category that is not offered, a case that cannot be followed.
pub fn report(city: &City, tx: &mut dyn Tx, ctx: &Ctx, new: NewReport) -> Result<Done, AppError> {
    if new.place.is_some_and(|at| city.cell_of(at).is_none()) {
        let text = Text::new(
            "这个位置不在本市范围内，请在地图上重新选择",
            "that position is outside this city; choose it again on the map",
        );
        return Err(AppError::refused(ErrorCode::PlaceUnknown, text));
    }
    let follow = new.follow.as_deref().map(|number| followed(tx, number)).transpose()?;
    let row = row(ctx, &new);
    let id = tx.add_report(&row, new.contact.as_ref())?;
    match follow {
        Some(case) => join(city, tx, ctx, case, id, &new.evidence),
        None => open(city, tx, ctx, new, id),
    }
}

/// The open case of that number, if the public may follow it.
fn followed(store: &dyn Read, number: &str) -> Result<CaseId, AppError> {
    let row = store.case_by_number(number)?.map(|id| store.row(id)).transpose()?.flatten();
    let open = row.filter(|row| row.is_open && !row.need_to_know);
    open.map(|row| row.id).ok_or_else(|| {
        let text =
            Text::new(format!("没有正在办理的 {number} 可以跟踪"), format!("there is no open case {number} to follow"));
        AppError::refused(ErrorCode::FieldInvalid, text)
    })
}

/// Joining adds nothing but the report, so it is done in the name of the system for whoever reports.
fn join(
    city: &City,
    tx: &mut dyn Tx,
    ctx: &Ctx,
    case: CaseId,
    report: guancheng_base::ReportId,
    evidence: &[EvidenceId],
) -> Result<Done, AppError> {
    let command = Command::JoinReport { report, evidence: Vec::new() };
    let command = with_evidence(city, tx, ctx, evidence, command)?;
    let system = Ctx { now: ctx.now, actor: Actor::System(guancheng_base::SystemActor::Assign) };
    let done = act(city, tx, &system, case, None, &command)?;
    tx.join_report(report, case)?;
    Ok(done)
}

fn open(
    city: &City,
    tx: &mut dyn Tx,
    ctx: &Ctx,
    new: NewReport,
    report: guancheng_base::ReportId,
) -> Result<Done, AppError> {
    let kind = city.pack.report_kind.clone();
    let procedure = city.procedure(&kind, ctx.now)?.clone();
    let case = NewCase {
        kind: kind.to_string(),
        source: new.source.to_string(),
        fields: fields(&procedure, &new),
        evidence: new.evidence,
        reporter: Some(new.code.clone()),
        report: Some(report),
        ..NewCase::default()
    };
    let reporter = Ctx { now: ctx.now, actor: Actor::Reporter { code: new.code } };
    open_case(city, tx, &reporter, case)
}

fn fields(procedure: &Procedure, new: &NewReport) -> BTreeMap<Name, Value> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Value::Text(text.trim().to_owned()));
    let known = [
        ("description", text(&new.text)),
        ("address", text(&new.address)),
        ("category", new.category.clone().map(Value::Code)),
        ("place", new.place.map(Value::Point)),
    ];
    let declared = known.into_iter().filter(|(id, _)| procedure.field(id).is_some());
    declared.filter_map(|(id, value)| value.map(|value| (Name::from(id), value))).collect()
}

fn row(ctx: &Ctx, new: &NewReport) -> ReportRow {
    ReportRow {
        id: guancheng_base::ReportId(0),
        case: None,
        code: new.code.clone(),
        source: new.source.clone(),
        text: new.text.clone(),
        lang: new.lang.clone(),
        place: new.place,
        address: new.address.clone(),
        at: ctx.now,
        by: ctx.actor.person(),
        category: new.category.clone(),
    }
}

/// The report and the case its code follows. The case a followed case was merged into speaks for it.
pub fn followed_by(store: &dyn Read, code: &str) -> Result<(ReportRow, Case), AppError> {
    let report = store.report_by_code(code)?.ok_or_else(AppError::not_found)?;
    let case = report.case.ok_or_else(AppError::not_found)?;
    let mut case = store.case(case)?.ok_or_else(AppError::not_found)?;
    for _ in 0..MERGE_DEPTH {
        match case.links.iter().find(|link| link.kind == *"main").map(|link| link.case) {
            Some(main) => case = store.case(main)?.ok_or_else(AppError::not_found)?,
            None => break,
        }
    }
    Ok((report, case))
}

/// How many merges are followed; a chain longer than this is a mistake of the desk, not the reporter's problem.
const MERGE_DEPTH: usize = 5;

/// The reporter's answer to "is it really fixed?": *yes* is noted, *no* reopens the case within its window.
pub fn answer(city: &City, tx: &mut dyn Tx, ctx: &Ctx, code: &str, fixed: bool, note: &str) -> Result<Done, AppError> {
    let (report, case) = followed_by(tx, code)?;
    let procedure = city.procedure_of(&case)?.clone();
    let actor = Actor::Reporter { code: case.reporter.clone().unwrap_or(report.code) };
    let ctx = Ctx { now: ctx.now, actor };
    let command = match (fixed, reopening(&procedure, &case)) {
        (true, _) => Command::Comment { text: content(&report.lang, note) },
        (false, Some(mv)) => Command::Move { mv, fields: BTreeMap::new(), evidence: Vec::new(), note: note.to_owned() },
        (false, None) => Command::Comment { text: note.to_owned() },
    };
    act(city, tx, &ctx, case.id, None, &command)
}

/// What stands in the case when the reporter says it is fixed, in the language of the report.
fn content(lang: &str, note: &str) -> String {
    let said = if lang == "en" { "The reporter says it is fixed." } else { "反映人确认：问题已解决。" };
    format!("{said} {}", note.trim()).trim().to_owned()
}

/// The move by which a reporter may take an ended case up again.
pub fn reopening(procedure: &Procedure, case: &Case) -> Option<Name> {
    let mine = |mv: &&guancheng_case::Move| mv.by.contains(&By::Reporter);
    let open = |mv: &&guancheng_case::Move| procedure.state(&mv.to).is_some_and(|state| !state.is_final);
    procedure.moves_from(&case.state).filter(mine).find(open).map(|mv| mv.id.clone())
}
