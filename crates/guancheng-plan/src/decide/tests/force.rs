//! Adoption, letters, the task tree, help, judgement, amendment.

use expect_test::expect;
use guancheng_base::CaseId;
use serde_json::{Value, json};

use super::*;
use crate::{decide::amend, model::Change};

fn adopt() -> Value {
    json!({ "act": "adopt" })
}

fn sign(office: OfficeId, side: &str) -> Value {
    json!({ "act": "sign", "office": office, "side": side })
}

#[test]
fn a_draft_with_gaps_is_not_adopted() {
    check(
        Desk::new(),
        &[adopt()],
        expect![[r#"
        field_missing: 还有 10 处未完成：每条任务都要确认、明确牵头单位和落实方式，有指标的要有制衡指标或说明，疑问都要回答
          01.01: 01.01: not confirmed
          01.01: 01.01: no lead office
          01.01: 01.01: bound to nothing
          01.01: 01.01: an open question
          01.02: 01.02: not confirmed
          01.02: 01.02: no lead office
          01.02: 01.02: bound to nothing
          02.01: 02.01: not confirmed
          02.01: 02.01: no lead office
          02.01: 02.01: bound to nothing"#]],
    );
    let all = ready();
    for (at, left_out) in all.iter().enumerate() {
        if left_out["act"] == "weigh" {
            continue;
        }
        let mut desk = Desk::new();
        let others = all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, command)| command.clone());
        others.for_each(|command| desk.done(command));
        let said = desk.ask(adopt());
        assert!(said.starts_with("field_missing"), "{left_out}: {said}");
    }
}

#[test]
fn adoption_freezes_a_baseline_and_opens_letters() {
    check(
        Desk::new(),
        &[ready(), vec![adopt()]].concat(),
        expect![[
            r#"{"baseline":"cece9b3dddbb74a03711ca16b2d0d0f14982ba35400d62f377be80e65b371d02","event":"adopted","letters":[[1,{"earlier":[],"hash":"1d404c8df2e2d71e5a39e650694336a4ff5e061e70c9e9605e1a8d7440ea1e43","signatures":[]}],[2,{"earlier":[],"hash":"0973f382adfc37a98e8b434e8edf7fd229127fff7793c69ad6d9912057ec2c71","signatures":[]}]]}"#
        ]],
    );
    check(Desk::in_force(), &[adopt()], expect![[""]]);
    check(
        Desk::new(),
        &[sign(WATER, "office")],
        expect!["move_not_possible: 要点尚未审定发布；请先完成逐条复核并发布"],
    );
}

