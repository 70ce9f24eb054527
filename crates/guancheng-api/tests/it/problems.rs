//! Every refusal is a problem that says where, in the reader's language, and nothing a client sends is our fault.

use axum::{body::Body, http::Method};
use expect_test::{Expect, expect};
use serde_json::json;

use crate::world::World;

async fn check(method: Method, path: &str, body: &str, expect: Expect) {
    let world = World::new();
    let mut client = world.demo("intake1").await;
    client.lang = "en";
    let request =
        client.request(method, path).header("content-type", "application/json").header("idempotency-key", "problems-1");
    let got = client.send(request.body(Body::from(body.to_owned())).unwrap()).await;
    expect.assert_eq(&format!("{} {}\n{}", got.status.as_u16(), got.header("content-type"), brief(&got.text())));
    world.finish();
}

/// The code, the detail and the fields.
fn brief(text: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    let fields: Vec<String> =
        value["fields"].as_array().into_iter().flatten().map(|field| format!("\n  {}", field["field"])).collect();
    format!("{}: {}{}", value["code"], value["detail"], fields.concat())
}

#[tokio::test]
async fn malformed_requests_say_where() {
    check(Method::POST, "/cases", "{", expect![]).await;
    check(Method::POST, "/cases", r#"{"kind":"case","source":"inspector","evidence":["x"]}"#, expect![]).await;
    check(Method::POST, "/cases", r#"{"kind":"case","source":"inspector","colour":1}"#, expect![]).await;
    check(Method::GET, "/cases/one", "", expect![]).await;
    check(Method::GET, "/cases?limit=201", "", expect![]).await;
    check(Method::GET, "/cases?colour=red", "", expect![]).await;
    check(Method::GET, "/cases?after=notours!", "", expect![]).await;
    check(Method::GET, "/cases?after=AAAA", "", expect![]).await;
    check(Method::GET, "/cases?area=123", "", expect![]).await;
    check(Method::GET, "/cases?opened_from=yesterday", "", expect![]).await;
    check(Method::GET, "/cases?bbox=1,2,3", "", expect![]).await;
}

#[tokio::test]
async fn rules_refuse_with_fields() {
    check(Method::POST, "/cases", r#"{"kind":"nothing","source":"inspector"}"#, expect![]).await;
    check(Method::POST, "/cases", r#"{"kind":"case","source":"rumour"}"#, expect![]).await;
    check(
        Method::POST,
        "/cases",
        r#"{"kind":"case","source":"inspector","fields":{"colour":1,"place":"here"}}"#,
        expect![],
    )
    .await;
    check(Method::POST, "/cases", r#"{"kind":"case","source":"inspector","evidence":[99]}"#, expect![]).await;
    check(Method::GET, "/locate?lon=0&lat=0", "", expect![]).await;
}

#[tokio::test]
async fn unknown_paths_methods_and_media_are_problems_too() {
    check(Method::GET, "/nothing", "", expect![]).await;
    check(Method::PUT, "/cases", "{}", expect![]).await;
    let world = World::new();
    let nobody = world.nobody();
    let put = nobody.send(nobody.request(Method::PUT, "/cases").body(Body::empty()).unwrap()).await;
    assert_eq!(put.header("allow"), "GET,HEAD,POST");
    let text = nobody.request(Method::POST, "/session").header("content-type", "text/plain");
    assert_eq!(nobody.send(text.body(Body::from("a")).unwrap()).await.status, 415);
    let large = json!({ "login": "a".repeat(300_000), "password": "b" });
    let large = nobody.post("/session", large).await;
    assert_eq!((large.status.as_u16(), large.json()["code"].clone()), (413, json!("body_too_large")));
    world.finish();
}

#[tokio::test]
async fn problems_speak_the_readers_language() {
    let world = World::new();
    let mut nobody = world.nobody();
    let chinese = nobody.get("/cases").await;
    nobody.lang = "en-US,en;q=0.9";
    let english = nobody.get("/cases").await;
    expect![].assert_eq(&format!("{}{}", chinese.shown(), english.shown()));
    assert_eq!(english.header("www-authenticate"), "Bearer realm=\"guancheng\"");
    world.finish();
}
