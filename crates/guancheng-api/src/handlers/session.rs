//! Log-in and log-out, and the one-click log-ins of a demo city.

use axum::response::Response;

use crate::{
    dto::{DemoPage, DemoPick, Login, Me},
    extract::Json,
    problem::Answer,
};

/// Log in. The answer sets the session cookie.
#[utoipa::path(post, path = "/session", operation_id = "log_in", tag = "session", security(()), request_body = Login,
    responses((status = 200, description = "Logged in", body = Me)))]
pub async fn log_in(input: Json<Login>) -> Answer<Response> {
    crate::pending(input.value.login)
}

/// Who am I.
#[utoipa::path(get, path = "/session", operation_id = "who_am_i", tag = "session",
    responses((status = 200, description = "Logged in", body = Me)))]
pub async fn who_am_i() -> Answer<Response> {
    crate::pending(())
}

/// Log out.
#[utoipa::path(delete, path = "/session", operation_id = "log_out", tag = "session",
    responses((status = 204, description = "Logged out")))]
pub async fn log_out() -> Answer<Response> {
    crate::pending(())
}

/// The log-ins of the demo city; 404 in a real one.
#[utoipa::path(get, path = "/session/demo", operation_id = "list_demo_logins", tag = "session", security(()),
    responses((status = 200, description = "Log-ins", body = DemoPage), (status = 404, description = "Not a demo city")))]
pub async fn list_demo_logins() -> Answer<Response> {
    crate::pending(())
}

/// Log in to the demo city with one click.
#[utoipa::path(post, path = "/session/demo", operation_id = "log_in_demo", tag = "session", security(()), request_body = DemoPick,
    responses((status = 200, description = "Logged in", body = Me), (status = 404, description = "Not a demo city")))]
pub async fn log_in_demo(input: Json<DemoPick>) -> Answer<Response> {
    crate::pending(input.value.login)
}
