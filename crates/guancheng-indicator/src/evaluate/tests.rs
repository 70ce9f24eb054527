//! The reference evaluation: by example, by property, and against a second path written straight from the words.

use expect_test::{Expect, expect};
use guancheng_base::{Day, Instant, Name};
use proptest::prelude::*;

use super::*;
use crate::{
    Exact, IndicatorKind,
    fact::{CaseFact, Datum, Literal, Operand, OtherFact},
    fixtures::{CALENDAR, at, case, condition, count, is, on_time, world},
    indicator::{Agg, Measure},
};

fn ask<'q>(by: &'q str, period: &str, as_of: &str) -> Question<'q> {
    Question { by, period: Period::parse(period).unwrap(), as_of: at(as_of), calendar: &CALENDAR }
}

fn told(values: &BTreeMap<Name, Value>) -> String {
    let lines = values.iter().map(|(subject, value)| format!("{subject:?}: {}", value.explain.formula));
    lines.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check<F: Fact>(indicator: &Indicator, facts: &[F], question: &Question<'_>, expect: Expect) {
    assert_eq!(indicator.faults(), []);
    expect.assert_eq(&told(&evaluate(indicator, facts, question).unwrap()));
}

fn september() -> Vec<CaseFact> {
    let place = ["a", "a1", "a1x"];
    let mut hung = case(4, place, at("2014-09-20T17:00"), None);
    hung.hung_approved = Some(true);
    vec![
        case(1, place, at("2014-09-01T00:00"), Some(0)),
        case(2, place, at("2014-09-30T23:59"), Some(60_000)),
        case(3, place, at("2014-10-01T00:00"), Some(-1)),
        hung,
        case(5, ["b", "b1", "b1x"], at("2014-08-31T23:59"), Some(0)),
        case(6, ["", "", ""], at("2014-09-15T12:00"), None),
    ]
}

#[test]
fn a_case_counts_where_and_when_it_fell_due() {
    let facts = september();
    check(
        &on_time(),
        &facts,
        &ask("district", "2014-09", "2014-10-10"),
        expect![[r#"
        "": 按期处置率 = 0 ÷ 1 × 100 = 0.00 %
        "a": 按期处置率 = 1 ÷ 2 × 100 = 50.00 %; left out 1: 批准缓办 1 (more than usual)"#]],
    );
    check(
        &on_time(),
        &facts,
        &ask("city", "2014", "2015-01-01"),
        expect![[r#""city": 按期处置率 = 3 ÷ 5 × 100 = 60.00 %; left out 1: 批准缓办 1 (more than usual)"#]],
    );
}

#[test]
fn before_the_end_only_what_has_fallen_due_counts() {
    let facts = september();
    check(
        &on_time(),
        &facts,
        &ask("district", "2014-09", "2014-09-16"),
        expect![[r#"
        "": 按期处置率 = 0 ÷ 1 × 100 = 0.00 %; to date
        "a": 按期处置率 = 1 ÷ 1 × 100 = 100.00 %; to date"#]],
    );
    let whole = Indicator { to_date: false, ..on_time() };
    check(
        &whole,
        &facts,
        &ask("district", "2014-09", "2014-09-16"),
        expect![[r#"
        "": 按期处置率 = 0 ÷ 1 × 100 = not rated: the period has not ended; to date
        "a": 按期处置率 = 1 ÷ 1 × 100 = not rated: the period has not ended; to date"#]],
    );
}

#[test]
fn what_happened_later_was_not_known() {
    let late = [case(1, ["a", "", ""], at("2014-09-10"), Some(86_400_000))];
    let disposed = Indicator {
        num: count(vec![condition("disposed_at", "is_set", Operand::One(Literal::Flag(true)))]),
        ..on_time()
    };
    check(
        &disposed,
        &late,
        &ask("city", "2014-09", "2014-09-10T12:00"),
        expect![[r#""city": 按期处置率 = 0 ÷ 1 × 100 = 0.00 %; to date"#]],
    );
    check(
        &disposed,
        &late,
        &ask("city", "2014-09", "2014-09-11T00:00"),
        expect![[r#""city": 按期处置率 = 1 ÷ 1 × 100 = 100.00 %; to date"#]],
    );
}

#[test]
fn too_few_is_not_rated_and_an_empty_base_is_what_was_declared() {
    let facts = september();
    let question = ask("district", "2014-09", "2014-10-10");
    let few = Indicator { min_den: Exact::int(3), ..on_time() };
    check(
        &few,
        &facts,
        &question,
        expect![[r#"
        "": 按期处置率 = 0 ÷ 1 × 100 = not rated: the base is below 3
        "a": 按期处置率 = 1 ÷ 2 × 100 = not rated: the base is below 3; left out 1: 批准缓办 1 (more than usual)"#]],
    );
    let none = |empty| Indicator {
        population: vec![is("missed", true)],
        exclude: Vec::new(),
        den: Some(count(vec![is("exempt", true)])),
        num: count(vec![is("exempt", true)]),
        empty,
        ..on_time()
    };
    let facts = [CaseFact { missed: Some(true), ..case(1, ["a", "", ""], at("2014-09-10"), None) }];
    for (empty, expect) in [
        (crate::indicator::Empty::NotRated, None),
        (crate::indicator::Empty::Zero, Some(Exact::ZERO)),
        (crate::indicator::Empty::Full, Some(Exact::HUNDRED)),
    ] {
        let values = evaluate(&none(empty), &facts, &question).unwrap();
        assert_eq!(values["a"].value, expect);
    }
}

#[test]
fn counts_means_and_distinct_things() {
    let question = ask("city", "2014-09", "2014-10-10");
    let counted = Indicator {
        kind: IndicatorKind::Count,
        den: None,
        subset: false,
        unit: "件".into(),
        decimals: 0,
        num: count(Vec::new()),
        ..on_time()
    };
    check(
        &counted,
        &september(),
        &question,
        expect![[r#""city": 按期处置率 = 3 = 3 件; left out 1: 批准缓办 1 (more than usual)"#]],
    );
    let distinct = Indicator { distinct: Some("grid".into()), ..counted.clone() };
    check(
        &distinct,
        &september(),
        &question,
        expect![[r#""city": 按期处置率 = 2 = 2 件; left out 1: 批准缓办 1 (more than usual)"#]],
    );
    let hours = Agg::Sum { column: "handle_ms".into(), per: Exact::int(3_600_000) };
    let mean = Indicator {
        kind: IndicatorKind::Mean,
        unit: "h".into(),
        decimals: 1,
        num: Measure { agg: hours, conditions: Vec::new() },
        ..counted
    };
    let mut facts = september();
    facts[0].handle_ms = Some(5_400_000);
    facts[1].handle_ms = Some(9_000_000);
    check(
        &mean,
        &facts,
        &question,
        expect![[r#""city": 按期处置率 = 4 ÷ 2 = 2.0 h; left out 1: 批准缓办 1 (more than usual)"#]],
    );
}

#[test]
fn what_is_not_ripe_is_neither_good_nor_bad() {
    let ripe = Indicator { mature_after: Some(10), exclude: Vec::new(), ..on_time() };
    let facts = september();
    check(
        &ripe,
        &facts,
        &ask("city", "2014-09", "2014-10-01"),
        expect![[r#""city": 按期处置率 = 1 ÷ 3 × 100 = 33.33 %; 1 cannot be judged yet"#]],
    );
    check(
        &ripe,
        &facts,
        &ask("city", "2014-09", "2014-11-01"),
        expect![[r#""city": 按期处置率 = 1 ÷ 4 × 100 = 25.00 %"#]],
    );
}

fn holder(row: &str, on_post: bool, until: &str) -> OtherFact {
    let values = [
        ("on_post", Datum::Flag(on_post)),
        ("office", Datum::Text("x".into())),
        ("valid_until", Datum::Moment(at(until))),
    ];
    OtherFact { row: row.into(), values: values.map(|(name, value)| (Name::from(name), value)).into() }
}

#[test]
fn a_stock_is_looked_at_when_it_is_asked() {
    let on_post = is("on_post", true);
    let stock = Indicator {
        kind: IndicatorKind::StockRatio,
        fact: "post_holder".into(),
        time: TimeRule::PeriodEnd,
        by: vec!["office".into()],
        exclude: Vec::new(),
        den: Some(count(vec![on_post.clone()])),
        num: count(vec![on_post, condition("valid_until", ">=", Operand::AsOf)]),
        ..on_time()
    };
    let facts = [holder("p1", true, "2014-09-16"), holder("p2", true, "2015-01-01"), holder("p3", false, "2013-01-01")];
    let question = ask("office", "2014-09", "2014-10-10");
    check(&stock, &facts, &question, expect![[r#""x": 按期处置率 = 1 ÷ 2 × 100 = 50.00 %"#]]);
    check(
        &stock,
        &facts,
        &ask("office", "2014-09", "2014-09-15"),
        expect![[r#""x": 按期处置率 = 2 ÷ 2 × 100 = 100.00 %; to date"#]],
    );
    let daily = |period_value| Indicator { time: TimeRule::DayEnd, period_value, ..stock.clone() };
    check(&daily(PeriodValue::Min), &facts, &question, expect![[r#""x": 按期处置率 = 1 ÷ 2 × 100 = 50.00 %"#]]);
    check(
        &daily(PeriodValue::Last),
        &facts,
        &ask("office", "2014-09", "2014-09-15"),
        expect![[r#""x": 按期处置率 = 2 ÷ 2 × 100 = 100.00 %; to date"#]],
    );
    check(&daily(PeriodValue::Mean), &facts, &question, expect![[r#""x": 按期处置率 = mean of 30 days = 75.00 %"#]]);
    let parts = evaluate(&daily(PeriodValue::Min), &facts, &question).unwrap();
    assert_eq!(Value::together(&daily(PeriodValue::Min), "all".into(), parts.values()), Err(NotAdditive::Days));
}

#[test]
fn the_lesser_source_needs_its_paper_and_is_marked() {
    let fallback = crate::indicator::Fallback {
        evidence: crate::indicator::Evidence::Reported,
        needs: "signed".into(),
        mark: true,
    };
    let indicator = Indicator {
        fact: "sweep_day".into(),
        time: TimeRule::Column("day".into()),
        exclude: Vec::new(),
        den: Some(count(vec![is("due", true)])),
        num: count(vec![is("due", true), is("swept", true)]),
        fallback: Some(fallback),
        ..on_time()
    };
    let row = |n: &str, source: &str, signed: bool, swept: bool| {
        let day = Datum::Day(Day::parse("2014-09-03").unwrap());
        let values = [
            ("day", day),
            ("due", Datum::Flag(true)),
            ("swept", Datum::Flag(swept)),
            ("evidence", Datum::Text(source.into())),
            ("signed", Datum::Flag(signed)),
        ];
        OtherFact { row: n.into(), values: values.map(|(name, value)| (Name::from(name), value)).into() }
    };
    let facts = [row("1", "sensor", false, false), row("2", "reported", true, true), row("3", "reported", false, true)];
    check(
        &indicator,
        &facts,
        &ask("city", "2014-09", "2014-10-10"),
        expect![[
            r#""city": 按期处置率 = 1 ÷ 2 × 100 = 50.00 %; left out 1: reported without signed 1 (more than usual); partly reported"#
        ]],
    );
    check(
        &indicator,
        &facts[..1],
        &ask("city", "2014-09", "2014-10-10"),
        expect![[r#""city": 按期处置率 = 0 ÷ 1 × 100 = 0.00 %"#]],
    );
}

#[test]
fn what_it_is_not_made_for_is_refused() {
    let refused = |by: &str, period: &str| {
        let only = Indicator { periods: vec![PeriodKind::Month], ..on_time() };
        evaluate(&only, &september(), &ask(by, period, "2014-10-10")).unwrap_err().to_string()
    };
    expect!["it cannot be asked by `collector`; it can by city, district, street, grid"]
        .assert_eq(&refused("collector", "2014-09"));
    expect!["it is not made for a year; it is for month"].assert_eq(&refused("city", "2014"));
}

/// The second path: the sentence itself, over the struct.
fn by_hand(rows: &[CaseFact], period: Period, as_of: Instant) -> BTreeMap<Name, (i64, i64, i64)> {
    let mut found: BTreeMap<Name, (i64, i64, i64)> = BTreeMap::new();
    for row in rows {
        let Some(due) = row.due_at else { continue };
        let day = CALENDAR.day_of(due);
        if day < period.first() || day >= period.next_day() || due >= as_of {
            continue;
        }
        let place = row.district.clone().unwrap_or_else(|| "".into());
        let (above, below, out) = found.entry(place).or_default();
        if row.hung_approved == Some(true) {
            *out += 1;
            continue;
        }
        *below += 1;
        *above += i64::from(row.disposed_at.is_some_and(|at| at <= due && at <= as_of));
    }
    found
}

fn any_question() -> impl Strategy<Value = (Period, Instant)> {
    let kinds = proptest::sample::select(PeriodKind::ALL.to_vec());
    (kinds, 0_i32..150, 0_i64..200).prop_map(|(kind, day, as_of)| {
        let first = Day::parse("2014-06-15").unwrap();
        (Period::containing(kind, first.plus(day)), at("2014-06-15").plus_ms(as_of * 86_400_000))
    })
}

fn sums(values: &BTreeMap<Name, Value>) -> (Exact, Exact, usize) {
    let num = Exact::sum(values.values().map(|value| value.num)).unwrap();
    let den = Exact::sum(values.values().map(|value| value.den)).unwrap();
    (num, den, values.values().map(Value::left_out_count).sum())
}

proptest! {
    #[test]
    fn two_paths_agree(rows in world(), (period, as_of) in any_question()) {
        let question = Question { by: "district", period, as_of, calendar: &CALENDAR };
        let values = evaluate(&on_time(), &rows, &question).unwrap();
        let seen: BTreeMap<Name, (i64, i64, i64)> = values.iter().map(|(subject, value)| {
            let whole = |n: Exact| i64::try_from(n.whole().unwrap()).unwrap();
            (subject.clone(), (whole(value.num), whole(value.den), value.left_out_count() as i64))
        }).collect();
        prop_assert_eq!(&seen, &by_hand(&rows, period, as_of));
        for value in values.values() {
            prop_assert_eq!(Exact::int(value.num_rows.len() as i64), value.num);
            prop_assert!(value.num_rows.iter().all(|row| value.den_rows.contains(row)), "above is part of below");
            prop_assert!(value.value.is_none_or(|rate| rate >= Exact::ZERO && rate <= Exact::HUNDRED));
        }
    }

    #[test]
    fn the_parts_add_up_to_the_whole(rows in world(), (period, as_of) in any_question()) {
        let ask = |by| evaluate(&on_time(), &rows, &Question { by, period, as_of, calendar: &CALENDAR }).unwrap();
        let city = ask("city");
        for by in ["district", "street", "grid"] {
            let parts = ask(by);
            prop_assert_eq!(sums(&parts), sums(&city));
            if let Some(whole) = city.get("city") {
                prop_assert_eq!(&Value::together(&on_time(), "city".into(), parts.values()).unwrap(), whole);
            }
        }
    }

    #[test]
    fn neighbouring_periods_share_no_row_and_lose_none(rows in world(), day in 0_i32..150) {
        let year_end = at("2015-01-01");
        let quarter = Period::containing(PeriodKind::Quarter, Day::parse("2014-06-15").unwrap().plus(day));
        let ask = |period| evaluate(&on_time(), &rows, &Question { by: "city", period, as_of: year_end, calendar: &CALENDAR }).unwrap();
        let months: Vec<_> = quarter.parts(PeriodKind::Month).into_iter().map(ask).collect();
        let all = months.iter().map(sums).fold((Exact::ZERO, Exact::ZERO, 0), |(a, b, c), (x, y, z)| {
            (a.plus(x).unwrap(), b.plus(y).unwrap(), c + z)
        });
        prop_assert_eq!(all, sums(&ask(quarter)));
    }

    #[test]
    fn the_order_of_rows_changes_nothing(rows in world(), (period, as_of) in any_question(), seed in 0_usize..1000) {
        let question = Question { by: "street", period, as_of, calendar: &CALENDAR };
        let mut other = rows.clone();
        other.reverse();
        let turn = seed % other.len().max(1);
        other.rotate_left(turn);
        let first = evaluate(&on_time(), &rows, &question).unwrap();
        prop_assert_eq!(&evaluate(&on_time(), &other, &question).unwrap(), &first);
        prop_assert_eq!(&evaluate(&on_time(), &rows, &question).unwrap(), &first, "again, to the bit");
    }

    #[test]
    fn one_more_case_in_time_never_lowers_a_rate(rows in world(), (period, as_of) in any_question(), district in 0_usize..4) {
        let question = Question { by: "district", period, as_of, calendar: &CALENDAR };
        let before = evaluate(&on_time(), &rows, &question).unwrap();
        let place = format!("d{district}");
        let mut more = rows.clone();
        more.push(case(9999, [&place, "", ""], CALENDAR.midnight(period.first()), Some(0)));
        let after = evaluate(&on_time(), &more, &question).unwrap();
        for (subject, value) in &after {
            let old = before.get(subject).and_then(|value| value.value);
            prop_assert!(old.is_none_or(|old| value.value.is_some_and(|new| new >= old)));
        }
    }
}
