//! Meetings, circulars, appraisals.

use expect_test::expect;
use serde_json::{Value, json};

use super::*;

fn meeting(period: &str, held_on: &str) -> Value {
    json!({ "act": "hold_meeting", "series": "weekly", "period": day(period), "held_on": day(held_on),
        "present": "各处室", "minutes": "逐项过堂" })
}

fn with(mut command: Value, more: &Value) -> Value {
    command.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    command
}

#[test]
fn a_missed_meeting_is_not_written_in_afterwards() {
    check(
        Desk::in_force().on("2026-03-31"),
        &[meeting("2026-03-11", "2026-03-10")],
        expect!["window_passed: 会议须在召开后 14 日内记录；2026-03-10 的会议已不能补记"],
    );
}

#[test]
fn a_meeting_belongs_to_its_period() {
    let desk = || Desk::in_force().on("2026-03-11");
    check(
        Desk::new(),
        &[meeting("2026-03-02", "2026-03-02")],
        expect!["move_not_possible: 要点尚未审定发布；请先完成逐条复核并发布"],
    );
    check(
        desk(),
        &[meeting("2026-03-11", "2026-03-10")],
        expect![[
            r#"{"event":"meeting_held","meeting":{"agenda":["01.01","01.02"],"decisions":[],"held_on":"2026-03-10","minutes":"逐项过堂","period":"2026-03-09","present":"各处室","series":"weekly"}}"#
        ]],
    );
    check(
        desk(),
        &[meeting("2026-03-11", "2026-03-12")],
        expect![[r#"
        field_invalid: 会议日期不能晚于今天
          held_on: a meeting cannot have been held after today"#]],
    );
    check(
        desk(),
        &[meeting("2026-03-11", "2026-03-08")],
        expect![[r#"
        field_invalid: 本期为 2026-03-09 至 2026-03-15，会议日期 2026-03-08 不在本期或其后一个月内
          held_on: the period is 2026-03-09 to 2026-03-15; 2026-03-08 is outside it"#]],
    );
    check(
        desk(),
        &[meeting("2026-03-03", "2026-03-10")],
        expect![[
            r#"{"event":"meeting_held","meeting":{"agenda":["01.01","01.02"],"decisions":[],"held_on":"2026-03-10","minutes":"逐项过堂","period":"2026-03-02","present":"各处室","series":"weekly"}}"#
        ]],
    );
    check(
        desk(),
        &[meeting("2026-03-11", "2026-03-10"), meeting("2026-03-09", "2026-03-11")],
        expect!["already_ruled: 这一期会议已有记录；补充内容请写入下一期"],
    );
    check(
        desk(),
        &[with(meeting("2026-03-11", "2026-03-10"), &json!({ "series": "daily" }))],
        expect![[r#"
        field_invalid: 没有会议 daily；现有：weekly
          series: no series daily; there are: weekly"#]],
    );
    check(
        desk(),
        &[with(meeting("2026-03-11", "2026-03-10"), &json!({ "minutes": "" }))],
        expect![[r#"
        field_invalid: 请填写内容
          minutes: write something here"#]],
    );
}

#[test]
fn a_decision_names_its_case_and_a_commitment_that_there_is() {
    let desk = || Desk { decided: vec![CaseId(40)], ..Desk::in_force() };
    let held = |decision: Value| with(meeting("2026-03-02", "2026-03-02"), &json!({ "decisions": [decision] }));
    let decision = |more: Value| with(json!({ "text": "协调迁改", "office": 1, "due": day("2026-03-20") }), &more);
    check(
        desk(),
        &[held(decision(json!({ "commitment": "01.01" })))],
        expect![[
            r#"{"event":"meeting_held","meeting":{"agenda":["01.01","01.02"],"decisions":[{"case":40,"commitment":"01.01","due":"2026-03-20","office":1}],"held_on":"2026-03-02","minutes":"逐项过堂","period":"2026-03-02","present":"各处室","series":"weekly"}}"#
        ]],
    );
    check(
        desk(),
        &[held(decision(json!({ "commitment": "09.01" })))],
        expect![[r#"
        field_invalid: 没有编号为 09.01 的任务
          commitment: there is no commitment 09.01"#]],
    );
    check(
        desk(),
        &[held(decision(json!({ "office": 99 })))],
        expect![[r#"
        field_invalid: 没有编号为 99 的单位
          decisions: there is no office 99"#]],
    );
    check(
        desk(),
        &[held(decision(json!({ "due": day("2026-03-01") })))],
        expect![[r#"
        field_invalid: 完成时限 2026-03-01 早于会议日期 2026-03-02
          decisions: due 2026-03-01 is before the meeting on 2026-03-02"#]],
    );
}

fn draft() -> Value {
    json!({ "act": "draft_circular" })
}

fn of(act: &str, circular: u32) -> Value {
    json!({ "act": act, "circular": circular })
}

#[test]
fn a_circular_that_is_issued_never_changes() {
    let edit = json!({ "act": "edit_circular", "circular": 1, "title": "三月通报", "body": "水管落后。" });
    check(Desk::new(), &[draft()], expect!["move_not_possible: 要点尚未审定发布；请先完成逐条复核并发布"]);
    check(
        Desk::in_force(),
        &[draft()],
        expect![[
            r#"{"circular":{"body":"截至2026-03-02，《2026年工作要点》分解的3项任务中，红灯2项、黄灯0项、绿灯0项、灰灯1项。\n红灯任务2项：\n01.01 新建管道50公里，第一时间抢修（供水处）：0/50 公里；按目前进度，到 2026-12-31 约 0 公里，差 50\n01.02 每月召开调度会（供水处）：0/3 次；应有 2 次，按期 0，补办 0，缺 2\n各单位情况：供水处2项中绿灯0项；道路处1项中绿灯0项。\n请各牵头单位对照问题逐项整改，整改情况在下次例会上报告。","corrects":null,"id":1,"issued":null,"number":null,"reason":"","released":null,"title":"关于2026年度工作要点3月份推进情况的通报"},"event":"circular_drafted"}"#
        ]],
    );
    check(
        Desk::in_force(),
        &[draft(), edit.clone()],
        expect![[r#"{"body":"水管落后。","circular":1,"event":"circular_edited","title":"三月通报"}"#]],
    );
    check(
        Desk::in_force(),
        &[draft(), of("issue_circular", 1)],
        expect![[r#"{"circular":1,"event":"circular_issued","number":"督查通报〔2026〕1号"}"#]],
    );
    check(
        Desk::in_force(),
        &[draft(), of("issue_circular", 1), edit],
        expect!["move_not_possible: 督查通报〔2026〕1号 已印发，不能再改；请起草更正通报"],
    );
    check(
        Desk::in_force(),
        &[draft(), of("issue_circular", 1), of("issue_circular", 1)],
        expect!["move_not_possible: 督查通报〔2026〕1号 已印发，不能再改；请起草更正通报"],
    );
    check(
        Desk::in_force(),
        &[of("issue_circular", 1)],
        expect![[r#"
        field_invalid: 没有编号为 1 的通报
          circular: there is no circular 1"#]],
    );
}

#[test]
fn a_correction_is_a_circular_of_its_own() {
    let correct = json!({ "act": "correct_circular", "circular": 1, "reason": "数字有误", "title": "", "body": "" });
    check(Desk::in_force(), &[draft(), correct.clone()], expect!["move_not_possible: 草稿可直接修改，不需要更正"]);
    let issued = [draft(), of("issue_circular", 1), correct];
    check(
        Desk::in_force(),
        &issued,
        expect![[
            r#"{"circular":{"body":"截至2026-03-02，《2026年工作要点》分解的3项任务中，红灯2项、黄灯0项、绿灯0项、灰灯1项。\n红灯任务2项：\n01.01 新建管道50公里，第一时间抢修（供水处）：0/50 公里；按目前进度，到 2026-12-31 约 0 公里，差 50\n01.02 每月召开调度会（供水处）：0/3 次；应有 2 次，按期 0，补办 0，缺 2\n各单位情况：供水处2项中绿灯0项；道路处1项中绿灯0项。\n请各牵头单位对照问题逐项整改，整改情况在下次例会上报告。","corrects":1,"id":2,"issued":null,"number":null,"reason":"数字有误","released":null,"title":"关于2026年度工作要点3月份推进情况的通报"},"event":"circular_drafted"}"#
        ]],
    );
    check(
        Desk::in_force(),
        &[&issued[..], &[of("issue_circular", 2)]].concat(),
        expect![[r#"{"circular":2,"event":"circular_issued","number":"督查通报〔2026〕2号"}"#]],
    );
}

#[test]
fn only_what_is_issued_is_released_and_once() {
    let issued = [draft(), of("issue_circular", 1)];
    check(Desk::in_force(), &[draft(), of("release_circular", 1)], expect!["move_not_possible: 未印发的通报不能公开"]);
    check(
        Desk::in_force(),
        &[&issued[..], &[of("release_circular", 1)]].concat(),
        expect![[r#"{"circular":1,"event":"circular_released"}"#]],
    );
    check(
        Desk::in_force(),
        &[&issued[..], &[of("release_circular", 1), of("release_circular", 1)]].concat(),
        expect![[""]],
    );
}

fn appraisal() -> Value {
    json!({ "act": "draft_appraisal", "period": "half" })
}

/// The middle of the year, two meetings missed.
fn june() -> Desk {
    Desk::in_force().on("2026-06-30")
}

#[test]
fn an_appraisal_rests_on_frozen_numbers() {
    check(
        june(),
        &[appraisal()],
        expect![[
            r#"{"appraisal":{"appeals":[],"appeals_until":"2026-07-07","finalised":null,"id":1,"offices":{"1":{"adjustments":[],"grade":null,"group":"业务处室","head":"王处长（供水处负责人）","ledger":0,"mark":null,"rank":1,"rated":7,"total":0,"weight":7},"2":{"adjustments":[],"grade":null,"group":"业务处室","head":"","ledger":null,"mark":null,"rank":null,"rated":0,"total":null,"weight":2}},"period":"half","rules":{"grades":[["优秀",90],["合格",60]],"mark_percent":20}},"event":"appraisal_drafted"}"#
        ]],
    );
    check(june(), &[appraisal(), appraisal()], expect!["already_asked: 该考核期已有未定稿的考核"]);
    check(
        june(),
        &[json!({ "act": "draft_appraisal", "period": "month" })],
        expect![[r#"
        field_invalid: 考核期为 half（半年）或 year（年度）
          period: a period is half or year"#]],
    );
    check(
        june().on("2026-12-30"),
        &[json!({ "act": "draft_appraisal", "period": "year" })],
        expect!["calendar_not_loaded: 工作日历未装载到申诉截止日"],
    );
}

#[test]
fn marks_and_points_are_bounded() {
    let mark = |office: OfficeId, mark: u8| json!({ "act": "mark_office", "appraisal": 1, "office": office, "mark": mark, "reason": "工作主动" });
    let adjust = |points: f64| json!({ "act": "adjust_office", "appraisal": 1, "office": WATER, "points": points, "reason": "受省表彰" });
    check(
        june(),
        &[appraisal(), mark(WATER, 90)],
        expect![[r#"{"appraisal":1,"event":"office_marked","mark":{"mark":90,"reason":"工作主动"},"office":1}"#]],
    );
    check(
        june(),
        &[appraisal(), mark(WATER, 101)],
        expect![[r#"
        field_invalid: 领导评分为 0 至 100
          mark: a mark is 0 to 100"#]],
    );
    check(
        june(),
        &[appraisal(), mark(CREW, 90)],
        expect![[r#"
        field_invalid: 该单位不在本次考核之内
          office: this office is not in the appraisal"#]],
    );
    check(
        june(),
        &[mark(WATER, 90)],
        expect![[r#"
        field_invalid: 没有编号为 1 的考核
          appraisal: there is no appraisal 1"#]],
    );
    check(
        june(),
        &[appraisal(), adjust(-20.0)],
        expect![[
            r#"{"adjustment":{"points":-20000,"reason":"受省表彰"},"appraisal":1,"event":"office_adjusted","office":1}"#
        ]],
    );
    check(
        june(),
        &[appraisal(), adjust(20.001)],
        expect![[r#"
        field_invalid: 分值应在 -20 至 20 之间
          points: points are between -20 and 20"#]],
    );
}

fn appeal(more: Value) -> Value {
    with(json!({ "act": "appeal", "appraisal": 1, "office": WATER, "text": "二月的会议有记录" }), &more)
}

fn ruling(points: i64, upheld: bool) -> Value {
    json!({ "act": "rule_appeal", "appraisal": 1, "appeal": 1, "upheld": upheld, "points": points, "reason": "查证属实" })
}

/// `june`, drafted, on another day.
fn drafted(today: &str) -> Desk {
    let mut desk = june();
    desk.done(appraisal());
    desk.on(today)
}

#[test]
fn appeals_have_a_window() {
    check(
        drafted("2026-07-07"),
        &[appeal(json!({ "commitment": "01.02" }))],
        expect![[
            r#"{"appeal":{"commitment":"01.02","id":1,"office":1,"ruling":null},"appraisal":1,"event":"appealed"}"#
        ]],
    );
    check(drafted("2026-07-08"), &[appeal(json!({}))], expect!["window_passed: 申诉期已于 2026-07-07 截止"]);
    check(
        drafted("2026-07-01"),
        &[appeal(json!({ "commitment": "02.01" }))],
        expect![[r#"
        field_invalid: 任务 02.01 不由本单位牵头
          commitment: commitment 02.01 is not led by this office"#]],
    );
    check(
        drafted("2026-07-01"),
        &[appeal(json!({ "office": CREW }))],
        expect![[r#"
        field_invalid: 该单位不在本次考核之内
          office: this office is not in the appraisal"#]],
    );
}

#[test]
fn an_appeal_is_ruled_on_once() {
    check(
        drafted("2026-07-01"),
        &[ruling(3, true)],
        expect![[r#"
        field_invalid: 没有这项申诉
          appeal: there is no such appeal"#]],
    );
    check(
        drafted("2026-07-01"),
        &[appeal(json!({})), ruling(3, true)],
        expect![[
            r#"{"appeal":1,"appraisal":1,"event":"appeal_ruled","ruling":{"points":3000,"reason":"查证属实","upheld":true}}"#
        ]],
    );
    check(
        drafted("2026-07-01"),
        &[appeal(json!({})), ruling(3, false)],
        expect![[
            r#"{"appeal":1,"appraisal":1,"event":"appeal_ruled","ruling":{"points":0,"reason":"查证属实","upheld":false}}"#
        ]],
    );
    check(
        drafted("2026-07-01"),
        &[appeal(json!({})), ruling(21, true)],
        expect![[r#"
        field_invalid: 分值应在 0 至 20 之间
          points: points are between 0 and 20"#]],
    );
    check(
        drafted("2026-07-01"),
        &[appeal(json!({})), ruling(3, true), ruling(3, true)],
        expect!["already_ruled: 这项申诉已有裁定"],
    );
}

#[test]
fn an_appraisal_is_final_after_the_window_with_every_appeal_answered() {
    let finalise = json!({ "act": "finalise_appraisal", "appraisal": 1 });
    check(
        drafted("2026-07-07"),
        from_ref(&finalise),
        expect!["move_not_possible: 申诉期到 2026-07-07 为止，之后方可定稿"],
    );
    check(drafted("2026-07-08"), from_ref(&finalise), expect![[r#"{"appraisal":1,"event":"appraisal_finalised"}"#]]);
    let mut appealed = drafted("2026-07-07");
    appealed.done(appeal(json!({})));
    check(appealed.on("2026-07-08"), from_ref(&finalise), expect!["move_not_possible: 还有 1 项申诉未裁定"]);
    check(
        drafted("2026-07-08"),
        &[finalise.clone(), finalise.clone()],
        expect!["move_not_possible: 考核已定稿，不能再改；更正须另起一次考核"],
    );
    check(
        drafted("2026-07-08"),
        &[finalise, appraisal()],
        expect![[
            r#"{"appraisal":{"appeals":[],"appeals_until":"2026-07-15","finalised":null,"id":2,"offices":{"1":{"adjustments":[],"grade":null,"group":"业务处室","head":"王处长（供水处负责人）","ledger":0,"mark":null,"rank":1,"rated":7,"total":0,"weight":7},"2":{"adjustments":[],"grade":null,"group":"业务处室","head":"","ledger":null,"mark":null,"rank":null,"rated":0,"total":null,"weight":2}},"period":"half","rules":{"grades":[["优秀",90],["合格",60]],"mark_percent":20}},"event":"appraisal_drafted"}"#
        ]],
    );
}

#[test]
fn points_given_back_count_and_ranks_follow() {
    let mut desk = drafted("2026-07-01");
    let total = |desk: &Desk| desk.plan.appraisals[0].offices[&WATER].total;
    let before = total(&desk);
    desk.done(appeal(json!({})));
    desk.done(ruling(3, true));
    assert_eq!(total(&desk), before.map(|total| total + 3_000));
}
