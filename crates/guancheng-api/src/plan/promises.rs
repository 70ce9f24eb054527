//! What the public sees: this year's promises in plain words, with light, number, picture and day.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use guancheng_app::{
    City,
    plan::{self, PlanLedger},
    ports::{ProgressCase, Read},
};
use guancheng_base::{ErrorCode, EvidenceId, Instant};
use guancheng_plan::{
    ledger::{Line, period_of},
    model::{Cadence, Commitment, Plan, Status},
};

use super::{
    dto::{PromiseView, Promises, PublicCircular},
    filter::{LinePath, PromisesQuery},
    page,
};
use crate::{
    extract::{Path, Query},
    handlers::files::send,
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    views::titles::Titles,
};

/// Places of a promise shown on the map.
const PLACES_MAX: usize = 50;

/// This year's promises. No log-in.
#[utoipa::path(get, path = "/public/promises", operation_id = "list_promises", tag = "public", params(PromisesQuery), security(()),
    responses((status = 200, description = "The promises", body = Promises)))]
pub async fn list_promises(State(api): State<Api>, lang: Lang, Query(asked): Query<PromisesQuery>) -> Answer<Response> {
    let promises = of_year(&api, asked.year, lang).await?;
    Ok(([(header::CACHE_CONTROL, "public, max-age=60")], axum::Json(promises)).into_response())
}

/// The picture of the newest report of a promise that counts. No log-in.
#[utoipa::path(get, path = "/public/promises/{plan}/{commitment}/photo", operation_id = "get_promise_photo", tag = "public", params(LinePath), security(()),
    responses((status = 200, description = "JPEG", body = Vec<u8>, content_type = "image/jpeg")))]
pub async fn get_promise_photo(
    State(api): State<Api>,
    headers: HeaderMap,
    Path(path): Path<LinePath>,
) -> Answer<Response> {
    let file = api.read(move |city, store| {
        let plan = city.plans.plan(store, path.plan)?;
        let promise = plan.commitment(&path.commitment).filter(|one| is_public(&plan, one));
        let promise = promise.ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
        let (cases, _) = store.progress_cases(plan.id, &promise.id, PLACES_MAX)?;
        let thumb = newest_photo(&cases).ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
        store.files(&[thumb])?.into_iter().next().ok_or_else(|| Problem::of(ErrorCode::NotFound))
    });
    let file = file.await?;
    let place = api.store().thumb_path(&file).ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
    send(headers, format!("{}-thumb", file.sha256), "image/jpeg", place).await
}

/// The promises of a year, or of the newest plan in force.
pub(super) async fn of_year(api: &Api, year: Option<i16>, lang: Lang) -> Answer<Promises> {
    let now = api.now();
    api.read(move |city, store| {
        let plans = city.plans.plans(store)?;
        let in_force = plans.iter().filter(|plan| plan.status == Status::Adopted);
        let plan = in_force.into_iter().find(|plan| year.is_none_or(|year| plan.year == year));
        let plan = plan.ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
        promises(Titles { city, lang }, store, plan, now)
    })
    .await
}

fn is_public(plan: &Plan, commitment: &Commitment) -> bool {
    plan.status == Status::Adopted && !commitment.words.is_empty()
}

fn promises(titles: Titles<'_>, store: &dyn Read, plan: &Arc<Plan>, now: Instant) -> Answer<Promises> {
    let city: &City = titles.city;
    let settings = city.plan_settings()?;
    let today = city.day(now);
    let before = period_of(Cadence::Monthly, today).0.plus(-1);
    let ledger = plan::ledger(store, plan, settings, today)?;
    let earlier = plan::ledger(store, &*plan::plan_on(city, store, plan, before, now)?, settings, before)?;
    let shown = plan.commitments.values().filter(|commitment| is_public(plan, commitment));
    let promises = shown.filter_map(|one| promise(titles, store, plan, one, &ledger, &earlier).transpose());
    let circular = |circular: &guancheng_plan::model::Circular| {
        let number = circular.released.and(circular.number.clone())?;
        let url = format!("/promises/circulars/{}/{}", plan.id, circular.id);
        Some(PublicCircular { number, title: circular.title.clone(), url })
    };
    Ok(Promises {
        plan: plan.id,
        year: plan.year,
        title: plan.title.clone(),
        as_of: today.to_string(),
        sections: plan.sections.clone(),
        promises: promises.collect::<Answer<Vec<_>>>()?,
        circulars: plan.circulars.iter().rev().filter_map(circular).collect(),
    })
}

fn promise(
    titles: Titles<'_>,
    store: &dyn Read,
    plan: &Plan,
    one: &Commitment,
    ledger: &PlanLedger,
    earlier: &PlanLedger,
) -> Answer<Option<PromiseView>> {
    let find = |ledger: &'_ PlanLedger| ledger.lines.iter().find(|line| line.commitment == one.id).cloned();
    let Some(line) = find(ledger) else { return Ok(None) };
    let was = find(earlier).unwrap_or_else(|| line.clone());
    let (cases, _) = store.progress_cases(plan.id, &one.id, PLACES_MAX)?;
    let counted = cases.iter().filter(|case| case.progress.standing.counts());
    let places = counted.filter_map(|case| case.row.place).map(|place| [place.lon, place.lat]);
    let item = plan.item(one.item);
    Ok(Some(PromiseView {
        id: one.id.clone(),
        section: item.map_or(0, |item| item.section),
        item_title: item.map(|item| item.title.clone()).unwrap_or_default(),
        words: one.words.clone(),
        light: line.light,
        light_before: was.light,
        value: line.value,
        value_before: was.value,
        target: line.target,
        unit: page::unit(titles.lang, &line.unit),
        percent: percent(&line),
        day: line.last_sign.map(|day| day.to_string()),
        office_name: one.lead.map(|office| titles.office(office)).unwrap_or_default(),
        photo: newest_photo(&cases).map(|_| format!("/api/v1/public/promises/{}/{}/photo", plan.id, one.id)),
        places: places.collect(),
    }))
}

fn percent(line: &Line) -> Option<i64> {
    let (value, target) = line.value.zip(line.target)?;
    match line.unit.as_str() {
        "%" => Some(value.0 / 1000),
        _ => value.share_of(target).map(|thousandths| thousandths / 10),
    }
}

fn newest_photo(cases: &[ProgressCase]) -> Option<EvidenceId> {
    cases.iter().filter(|case| case.progress.standing.counts()).find_map(|case| case.row.thumb)
}
