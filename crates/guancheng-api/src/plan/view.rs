//! Plans: the list and one plan whole.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use guancheng_app::{
    City,
    plan::{self, may},
    ports::Read,
};
use guancheng_base::{Actor, Instant, OfficeId, PersonId};
use guancheng_plan::{
    Act,
    ledger::{Light, Line},
    model::{Letter, Plan, Side, Stamp},
};

use super::{
    dto::{Coverage, Lights, PlanPage, PlanProcedures, PlanSummary, PlanView, SeriesView},
    filter::PlanPath,
};
use crate::{
    caller::Caller,
    extract::Path,
    handlers::session::private,
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    views::titles::Titles,
};

/// The plans.
#[utoipa::path(get, path = "/plans", operation_id = "list_plans", tag = "plan",
    responses((status = 200, description = "The plans", body = PlanPage)))]
pub async fn list_plans(State(api): State<Api>, caller: Caller) -> Answer<Response> {
    let page = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plans = city.plans.plans(store)?;
        let items = plans.iter().map(|plan| summary(city, store, plan, caller.now)).collect::<Answer<Vec<_>>>()?;
        Ok(PlanPage { items, may: acts_without_plan(city, &caller.actor) })
    });
    Ok(private(axum::Json(page.await?)))
}

/// What may be done before there is a plan; nothing where the pack declares nothing about plans.
fn acts_without_plan(city: &City, actor: &Actor) -> Vec<String> {
    let acts = may(city, actor, &Plan::default()).map(|(acts, _)| acts).unwrap_or_default();
    acts.into_iter().map(|act| act.as_str().to_owned()).collect()
}

/// One plan.
#[utoipa::path(get, path = "/plans/{plan}", operation_id = "get_plan", tag = "plan", params(PlanPath),
    responses((status = 200, description = "The plan", body = PlanView)))]
pub async fn get_plan(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<PlanPath>,
) -> Answer<Response> {
    let view = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        view(Titles { city, lang }, &plan, &caller.actor)
    });
    Ok(private(axum::Json(view.await?)))
}

/// Plans are the bureau's own: whoever holds a grant may read them.
pub(super) fn staff_only(actor: &Actor) -> Answer<()> {
    match actor.grants().is_empty() {
        true => Err(Problem::of(guancheng_base::ErrorCode::NotFound)),
        false => Ok(()),
    }
}

fn summary(city: &City, store: &dyn Read, plan: &Plan, now: Instant) -> Answer<PlanSummary> {
    let ledger = plan::ledger(store, plan, city.plan_settings()?, city.day(now))?;
    Ok(PlanSummary {
        id: plan.id,
        year: plan.year,
        title: plan.title.clone(),
        status: plan.status,
        items: plan.items.len(),
        commitments: plan.commitments.len(),
        confirmed: plan.commitments.values().filter(|one| one.confirmed.is_some()).count(),
        signed: letters(plan).filter(|(_, letter)| is_complete(&letter.signatures)).count(),
        letters: letters(plan).count(),
        lights: lights(&ledger.lines),
    })
}

/// Whether both sides have signed.
pub(super) fn is_complete(signatures: &[guancheng_plan::model::Signature]) -> bool {
    [Side::Office, Side::Bureau].iter().all(|side| signatures.iter().any(|signature| signature.side == *side))
}

/// The lights of some lines.
pub(super) fn lights<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Lights {
    let mut lights = Lights::default();
    for line in lines {
        match line.light {
            Light::Red => lights.red += 1,
            Light::Amber => lights.amber += 1,
            Light::Green => lights.green += 1,
            Light::Grey => lights.grey += 1,
        }
    }
    lights
}

/// A plan for a reader.
pub(super) fn view(titles: Titles<'_>, plan: &Plan, actor: &Actor) -> Answer<PlanView> {
    let city = titles.city;
    let settings = city.plan_settings()?;
    let (acts, offices) = may(city, actor, plan)?;
    let series = settings.series.iter().map(|series| SeriesView {
        id: series.id.to_string(),
        title: series.title.clone(),
        cadence: series.cadence,
    });
    Ok(PlanView {
        id: plan.id,
        seq: plan.seq,
        year: plan.year,
        title: plan.title.clone(),
        publisher: plan.publisher.clone(),
        status: plan.status,
        preamble: plan.preamble.clone(),
        sections: plan.sections.clone(),
        items: plan.items.clone(),
        commitments: plan.commitments.values().cloned().collect(),
        people: people(city, plan),
        offices: offices_of(titles),
        baseline: plan.baseline.clone(),
        adopted: plan.adopted,
        coverage: coverage(plan),
        may: acts.into_iter().map(Act::as_str).map(str::to_owned).collect(),
        my_offices: offices.into_iter().map(|office| office.0).collect(),
        series: series.collect(),
        procedures: PlanProcedures {
            progress: settings.progress_procedure.to_string(),
            decision: settings.decision_procedure.to_string(),
            amendment: settings.amendment_procedure.to_string(),
        },
        amendments: plan.amendments.clone(),
        delegations: plan.delegations.clone(),
    })
}

