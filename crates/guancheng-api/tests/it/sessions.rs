//! Log-in, rotation, CSRF, expiry, tokens and their scopes.

use expect_test::expect;
use serde_json::{Value, json};

use crate::world::World;

#[tokio::test]
async fn me_is_what_the_client_starts_from() {
    let world = World::new();
    let dispatcher = world.demo("dispatch1").await;
    let mut me = dispatcher.get("/session").await.json();
    assert_eq!(me["csrf"].as_str().unwrap().len(), 64);
    me["csrf"] = Value::from("…");
    // Offices are the pack's to name.
    me["office"]["name"] = Value::from("…");
    expect![[r#"
        {
          "city": {
            "center": [
              113.649,
              34.757
            ],
            "locale": "zh-CN",
            "title": "郑州市城市管理平台",
            "zone": "Asia/Shanghai",
            "zoom": 12.0
          },
          "csrf": "…",
          "demo": true,
          "login": "dispatch1",
          "name": "杨秀英",
          "office": {
            "id": 202,
            "name": "…"
          },
          "person": 6,
          "post": "派遣岗",
          "roles": [
            {
              "area": null,
              "office": null,
              "role": "dispatcher",
              "title": "派遣员"
            }
          ]
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&me).unwrap());
    world.finish();
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let world = World::new();
    let got = world.nobody().post("/session/demo", json!({ "login": "intake1" })).await;
    let cookie = got.header("set-cookie");
    let (_, attributes) = cookie.split_once(';').unwrap();
    assert_eq!(attributes, " Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
    world.finish();
}

#[tokio::test]
async fn wrong_passwords_wait_longer_each_time() {
    let world = World::new();
    let nobody = world.nobody();
    let wrong = json!({ "login": "stranger", "password": "wrong" });
    for _ in 0..6 {
        assert_eq!(nobody.post("/session", wrong.clone()).await.status, 401);
    }
    let waits = nobody.post("/session", wrong).await;
    assert_eq!((waits.status.as_u16(), waits.header("retry-after")), (429, "1"));
    world.pass_minutes(1);
    world.stranger().await;
    world.finish();
}

#[tokio::test]
async fn a_change_by_cookie_needs_its_csrf_token() {
    let world = World::new();
    let mut intake = world.demo("intake1").await;
    intake.csrf = "f".repeat(64);
    let got = intake.post("/cases/1/comments", json!({ "text": "x" })).await;
    assert_eq!((got.status.as_u16(), got.json()["code"].clone()), (403, json!("csrf_missing")));
    world.finish();
}

#[tokio::test]
async fn a_session_ends_by_log_out_by_new_log_in_and_by_idling() {
    let world = World::new();
    let intake = world.demo("intake1").await;
    assert_eq!(intake.delete("/session").await.status, 204);
    assert_eq!(intake.get("/session").await.status, 401);
    let before = world.demo("intake1").await;
    let mut after = before.clone();
    after.log_in("/session/demo", json!({ "login": "intake2" })).await;
    assert_eq!(
        (before.get("/session").await.status, after.get("/session").await.status),
        (401.try_into().unwrap(), 200.try_into().unwrap())
    );
    world.pass_minutes(7 * 60);
    assert_eq!(after.get("/session").await.status, 200);
    world.pass_minutes(7 * 60);
    assert_eq!(after.get("/session").await.status, 200);
    world.pass_minutes(8 * 60);
    assert_eq!(after.get("/session").await.status, 401);
    world.finish();
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_until_it_ends() {
    let world = World::new();
    let intake = world.demo("intake1").await;
    let made = intake.post("/tokens", json!({ "label": "read only", "scopes": ["read"], "days": 1 })).await.json();
    let mut program = world.nobody();
    program.token = made["token"].as_str().map(str::to_owned);
    assert_eq!(program.get("/cases").await.status, 200);
    let refused = program.post("/cases/1/comments", json!({ "text": "x" })).await;
    assert_eq!((refused.status.as_u16(), refused.json()["code"].clone()), (403, json!("not_allowed")));
    assert_eq!(world.demo("intake2").await.delete(&format!("/tokens/{}", made["id"])).await.status, 404);
    world.pass_minutes(24 * 60);
    assert_eq!(program.get("/cases").await.status, 401);
    world.finish();
}

#[tokio::test]
async fn a_log_in_that_the_demo_does_not_offer_is_unknown() {
    let world = World::new();
    assert_eq!(world.nobody().post("/session/demo", json!({ "login": "stranger" })).await.status, 404);
    let mut offered = world.nobody().get("/session/demo").await.json();
    offered["items"][3]["office"] = Value::from("…");
    expect![[r#"
        {
          "login": "intake1",
          "name": "刘志强",
          "office": "…",
          "role": "intake",
          "role_title": "受理员",
          "stage_hint": "① 受理、② 立案"
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&offered["items"][3]).unwrap());
    world.finish();
}
