//! From the document to a plan in force.

use expect_test::expect;
use guancheng_document::write::{self, Block, Orientation, Page};
use serde_json::json;

use super::*;
use crate::client::new_key;

/// Every commitment with its class, lead and binding, and what is open.
fn commitments(view: &Value) -> String {
    let row = |one: &Value| {
        let questions: Vec<String> =
            one["questions"].as_array().into_iter().flatten().map(|one| text(&one["id"])).collect();
        format!(
            "{} {} {} lead {} {} {}\n",
            text(&one["id"]),
            text(&one["text"]),
            text(&one["class"]),
            one["lead"],
            text(&one["binding"]["kind"]),
            questions.join(" ")
        )
    };
    view["commitments"].as_array().unwrap().iter().map(row).collect()
}

#[tokio::test]
async fn a_document_becomes_a_draft_whatever_file_it_is() {
    let world = World::new();
    let reviewer = world.demo("supervise1").await;
    let key = new_key();
    let first = reviewer.post_form_with_key("/plans", &key, &[], &[document().as_bytes()]).await;
    assert_eq!(first.status, 201, "{}", first.text());
    check(
        &commitments(&first.json()),
        expect![[r#"
        01.01 新建供水管道50公里 count lead 102 count 
        01.02 第一时间抢修爆管 duty lead 102 opinion q1
        01.03 每月召开一次调度会 periodic lead 102 schedule 
        02.01 修订道路养护管理办法 document lead 104 document 
        02.02 整修<b>道路</b>40条 count lead 104 count 
        03.01 按时办结群众来信 duty lead 125 opinion 
        03.02 加强业务培训 periodic lead 125 schedule 
    "#]],
    );
    check(
        &first.json()["coverage"].to_string(),
        expect![[
            r#"{"bound":7,"chars":65,"chars_confirmed":0,"commitments":7,"confirmed":0,"open_questions":1,"targets":2,"watched":0,"with_lead":7}"#
        ]],
    );
    let again = reviewer.post_form_with_key("/plans", &key, &[], &[document().as_bytes()]).await;
    assert_eq!((again.status, again.json()), (first.status, first.json()));
    let page = Page {
        title: "2026年城市管理工作要点".to_owned(),
        subtitle: None,
        number: None,
        lang: "zh-CN".to_owned(),
        orientation: Orientation::Portrait,
        created: world.now(),
        author: None,
        blocks: document().lines().skip(1).map(Block::paragraph).collect(),
    };
    let docx = reviewer.post_form("/plans", &[], &[&write::docx(&page).unwrap()]).await;
    assert_eq!(docx.status, 201, "{}", docx.text());
    assert_eq!((docx.json()["id"].clone(), commitments(&docx.json())), (json!(2), commitments(&first.json())));
    assert_eq!(reviewer.get("/plans").await.json()["items"].as_array().unwrap().len(), 2);
    world.finish();
}

#[tokio::test]
async fn a_file_that_is_no_plan_says_why() {
    let world = World::new();
    let reviewer = world.demo("supervise1").await;
    let hostile: [&[u8]; 5] =
        [b"   ", b"PK\x03\x04 broken", b"%PDF-1.4 nothing", &[0xff, 0xfe, 0x00, 0xd8], "没有条目".as_bytes()];
    let mut seen = String::new();
    for bytes in hostile {
        seen += &refused(&reviewer.post_form("/plans?year=2026", &[], &[bytes]).await);
        seen += "\n";
    }
    let without_year = document().replace("2026年", "");
    seen += &refused(&reviewer.post_form("/plans", &[], &[without_year.as_bytes()]).await);
    seen += "\n";
    seen += &refused(&reviewer.post_form("/plans", &[("colour", "red")], &[document().as_bytes()]).await);
    seen += "\n";
    seen += &refused(&reviewer.post_form("/plans", &[], &[]).await);
    check(
        &seen,
        expect![[r#"
        422 field_invalid: file：文件是空的；请选择有正文的 .docx、.pdf、.html 或 .txt
          file: 文件是空的；请选择有正文的 .docx、.pdf、.html 或 .txt
        422 field_invalid: file：.docx 文件不完整或已损坏；请打开后重新保存再传
          file: .docx 文件不完整或已损坏；请打开后重新保存再传
        422 field_invalid: file：PDF 文件不完整或已损坏；请打开后重新保存再传
          file: PDF 文件不完整或已损坏；请打开后重新保存再传
        422 field_invalid: file：既不是文字，也不是 .docx、.html 或 .pdf（第 2 个字节不属于 UTF-8 或 GB18030 的任何字符）
          file: 既不是文字，也不是 .docx、.html 或 .pdf（第 2 个字节不属于 UTF-8 或 GB18030 的任何字符）
        422 field_invalid: file：没有找到条目；条目以 一、（一）1. 等编号开头，或是表头有“任务”和“责任单位”的表格行
          file: 没有找到条目；条目以 一、（一）1. 等编号开头，或是表头有“任务”和“责任单位”的表格行
        422 field_missing: year：文件没有写明年度，请填写
          year: 文件没有写明年度，请填写
        422 field_invalid: colour：没有这一项；可有 file
          colour: 没有这一项；可有 file
        422 field_missing: file：请附上文件
          file: 请附上文件"#]],
    );
    assert_eq!(reviewer.post_form("/plans?year=2025", &[], &[document().as_bytes()]).await.json()["year"], 2025);
    assert_eq!(reviewer.post_form("/plans?year=1812", &[], &[document().as_bytes()]).await.status, 400);
    world.finish();
}

#[tokio::test]
async fn a_draft_with_gaps_says_what_is_missing_at_each_commitment() {
    let world = World::new();
    imported(&world).await;
    let leader = world.demo("leader1").await;
    check(
        &refused(&ask(&leader, json!({ "act": "adopt" })).await),
        expect![[r#"
        422 field_missing: 还有 10 处未完成：每条任务都要确认、明确牵头单位和落实方式，有指标的要有制衡指标或说明，疑问都要回答
          01.01: 01.01：未确认
          01.01: 01.01：有指标而无制衡指标或说明
          01.02: 01.02：未确认
          01.02: 01.02：有疑问未回答
          01.03: 01.03：未确认
          02.01: 02.01：未确认
          02.02: 02.02：未确认
          02.02: 02.02：有指标而无制衡指标或说明
          03.01: 03.01：未确认
          03.02: 03.02：未确认"#]],
    );
    world.finish();
}

#[tokio::test]
async fn a_draft_is_reviewed_and_adopted() {
    let world = World::new();
    imported(&world).await;
    let reviewer = world.demo("supervise1").await;
    let cut = json!({ "act": "split", "commitment": "01.01", "at": 11 });
    let mut seen =
        vec![act(&reviewer, cut).await, act(&reviewer, json!({ "act": "merge", "commitment": "01.01a" })).await];
    check(
        &commitments(&reviewer.get("/plans/1").await.json()),
        expect![[r#"
        01.01a 新建供水管道50公里 count lead 102 null 
        01.02 第一时间抢修爆管 duty lead 102 opinion q1
        01.03 每月召开一次调度会 periodic lead 102 schedule 
        02.01 修订道路养护管理办法 document lead 104 document 
        02.02 整修<b>道路</b>40条 count lead 104 count 
        03.01 按时办结群众来信 duty lead 125 opinion 
        03.02 加强业务培训 periodic lead 125 schedule 
    "#]],
    );
    let offices = json!({ "act": "name_offices", "commitment": "03.02", "lead": 125, "assist": [102] });
    seen.push(act(&reviewer, offices).await);
    seen.push(act(&reviewer, json!({ "act": "reclass", "commitment": "03.02", "class": "duty" })).await);
    for command in missing() {
        let renamed = command.to_string().replace("01.01", "01.01a");
        let mut command: Value = serde_json::from_str(&renamed).unwrap();
        if command["act"] == "watch" && command["commitment"] == "01.01a" {
            let binding = json!({ "kind": "count", "target": 50, "unit": "公里", "due": "2026-12-31" });
            seen.push(act(&reviewer, json!({ "act": "bind", "commitment": "01.01a", "binding": binding })).await);
        }
        seen.push(act(&reviewer, command.take()).await);
    }
    seen.push(act(&reviewer, json!({ "act": "unconfirm", "commitment": "03.02" })).await);
    seen.push(act(&reviewer, json!({ "act": "confirm", "commitments": ["03.02"] })).await);
    seen.push(act(&reviewer, json!({ "act": "confirm", "commitments": ["03.02"] })).await);
    let leader = world.demo("leader1").await;
    seen.push(act(&leader, json!({ "act": "adopt" })).await);
    check(
        &Value::from(seen).to_string(),
        expect![[
            r#"[["replaced"],["replaced"],["offices_named"],["reclassed"],["answered"],["bound"],["bound"],["watched"],["watched"],["watched"],["weighed"],["put_in_words"],["put_in_words"],["confirmed"],["unconfirmed"],["confirmed"],[],["adopted"]]"#
        ]],
    );
    let view = leader.get("/plans/1").await.json();
    check(
        &view["coverage"].to_string(),
        expect![[
            r#"{"bound":7,"chars":65,"chars_confirmed":65,"commitments":7,"confirmed":7,"open_questions":0,"targets":3,"watched":3,"with_lead":7}"#
        ]],
    );
    assert_eq!((view["status"].clone(), view["baseline"].as_str().map(str::len)), (json!("adopted"), Some(64)));
    check(
        &Value::from(vec![view["may"].clone(), reviewer.get("/plans/1").await.json()["may"].clone()]).to_string(),
        expect![[r#"[["adopt","lead"],["review","supervise","appraise"]]"#]],
    );
    let late = ask(&reviewer, json!({ "act": "weigh", "commitment": "03.02", "weight": 1 })).await;
    check(&refused(&late), expect!["409 move_not_possible: 要点已发布，内容只能经调整审批程序修改；请发起“要点调整”"]);
    world.finish();
}

#[tokio::test]
async fn two_reviewers_do_not_overwrite_each_other() {
    let world = World::new();
    imported(&world).await;
    let (one, two) = (world.demo("supervise1").await, world.demo("supervise2").await);
    let weigh =
        |weight: u32| json!({ "if_seq": 1, "act": { "act": "weigh", "commitment": "01.01", "weight": weight } });
    let key = new_key();
    let first = one.post_with_key("/plans/1/acts", &key, weigh(7)).await;
    assert_eq!((first.status.as_u16(), first.json()), (200, json!({ "seq": 2, "did": ["weighed"] })));
    let again = one.post_with_key("/plans/1/acts", &key, weigh(7)).await;
    assert_eq!((again.status, again.text()), (first.status, first.text()));
    check(
        &refused(&one.post_with_key("/plans/1/acts", &key, weigh(8)).await),
        expect!["409 idempotency_key_reused: 同一个 Idempotency-Key 用在了另一个请求上"],
    );
    check(
        &refused(&two.post("/plans/1/acts", weigh(9)).await),
        expect!["409 seq_conflict: 已被他人更改，请刷新后再办"],
    );
    let mut english = world.demo("supervise2").await;
    english.lang = "en";
    check(
        &refused(&english.post("/plans/1/acts", weigh(9)).await),
        expect!["409 seq_conflict: plan 1 is at sequence 2, not 1; read it again"],
    );
    world.finish();
}

#[tokio::test]
async fn a_command_that_cannot_be_says_where() {
    let world = World::new();
    imported(&world).await;
    let reviewer = world.demo("supervise1").await;
    let bind = |binding: Value| json!({ "act": "bind", "commitment": "01.01", "binding": binding });
    let rate = json!({ "kind": "duty", "measure": "on_time", "procedure": "nothing", "target": 95, "min_cases": 5 });
    let mut seen = String::new();
    for command in [
        json!({ "act": "dance" }),
        json!({ "act": "weigh", "commitment": "01.01" }),
        json!({ "act": "weigh", "commitment": "01.01", "weight": 1, "colour": "red" }),
        json!({ "act": "weigh", "commitment": "09.01", "weight": 1 }),
        json!({ "act": "split", "commitment": "01.01", "at": -1 }),
        bind(json!({ "kind": "count", "target": 1e300, "unit": "公里", "due": "2026-12-31" })),
        bind(json!({ "kind": "count", "target": 50, "unit": "公里", "due": "2026-02-30" })),
        bind(rate),
        json!({ "act": "sign", "office": 102, "side": "office" }),
    ] {
        let got = ask(&reviewer, command).await;
        assert!(got.status.is_client_error(), "{}", got.text());
        seen += &refused(&got);
        seen += "\n";
    }
    check(
        &seen,
        expect![[r#"
        400 bad_request: body：act.act: unknown variant `dance`, expected one of `confirm`, `unconfirm`, `split`, `merge`, `reclass`, `requantify`, `name_offices`, `weigh`, `answer`, `bind`, `watch`, `put_in_words`, `adopt`, `sign`, `delegate`, `ask_help`, `end_help`, `judge`, `hold_meeting`, `draft_circular`, `edit_circular`, `issue_circular`, `release_circular`, `correct_circular`, `draft_appraisal`, `mark_office`, `adjust_office`, `appeal`, `rule_appeal`, `finalise_appraisal` at line 1 column 21
        400 bad_request: body：act: missing field `weight` at line 1 column 44
        400 bad_request: body：act: unknown field `colour`, expected `commitment` or `weight` at line 1 column 70
        422 field_invalid: 没有编号为 09.01 的任务
          commitment: 没有编号为 09.01 的任务
        400 bad_request: body：act: invalid value: integer `-1`, expected u32 at line 1 column 52
        400 bad_request: body：act: 1e300 is no quantity: at most a million million at line 1 column 121
        400 bad_request: body：act: `2026-02-30` is no date: write YYYY-MM-DD at line 1 column 117
        422 field_invalid: 没有办事程序 nothing
          procedure: 没有办事程序 nothing
        422 field_invalid: act：签署请用 /plans/{plan}/letters/{office}/signatures，需要再次输入密码
          act: 签署请用 /plans/{plan}/letters/{office}/signatures，需要再次输入密码
    "#]],
    );
    world.finish();
}