/// Names of offices in the reader's language, by id.
pub(super) fn offices_of(titles: Titles<'_>) -> BTreeMap<String, String> {
    let org = titles.city.org();
    org.offices().map(|office| (office.id.to_string(), titles.office(office.id))).collect()
}

/// Names of those whose stamps the plan bears.
fn people(city: &City, plan: &Plan) -> BTreeMap<String, String> {
    let org = city.org();
    let mut ids: Vec<PersonId> = plan.adopted.iter().filter_map(|stamp| stamp.by).collect();
    for commitment in plan.commitments.values() {
        ids.extend(commitment.confirmed.and_then(|stamp| stamp.by));
        ids.extend(commitment.help.as_ref().and_then(|help| help.stamp.by));
        ids.extend(commitment.opinion.as_ref().and_then(|opinion| opinion.stamp.by));
        let answers = commitment.questions.iter().flat_map(|question| &question.answers);
        ids.extend(answers.filter_map(|answer| answer.stamp.by));
    }
    ids.extend(stamps(plan).into_iter().filter_map(|stamp| stamp.by));
    let name = |id: PersonId| Some((id.to_string(), org.person(id)?.name.clone()));
    ids.into_iter().filter_map(name).collect()
}

/// Who amended, delegated, held meetings, wrote circulars and appraised.
fn stamps(plan: &Plan) -> Vec<Stamp> {
    let mut stamps: Vec<Stamp> = plan.amendments.iter().map(|amendment| amendment.stamp).collect();
    stamps.extend(plan.delegations.iter().map(|delegation| delegation.stamp));
    stamps.extend(plan.meetings.iter().map(|meeting| meeting.stamp));
    for circular in &plan.circulars {
        stamps.push(circular.drafted);
        stamps.extend(circular.issued.into_iter().chain(circular.released));
    }
    for appraisal in &plan.appraisals {
        stamps.push(appraisal.drafted);
        stamps.extend(appraisal.finalised);
        stamps.extend(appraisal.appeals.iter().map(|appeal| appeal.stamp));
        stamps.extend(appraisal.appeals.iter().filter_map(|appeal| Some(appeal.ruling.as_ref()?.stamp)));
        for score in appraisal.offices.values() {
            stamps.extend(score.mark.iter().map(|mark| mark.stamp));
            stamps.extend(score.adjustments.iter().map(|adjustment| adjustment.stamp));
        }
    }
    stamps
}

/// Letters of offices that lead anything: where every commitment went to others, there is nothing left to sign.
pub(super) fn letters(plan: &Plan) -> impl Iterator<Item = (OfficeId, &Letter)> {
    let leads = plan.leads();
    plan.letters.iter().map(|(office, letter)| (*office, letter)).filter(move |(office, _)| leads.contains(office))
}

fn coverage(plan: &Plan) -> Coverage {
    let mut coverage = Coverage { commitments: plan.commitments.len(), ..Coverage::default() };
    for commitment in plan.commitments.values() {
        let chars = commitment.text.chars().count();
        let confirmed = commitment.confirmed.is_some();
        let target = commitment.binding.as_ref().is_some_and(guancheng_plan::model::Binding::has_target);
        coverage.chars += chars;
        coverage.chars_confirmed += if confirmed { chars } else { 0 };
        coverage.confirmed += usize::from(confirmed);
        coverage.with_lead += usize::from(commitment.lead.is_some());
        coverage.bound += usize::from(commitment.binding.is_some());
        coverage.targets += usize::from(target);
        coverage.watched += usize::from(target && commitment.counter.is_some());
        coverage.open_questions += commitment.questions.iter().filter(|question| question.is_open()).count();
    }
    coverage
}
