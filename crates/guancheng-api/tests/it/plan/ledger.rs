//! The ledger: numbers that nobody types, each open to its rows.

use expect_test::expect;
use serde_json::json;

use super::*;
use crate::loop_of_a_case::{PLACE, make};

/// What the head of utilities reports with a picture.
pub async fn reported(head: &Client, amount: i64, day: &str) -> i64 {
    let photo = head.upload(PLACE, "2026-03-02T08:30:00+08:00").await;
    let fields = json!({ "commitment": "1/01.01", "amount": amount, "day": day, "unit": 102, "place": PLACE, "note": "文化路段" });
    report(head, fields, &[photo]).await
}

#[tokio::test]
async fn a_quantity_counts_once_another_post_approved_it() {
    let world = World::new();
    in_force(&world).await;
    let (head, reviewer) = (world.demo("head-utilities").await, world.demo("supervise1").await);
    check(
        &shows(&line(&head, "01.01").await),
        expect![[r#"
        red 0/50 公里 pending 0 failed 0 source null
        按目前进度，到 2026-12-31 约 0 公里，差 50
        比月度计划落后 3.019 公里"#]],
    );
    let case = reported(&head, 8, "2026-03-01").await;
    check(
        &shows(&line(&head, "01.01").await),
        expect![[r#"
        red 0/50 公里 pending 1 failed 0 source null
        按目前进度，到 2026-12-31 约 0 公里，差 50
        比月度计划落后 3.019 公里"#]],
    );
    let own = head.post(&format!("/cases/{case}/moves"), json!({ "move": "approve", "if_seq": 1 })).await;
    check(&refused(&own), expect!["403 not_by_you: 按回避规定，这一步不能由您办理"]);
    make(&reviewer, case, "approve", json!({}), &[]).await;
    check(
        &shows(&line(&head, "01.01").await),
        expect![[r#"
        green 8/50 公里 pending 0 failed 0 source self_reported
        按计划推进"#]],
    );
    let mut past = Vec::new();
    for day in ["2026-02-28", "2026-03-01"] {
        let ledger = head.get(&format!("/plans/1/ledger?as_of={day}")).await.json();
        past.push(format!("{} {}", text(&ledger["as_of"]), ledger["lines"][0]["value"]));
    }
    check(
        &past.join("\n"),
        expect![[r#"
        2026-02-28 0
        2026-03-01 8"#]],
    );
    let second = world.demo("supervise2").await;
    let photo = second.upload(PLACE, "2026-03-02T08:50:00+08:00").await;
    make(&second, case, "sample_bad", json!({ "sample_note": "实为三公里" }), &[photo]).await;
    check(
        &shows(&line(&head, "01.01").await),
        expect![[r#"
        red 0/50 公里 pending 0 failed 1 source null
        按目前进度，到 2026-12-31 约 0 公里，差 50
        比月度计划落后 3.019 公里
        1 次抽查不合格，尚未整改"#]],
    );
    world.finish();
}

#[tokio::test]
async fn a_report_without_a_picture_does_not_count() {
    let world = World::new();
    in_force(&world).await;
    let (head, reviewer) = (world.demo("head-utilities").await, world.demo("supervise1").await);
    let fields = json!({ "commitment": "1/01.01", "amount": 8, "day": "2026-03-01", "unit": 102 });
    let case = report(&head, fields, &[]).await;
    let got = reviewer.post(&format!("/cases/{case}/moves"), json!({ "move": "approve", "if_seq": 1 })).await;
    check(&refused(&got), expect!["422 evidence_missing: “认定（有照片）”需要照片 1 份，合格的有 0 份"]);
    let roads = json!({ "commitment": "1/02.02", "amount": 8, "day": "2026-03-01", "unit": 104 });
    let others = head.post("/cases", progress(roads, &[])).await;
    assert_eq!(others.status, 403, "{}", others.text());
    let mut seen = String::new();
    for commitment in ["1/02.02", "1/09.01", "9/01.01", "01.01"] {
        let fields = json!({ "commitment": commitment, "amount": 8, "day": "2026-03-01", "unit": 102 });
        seen += &refused(&head.post("/cases", progress(fields, &[])).await);
        seen += "\n";
    }
    check(
        &seen,
        expect![[r#"
        422 field_invalid: 任务 02.02 不由报送单位牵头或配合
          fields.commitment: 任务 02.02 不由报送单位牵头或配合
        422 field_invalid: 没有任务 1/09.01；应为“要点编号/任务编号”
          fields.commitment: 没有任务 1/09.01；应为“要点编号/任务编号”
        422 field_invalid: 没有任务 9/01.01；应为“要点编号/任务编号”
          fields.commitment: 没有任务 9/01.01；应为“要点编号/任务编号”
        422 field_invalid: 没有任务 01.01；应为“要点编号/任务编号”
          fields.commitment: 没有任务 01.01；应为“要点编号/任务编号”
    "#]],
    );
    world.finish();
}

#[tokio::test]
async fn any_number_opens_to_its_rows() {
    let world = World::new();
    in_force(&world).await;
    let (head, reviewer) = (world.demo("head-utilities").await, world.demo("supervise1").await);
    for (amount, day) in [(3, "2026-02-10"), (4, "2026-03-01")] {
        let case = reported(&head, amount, day).await;
        make(&reviewer, case, "approve", json!({}), &[]).await;
    }
    let detail = reviewer.get("/plans/1/ledger/01.01").await.json();
    let row = |row: &Value| {
        format!(
            "{} {} {} {} {} {} {} {}\n",
            text(&row["number"]),
            text(&row["day"]),
            row["amount"],
            text(&row["standing"]),
            text(&row["unit_name"]),
            text(&row["note"]),
            row["thumb"],
            row["lon"]
        )
    };
    let rows: String = detail["rows"].as_array().unwrap().iter().map(row).collect();
    check(
        &format!("{rows}{}", detail["rows_total"]),
        expect![[r#"
            JZ2026-00002 2026-03-01 4 counted «utilities» 文化路段 2 113.649
            JZ2026-00001 2026-02-10 3 counted «utilities» 文化路段 1 113.649
            2"#]],
    );
    let point = |point: &Value| format!("{} {} {}\n", text(&point["day"]), point["planned"], point["actual"]);
    let curve: String = detail["curve"].as_array().unwrap().iter().map(point).collect();
    check(
        &curve,
        expect![[r#"
        2025-12-31 0 0
        2026-01-31 1.038 0
        2026-02-28 2.879 3
        2026-03-02 3.019 7
        2026-03-31 6.356 null
        2026-04-30 10.753 null
        2026-05-31 16.786 null
        2026-06-30 23.654 null
        2026-07-31 30.304 null
        2026-08-31 36.434 null
        2026-09-30 41.864 null
        2026-10-31 45.978 null
        2026-11-30 48.452 null
        2026-12-31 50 null
    "#]],
    );
    let rate = reviewer.get("/plans/1/ledger/03.01").await.json();
    let query = text(&rate["rate_query"]);
    check(&query, expect!["kind=petition&opened_from=2026-01-01&opened_to=2026-12-31"]);
    assert_eq!(reviewer.get(&format!("/cases?{query}")).await.status, 200);
    assert_eq!(reviewer.get("/plans/1/ledger/09.01").await.status, 404);
    world.finish();
}

#[tokio::test]
async fn steps_and_meetings_are_read_from_reports() {
    let world = World::new();
    in_force(&world).await;
    let (roads, reviewer) = (world.demo("head-roads").await, world.demo("supervise1").await);
    let photo = roads.upload(PLACE, "2026-03-02T08:30:00+08:00").await;
    let fields = json!({ "commitment": "1/02.01", "step": "drafted", "day": "2026-03-01", "unit": 104 });
    let case = report(&roads, fields, &[photo]).await;
    make(&reviewer, case, "approve", json!({}), &[]).await;
    let head = world.demo("head-utilities").await;
    let photo = head.upload(PLACE, "2026-03-02T08:30:00+08:00").await;
    let fields = json!({ "commitment": "1/01.03", "step": "2026-02-01", "day": "2026-03-02", "unit": 102 });
    let case = report(&head, fields, &[photo]).await;
    make(&reviewer, case, "approve", json!({}), &[]).await;
    let (document, meetings) = (line(&roads, "02.01").await, line(&head, "01.03").await);
    check(
        &format!("{}\n{}\n{}\n{}", shows(&document), document["steps"][0], shows(&meetings), meetings["held"]),
        expect![[r#"
        green 1/5 个节点 pending 0 failed 0 source self_reported
        按节点推进
        {"done":"2026-03-01","due":"2026-05-26","id":"drafted","title":"起草"}
        red 1/3 次 pending 0 failed 0 source self_reported
        应有 2 次，按期 0，补办 1，缺 1
        {"held":0,"late":1,"missed":1}"#]],
    );
    world.finish();
}

#[tokio::test]
async fn filters_narrow_and_wrong_ones_say_where() {
    let world = World::new();
    in_force(&world).await;
    let reader = world.demo("intake1").await;
    let ids = |ledger: &Value| {
        ledger["lines"].as_array().unwrap().iter().map(|line| text(&line["commitment"])).collect::<Vec<_>>().join(" ")
    };
    let mut seen = String::new();
    for query in [
        "",
        "office=102",
        "office=103",
        "section=2",
        "light=grey&section=1",
        "class=count",
        "q=%E9%81%93%E8%B7%AF",
        "as_of=2027-01-05&light=red",
    ] {
        let got = reader.get(&format!("/plans/1/ledger?{query}")).await;
        assert_eq!(got.status, 200, "{query}: {}", got.text());
        seen += &format!("{query}: {} of {}\n", ids(&got.json()), got.json()["total"]);
    }
    for query in ["light=blue", "as_of=yesterday", "colour=red", "office=x"] {
        seen += &format!("{query}: {}\n", refused(&reader.get(&format!("/plans/1/ledger?{query}")).await));
    }
    check(
        &seen,
        expect![[r#"
            : 01.01 01.02 01.03 02.01 02.02 03.01 03.02 of 7
            office=102: 01.01 01.02 01.03 of 7
            office=103: 01.01 01.02 01.03 of 7
            section=2: 03.01 03.02 of 7
            light=grey&section=1: 01.02 02.01 of 7
            class=count: 01.01 02.02 of 7
            q=%E9%81%93%E8%B7%AF: 02.01 02.02 of 7
            as_of=2027-01-05&light=red: 01.01 01.03 02.01 02.02 03.02 of 7
            light=blue: 400 bad_filter: light：应为 red、amber、green 或 grey
              light: 应为 red、amber、green 或 grey
            as_of=yesterday: 400 bad_filter: as_of：应为日期 YYYY-MM-DD
              as_of: 应为日期 YYYY-MM-DD
            colour=red: 400 bad_request: query：colour: unknown field `colour`, expected one of `office`, `section`, `light`, `class`, `q`, `area`, `as_of`, `format`
            office=x: 400 bad_request: query：office: invalid digit found in string
        "#]],
    );
    for day in ["0001-01-01", "9999-12-31", "-9999-01-01"] {
        let status = reader.get(&format!("/plans/1/ledger?as_of={day}")).await.status;
        assert!(status == 200 || status == 400, "{day}: {status}");
    }
    world.finish();
}

#[tokio::test]
async fn the_past_is_read_by_the_plan_of_that_day() {
    let world = World::new();
    in_force(&world).await;
    let head = world.demo("head-utilities").await;
    let case = reported(&head, 8, "2026-03-01").await;
    make(&world.demo("supervise1").await, case, "approve", json!({}), &[]).await;
    world.pass_minutes(2 * 24 * 60);
    let head = world.demo("head-utilities").await;
    act(&head, json!({ "act": "ask_help", "commitment": "01.01", "text": "管线迁改受阻" })).await;
    let mut seen = String::new();
    for day in ["2026-03-01", "2026-03-03", "2026-03-04", "2026-03-03"] {
        let ledger = head.get(&format!("/plans/1/ledger?as_of={day}")).await.json();
        seen += &format!("{day} {} {}\n", text(&ledger["lines"][0]["light"]), text(&ledger["lines"][0]["help"]));
    }
    check(
        &seen,
        expect![[r#"
        2026-03-01 green null
        2026-03-03 green null
        2026-03-04 red 管线迁改受阻
        2026-03-03 green null
    "#]],
    );
    check(
        &head.get("/plans/1/ledger").await.json()["burden"].to_string(),
        expect![[
            r#"{"month":"2026-03","offices":[{"fields":7,"fields_before":0,"name":"«utilities»","office":102}]}"#
        ]],
    );
    world.pass_minutes(30 * 24 * 60);
    let promises = world.nobody().get("/public/promises").await.json();
    let lights =
        |one: &Value| format!("{} {} → {}\n", text(&one["id"]), text(&one["light_before"]), text(&one["light"]));
    let before = promises["promises"].as_array().unwrap().iter().map(lights).collect::<String>();
    act(&world.demo("head-roads").await, json!({ "act": "ask_help", "commitment": "02.02", "text": "缺沥青" })).await;
    act(&world.demo("head-utilities").await, json!({ "act": "end_help", "commitment": "01.01" })).await;
    let promises = world.nobody().get("/public/promises").await.json();
    let after = promises["promises"].as_array().unwrap().iter().map(lights).collect::<String>();
    check(
        &format!("{before}\n{after}"),
        expect![[r#"
        01.01 red → red
        02.02 red → red

        01.01 red → amber
        02.02 red → red
    "#]],
    );
    world.finish();
}

#[tokio::test]
async fn an_area_keeps_the_lines_reported_from_it() {
    let world = World::new();
    in_force(&world).await;
    let head = world.demo("head-utilities").await;
    reported(&head, 8, "2026-03-01").await;
    let areas = head.get("/areas?level=district").await.json();
    let mut seen = Vec::new();
    for area in areas["items"].as_array().unwrap() {
        let ledger = head.get(&format!("/plans/1/ledger?area={}", text(&area["code"]))).await.json();
        let lines = ledger["lines"].as_array().unwrap();
        seen.extend(lines.iter().map(|line| text(&line["commitment"]).to_owned()));
    }
    assert_eq!(seen, ["01.01"], "in its own district, and in no other");
    let wrong = head.get("/plans/1/ledger?area=41").await;
    check(
        &refused(&wrong),
        expect![[r#"
        400 bad_filter: area：应为 6、9、12 或 15 位数字
          area: 应为 6、9、12 或 15 位数字"#]],
    );
    world.finish();
}
