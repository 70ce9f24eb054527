//! Limits of every kind: by date, by class of area, in a season, none at all; and windows that simply pass.

use std::{collections::BTreeMap, sync::Arc};

use expect_test::{Expect, expect};

use super::{build::*, world::*};
use crate::*;

fn check(parts: Parts, play: impl FnOnce(&mut World), expected: Expect) {
    let mut world = World::new(parts);
    play(&mut world);
    expected.assert_eq(&world.log);
    assert_eq!(replay(&world.records).as_ref(), Some(&world.case), "a replay gives the same case");
}

/// A listed hazard: due on a date, extended by a leader who has ten working days to rule.
fn listed() -> Parts {
    let states = vec![state("found", "role:officer"), state("listed", "role:officer"), state("closed", "")];
    let moves = vec![
        mv("list", "found > listed", "role:head").require("due"),
        mv("done", "listed > closed", "role:officer"),
        mv("drop", "found > closed", "role:head"),
    ];
    let due = clock("listed_due", "enter:listed", "move:done", LimitRule::Field("due".into()));
    let extend = Extend {
        max: Some(limit("180 natural_day")),
        max_ratio: None,
        before_expiry: false,
        apply_before: Some(limit("20 work_day")),
        decide_in: Some(limit("10 work_day")),
        ..extend("leader")
    };
    let clocks = vec![
        clock("grading", "enter:found", "move:list move:drop", fixed("1 work_day")),
        Clock { extend: Some(extend), ..due },
        clock("publish", "enter:listed", "event:published", fixed("5 work_day")),
    ];
    let mut parts = parts("hazard", states, moves, clocks);
    parts.fields = vec![field("due", FieldKind::Date), field("reason", text())];
    parts
}

