//! What changes a case.

use axum::response::Response;

use crate::{
    dto::{AskRuling, CaseView, CommentInput, ExtensionInput, MoveInput, PartAnswer, PauseInput},
    extract::{Json, Path, Query},
    paths::{AskPath, CasePath, PartPath, PausePath, SeqQuery},
    problem::Answer,
};

/// Make a move.
#[utoipa::path(post, path = "/cases/{id}/moves", operation_id = "move_case", tag = "moves", params(CasePath), request_body = MoveInput,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn move_case(path: Path<CasePath>, input: Json<MoveInput>) -> Answer<Response> {
    crate::pending((path.0.id, input.value.mv))
}

/// Ask for more time.
#[utoipa::path(post, path = "/cases/{id}/extensions", operation_id = "extend_clock", tag = "moves", params(CasePath), request_body = ExtensionInput,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn extend_clock(path: Path<CasePath>, input: Json<ExtensionInput>) -> Answer<Response> {
    crate::pending((path.0.id, input.value.clock))
}

/// Rule on a question.
#[utoipa::path(post, path = "/cases/{id}/asks/{ask}", operation_id = "rule_on_ask", tag = "moves", params(AskPath), request_body = AskRuling,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn rule_on_ask(path: Path<AskPath>, input: Json<AskRuling>) -> Answer<Response> {
    crate::pending((path.0.id, path.0.ask, input.value.grant))
}

/// Answer my part of a joint review.
#[utoipa::path(post, path = "/cases/{id}/parts/{part}", operation_id = "answer_part", tag = "moves", params(PartPath), request_body = PartAnswer,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn answer_part(path: Path<PartPath>, input: Json<PartAnswer>) -> Answer<Response> {
    crate::pending((path.0.id, path.0.part, input.value.agree))
}

/// Pause a clock.
#[utoipa::path(post, path = "/cases/{id}/pauses", operation_id = "pause_clock", tag = "moves", params(CasePath), request_body = PauseInput,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn pause_clock(path: Path<CasePath>, input: Json<PauseInput>) -> Answer<Response> {
    crate::pending((path.0.id, input.value.clock))
}

/// Resume a paused clock.
#[utoipa::path(delete, path = "/cases/{id}/pauses/{clock}", operation_id = "resume_clock", tag = "moves", params(PausePath, SeqQuery),
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn resume_clock(path: Path<PausePath>, query: Query<SeqQuery>) -> Answer<Response> {
    crate::pending((path.0.id, path.0.clock, query.0.if_seq))
}

/// Remark on a case. Changes nothing else.
#[utoipa::path(post, path = "/cases/{id}/comments", operation_id = "comment_on_case", tag = "moves", params(CasePath), request_body = CommentInput,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn comment_on_case(path: Path<CasePath>, input: Json<CommentInput>) -> Answer<Response> {
    crate::pending((path.0.id, input.value.text))
}
