//! Meetings, circulars and appraisals.

use expect_test::expect;
use guancheng_document::read;
use serde_json::json;

use super::{ledger::reported, *};
use crate::loop_of_a_case::make;

fn meeting(period: &str, held_on: &str, decisions: Value) -> Value {
    json!({ "act": "hold_meeting", "series": "weekly", "period": period, "held_on": held_on,
        "present": "各牵头处室", "minutes": "逐项过堂", "decisions": decisions })
}

/// Last time's promises as the agenda shows them.
fn promised(page: &Value) -> String {
    let row = |one: &Value| {
        format!(
            "{} {} {} {} {}\n",
            text(&one["case_number"]),
            text(&one["text"]),
            text(&one["office_name"]),
            text(&one["state"]),
            one["is_open"]
        )
    };
    page["agenda"]["promised"].as_array().unwrap().iter().map(row).collect()
}

/// Meetings that were due, newest first.
fn occurrences(page: &Value) -> String {
    let row = |one: &Value| {
        let state = text(&one["state"]);
        format!("{} {} {} {state}\n", text(&one["title"]), text(&one["from"]), text(&one["held"]))
    };
    page["occurrences"].as_array().unwrap().iter().map(row).collect()
}

#[tokio::test]
async fn decisions_become_cases_that_open_the_next_meeting() {
    let world = World::new();
    in_force(&world).await;
    let (reviewer, head) = (world.demo("supervise1").await, world.demo("head-utilities").await);
    let decision = |text: &str, commitment: &str| json!({ "text": text, "office": 102, "due": "2026-03-20", "commitment": commitment });
    let unknown = meeting("2026-03-02", "2026-03-02", json!([decision("协调迁改", "09.01")]));
    check(
        &refused(&ask(&reviewer, unknown).await),
        expect![[r#"
        422 field_invalid: 没有任务 1/09.01；应为“要点编号/任务编号”
          commitment: 没有任务 1/09.01；应为“要点编号/任务编号”"#]],
    );
    let held =
        meeting("2026-03-02", "2026-03-02", json!([decision("协调迁改", "01.01"), decision("补报台账", "01.02")]));
    assert_eq!(act(&reviewer, held.clone()).await, json!(["meeting_held"]));
    check(
        &refused(&ask(&reviewer, held).await),
        expect!["409 already_ruled: 这一期会议已有记录；补充内容请写入下一期"],
    );
    let page = reviewer.get("/plans/1/meetings").await.json();
    check(
        &promised(&page),
        expect![[r#"
            HY2026-00001 协调迁改 «utilities» 办理中 true
            HY2026-00002 补报台账 «utilities» 办理中 true
        "#]],
    );
    check(
        &occurrences(&page),
        expect![[r#"
        工作碰头会 2026-03-02 2026-03-02 held
        工作例会 2026-03-01 null open
    "#]],
    );
    make(&head, 1, "report_done", json!({ "result": "已完成迁改" }), &[]).await;
    make(&reviewer, 1, "close", json!({}), &[]).await;
    assert_eq!(head.get("/plans/1/ledger/01.01").await.json()["decisions"][0]["is_open"], false);
    world.pass_minutes(7 * 24 * 60);
    let reviewer = world.demo("supervise1").await;
    check(
        &promised(&reviewer.get("/plans/1/meetings").await.json()),
        expect![[r#"
            HY2026-00001 协调迁改 «utilities» 已办结 false
            HY2026-00002 补报台账 «utilities» 办理中 true
        "#]],
    );
    act(&reviewer, meeting("2026-03-09", "2026-03-09", json!([]))).await;
    let page = reviewer.get("/plans/1/meetings").await.json();
    check(
        &promised(&page),
        expect![[r#"
            HY2026-00002 补报台账 «utilities» 办理中 true
        "#]],
    );
    assert_eq!(page["held"].as_array().unwrap().len(), 2);
    world.pass_minutes(14 * 24 * 60);
    let reviewer = world.demo("supervise1").await;
    check(
        &occurrences(&reviewer.get("/plans/1/meetings").await.json()),
        expect![[r#"
        工作碰头会 2026-03-23 null open
        工作碰头会 2026-03-16 null missed
        工作碰头会 2026-03-09 2026-03-09 held
        工作碰头会 2026-03-02 2026-03-02 held
        工作例会 2026-03-01 null open
    "#]],
    );
    world.finish();
}

/// Circulars as `id number title issued released corrects`.
async fn circulars(client: &Client) -> String {
    let page = client.get("/plans/1/circulars").await.json();
    let row = |one: &Value| {
        format!(
            "{} {} {} {} {} {}\n",
            one["id"],
            text(&one["number"]),
            text(&one["title"]),
            !one["issued"].is_null(),
            !one["released"].is_null(),
            one["corrects"]
        )
    };
    page["items"].as_array().unwrap().iter().map(row).collect()
}

#[tokio::test]
async fn a_circular_is_drafted_edited_issued_corrected_and_released() {
    let world = World::new();
    in_force(&world).await;
    let (reviewer, head) = (world.demo("supervise1").await, world.demo("head-roads").await);
    act(&world.demo("head-utilities").await, json!({ "act": "ask_help", "commitment": "01.01", "text": "迁改受阻" }))
        .await;
    act(&reviewer, json!({ "act": "draft_circular" })).await;
    let draft = reviewer.get("/plans/1/circulars").await.json();
    check(
        &format!("{}\n{}", text(&draft["items"][0]["title"]), text(&draft["items"][0]["body"])),
        expect![[r#"
            关于2026年度工作要点3月份推进情况的通报
            截至2026-03-02，《2026年城市管理工作要点》分解的7项任务中，红灯3项、黄灯0项、绿灯0项、灰灯4项。
            红灯任务3项：
            01.01 新建供水管道50公里（«utilities»）：0/50 公里；按目前进度，到 2026-12-31 约 0 公里，差 50
            01.03 每月召开一次调度会（«utilities»）：0/3 次；应有 2 次，按期 0，补办 0，缺 2
            02.02 整修<b>道路</b>40条（«roads»）：0/40 条；按目前进度，到 2026-12-31 约 0 条，差 40
            各单位情况：«utilities»3项中绿灯0项；«roads»2项中绿灯0项；工会2项中绿灯0项。
            请各牵头单位对照问题逐项整改，整改情况在下次例会上报告。"#]],
    );
    assert_eq!((circulars(&head).await, head.get("/plans/1/circulars/1").await.status.as_u16()), (String::new(), 404));
    let edit = |title: &str| json!({ "act": "edit_circular", "circular": 1, "title": title, "body": "道路<img src=x onerror=alert(1)>落后。\n请整改。" });
    act(&reviewer, edit("三月<script>通报")).await;
    act(&reviewer, json!({ "act": "issue_circular", "circular": 1 })).await;
    check(
        &refused(&ask(&reviewer, edit("再改")).await),
        expect!["409 move_not_possible: 督查通报〔2026〕1号 已印发，不能再改；请起草更正通报"],
    );
    let correct = json!({ "act": "correct_circular", "circular": 1, "reason": "数字有误", "title": "更正", "body": "以此为准。" });
    act(&reviewer, correct).await;
    check(
        &circulars(&head).await,
        expect![[r#"
        1 督查通报〔2026〕1号 三月<script>通报 true false null
    "#]],
    );
    act(&reviewer, json!({ "act": "issue_circular", "circular": 2 })).await;
    check(
        &circulars(&head).await,
        expect![[r#"
        2 督查通报〔2026〕2号 更正 true false 1
        1 督查通报〔2026〕1号 三月<script>通报 true false null
    "#]],
    );
    let nobody = world.nobody();
    assert_eq!(nobody.get("//promises/circulars/1/1").await.status, 404);
    act(&reviewer, json!({ "act": "release_circular", "circular": 1 })).await;
    let page = nobody.get("//promises/circulars/1/1").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.text().contains("督查通报〔2026〕1号") && page.text().contains("&lt;img src=x"), "{}", page.text());
    assert!(!page.text().contains("<script") && !page.text().contains("<img"), "{}", page.text());
    assert_eq!(nobody.get("//promises/circulars/1/2").await.status, 404);
    let docx = head.get("/plans/1/circulars/2?format=docx").await;
    let words = format!("{:?}", read::read(&docx.bytes).unwrap().blocks);
    for expected in ["督查通报〔2026〕2号", "本通报更正督查通报〔2026〕1号", "数字有误", "以此为准"]
    {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    check(
        &nobody.get("/public/promises").await.json()["circulars"].to_string(),
        expect![[r#"[{"number":"督查通报〔2026〕1号","title":"三月<script>通报","url":"/promises/circulars/1/1"}]"#]],
    );
    world.finish();
}

/// Offices as `office group ledger total rank grade`.
async fn scores(client: &Client) -> String {
    let page = client.get("/plans/1/appraisals").await.json();
    let Some(one) = page["items"].get(0) else { return "none\n".to_owned() };
    let row = |(office, score): (&String, &Value)| {
        format!(
            "{office} {} {} {} {} {} {}\n",
            text(&score["group"]),
            score["ledger"],
            score["total"],
            score["rank"],
            text(&score["grade"]),
            text(&score["head"])
        )
    };
    one["offices"].as_object().unwrap().iter().map(row).collect()
}

/// The leader's mark of the first office.
fn marked(mark: u8) -> Value {
    json!({ "act": "mark_office", "appraisal": 1, "office": 102, "mark": mark, "reason": "工作主动" })
}

#[tokio::test]
async fn an_appraisal_goes_from_draft_to_final() {
    let world = World::new();
    in_force(&world).await;
    let (evaluator, leader, head) =
        (world.demo("eval1").await, world.demo("leader1").await, world.demo("head-utilities").await);
    let case = reported(&head, 2, "2026-03-01").await;
    make(&world.demo("supervise1").await, case, "approve", json!({}), &[]).await;
    act(&evaluator, json!({ "act": "draft_appraisal", "period": "half" })).await;
    check(
        &scores(&evaluator).await,
        expect![[r#"
            102 建设运行处室 54164 54164 1 不合格 杨伟（«utilities»负责人）
            104 建设运行处室 0 0 2 不合格 黄明远（«roads»负责人）
            125 党群纪检处室 null null null null 吴晓燕（工会负责人）
        "#]],
    );
    check(
        &scores(&head).await,
        expect![[r#"
            102 建设运行处室 54164 54164 1 不合格 杨伟（«utilities»负责人）
        "#]],
    );
    check(
        &scores(&world.demo("head-complex").await).await,
        expect![[r#"
        none
    "#]],
    );
    act(&leader, marked(90)).await;
    act(
        &evaluator,
        json!({ "act": "adjust_office", "appraisal": 1, "office": 104, "points": -2.5, "reason": "两次迟报" }),
    )
    .await;
    check(
        &scores(&leader).await,
        expect![[r#"
            102 建设运行处室 54164 61331 1 合格 杨伟（«utilities»负责人）
            104 建设运行处室 0 0 2 不合格 黄明远（«roads»负责人）
            125 党群纪检处室 null null null null 吴晓燕（工会负责人）
        "#]],
    );
    let appeal =
        json!({ "act": "appeal", "appraisal": 1, "office": 102, "commitment": "01.01", "text": "二月另有三公里" });
    check(
        &refused(&ask(&world.demo("head-roads").await, appeal.clone()).await),
        expect!["403 not_allowed: 只有该单位负责人的岗位可以办理"],
    );
    act(&head, appeal).await;
    let finalise = json!({ "act": "finalise_appraisal", "appraisal": 1 });
    check(&refused(&ask(&evaluator, finalise.clone()).await), expect!["409 move_not_possible: 还有 1 项申诉未裁定"]);
    act(
        &evaluator,
        json!({ "act": "rule_appeal", "appraisal": 1, "appeal": 1, "upheld": true, "points": 3, "reason": "查证属实" }),
    )
    .await;
    check(
        &refused(&ask(&evaluator, finalise.clone()).await),
        expect!["409 move_not_possible: 申诉期到 2026-03-09 为止，之后方可定稿"],
    );
    world.pass_minutes(8 * 24 * 60);
    let (evaluator, head) = (world.demo("eval1").await, world.demo("head-utilities").await);
    let late = json!({ "act": "appeal", "appraisal": 1, "office": 102, "text": "还有异议" });
    check(&refused(&ask(&head, late).await), expect!["409 window_passed: 申诉期已于 2026-03-09 截止"]);
    act(&evaluator, finalise).await;
    check(
        &scores(&world.demo("head-complex").await).await,
        expect![[r#"
            102 建设运行处室 54164 64331 1 合格 杨伟（«utilities»负责人）
            104 建设运行处室 0 0 2 不合格 黄明远（«roads»负责人）
            125 党群纪检处室 null null null null 吴晓燕（工会负责人）
        "#]],
    );
    let mark = marked(1);
    check(
        &refused(&ask(&world.demo("leader1").await, mark).await),
        expect!["409 move_not_possible: 考核已定稿，不能再改；更正须另起一次考核"],
    );
    world.finish();
}
