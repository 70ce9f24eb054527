//! Which handler answers which path.

use axum::{
    Router, extract::DefaultBodyLimit, http::header, middleware::from_fn_with_state, response::IntoResponse,
    routing::get,
};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate, SizeAbove},
    },
};
use utoipa::{OpenApi, openapi::OpenApi as Document};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    handlers::{audit, case_moves, cases, events, export, files, health, pack, places, reports, session, tokens},
    limits, measure, openapi, outer, plain_form, plan,
    state::Api,
    static_files,
};

/// Where the API is.
pub const BASE: &str = "/api/v1";

/// Everything the server answers.
pub fn router(state: Api) -> Router {
    let (api, document) = api();
    let document = document.to_json().unwrap_or_default();
    let served = move || async move { ([(header::CONTENT_TYPE, "application/json")], document).into_response() };
    let form = get(plain_form::form).post(plain_form::send).layer(DefaultBodyLimit::max(limits::REPORT_BODY_BYTES));
    // Below one kibibyte packing costs more than it saves; streams, pictures and packed files are left alone.
    let packed = DefaultPredicate::new().and(SizeAbove::new(1024));
    api.route("/api/openapi.json", get(served))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(packed))
        .route("/api/{*rest}", axum::routing::any(outer::unknown_path))
        .route("/report", form)
        .route("/report/{code}", get(plain_form::status))
        .route("/promises", get(plan::promises_page))
        .route("/promises/circulars/{plan}/{circular}", get(plan::circular_page))
        .merge(static_files::tiles(&state))
        .fallback(static_files::serve)
        .method_not_allowed_fallback(outer::unknown_method)
        .layer(from_fn_with_state(state.clone(), outer::finish))
        .with_state(state)
}

/// The OpenAPI document as text.
pub fn document() -> String {
    let (_, document) = api();
    document.to_pretty_json().unwrap_or_default()
}

/// The API with its document, not yet given a state.
fn api() -> (Router<Api>, Document) {
    let json = OpenApiRouter::new()
        .routes(routes!(session::log_in, session::who_am_i, session::log_out))
        .routes(routes!(session::list_demo_logins, session::log_in_demo))
        .routes(routes!(tokens::list_tokens, tokens::make_token))
        .routes(routes!(tokens::remove_token))
        .routes(routes!(pack::get_pack))
        .routes(routes!(pack::get_codelist))
        .routes(routes!(pack::get_procedure_page))
        .routes(routes!(pack::list_offices))
        .routes(routes!(pack::get_public_pack))
        .routes(routes!(places::list_areas))
        .routes(routes!(places::locate))
        .routes(routes!(cases::list_cases, case_moves::open_case))
        .routes(routes!(cases::count_cases))
        .routes(routes!(cases::map_cases))
        .routes(routes!(export::export_cases))
        .routes(routes!(cases::get_case))
        .routes(routes!(cases::get_case_history))
        .routes(routes!(cases::list_near_cases))
        .routes(routes!(cases::list_case_contacts))
        .merge(moves())
        .merge(plan::routes())
        .merge(measure::routes())
        .routes(routes!(files::get_file))
        .routes(routes!(files::get_file_thumb))
        .routes(routes!(reports::list_public_near))
        .routes(routes!(reports::get_report))
        .routes(routes!(reports::answer_report))
        .routes(routes!(events::stream_events))
        .routes(routes!(health::get_health))
        .routes(routes!(audit::list_audit))
        .routes(routes!(audit::verify_audit))
        .layer(DefaultBodyLimit::max(limits::JSON_BODY_BYTES));
    let head = OpenApiRouter::with_openapi(openapi::Head::openapi());
    let (router, document) = head.nest(BASE, json.merge(uploads())).split_for_parts();
    (router, openapi::finish(document))
}

fn moves() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(case_moves::move_case))
        .routes(routes!(case_moves::extend_clock))
        .routes(routes!(case_moves::rule_on_ask))
        .routes(routes!(case_moves::answer_part))
        .routes(routes!(case_moves::pause_clock))
        .routes(routes!(case_moves::resume_clock))
        .routes(routes!(case_moves::comment_on_case))
}

/// Routes whose bodies carry files.
fn uploads() -> OpenApiRouter<Api> {
    let files = OpenApiRouter::new()
        .routes(routes!(files::upload_file))
        .layer(DefaultBodyLimit::max(limits::UPLOAD_BODY_BYTES));
    let reports =
        OpenApiRouter::new().routes(routes!(reports::report)).layer(DefaultBodyLimit::max(limits::REPORT_BODY_BYTES));
    files.merge(reports).merge(plan::uploads())
}
