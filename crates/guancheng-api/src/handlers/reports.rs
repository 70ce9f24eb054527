//! What the public says and sees.

use axum::response::Response;

use crate::{
    dto::{NearPage, NewReport, ReportAnswer, ReportReceipt, ReportStatus, ReportUpload},
    extract::{Json, Path, Query},
    paths::{CodePath, NearQuery},
    problem::Answer,
};

/// Open cases near a position, so that nobody reports the same matter twice.
#[utoipa::path(get, path = "/public/near", operation_id = "list_public_near", tag = "public", security(()), params(NearQuery),
    responses((status = 200, description = "Cases, nearest first", body = NearPage)))]
pub async fn list_public_near(query: Query<NearQuery>) -> Answer<Response> {
    crate::pending(query.0.metres)
}

/// Report a matter.
#[utoipa::path(post, path = "/reports", operation_id = "report", tag = "public", security(()),
    request_body(content((NewReport = "application/json"), (ReportUpload = "multipart/form-data"))),
    responses((status = 201, description = "Received", body = ReportReceipt)))]
pub async fn report() -> Answer<Response> {
    crate::pending(())
}

/// What became of a report.
#[utoipa::path(get, path = "/reports/{code}", operation_id = "get_report", tag = "public", security(()), params(CodePath),
    responses((status = 200, description = "The report", body = ReportStatus)))]
pub async fn get_report(path: Path<CodePath>) -> Answer<Response> {
    crate::pending(path.0.code)
}

/// Say whether it is mended.
#[utoipa::path(post, path = "/reports/{code}/answer", operation_id = "answer_report", tag = "public", security(()), params(CodePath),
    request_body = ReportAnswer,
    responses((status = 200, description = "The report after it", body = ReportStatus)))]
pub async fn answer_report(path: Path<CodePath>, input: Json<ReportAnswer>) -> Answer<Response> {
    crate::pending((path.0.code, input.value.fixed))
}
