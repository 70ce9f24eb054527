//! The loop of seven stages as transcripts.

use expect_test::{Expect, expect};
use guancheng_base::LonLat;

use super::{build::seven_stages, world::*};
use crate::{Command, Value};

fn check(play: impl FnOnce(&mut World), expected: Expect) {
    let mut world = World::new(seven_stages());
    play(&mut world);
    expected.assert_eq(&world.log);
    assert_eq!(crate::replay(&world.records).as_ref(), Some(&world.case), "a replay gives the same case");
}

fn filed(w: &mut World, category: &str) {
    w.open("2014-09-26T16:25", &[("place", Value::Point(HERE))]);
    w.at("2014-09-26T16:40");
    w.go("intake", "file", &[("category", c(category))]);
}

#[test]
fn on_time_and_passed_at_once() {
    check(
        |w| {
            filed(w, "e.1");
            w.at("2014-09-26T16:50");
            w.go("department@12", "accept", &[]);
            w.at("2014-09-28T08:40");
            w.go("department@12", "feed_back", &[("note", t("done"))]);
            w.at("2014-09-28T10:00");
            w.go("checker", "close", &[]);
            w.at("2014-10-01T10:00");
            w.fire();
        },
        expect![[r#"
            2014-09-26T16:25
              reporter: report -> reported: opened; fields_set; filing due 2014-09-26 16:55
            2014-09-26T16:40
              intake: file -> dispatched: filing warned 1 at 2014-09-26 16:40; fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-28 08:40; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-09-28 09:40; tell_unit office:12
            2014-09-26T16:50
              department@12: accept -> working: accept by Person(PersonId(13076))
            2014-09-28T08:40
              department@12: feed_back -> fed_back: disposal warned 1 at 2014-09-28 08:40; fields_set; evidence_added; feed_back by Person(PersonId(13076)); disposal on time; checking due 2014-09-28 14:40
            2014-09-28T10:00
              checker: close -> closed: evidence_added; close by Person(PersonId(725)); checking on time; tell_reporter reporter; ask_reporter reporter; score 
            2014-10-01T10:00
              clock: fire -> nothing
        "#]],
    );
}

#[test]
fn a_failed_check_lets_the_same_clock_go_on() {
    check(
        |w| {
            filed(w, "e.1");
            w.go("department@12", "feed_back", &[("note", t("done"))]);
            w.at("2014-09-28T09:00");
            w.go("checker", "fail", &[]);
            w.go("department@12", "feed_back", &[("note", t("done again"))]);
            w.at("2014-09-28T09:30");
            w.go("checker", "close", &[]);
        },
        expect![[r#"
            2014-09-26T16:25
              reporter: report -> reported: opened; fields_set; filing due 2014-09-26 16:55
            2014-09-26T16:40
              intake: file -> dispatched: filing warned 1 at 2014-09-26 16:40; fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-28 08:40; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-09-28 09:40; tell_unit office:12
              department@12: feed_back -> fed_back: fields_set; evidence_added; feed_back by Person(PersonId(13076)); disposal on time; checking due 2014-09-28 11:40
            2014-09-28T09:00
              checker: fail -> working: evidence_added; fail by Person(PersonId(725)); checking on time; disposal resumed, due 2014-09-28 11:00; count rework
              department@12: feed_back -> fed_back: fields_set; evidence_added; feed_back by Person(PersonId(13076)); disposal on time; checking due 2014-09-28 15:00
            2014-09-28T09:30
              checker: close -> closed: evidence_added; close by Person(PersonId(725)); checking on time; tell_reporter reporter; ask_reporter reporter; score 
        "#]],
    );
}

#[test]
fn nobody_checks_their_own_work() {
    check(
        |w| {
            filed(w, "e.1");
            w.go("department+checker@12", "feed_back", &[("note", t("done"))]);
            w.go("department+checker@12", "close", &[]);
            w.go("department@12", "close", &[]);
            w.go("department@13", "close", &[]);
        },
        expect![[r#"
            2014-09-26T16:25
              reporter: report -> reported: opened; fields_set; filing due 2014-09-26 16:55
            2014-09-26T16:40
              intake: file -> dispatched: filing warned 1 at 2014-09-26 16:40; fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-28 08:40; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-09-28 09:40; tell_unit office:12
              department+checker@12: feed_back -> fed_back: fields_set; evidence_added; feed_back by Person(PersonId(13844)); disposal on time; checking due 2014-09-28 11:40
              department+checker@12: close -> refused not_allowed: 
              department@12: close -> refused not_allowed: 
              department@13: close -> refused not_allowed: 
        "#]],
    );
}

#[test]
fn a_second_return_is_a_dispute() {
    check(
        |w| {
            filed(w, "e.1");
            w.go("department@12", "send_back", &[("reason", t("not ours"))]);
            w.go("dispatcher", "dispatch", &[("unit", office(13))]);
            w.go("department@12", "accept", &[]);
            w.go("department@13", "send_back", &[("reason", t("not ours either"))]);
            w.go("shift_leader", "decide_ownership", &[("unit", office(12))]);
            w.go("department@12", "accept", &[("unit", office(13))]);
        },
        expect![[r#"
            2014-09-26T16:25
              reporter: report -> reported: opened; fields_set; filing due 2014-09-26 16:55
            2014-09-26T16:40
              intake: file -> dispatched: filing warned 1 at 2014-09-26 16:40; fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-28 08:40; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-09-28 09:40; tell_unit office:12
              department@12: send_back -> filed: fields_set; send_back by Person(PersonId(13076)); disposal cancelled; dispatching due 2014-09-28 08:40
              dispatcher: dispatch -> dispatched: fields_set; dispatch by Person(PersonId(1063)); dispatching on time; disposal due 2014-09-28 09:40; tell_unit office:13
              department@12: accept -> refused not_allowed: 
              department@13: send_back -> refused limit_reached: send_back is possible 1 time(s) only; do decide_ownership instead [decide_ownership]
              shift_leader: decide_ownership -> dispatched: fields_set; decide_ownership by Person(PersonId(1258)); tell_unit office:12; record_ruling 
              department@12: accept -> refused field_invalid: 1 field(s) do not fit their declaration unit
        "#]],
    );
}

#[test]
fn without_a_row_people_decide() {
    check(
        |w| {
            filed(w, "e.2");
            w.go("dispatcher", "dispatch", &[]);
            w.go("dispatcher", "dispatch", &[("unit", office(13))]);
        },
        expect![[r#"
            2014-09-26T16:25
              reporter: report -> reported: opened; fields_set; filing due 2014-09-26 16:55
            2014-09-26T16:40
              intake: file -> filed: filing warned 1 at 2014-09-26 16:40; fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-28 08:40; assigned by row None, near ["r3：e.2 → 13（区域不符）", "r1：e.1 → 12（类别不符）"]
              dispatcher: dispatch -> refused field_missing: dispatch still needs: unit unit
              dispatcher: dispatch -> dispatched: fields_set; dispatch by Person(PersonId(1063)); dispatching on time; disposal due 2014-09-28 16:40; tell_unit office:13
        "#]],
    );
}

#[test]
fn evidence_must_be_fresh_and_near() {
    check(
        |w| {
            filed(w, "e.1");
            let far = w.photo(LonLat { lon: 100.01, ..HERE });
            let mut early = w.photo(HERE);
            early.taken_at = Some(w.now.plus_ms(-600_000));
            let nowhere = crate::EvidenceFact { at: None, ..w.photo(HERE) };
            let feed_back = |evidence| Command::Move {
                mv: "feed_back".into(),
                fields: values(&[("note", t("done"))]),
                evidence,
                note: String::new(),
            };
            w.run("department@12", "feed_back without", &feed_back(Vec::new()));
            w.run("department@12", "feed_back with bad photos", &feed_back(vec![far, early, nowhere]));
        },
        expect![[r#"
            2014-09-26T16:25
              reporter: report -> reported: opened; fields_set; filing due 2014-09-26 16:55
            2014-09-26T16:40
              intake: file -> dispatched: filing warned 1 at 2014-09-26 16:40; fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-28 08:40; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-09-28 09:40; tell_unit office:12
              department@12: feed_back without -> refused evidence_missing: feed_back needs 1 photo(s) taken within 100 m of the place; 0 fit
              department@12: feed_back with bad photos -> refused evidence_missing: feed_back needs 1 photo(s) taken within 100 m of the place; 0 fit; 1 taken too early; 1 over 100 m away; 1 without a position
        "#]],
    );
}

#[test]
fn a_photo_proves_one_move_and_not_the_work_of_its_taker() {
    check(
        |w| {
            filed(w, "e.1");
            let photo = w.photo(HERE);
            let with = |mv: &str, evidence| Command::Move {
                mv: mv.into(),
                fields: values(&[("note", t("done"))]),
                evidence,
                note: String::new(),
            };
            w.run("department@12", "feed_back", &with("feed_back", vec![photo.clone()]));
            w.run("checker", "close with the same photo", &with("close", Vec::new()));
            w.run("department@12", "add", &Command::AddEvidence { evidence: vec![photo.clone()] });
            w.run("checker", "close with the department's photo", &with("close", Vec::new()));
            w.go("checker", "fail", &[]);
            w.run("department@12", "feed_back with the old photo", &with("feed_back", Vec::new()));
            w.run("department@12", "feed_back", &with("feed_back", vec![photo]));
        },
        expect![[r#"
            2014-09-26T16:25
              reporter: report -> reported: opened; fields_set; filing due 2014-09-26 16:55
            2014-09-26T16:40
              intake: file -> dispatched: filing warned 1 at 2014-09-26 16:40; fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-28 08:40; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-09-28 09:40; tell_unit office:12
              department@12: feed_back -> fed_back: fields_set; evidence_added; feed_back by Person(PersonId(13076)); disposal on time; checking due 2014-09-28 11:40
              checker: close with the same photo -> refused evidence_missing: close needs 1 photo(s) taken within 100 m of the place; 0 fit
              department@12: add -> fed_back: evidence_added
              checker: close with the department's photo -> refused evidence_missing: close needs 1 photo(s) taken within 100 m of the place; 0 fit
              checker: fail -> working: evidence_added; fail by Person(PersonId(725)); checking on time; disposal resumed, due 2014-09-28 09:40; count rework
              department@12: feed_back with the old photo -> refused evidence_missing: feed_back needs 1 photo(s) taken within 100 m of the place; 0 fit
              department@12: feed_back -> fed_back: evidence_added; feed_back by Person(PersonId(13076)); disposal on time; checking due 2014-09-28 11:40
        "#]],
    );
}

#[test]
fn what_decides_time_place_and_holder_is_not_changed_in_passing() {
    check(
        |w| {
            w.open("2014-09-26T16:25", &[]);
            let away = ("place", Value::Point(LonLat { lon: 100.01, ..HERE }));
            w.go("intake", "file", &[("category", c("e.1")), ("place", Value::Point(HERE)), ("note", t("seen"))]);
            w.go("department@12", "accept", std::slice::from_ref(&away));
            w.go("department@12", "feed_back", &[("note", t("done")), ("category", c("e.3"))]);
            w.go("department@12", "feed_back", &[("note", t("done")), ("unit", office(13))]);
            w.go("department@12", "feed_back", &[("note", t("done")), ("grid", Value::Ref("7".to_owned()))]);
            w.go("department@12", "accept", &[("unit", office(12)), ("grid", Value::Ref("150".to_owned()))]);
        },
        expect![[r#"
            2014-09-26T16:25
              reporter: report -> reported: opened; filing due 2014-09-26 16:55
              intake: file -> dispatched: fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-26 17:25; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-09-28 09:25; tell_unit office:12
              department@12: accept -> refused field_invalid: 1 field(s) do not fit their declaration place
              department@12: feed_back -> refused field_invalid: 1 field(s) do not fit their declaration category
              department@12: feed_back -> refused field_invalid: 1 field(s) do not fit their declaration unit
              department@12: feed_back -> refused field_invalid: 1 field(s) do not fit their declaration grid
              department@12: accept -> working: accept by Person(PersonId(13076))
        "#]],
    );
}

#[test]
fn a_reporter_reopens_within_the_window() {
    check(
        |w| {
            filed(w, "e.1");
            w.go("department@12", "feed_back", &[("note", t("done"))]);
            w.go("checker", "close", &[]);
            w.at("2014-10-12T10:00");
            w.go("intake", "file", &[]);
            w.at("2014-10-11T23:00");
            w.go("reporter", "reopen", &[("note", t("still there"))]);
            w.go("reporter", "reopen", &[]);
            w.go("department@12", "feed_back", &[("note", t("done"))]);
            w.at("2014-10-14T09:00");
            w.go("checker", "close", &[]);
            w.at("2014-11-20T09:00");
            w.go("reporter", "reopen", &[]);
        },
        expect![[r#"
            2014-09-26T16:25
              reporter: report -> reported: opened; fields_set; filing due 2014-09-26 16:55
            2014-09-26T16:40
              intake: file -> dispatched: filing warned 1 at 2014-09-26 16:40; fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-28 08:40; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-09-28 09:40; tell_unit office:12
              department@12: feed_back -> fed_back: fields_set; evidence_added; feed_back by Person(PersonId(13076)); disposal on time; checking due 2014-09-28 11:40
              checker: close -> closed: evidence_added; close by Person(PersonId(725)); checking on time; tell_reporter reporter; ask_reporter reporter; score 
            2014-10-12T10:00
              intake: file -> refused move_not_possible: the case is in closed, where file is not possible; possible now: reopen
            2014-10-11T23:00
              reporter: reopen -> refused field_invalid: 1 field(s) do not fit their declaration note
              reporter: reopen -> dispatched: reopen by Reporter; dispatching due 2014-10-13 09:30; count dispute; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-10-13 10:30; tell_unit office:12
              department@12: feed_back -> fed_back: evidence_added; feed_back by Person(PersonId(13076)); disposal on time; checking due 2014-10-13 14:30
            2014-10-14T09:00
              checker: close -> closed: checking warned 1 at 2014-10-13 10:30; checking warned 2 at 2014-10-13 11:42; checking breached 2014-10-13 14:30; remind_holder role:checker; evidence_added; close by Person(PersonId(725)); checking stopped Some(false); tell_reporter reporter; ask_reporter reporter; score 
            2014-11-20T09:00
              reporter: reopen -> refused window_passed: reopen was possible until 2014-10-29 23:59
        "#]],
    );
}

#[test]
fn the_same_problem_is_merged() {
    check(
        |w| {
            w.open("2014-09-26T09:00", &[("place", Value::Point(HERE))]);
            let other = (guancheng_base::CaseId(9), "N009".to_owned(), "case".to_owned(), Some("e.1".to_owned()), HERE);
            w.facts.open.push(other);
            w.go("intake", "file", &[("category", c("e.1"))]);
            w.go("intake", "merge", &[("main_case", Value::Ref("1".to_owned()))]);
            w.go("intake", "merge", &[("main_case", Value::Ref("9".to_owned()))]);
        },
        expect![[r#"
            2014-09-26T09:00
              reporter: report -> reported: opened; fields_set; filing due 2014-09-26 09:30
              intake: file -> refused check_failed: file is refused: open cases of the same category within 20 m: N009; merge, or say it is another problem category place
              intake: merge -> refused field_invalid: 1 field(s) do not fit their declaration main_case
              intake: merge -> merged: fields_set; merge by Person(PersonId(636)); filing on time; tell_reporter reporter; linked main 9; follow_main_case case:9
        "#]],
    );
}

#[test]
fn a_wrong_form_says_what_is_wrong_with_each_field() {
    check(
        |w| {
            w.open("2014-09-26T09:00", &[]);
            w.go("intake", "file", &[]);
            w.go("intake", "file", &[("category", c("e")), ("planned_finish", t("soon")), ("colour", t("red"))]);
            w.facts.cell = None;
            w.go("intake", "file", &[("category", c("e.1")), ("place", Value::Point(HERE))]);
        },
        expect![[r#"
            2014-09-26T09:00
              reporter: report -> reported: opened; filing due 2014-09-26 09:30
              intake: file -> refused field_missing: file still needs: category、place、grid category place grid
              intake: file -> refused field_invalid: 3 field(s) do not fit their declaration category colour planned_finish
              intake: file -> refused field_invalid: 1 field(s) do not fit their declaration place
        "#]],
    );
}
