//! HTTP: the only crate that knows axum, DTOs, sessions and OpenAPI. Invariant: it decides nothing; a handler reads a
//! request, calls one use case, and writes the answer.

mod case_filter;
mod dto;
mod extract;
mod handlers;
mod lang;
pub mod limits;
mod openapi;
mod paths;
mod problem;
mod problem_titles;
mod routes;
mod valid;
mod valid_inputs;

fn pending<T>(_: T) -> problem::Answer<axum::response::Response> {
    Err(problem::Problem::of(guancheng_base::ErrorCode::Busy))
}

pub fn document() -> String {
    let (_, document) = routes::api();
    document.to_pretty_json().unwrap_or_default()
}
