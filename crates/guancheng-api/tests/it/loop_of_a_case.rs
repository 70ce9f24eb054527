//! One case over HTTP through all seven stages, as the public, intake, a unit and a checker.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use crate::{client::Client, world::World};

/// A place inside the shipped city.
pub const PLACE: [f64; 2] = [113.649, 34.757];

/// A category with a limit of hours.
pub const CATEGORY: &str = "e0401-1";

/// A report of the public about that place; its tracking code.
pub async fn reported(world: &World) -> String {
    let report = json!({ "text": "路口有无照游商占道", "category": CATEGORY, "lon": PLACE[0], "lat": PLACE[1], "lang": "zh",
        "address": "文化路口", "name": "王女士", "phone": "13800000000" });
    let got = world.nobody().post("/reports", report).await;
    assert_eq!(got.status, 201, "{}", got.text());
    got.json()["code"].as_str().unwrap().to_owned()
}

/// Makes a move as the case stands; the view after it.
pub async fn make(client: &Client, case: i64, mv: &str, fields: Value, evidence: &[i64]) -> Value {
    let seq = client.get(&format!("/cases/{case}")).await.json()["seq"].clone();
    let body = json!({ "move": mv, "fields": fields, "evidence": evidence, "note": "", "if_seq": seq });
    let got = client.post(&format!("/cases/{case}/moves"), body).await;
    assert_eq!(got.status, 200, "{mv}: {}", got.text());
    got.json()
}

fn shows(view: &Value) -> String {
    let line = |entry: &Value| {
        format!(
            "{} {} {}",
            entry["at"].as_str().unwrap(),
            entry["actor"].as_str().unwrap(),
            entry["text"].as_str().unwrap()
        )
    };
    let timeline: Vec<String> = view["timeline"].as_array().unwrap().iter().map(line).collect();
    let button =
        |mv: &Value| format!("{}{}", mv["id"].as_str().unwrap(), if mv["possible"] == true { "" } else { " (shut)" });
    let moves: Vec<String> = view["moves"].as_array().unwrap().iter().map(button).collect();
    format!("{} · {} · {}\n{}\n", view["state_title"], view["holder_title"], moves.join(", "), timeline.join("\n"))
}

fn check(seen: &str, expect: Expect) {
    expect.assert_eq(seen);
}

#[tokio::test]
async fn seven_stages_from_report_to_thanks() {
    let world = World::new();
    let code = reported(&world).await;
    let intake = world.demo("intake1").await;
    let mine = intake.get("/cases?mine=true&open=true").await.json();
    let case = mine["items"][0]["id"].as_i64().unwrap();
    world.pass_minutes(10);
    let filed = make(&intake, case, "file", json!({ "not_duplicate": true }), &[]).await;
    check(&shows(&filed), expect![]);

    let unit = world.demo(&world.login_in(filed["unit"]["id"].as_i64().unwrap())).await;
    world.pass_minutes(20);
    make(&unit, case, "accept", json!({}), &[]).await;
    world.pass_minutes(30);
    let photo = unit.upload(PLACE, "2026-03-02T09:55:00+08:00").await;
    let done = make(&unit, case, "feed_back", json!({ "result_note": "已劝离" }), &[photo]).await;
    assert_eq!(done["evidence"][0]["phase"], "after");

    let checker = world.demo("check1").await;
    world.pass_minutes(30);
    let photo = checker.upload(PLACE, "2026-03-02T10:25:00+08:00").await;
    let closed = make(&checker, case, "close", json!({}), &[photo]).await;
    check(&shows(&closed), expect![]);

    let nobody = world.nobody();
    let followed = nobody.get(&format!("/reports/{code}")).await;
    check(&followed.shown(), expect![]);
    let photo = followed.json()["photos"]["after"][0].as_str().unwrap().to_owned();
    assert_eq!(nobody.get(&format!("/{photo}")).await.status, 200);
    assert_eq!(nobody.get("/files/1").await.status, 404);
    let thanks = nobody.post(&format!("/reports/{code}/answer"), json!({ "fixed": true, "note": "谢谢" })).await;
    assert_eq!(thanks.status, 200, "{}", thanks.text());
    world.finish();
}

