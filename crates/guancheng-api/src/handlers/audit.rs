//! The log and its proof.

use axum::response::Response;

use crate::{
    dto::{AuditPage, VerifyResult},
    extract::Query,
    paths::AuditFilter,
    problem::Answer,
};

/// Who did what, newest first.
#[utoipa::path(get, path = "/audit", operation_id = "list_audit", tag = "operation", params(AuditFilter),
    responses((status = 200, description = "A page of the log", body = AuditPage)))]
pub async fn list_audit(query: Query<AuditFilter>) -> Answer<Response> {
    crate::pending(query.0.limit)
}

/// Prove that no record was altered.
#[utoipa::path(post, path = "/audit/verify", operation_id = "verify_audit", tag = "operation",
    responses((status = 200, description = "The proof", body = VerifyResult)))]
pub async fn verify_audit() -> Answer<Response> {
    crate::pending(())
}
