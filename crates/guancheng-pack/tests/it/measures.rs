//! What an author of indicators, scorecards and settlements is told.

use std::path::Path;

use expect_test::{Expect, expect};
use guancheng_indicator::{Exact, card};
use guancheng_pack::Pack;

use crate::town;

const INDICATORS: &str = r#"[[indicator]]
id = "leak.on_time_rate"
title = "按期修复率"
basis = ["示例"]
owner = "hall"
kind = "ratio"
unit = "%"
better = "up"
fact = "case"
time = "due_at"
by = ["district"]
den = { agg = "count" }
num = { agg = "count", where = [{ f = "disposed_at", op = "<=", ref = "due_at" }] }
subset = true
periods = ["month"]
evidence = "system"
counter = []
example = [
  { title = "两件一件", by = "district", period = "2014-03", as_of = "2014-04-02",
    row = [{ district = "a", due_at = "2014-03-05", disposed_at = "2014-03-04" }, { district = "a", due_at = "2014-03-05" }],
    expect = { a = 50 } },
]
"#;

const CARD: &str = r#"kind = "scorecard"
id = "town.month"
title = "月评价"
basis = ["示例"]
owner = "hall"
subject = "district"
period = "month"
cap = 100
floor = 0
line = [{ title = "按期", indicator = "leak.on_time_rate", points = 100, score = { method = "linear", full_at = 100, zero_at = 0 } }]
rank = { within = "all", ties = "dense", not_rated = "listed_without_rank" }
"#;

const PRIZES: &str = r#"kind = "settlement"
id = "prizes"
title = "奖惩"
basis = ["示例"]
owner = "hall"
scorecard = "town.month"
ties = "each"
prize = [{ from = 1, yuan = 0.5 }]
post = "monthly"
rounding = { unit = "fen", mode = "half_even" }
entry = [{ debit = "fund", credit = "unit.reward", amount = "reward" }]
"#;

#[track_caller]
fn check(changes: &[(&str, &str)], expect: Expect) {
    let mut files =
        [("indicators/leak.toml", INDICATORS), ("scorecards/town.toml", CARD), ("settlements/prizes.toml", PRIZES)]
            .map(|(path, text)| (path, text.to_owned()));
    for (from, to) in changes {
        let file =
            files.iter_mut().find(|(_, text)| text.contains(from)).unwrap_or_else(|| panic!("{from} is nowhere"));
        file.1 = file.1.replacen(from, to, 1);
    }
    let changes: Vec<(&str, &str, &str)> = files.iter().map(|(path, text)| (*path, "", text.as_str())).collect();
    town::check(&changes, expect);
}

#[test]
fn right_measures_have_nothing_to_say() {
    check(&[], expect!["0 errors, 0 warnings"]);
}

