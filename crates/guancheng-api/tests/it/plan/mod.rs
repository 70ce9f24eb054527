//! A plan's year over HTTP, from the published text to the final appraisal, on an invented document of three items.

mod force;
mod ledger;
mod papers;
mod public;
mod review;
mod rights;
pub mod sheets;
mod whole;

use expect_test::Expect;
use serde_json::{Value, json};

use crate::{
    client::{Client, Got},
    world::{World, pack},
};

/// The document. The words in angle brackets are hostile; the second office has brackets of the other width.
pub fn document() -> String {
    let [water, helper, roads, union] = ["utilities", "complex", "roads", "union"].map(office);
    let helper = helper.replace('(', "（").replace(')', "）");
    format!(
        "2026年城市管理工作要点
一、基础设施
1、供水。新建供水管道50公里，第一时间抢修爆管；每月召开一次调度会。
责任处室：{water} {helper}
2、道路。修订道路养护管理办法。整修<b>道路</b>40条。
责任处室：{roads}
二、队伍建设
3、来信。按时办结群众来信，加强业务培训。
责任处室：{union}
"
    )
}

/// The name of an office by its code.
pub fn office(code: &str) -> String {
    pack("zhengzhou").offices.iter().find(|office| office.code == *code).unwrap().name.to_string()
}

/// The offices that lead: public utilities, road facilities, the union.
pub const OFFICES: [(i64, &str); 3] = [(102, "head-utilities"), (104, "head-roads"), (125, "head-union")];

/// Compares with the offices' codes in place of their names, which belong to the pack.
pub fn check(seen: &str, expect: Expect) {
    let pack = pack("zhengzhou");
    let mut offices: Vec<_> =
        pack.offices.iter().filter(|office| office.code != "union" && office.code != "office").collect();
    offices.sort_by_key(|office| std::cmp::Reverse(office.name.len()));
    let mut seen = seen.to_owned();
    for office in offices {
        seen = seen.replace(office.name.as_str(), &format!("«{}»", office.code));
    }
    expect.assert_eq(&seen);
}

/// Reads the document in; the plan's id is 1.
pub async fn imported(world: &World) {
    let got = world.demo("supervise1").await.post_form("/plans", &[], &[document().as_bytes()]).await;
    assert_eq!((got.status.as_u16(), got.header("location")), (201, "/api/v1/plans/1"), "{}", got.text());
}

/// Asks something of the plan.
pub async fn ask(client: &Client, act: Value) -> Got {
    client.post("/plans/1/acts", json!({ "act": act })).await
}

/// Does something that must succeed; what happened.
pub async fn act(client: &Client, act: Value) -> Value {
    let got = ask(client, act.clone()).await;
    assert_eq!(got.status, 200, "{act}: {}", got.text());
    got.json()["did"].clone()
}

/// Status, code and detail of a refusal, with the fields it marks.
pub fn refused(got: &Got) -> String {
    let problem = got.json();
    let fields = problem["fields"].as_array().cloned().unwrap_or_default();
    let field = |field: &Value| format!("\n  {}: {}", text(&field["field"]), text(&field["message"]));
    let fields: String = fields.iter().map(field).collect();
    format!("{} {}: {}{fields}", got.status.as_u16(), text(&problem["code"]), text(&problem["detail"]))
}

pub fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What a draft lacks for adoption, in the order of the review: questions, bindings, watches, plain words, confirmation.
pub fn missing() -> Vec<Value> {
    let of = |act: &str, id: &str, more: Value| {
        let mut act = json!({ "act": act, "commitment": id });
        act.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        act
    };
    let duty = json!({ "kind": "duty", "measure": "on_time", "procedure": "petition", "target": 95, "min_cases": 5 });
    let watch = json!({ "counter": { "kind": "indicator", "text": "一年内爆管次数" } });
    let waive = json!({ "counter": { "kind": "waived", "reason": "由记录直接计算" } });
    vec![
        of("answer", "01.02", json!({ "question": "q1", "text": "三十分钟" })),
        of("bind", "03.01", json!({ "binding": duty })),
        of("watch", "01.01", watch),
        of("watch", "02.02", waive.clone()),
        of("watch", "03.01", waive),
        of("weigh", "01.01", json!({ "weight": 9 })),
        of("put_in_words", "01.01", json!({ "words": "新铺50公里水管 <script>alert(1)</script>" })),
        of("put_in_words", "02.02", json!({ "words": "修好40条路" })),
        json!({ "act": "confirm", "commitments": ["01.01", "01.02", "01.03", "02.01", "02.02", "03.01", "03.02"] }),
    ]
}

/// The plan in force on the first morning.
pub async fn in_force(world: &World) {
    imported(world).await;
    let reviewer = world.demo("supervise1").await;
    for command in missing() {
        act(&reviewer, command).await;
    }
    act(&world.demo("leader1").await, json!({ "act": "adopt" })).await;
}

/// Signs a letter with the empty password of a demo city.
pub async fn sign(client: &Client, office: i64, side: &str) -> Got {
    let body = json!({ "side": side, "password": "" });
    client.post(&format!("/plans/1/letters/{office}/signatures"), body).await
}

/// One line of the ledger.
pub async fn line(client: &Client, id: &str) -> Value {
    let ledger = client.get("/plans/1/ledger").await.json();
    let found = ledger["lines"].as_array().unwrap().iter().find(|line| line["commitment"] == *id).cloned();
    found.unwrap_or_else(|| panic!("no line {id}: {ledger}"))
}

/// Light, value, source and reasons of a line.
pub fn shows(line: &Value) -> String {
    let reasons: Vec<String> = line["reasons"].as_array().unwrap().iter().map(text).collect();
    format!(
        "{} {}/{} {} pending {} failed {} source {}\n{}",
        text(&line["light"]),
        line["value"],
        line["target"],
        text(&line["unit"]),
        line["pending"],
        line["failed"],
        text(&line["source"]),
        reasons.join("\n"),
    )
}

/// Opens a report of progress by the head of an office; the case.
pub async fn report(head: &Client, fields: Value, evidence: &[i64]) -> i64 {
    let got = head.post("/cases", progress(fields, evidence)).await;
    assert_eq!(got.status, 201, "{}", got.text());
    got.json()["id"].as_i64().unwrap()
}

/// The request that reports progress.
pub fn progress(fields: Value, evidence: &[i64]) -> Value {
    json!({ "kind": "plan_progress", "source": "unit", "fields": fields, "evidence": evidence, "note": "" })
}
