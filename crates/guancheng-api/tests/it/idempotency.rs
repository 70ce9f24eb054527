//! The same intention sent twice, and two people at one case.

use expect_test::expect;
use serde_json::json;

use crate::{client::new_key, loop_of_a_case::reported, world::World};

#[tokio::test]
async fn the_same_key_is_done_once_and_answered_alike() {
    let world = World::new();
    reported(&world).await;
    let intake = world.demo("intake1").await;
    let key = new_key();
    let body = json!({ "move": "file", "fields": { "not_duplicate": true }, "if_seq": 1 });
    let first = intake.post_with_key("/cases/1/moves", &key, body.clone()).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let comment = intake.post("/cases/1/comments", json!({ "text": "之后的留言" })).await;
    assert_eq!(comment.status, 200, "{}", comment.text());
    world.pass_minutes(5);
    let again = intake.post_with_key("/cases/1/moves", &key, body).await;
    assert_eq!((again.status, again.text()), (first.status, first.text()));
    let other = intake.post_with_key("/cases/1/moves", &key, json!({ "move": "reject", "if_seq": 1 })).await;
    expect![[r#"
        409 Conflict
        {
          "code": "idempotency_key_reused",
          "detail": "同一个 Idempotency-Key 用在了另一个请求上",
          "status": 409,
          "title": "同一个 Idempotency-Key 用在了另一个请求上",
          "type": "https://guancheng.dev/problems/idempotency_key_reused"
        }
    "#]]
    .assert_eq(&other.shown());
    world.finish();
}

#[tokio::test]
async fn a_report_sent_twice_is_one_report() {
    let world = World::new();
    let key = new_key();
    let body = json!({ "text": "井盖缺失", "lon": 113.649, "lat": 34.757 });
    let first = world.nobody().post_with_key("/reports", &key, body.clone()).await;
    let again = world.nobody().post_with_key("/reports", &key, body).await;
    assert_eq!((first.status, first.text()), (again.status, again.text()));
    let intake = world.demo("intake1").await;
    assert_eq!(intake.get("/cases").await.json()["items"].as_array().unwrap().len(), 1);
    world.finish();
}

#[tokio::test]
async fn a_token_sent_twice_is_one_token() {
    let world = World::new();
    let intake = world.demo("intake1").await;
    let key = new_key();
    let body = json!({ "label": "monthly report", "scopes": ["read"], "days": 30 });
    let first = intake.post_with_key("/tokens", &key, body.clone()).await;
    let again = intake.post_with_key("/tokens", &key, body).await;
    assert_eq!((first.status, first.json()), (again.status, again.json()));
    assert_eq!(intake.get("/tokens").await.json()["items"].as_array().unwrap().len(), 1);
    world.finish();
}

#[tokio::test]
async fn a_post_without_a_key_is_refused() {
    let world = World::new();
    let intake = world.demo("intake1").await;
    let request = intake.request(axum::http::Method::POST, "/cases").header("content-type", "application/json");
    let got = intake.send(request.body(axum::body::Body::from("{}")).unwrap()).await;
    expect![[r#"
        400 Bad Request
        {
          "code": "idempotency_key_missing",
          "detail": "每个 POST 都要带 Idempotency-Key",
          "status": 400,
          "title": "每个 POST 都要带 Idempotency-Key",
          "type": "https://guancheng.dev/problems/idempotency_key_missing"
        }
    "#]]
    .assert_eq(&got.shown());
    world.finish();
}

#[tokio::test]
async fn the_second_of_two_people_is_told() {
    let world = World::new();
    reported(&world).await;
    let (one, two) = (world.demo("intake1").await, world.demo("intake2").await);
    let body = json!({ "move": "ask_verify", "if_seq": 1 });
    assert_eq!(one.post("/cases/1/moves", body.clone()).await.status, 200);
    expect![[r#"
        409 Conflict
        {
          "code": "seq_conflict",
          "detail": "您看到的是第 1 步，现在是第 2 步；请刷新后再办",
          "status": 409,
          "title": "已被他人更改，请刷新后再办",
          "type": "https://guancheng.dev/problems/seq_conflict"
        }
    "#]]
    .assert_eq(&two.post("/cases/1/moves", body).await.shown());
    world.finish();
}
