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

/// What the reporter sees of the closed case, and the photo that is theirs to see.
async fn the_public_follows(world: &World, code: &str) {
    let nobody = world.nobody();
    let followed = nobody.get(&format!("/reports/{code}")).await;
    check(
        &followed.shown(),
        expect![[r#"
            200 OK
            {
              "address": "文化路口",
              "at": [
                113.649,
                34.757
              ],
              "code": "XK79-W7G8-ZPYD",
              "due": null,
              "holder": "无（已办结）",
              "may_answer": true,
              "may_reopen_until": "2026-03-17T23:59:59+08:00",
              "number": "AJ20260302-000001",
              "opened_at": "2026-03-02T09:00:00+08:00",
              "photos": {
                "after": [
                  "/api/v1/files/1?report=XK79-W7G8-ZPYD"
                ],
                "before": []
              },
              "stage": "核查结案",
              "state_public": "已解决",
              "timeline": [
                {
                  "at": "2026-03-02T09:00:00+08:00",
                  "text": "已收到"
                },
                {
                  "at": "2026-03-02T09:10:00+08:00",
                  "text": "已受理"
                },
                {
                  "at": "2026-03-02T09:10:00+08:00",
                  "text": "已交责任单位"
                },
                {
                  "at": "2026-03-02T09:30:00+08:00",
                  "text": "处理中"
                },
                {
                  "at": "2026-03-02T10:00:00+08:00",
                  "text": "已处理，正在核查"
                },
                {
                  "at": "2026-03-02T10:30:00+08:00",
                  "text": "已解决"
                }
              ],
              "title": "无照经营游商：公共场所流动经营"
            }
        "#]],
    );
    let photo = followed.json()["photos"]["after"][0].as_str().unwrap().to_owned();
    assert_eq!(nobody.get(&format!("/{photo}")).await.status, 200);
    assert_eq!(nobody.get("/files/1").await.status, 404);
    let thanks = nobody.post(&format!("/reports/{code}/answer"), json!({ "fixed": true, "note": "谢谢" })).await;
    assert_eq!(thanks.status, 200, "{}", thanks.text());
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
    check(
        &shows(&filed),
        expect![[r#"
        "已派遣" · "管城回族区城市管理局" · send_back (shut), decide_ownership (shut), accept (shut), feed_back (shut), void (shut)
        2026-03-02T09:00:00+08:00 反映人 登记，编号 AJ20260302-000001
        2026-03-02T09:00:00+08:00 反映人 收到一件上报
        2026-03-02T09:00:00+08:00 反映人 立案时限开始计时，2026-03-02 09:30 到期
        2026-03-02T09:10:00+08:00 刘志强 立案 → 已立案
        2026-03-02T09:10:00+08:00 刘志强 立案时限按期
        2026-03-02T09:10:00+08:00 刘志强 派遣时限开始计时，2026-03-02 10:10 到期
        2026-03-02T09:10:00+08:00 刘志强 依派遣表 case_units 的 街面秩序·410104 自动派给管城回族区城市管理局
        2026-03-02T09:10:00+08:00 刘志强 派遣 → 已派遣
        2026-03-02T09:10:00+08:00 刘志强 派遣时限按期
        2026-03-02T09:10:00+08:00 刘志强 处置时限开始计时，2026-03-02 11:10 到期
    "#]],
    );

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
    check(
        &shows(&closed),
        expect![[r#"
        "已结案" · "无（已办结）" · reopen (shut)
        2026-03-02T09:00:00+08:00 反映人 登记，编号 AJ20260302-000001
        2026-03-02T09:00:00+08:00 反映人 收到一件上报
        2026-03-02T09:00:00+08:00 反映人 立案时限开始计时，2026-03-02 09:30 到期
        2026-03-02T09:10:00+08:00 刘志强 立案 → 已立案
        2026-03-02T09:10:00+08:00 刘志强 立案时限按期
        2026-03-02T09:10:00+08:00 刘志强 派遣时限开始计时，2026-03-02 10:10 到期
        2026-03-02T09:10:00+08:00 刘志强 依派遣表 case_units 的 街面秩序·410104 自动派给管城回族区城市管理局
        2026-03-02T09:10:00+08:00 刘志强 派遣 → 已派遣
        2026-03-02T09:10:00+08:00 刘志强 派遣时限按期
        2026-03-02T09:10:00+08:00 刘志强 处置时限开始计时，2026-03-02 11:10 到期
        2026-03-02T09:30:00+08:00 周秀英 签收 → 处置中
        2026-03-02T10:00:00+08:00 周秀英 附上 1 份照片或文件
        2026-03-02T10:00:00+08:00 周秀英 反馈处置结果 → 已反馈待核查
        2026-03-02T10:00:00+08:00 周秀英 处置时限按期
        2026-03-02T10:00:00+08:00 周秀英 核查时限开始计时，2026-03-02 16:00 到期
        2026-03-02T10:30:00+08:00 吴国庆 附上 1 份照片或文件
        2026-03-02T10:30:00+08:00 吴国庆 核查通过、结案 → 已结案
        2026-03-02T10:30:00+08:00 吴国庆 核查时限按期
    "#]],
    );

    the_public_follows(&world, &code).await;
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
    check(
        &serde_json::to_string_pretty(&file["because"]).unwrap(),
        expect![[r#"
            {
              "basis": [
                "2014要点 (十八)(二十一)",
                "郑州市数字化城市管理实施办法",
                "GB/T 30428 系列（以标准原文为准）"
              ],
              "code": "not_allowed",
              "detail": "“立案”由受理员办理",
              "fields": [],
              "instead": null,
              "possible": [
                "ask_verify",
                "file",
                "reject",
                "merge"
              ],
              "rule": "case v1 move file",
              "until": null
            }"#]],
    );
    let refused = checker.post("/cases/1/moves", json!({ "move": "file", "if_seq": 1 })).await;
    check(
        &refused.shown(),
        expect![[r#"
        403 Forbidden
        {
          "basis": [
            "2014要点 (十八)(二十一)",
            "郑州市数字化城市管理实施办法",
            "GB/T 30428 系列（以标准原文为准）"
          ],
          "code": "not_allowed",
          "detail": "您可以查看此案，但您的岗位没有办理这一步的权限",
          "rule": "case v1",
          "status": 403,
          "title": "您可以查看，但没有做这件事的权限",
          "type": "https://guancheng.dev/problems/not_allowed",
          "version": "1"
        }
    "#]],
    );
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
    check(
        &intake.get("/cases/counts?by=state&open=true").await.shown(),
        expect![[r#"
        200 OK
        {
          "clipped": false,
          "items": [
            {
              "key": "reported",
              "n": 3,
              "title": "已上报"
            }
          ],
          "total": 3
        }
    "#]],
    );
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
    check(
        &contacts.shown(),
        expect![[r#"
        200 OK
        {
          "items": [
            {
              "name": "王女士",
              "phone": "13800000000",
              "report": 1
            }
          ]
        }
    "#]],
    );
    let leader = world.demo("leader1").await;
    assert_eq!(leader.get("/cases/1/contacts").await.status, 403);
    assert!(!leader.get("/cases/1/history").await.text().contains("13800000000"));
    let audit = world.demo("supervise1").await.get("/audit?kind=contact").await.json();
    assert_eq!(audit["items"].as_array().unwrap().len(), 1);
    world.finish();
}

#[tokio::test]
async fn a_duplicate_can_be_filed_by_who_says_it_is_none() {
    let world = World::new();
    reported(&world).await;
    let intake = world.demo("intake1").await;
    make(&intake, 1, "file", json!({}), &[]).await;
    reported(&world).await;
    let view = intake.get("/cases/2").await.json();
    let file = view["moves"].as_array().unwrap().iter().find(|mv| mv["id"] == "file").unwrap().clone();
    let asks = file["fields"].as_array().unwrap().iter().map(|field| field["id"].clone()).collect::<Vec<_>>();
    assert_eq!((&file["possible"], &file["primary"], &file["because"]), (&json!(true), &json!(false), &Value::Null));
    assert!(asks.contains(&json!("not_duplicate")), "{asks:?}");
    check(
        file["advise"][0]["message"].as_str().unwrap(),
        expect!["“立案”未通过检查：20 米内已有同类未结案件 AJ20260302-000001，请合并；确非同一问题的请注明"],
    );
    let refused = intake.post("/cases/2/moves", json!({ "move": "file", "if_seq": 1 })).await;
    assert_eq!((refused.status.as_u16(), refused.json()["code"].clone()), (422, json!("check_failed")));
    make(&intake, 2, "file", json!({ "not_duplicate": true }), &[]).await;
    world.finish();
}
