//! A client: cookies, CSRF token, counted idempotency keys.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, Response, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

/// A browser or a program.
#[derive(Clone)]
pub struct Client {
    router: Router,
    /// `Cookie` header.
    pub cookie: Option<String>,
    /// Sent as `X-CSRF-Token` with every change.
    pub csrf: String,
    /// `Authorization: Bearer`.
    pub token: Option<String>,
    /// `Accept-Language`.
    pub lang: &'static str,
}

/// An answer, read to its end.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Client {
    pub fn new(router: Router) -> Client {
        Client { router, cookie: None, csrf: String::new(), token: None, lang: "zh" }
    }

    pub async fn log_in(&mut self, path: &str, body: Value) {
        let got = self.post(path, body).await;
        assert_eq!(got.status, StatusCode::OK, "{}", got.text());
        let cookie = got.header("set-cookie").to_owned();
        self.cookie = cookie.split(';').next().map(str::to_owned);
        self.csrf = got.json()["csrf"].as_str().unwrap().to_owned();
    }

    pub async fn get(&self, path: &str) -> Got {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> Got {
        self.send(self.request(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }

    /// A POST with a new idempotency key.
    pub async fn post(&self, path: &str, body: Value) -> Got {
        self.post_with_key(path, &new_key(), body).await
    }

    pub async fn post_with_key(&self, path: &str, key: &str, body: Value) -> Got {
        let request = self.request(Method::POST, path).header("idempotency-key", key);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A multipart POST with a new idempotency key: texts, then files.
    pub async fn post_form(&self, path: &str, texts: &[(&str, &str)], files: &[&[u8]]) -> Got {
        self.post_form_with_key(path, &new_key(), texts, files).await
    }

    pub async fn post_form_with_key(&self, path: &str, key: &str, texts: &[(&str, &str)], files: &[&[u8]]) -> Got {
        let mut body = Vec::new();
        for (name, text) in texts {
            body.extend(
                format!("--boundary\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").bytes(),
            );
        }
        for bytes in files {
            let head = "--boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n";
            body.extend(head.bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--boundary--\r\n");
        let request = self.request(Method::POST, path).header("idempotency-key", key);
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=boundary");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Uploads a photo taken at a place and time; its id.
    pub async fn upload(&self, at: [f64; 2], taken_at: &str) -> i64 {
        let meta =
            json!({ "taken_at": taken_at, "lon": at[0], "lat": at[1], "accuracy_m": 5.0, "tags": [] }).to_string();
        let got = self.post_form("/files", &[("meta", &meta)], &[PNG]).await;
        assert_eq!(got.status, StatusCode::CREATED, "{}", got.text());
        got.json()["id"].as_i64().unwrap()
    }

    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let changes = method != Method::GET;
        let uri = if path.starts_with("//") { path[1..].to_owned() } else { format!("/api/v1{path}") };
        let mut request = Request::builder().method(method).uri(uri).header(header::ACCEPT_LANGUAGE, self.lang);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if changes && !self.csrf.is_empty() {
            request = request.header("x-csrf-token", &self.csrf);
        }
        request
    }

    pub async fn open(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn send(&self, request: Request<Body>) -> Got {
        let (parts, body) = self.open(request).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Got { status: parts.status, headers: parts.headers, bytes }
    }
}

impl Got {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("not JSON: {} {}", self.status, self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Status and body as a snapshot shows them.
    pub fn shown(&self) -> String {
        let body =
            serde_json::from_slice::<Value>(&self.bytes).map(|value| serde_json::to_string_pretty(&value).unwrap());
        format!("{}\n{}\n", self.status, body.unwrap_or_else(|_| self.text()))
    }
}

/// A key nobody used before.
pub fn new_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("test-key-{:08}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The smallest PNG: one grey pixel.
pub const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0x00, 0x00,
    0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];
