//! How the server is.

use axum::response::Response;

use crate::{dto::Health, problem::Answer};

/// Alive, and for administrators how.
#[utoipa::path(get, path = "/health", operation_id = "get_health", tag = "operation", security((), ("session" = []), ("token" = [])),
    responses((status = 200, description = "How it is", body = Health)))]
pub async fn get_health() -> Answer<Response> {
    crate::pending(())
}
