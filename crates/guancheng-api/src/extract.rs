//! What a handler takes from a request. Every refusal is a problem that says where; no text of the HTTP library leaks.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{HeaderMap, header, request::Parts},
};
use guancheng_base::ErrorCode;
use serde::de::DeserializeOwned;

use crate::{
    lang::Lang,
    limits,
    problem::{Answer, Problem},
    valid::{Faults, Valid},
};

/// A JSON body, at most [`limits::JSON_BODY_BYTES`], of a type that knows what is valid.
pub struct Json<T> {
    /// The value.
    pub value: T,
    /// The bytes it was read from, for the idempotency key.
    pub bytes: Bytes,
}

/// Path parameters.
pub struct Path<T>(pub T);

/// Query parameters; unknown ones are refused.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Valid, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Answer<Self> {
        if !is_json(request.headers()) {
            return Err(Problem::with(ErrorCode::MediaType, "请以 application/json 发送", "send application/json"));
        }
        let bytes = read_body(request, state, "JSON_BODY_BYTES", limits::JSON_BODY_BYTES).await?;
        let value = parse_json(&bytes)?;
        Ok(Json { value, bytes })
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Path(value)).map_err(|error| malformed("path", &error.body_text()))
    }
}

impl<T: DeserializeOwned + Valid, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Self> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        let axum::extract::Query(value) = query.map_err(|error| malformed("query", &error.body_text()))?;
        checked(&value, ErrorCode::BadFilter)?;
        Ok(Query(value))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Lang {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Lang::of(&parts.headers))
    }
}

/// Reads and checks a JSON value.
pub fn parse_json<T: DeserializeOwned + Valid>(bytes: &[u8]) -> Answer<T> {
    let parsed = axum::Json::<T>::from_bytes(bytes);
    let axum::Json(value) = parsed.map_err(|error| malformed("body", &error.body_text()))?;
    checked(&value, ErrorCode::FieldInvalid)?;
    Ok(value)
}

/// The whole body, or the named limit it is over.
pub async fn read_body<S: Send + Sync>(request: Request, state: &S, limit: &str, bytes: usize) -> Answer<Bytes> {
    Bytes::from_request(request, state).await.map_err(|error| match error {
        BytesRejection::FailedToBufferBody(error) if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::too_large(limit, bytes)
        }
        _ => malformed("body", "the connection ended early"),
    })
}

/// Whether the body says it is of this media type.
pub fn is_media(headers: &HeaderMap, media: &str) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(media)
}

fn is_json(headers: &HeaderMap) -> bool {
    is_media(headers, "application/json")
}

fn checked(value: &impl Valid, code: ErrorCode) -> Answer<()> {
    let mut faults = Faults::default();
    value.check(&mut faults);
    faults.into_answer(code)
}

/// A 400 that says where: the text of the library is `<what failed>: <path>: <why>`.
pub fn malformed(place: &str, text: &str) -> Problem {
    let why = text.split_once(": ").map_or(text, |(_, why)| why);
    Problem::with(ErrorCode::BadRequest, format!("{place}：{why}"), format!("{place}: {why}"))
}
