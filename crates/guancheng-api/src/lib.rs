//! HTTP: the only crate that knows axum, DTOs, sessions and OpenAPI. Invariant: it decides nothing; a handler reads a
//! request, calls one use case, and writes the answer. Errors leave in one shape ([`problem`](crate::openapi_document)
//! documents it), what may not be seen answers 404, and no input whatever answers 5xx.

mod caller;
mod case_filter;
mod case_query;
mod cursor;
mod dto;
mod extract;
mod feed;
mod handlers;
mod history;
mod html;
mod idempotent;
mod intake;
mod lang;
pub mod limits;
mod me;
mod measure;
mod openapi;
mod outer;
mod password;
mod paths;
mod plain_form;
mod plan;
mod problem;
mod problem_titles;
mod rates;
mod routes;
mod secret;
mod serve;
mod sessions;
mod state;
mod static_files;
mod upload;
mod valid;
mod valid_inputs;
mod views;

pub use password::hash_password;
pub use routes::{document as openapi_document, router};
pub use secret::{Random, system_random, tracking_code};
pub use serve::serve;
pub use state::{Api, Clock, Settings};
