//! What the public sees, without a log-in and without JavaScript.

use expect_test::expect;
use serde_json::json;

use super::{ledger::reported, *};
use crate::loop_of_a_case::make;

#[tokio::test]
async fn nothing_is_promised_before_a_plan_is_in_force() {
    let world = World::new();
    let nobody = world.nobody();
    assert_eq!(nobody.get("/public/promises").await.status, 404);
    imported(&world).await;
    let page = nobody.get("//promises").await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("还没有发布年度工作要点"), "{}", page.text());
    assert_eq!(nobody.get("/public/promises/1/01.01/photo").await.status, 404);
    assert_eq!(nobody.get("//promises?year=12").await.status, 400);
    world.finish();
}

#[tokio::test]
async fn promises_are_plain_words_with_numbers_and_a_picture() {
    let world = World::new();
    in_force(&world).await;
    let nobody = world.nobody();
    let photo = |promises: &Value| promises["promises"][0]["photo"].clone();
    assert_eq!(photo(&nobody.get("/public/promises").await.json()), Value::Null);
    let case = reported(&world.demo("head-utilities").await, 8, "2026-03-01").await;
    assert_eq!(nobody.get("/public/promises/1/01.01/photo").await.status, 404);
    make(&world.demo("supervise1").await, case, "approve", json!({}), &[]).await;
    let promises = nobody.get("/public/promises?year=2026").await;
    assert_eq!(promises.header("cache-control"), "public, max-age=60");
    check(
        &serde_json::to_string_pretty(&promises.json()["promises"]).unwrap(),
        expect![[r#"
            [
              {
                "day": "2026-03-01",
                "id": "01.01",
                "item_title": "供水",
                "light": "green",
                "light_before": "red",
                "office_name": "«utilities»",
                "percent": 16,
                "photo": "/api/v1/public/promises/1/01.01/photo",
                "places": [
                  [
                    113.649,
                    34.757
                  ]
                ],
                "section": 1,
                "target": 50,
                "unit": "公里",
                "value": 8,
                "value_before": 0,
                "words": "新铺50公里水管 <script>alert(1)</script>"
              },
              {
                "day": null,
                "id": "02.02",
                "item_title": "道路",
                "light": "red",
                "light_before": "red",
                "office_name": "«roads»",
                "percent": 0,
                "photo": null,
                "places": [],
                "section": 1,
                "target": 40,
                "unit": "条",
                "value": 0,
                "value_before": 0,
                "words": "修好40条路"
              }
            ]"#]],
    );
    let picture = nobody.get(&format!("/{}", text(&photo(&promises.json())))).await;
    assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/jpeg"));
    assert_eq!(nobody.get("/public/promises/1/02.01/photo").await.status, 404);
    assert_eq!(nobody.get("/public/promises?year=2025").await.status, 404);
    world.finish();
}

#[tokio::test]
async fn the_page_of_promises_is_safe_and_can_be_embedded() {
    let world = World::new();
    in_force(&world).await;
    let nobody = world.nobody();
    let page = nobody.get("//promises").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    let html = page.text();
    assert!(html.contains("新铺50公里水管 &lt;script&gt;alert(1)&lt;/script&gt;") && html.contains("<nav>"), "{html}");
    assert!(!html.contains("<script"), "{html}");
    for query in ["light=%22%3E%3Cscript%3E", "lang=%3Cscript%3E", "embed=1&section=99", "embed=%22%3E"] {
        let got = nobody.get(&format!("//promises?{query}")).await;
        assert!(got.status == 200 && !got.text().contains("<script"), "{query}: {}", got.text());
    }
    let embedded = nobody.get("//promises?embed=1&section=1&lang=en").await;
    assert!(!embedded.text().contains("<nav>") && embedded.text().contains("Promises of 2026"), "{}", embedded.text());
    assert!(
        embedded.header("content-security-policy").contains("frame-ancestors *"),
        "{}",
        embedded.header("content-security-policy")
    );
    assert!(page.header("content-security-policy").contains("frame-ancestors 'self'"));
    world.finish();
}

#[tokio::test]
async fn a_city_without_plans_has_none() {
    let world = World::of("boston");
    let reviewer = world.demo("supervise1").await;
    let mut seen = format!("{}\n", reviewer.get("/plans").await.json());
    for path in ["/plans/1", "/plans/1/ledger", "/plans/1/letters", "/plans/1/meetings", "/plans/1/tree"] {
        seen += &format!("{path} {}\n", reviewer.get(path).await.status.as_u16());
    }
    let acts = ask(&reviewer, json!({ "act": "adopt" })).await;
    let read = reviewer.post_form("/plans", &[], &[document().as_bytes()]).await;
    seen += &format!("{}\n{}\n", refused(&acts), refused(&read));
    let page = world.nobody().get("//promises").await;
    seen += &format!("{} {}", page.status.as_u16(), page.text().contains("还没有发布年度工作要点"));
    check(
        &seen,
        expect![[r#"
            {"items":[],"may":[]}
            /plans/1 404
            /plans/1/ledger 404
            /plans/1/letters 404
            /plans/1/meetings 404
            /plans/1/tree 404
            404 not_found: 这里没有您可以查看的内容
            404 not_found: 这里没有您可以查看的内容
            404 true"#]],
    );
    world.finish();
}
