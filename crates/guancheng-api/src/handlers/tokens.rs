//! API tokens of the person logged in.

use axum::response::Response;

use crate::{
    dto::{NewToken, TokenMade, TokenPage},
    extract::{Json, Path},
    paths::IdPath,
    problem::Answer,
};

/// My tokens.
#[utoipa::path(get, path = "/tokens", operation_id = "list_tokens", tag = "session",
    responses((status = 200, description = "My tokens", body = TokenPage)))]
pub async fn list_tokens() -> Answer<Response> {
    crate::pending(())
}

/// Make a token; its secret is shown this once.
#[utoipa::path(post, path = "/tokens", operation_id = "make_token", tag = "session", request_body = NewToken,
    responses((status = 201, description = "Made", body = TokenMade)))]
pub async fn make_token(input: Json<NewToken>) -> Answer<Response> {
    crate::pending(input.value.label)
}

/// Withdraw a token.
#[utoipa::path(delete, path = "/tokens/{id}", operation_id = "remove_token", tag = "session", params(IdPath),
    responses((status = 204, description = "Withdrawn")))]
pub async fn remove_token(path: Path<IdPath>) -> Answer<Response> {
    crate::pending(path.0.id)
}
