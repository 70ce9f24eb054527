//! Areas, and where a position is.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use guancheng_base::ErrorCode;
use guancheng_place::{AreaCode, Crs, to_cgcs2000};

use crate::{
    caller::Caller,
    dto::{AreaPage, Located},
    extract::Query,
    paths::{AreaQuery, CrsName, LocateQuery},
    problem::{Answer, Problem},
    state::Api,
    views::place,
};

/// Districts, streets and communities.
#[utoipa::path(get, path = "/areas", operation_id = "list_areas", tag = "places", params(AreaQuery),
    responses((status = 200, description = "The areas", body = AreaPage)))]
pub async fn list_areas(State(api): State<Api>, _caller: Caller, Query(asked): Query<AreaQuery>) -> Answer<Response> {
    // A code that no area can have is above none.
    let Ok(parent) = asked.parent.as_deref().map(str::parse::<AreaCode>).transpose() else {
        return Ok(axum::Json(AreaPage { items: Vec::new() }).into_response());
    };
    let items = place::areas(api.city(), asked.level, parent);
    Ok(axum::Json(AreaPage { items }).into_response())
}

/// Cell, community, street and district of a position; 422 outside of the city.
#[utoipa::path(get, path = "/locate", operation_id = "locate", tag = "places", security(()), params(LocateQuery),
    responses((status = 200, description = "Where it is", body = Located),
        (status = 422, description = "Outside of the city", body = crate::problem::ProblemBody, content_type = "application/problem+json")))]
pub async fn locate(State(api): State<Api>, Query(asked): Query<LocateQuery>) -> Answer<Response> {
    let crs = match asked.crs.unwrap_or(CrsName::Wgs84) {
        CrsName::Wgs84 => Crs::Wgs84,
        CrsName::Cgcs2000 => Crs::Cgcs2000,
        CrsName::Gcj02 => Crs::Gcj02,
        CrsName::Bd09 => Crs::Bd09,
    };
    let outside = || Problem::of(ErrorCode::PlaceUnknown);
    let at = to_cgcs2000(crs, asked.lon, asked.lat).map_err(|_| outside())?;
    // The first question draws the grid, which takes some tenths of a second.
    let located = api.read(move |city, _| Ok(place::located(city, at))).await?;
    Ok(axum::Json(located.ok_or_else(outside)?).into_response())
}
