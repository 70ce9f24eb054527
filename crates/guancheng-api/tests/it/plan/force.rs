//! Letters and signatures, the task tree, help, amendment.

use expect_test::expect;
use guancheng_app::setup::post_id;
use guancheng_document::read;
use serde_json::json;

use super::*;
use crate::{client::new_key, loop_of_a_case::make, world::TWO_POSTS};

/// Letters as `office name commitments weight complete (present/earlier signatures)`.
async fn letters(client: &Client) -> String {
    let page = client.get("/plans/1/letters").await.json();
    let row = |one: &Value| {
        let n = |key: &str| one[key].as_array().unwrap().len();
        format!(
            "{} {} {} {} {} ({}/{})\n",
            one["office"],
            text(&one["name"]),
            one["commitments"],
            one["weight"],
            one["complete"],
            n("signatures"),
            n("earlier")
        )
    };
    let rows: String = page["items"].as_array().unwrap().iter().map(row).collect();
    format!("{rows}{} of {}\n", page["signed"], page["all"])
}

#[tokio::test]
async fn letters_are_signed_by_both_sides_with_a_password_asked_again() {
    let world = World::new();
    in_force(&world).await;
    let (head, leader) = (world.demo("head-utilities").await, world.demo("leader1").await);
    let path = "/plans/1/letters/102/signatures";
    let wrong = head.post(path, json!({ "side": "office", "password": "wrong" })).await;
    check(&refused(&wrong), expect!["401 wrong_login: 用户名与密码不符"]);
    world.pass_minutes(30);
    let key = new_key();
    let body = json!({ "side": "office", "password": "" });
    let first = head.post_with_key(path, &key, body.clone()).await;
    assert_eq!((first.status.as_u16(), first.json()["did"].clone()), (200, json!(["signed"])), "{}", first.text());
    let again = head.post_with_key(path, &key, body).await;
    assert_eq!((again.status, again.text()), (first.status, first.text()));
    assert_eq!(sign(&head, 102, "office").await.json()["did"], json!([]));
    check(&refused(&sign(&head, 104, "office").await), expect!["403 not_allowed: 只有该单位负责人的岗位可以办理"]);
    check(&refused(&sign(&head, 102, "bureau").await), expect!["403 not_allowed: 只有局领导的岗位可以办理"]);
    check(&refused(&sign(&leader, 102, "office").await), expect!["403 not_allowed: 只有该单位负责人的岗位可以办理"]);
    let stale = json!({ "side": "bureau", "password": "", "if_seq": 1 });
    check(&refused(&leader.post(path, stale).await), expect!["409 seq_conflict: 已被他人更改，请刷新后再办"]);
    assert_eq!(sign(&leader, 102, "bureau").await.json()["did"], json!(["signed"]));
    check(
        &letters(&head).await,
        expect![[r#"
            102 «utilities» 3 12 true (2/0)
            104 «roads» 2 6 false (0/0)
            125 工会 2 3 false (0/0)
            1 of 3
        "#]],
    );
    world.finish();
}

#[tokio::test]
async fn one_person_never_signs_for_both_sides() {
    let world = World::new();
    in_force(&world).await;
    let both = world.demo(TWO_POSTS).await;
    assert_eq!(sign(&both, 125, "office").await.status, 200);
    check(&refused(&sign(&both, 125, "bureau").await), expect!["403 not_by_you: 同一人不能代表双方签署"]);
    assert_eq!(sign(&both, 104, "bureau").await.status, 200);
    let page = both.get("/plans/1/letters").await.json();
    let names: Vec<String> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| one["signatures"].as_array().unwrap().clone())
        .map(|one| text(&one["name"]))
        .collect();
    check(
        &names.join("\n"),
        expect![[r#"
        吴晓燕（局长）
        吴晓燕（工会负责人）"#]],
    );
    world.finish();
}

#[tokio::test]
async fn an_approved_amendment_opens_the_letter_again() {
    let world = World::new();
    in_force(&world).await;
    let leader = world.demo("leader1").await;
    for (office, head) in OFFICES {
        sign(&world.demo(head).await, office, "office").await;
        sign(&leader, office, "bureau").await;
    }
    check(
        &letters(&leader).await,
        expect![[r#"
            102 «utilities» 3 12 true (2/0)
            104 «roads» 2 6 true (2/0)
            125 工会 2 3 true (2/0)
            3 of 3
        "#]],
    );
    let head = world.demo("head-utilities").await;
    let fields = json!({ "commitment": "1/01.01", "unit": 102, "new_target": 36, "reason": "管线改道" });
    let opened = head.post("/cases", json!({ "kind": "plan_amendment", "source": "unit", "fields": fields })).await;
    assert_eq!(opened.status, 201, "{}", opened.text());
    let case = opened.json()["id"].as_i64().unwrap();
    let reviewer = world.demo("supervise1").await;
    make(&reviewer, case, "review", json!({ "review_note": "属实" }), &[]).await;
    make(&leader, case, "approve", json!({}), &[]).await;
    check(
        &letters(&leader).await,
        expect![[r#"
            102 «utilities» 3 12 false (0/2)
            104 «roads» 2 6 true (2/0)
            125 工会 2 3 true (2/0)
            2 of 3
        "#]],
    );
    let detail = head.get("/plans/1/ledger/01.01").await.json();
    let amendment = &detail["amendments"][0];
    check(
        &format!(
            "{} {} {} → {}",
            amendment["case"],
            text(&amendment["reason"]),
            amendment["before"]["binding"]["target"],
            detail["line"]["target"]
        ),
        expect!["1 管线改道 50 → 36"],
    );
    assert_eq!(sign(&head, 102, "office").await.json()["did"], json!(["signed"]));
    world.finish();
}

#[tokio::test]
async fn an_amendment_that_fits_no_binding_is_refused_whole() {
    let world = World::new();
    in_force(&world).await;
    let head = world.demo("head-roads").await;
    let fields = json!({ "commitment": "1/02.01", "unit": 104, "new_target": 36, "reason": "没有目标可改" });
    let opened = head.post("/cases", json!({ "kind": "plan_amendment", "source": "unit", "fields": fields })).await;
    let case = opened.json()["id"].as_i64().unwrap();
    make(&world.demo("supervise1").await, case, "review", json!({ "review_note": "属实" }), &[]).await;
    let leader = world.demo("leader1").await;
    let seq = leader.get(&format!("/cases/{case}")).await.json()["seq"].clone();
    let got = leader.post(&format!("/cases/{case}/moves"), json!({ "move": "approve", "if_seq": seq })).await;
    check(
        &refused(&got),
        expect![[r#"
        422 field_missing: 请填写新目标、新时限或新牵头单位，且与该任务的落实方式相符
          fields.new_target: 请填写新目标、新时限或新牵头单位，且与该任务的落实方式相符"#]],
    );
    assert_eq!(leader.get(&format!("/cases/{case}")).await.json()["seq"], seq);
    assert_eq!(leader.get("/plans/1").await.json()["amendments"], json!([]));
    world.finish();
}

#[tokio::test]
async fn letters_are_papers() {
    let world = World::new();
    in_force(&world).await;
    let head = world.demo("head-roads").await;
    sign(&head, 104, "office").await;
    let docx = head.get("/plans/1/letters/104?format=docx").await;
    assert_eq!(docx.header("content-disposition"), "attachment; filename=\"letter-2026-104.docx\"");
    let content = read::read(&docx.bytes).unwrap();
    let words = format!("{:?}", content.blocks);
    for expected in ["年度目标责任书", "整修<b>道路</b>40条", &format!("{}负责人", office("roads"))] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    let html = head.get("/plans/1/letters/104?format=html").await;
    assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
    assert!(
        html.text().contains("整修&lt;b&gt;道路&lt;/b&gt;40条") && !html.text().contains("<b>道路"),
        "{}",
        html.text()
    );
    assert_eq!(head.get("/plans/1/letters/106").await.status, 404);
    assert_eq!(head.get("/plans/1/letters/104?format=rtf").await.status, 400);
    world.finish();
}

#[tokio::test]
async fn a_duty_goes_down_to_a_post_and_finds_its_holder() {
    let world = World::new();
    in_force(&world).await;
    let head = world.demo("head-utilities").await;
    let down = |office: i64, post: Option<&str>, parent: Option<u32>| {
        json!({ "act": "delegate", "commitment": "01.01", "parent": parent, "office": office,
            "post": post.map(|post| post_id(post).0), "text": "城东片区管道" })
    };
    act(&head, down(404, None, None)).await;
    act(&head, down(404, Some("crew-water"), Some(1))).await;
    check(
        &refused(&ask(&head, down(404, Some("crew-gas"), None)).await),
        expect![[r#"
        422 field_invalid: 该岗位不属于所选单位
          post: 该岗位不属于所选单位"#]],
    );
    check(
        &refused(&ask(&head, down(104, None, None)).await),
        expect![[r#"
        422 field_invalid: 任务只能分解到牵头单位自己或其下属单位
          office: 任务只能分解到牵头单位自己或其下属单位"#]],
    );
    check(
        &refused(&ask(&world.demo("head-roads").await, down(404, None, None)).await),
        expect!["403 not_allowed: 只有该单位负责人的岗位可以办理"],
    );
    let tree = head.get("/plans/1/tree").await.json();
    let row = |node: &Value| {
        format!(
            "{} ↑{} {} {} {}\n",
            node["id"],
            node["parent"],
            text(&node["office_name"]),
            text(&node["post_title"]),
            text(&node["holder"])
        )
    };
    let rows: String = tree["nodes"].as_array().unwrap().iter().map(row).collect();
    check(
        &format!("{rows}{} of {}", tree["reaching_post"], tree["commitments"]),
        expect![[r#"
            1 ↑null «water» null null
            2 ↑1 «water» 处置岗 徐建国
            1 of 7"#]],
    );
    assert_eq!(head.get("/plans/1/ledger/01.01").await.json()["delegations"], tree["nodes"]);
    world.finish();
}

#[tokio::test]
async fn help_is_a_red_of_the_office_itself() {
    let world = World::new();
    in_force(&world).await;
    let head = world.demo("head-utilities").await;
    let help = json!({ "act": "ask_help", "commitment": "01.01", "text": "管线迁改受阻" });
    check(
        &refused(&ask(&world.demo("head-complex").await, help.clone()).await),
        expect!["403 not_allowed: 只有该单位负责人的岗位可以办理"],
    );
    act(&head, help).await;
    check(
        &shows(&line(&head, "01.01").await),
        expect![[r#"
        red 0/50 公里 pending 0 failed 0 source null
        按目前进度，到 2026-12-31 约 0 公里，差 50
        比月度计划落后 3.019 公里
        请求支援：管线迁改受阻"#]],
    );
    let agenda = head.get("/plans/1/meetings").await.json()["agenda"]["help"].clone();
    assert_eq!(agenda.as_array().unwrap().len(), 1);
    act(&head, json!({ "act": "end_help", "commitment": "01.01" })).await;
    check(
        &shows(&line(&head, "01.01").await),
        expect![[r#"
        red 0/50 公里 pending 0 failed 0 source null
        按目前进度，到 2026-12-31 约 0 公里，差 50
        比月度计划落后 3.019 公里"#]],
    );
    world.finish();
}

/// Ids of the lines for which on-site supervision is due.
async fn onsite(client: &Client) -> Vec<String> {
    let page = client.get("/plans/1/meetings").await.json();
    page["agenda"]["onsite"].as_array().unwrap().iter().map(|line| text(&line["commitment"]).to_owned()).collect()
}

#[tokio::test]
async fn two_reds_running_call_for_a_look_on_site() {
    let world = World::new();
    in_force(&world).await;
    act(
        &world.demo("head-utilities").await,
        json!({ "act": "ask_help", "commitment": "01.01", "text": "管线迁改受阻" }),
    )
    .await;
    assert_eq!(onsite(&world.demo("head-utilities").await).await, Vec::<String>::new(), "red once");
    world.pass_minutes(32 * 24 * 60);
    let again = onsite(&world.demo("head-utilities").await).await;
    assert!(again.contains(&"01.01".to_owned()), "red at the end of last month and now: {again:?}");
    world.finish();
}
