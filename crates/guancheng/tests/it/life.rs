//! A whole life over HTTP: reported, filed and by that dispatched, accepted, fed back and checked with photos, closed.

use serde_json::{Value, json};

use crate::{
    folder::{Folder, copy, empty_city},
    http::Client,
    packs,
    people::{By, People, Spot},
    server::Server,
};

/// Memory of a server that nobody asks anything, in KiB. The target of 80 MB is for the release build; without
/// optimisation the binary itself is larger.
const IDLE_KIB: u64 = 200 * 1024;

#[test]
fn a_case_lives_through_all_its_stages() {
    let folder = Folder::new("life");
    let data = folder.join("data");
    copy(empty_city(), &data);
    let server = Server::start(&data, &packs::typed(&packs::demo()), &[]).expect("it serves");
    let idle = server.memory_kib("VmRSS").expect("memory is told");
    assert!(idle < IDLE_KIB, "{idle} KiB");

    let mut people = People::log_in(server.addr).expect("everybody logs in");
    let pack = Client::new(server.addr).get("/api/v1/public/pack").expect("the public pack").json();
    let (case, spot) = filed(&mut people, &pack);
    assert_eq!(case["state"], "dispatched", "{case}");
    let closed = people.after_filing(&case, &spot, 5).expect("every move is made");
    assert_eq!(closed["state"], "closed");

    let history = people.role("checker").expect("a checker").get(&format!("/api/v1/cases/{}/history", case["id"]));
    let history = history.expect("an answer").ok("history").expect("the history");
    assert_eq!(history["items"].as_array().map(Vec::len), closed["seq"].as_u64().map(|seq| seq as usize));
}

/// A case of the first category that may be reported and that the table gives to a unit by itself.
fn filed(people: &mut People, pack: &Value) -> (Value, Spot) {
    let me = people.role("intake").expect("an intake").get("/api/v1/session").expect("a session").json();
    let at = |n: usize| me["city"]["center"][n].as_f64().expect("a centre");
    let spot = Spot { lon: at(0), lat: at(1) };
    for category in pack["categories"].as_array().expect("categories") {
        let code = category["code"].as_str().unwrap_or_default();
        let Ok(case) = people.open("case", code, &spot, "现场情况描述：请尽快处理。") else { continue };
        let filed = people.make(By::Role("intake"), &case, "file", json!({ "not_duplicate": true }), &[]);
        if let Some(case) = filed.ok().filter(|case| case["unit"]["id"].is_i64()) {
            return (case, spot);
        }
    }
    panic!("no category is given to a unit by the table");
}