#[tokio::test]
async fn a_reporter_who_is_not_content_reopens_the_case() {
    let world = World::new();
    let code = reported(&world).await;
    let intake = world.demo("intake1").await;
    let filed = make(&intake, 1, "file", json!({ "not_duplicate": true }), &[]).await;
    let unit = world.demo(&world.login_in(filed["unit"]["id"].as_i64().unwrap())).await;
    world.pass_minutes(30);
    let photo = unit.upload(PLACE, "2026-03-02T09:25:00+08:00").await;
    make(&unit, 1, "feed_back", json!({ "result_note": "已劝离" }), &[photo]).await;
    world.pass_minutes(30);
    let checker = world.demo("check1").await;
    let photo = checker.upload(PLACE, "2026-03-02T09:55:00+08:00").await;
    make(&checker, 1, "close", json!({}), &[photo]).await;
    world.pass_minutes(60);
    let nobody = world.nobody();
    assert_eq!(nobody.get(&format!("/reports/{code}")).await.json()["may_answer"], true);
    let answered = nobody.post(&format!("/reports/{code}/answer"), json!({ "fixed": false, "note": "又来了" })).await;
    assert_eq!(answered.status, 200, "{}", answered.text());
    assert_eq!(answered.json()["may_answer"], false);
    assert_eq!(intake.get("/cases/1").await.json()["closed_at"], Value::Null);
    world.finish();
}

#[tokio::test]
async fn a_shut_button_says_why() {
    let world = World::new();
    reported(&world).await;
    let checker = world.demo("check1").await;
    let view = checker.get("/cases/1").await.json();
    let file = view["moves"].as_array().unwrap().iter().find(|mv| mv["id"] == "file").unwrap().clone();
    check(&serde_json::to_string_pretty(&file["because"]).unwrap(), expect![]);
    let refused = checker.post("/cases/1/moves", json!({ "move": "file", "if_seq": 1 })).await;
    check(&refused.shown(), expect![]);
    world.finish();
}

#[tokio::test]
async fn lists_counts_map_and_export_agree() {
    let world = World::new();
    for _ in 0..3 {
        reported(&world).await;
    }
    let intake = world.demo("intake1").await;
    let first = intake.get("/cases?limit=2&sort=-opened").await.json();
    let next = first["next"].as_str().unwrap();
    let second = intake.get(&format!("/cases?limit=2&sort=-opened&after={next}")).await.json();
    let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!([ids(&first), ids(&second)].concat(), [json!(3), json!(2), json!(1)]);
    assert_eq!(second["next"], Value::Null);
    check(&intake.get("/cases/counts?by=state&open=true").await.shown(), expect![]);
    assert_eq!(intake.get("/cases/map").await.json()["items"].as_array().unwrap().len(), 3);
    assert_eq!(intake.get("/cases/1/near").await.json()["items"].as_array().unwrap().len(), 2);
    let csv = intake.get("/cases/export?format=csv").await;
    assert_eq!((csv.header("content-type"), csv.text().lines().count()), ("text/csv; charset=utf-8", 4));
    let audit = world.demo("supervise1").await.get("/audit?kind=export").await.json();
    assert_eq!(audit["items"].as_array().unwrap().len(), 1);
    world.finish();
}

#[tokio::test]
async fn personal_data_is_for_those_who_act_and_every_look_is_noted() {
    let world = World::new();
    reported(&world).await;
    let intake = world.demo("intake1").await;
    let contacts = intake.get("/cases/1/contacts").await;
    check(&contacts.shown(), expect![]);
    let leader = world.demo("leader1").await;
    assert_eq!(leader.get("/cases/1/contacts").await.status, 403);
    assert!(!leader.get("/cases/1/history").await.text().contains("13800000000"));
    let audit = world.demo("supervise1").await.get("/audit?kind=contact").await.json();
    assert_eq!(audit["items"].as_array().unwrap().len(), 1);
    world.finish();
}
