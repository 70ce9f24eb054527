//! Timers: each warning, breach and planned move once, at its own moment, whatever the jumps.

use expect_test::{Expect, expect};

use super::{build::seven_stages, world::*};
use crate::{Light, Value};

fn started(at: &str, category: &str) -> World {
    let mut world = World::new(seven_stages());
    world.open(at, &[("place", Value::Point(HERE))]);
    world.go("intake", "file", &[("category", c(category))]);
    if world.case.state == *"filed" {
        world.go("dispatcher", "dispatch", &[("unit", office(12))]);
    }
    world.log.clear();
    world
}

fn check(mut world: World, moments: &[&str], expected: Expect) {
    for moment in moments {
        world.at(moment);
        world.fire();
    }
    expected.assert_eq(&world.log);
}

#[test]
fn step_by_step_and_in_one_jump_give_the_same() {
    let moments = ["2014-09-26T17:00", "2014-09-26T17:20", "2014-09-28T09:09", "2014-09-28T09:40", "2014-09-28T09:41"];
    let small = expect![[r#"
        2014-09-26T17:00
          clock: fire -> nothing
        2014-09-26T17:20
          clock: fire -> nothing
        2014-09-28T09:09
          clock: fire -> dispatched: disposal warned 1 at 2014-09-28 08:40
        2014-09-28T09:40
          clock: fire -> dispatched: disposal warned 2 at 2014-09-28 09:16
        2014-09-28T09:41
          clock: fire -> dispatched: disposal breached 2014-09-28 09:40; remind_holder office:12; escalate_supervision role:supervisor
    "#]];
    check(started("2014-09-26T16:40", "e.1"), &moments, small);
    check(
        started("2014-09-26T16:40", "e.1"),
        &["2014-09-30T00:00", "2014-09-30T00:00"],
        expect![[r#"
        2014-09-30T00:00
          clock: fire -> dispatched: disposal warned 1 at 2014-09-28 08:40; disposal warned 2 at 2014-09-28 09:16; disposal breached 2014-09-28 09:40; remind_holder office:12; escalate_supervision role:supervisor
        2014-09-30T00:00
          clock: fire -> nothing
    "#]],
    );
}

#[test]
fn a_breach_is_recorded_before_a_late_move_even_when_no_timer_fired() {
    let mut world = started("2014-09-26T16:40", "e.1");
    world.at("2014-09-28T10:00");
    world.go("department@12", "feed_back", &[("note", t("late"))]);
    expect![[r#"
        2014-09-28T10:00
          department@12: feed_back -> fed_back: disposal warned 1 at 2014-09-28 08:40; disposal warned 2 at 2014-09-28 09:16; disposal breached 2014-09-28 09:40; remind_holder office:12; escalate_supervision role:supervisor; fields_set; evidence_added; feed_back by Person(PersonId(13076)); disposal stopped Some(false); checking due 2014-09-28 16:00
    "#]].assert_eq(&world.log);
    let run = &world.case.clocks["disposal"];
    assert_eq!((run.on_time, run.light(world.now)), (Some(false), Light::Late));
}

#[test]
fn the_light_turns_at_four_fifths_and_at_the_due_moment() {
    let world = started("2014-09-26T16:40", "e.1");
    let light = |text: &str| world.case.light(world.procedure.calendar.parse_local(text).unwrap());
    let seen = ["2014-09-26T16:41", "2014-09-28T09:15", "2014-09-28T09:16", "2014-09-28T09:40"].map(light);
    assert_eq!(seen, [Light::Good, Light::Good, Light::Near, Light::Near]);
    assert_eq!(light("2014-09-28T09:41"), Light::Late);
}

#[test]
fn the_next_wake_is_the_earliest_of_all_clocks() {
    let world = started("2014-09-26T16:40", "e.1");
    let wake = world.case.next_wake().map(|at| world.procedure.calendar.format_local(at));
    assert_eq!(wake.as_deref(), Some("2014-09-28T08:40:00+08:00"));
}
