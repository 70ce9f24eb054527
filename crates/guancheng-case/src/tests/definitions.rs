//! Definitions that are refused, each fault with its path and advice.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use guancheng_base::Fen;

use super::build::*;
use crate::*;

fn check(change: impl FnOnce(&mut Parts), expected: Expect) {
    let mut parts = seven_stages();
    change(&mut parts);
    let faults = Procedure::build(parts).err().unwrap_or_default();
    let seen: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    expected.assert_eq(&seen);
}

#[test]
fn the_loop_is_sound() {
    check(|_| {}, expect![[r#""#]]);
}

#[test]
fn names_resolve_or_the_nearest_is_offered() {
    check(
        |p| {
            p.moves[0].to = "fild".into();
            p.moves[9].require = names("notes");
            p.clocks[0].stop = triggers("move:fille");
            p.moves[10].not_by = vec![NotBy::Did("feedback".into())];
        },
        expect![[r#"
            state[1]: no path leads to filed (add a move into it, or remove the state)
            state[2]: no path leads to dispatched (add a move into it, or remove the state)
            state[3]: no path leads to working (add a move into it, or remove the state)
            state[4]: no path leads to hung (add a move into it, or remove the state)
            state[5]: no path leads to fed_back (add a move into it, or remove the state)
            state[6]: no path leads to closed (add a move into it, or remove the state)
            state[9]: no path leads to voided (add a move into it, or remove the state)
            move[0].to: there is no state fild (did you mean filed?)
            move[9].require[0]: there is no field notes (did you mean note?)
            move[10].not_by[0]: there is no move feedback (did you mean feed_back?)
            clock[0].stop[0]: there is no move fille (did you mean file?)
        "#]],
    );
}

#[test]
fn every_open_state_is_held_left_and_timed() {
    check(
        |p| {
            p.states[4].holder = Holder::None;
            p.states.push(state("lost", "role:intake"));
            p.clocks.remove(3);
        },
        expect![[r#"
            state[4].holder: nobody holds a case in hung (write holder = "role:…" or "field:…")
            state[10]: no path leads to lost (add a move into it, or remove the state)
            state[10]: no move leads out of lost (add a move, or write final = true)
            state[5]: no clock is sure to run in fed_back (add a clock with start = "enter:fed_back", or take a stop away)
        "#]],
    );
}

#[test]
fn a_clock_that_one_path_leaves_standing_does_not_count() {
    check(
        |p| p.clocks[2].resume_on.clear(),
        expect![[r#"
        state[3]: no clock is sure to run in working (add a clock with start = "enter:working", or take a stop away)
    "#]],
    );
}

#[test]
fn what_the_system_does_by_itself_cannot_be_blocked() {
    check(
        |p| {
            p.moves[8].require = names("note");
            p.moves[3].approve = names("shift_leader");
        },
        expect![[r#"
            move[3].approve: the system makes dispatch by itself, so approve could block it (make two moves: one for people, one for the system)
            move[8].require: the system makes resume by itself, so require could block it (make two moves: one for people, one for the system)
        "#]],
    );
}

#[test]
fn limits_extensions_and_consequences_are_complete() {
    check(
        |p| {
            p.code_lists =
                std::sync::Arc::new([code_list("category", &["e - -", "e.1 e 2 work_hour", "e.9 e -"])].into());
            p.clocks[0].breach.clear();
            p.clocks[1].warn = vec![800, 500];
            p.clocks[2].extend = Some(Extend { max_ratio: Some(1.5), ..extend("shift_leader") });
            p.clocks[3].extend = Some(Extend { max: Some(limit("1 work_day")), ..extend("shift_leader") });
        },
        expect![[r#"
            clock[0].breach: nothing follows when filing runs out (name an effect, or a deemed move in on_expiry)
            clock[1].warn: warnings must rise between 0 and 1 (write for example warn = [0.5, 0.8])
            clock[2].limit.codelist: 1 rows of category have no limit in column disposal_limit: e.9 (give each row, or a row above it, a limit)
            clock[2].extend.max_ratio: max_ratio 1.5 is not within 0 and 1 (an extension adds at most the original limit)
            clock[3].extend.max: checking counts in another unit than 1 work_day (extend a clock in its own unit; years and dates in natural_day)
        "#]],
    );
}

#[test]
fn personal_fields_do_not_decide_who_holds_a_case() {
    check(
        |p| p.fields[3].sensitive = true,
        expect![[r#"
        state[2].holder: unit is sensitive and would show in lists (name a field that is not sensitive)
        state[3].holder: unit is sensitive and would show in lists (name a field that is not sensitive)
        state[4].holder: unit is sensitive and would show in lists (name a field that is not sensitive)
        clock[2].holder: unit is sensitive and would show in lists (name a field that is not sensitive)
        assign.set: unit is sensitive and would show in lists (name a field that is not sensitive)
    "#]],
    );
}

#[test]
fn discretion_is_complete() {
    let tier = |id: &str, ge, lt, range| Tier { id: id.into(), title: String::new(), ge, lt, range };
    let table = |tiers| Discretion {
        violation: "v".into(),
        title: String::new(),
        basis: String::new(),
        statute: vec![StatuteRange {
            party: "甲、乙".to_owned(),
            min: Fen::from_yuan(5000),
            max: Fen::from_yuan(30000),
        }],
        measure: "volume".into(),
        unit: "m3".to_owned(),
        tiers,
        lighter: Vec::new(),
        heavier: Vec::new(),
        outside: None,
    };
    let good = table(vec![tier("light", None, Some(5.0), (0, 0)), tier("normal", Some(5.0), None, (0, 500))]);
    assert_eq!(
        good.band("乙", 20.0),
        Some(Band { tier: "normal".into(), min: Fen::from_yuan(5000), max: Fen::from_yuan(17500) })
    );
    assert_eq!(good.band("丙", 20.0), None);
    check(
        |p| {
            p.discretion.push(table(vec![
                tier("light", None, Some(5.0), (0, 0)),
                tier("serious", Some(6.0), None, (500, 400)),
            ]));
            p.discretion.push(table(vec![tier("all", Some(0.0), None, (0, 1000))]));
        },
        expect![[r#"
            discretion[0].measure.f: there is no field volume (known are: category, place, grid, unit, note, reason, planned_finish, main_case)
            discretion[0].tiers: tiers light and serious leave a gap or overlap (let each tier begin where the one before it ends; leave both ends open)
            discretion[0].tiers[1].range: tier serious does not take a part of the law's range (write two rising shares between 0 and 1)
            discretion[1].measure.f: there is no field volume (known are: category, place, grid, unit, note, reason, planned_finish, main_case)
            discretion[1].tiers: values below tier all fall into none (let each tier begin where the one before it ends; leave both ends open)
        "#]],
    );
}

#[test]
fn two_rows_of_an_assignment_never_match_at_once() {
    let list = code_list("category", &["e - -", "e.1 e -", "f - -"]).1;
    let row = |id: &str, category: &str, area| AssignRow {
        id: id.to_owned(),
        category: category.into(),
        area,
        office: guancheng_base::OfficeId(1),
    };
    let rows = vec![
        row("1", "e", Some((0, 10))),
        row("2", "e.1", Some((9, 20))),
        row("3", "e.1", Some((20, 30))),
        row("4", "g", None),
    ];
    let faults = AssignTable::new("units".into(), String::new(), list, rows).unwrap_err();
    let seen: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    expect![[r#"
        row[3].category: category g is not in list category (did you mean e?)
        row[1]: rows 2 and 1 both match e.1 in the same area (divide the area or the category; order never decides)
    "#]]
    .assert_eq(&seen);
}

#[test]
fn checks_and_effects_are_a_closed_vocabulary() {
    let shared = |n: i64| {
        let rule = Params::from([("after".into(), Param::Text("overhauled".into())), ("years".into(), Param::Int(n))]);
        BTreeMap::from([("moratorium".into(), Params::from([("rules".into(), Param::List(vec![Param::Table(rule)]))]))])
    };
    let none = BTreeMap::new();
    let own = |key: &str, value| Params::from([(key.into(), value)]);
    let mut seen = String::new();
    let mut say = |faults: Vec<Fault>| faults.iter().for_each(|fault| seen.push_str(&format!("{fault}\n")));
    say(Check::parse("road.moratorum", &Params::new(), &none).unwrap_err());
    say(Check::parse("road.moratorium", &Params::new(), &shared(2)).unwrap_err());
    say(Check::parse("due.within", &own("n", Param::Int(1)), &none).unwrap_err());
    say(Check::parse("duplicate.none_open_nearby", &own("meters", Param::Int(1)), &none).unwrap_err());
    say(Effect::parse("tell_unti", &Params::new()).unwrap_err());
    say(Effect::parse("open_case", &Params::new()).unwrap_err());
    say(Effect::parse("score", &own("by", Param::Int(1))).unwrap_err());
    expect![[r#"
        : there is no check road.moratorum (did you mean road.moratorium?)
        params.moratorium.rules: 2 years after it was overhauled is laxer than the law (城市道路管理条例 33: 3) (write at least years = 3)
        : n and unit are missing (write n = 1, unit = "year")
        meters: unknown parameter meters (did you mean metres?)
        : there is no effect tell_unti (did you mean tell_unit?)
        category: open_case needs a category (write category = "…")
        by: unknown parameter by (remove it: there are no parameters)
    "#]].assert_eq(&seen);
    for name in Check::ALL {
        let params = Params::from([("n".into(), Param::Int(1)), ("unit".into(), Param::Text("year".into()))]);
        let own = if name == "due.within" { params } else { Params::new() };
        assert_eq!(Check::parse(name, &own, &shared(3)).expect(name).name(), name);
    }
}
