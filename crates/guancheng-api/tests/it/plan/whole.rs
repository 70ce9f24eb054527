//! After a year of acts: the log verifies, a copy has the same head, and a plan is the fold of its records.

use std::path::Path;

use guancheng_app::ports::Read;
use guancheng_plan::{PlanRecord, replay};
use guancheng_store::{Options, Store};
use serde_json::json;

use super::{ledger::reported, *};
use crate::loop_of_a_case::make;

fn records(store: &Store) -> Vec<PlanRecord> {
    store.read(|store| store.plan_records(1, 0)).unwrap()
}

#[tokio::test]
async fn plans_survive_a_copy() {
    let world = World::new();
    in_force(&world).await;
    let (reviewer, head) = (world.demo("supervise1").await, world.demo("head-utilities").await);
    sign(&head, 102, "office").await;
    let case = reported(&head, 8, "2026-03-01").await;
    make(&reviewer, case, "approve", json!({}), &[]).await;
    act(&head, json!({ "act": "ask_help", "commitment": "01.01", "text": "迁改受阻" })).await;
    act(&reviewer, json!({ "act": "draft_circular" })).await;
    act(&reviewer, json!({ "act": "draft_appraisal", "period": "half" })).await;
    let decisions = json!([{ "text": "协调迁改", "office": 102, "due": "2026-03-20", "commitment": "01.01" }]);
    act(
        &reviewer,
        json!({ "act": "hold_meeting", "series": "weekly", "period": "2026-03-02", "held_on": "2026-03-02",
        "present": "各牵头处室", "minutes": "逐项过堂", "decisions": decisions }),
    )
    .await;
    let kept = world.store.read(|store| world.city.plans.plan(store, 1)).unwrap();
    assert_eq!(*kept, replay(&records(&world.store)));
    let mut copy = Vec::new();
    let out = world.store.export(&mut copy).unwrap();
    let dir = world.store.dir().with_extension("copy");
    let back = Store::import(&dir, &mut copy.as_slice(), Path::new("copy")).unwrap();
    assert_eq!((back.head, back.records), (out.head, out.records));
    let store = Store::open(&dir, Options::default()).unwrap();
    assert_eq!(records(&store), records(&world.store));
    let day = world.city.day(world.now());
    let sums = |store: &Store| store.read(|store| store.progress(1, day)).unwrap();
    assert_eq!(sums(&store), sums(&world.store));
    drop(store);
    // The folder is temporary; what cannot be removed is the system's to clean up.
    let _removed = std::fs::remove_dir_all(&dir);
    world.finish();
}
