//! How the server is.

use axum::{extract::State, response::Response};

use crate::{
    caller::Caller,
    dto::{Calendar, Health, Moment},
    handlers::{audit::oversees, session::private},
    problem::Answer,
    state::Api,
    views::row::wire,
};

/// Alive, and for those who oversee the system how.
#[utoipa::path(get, path = "/health", operation_id = "get_health", tag = "operation", security((), ("session" = []), ("token" = [])),
    responses((status = 200, description = "How it is", body = Health)))]
pub async fn get_health(State(api): State<Api>, caller: Option<Caller>) -> Answer<Response> {
    let version = api.settings().version.clone();
    let public = Health { ok: true, version, ..Health::default() };
    if !caller.is_some_and(|caller| oversees(&caller.actor)) {
        return Ok(private(axum::Json(public)));
    }
    let (inside, now) = (api.clone(), api.now());
    let health = tokio::task::spawn_blocking(move || inside.store().health(now));
    let health = health.await.map_err(|error| crate::problem::Problem::internal(error.to_string()))??;
    let city = api.city();
    let today = city.day(now);
    let calendar = |calendar: &std::sync::Arc<guancheng_calendar::Calendar>| Calendar {
        id: calendar.id().to_string(),
        loaded_to: calendar.loaded_to().to_string(),
        days_left: i64::from(calendar.loaded_to().0 - today.0),
    };
    Ok(private(axum::Json(Health {
        city: Some(city.pack.title.clone()),
        cases: Some(wire(health.cases)),
        open: Some(wire(health.open)),
        timers_due: Some(wire(health.timers_due)),
        queue: i64::try_from(health.queue).ok(),
        last_commit_at: health.last_commit.map(|at| Moment(city.show(at))),
        calendars: Some(city.pack.calendars.values().map(calendar).collect()),
        disk_free: health.disk_free.map(wire),
        ..public
    })))
}
