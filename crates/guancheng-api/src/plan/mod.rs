//! The plan over HTTP: documents in, review, letters, the ledger, papers, and what the public sees.

mod acts;
mod dto;
mod export;
mod faults;
mod filter;
mod import;
mod ledger;
mod letters;
mod page;
mod papers;
mod promises;
mod promises_page;
mod view;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{limits, state::Api};

pub use promises_page::{circular as circular_page, promises as promises_page};

/// The routes under the API's base.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(view::list_plans))
        .routes(routes!(view::get_plan))
        .routes(routes!(acts::act_on_plan))
        .routes(routes!(letters::list_letters))
        .routes(routes!(letters::get_letter))
        .routes(routes!(letters::sign_letter))
        .routes(routes!(ledger::get_ledger))
        .routes(routes!(ledger::get_ledger_line))
        .routes(routes!(export::get_ledger_file))
        .routes(routes!(papers::list_meetings))
        .routes(routes!(papers::list_circulars))
        .routes(routes!(papers::get_circular))
        .routes(routes!(papers::list_appraisals))
        .routes(routes!(papers::get_tree))
        .routes(routes!(papers::list_posts))
        .routes(routes!(promises::list_promises))
        .routes(routes!(promises::get_promise_photo))
}

/// The routes whose bodies carry files.
pub fn uploads() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(import::import_plan))
        .routes(routes!(import::import_progress))
        .layer(DefaultBodyLimit::max(limits::UPLOAD_BODY_BYTES))
}
