//! Pages, files of the app, security headers.

use axum::{body::Body, http::Method};
use expect_test::expect;

use crate::world::World;

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let world = World::new();
    let nobody = world.nobody();
    let names = ["content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy"];
    let mut seen = std::collections::BTreeSet::new();
    for path in ["//", "//report", "/cases", "//assets/none.js", "//api/openapi.json"] {
        let got = nobody.get(path).await;
        seen.insert(names.map(|name| got.header(name).to_owned()).join("\n"));
    }
    expect![[r#"
        default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'
        nosniff
        same-origin
        geolocation=(self), camera=(self), microphone=(), payment=(), usb=()"#]].assert_eq(&seen.into_iter().collect::<Vec<_>>().join("\n\n"));
    world.finish();
}

#[tokio::test]
async fn paths_of_the_app_are_pages_and_stale_files_are_not() {
    let world = World::new();
    let nobody = world.nobody();
    for path in ["//", "//t/ABCD", "//m", "//m/tasks", "//c/desk", "//screen/main"] {
        let got = nobody.get(path).await;
        assert_eq!((got.status.as_u16(), got.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
    }
    for path in ["//assets/old-12345678.js", "//favicon.txt", "//nothing/here", "//tiles/none.pmtiles"] {
        assert_eq!(nobody.get(path).await.status, 404, "{path}");
    }
    let post = nobody.send(nobody.request(Method::POST, "//c/desk").body(Body::empty()).unwrap()).await;
    assert_eq!((post.status.as_u16(), post.header("allow")), (405, "GET,HEAD"));
    world.finish();
}

#[tokio::test]
async fn definitions_are_known_by_their_content() {
    let world = World::new();
    let intake = world.demo("intake1").await;
    for path in ["/pack", "/codelists/case_category", "/cases/1"] {
        crate::loop_of_a_case::reported(&world).await;
        let first = intake.get(path).await;
        assert_eq!(first.status, 200, "{path}");
        let request = intake.request(Method::GET, path).header("if-none-match", first.header("etag"));
        assert_eq!(intake.send(request.body(Body::empty()).unwrap()).await.status, 304, "{path}");
    }
    let page = intake.get("/procedures/case/page").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    world.finish();
}

#[tokio::test]
async fn health_tells_the_public_little() {
    let world = World::new();
    let public = world.nobody().get("/health").await.json();
    assert_eq!((public["ok"].clone(), public["cases"].clone()), (true.into(), serde_json::Value::Null));
    let admin = world.demo("admin1").await;
    assert_eq!(admin.get("/health").await.json()["cases"], 0);
    assert_eq!(admin.post("/audit/verify", serde_json::json!({})).await.json()["ok"], true);
    world.finish();
}
