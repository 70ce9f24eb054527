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
    check(
        Method::POST,
        "/cases",
        "{",
        expect![[r#"
        400 application/problem+json
        "bad_request": "body: EOF while parsing an object at line 1 column 1""#]],
    )
    .await;
    check(
        Method::POST,
        "/cases",
        r#"{"kind":"case","source":"inspector","evidence":["x"]}"#,
        expect![[r#"
            400 application/problem+json
            "bad_request": "body: evidence[0]: invalid type: string \"x\", expected a JSON number at line 1 column 51""#]],
    )
    .await;
    check(Method::POST, "/cases", r#"{"kind":"case","source":"inspector","colour":1}"#, expect![[r#"
        400 application/problem+json
        "bad_request": "body: colour: unknown field `colour`, expected one of `kind`, `source`, `fields`, `evidence`, `note`, `address` at line 1 column 44""#]]).await;
    check(
        Method::GET,
        "/cases/one",
        "",
        expect![[r#"
        400 application/problem+json
        "bad_request": "path: Cannot parse `id` with value `one` to a `i64`""#]],
    )
    .await;
}

#[tokio::test]
async fn malformed_filters_say_where() {
    check(
        Method::GET,
        "/cases?limit=201",
        "",
        expect![[r#"
        400 application/problem+json
        "bad_filter": "limit: must be between 1 and 200"
          "limit""#]],
    )
    .await;
    check(Method::GET, "/cases?colour=red", "", expect![[r#"
        400 application/problem+json
        "bad_request": "query: colour: unknown field `colour`, expected one of `kind`, `state`, `stage`, `unit`, `area`, `light`, `source`, `category`, `mine`, `open`, `q`, `opened_from`, `opened_to`, `bbox`, `sort`, `after`, `limit`""#]]).await;
    check(
        Method::GET,
        "/cases?after=notours!",
        "",
        expect![[r#"
        400 application/problem+json
        "bad_cursor": "The page cursor was not made by this server.""#]],
    )
    .await;
    check(
        Method::GET,
        "/cases?after=AAAA",
        "",
        expect![[r#"
        400 application/problem+json
        "bad_cursor": "the cursor \"\\0\\0\\0\" was not made for this list; begin again without it""#]],
    )
    .await;
    check(
        Method::GET,
        "/cases?area=123",
        "",
        expect![[r#"
        400 application/problem+json
        "bad_filter": "area: must have 6, 9, 12 or 15 digits"
          "area""#]],
    )
    .await;
    check(
        Method::GET,
        "/cases?light=green",
        "",
        expect![[r#"
        400 application/problem+json
        "bad_filter": "light: must be some of good, near, late, not_rated, comma-separated"
          "light""#]],
    )
    .await;
    check(
        Method::GET,
        "/cases?opened_from=yesterday",
        "",
        expect![[r#"
        400 application/problem+json
        "bad_filter": "query.opened_from: must be a date such as 2026-03-02"
          "query.opened_from""#]],
    )
    .await;
    check(
        Method::GET,
        "/cases?bbox=1,2,3",
        "",
        expect![[r#"
            400 application/problem+json
            "bad_filter": "bbox: must be four numbers: west,south,east,north"
              "bbox""#]],
    )
    .await;
}

#[tokio::test]
async fn rules_refuse_with_fields() {
    check(Method::POST, "/cases", r#"{"kind":"nothing","source":"inspector"}"#, expect![[r#"
        422 application/problem+json
        "field_invalid": "no procedure nothing is in force; there are: accountability, case, hazard, onsite, penalty, permit.excavation, petition, plan_amendment, plan_decision, plan_progress, supervision_letter""#]]).await;
    check(Method::POST, "/cases", r#"{"kind":"case","source":"rumour"}"#, expect![[r#"
        422 application/problem+json
        "field_invalid": "source: must be one of inspector, public, hotline, wechat, video, leader, transferred, media, unit, counter, letter, meeting"
          "source""#]]).await;
    check(
        Method::POST,
        "/cases",
        r#"{"kind":"case","source":"inspector","fields":{"colour":1,"place":"here"}}"#,
        expect![[r#"
            422 application/problem+json
            "field_invalid": "there is no field colour (known are: category, place, grid, address, description, component, not_duplicate, verify_note, unit, ruling_note, result_note, check_note, return_reason, hang_reason, void_reason, planned_finish, main_case, split_category); 位置 must be [longitude, latitude]"
              "fields.colour"
              "fields.place""#]],
    )
    .await;
    check(
        Method::POST,
        "/cases",
        r#"{"kind":"case","source":"inspector","evidence":[99]}"#,
        expect![[r#"
        422 application/problem+json
        "field_invalid": "there is no file 99; upload it first""#]],
    )
    .await;
    check(
        Method::GET,
        "/locate?lon=0&lat=0",
        "",
        expect![[r#"
        422 application/problem+json
        "place_unknown": "The position is in no area of this city.""#]],
    )
    .await;
}

#[tokio::test]
async fn unknown_paths_methods_and_media_are_problems_too() {
    check(
        Method::GET,
        "/nothing",
        "",
        expect![[r#"
        404 application/problem+json
        "not_found": "There is nothing here that you may see.""#]],
    )
    .await;
    check(
        Method::PUT,
        "/cases",
        "{}",
        expect![[r#"
        405 application/problem+json
        "bad_request": "this address does not take that method; see Allow""#]],
    )
    .await;
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
    expect![[r#"
        401 Unauthorized
        {
          "code": "not_logged_in",
          "detail": "请先登录，或附上接口令牌",
          "status": 401,
          "title": "请先登录，或附上接口令牌",
          "type": "https://guancheng.dev/problems/not_logged_in"
        }
        401 Unauthorized
        {
          "code": "not_logged_in",
          "detail": "Log in, or send an API token.",
          "status": 401,
          "title": "Log in, or send an API token.",
          "type": "https://guancheng.dev/problems/not_logged_in"
        }
    "#]]
    .assert_eq(&format!("{}{}", chinese.shown(), english.shown()));
    assert_eq!(english.header("www-authenticate"), "Bearer realm=\"guancheng\"");
    world.finish();
}

#[tokio::test]
async fn filters_that_nothing_can_meet_find_nothing() {
    let world = World::new();
    let intake = world.demo("intake1").await;
    let queries = [
        "area=000000",
        "area=300263156&unit=140253249022&light=good",
        "bbox=452,-58,-219,-983.5",
        "bbox=400,-98,452,-91",
        "light=&q=&state=&category=",
        "bbox=-180,-90,180,90",
        "unit=140253249022&bbox=452,-58,-219,-983.5&area=300263156&light=good",
        "opened_from=9999-12-31&opened_to=0001-01-01",
        "q=%C2%86&category=%00",
        "mine=true&open=false&light=late&stage=%E7%BB%93",
    ];
    for query in queries {
        for path in
            ["/cases?", "/cases/counts?by=light&", "/cases/counts?by=area&", "/cases/map?", "/cases/export?format=csv&"]
        {
            let got = intake.get(&format!("{path}{query}")).await;
            assert_eq!(got.status, 200, "{path}{query}: {}", got.text());
        }
    }
    world.finish();
}
