//! The wire format of every event, as a file: an event may gain optional fields and never lose or rename one. The year
//! of the made-up plan makes each of them at least once.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;
use crate::{evolve::replay, model::Amendment};

/// Every command once, so that every event happens.
fn year() -> Desk {
    let mut desk = Desk { decided: vec![CaseId(40)], ..Desk::new() };
    let of = |act: &str| json!({ "act": act, "commitment": "01.01" });
    let with = |mut command: Value, more: Value| {
        command.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        command
    };
    desk.done(with(of("split"), json!({ "at": 14 })));
    desk.done(json!({ "act": "merge", "commitment": "01.01a" }));
    let mut renamed = ready();
    renamed
        .iter_mut()
        .for_each(|command| *command = serde_json::from_str(&command.to_string().replace("01.01", "01.01a")).unwrap());
    renamed.into_iter().for_each(|command| desk.done(command));
    let first = |act: &str| json!({ "act": act, "commitment": "01.01a" });
    desk.done(with(first("reclass"), json!({ "class": "duty" })));
    let amount = json!({ "text": "50公里", "value": 50.5, "unit": "公里", "comparator": ">=", "deadline": day("2026-12-31"), "period": "year" });
    desk.done(with(first("requantify"), json!({ "quantities": [amount] })));
    desk.done(with(first("put_in_words"), json!({ "words": "新铺50公里水管" })));
    desk.done(json!({ "act": "confirm", "commitments": ["01.01a"] }));
    desk.done(json!({ "act": "unconfirm", "commitment": "01.02" }));
    desk.done(json!({ "act": "confirm", "commitments": ["01.02"] }));
    desk.done(json!({ "act": "adopt" }));
    desk.done(json!({ "act": "sign", "office": WATER, "side": "office" }));
    desk.done(with(first("delegate"), json!({ "office": CREW, "post": 111, "text": "城东片区" })));
    desk.done(with(first("ask_help"), json!({ "text": "管线迁改受阻" })));
    desk.done(first("end_help"));
    desk.done(json!({ "act": "judge", "commitment": "02.01", "mark": 85, "reason": "已实地查看" }));
    let before = desk.plan.commitments["01.01a"].clone();
    let change = serde_json::from_value(json!({ "what": "lead", "office": ROADS })).unwrap();
    let reason = "管线改道".to_owned();
    let amendment = Amendment {
        commitment: before.id.clone(),
        change,
        before: Box::new(before),
        case: CaseId(41),
        reason,
        stamp: STAMP,
    };
    desk.record(vec![Event::Amended { amendment, letters: vec![(WATER, "00".repeat(32))] }]);
    papers(&mut desk);
    desk
}

fn papers(desk: &mut Desk) {
    let decision = json!({ "text": "协调迁改", "office": WATER, "due": day("2026-03-20"), "commitment": "01.01a" });
    desk.done(
        json!({ "act": "hold_meeting", "series": "weekly", "period": day("2026-03-02"), "held_on": day("2026-03-02"),
        "present": "各处室", "minutes": "逐项过堂", "decisions": [decision] }),
    );
    desk.done(json!({ "act": "draft_circular" }));
    desk.done(json!({ "act": "edit_circular", "circular": 1, "title": "三月通报", "body": "水管落后。" }));
    desk.done(json!({ "act": "issue_circular", "circular": 1 }));
    desk.done(json!({ "act": "release_circular", "circular": 1 }));
    desk.done(json!({ "act": "correct_circular", "circular": 1, "reason": "数字有误", "title": "", "body": "" }));
    desk.today = day("2026-06-30");
    desk.done(json!({ "act": "draft_appraisal", "period": "half" }));
    desk.done(json!({ "act": "mark_office", "appraisal": 1, "office": WATER, "mark": 90, "reason": "工作主动" }));
    desk.done(json!({ "act": "adjust_office", "appraisal": 1, "office": WATER, "points": -0.5, "reason": "两次迟报" }));
    desk.done(json!({ "act": "appeal", "appraisal": 1, "office": WATER, "commitment": "01.02", "text": "会议有记录" }));
    desk.done(
        json!({ "act": "rule_appeal", "appraisal": 1, "appeal": 1, "upheld": true, "points": 3, "reason": "查证属实" }),
    );
    desk.today = day("2026-07-08");
    desk.done(json!({ "act": "finalise_appraisal", "appraisal": 1 }));
}

#[test]
fn every_event_keeps_its_wire_format() {
    let desk = year();
    let mut first: BTreeMap<&str, &Event> = BTreeMap::new();
    for event in desk.records.iter().flat_map(|record| &record.events) {
        first.entry(event.name()).or_insert(event);
    }
    assert_eq!(first.len(), 30, "an event is missing from the year: {:?}", first.keys());
    let text = serde_json::to_string_pretty(&first).unwrap() + "\n";
    expect_test::expect_file!["golden.json"].assert_eq(&text);
    let read: BTreeMap<String, Event> = serde_json::from_str(&text).unwrap();
    for (name, event) in read {
        assert_eq!(&event, first[name.as_str()]);
    }
}

#[test]
fn a_plan_is_the_fold_of_its_records() {
    let desk = year();
    let written: Vec<PlanRecord> = desk
        .records
        .iter()
        .map(|record| {
            let text = serde_json::to_string(&record.events).unwrap();
            PlanRecord { events: serde_json::from_str(&text).unwrap(), ..record.clone() }
        })
        .collect();
    assert_eq!(replay(&written), desk.plan);
}
