//! Areas, and where a position is.

use axum::response::Response;

use crate::{
    dto::{AreaPage, Located},
    extract::Query,
    paths::{AreaQuery, LocateQuery},
    problem::Answer,
};

/// Districts, streets and communities.
#[utoipa::path(get, path = "/areas", operation_id = "list_areas", tag = "places", params(AreaQuery),
    responses((status = 200, description = "The areas", body = AreaPage)))]
pub async fn list_areas(query: Query<AreaQuery>) -> Answer<Response> {
    crate::pending(query.0.parent)
}

/// Cell, community, street and district of a position.
#[utoipa::path(get, path = "/locate", operation_id = "locate", tag = "places", security(()), params(LocateQuery),
    responses((status = 200, description = "Where it is", body = Located)))]
pub async fn locate(query: Query<LocateQuery>) -> Answer<Response> {
    crate::pending(query.0.lon)
}
