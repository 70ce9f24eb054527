//! Review: what may be split, merged, corrected and bound.

use expect_test::expect;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::text::is_separator;

fn split(id: &str, at: u32) -> Value {
    json!({ "act": "split", "commitment": id, "at": at })
}

fn merge(id: &str) -> Value {
    json!({ "act": "merge", "commitment": id })
}

fn bind(binding: Value) -> Value {
    json!({ "act": "bind", "commitment": "01.01", "binding": binding })
}

#[test]
fn a_split_leaves_the_separators_to_neither_half() {
    check(
        Desk::new(),
        &[split("01.01", 14)],
        expect![[
            r#"{"event":"replaced","new":[{"assist":[],"binding":null,"cadences":[],"confirmed":null,"counter":null,"help":null,"id":"01.01a","lead":null,"named":[],"opinion":null,"quantities":[{"comparator":"=","deadline":null,"period":null,"unit":"公里","value":50}],"questions":[],"span":[5,13],"weight":2,"words":""},{"assist":[],"binding":null,"cadences":[],"confirmed":null,"counter":null,"help":null,"id":"01.01b","lead":null,"named":[],"opinion":null,"quantities":[],"questions":[{"about":"第一时间","answers":[],"id":"q1"}],"span":[14,20],"weight":2,"words":""}],"old":["01.01"]}"#
        ]],
    );
    check(
        Desk::new(),
        &[split("01.01", 13)],
        expect![[
            r#"{"event":"replaced","new":[{"assist":[],"binding":null,"cadences":[],"confirmed":null,"counter":null,"help":null,"id":"01.01a","lead":null,"named":[],"opinion":null,"quantities":[{"comparator":"=","deadline":null,"period":null,"unit":"公里","value":50}],"questions":[],"span":[5,13],"weight":2,"words":""},{"assist":[],"binding":null,"cadences":[],"confirmed":null,"counter":null,"help":null,"id":"01.01b","lead":null,"named":[],"opinion":null,"quantities":[],"questions":[{"about":"第一时间","answers":[],"id":"q1"}],"span":[14,20],"weight":2,"words":""}],"old":["01.01"]}"#
        ]],
    );
}

