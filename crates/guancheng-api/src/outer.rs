//! The outermost layer of every answer: panics become problems, problems are written in the reader's language, and the
//! security headers are set.

use std::{
    any::Any,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    task::Poll,
};

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use guancheng_base::ErrorCode;

use crate::{lang::Lang, problem::Problem, state::Api};

/// What a page of ours may load: from us, nothing else; workers and pictures also from memory (map, camera).
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; \
    frame-ancestors 'self'; form-action 'self'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// One year, as browsers' preload lists ask.
const STRICT_TRANSPORT: &str = "max-age=31536000; includeSubDomains";

/// Runs the rest, and finishes whatever it answered.
pub async fn finish(State(api): State<Api>, request: Request, next: Next) -> Response {
    let lang = Lang::of(request.headers());
    let method = request.method().clone();
    let uri = request.uri().clone();
    let response = guarded(request, next).await;
    let mut response = response.unwrap_or_else(|panic| {
        let incident = api.incident();
        eprintln!("incident {incident}: panic in {method} {}: {}", uri.path(), panic_text(&*panic));
        failed(incident)
    });
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = rendered(&api, problem, lang, &response, (method.as_str(), uri.path()));
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if api.settings().hsts {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(STRICT_TRANSPORT));
    }
    response
}

/// No such path in the API.
pub async fn unknown_path() -> Problem {
    Problem::of(ErrorCode::NotFound)
}

/// The path exists, the method does not; the router adds `Allow`.
pub async fn unknown_method() -> Response {
    let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
    response.extensions_mut().insert(Problem::with(
        ErrorCode::BadRequest,
        "此地址不支持这种方法，见 Allow",
        "this address does not take that method; see Allow",
    ));
    response
}

async fn guarded(request: Request, next: Next) -> Result<Response, Box<dyn Any + Send>> {
    let mut future = Box::pin(next.run(request));
    poll_fn(move |cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(response)) => Poll::Ready(Ok(response)),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

fn failed(incident: String) -> Response {
    let mut problem = Problem::of(ErrorCode::Internal);
    problem.more.incident = Some(incident);
    problem.into_response()
}

/// The problem's body with whatever status and headers its answer already had (405 and `Allow`, cookies).
fn rendered(api: &Api, mut problem: Problem, lang: Lang, shell: &Response, (method, path): (&str, &str)) -> Response {
    if problem.code == ErrorCode::Internal && problem.more.incident.is_none() {
        let incident = api.incident();
        let cause = problem.cause.take().unwrap_or_default();
        eprintln!("incident {incident}: {method} {path}: {cause}");
        problem.more.incident = Some(incident);
    }
    let mut response = problem.render(lang, shell.status());
    for (name, value) in shell.headers() {
        if name == header::ALLOW || name == header::SET_COOKIE {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown")
}
