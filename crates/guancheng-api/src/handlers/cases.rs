//! Cases: lists, figures, one case, its history and its neighbours.

use axum::response::Response;

use crate::{
    case_filter::{CasesQuery, CountsQuery, ExportQuery, MapQuery},
    dto::{CaseCounts, CasePage, CaseView, History, MapPoints, NewCase},
    extract::{Json, Path, Query},
    paths::{CasePath, MetresQuery},
    problem::Answer,
};

/// Cases I may see.
#[utoipa::path(get, path = "/cases", operation_id = "list_cases", tag = "cases", params(CasesQuery),
    responses((status = 200, description = "A page of cases", body = CasePage)))]
pub async fn list_cases(query: Query<CasesQuery>) -> Answer<Response> {
    crate::pending(query.0.limit)
}

/// Cases I may see, counted by group.
#[utoipa::path(get, path = "/cases/counts", operation_id = "count_cases", tag = "cases", params(CountsQuery),
    responses((status = 200, description = "Figures", body = CaseCounts)))]
pub async fn count_cases(query: Query<CountsQuery>) -> Answer<Response> {
    crate::pending(query.0.by)
}

/// Cases I may see, as points.
#[utoipa::path(get, path = "/cases/map", operation_id = "map_cases", tag = "cases", params(MapQuery),
    responses((status = 200, description = "Points", body = MapPoints)))]
pub async fn map_cases(query: Query<MapQuery>) -> Answer<Response> {
    crate::pending(query.0.bbox)
}

/// Cases I may see, as a file. The export is noted in the audit.
#[utoipa::path(get, path = "/cases/export", operation_id = "export_cases", tag = "cases", params(ExportQuery),
    responses((status = 200, description = "CSV, UTF-8 with byte-order mark", body = String, content_type = "text/csv")))]
pub async fn export_cases(query: Query<ExportQuery>) -> Answer<Response> {
    crate::pending(query.0.format)
}

/// Open a case.
#[utoipa::path(post, path = "/cases", operation_id = "open_case", tag = "cases", request_body = NewCase,
    responses((status = 201, description = "Opened", body = CaseView, headers(("Location" = String, description = "The case"), ("ETag" = String, description = "Its sequence")))))]
pub async fn open_case(input: Json<NewCase>) -> Answer<Response> {
    crate::pending(input.value.kind)
}

/// Everything about one case, and what I can do.
#[utoipa::path(get, path = "/cases/{id}", operation_id = "get_case", tag = "cases", params(CasePath),
    responses((status = 200, description = "The case", body = CaseView, headers(("ETag" = String, description = "Its sequence, and who asks"))),
        (status = 304, description = "Not modified since `If-None-Match`")))]
pub async fn get_case(path: Path<CasePath>) -> Answer<Response> {
    crate::pending(path.0.id)
}

/// The records of a case as they are stored.
#[utoipa::path(get, path = "/cases/{id}/history", operation_id = "get_case_history", tag = "cases", params(CasePath),
    responses((status = 200, description = "The records", body = History)))]
pub async fn get_case_history(path: Path<CasePath>) -> Answer<Response> {
    crate::pending(path.0.id)
}

/// Open cases around a case.
#[utoipa::path(get, path = "/cases/{id}/near", operation_id = "list_near_cases", tag = "cases", params(CasePath, MetresQuery),
    responses((status = 200, description = "Cases, nearest first", body = CasePage)))]
pub async fn list_near_cases(path: Path<CasePath>, query: Query<MetresQuery>) -> Answer<Response> {
    crate::pending((path.0.id, query.0.metres))
}
