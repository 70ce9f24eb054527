//! What is measured over HTTP: definitions, boards, one value, the cases behind it.

mod definitions;
mod dto;
mod export;
mod filter;
mod named;
mod rights;
mod scores;
mod value;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::Api;

/// The routes under the API's base.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(definitions::list_indicators))
        .routes(routes!(value::get_value))
        .routes(routes!(value::list_value_rows))
        .routes(routes!(definitions::list_scorecards))
        .routes(routes!(scores::get_board))
        .routes(routes!(export::get_board_file))
}