#[test]
fn a_date_is_extended_long_before_it_comes() {
    let longer = |n: &str| Command::AskExtension {
        clock: "listed_due".into(),
        add: limit(n),
        fields: values(&[("reason", t("parts are late"))]),
    };
    check(
        listed(),
        |w| {
            w.open("2014-06-03T09:00", &[]);
            w.go("head", "list", &[("due", date("2014-09-01"))]);
            w.run("officer", "published", &Command::Signal { event: "publish".into() });
            w.run("officer", "published", &Command::Signal { event: "published".into() });
            w.at("2014-08-04T09:00");
            w.run("officer", "181 days", &longer("181 natural_day"));
            w.run("officer", "180 days", &longer("180 natural_day"));
            w.run("leader", "rule", &ask(1, true, ""));
        },
        expect![[r#"
            2014-06-03T09:00
              reporter: report -> found: opened; grading due 2014-06-04 17:30
              head: list -> listed: fields_set; list by Person(PersonId(402)); grading on time; listed_due due 2014-09-01 23:59; publish due 2014-06-10 17:30
              officer: published -> refused move_not_possible: no clock waits for publish; waited for: published
              officer: published -> listed: signalled; publish on time
            2014-08-04T09:00
              officer: 181 days -> refused extension_refused: listed_due can be extended by at most 180 natural_day
              officer: 180 days -> listed: listed_due warned 1 at 2014-07-18 00:00; asked 1
              leader: rule -> listed: ruled 1 true; fields_set; listed_due extended, due 2015-03-02 23:59
        "#]],
    );
    check(
        listed(),
        |w| {
            w.open("2014-06-03T09:00", &[]);
            w.go("head", "list", &[("due", date("2014-09-01"))]);
            w.at("2014-08-05T09:00");
            w.run("officer", "30 days", &longer("30 natural_day"));
        },
        expect![[r#"
            2014-06-03T09:00
              reporter: report -> found: opened; grading due 2014-06-04 17:30
              head: list -> listed: fields_set; list by Person(PersonId(402)); grading on time; listed_due due 2014-09-01 23:59; publish due 2014-06-10 17:30
            2014-08-05T09:00
              officer: 30 days -> refused extension_refused: an extension of listed_due must be asked for 20 work_day before it is due (2014-09-01 23:59)
        "#]],
    );
}

/// A request whose target, where there is one, stands in a field; then a window for the reporter.
fn request() -> Parts {
    let states = vec![state("open", "role:intake"), state("answered", "role:intake"), state("closed", "")];
    let moves = vec![
        mv("answer", "open > answered", "role:intake"),
        mv("complain", "answered > open", "reporter").window("30 natural_day"),
        mv("settle", "answered > closed", "reporter system:window_passed"),
    ];
    let window = clock("window", "enter:answered", "move:complain move:settle", fixed("30 natural_day"));
    let clocks = vec![
        clock("target", "enter:open", "move:answer", LimitRule::Field("target".into())),
        Clock { on_expiry: Some("settle".into()), breach: Vec::new(), ..window },
    ];
    let mut parts = parts("request", states, moves, clocks);
    parts.fields = vec![field("target", FieldKind::Moment)];
    parts
}

#[test]
fn without_a_target_nothing_is_rated_and_a_window_that_passes_is_nobodys_failing() {
    check(
        request(),
        |w| {
            w.open("2014-03-03T09:00", &[]);
            assert_eq!(w.case.light(w.now), Light::NotRated);
            w.at("2014-03-10T09:00");
            w.go("intake", "answer", &[]);
            assert_eq!(w.case.clocks["target"].on_time, None);
            w.at("2014-05-01T00:00");
            w.fire();
            assert_eq!(w.case.light(w.now), Light::NotRated);
        },
        expect![[r#"
            2014-03-03T09:00
              reporter: report -> open: opened; target due -
            2014-03-10T09:00
              intake: answer -> answered: answer by Person(PersonId(636)); target stopped None; window due 2014-04-09 23:59
            2014-05-01T00:00
              clock: fire -> closed: window warned 1 at 2014-03-25 00:00; window warned 2 at 2014-04-03 00:00; window expired 2014-04-09 23:59; settle by System(Clock)
        "#]],
    );
}

#[test]
fn a_target_is_met_to_the_millisecond() {
    let verdict = |late_ms: i64| {
        let mut world = World::new(request());
        let target = world.procedure.calendar.parse_local("2014-03-10T09:00").unwrap();
        world.open("2014-03-03T09:00", &[("target", Value::Moment(target))]);
        world.now = target.plus_ms(late_ms);
        world.go("intake", "answer", &[]);
        world.case.clocks["target"].on_time
    };
    assert_eq!([verdict(-1), verdict(0), verdict(1)], [Some(true), Some(true), Some(false)]);
}

/// The due moment of a case filed on `day` in an area of `class`, under a category with this limit.
fn due(cell: LimitCell, class: Option<char>, day: &str) -> String {
    let mut parts = seven_stages();
    let mut row = CodeRow {
        code: "e.1".into(),
        title: String::new(),
        parent: None,
        scheme: None,
        valid_from: None,
        valid_to: None,
        cells: BTreeMap::new(),
    };
    row.cells.insert("disposal_limit".into(), Cell::Limit(cell));
    let list = CodeList::new("category".into(), String::new(), String::new(), vec![row]).expect("a list");
    parts.code_lists = Arc::new([("category".into(), Arc::new(list))].into());
    let mut world = World::new(parts);
    world.facts.class = class;
    world.open(day, &[("place", Value::Point(HERE))]);
    world.go("intake", "file", &[("category", c("e.1"))]);
    let due = world.case.clocks["disposal"].due.expect("a due moment");
    crate::texts::moment(&world.procedure.calendar, due)
}

#[test]
fn a_limit_may_differ_by_class_of_area() {
    let by_area = ByArea::Abc { a: limit("2 work_hour"), b: limit("4 work_hour"), c: limit("1 work_day") };
    let seen = [Some('A'), Some('B'), Some('C'), None]
        .map(|class| due(LimitCell { by_area, season: None }, class, "2014-03-03T09:00"));
    assert_eq!(seen, ["2014-03-03 11:00", "2014-03-03 15:00", "2014-03-04 17:30", "2014-03-04 17:30"]);
}

#[test]
fn outside_its_season_a_limit_waits_for_the_next() {
    let planting = Season { from: (3, 10), to: (4, 10) };
    let cell = LimitCell { by_area: ByArea::One(limit("15 work_day")), season: Some(planting) };
    assert_eq!(due(cell, None, "2014-03-12T09:00"), "2014-04-02 17:30");
    assert_eq!(due(cell, None, "2014-01-06T09:00"), "2014-03-31 17:30");
    assert_eq!(due(cell, None, "2014-06-03T09:00"), "2015-03-31 17:30");
}

#[test]
fn a_year_that_is_not_loaded_is_refused_not_guessed() {
    let mut world = World::new(listed());
    world.open("2015-12-30T09:00", &[]);
    let far = |day: &str| values(&[("due", date(day))]);
    let list = |fields| Command::Move { mv: "list".into(), fields, evidence: Vec::new(), note: String::new() };
    world.run("head", "list", &list(far("2016-03-01")));
    expect![[r#"
        2015-12-30T09:00
          reporter: report -> found: opened; grading due 2015-12-31 17:30
          head: list -> refused calendar_not_loaded: calendar office is not loaded for 2016 (loaded: 2014-2015): add that year's days off and make-up days with their source
    "#]].assert_eq(&world.log);
}