#[test]
fn a_split_needs_words_on_both_sides() {
    check(
        Desk::new(),
        &[split("01.01", 5)],
        expect![[r#"
        field_invalid: 拆分位置应在 6 与 20 之间，且两边都要有文字
          at: cut between 6 and 20, with words on both sides"#]],
    );
    check(
        Desk::new(),
        &[split("01.01", 0)],
        expect![[r#"
        field_invalid: 拆分位置应在 6 与 20 之间，且两边都要有文字
          at: cut between 6 and 20, with words on both sides"#]],
    );
    check(
        Desk::new(),
        &[split("01.01", 4_000_000_000)],
        expect![[r#"
        field_invalid: 拆分位置应在 6 与 20 之间，且两边都要有文字
          at: cut between 6 and 20, with words on both sides"#]],
    );
    check(
        Desk::new(),
        &[split("09.09", 7)],
        expect![[r#"
        field_invalid: 没有编号为 09.09 的任务
          commitment: there is no commitment 09.09"#]],
    );
}

#[test]
fn halves_come_together_again() {
    check(
        Desk::new(),
        &[split("01.01", 14), merge("01.01a")],
        expect![[
            r#"{"event":"replaced","new":[{"assist":[],"binding":null,"cadences":[],"confirmed":null,"counter":null,"help":null,"id":"01.01a","lead":null,"named":[],"opinion":null,"quantities":[{"comparator":"=","deadline":null,"period":null,"unit":"公里","value":50}],"questions":[{"about":"第一时间","answers":[],"id":"q1"}],"span":[5,20],"weight":2,"words":""}],"old":["01.01a","01.01b"]}"#
        ]],
    );
    check(
        Desk::new(),
        &[merge("01.01")],
        expect![[
            r#"{"event":"replaced","new":[{"assist":[],"binding":null,"cadences":[],"confirmed":null,"counter":null,"help":null,"id":"01.01","lead":null,"named":[],"opinion":null,"quantities":[{"comparator":"=","deadline":null,"period":null,"unit":"公里","value":50}],"questions":[{"about":"第一时间","answers":[],"id":"q1"}],"span":[5,28],"weight":2,"words":""}],"old":["01.01","01.02"]}"#
        ]],
    );
    check(
        Desk::new(),
        &[merge("01.02")],
        expect![[r#"
        field_invalid: 任务 01.02 之后没有可以合并的相邻任务
          commitment: no commitment follows 01.02 that it could be joined with"#]],
    );
    check(
        Desk::new(),
        &[merge("02.01")],
        expect![[r#"
        field_invalid: 任务 02.01 之后没有可以合并的相邻任务
          commitment: no commitment follows 02.01 that it could be joined with"#]],
    );
}

#[test]
fn what_is_corrected_must_be_confirmed_again() {
    let confirm = json!({ "act": "confirm", "commitments": ["01.02", "01.02"] });
    check(Desk::new(), from_ref(&confirm), expect![[r#"{"commitments":["01.02"],"event":"confirmed"}"#]]);
    check(Desk::new(), &[confirm.clone(), confirm.clone()], expect![[""]]);
    let mut desk = Desk::new();
    for correction in [
        json!({ "act": "weigh", "commitment": "01.02", "weight": 9 }),
        json!({ "act": "reclass", "commitment": "01.02", "class": "duty" }),
        json!({ "act": "requantify", "commitment": "01.02", "quantities": [] }),
        json!({ "act": "name_offices", "commitment": "01.02", "lead": 2 }),
        json!({ "act": "bind", "commitment": "01.02", "binding": { "kind": "opinion" } }),
    ] {
        desk.done(confirm.clone());
        desk.done(correction.clone());
        assert_eq!(desk.plan.commitments["01.02"].confirmed, None, "{correction}");
    }
    assert_eq!(desk.plan.commitments["01.02"].rule, "reviewer");
}

#[test]
fn corrections_are_checked() {
    let act = |more: Value| {
        let mut act = json!({ "commitment": "01.01" });
        act.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        act
    };
    let weigh = act(json!({ "act": "weigh", "weight": 101 }));
    check(
        Desk::new(),
        &[weigh],
        expect![[r#"
        field_invalid: 权重为 0 至 100 分
          weight: a weight is 0 to 100 points"#]],
    );
    let offices = act(json!({ "act": "name_offices", "lead": 99 }));
    check(
        Desk::new(),
        &[offices],
        expect![[r#"
        field_invalid: 没有编号为 99 的单位
          lead: there is no office 99"#]],
    );
    let offices = act(json!({ "act": "name_offices", "lead": 1, "assist": [2, 1, 2] }));
    check(
        Desk::new(),
        &[offices],
        expect![[r#"{"assist":[2],"commitment":"01.01","event":"offices_named","lead":1}"#]],
    );
    let amount = json!({ "text": "50公里", "value": 50, "unit": "公里", "comparator": "==" });
    let quantity = act(json!({ "act": "requantify", "quantities": [amount] }));
    check(
        Desk::new(),
        &[quantity],
        expect![[r#"
        field_invalid: 比较符应为 =、>=、<= 或 ~，收到的是 ==
          quantities: a comparator is =, >=, <= or ~"#]],
    );
    let answer = act(json!({ "act": "answer", "question": "q9", "text": "三十分钟" }));
    check(
        Desk::new(),
        &[answer],
        expect![[r#"
        field_invalid: 任务 01.01 没有问题 q9
          question: commitment 01.01 has no question q9"#]],
    );
    let answer = act(json!({ "act": "answer", "question": "q1", "text": "　 " }));
    check(
        Desk::new(),
        &[answer],
        expect![[r#"
        field_invalid: 请填写内容
          text: write something here"#]],
    );
    let watch = act(json!({ "act": "watch", "counter": { "kind": "waived", "reason": "字".repeat(501) } }));
    check(
        Desk::new(),
        &[watch],
        expect![[r#"
        field_invalid: 最多 500 字，现有 501 字
          reason: at most 500 characters, there are 501"#]],
    );
    let same = act(json!({ "act": "reclass", "class": "count" }));
    check(Desk::new(), &[same], expect![[""]]);
}

#[test]
fn a_binding_must_be_possible_in_the_year() {
    let due = day("2026-12-31");
    let count =
        |target: i64, unit: &str, due: Day| json!({ "kind": "count", "target": target, "unit": unit, "due": due });
    check(
        Desk::new(),
        &[bind(count(0, "公里", due))],
        expect![[r#"
        field_invalid: 目标数量应大于 0
          target: the target is above zero"#]],
    );
    check(
        Desk::new(),
        &[bind(count(5, " ", due))],
        expect![[r#"
        field_invalid: 请填写内容
          unit: write something here"#]],
    );
    check(
        Desk::new(),
        &[bind(count(5, "公里", day("2025-12-31")))],
        expect![[r#"
        field_invalid: 完成时限不能早于 2026-01-01
          due: due not before 2026-01-01"#]],
    );
    let curve = json!({ "kind": "count", "target": 5, "unit": "公里", "due": due, "curve": [0, 9, 8, 10, 20, 30, 40, 50, 60, 70, 80, 100] });
    check(
        Desk::new(),
        &[bind(curve)],
        expect![[r#"
        field_invalid: 月度计划为 12 个不下降的百分数，十二月为 100
          curve: a curve is twelve percentages that never fall and end at 100"#]],
    );
    let rate = json!({ "kind": "duty", "measure": "on_time", "procedure": "case", "target": 101, "min_cases": 5 });
    check(
        Desk::new(),
        &[bind(rate)],
        expect![[r#"
        field_invalid: 比率目标应在 0 至 100 之间
          target: a rate is between 0 and 100"#]],
    );
}

#[test]
fn steps_and_periods_lie_in_the_year() {
    let due = day("2026-12-31");
    let steps = |steps: Value| json!({ "kind": "milestones", "steps": steps });
    check(
        Desk::new(),
        &[bind(steps(json!([])))],
        expect![[r#"
        field_invalid: 节点应有 1 至 24 个
          steps: 1 to 24 steps"#]],
    );
    let twice = json!([{ "id": "a", "title": "开工", "due": due }, { "id": "a", "title": "完工", "due": due }]);
    check(
        Desk::new(),
        &[bind(steps(twice))],
        expect![[r#"
        field_invalid: 每个节点要有各不相同的编号和名称
          steps: each step has an id of its own and a title"#]],
    );
    let early = json!([{ "id": "a", "title": "开工", "due": day("2025-06-01") }]);
    check(
        Desk::new(),
        &[bind(steps(early))],
        expect![[r#"
        field_invalid: 节点“开工”的时限 2025-06-01 早于要点年度
          steps: step a is due before the year of the plan"#]],
    );
    let schedule =
        |from: &str, to: &str| json!({ "kind": "schedule", "cadence": "daily", "from": day(from), "to": day(to) });
    check(
        Desk::new(),
        &[bind(schedule("2026-05-01", "2026-04-01"))],
        expect![[r#"
        field_invalid: 结束日期早于开始日期
          to: the last day is before the first"#]],
    );
    check(
        Desk::new(),
        &[bind(schedule("0001-01-01", "2026-04-01"))],
        expect![[r#"
        field_invalid: 起止日期应在 2024-12-31 至 2028-01-01 之间
          from: the days lie between 2024-12-31 and 2028-01-01"#]],
    );
    check(
        Desk::new(),
        &[bind(schedule("2026-01-01", "9999-04-01"))],
        expect![[r#"
        field_invalid: 起止日期应在 2024-12-31 至 2028-01-01 之间
          from: the days lie between 2024-12-31 and 2028-01-01"#]],
    );
    check(
        Desk::new(),
        &[bind(json!({ "kind": "mechanism", "alive_days": 0 }))],
        expect![[r#"
        field_invalid: 存活天数应至少为 1
          alive_days: alive_days is at least 1"#]],
    );
    let long = "字".repeat(101);
    check(
        Desk::new(),
        &[bind(steps(json!([{ "id": "a", "title": long, "due": due }])))],
        expect![[r#"
        field_invalid: 最多 100 字，现有 101 字
          steps: at most 100 characters, there are 101"#]],
    );
}

#[test]
fn what_is_in_force_is_not_reviewed_but_its_plain_words_are_free() {
    check(
        Desk::in_force(),
        &[split("01.01", 14)],
        expect!["move_not_possible: 要点已发布，内容只能经调整审批程序修改；请发起“要点调整”"],
    );
    let words = |words: &str| json!({ "act": "put_in_words", "commitment": "01.01", "words": words });
    check(
        Desk::in_force(),
        &[words(" 新铺50公里水管 ")],
        expect![[r#"{"commitment":"01.01","event":"put_in_words","words":"新铺50公里水管"}"#]],
    );
    check(Desk::in_force(), &[words(" ")], expect![[r#"{"commitment":"01.01","event":"put_in_words","words":""}"#]]);
}

/// Not one character but separators is outside the commitments and the context.
fn tiles(plan: &Plan) -> Result<(), String> {
    for item in &plan.items {
        let own = plan.commitments.values().filter(|one| one.item == item.no).map(|one| one.span);
        let mut spans: Vec<(u32, u32)> = own.chain(item.context.iter().copied()).collect();
        spans.sort_unstable();
        let mut at = item.body_from;
        for (from, to) in spans {
            if from < at {
                return Err(format!("{from} overlaps"));
            }
            if !slice(&item.text, (at, from)).chars().all(is_separator) {
                return Err(format!("{} is outside", slice(&item.text, (at, from))));
            }
            at = to;
        }
        if !slice(&item.text, (at, u32::MAX)).chars().all(is_separator) {
            return Err("the end is outside".to_owned());
        }
    }
    let differs = |one: &&Commitment| plan.item(one.item).is_none_or(|item| slice(&item.text, one.span) != one.text);
    match plan.commitments.values().find(differs) {
        Some(one) => Err(format!("{} is not what stands there", one.id)),
        None => Ok(()),
    }
}

proptest! {
    #[test]
    fn commitments_tile_the_text_however_they_are_cut(cuts in prop::collection::vec((0_usize..9, 0_u32..40, any::<bool>()), 0..12)) {
        let mut desk = Desk::new();
        for (which, at, together) in cuts {
            let ids: Vec<String> = desk.plan.commitments.keys().cloned().collect();
            let id = &ids[which % ids.len()];
            desk.ask(if together { merge(id) } else { split(id, at) });
            let tiled = tiles(&desk.plan);
            prop_assert_eq!(tiled, Ok(()));
        }
    }
}
