//! The web app: files built into the binary (debug builds read the folder), four entry pages, and map tiles beside them.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get_service,
};
use rust_embed::{EmbeddedFile, RustEmbed};
use tower_http::services::ServeDir;

use crate::{handlers::cases::is_known, html::page, lang::Lang, secret::hex, state::Api};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Web;

/// Files that the build names by their content: a browser may keep them for ever.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for again, and mostly answered by 304.
const ASK_AGAIN: &str = "no-cache";

/// Encodings that the build made beforehand, the best first.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// `/tiles/*.pmtiles` from the folder of the pack, with ranges.
pub fn tiles(api: &Api) -> Router<Api> {
    match &api.settings().tiles {
        Some(folder) => Router::new()
            .nest_service("/tiles", get_service(ServeDir::new(folder).append_index_html_on_directories(false))),
        None => Router::new(),
    }
}

/// Answers every path that is not the API's: a file of the app, or the entry page that routes the path.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if method != Method::GET && method != Method::HEAD {
        return ([(header::ALLOW, "GET,HEAD")], StatusCode::METHOD_NOT_ALLOWED).into_response();
    }
    let name = if path == "m/sw.js" { "sw.js" } else { path };
    let is_source = ENCODINGS.iter().any(|(_, ending)| name.ends_with(ending));
    if !name.is_empty() && !is_source && Web::get(name).is_some() {
        return file(name, &headers, StatusCode::OK);
    }
    match entry(path) {
        Some(_) if Web::get("public.html").is_none() => not_built(Lang::of(&headers)),
        Some(entry) => file(entry, &headers, StatusCode::OK),
        None if is_asset(path) => StatusCode::NOT_FOUND.into_response(),
        None => not_found(Lang::of(&headers)),
    }
}

/// The entry page that routes a path.
fn entry(path: &str) -> Option<&'static str> {
    match path.split('/').next().unwrap_or_default() {
        _ if is_asset(path) => None,
        "" | "t" | "near" | "notices" | "stats" | "help" => Some("public.html"),
        "m" => Some("field.html"),
        "c" | "dev" => Some("console.html"),
        "screen" => Some("screen.html"),
        _ => None,
    }
}

/// A name with an ending asks for a file, never for a page: a stale chunk must answer 404, not HTML.
fn is_asset(path: &str) -> bool {
    path.starts_with("assets/") || path.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

fn file(name: &str, headers: &HeaderMap, status: StatusCode) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let encoded = ENCODINGS.iter().filter(|(encoding, _)| accepts(accepted, encoding));
    let found =
        encoded.filter_map(|(encoding, ending)| Some((Some(*encoding), Web::get(&format!("{name}{ending}"))?))).next();
    let found = found.or_else(|| Web::get(name).map(|file| (None, file)));
    let Some((encoding, file)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let hash = hex(&file.metadata.sha256_hash());
    let tag = format!("\"{}\"", hash.get(..32).unwrap_or(&hash));
    let caching = if name.starts_with("assets/") { IMMUTABLE } else { ASK_AGAIN };
    let common = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, caching.to_owned()),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let mut response = (status, common, body(file)).into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(media(name)));
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if name == "sw.js" {
        answer.insert(HeaderName::from_static("service-worker-allowed"), HeaderValue::from_static("/m/"));
    }
    response
}

fn accepts(list: &str, encoding: &str) -> bool {
    list.split(',').map(str::trim).any(|one| one.split(';').next() == Some(encoding) && !one.ends_with("q=0"))
}

fn body(file: EmbeddedFile) -> Body {
    match file.data {
        std::borrow::Cow::Borrowed(bytes) => Body::from(bytes),
        std::borrow::Cow::Owned(bytes) => Body::from(bytes),
    }
}

fn media(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn not_built(lang: Lang) -> Response {
    let (title, words) = lang.pick(
        ("网页尚未生成", "<p>请在项目目录执行 <code>make web</code>，然后刷新。接口已可使用：<a href=\"/api/openapi.json\">/api/openapi.json</a>；无脚本上报页：<a href=\"/report\">/report</a>。</p>\n"),
        ("The web app is not built", "<p>Run <code>make web</code> in the project's folder and reload. The API is ready: <a href=\"/api/openapi.json\">/api/openapi.json</a>; so is the plain report form: <a href=\"/report\">/report</a>.</p>\n"),
    );
    Html(page(lang, title, words)).into_response()
}

fn not_found(lang: Lang) -> Response {
    let (title, words) = lang.pick(
        ("没有这个页面", "<p><a href=\"/\">返回首页</a></p>\n"),
        ("There is no such page", "<p><a href=\"/\">Go to the start page</a></p>\n"),
    );
    (StatusCode::NOT_FOUND, Html(page(lang, title, words))).into_response()
}
