//! What the pack declares: procedures, code lists, offices.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use guancheng_base::ErrorCode;

use crate::{
    caller::Caller,
    dto::{CodeList, OfficePage, PackView, PublicPack},
    extract::Path,
    handlers::{
        cases::{is_known, to_json},
        session::private,
    },
    lang::Lang,
    paths::NamePath,
    problem::{Answer, Problem},
    secret::{hex, sha256},
    state::Api,
    views::{pack, titles::Titles},
};

/// Everything a client renders from.
#[utoipa::path(get, path = "/pack", operation_id = "get_pack", tag = "pack",
    responses((status = 200, description = "The pack", body = PackView, headers(("ETag" = String, description = "Changes with the pack and the language"))),
        (status = 304, description = "Not modified since `If-None-Match`")))]
pub async fn get_pack(State(api): State<Api>, _caller: Caller, lang: Lang, headers: HeaderMap) -> Answer<Response> {
    tagged(&headers, &pack::pack(Titles { city: api.city(), lang }))
}

/// A code list.
#[utoipa::path(get, path = "/codelists/{id}", operation_id = "get_codelist", tag = "pack", params(NamePath),
    responses((status = 200, description = "The code list", body = CodeList, headers(("ETag" = String, description = "Changes with the pack and the language"))),
        (status = 304, description = "Not modified since `If-None-Match`")))]
pub async fn get_codelist(
    State(api): State<Api>,
    _caller: Caller,
    lang: Lang,
    headers: HeaderMap,
    Path(path): Path<NamePath>,
) -> Answer<Response> {
    let list = api.city().pack.code_lists.get(path.id.as_str());
    let list = list.ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
    tagged(&headers, &pack::code_list(Titles { city: api.city(), lang }, list))
}

/// A procedure as one page an official can read aloud and sign.
#[utoipa::path(get, path = "/procedures/{id}/page", operation_id = "get_procedure_page", tag = "pack", params(NamePath),
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
pub async fn get_procedure_page(
    State(api): State<Api>,
    _caller: Caller,
    Path(path): Path<NamePath>,
) -> Answer<Response> {
    let procedure = api.city().pack.newest().find(|procedure| procedure.id == *path.id);
    let procedure = procedure.ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
    Ok(private(Html(guancheng_pack::render::page(&api.city().pack, procedure))))
}

/// The offices, parents first.
#[utoipa::path(get, path = "/offices", operation_id = "list_offices", tag = "pack",
    responses((status = 200, description = "The offices", body = OfficePage)))]
pub async fn list_offices(State(api): State<Api>, _caller: Caller, lang: Lang) -> Answer<Response> {
    Ok(private(axum::Json(pack::offices(Titles { city: api.city(), lang }))))
}

/// What the public page starts from.
#[utoipa::path(get, path = "/public/pack", operation_id = "get_public_pack", tag = "public", security(()),
    responses((status = 200, description = "The pack as the public may see it", body = PublicPack)))]
pub async fn get_public_pack(State(api): State<Api>, lang: Lang) -> Answer<Response> {
    Ok(private(axum::Json(pack::public_pack(Titles { city: api.city(), lang }, api.now()))))
}

/// An answer known by its content.
fn tagged(headers: &HeaderMap, view: &impl serde::Serialize) -> Answer<Response> {
    let body = to_json(view)?;
    let hash = hex(&sha256(&body));
    let tag = format!("\"{}\"", hash.get(..32).unwrap_or(&hash));
    let caching = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::VARY, "accept-language".to_owned()),
    ];
    if is_known(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}
