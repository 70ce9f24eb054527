//! Cases: lists, figures, one case, its history and its neighbours.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use guancheng_app::ports::{GroupBy, NearQuery};
use guancheng_base::{CaseId, ErrorCode, LonLat};

use crate::{
    caller::Caller,
    case_filter::{CasesQuery, CountBy, CountsQuery, MapQuery},
    case_query::{query, sort},
    cursor,
    dto::{CaseCount, CaseCounts, CasePage, CaseView, Contact, ContactPage, History, MapPoint, MapPoints},
    extract::{Path, Query},
    handlers::session::private,
    history,
    lang::Lang,
    limits,
    paths::{CasePath, MetresQuery},
    problem::{Answer, Problem},
    state::Api,
    views::{
        case::{load, view},
        row::{light, row, wire},
        titles::Titles,
    },
};

/// Cases I may see.
#[utoipa::path(get, path = "/cases", operation_id = "list_cases", tag = "cases", params(CasesQuery),
    responses((status = 200, description = "A page of cases", body = CasePage)))]
pub async fn list_cases(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Query(asked): Query<CasesQuery>,
) -> Answer<Response> {
    let mut wanted = query(api.city(), &caller.actor, &asked.filters())?;
    wanted.sort = sort(asked.sort);
    wanted.after = asked.after.as_deref().map(cursor::open).transpose()?;
    wanted.limit = asked.limit.unwrap_or(limits::PAGE_ROWS_DEFAULT) as usize;
    let page = api.read(move |city, store| {
        let scope = city.policy.scope(&caller.actor);
        let page = store.cases(&wanted, &scope, caller.now)?;
        let titles = Titles { city, lang };
        let items = page.items.iter().map(|one| row(titles, one, caller.now)).collect();
        Ok(CasePage { items, next: page.next.as_deref().map(cursor::seal), total: None })
    });
    Ok(private(axum::Json(page.await?)))
}

/// Cases I may see, counted by group.
#[utoipa::path(get, path = "/cases/counts", operation_id = "count_cases", tag = "cases", params(CountsQuery),
    responses((status = 200, description = "Figures", body = CaseCounts)))]
pub async fn count_cases(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Query(asked): Query<CountsQuery>,
) -> Answer<Response> {
    let wanted = query(api.city(), &caller.actor, &asked.filters())?;
    let by = group_by(asked.by, asked.area.as_deref());
    let counts = api.read(move |city, store| {
        let scope = city.policy.scope(&caller.actor);
        let counts = store.counts(&wanted, &scope, by, caller.now)?;
        let titles = Titles { city, lang };
        let count =
            |(key, n): &(String, u64)| CaseCount { title: group_title(titles, by, key), key: key.clone(), n: wire(*n) };
        let items = counts.items.iter().map(count).collect();
        Ok(CaseCounts { items, total: wire(counts.total), clipped: counts.clipped })
    });
    Ok(private(axum::Json(counts.await?)))
}

/// Cases I may see, as points.
#[utoipa::path(get, path = "/cases/map", operation_id = "map_cases", tag = "cases", params(MapQuery),
    responses((status = 200, description = "Points", body = MapPoints)))]
pub async fn map_cases(State(api): State<Api>, caller: Caller, Query(asked): Query<MapQuery>) -> Answer<Response> {
    let wanted = query(api.city(), &caller.actor, &asked.filters())?;
    let points = api.read(move |city, store| {
        let scope = city.policy.scope(&caller.actor);
        let points = store.points(&wanted, &scope, limits::MAP_POINTS, caller.now)?;
        let items =
            points.items.iter().map(|at| MapPoint(at.case.0, at.place.lon, at.place.lat, light(at.light))).collect();
        Ok(MapPoints { items, clipped: points.clipped })
    });
    Ok(private(axum::Json(points.await?)))
}

/// Everything about one case, and what I can do.
#[utoipa::path(get, path = "/cases/{id}", operation_id = "get_case", tag = "cases", params(CasePath),
    responses((status = 200, description = "The case", body = CaseView, headers(("ETag" = String, description = "Its sequence, who asks, and the minute"))),
        (status = 304, description = "Not modified since `If-None-Match`")))]
pub async fn get_case(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    headers: HeaderMap,
    Path(path): Path<CasePath>,
) -> Answer<Response> {
    let answer = api.read(move |city, store| {
        let loaded = load(city, store, &caller.actor, CaseId(path.id), None)?;
        let tag = tag(&caller, loaded.seq(), lang);
        if is_known(&headers, &tag) {
            return Ok((tag, None));
        }
        let view = view(city, store, &caller.ctx(), &loaded, lang)?;
        Ok((tag, Some(to_json(&view)?)))
    });
    let (tag, body) = answer.await?;
    let caching = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::VARY, "accept-language".to_owned()),
    ];
    match body {
        Some(body) => Ok((caching, [(header::CONTENT_TYPE, "application/json")], body).into_response()),
        None => Ok((StatusCode::NOT_MODIFIED, caching).into_response()),
    }
}

/// The records of a case as they are stored. What is sensitive is hidden from those who do not act on the case.
#[utoipa::path(get, path = "/cases/{id}/history", operation_id = "get_case_history", tag = "cases", params(CasePath),
    responses((status = 200, description = "The records", body = History)))]
