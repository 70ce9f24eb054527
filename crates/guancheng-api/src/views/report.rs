//! What the public sees: what becomes of a report, and open cases nearby. Offices and roles, never persons.

use guancheng_app::{
    City, StoreFacts,
    ports::{self, Read, ReportRow, StoredRecord},
    projection, reopening,
};
use guancheng_base::{Actor, Ctx, EvidenceId, Instant, Name};
use guancheng_calendar::ClockTime;
use guancheng_case::{Case, Event, EvidenceFact, EvidenceKind, Procedure};

use super::{
    evidence::{first_work, phase},
    row::{facts, light},
    titles::{Titles, file_url, point},
};
use crate::{
    dto::{Moment, NearCase, Phase, ReportPhotos, ReportReceipt, ReportStatus, ReportStep},
    lang::Lang,
    problem::Answer,
};

/// The answer to a report that was just taken.
pub fn receipt(titles: Titles<'_>, procedure: &Procedure, code: &Name, done: &ports::CaseRow) -> ReportReceipt {
    let due = done.clock.as_ref().and_then(|clock| clock.due).map(|due| titles.moment(due));
    let number = &done.number;
    let public = titles.public(procedure, &done.state);
    let message = titles.lang.pick(
        format!("{public}。编号 {number}，凭查询码 {code} 可随时查看办理进度。"),
        format!("{public}. Number {number}; follow it at any time with the code {code}."),
    );
    ReportReceipt { code: code.to_string(), number: number.clone(), title: done.title.clone(), due, message }
}

/// What became of a report, for whoever has its code.
pub fn status(
    city: &City,
    store: &dyn Read,
    lang: Lang,
    now: Instant,
    report: &ReportRow,
    case: &Case,
) -> Answer<ReportStatus> {
    let titles = Titles { city, lang };
    let procedure = city.procedure_of(case)?;
    let state = procedure.state(&case.state);
    let case_row = projection::project(procedure, case, now).row;
    let may = may_reopen(city, store, procedure, case, report, now);
    let until = may.then(|| reopen_until(procedure, case)).flatten();
    Ok(ReportStatus {
        code: report.code.to_string(),
        number: case.number.clone(),
        title: projection::title(procedure, case),
        state_public: titles.public(procedure, &case.state),
        stage: state.and_then(|state| state.stage.clone()).unwrap_or_default(),
        opened_at: titles.moment(case.opened_at),
        due: case.main_clock().filter(|_| case.is_open()).and_then(|(_, run)| run.due).map(|due| titles.moment(due)),
        holder: facts(titles, &case_row, now).holder_title,
        at: case.position().map(point),
        address: (!case_row.address.is_empty()).then_some(case_row.address),
        timeline: timeline(titles, procedure, &store.records(case.id)?),
        photos: photos(procedure, case, &report.code),
        may_answer: may,
        may_reopen_until: until.map(|at| titles.moment(at)),
    })
}

/// An open case near a position.
pub fn near_case(
    titles: Titles<'_>,
    procedure: &Procedure,
    found: &ports::CaseRow,
    metres: f64,
    now: Instant,
) -> Option<NearCase> {
    Some(NearCase {
        number: found.number.clone(),
        title: found.title.clone(),
        state_public: titles.public(procedure, &found.state),
        at: point(found.place?),
        opened_at: titles.moment(found.opened_at),
        distance_m: metres.round(),
        reports: i64::from(found.reports),
        light: light(found.light(now)),
        thumb: found.thumb.map(|file| format!("{}/thumb?number={}", file_url(file), found.number)),
    })
}

/// The photos the public may see, in order: of the matter before, and of the work after. Not those of checks, and of
/// need-to-know cases only what their reporter sees by the code.
pub fn shown_to_public<'a>(procedure: &'a Procedure, case: &'a Case) -> impl Iterator<Item = &'a EvidenceFact> {
    let worked_at = first_work(procedure, case);
    let photos = case.evidence.iter().filter(|fact| fact.kind == EvidenceKind::Photo);
    photos.filter(move |fact| phase(procedure, fact, worked_at) != Phase::Check)
}

fn photos(procedure: &Procedure, case: &Case, code: &Name) -> ReportPhotos {
    let worked_at = first_work(procedure, case);
    let url = |id: EvidenceId| format!("{}?report={code}", file_url(id));
    let of = |wanted: Phase| {
        let shown = shown_to_public(procedure, case).filter(|fact| phase(procedure, fact, worked_at) == wanted);
        shown.map(|fact| url(fact.id)).collect()
    };
    ReportPhotos { before: of(Phase::Before), after: of(Phase::After) }
}

/// What the public was told, each time it changed.
fn timeline(titles: Titles<'_>, procedure: &Procedure, records: &[StoredRecord]) -> Vec<ReportStep> {
    let mut steps: Vec<ReportStep> = Vec::new();
    for stored in records {
        let record = &stored.record;
        let states = record.events.iter().filter_map(|event| match event {
            Event::Opened { state, .. } => Some(state),
            Event::Moved { to, .. } => Some(to),
            _ => None,
        });
        for state in states {
            let text = titles.public(procedure, state);
            if steps.last().is_none_or(|last| last.text != text) {
                steps.push(ReportStep { at: Moment(titles.city.show(record.at)), text });
            }
        }
    }
    steps
}

fn may_reopen(
    city: &City,
    store: &dyn Read,
    procedure: &Procedure,
    case: &Case,
    report: &ReportRow,
    now: Instant,
) -> bool {
    let Some(mv) = reopening(procedure, case) else { return false };
    let actor = Actor::Reporter { code: case.reporter.clone().unwrap_or_else(|| report.code.clone()) };
    let ctx = Ctx { now, actor };
    let facts = StoreFacts { city, store, except: Some(case.id) };
    let options = guancheng_case::step(&ctx, procedure, case, &city.policy, &facts);
    options.iter().any(|option| option.mv.id == mv && option.possible.is_ok())
}

fn reopen_until(procedure: &Procedure, case: &Case) -> Option<Instant> {
    let window = procedure.mv(&reopening(procedure, case)?)?.window?;
    ClockTime::start(&procedure.calendar, window, case.state_since()).ok()?.due(&procedure.calendar).ok()?
}