#[test]
fn an_example_that_fails_shows_its_numbers() {
    check(
        &[("expect = { a = 50 }", "expect = { a = 51 }")],
        expect![[r#"
        error: the example “两件一件” fails for a: 按期修复率 = 1 ÷ 2 × 100 = 50.00 %
          --> indicators/leak.toml:21:20
           |
        21 |     expect = { a = 51 } },
           |                    ^^

        1 error, 0 warnings"#]],
    );
    check(
        &[("expect = { a = 50 }", "expect = { b = \"not_rated\" }")],
        expect![[r#"
        error: the example “两件一件” says nothing of a: 按期修复率 = 1 ÷ 2 × 100 = 50.00 %
          --> indicators/leak.toml:21:14
           |
        21 |     expect = { b = "not_rated" } },
           |              ^^^^^^^^^^^^^^^^^^^

        error: the example “两件一件” fails for b: nothing was counted
          --> indicators/leak.toml:21:20
           |
        21 |     expect = { b = "not_rated" } },
           |                    ^^^^^^^^^^^

        2 errors, 0 warnings"#]],
    );
    check(
        &[("period = \"2014-03\"", "period = \"2014-Q1\"")],
        expect![[r#"
        error: the example “两件一件” cannot be asked: it is not made for a quarter; it is for month
          --> indicators/leak.toml:19:3
           |
        19 |   { title = "两件一件", by = "district", period = "2014-Q1", as_of = "2014-04-02",
           |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        1 error, 0 warnings"#]],
    );
    check(
        &[("disposed_at = \"2014", "dispsed_at = \"2014")],
        expect![[r#"
            error: there is no column `dispsed_at` in the facts `case`
              --> indicators/leak.toml:20:66
               |
            20 | …[{ district = "a", due_at = "2014-03-05", dispsed_at = "2014-03-04" }, { district = "a", due_at = "2014-03-05…
               |                                                         ^^^^^^^^^^^^
               = help: did you mean `disposed_at`?

            1 error, 0 warnings"#]],
    );
}

#[test]
fn what_cannot_be_computed_is_told_at_its_place() {
    check(
        &[("fact = \"case\"", "fact = \"cases\"")],
        expect![[r#"
            error: there is no table of facts `cases`
             --> indicators/leak.toml:9:8
              |
            9 | fact = "cases"
              |        ^^^^^^^
              = help: did you mean `case`?

            1 error, 0 warnings"#]],
    );
    check(
        &[("time = \"due_at\"", "time = \"district\"")],
        expect![[r#"
        error: `district` is not a moment or a day
          --> indicators/leak.toml:10:8
           |
        10 | time = "district"
           |        ^^^^^^^^^^

        1 error, 0 warnings"#]],
    );
    check(
        &[("den = { agg = \"count\" }", "den = { agg = \"count\", where = [{ f = \"hanging\", op = \"=\", v = 1 }] }")],
        expect![[r#"
            error: `hanging` holds true or false
              --> indicators/leak.toml:12:33
               |
            12 | den = { agg = "count", where = [{ f = "hanging", op = "=", v = 1 }] }
               |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            error: what is above is not proved to be part of what is below: repeat every condition of `den` in `num`
              --> indicators/leak.toml:14:10
               |
            14 | subset = true
               |          ^^^^

            2 errors, 0 warnings"#]],
    );
    check(
        &[("counter = []", "counter = [\"leak.on_time\"]")],
        expect![[r#"
        error: there is no indicator `leak.on_time`
          --> indicators/leak.toml:17:12
           |
        17 | counter = ["leak.on_time"]
           |            ^^^^^^^^^^^^^^

        1 error, 0 warnings"#]],
    );
    check(
        &[("owner = \"hall\"", "owner = \"hal\"")],
        expect![[r#"
        error: the owner `hal` is no office of this pack
         --> indicators/leak.toml:5:9
          |
        5 | owner = "hal"
          |         ^^^^^
          = help: did you mean `hall`?

        1 error, 0 warnings"#]],
    );
}

#[test]
fn scorecards_fit_their_indicators() {
    check(
        &[("subject = \"district\"", "subject = \"street\""), ("period = \"month\"\ncap", "period = \"quarter\"\ncap")],
        expect![[r#"
            error: `leak.on_time_rate` cannot be asked by `street`
              --> scorecards/town.toml:10:37
               |
            10 | line = [{ title = "按期", indicator = "leak.on_time_rate", points = 100, score = { method = "linear", full_at …
               |                                       ^^^^^^^^^^^^^^^^^^^
               = help: it can be by district

            error: `leak.on_time_rate` is not made for a quarter
              --> scorecards/town.toml:10:37
               |
            10 | line = [{ title = "按期", indicator = "leak.on_time_rate", points = 100, score = { method = "linear", full_at …
               |                                       ^^^^^^^^^^^^^^^^^^^

            2 errors, 0 warnings"#]],
    );
    check(
        &[("points = 100", "points = 70")],
        expect![[r#"
            warning: the lines that are no bonus add up to 70 points, not to 100
              --> scorecards/town.toml:10:8
               |
            10 | line = [{ title = "按期", indicator = "leak.on_time_rate", points = 70, score = { method = "linear", full_at =…
               |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            0 errors, 1 warning"#]],
    );
    check(
        &[("method = \"linear\"", "method = \"line\"")],
        expect![[r#"
            error: unknown method `line`
              --> scorecards/town.toml:10:91
               |
            10 | … "leak.on_time_rate", points = 100, score = { method = "line", full_at = 100, zero_at = 0 } }]
               |                                                         ^^^^^^
               = help: the methods are bands, linear, reach_or_lose, per_event

            1 error, 0 warnings"#]],
    );
    check(
        &[("within = \"all\"", "within = \"peer_group\"")],
        expect![[r#"
            error: there are no peer groups: declare some, or rank within `all`
              --> scorecards/town.toml:11:19
               |
            11 | rank = { within = "peer_group", ties = "dense", not_rated = "listed_without_rank" }
               |                   ^^^^^^^^^^^^

            1 error, 0 warnings"#]],
    );
}

#[test]
fn settlements_lose_no_amount() {
    check(
        &[("scorecard = \"town.month\"", "scorecard = \"town\""), ("yuan = 0.5", "yuan = 0.555")],
        expect![[r#"
            error: there is no scorecard `town`
             --> settlements/prizes.toml:6:13
              |
            6 | scorecard = "town"
              |             ^^^^^^

            error: an amount has at most two decimals: there is nothing smaller than a fen
             --> settlements/prizes.toml:8:29
              |
            8 | prize = [{ from = 1, yuan = 0.555 }]
              |                             ^^^^^

            2 errors, 0 warnings"#]],
    );
    check(
        &[("amount = \"reward\"", "amount = \"penalty\"")],
        expect![[r#"
        error: the reward needs exactly one entry; there are 0
          --> settlements/prizes.toml:11:9
           |
        11 | entry = [{ debit = "fund", credit = "unit.reward", amount = "penalty" }]
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        error: there is no penalty here to post
          --> settlements/prizes.toml:11:9
           |
        11 | entry = [{ debit = "fund", credit = "unit.reward", amount = "penalty" }]
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        2 errors, 0 warnings"#]],
    );
}

fn load(city: &str) -> Pack {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(city);
    Pack::load(&dir).unwrap_or_else(|faults| panic!("packs/{city} does not load\n{faults}"))
}

#[test]
fn the_whole_list_of_evaluation_indicators_is_there() {
    let measures = load("zhengzhou").measures;
    let all = || measures.indicators.values().flatten();
    for number in 1..=24 {
        assert!(all().any(|indicator| indicator.number.as_deref() == Some(&number.to_string())), "{number}");
    }
    let open: Vec<&str> = all().filter_map(|indicator| indicator.variant_of.as_deref()).collect();
    assert_eq!(open, ["case.closed_on_time_rate", "case.filed_rate", "case.rework_rate", "case.satisfied_rate"]);
    for subject in ["district", "street", "grid", "department", "collector", "intake", "shift_leader", "dispatcher"] {
        let cards = measures.scorecards.values().flatten().filter(|card| card.subject == subject);
        assert_eq!(cards.map(|card| card.full()).collect::<Vec<_>>(), [Exact::HUNDRED], "{subject}");
    }
}

#[test]
fn every_shipped_scorecard_runs_on_nothing() {
    for city in ["zhengzhou", "boston"] {
        for card in load(city).measures.scorecards.values().flatten() {
            let nobody = [("x".into(), card::SubjectInput::default())].into();
            let run = card::run(card, &card::Inputs { subjects: nobody }).unwrap();
            assert_eq!(run.subjects["x"].total, None, "{}: nothing is not zero", card.cite.id);
        }
    }
}
