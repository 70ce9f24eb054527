//! Questions to approvers: hanging, voiding, extensions; joint review and declared pauses.

use expect_test::{Expect, expect};
use guancheng_base::OfficeId;

use super::{build::*, world::*};
use crate::*;

fn check(parts: Parts, play: impl FnOnce(&mut World), expected: Expect) {
    let mut world = World::new(parts);
    play(&mut world);
    expected.assert_eq(&world.log);
    assert_eq!(replay(&world.records).as_ref(), Some(&world.case), "a replay gives the same case");
}

fn working(w: &mut World, category: &str) {
    w.open("2014-09-25T08:20", &[("place", Value::Point(HERE))]);
    w.at("2014-09-25T08:30");
    w.go("intake", "file", &[("category", c(category))]);
    if w.case.state == *"filed" {
        w.go("dispatcher", "dispatch", &[("unit", office(12))]);
    }
    w.go("department@12", "accept", &[]);
}

fn extension(add: &str, reason: &str) -> Command {
    Command::AskExtension { clock: "disposal".into(), add: limit(add), fields: values(&[("reason", t(reason))]) }
}

#[test]
fn hanging_needs_approval_stops_the_clock_and_ends_by_itself() {
    let hang = [("reason", t("season")), ("planned_finish", date("2014-10-08"))];
    check(
        seven_stages(),
        |w| {
            working(w, "e.5");
            w.at("2014-09-25T15:00");
            w.go("department@12", "hang", &hang);
            w.go("department@12", "hang", &hang);
            w.at("2014-09-25T15:30");
            w.run("department@12", "rule", &ask(1, true, ""));
            w.run("shift_leader", "rule", &ask(1, true, ""));
            w.run("shift_leader", "rule", &ask(1, false, "no"));
            w.at("2014-10-08T23:59");
            w.fire();
            w.at("2014-10-09T00:00");
            w.fire();
            w.fire();
            w.at("2014-10-09T11:00");
            w.go("department@12", "feed_back", &[("note", t("done"))]);
        },
        expect![[r#"
            2014-09-25T08:20
              reporter: report -> reported: opened; fields_set; filing due 2014-09-25 08:50
            2014-09-25T08:30
              intake: file -> filed: fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-25 09:30; assigned by row None, near ["r1：e.1 → 12（类别不符）"]
              dispatcher: dispatch -> dispatched: fields_set; dispatch by Person(PersonId(1063)); dispatching on time; disposal due 2014-09-26 17:30; tell_unit office:12
              department@12: accept -> working: accept by Person(PersonId(13076))
            2014-09-25T15:00
              department@12: hang -> working: asked 1
              department@12: hang -> refused already_asked: hang has been asked for and waits for approval
            2014-09-25T15:30
              department@12: rule -> refused not_allowed: 
              shift_leader: rule -> hung: ruled 1 true; fields_set; hang by Person(PersonId(13076)); disposal paused; hanging due 2014-10-08 23:59; planned 2014-10-08 23:59
              shift_leader: rule -> refused already_ruled: question 1 has been ruled on
            2014-10-08T23:59
              clock: fire -> hung: hanging warned 1 at 2014-10-02 00:00; hanging warned 2 at 2014-10-06 00:00
            2014-10-09T00:00
              clock: fire -> working: resume by System(Clock); hanging on time; disposal resumed, due 2014-10-10 10:30; planned -
              clock: fire -> nothing
            2014-10-09T11:00
              department@12: feed_back -> fed_back: disposal warned 1 at 2014-10-09 10:30; fields_set; evidence_added; feed_back by Person(PersonId(13076)); disposal on time; checking due 2014-10-09 17:00
        "#]],
    );
}

#[test]
fn an_approver_who_acts_needs_no_approval_and_a_refusal_its_reason() {
    check(
        seven_stages(),
        |w| {
            working(w, "e.5");
            w.go("dispatcher", "void", &[("reason", t("error"))]);
            w.run("shift_leader", "rule", &ask(1, false, " "));
            w.run("shift_leader", "rule", &ask(1, false, "it is real"));
            w.go("dispatcher+shift_leader", "void", &[("reason", t("error after all"))]);
            w.go("dispatcher", "void", &[]);
        },
        expect![[r#"
            2014-09-25T08:20
              reporter: report -> reported: opened; fields_set; filing due 2014-09-25 08:50
            2014-09-25T08:30
              intake: file -> filed: fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-25 09:30; assigned by row None, near ["r1：e.1 → 12（类别不符）"]
              dispatcher: dispatch -> dispatched: fields_set; dispatch by Person(PersonId(1063)); dispatching on time; disposal due 2014-09-26 17:30; tell_unit office:12
              department@12: accept -> working: accept by Person(PersonId(13076))
              dispatcher: void -> working: asked 1
              shift_leader: rule -> refused field_missing: a refusal needs its reason
              shift_leader: rule -> working: ruled 1 false
              dispatcher+shift_leader: void -> voided: fields_set; void by Person(PersonId(2364)); disposal cancelled
              dispatcher: void -> refused case_closed: the case has ended (voided)
        "#]],
    );
}

#[test]
fn an_extension_is_asked_in_time_bounded_and_added_to_the_due_date() {
    check(
        seven_stages(),
        |w| {
            working(w, "e.2");
            w.run("department@12", "extend", &extension("1 work_day", "rain"));
            w.run("department@12", "extend", &extension("8 work_hour", "rain"));
            w.run("department@12", "extend", &extension("7 work_hour", ""));
            w.run("department@13", "extend", &extension("7 work_hour", "rain"));
            w.run("department@12", "extend", &extension("7 work_hour", "rain"));
            w.run("department@12", "extend", &extension("7 work_hour", "rain"));
            w.at("2014-09-26T09:00");
            w.run("shift_leader", "rule", &ask(1, true, ""));
            w.run("department@12", "extend", &extension("1 work_hour", "more rain"));
        },
        expect![[r#"
            2014-09-25T08:20
              reporter: report -> reported: opened; fields_set; filing due 2014-09-25 08:50
            2014-09-25T08:30
              intake: file -> filed: fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-25 09:30; assigned by row None, near ["r3：e.2 → 13（区域不符）", "r1：e.1 → 12（类别不符）"]
              dispatcher: dispatch -> dispatched: fields_set; dispatch by Person(PersonId(1063)); dispatching on time; disposal due 2014-09-25 17:30; tell_unit office:12
              department@12: accept -> working: accept by Person(PersonId(13076))
              department@12: extend -> refused extension_refused: disposal counts in work_hour: extend it in work_hour
              department@12: extend -> refused extension_refused: disposal can be extended by at most 7 work_hour
              department@12: extend -> refused field_missing: the extension of disposal still needs: reason reason
              department@13: extend -> refused not_allowed: 
              department@12: extend -> working: asked 1
              department@12: extend -> refused already_asked: the extension of disposal has been asked for and waits for approval
            2014-09-26T09:00
              shift_leader: rule -> working: disposal warned 1 at 2014-09-25 12:00; disposal warned 2 at 2014-09-25 16:06; disposal breached 2014-09-25 17:30; remind_holder office:12; escalate_supervision role:supervisor; ruled 1 true; fields_set; disposal extended, due 2014-09-26 17:30
              department@12: extend -> refused extension_refused: disposal can be extended 1 time(s) only
        "#]],
    );
}

#[test]
fn an_extension_after_the_due_date_is_too_late() {
    check(
        seven_stages(),
        |w| {
            working(w, "e.2");
            w.at("2014-09-26T09:00");
            w.run("department@12", "extend", &extension("7 work_hour", "rain"));
        },
        expect![[r#"
            2014-09-25T08:20
              reporter: report -> reported: opened; fields_set; filing due 2014-09-25 08:50
            2014-09-25T08:30
              intake: file -> filed: fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-25 09:30; assigned by row None, near ["r3：e.2 → 13（区域不符）", "r1：e.1 → 12（类别不符）"]
              dispatcher: dispatch -> dispatched: fields_set; dispatch by Person(PersonId(1063)); dispatching on time; disposal due 2014-09-25 17:30; tell_unit office:12
              department@12: accept -> working: accept by Person(PersonId(13076))
            2014-09-26T09:00
              department@12: extend -> refused extension_refused: an extension of disposal must be asked for before it is due (2014-09-25 17:30)
        "#]],
    );
}

#[test]
fn a_question_outlived_by_its_state_can_only_be_refused() {
    check(
        seven_stages(),
        |w| {
            working(w, "e.5");
            w.go("department@12", "void", &[("reason", t("error"))]);
            w.go("department@12", "feed_back", &[("note", t("done"))]);
            w.run("shift_leader", "rule", &ask(1, true, ""));
            w.run("shift_leader", "rule", &ask(1, false, "it was done"));
            w.run("shift_leader", "rule", &ask(2, false, "it was done"));
        },
        expect![[r#"
            2014-09-25T08:20
              reporter: report -> reported: opened; fields_set; filing due 2014-09-25 08:50
            2014-09-25T08:30
              intake: file -> filed: fields_set; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-25 09:30; assigned by row None, near ["r1：e.1 → 12（类别不符）"]
              dispatcher: dispatch -> dispatched: fields_set; dispatch by Person(PersonId(1063)); dispatching on time; disposal due 2014-09-26 17:30; tell_unit office:12
              department@12: accept -> working: accept by Person(PersonId(13076))
              department@12: void -> working: asked 1
              department@12: feed_back -> fed_back: fields_set; evidence_added; feed_back by Person(PersonId(13076)); disposal on time; checking due 2014-09-25 14:30
              shift_leader: rule -> refused move_not_possible: the case has moved on since question 1 was put; it can only be refused
              shift_leader: rule -> fed_back: ruled 1 false
              shift_leader: rule -> refused not_found: there is no question number 2
        "#]],
    );
}

/// A permit with a joint review that a hearing may pause.
fn permit() -> Parts {
    let part = |id: &str, office| PartSpec {
        id: id.into(),
        office,
        office_title: id.to_owned(),
        question: String::new(),
        limit: limit("10 work_day"),
        when: Vec::new(),
    };
    let mut review = state("review", "parts");
    review.parts = vec![part("road", Some(OfficeId(21))), part("police", None)];
    let states = vec![state("submitted", "role:permit_clerk"), review, state("granted", ""), state("refused", "")];
    let moves = vec![
        mv("take", "submitted > review", "role:permit_clerk"),
        mv("deem", "submitted > review", "system:deemed").effects("tell_applicant"),
        mv("grant", "review > granted", "role:permit_head").checks("parts.all_agree"),
        mv("refuse", "review submitted > refused", "role:permit_head"),
    ];
    let joint = clock("joint", "enter:review", "move:grant move:refuse", fixed("45 work_day"));
    let completeness = clock("completeness", "enter:submitted", "move:take move:refuse move:deem", fixed("5 work_day"));
    let clocks =
        vec![Clock { on_expiry: Some("deem".into()), ..completeness }, Clock { pause_by: names("hearing"), ..joint }];
    parts("permit", states, moves, clocks)
}

#[test]
fn every_office_answers_before_a_permit_and_a_hearing_is_not_counted() {
    let answer = |part: &str, agree, opinion: &str| Command::AnswerPart {
        part: part.into(),
        agree,
        opinion: opinion.to_owned(),
    };
    let pause = |why: &str| Command::Pause { clock: "joint".into(), why: why.into() };
    check(
        permit(),
        |w| {
            w.open("2014-04-01T09:00", &[]);
            w.go("permit_clerk", "take", &[]);
            w.go("permit_head", "grant", &[]);
            w.run("permit_clerk", "answer road", &answer("road", true, ""));
            w.run("department@21", "answer road", &answer("road", false, ""));
            w.run("department@21", "answer road", &answer("road", false, "pipes below"));
            w.run("permit_clerk", "answer police", &answer("police", true, ""));
            w.go("permit_head", "grant", &[]);
            w.at("2014-04-08T09:00");
            w.run("permit_head", "pause", &pause("holiday"));
            w.run("permit_head", "pause", &pause("hearing"));
            w.at("2014-04-15T09:00");
            w.run("permit_head", "resume", &Command::Resume { clock: "joint".into() });
            w.run("permit_head", "resume", &Command::Resume { clock: "joint".into() });
            w.run("department@21", "answer road", &answer("road", true, "moved"));
            w.go("permit_head", "grant", &[]);
        },
        expect![[r#"
            2014-04-01T09:00
              reporter: report -> submitted: opened; completeness due 2014-04-09 17:30
              permit_clerk: take -> review: take by Person(PersonId(1281)); completeness on time; joint due 2014-06-06 17:30; part road due 2014-04-16 17:30; part police due 2014-04-16 17:30
              permit_head: grant -> refused check_failed: grant is refused: no answer yet: road、police
              permit_clerk: answer road -> refused not_allowed: 
              department@21: answer road -> refused field_missing: a disagreement needs its opinion
              department@21: answer road -> review: part road answers false
              permit_clerk: answer police -> review: part police answers true
              permit_head: grant -> refused check_failed: grant is refused: against: road
            2014-04-08T09:00
              permit_head: pause -> refused pause_refused: joint cannot be paused for holiday; reasons: hearing
              permit_head: pause -> review: joint paused
            2014-04-15T09:00
              permit_head: resume -> review: joint resumed, due 2014-06-13 17:30
              permit_head: resume -> refused pause_refused: joint is not paused for a declared reason and cannot be resumed
              department@21: answer road -> review: part road answers true
              permit_head: grant -> granted: grant by Person(PersonId(1154)); joint on time
        "#]],
    );
}

#[test]
fn silence_is_acceptance_at_the_legal_moment() {
    check(
        permit(),
        |w| {
            w.open("2014-09-30T09:00", &[]);
            w.at("2014-10-20T09:00");
            w.run("permit_head", "comment", &Command::Comment { text: "where is it?".to_owned() });
            w.fire();
        },
        expect![[r#"
            2014-09-30T09:00
              reporter: report -> submitted: opened; completeness due 2014-10-13 17:30
            2014-10-20T09:00
              permit_head: comment -> review: completeness warned 1 at 2014-10-10 00:00; completeness warned 2 at 2014-10-11 00:00; completeness expired 2014-10-13 17:30; remind_holder role:permit_clerk; deem by System(Clock); joint due 2014-12-15 17:30; tell_applicant reporter; part road due 2014-10-27 17:30; part police due 2014-10-27 17:30; commented
              clock: fire -> nothing
        "#]],
    );
}