#[test]
fn a_letter_is_signed_by_two_people() {
    check(
        Desk::in_force(),
        &[sign(WATER, "office")],
        expect![[
            r#"{"event":"signed","office":1,"signature":{"hash":"1d404c8df2e2d71e5a39e650694336a4ff5e061e70c9e9605e1a8d7440ea1e43","name":"第7人","person":7,"post":101,"side":"office"}}"#
        ]],
    );
    check(Desk::in_force(), &[sign(WATER, "office"), sign(WATER, "office")], expect![[""]]);
    check(
        Desk::in_force(),
        &[sign(WATER, "office"), sign(WATER, "bureau")],
        expect!["not_by_you: 同一人不能代表双方签署"],
    );
    check(
        Desk::in_force(),
        &[sign(CREW, "office")],
        expect![[r#"
        field_invalid: 该单位没有牵头任务，没有目标责任书
          office: this office leads nothing and has no letter"#]],
    );
    let mut desk = Desk::in_force();
    desk.done(sign(WATER, "office"));
    check(
        desk.by(8),
        &[sign(WATER, "bureau")],
        expect![[
            r#"{"event":"signed","office":1,"signature":{"hash":"1d404c8df2e2d71e5a39e650694336a4ff5e061e70c9e9605e1a8d7440ea1e43","name":"第8人","person":8,"post":101,"side":"bureau"}}"#
        ]],
    );
}

/// What an approved amendment comes to.
fn amended(desk: &mut Desk, commitment: &str, change: Value) -> String {
    let change: Change = serde_json::from_value(change).unwrap();
    let ctx = Ctx { now: desk.now(), actor: Actor::Person { id: PersonId(9), grants: Vec::new() } };
    let offices = [(WATER, "供水处".to_owned()), (ROADS, "道路处".to_owned())].into();
    let (posts, heads) = (BTreeMap::new(), BTreeMap::new());
    let world = World {
        ctx: &ctx,
        today: desk.today,
        calendar: &desk.calendar,
        settings: &desk.settings,
        offices: &offices,
        posts: &posts,
        heads: &heads,
        signer: None,
        frozen: None,
        decided: &[],
    };
    match amend(&desk.plan, commitment, change, CaseId(40), "管线改道", world) {
        Ok(events) => {
            desk.record(events);
            String::new()
        }
        Err(refusal) => format!("{}: {}", refusal.code, refusal.text.zh),
    }
}

/// Who has signed each letter under its present content, and under earlier ones.
fn signatures(plan: &Plan) -> String {
    let sides = |all: &[crate::model::Signature]| all.iter().map(|one| format!("{:?} ", one.side)).collect::<String>();
    let row = |(office, letter): (&OfficeId, &crate::model::Letter)| {
        format!("{office}: {}/ {}\n", sides(&letter.signatures), sides(&letter.earlier))
    };
    plan.letters.iter().map(row).collect()
}

fn signed() -> Desk {
    let mut desk = Desk::in_force();
    [WATER, ROADS].iter().for_each(|office| desk.done(sign(*office, "office")));
    desk = desk.by(8);
    [WATER, ROADS].iter().for_each(|office| desk.done(sign(*office, "bureau")));
    desk
}

#[test]
fn an_amendment_opens_the_letters_it_touches_and_no_other() {
    let mut desk = signed();
    let fewer = json!({ "kind": "count", "target": 36, "unit": "公里", "due": day("2026-12-31") });
    assert_eq!(amended(&mut desk, "01.01", json!({ "what": "binding", "binding": fewer })), "");
    expect![[r#"
        1: / Office Bureau 
        2: Office Bureau / 
    "#]]
    .assert_eq(&signatures(&desk.plan));
    assert_eq!(amended(&mut desk, "01.01", json!({ "what": "binding", "binding": fewer })), "");
    assert_eq!(amended(&mut desk, "01.02", json!({ "what": "lead", "office": ROADS })), "");
    expect![[r#"
        1: / Office Bureau 
        2: / Office Bureau 
    "#]]
    .assert_eq(&signatures(&desk.plan));
    let versions: Vec<String> =
        desk.plan.amendments.iter().map(|one| format!("{} {:?}", one.commitment, one.before.lead)).collect();
    expect![[r#"
        01.01 Some(OfficeId(1))
        01.01 Some(OfficeId(1))
        01.02 Some(OfficeId(1))"#]]
    .assert_eq(&versions.join("\n"));
    let nothing = json!({ "kind": "count", "target": 0, "unit": "公里", "due": day("2026-12-31") });
    expect!["field_invalid: 目标数量应大于 0"].assert_eq(&amended(
        &mut desk,
        "01.01",
        json!({ "what": "binding", "binding": nothing }),
    ));
    expect!["field_invalid: 没有编号为 99 的单位"].assert_eq(&amended(
        &mut desk,
        "01.01",
        json!({ "what": "lead", "office": 99 }),
    ));
    expect!["move_not_possible: 要点尚未审定发布；请先完成逐条复核并发布"].assert_eq(&amended(
        &mut Desk::new(),
        "01.01",
        json!({ "what": "lead", "office": ROADS }),
    ));
}

#[test]
fn a_letter_without_commitments_is_none() {
    let mut desk = signed();
    assert_eq!(amended(&mut desk, "02.01", json!({ "what": "lead", "office": WATER })), "");
    check(
        desk.clone().by(9),
        &[sign(ROADS, "office")],
        expect!["move_not_possible: 该单位的任务已全部调整给其他单位，责任书不再签署"],
    );
    expect![[r#"
        1: / Office Bureau 
        2: / Office Bureau 
    "#]]
    .assert_eq(&signatures(&desk.plan));
}

#[test]
fn a_duty_goes_down_to_a_post() {
    let delegate = |more: Value| {
        let mut command = json!({ "act": "delegate", "commitment": "01.01", "office": CREW, "text": "城东片区" });
        command.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        command
    };
    check(
        Desk::in_force(),
        &[delegate(json!({}))],
        expect![[
            r#"{"delegation":{"commitment":"01.01","id":1,"office":11,"parent":null,"post":null},"event":"delegated"}"#
        ]],
    );
    check(
        Desk::in_force(),
        &[delegate(json!({})), delegate(json!({ "parent": 1, "post": 111 }))],
        expect![[
            r#"{"delegation":{"commitment":"01.01","id":2,"office":11,"parent":1,"post":111},"event":"delegated"}"#
        ]],
    );
    check(
        Desk::in_force(),
        &[delegate(json!({ "post": 101 }))],
        expect![[r#"
        field_invalid: 该岗位不属于所选单位
          post: the post is not in that office"#]],
    );
    check(
        Desk::in_force(),
        &[delegate(json!({ "parent": 4 }))],
        expect![[r#"
        field_invalid: 没有编号为 4 的上级分解
          parent: there is no delegation 4 of this commitment"#]],
    );
    check(
        Desk::in_force(),
        &[delegate(json!({})), delegate(json!({ "parent": 1, "commitment": "02.01" }))],
        expect![[r#"
            field_invalid: 没有编号为 1 的上级分解
              parent: there is no delegation 1 of this commitment"#]],
    );
    check(
        Desk::in_force(),
        &[delegate(json!({ "office": 99 }))],
        expect![[r#"
        field_invalid: 没有编号为 99 的单位
          office: there is no office 99"#]],
    );
}

#[test]
fn help_is_asked_for_and_ends() {
    let ask = json!({ "act": "ask_help", "commitment": "01.01", "text": "管线迁改受阻" });
    let end = json!({ "act": "end_help", "commitment": "01.01" });
    check(Desk::new(), from_ref(&ask), expect!["move_not_possible: 要点尚未审定发布；请先完成逐条复核并发布"]);
    check(Desk::in_force(), from_ref(&ask), expect![[r#"{"commitment":"01.01","event":"help_asked","help":{}}"#]]);
    check(Desk::in_force(), from_ref(&end), expect![[""]]);
    check(Desk::in_force(), &[ask, end], expect![[r#"{"commitment":"01.01","event":"help_ended"}"#]]);
}

#[test]
fn only_what_no_record_shows_is_judged() {
    let judge = |commitment: &str, mark: u8| json!({ "act": "judge", "commitment": commitment, "mark": mark, "reason": "已实地查看" });
    check(
        Desk::in_force(),
        &[judge("02.01", 85)],
        expect![[r#"{"commitment":"02.01","event":"judged","opinion":{"mark":85,"reason":"已实地查看"}}"#]],
    );
    check(
        Desk::in_force(),
        &[judge("02.01", 101)],
        expect![[r#"
        field_invalid: 评议分为 0 至 100
          mark: a mark is 0 to 100"#]],
    );
    check(Desk::in_force(), &[judge("01.01", 85)], expect!["condition_false: 任务 01.01 由记录计算，不以评议定结果"]);
}