pub async fn get_case_history(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<CasePath>,
) -> Answer<Response> {
    let history = api.read(move |city, store| {
        let loaded = load(city, store, &caller.actor, CaseId(path.id), None)?;
        history::history(Titles { city, lang }, &caller.actor, &loaded)
    });
    Ok(private(axum::Json(history.await?)))
}

/// Open cases around a case, nearest first.
#[utoipa::path(get, path = "/cases/{id}/near", operation_id = "list_near_cases", tag = "cases", params(CasePath, MetresQuery),
    responses((status = 200, description = "Cases, nearest first", body = CasePage)))]
pub async fn list_near_cases(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<CasePath>,
    Query(asked): Query<MetresQuery>,
) -> Answer<Response> {
    let page = api.read(move |city, store| {
        let loaded = load(city, store, &caller.actor, CaseId(path.id), None)?;
        let wanted = loaded.place().map(|place| near(place, asked.metres, Some(CaseId(path.id))));
        let mut items = Vec::new();
        for (found, _) in wanted.map(|wanted| store.near(&wanted)).transpose()?.unwrap_or_default() {
            if load(city, store, &caller.actor, found.id, None).is_ok() {
                items.push(row(Titles { city, lang }, &found, caller.now));
            }
        }
        Ok(CasePage { items, next: None, total: None })
    });
    Ok(private(axum::Json(page.await?)))
}

/// Who reported a case and how to reach them: for those who act on it. Every look is noted in the audit.
#[utoipa::path(get, path = "/cases/{id}/contacts", operation_id = "list_case_contacts", tag = "cases", params(CasePath),
    responses((status = 200, description = "The reporters who left a name or a number", body = ContactPage)))]
pub async fn list_case_contacts(
    State(api): State<Api>,
    caller: Caller,
    Path(path): Path<CasePath>,
) -> Answer<Response> {
    let page = api.write(move |city, tx| {
        let id = CaseId(path.id);
        let loaded = load(city, tx, &caller.actor, id, None)?;
        if !loaded.acts_on(city, &caller.actor)? {
            return Err(Problem::of(ErrorCode::NotAllowed));
        }
        let mut items = Vec::new();
        for report in tx.reports(id)? {
            let contact = tx.contact(report.id)?;
            items.extend(contact.map(|contact| Contact {
                report: report.id.0,
                name: contact.name,
                phone: contact.phone,
            }));
        }
        tx.note(&caller.actor, &"contact".into(), Some(id), "", caller.now)?;
        Ok(ContactPage { items })
    });
    Ok(private(axum::Json(page.await?)))
}

/// Open cases around a place that may be shown in a list.
pub fn near(place: LonLat, metres: Option<u32>, except: Option<CaseId>) -> NearQuery {
    NearQuery {
        place,
        metres: f64::from(metres.unwrap_or(200)),
        kinds: Vec::new(),
        states: Vec::new(),
        open: Some(true),
        category: None,
        changed_from: None,
        need_to_know: false,
        except,
        limit: limits::NEAR_CASES,
    }
}

/// The bytes of an answer built away from the socket's thread.
pub fn to_json(value: &impl serde::Serialize) -> Answer<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Problem::internal(error.to_string()))
}

/// A view depends on the case, on who asks, on the language, and through the clocks on the time: to the minute.
fn tag(caller: &Caller, seq: u64, lang: Lang) -> String {
    format!("\"{seq}-{}-{}-{}\"", caller.person, lang.tag(), caller.now.0 / 60_000)
}

/// Whether `If-None-Match` names the tag.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let sent = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    sent.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

fn group_by(by: CountBy, area: Option<&str>) -> GroupBy {
    match by {
        CountBy::State => GroupBy::State,
        CountBy::Stage => GroupBy::Stage,
        CountBy::Light => GroupBy::Light,
        CountBy::Unit => GroupBy::Unit,
        CountBy::Kind => GroupBy::Kind,
        CountBy::Area if area.is_some() => GroupBy::Street,
        CountBy::Area => GroupBy::District,
    }
}

fn group_title(titles: Titles<'_>, by: GroupBy, key: &str) -> String {
    if key.is_empty() {
        return titles.lang.pick("未定", "none").to_owned();
    }
    let procedures = || titles.city.pack.newest();
    let title = match by {
        GroupBy::Kind => procedures().find(|p| p.id == *key).map(|p| titles.kind(p)),
        GroupBy::State => procedures().find(|p| p.state(key).is_some()).map(|p| titles.state(p, key)),
        GroupBy::Unit => key.parse().ok().map(|id| titles.office(guancheng_base::OfficeId(id))),
        GroupBy::District | GroupBy::Street => area_name(titles, key),
        GroupBy::Light => Some(light_title(titles.lang, key).to_owned()),
        GroupBy::Stage | GroupBy::Nothing => None,
    };
    title.unwrap_or_else(|| key.to_owned())
}

fn area_name(titles: Titles<'_>, key: &str) -> Option<String> {
    let code = key.parse::<guancheng_place::AreaCode>().ok()?;
    titles.city.pack.places.areas().get(code).map(|area| area.name.clone())
}

/// The word that goes with a light.
pub fn light_title(lang: Lang, light: &str) -> &'static str {
    match light {
        "good" => lang.pick("正常", "in time"),
        "near" => lang.pick("临期", "near"),
        "late" => lang.pick("超期", "late"),
        _ => lang.pick("未评", "not rated"),
    }
}
