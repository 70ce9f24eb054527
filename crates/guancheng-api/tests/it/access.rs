//! Who may: every operation of the document, as nobody, as a stranger without grants, and as each role. The matrix is a
//! text that somebody who does not program can read; an operation without a sample here fails the test.

use std::collections::BTreeMap;

use axum::{body::Body, http::Method};
use guancheng_app::ports::Read;
use guancheng_base::{CaseId, Instant};
use serde_json::{Value, json};

use crate::{
    client::{Client, PNG, new_key},
    plan,
    world::World,
};

/// One operation with a request that is well-formed. `{case}`, `{code}` and `{file}` stand for a report with a photo made
/// for it alone.
struct Sample {
    path: &'static str,
    body: Sent,
}

enum Sent {
    Nothing,
    Json(Value),
    Photo,
    Plan,
    Sheet,
}

fn get(path: &'static str) -> Option<Sample> {
    Some(Sample { path, body: Sent::Nothing })
}

fn post(path: &'static str, body: Value) -> Option<Sample> {
    Some(Sample { path, body: Sent::Json(body) })
}

fn sample(operation: &str) -> Option<Sample> {
    match operation {
        "log_in" => post("/session", json!({ "login": "nobody", "password": "wrong" })),
        "who_am_i" | "log_out" => get("/session"),
        "list_demo_logins" => get("/session/demo"),
        "log_in_demo" => post("/session/demo", json!({ "login": "unknown" })),
        "list_tokens" => get("/tokens"),
        "make_token" => post("/tokens", json!({ "label": "a", "scopes": ["read"], "days": 1 })),
        "remove_token" => get("/tokens/999"),
        "get_pack" => get("/pack"),
        "get_codelist" => get("/codelists/case_category"),
        "get_procedure_page" => get("/procedures/case/page"),
        "list_offices" => get("/offices"),
        "get_public_pack" => get("/public/pack"),
        "list_areas" => get("/areas?level=district"),
        "locate" => get("/locate?lon=113.649&lat=34.757"),
        "list_cases" => get("/cases"),
        "count_cases" => get("/cases/counts?by=state"),
        "map_cases" => get("/cases/map"),
        "export_cases" => get("/cases/export?format=csv"),
        "open_case" => post("/cases", json!({ "kind": "petition", "source": "letter" })),
        "upload_file" => Some(Sample { path: "/files", body: Sent::Photo }),
        "list_public_near" => get("/public/near?lon=113.649&lat=34.757"),
        "report" => post("/reports", json!({ "text": "井盖缺失" })),
        "stream_events" => get("/events"),
        "get_health" => get("/health"),
        "list_audit" => get("/audit"),
        "verify_audit" => post("/audit/verify", json!({})),
        _ => of_a_case(operation).or_else(|| of_a_plan(operation)).or_else(|| of_a_measure(operation)),
    }
}

fn of_a_case(operation: &str) -> Option<Sample> {
    match operation {
        "get_case" => get("/cases/{case}"),
        "get_case_history" => get("/cases/{case}/history"),
        "list_near_cases" => get("/cases/{case}/near"),
        "list_case_contacts" => get("/cases/{case}/contacts"),
        "move_case" => post("/cases/{case}/moves", json!({ "move": "ask_verify", "if_seq": 1 })),
        "extend_clock" => {
            post("/cases/{case}/extensions", json!({ "clock": "filing", "n": 1, "unit": "work_hour", "if_seq": 1 }))
        }
        "rule_on_ask" => post("/cases/{case}/asks/1", json!({ "grant": true, "if_seq": 1 })),
        "answer_part" => post("/cases/{case}/parts/none", json!({ "agree": true, "opinion": "同意", "if_seq": 1 })),
        "pause_clock" => post("/cases/{case}/pauses", json!({ "clock": "filing", "why": "none", "if_seq": 1 })),
        "resume_clock" => get("/cases/{case}/pauses/filing?if_seq=1"),
        "comment_on_case" => post("/cases/{case}/comments", json!({ "text": "留言" })),
        "get_file" => get("/files/{file}?case={case}"),
        "get_file_thumb" => get("/files/{file}/thumb?case={case}"),
        "get_report" => get("/reports/{code}"),
        "answer_report" => post("/reports/{code}/answer", json!({ "fixed": true })),
        _ => None,
    }
}

fn of_a_measure(operation: &str) -> Option<Sample> {
    match operation {
        "list_indicators" => get("/indicators"),
        "get_value" => get("/indicators/case.on_time_rate/value?subject=city"),
        "list_value_rows" => get("/indicators/case.on_time_rate/rows?subject=city&side=den"),
        "list_scorecards" => get("/scorecards"),
        "get_board" => get("/scorecards/collector.month/board"),
        "get_board_file" => get("/scorecards/district.month/board-file"),
        _ => None,
    }
}

/// The plan of the test is in force and has a circular that was released.
fn of_a_plan(operation: &str) -> Option<Sample> {
    match operation {
        "list_plans" => get("/plans"),
        "import_plan" => Some(Sample { path: "/plans", body: Sent::Plan }),
        "get_plan" => get("/plans/1"),
        "act_on_plan" => post("/plans/1/acts", json!({ "act": { "act": "release_circular", "circular": 1 } })),
        "list_letters" => get("/plans/1/letters"),
        "get_letter" => get("/plans/1/letters/102"),
        "sign_letter" => post("/plans/1/letters/102/signatures", json!({ "side": "bureau", "password": "" })),
        "get_ledger" => get("/plans/1/ledger"),
        "get_ledger_line" => get("/plans/1/ledger/01.01"),
        "get_ledger_file" => get("/plans/1/ledger-file"),
        "import_progress" => Some(Sample { path: "/plans/1/progress/import", body: Sent::Sheet }),
        "list_meetings" => get("/plans/1/meetings"),
        "list_circulars" => get("/plans/1/circulars"),
        "get_circular" => get("/plans/1/circulars/1"),
        "list_appraisals" => get("/plans/1/appraisals"),
        "list_posts" => get("/posts?office=102"),
        "get_tree" => get("/plans/1/tree"),
        "list_promises" => get("/public/promises"),
        "get_promise_photo" => get("/public/promises/1/02.01/photo"),
        _ => None,
    }
}

