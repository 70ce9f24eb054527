//! The readings of the four methods, one line each.

use expect_test::{Expect, expect};

use super::*;

fn n(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn rule(points: &str, method: Method) -> Rule {
    Rule { points: n(points), method, better: Better::Up, bonus: false }
}

fn reach(partial: Partial) -> Rule {
    rule("50", Method::ReachOrLose { reach: n("70"), lose: n("1"), per: n("1"), partial })
}

fn ladder(unit: EventUnit) -> Rule {
    let steps = vec![Step { from: 1, each: n("0.2") }, Step { from: 3, each: n("0.5") }];
    rule("5", Method::PerEvent { unit, steps })
}

fn counts(counts: &[i64]) -> Given {
    Given::Events(counts.iter().map(|count| Occurred::times(*count)).collect())
}

#[track_caller]
fn check(rule: &Rule, given: Given, expect: Expect) {
    assert_eq!(rule.faults(), []);
    let scored = rule.score(&Cite::bare("x"), &given, Exact::ONE).unwrap();
    let points = scored.points.map_or("–".to_owned(), |points| points.to_string());
    expect.assert_eq(&format!("{points}: {}", scored.explain.formula));
}

fn value(text: &str) -> Given {
    Given::Value(Some(n(text)))
}

#[test]
fn one_sentence_has_three_readings() {
    check(&reach(Partial::Proportional), value("66.4"), expect!["46.4: 50 − (70 − 66.4) ÷ 1 × 1 = 46.4"]);
    check(&reach(Partial::WholePointsDown), value("66.4"), expect!["47: 50 − ⌊(70 − 66.4) ÷ 1⌋ × 1 = 47"]);
    check(&reach(Partial::WholePointsUp), value("66.4"), expect!["46: 50 − ⌈(70 − 66.4) ÷ 1⌉ × 1 = 46"]);
    check(&reach(Partial::Proportional), value("70"), expect!["50: 70 reaches 70 → 50"]);
    check(&reach(Partial::Proportional), value("3"), expect!["0: 50 − (70 − 3) ÷ 1 × 1 = -17, at least 0"]);
    check(&reach(Partial::Proportional), Given::Value(None), expect!["–: not rated: there is no value to score"]);
    let fewer = Rule { better: Better::Down, ..reach(Partial::Proportional) };
    check(&fewer, value("72"), expect!["48: 50 − (72 − 70) ÷ 1 × 1 = 48"]);
}

#[test]
fn a_line_is_straight_and_ends() {
    let line = rule("15", Method::Linear { full_at: n("2"), zero_at: n("20") });
    check(&line, value("11"), expect!["7.5: 15 × (11 − 20) ÷ (2 − 20) = 7.5"]);
    check(&line, value("0.5"), expect!["15: 0.5 is at or beyond 2 → 15"]);
    check(&line, value("21"), expect!["0: 21 is at or beyond 20 → 0"]);
}

#[test]
fn the_edge_belongs_to_the_band() {
    let band = |ge: &str, points: &str| Band { ge: n(ge), points: n(points) };
    let bands = rule("10", Method::Bands { bands: vec![band("95", "10"), band("85", "8"), band("70", "5")] });
    check(&bands, value("85"), expect!["8: 85 ≥ 85 → 8"]);
    check(&bands, value("84.99"), expect!["5: 84.99 ≥ 70 → 5"]);
    check(&bands, value("1"), expect!["0: 1 is below every band → 0"]);
}

#[test]
fn a_case_is_charged_once_and_an_event_each_time() {
    check(&ladder(EventUnit::Case), counts(&[1, 1, 3]), expect!["4.1: 5 − (0.2 + 0.2 + 0.5) = 4.1"]);
    check(&ladder(EventUnit::Event), counts(&[1, 1, 3]), expect!["3.7: 5 − (0.2 + 0.2 + 0.9) = 3.7"]);
    check(&ladder(EventUnit::Case), counts(&[]), expect!["5: 5 − 0 = 5"]);
    check(&ladder(EventUnit::Case), counts(&[3; 20]), expect!["0: 5 − 10 for 20 cases = -5, at least 0"]);
    let twice = Given::Events(vec![Occurred { count: 1, times: n("2") }, Occurred::times(1), Occurred::times(3)]);
    check(&ladder(EventUnit::Case), twice, expect!["3.9: 5 − (0.2 × 2 + 0.2 + 0.5) = 3.9"]);
}

#[test]
fn a_bonus_is_earned_from_nothing_and_ends() {
    let merits = Method::PerEvent { unit: EventUnit::Record, steps: vec![Step { from: 1, each: n("1") }] };
    let bonus = Rule { bonus: true, ..rule("5", merits) };
    check(&bonus, counts(&[]), expect!["0: 0 = 0"]);
    check(&bonus, counts(&[1, 1]), expect!["2: (1 + 1) = 2"]);
    check(&bonus, counts(&[4, 3]), expect!["5: (4 + 3) = 7, at most 5"]);
}

#[test]
fn rules_that_are_none_say_why() {
    let faults = |rule: Rule| rule.faults().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let flat = rule("1", Method::Linear { full_at: n("2"), zero_at: n("2") });
    expect!["zero_at: full_at and zero_at must differ, else nothing lies between them"].assert_eq(&faults(flat));
    let per = Method::ReachOrLose { reach: n("2"), lose: n("-1"), per: n("0"), partial: Partial::Proportional };
    expect![[r#"
        lose: what is lost must not be below zero
        per: one step must be more than zero"#]]
    .assert_eq(&faults(rule("1", per)));
    let bands = vec![Band { ge: n("1"), points: n("9") }, Band { ge: n("2"), points: n("1") }];
    expect![[r#"
        bands[1].ge: bands go from the highest edge to the lowest; 2 is not below 1
        bands[0].points: a band gives between 0 and the 1 points of the line, not 9"#]]
    .assert_eq(&faults(rule("1", Method::Bands { bands })));
    let steps = vec![Step { from: 2, each: n("1") }, Step { from: 2, each: n("1") }];
    let events = Method::PerEvent { unit: EventUnit::Case, steps };
    expect!["steps[1].from: steps begin at 1 or later and go upwards; 2 does not come after 2"]
        .assert_eq(&faults(rule("1", events)));
}

#[test]
fn the_wrong_kind_of_input_is_named() {
    let wrong = |rule: Rule, given| rule.score(&Cite::bare("x"), &given, Exact::ONE).unwrap_err().to_string();
    expect!["given: per_event takes a list of counts, one per case"]
        .assert_eq(&wrong(ladder(EventUnit::Case), value("1")));
    expect!["given: this method takes one value, not a list"]
        .assert_eq(&wrong(reach(Partial::Proportional), counts(&[1])));
    expect!["given[0]: a count must not be below zero"].assert_eq(&wrong(ladder(EventUnit::Case), counts(&[-1])));
}
