//! From a case to a board and back: what was done is counted, every number opens to its cases, and cases only to those
//! who may see them.

use std::sync::Arc;

use expect_test::{Expect, expect};
use guancheng_app::{
    measure::{Facts, board, dump},
    ports::{CaseQuery, GroupBy, Read},
};
use guancheng_org::{Scope, ScopeClause};
use serde_json::{Value, json};

use crate::{
    client::Client,
    loop_of_a_case::{PLACE, make, reported},
    world::World,
};

/// The first demo log-in that holds a role.
fn login(world: &World, role: &str) -> String {
    let holds = |post: &str| {
        let post = world.pack.posts.iter().find(|one| one.id == *post).unwrap();
        post.grants.iter().any(|grant| grant.role == *role)
    };
    world.pack.people.iter().find(|person| holds(&person.post)).unwrap().login.to_string()
}

/// One case closed at the second check, one filed and left to fall due; the day after. The unit of both.
async fn played(world: &World) -> i64 {
    reported(world).await;
    let intake = world.demo("intake1").await;
    let filed = make(&intake, 1, "file", json!({ "not_duplicate": true }), &[]).await;
    let unit = filed["unit"]["id"].as_i64().unwrap();
    let (works, checks) = (world.demo(&world.login_in(unit)).await, world.demo("check1").await);
    make(&works, 1, "accept", json!({}), &[]).await;
    for (mv, fields) in [("fail", json!({ "check_note": "仍有垃圾" })), ("close", json!({}))] {
        world.pass_minutes(20);
        let photo = works.upload(PLACE, &world.city.show(world.now())).await;
        make(&works, 1, "feed_back", json!({ "result_note": "已劝离" }), &[photo]).await;
        world.pass_minutes(10);
        let photo = checks.upload(PLACE, &world.city.show(world.now())).await;
        make(&checks, 1, mv, fields, &[photo]).await;
    }
    reported(world).await;
    make(&intake, 2, "file", json!({ "not_duplicate": true }), &[]).await;
    world.pass_minutes(24 * 60);
    unit
}

async fn seen(client: &Client, path: &str) -> Value {
    let got = client.get(path).await;
    assert_eq!(got.status, 200, "{path}: {}", got.text());
    got.json()
}

fn check(seen: &str, expect: Expect) {
    expect.assert_eq(seen);
}

#[tokio::test]
async fn a_case_becomes_facts() {
    let world = World::new();
    played(&world).await;
    let (kept, rebuilt) = world
        .store
        .read::<_, guancheng_app::AppError>(|store| {
            Ok((world.city.figures.facts(&world.city, store)?, Facts::rebuilt(&world.city, store)?))
        })
        .unwrap();
    let text = |facts: &Facts| dump(facts.by_case.values().map(Arc::as_ref)).replace('\t', "\n  ");
    expect_test::expect_file!["facts.txt"].assert_eq(&text(&rebuilt));
    assert_eq!(text(&kept), text(&rebuilt));
    world.finish();
}

/// What is kept and caught up is what a rebuild gives; closed cases are as many as the store counts; and nothing is
/// computed twice.
#[tokio::test]
async fn facts_are_caught_up_and_agree_with_the_counts() {
    let world = World::new();
    let read = |world: &World| {
        let at = world.now();
        let city = Arc::clone(&world.city);
        world.store.read::<_, guancheng_app::AppError>(|store| {
            let facts = city.figures.facts(&city, store)?;
            let query = CaseQuery { kinds: vec![city.pack.report_kind.clone()], ..CaseQuery::default() };
            let counts =
                store.counts(&query, &Scope { clauses: vec![ScopeClause::everything()] }, GroupBy::State, at)?;
            let board = board(&city, store, "district.month", None, at)?;
            Ok((facts, Facts::rebuilt(&city, store)?, counts, board))
        })
    };

    read(&world).unwrap();
    played(&world).await;
    let (kept, rebuilt, counts, first) = read(&world).unwrap();
    let text = |facts: &Facts| dump(facts.by_case.values().map(Arc::as_ref));
    assert_eq!(text(&kept), text(&rebuilt));
    let closed = kept.cases().iter().filter(|case| case.outcome.as_deref() == Some("closed")).count() as u64;
    let counted = counts.items.iter().find(|(state, _)| state == "closed").map_or(0, |(_, n)| *n);
    assert_eq!((kept.by_case.len() as u64, closed), (counts.total, counted));
    let (again, _, _, second) = read(&world).unwrap();
    assert!(Arc::ptr_eq(&kept, &again) && Arc::ptr_eq(&first, &second), "nothing changed");
    world.finish();
}