/// (method, operation id, needs a log-in) of the whole document.
fn operations() -> Vec<(Method, String, bool)> {
    let document: Value = serde_json::from_str(&guancheng_api::openapi_document()).unwrap();
    let mut all = Vec::new();
    for item in document["paths"].as_object().unwrap().values() {
        for (method, operation) in item.as_object().unwrap() {
            let public = operation["security"].as_array().is_some_and(|schemes| schemes.contains(&json!({})));
            let method = method.to_uppercase().parse().unwrap();
            all.push((method, operation["operationId"].as_str().unwrap().to_owned(), !public));
        }
    }
    all
}

/// The first demo log-in of every role, by role.
fn logins(world: &World) -> BTreeMap<String, String> {
    let mut logins = BTreeMap::new();
    for person in &world.pack.people {
        let post = world.pack.posts.iter().find(|post| post.id == person.post).unwrap();
        for grant in &post.grants {
            logins.entry(grant.role.to_string()).or_insert_with(|| person.login.to_string());
        }
    }
    logins
}

async fn status(world: &World, client: &Client, method: &Method, sample: &Sample) -> u16 {
    let mut path = sample.path.to_owned();
    if path.contains('{') {
        let texts = [("text", "井盖缺失"), ("lon", "113.649"), ("lat", "34.757")];
        let photos: &[&[u8]] = if path.contains("{file}") { &[PNG] } else { &[] };
        let code = world.nobody().post_form("/reports", &texts, photos).await.json()["code"].clone();
        let case = world.store.health(world.now()).unwrap().cases;
        let state = world.store.read(|store| store.case(CaseId(case.cast_signed()))).unwrap().unwrap();
        let file = state.evidence.first().map(|fact| fact.id.to_string()).unwrap_or_default();
        path = path.replace("{case}", &case.to_string()).replace("{code}", code.as_str().unwrap());
        path = path.replace("{file}", &file);
    }
    let request = client.request(method.clone(), &path).header("idempotency-key", new_key());
    let request = match &sample.body {
        Sent::Nothing => request.body(Body::empty()),
        Sent::Json(value) => request.header("content-type", "application/json").body(Body::from(value.to_string())),
        Sent::Photo => return client.post_form(&path, &[], &[PNG]).await.status.as_u16(),
        Sent::Plan => return client.post_form(&path, &[], &[plan::document().as_bytes()]).await.status.as_u16(),
        Sent::Sheet => {
            let sheet = plan::sheets::sheet(Instant(0));
            return client.post_form(&path, &[], &[&sheet]).await.status.as_u16();
        }
    };
    client.open(request.unwrap()).await.status().as_u16()
}

/// A list of roles as a reader wants it.
fn words(roles: &[&str], all: usize) -> String {
    match roles.first() {
        Some(&"nobody") if roles.len() == all => "everybody".to_owned(),
        Some(&"stranger") if roles.len() == all - 1 => "everybody who has logged in".to_owned(),
        _ => roles.join(" "),
    }
}

#[tokio::test]
async fn the_matrix_of_who_may() {
    let world = World::new();
    plan::in_force(&world).await;
    let reviewer = world.demo("supervise1").await;
    for act in ["draft_circular", "issue_circular", "release_circular"] {
        let circular =
            if act == "draft_circular" { json!({ "act": act }) } else { json!({ "act": act, "circular": 1 }) };
        plan::act(&reviewer, circular).await;
    }
    let mut clients = vec![("nobody".to_owned(), world.nobody()), ("stranger".to_owned(), world.stranger().await)];
    for (role, login) in logins(&world) {
        clients.push((role, world.demo(&login).await));
    }
    let mut text = String::new();
    for (method, operation, needs_login) in operations() {
        let sample = sample(&operation).unwrap_or_else(|| panic!("operation {operation} is not covered: add a sample"));
        text += &format!("{operation} ({method} {})\n", sample.path);
        let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
        for (role, client) in &clients {
            // Whoever logs out is logged in no more, so each comes as a copy that logs in again.
            let again = operation == "log_out" && role != "nobody";
            let client = if again { fresh(&world, role).await } else { client.clone() };
            let seen = status(&world, &client, &method, &sample).await;
            assert!(seen < 500, "{operation} as {role}: {seen}");
            if role == "nobody" {
                assert_eq!(seen == 401 && operation != "log_in", needs_login, "{operation}: {seen}");
            }
            by_status.entry(seen).or_default().push(role);
            world.pass_minutes(if operation == "log_in" { 16 } else { 0 });
        }
        for (status, roles) in by_status {
            text += &format!("  {status} {}\n", words(&roles, clients.len()));
        }
    }
    expect_test::expect_file!["access.txt"].assert_eq(&text);
    world.finish();
}

async fn fresh(world: &World, role: &str) -> Client {
    match logins(world).get(role) {
        Some(login) => world.demo(login).await,
        None => world.stranger().await,
    }
}
