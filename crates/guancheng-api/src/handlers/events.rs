//! What just changed, as a stream.

use axum::response::Response;

use crate::problem::Answer;

/// Server-sent events: `event: case` with `{"case", "seq", "state", "unit"}`, resumed by `Last-Event-ID`; `event: reset`
/// when too much was missed.
#[utoipa::path(get, path = "/events", operation_id = "stream_events", tag = "events",
    params(("Last-Event-ID" = Option<String>, Header, description = "The last id that was received")),
    responses((status = 200, description = "A stream that does not end", body = String, content_type = "text/event-stream")))]
pub async fn stream_events() -> Answer<Response> {
    crate::pending(())
}