fn told(board: &Value) -> String {
    let row = |row: &Value| {
        let points: Vec<String> =
            row["lines"].as_array().unwrap().iter().map(|line| line["points"].to_string()).collect();
        let (rank, total) = (&row["rank"], &row["total"]);
        format!("{rank} {} {} [{}] {total} {}", row["group"], row["title"], points.join(" "), row["grade"])
    };
    let rows: Vec<String> = board["rows"].as_array().unwrap().iter().map(row).collect();
    format!("{} {} final {}\n{}\n", board["scorecard"]["title"], board["period"], board["is_final"], rows.join("\n"))
}

#[tokio::test]
async fn a_board_opens_to_its_cases() {
    let world = World::new();
    let unit = played(&world).await;
    let leader = world.demo(&login(&world, "leader")).await;
    let board = seen(&leader, "/scorecards/district.month/board?period=month:2026-03").await;
    check(
        &told(&board),
        expect![[r#"
            "各区、管委会月排名" "2026-03" final false
            null "中心城区" "中原区" [null "5" null null null "0"] null null
            null "中心城区" "二七区" [null "5" null null null "0"] null null
            null "中心城区" "管城回族区" [null "4.78" null null null "0"] null null
            null "中心城区" "金水区" [null "5" null null null "0"] null null
            null "中心城区" "惠济区" [null "5" null null null "0"] null null
            null "开发区、管委会" "经开区" [null "5" null null null "0"] null null
            null "开发区、管委会" "高新区" [null "5" null null null "0"] null null
            null "开发区、管委会" "郑东新区" [null "5" null null null "0"] null null
        "#]],
    );
    let cells = seen(&leader, "/scorecards/grid.month/board?period=month:2026-03").await;
    check(
        &told(&cells),
        expect![[r#"
        "单元网格月评价" "2026-03" final false
        1 null "410104001001049" ["10" "18" "15" "20"] "63.00" "黄色"
    "#]],
    );
    let quarter = seen(&leader, "/scorecards/district.month/board?period=quarter:2026-Q1").await;
    assert_eq!((&quarter["rows"][0]["lines"], &quarter["health"]), (&json!([]), &Value::Null));

    let of = "subject=district:410104&period=month:2026-03";
    let value = seen(&leader, &format!("/indicators/case.on_time_rate/value?{of}")).await;
    check(
        value["formula"].as_str().unwrap(),
        expect!["按期处置率 = 1 ÷ 2 × 100 = not rated: the base is below 10; to date"],
    );
    let missed = seen(&leader, &format!("/indicators/case.on_time_rate/rows?{of}&side=missed")).await;
    assert_eq!((missed["items"][0]["id"].as_i64(), missed["total"].as_i64()), (Some(2), Some(1)));
    let first = seen(&leader, &format!("/indicators/case.on_time_rate/rows?{of}&side=den&limit=1")).await;
    let next = first["next"].as_str().unwrap();
    let second = seen(&leader, &format!("/indicators/case.on_time_rate/rows?{of}&side=den&limit=1&after={next}")).await;
    assert_eq!((first["items"][0]["id"].as_i64(), second["items"][0]["id"].as_i64()), (Some(1), Some(2)));
    assert_eq!(second["next"], Value::Null);

    let own = world.demo(&world.login_in(unit)).await;
    let rows = format!("/indicators/case.on_time_rate/rows?{of}&side=den");
    assert_eq!(seen(&own, &rows).await["items"].as_array().unwrap().len(), 2, "its own cases");
    let other = world.demo(&world.login_in(404)).await;
    let seen = seen(&other, &rows).await;
    assert_eq!((seen["items"].as_array().unwrap().len(), &seen["total"]), (0, &json!(2)), "totals, no rows");
    assert_eq!(other.get("/scorecards/collector.month/board").await.status, 404, "people are not its business");
    assert_eq!(world.stranger().await.get("/scorecards/district.month/board").await.status, 404);
    assert_eq!(leader.get("/scorecards/district.month/board?period=week").await.status, 400);
    assert_eq!(leader.get("/scorecards/district.month/board?period=soon").await.status, 400);
    assert_eq!(leader.get("/indicators/none/value").await.status, 404);
    let file = leader.get("/scorecards/district.month/board-file?period=month:2026-03").await;
    assert_eq!(
        (file.status.as_u16(), file.header("content-disposition")),
        (200, "attachment; filename=\"district.month-2026-03.xlsx\"")
    );
    world.finish();
}
