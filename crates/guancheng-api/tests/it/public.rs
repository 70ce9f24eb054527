//! What somebody without a log-in can do, with and without JavaScript.

use axum::{body::Body, http::Method};
use expect_test::expect;

use crate::{client::PNG, loop_of_a_case::reported, world::World};

#[tokio::test]
async fn near_cases_tell_nothing_personal() {
    let world = World::new();
    reported(&world).await;
    let near = world.nobody().get("/public/near?lon=113.6491&lat=34.7571&metres=100").await;
    expect![[r#"
        200 OK
        {
          "items": [
            {
              "at": [
                113.649,
                34.757
              ],
              "distance_m": 14.0,
              "light": "good",
              "number": "AJ20260302-000001",
              "opened_at": "2026-03-02T09:00:00+08:00",
              "reports": 1,
              "state_public": "已收到",
              "thumb": null,
              "title": "无照经营游商：公共场所流动经营"
            }
          ]
        }
    "#]]
    .assert_eq(&near.shown());
    world.finish();
}

#[tokio::test]
async fn a_second_reporter_joins_the_open_case() {
    let world = World::new();
    reported(&world).await;
    let number = world.nobody().get("/public/near?lon=113.649&lat=34.757").await.json()["items"][0]["number"].clone();
    let join = serde_json::json!({ "text": "我也看到了", "follow": number });
    let joined = world.nobody().post("/reports", join).await;
    assert_eq!((joined.status.as_u16(), joined.json()["number"].clone()), (201, number));
    let intake = world.demo("intake1").await;
    assert_eq!(intake.get("/cases/1").await.json()["reports"].as_array().unwrap().len(), 2);
    world.finish();
}

#[tokio::test]
async fn the_plain_form_works_without_script() {
    let world = World::new();
    let nobody = world.nobody();
    let form = nobody.get("//report?lang=en").await;
    assert!(form.text().contains("<form method=\"post\" action=\"/report\"") && !form.text().contains("<script"));
    let empty = nobody.post_form("//report", &[("lang", "en"), ("text", "")], &[]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("role=\"alert\""));
    let texts =
        [("lang", "en"), ("key", "minted-by-the-server"), ("text", "A lamp is <b>out</b>"), ("address", "Wenhua Road")];
    let sent = nobody.post_form("//report", &texts, &[PNG, b""]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let place = sent.header("location").to_owned();
    let again = nobody.post_form("//report", &texts, &[PNG, b""]).await;
    assert_eq!(again.header("location"), place);
    let page = nobody.get(&format!("/{place}")).await;
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("<b>out"));
    assert_eq!(nobody.get("//report/NOPE-NOPE-NOPE").await.status, 404);
    world.finish();
}

#[tokio::test]
async fn what_is_no_picture_is_not_taken() {
    let world = World::new();
    let got = world.nobody().post_form("/reports", &[("text", "井盖缺失")], &[b"MZ not a picture"]).await;
    assert_eq!((got.status.as_u16(), got.json()["code"].clone()), (415, serde_json::json!("media_type")));
    let nobody = world.nobody();
    let request = nobody
        .request(Method::POST, "/reports")
        .header("idempotency-key", "boundless-1")
        .header("content-type", "multipart/form-data");
    assert_eq!(nobody.send(request.body(Body::from("x")).unwrap()).await.status, 400);
    world.finish();
}
