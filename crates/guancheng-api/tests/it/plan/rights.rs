//! Who may do what to a plan, and who sees what hangs on it.

use expect_test::expect;
use serde_json::json;

use super::*;

/// Every act. On a draft none of them succeeds, so that whoever may is told what else is wrong.
fn acts() -> Vec<Value> {
    let of = |act: &str, more: Value| {
        let mut act = json!({ "act": act });
        act.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        act
    };
    let circular = json!({ "circular": 9 });
    let words = json!({ "circular": 9, "title": "a", "body": "b", "reason": "c" });
    let appraisal = json!({ "appraisal": 9, "office": 102, "reason": "a" });
    vec![
        of("weigh", json!({ "commitment": "09.01", "weight": 1 })),
        of("adopt", json!({})),
        of("delegate", json!({ "commitment": "01.01", "office": 404, "text": "a" })),
        of("ask_help", json!({ "commitment": "01.01", "text": "a" })),
        of("end_help", json!({ "commitment": "01.01" })),
        of("judge", json!({ "commitment": "01.01", "mark": 1, "reason": "a" })),
        of(
            "hold_meeting",
            json!({ "series": "weekly", "period": "2026-03-02", "held_on": "2026-03-02", "present": "a", "minutes": "b" }),
        ),
        of("draft_circular", json!({})),
        of("edit_circular", json!({ "circular": 9, "title": "a", "body": "b" })),
        of("issue_circular", circular.clone()),
        of("release_circular", circular),
        of("correct_circular", words),
        of("draft_appraisal", json!({ "period": "half" })),
        of("mark_office", {
            let mut mark = appraisal.clone();
            mark["mark"] = json!(1);
            mark
        }),
        of("adjust_office", {
            let mut points = appraisal;
            points["points"] = json!(1);
            points
        }),
        of("appeal", json!({ "appraisal": 9, "office": 102, "text": "a" })),
        of("rule_appeal", json!({ "appraisal": 9, "appeal": 1, "upheld": true, "reason": "a" })),
        of("finalise_appraisal", json!({ "appraisal": 9 })),
    ]
}

#[tokio::test]
async fn every_act_is_for_its_post() {
    let world = World::new();
    imported(&world).await;
    let mut clients = Vec::new();
    for login in ["supervise1", "leader1", "eval1", "head-utilities", "head-roads", "intake1", "crew-water", "admin1"] {
        clients.push((login, world.demo(login).await));
    }
    let mut seen = String::new();
    for act in acts() {
        let mut may = Vec::new();
        for (login, client) in &clients {
            let status = ask(client, act.clone()).await.status.as_u16();
            assert!([200, 403, 409, 422].contains(&status), "{act} by {login}: {status}");
            if status != 403 {
                may.push(*login);
            }
        }
        seen += &format!("{} {}\n", text(&act["act"]), may.join(" "));
    }
    for side in ["office", "bureau"] {
        let mut may = Vec::new();
        for (login, client) in &clients {
            if sign(client, 102, side).await.status != 403 {
                may.push(*login);
            }
        }
        seen += &format!("sign for the {side} {}\n", may.join(" "));
    }
    check(
        &seen,
        expect![[r#"
        weigh supervise1
        adopt leader1
        delegate head-utilities
        ask_help head-utilities
        end_help head-utilities
        judge leader1
        hold_meeting supervise1
        draft_circular supervise1
        edit_circular supervise1
        issue_circular supervise1
        release_circular supervise1
        correct_circular supervise1
        draft_appraisal supervise1 eval1
        mark_office leader1
        adjust_office supervise1 eval1
        appeal head-utilities
        rule_appeal supervise1 eval1
        finalise_appraisal supervise1 eval1
        sign for the office head-utilities
        sign for the bureau leader1
    "#]],
    );
    world.finish();
}

#[tokio::test]
async fn a_stranger_finds_nothing() {
    let world = World::new();
    in_force(&world).await;
    let (stranger, nobody) = (world.stranger().await, world.nobody());
    for path in [
        "/plans",
        "/plans/1",
        "/plans/1/letters",
        "/plans/1/letters/102",
        "/plans/1/ledger",
        "/plans/1/ledger/01.01",
        "/plans/1/ledger-file",
        "/plans/1/meetings",
        "/plans/1/circulars",
        "/plans/1/circulars/1",
        "/plans/1/appraisals",
        "/plans/1/tree",
    ] {
        assert_eq!(
            (stranger.get(path).await.status.as_u16(), nobody.get(path).await.status.as_u16()),
            (404, 401),
            "{path}"
        );
    }
    assert_eq!(ask(&stranger, json!({ "act": "adopt" })).await.status, 404);
    assert_eq!(sign(&stranger, 102, "office").await.status, 404);
    for path in ["/plans", "/plans/1/progress/import"] {
        assert_eq!(stranger.post_form(path, &[], &[document().as_bytes()]).await.status, 404, "{path}");
    }
    let intake = world.demo("intake1").await;
    assert_eq!(intake.post_form("/plans", &[], &[document().as_bytes()]).await.status, 403);
    for path in ["/plans/2", "/plans/2/ledger", "/plans/2/letters/102"] {
        assert_eq!(intake.get(path).await.status, 404, "{path}");
    }
    world.finish();
}

#[tokio::test]
async fn accountability_is_for_those_who_need_to_know() {
    let world = World::new();
    let fields = json!({ "circular": "督查通报〔2026〕1号", "rule": "考核办法第九条", "kind": "talk", "complained_of": 102, "person": "某某", "facts": "连续转红" });
    let opened = world
        .demo("discipline1")
        .await
        .post("/cases", json!({ "kind": "accountability", "source": "leader", "fields": fields }))
        .await;
    assert_eq!(opened.status, 201, "{}", opened.text());
    let mut seen = String::new();
    for login in [
        "discipline1",
        "leader1",
        "supervise1",
        "head-utilities",
        "desk-utilities",
        "head-discipline",
        "intake1",
        "eval1",
        "admin1",
    ] {
        let client = world.demo(login).await;
        let listed = client.get("/cases?kind=accountability").await.json()["items"].as_array().unwrap().len();
        seen += &format!("{login} {} {listed}\n", client.get("/cases/1").await.status.as_u16());
    }
    check(
        &seen,
        expect![[r#"
        discipline1 200 1
        leader1 200 1
        supervise1 200 1
        head-utilities 404 0
        desk-utilities 404 0
        head-discipline 404 0
        intake1 404 0
        eval1 404 0
        admin1 404 0
    "#]],
    );
    world.finish();
}
