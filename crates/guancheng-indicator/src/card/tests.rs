//! A scorecard of three lines run on a small city.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::{
    Better, Cite, Exact, Reference,
    fact::{Literal, OccurrenceFact, Op, Operand},
    score::{EventUnit, Partial, Step},
};

fn n(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn line(title: &str, source: LineSource, points: &str, method: Method) -> Line {
    let rule = Rule { points: n(points), method, better: Better::Up, bonus: false };
    Line { title: title.into(), source, rule, normalise: None, why: None }
}

/// 按期 50 points, 返工 30 points per case and cell, 满意 20 points; two groups.
pub(crate) fn card() -> Scorecard {
    let reach = Method::ReachOrLose { reach: n("70"), lose: n("1"), per: n("1"), partial: Partial::Proportional };
    let ladder = vec![Step { from: 1, each: n("2") }, Step { from: 3, each: n("5") }];
    let rework = Method::PerEvent { unit: EventUnit::Case, steps: ladder };
    let mut reworked = line("返工", LineSource::Event("case.check_failed".into()), "30", rework);
    reworked.normalise = Some(Normalise { per: "grid_count".into(), reference: Reference::PeerMean });
    let pleased = Method::Linear { full_at: n("100"), zero_at: n("50") };
    let media = Condition { f: "source".into(), op: Op::Eq, with: Operand::One(Literal::Text("media".into())) };
    let group = |id: &str, members: &[&str]| PeerGroup {
        id: id.into(),
        title: id.to_uppercase(),
        members: members.iter().map(|member| (*member).into()).collect(),
    };
    Scorecard {
        cite: Cite { basis: vec!["示例".into()], ..Cite::bare("district.month") },
        title: "月排名".into(),
        owner: "督导处".into(),
        subject: "district".into(),
        period: PeriodKind::Month,
        rollup: vec![Rollup { period: PeriodKind::Quarter, label: "季初评".into(), method: RollupMethod::Mean }],
        cap: n("105"),
        floor: n("0"),
        decimals: 2,
        rounding: Rounding::HalfUp,
        min_rated_pct: n("50"),
        peer_groups: vec![group("core", &["a", "b", "c"]), group("zone", &["d"])],
        lines: vec![
            line("按期", LineSource::Indicator("case.on_time_rate".into()), "50", reach),
            reworked,
            line("满意", LineSource::Indicator("case.satisfied_rate".into()), "20", pleased),
        ],
        multipliers: vec![Multiplier { conditions: vec![media], loss_times: n("2"), why: None }],
        rank: RankRule::default(),
        within: Within::PeerGroup,
        grades: vec![
            Grade { ge: n("90"), id: "A".into(), title: "优".into() },
            Grade { ge: n("0"), id: "B".into(), title: "良".into() },
        ],
        health: HealthLimits::default(),
        publish: None,
    }
}

fn subject(on_time: Option<&str>, pleased: Option<&str>, grids: i64) -> SubjectInput {
    let value = |text: Option<&str>| Measured { value: text.map(n), excluded: 1, all: 10 };
    SubjectInput {
        values: [("case.on_time_rate".into(), value(on_time)), ("case.satisfied_rate".into(), value(pleased))].into(),
        events: Vec::new(),
        sizes: [("grid_count".into(), Exact::int(grids))].into(),
    }
}

fn failed(case: &str, row: &str, source: &str) -> OccurrenceFact {
    OccurrenceFact {
        event: Some("case.check_failed".into()),
        case: Some(case.into()),
        source: Some(source.into()),
        ..OccurrenceFact::new(row)
    }
}

pub(crate) fn city() -> Inputs {
    let mut a = subject(Some("66.4"), Some("90"), 100);
    a.events = vec![failed("1", "r1", "public"), failed("1", "r2", "public"), failed("1", "r3", "public")];
    let mut b = subject(Some("95"), Some("80"), 300);
    b.events = vec![failed("2", "r4", "media"), OccurrenceFact { exempt: Some(true), ..failed("3", "r5", "media") }];
    let c = subject(None, None, 200);
    let d = subject(Some("95"), None, 50);
    Inputs { subjects: [("a", a), ("b", b), ("c", c), ("d", d)].map(|(id, input)| (id.into(), input)).into() }
}

fn told(run: &CardRun) -> String {
    let mut text = String::new();
    for (id, score) in &run.subjects {
        let place = score.place.map_or("–".into(), |place| format!("{place}/{}", score.ranked));
        let grade = score.grade.as_deref().unwrap_or("–");
        text += &format!("{id} {place} {grade}: {}\n", score.explain.formula);
        for line in &score.lines {
            text += &format!("  {}: {}\n", line.title, line.explain.formula);
        }
    }
    text + &run.health.explain.formula
}

#[track_caller]
fn check(card: &Scorecard, expect: Expect) {
    assert_eq!(card.faults(), []);
    expect.assert_eq(&told(&run(card, &city()).unwrap()));
}

#[test]
fn every_point_tells_where_it_comes_from() {
    check(
        &card(),
        expect![[r#"
        a 2/2 B: 82.4 + 0, within 0 to 105 = 82.4
          按期: 50 − (70 − 66.4) ÷ 1 × 1 = 46.4
          返工: 30 − 5 × 2 = 20; peer_mean 200 ÷ own grid_count 100 = 2
          满意: 20 × (90 − 50) ÷ (100 − 50) = 16
        b 1/2 B: 89.33 + 0, within 0 to 105 = 89.33
          按期: 95 reaches 70 → 50
          返工: 30 − 2 × 2 × ≈0.666667 = ≈27.333333; peer_mean 200 ÷ own grid_count 300 = ≈0.666667
          满意: 20 × (80 − 50) ÷ (100 − 50) = 12
        c – –: not rated: 30 of 100 points are rated, 50 are needed
          按期: not rated: there is no value to score
          返工: 30 − 0 = 30; peer_mean 200 ÷ own grid_count 200 = 1
          满意: not rated: there is no value to score
        d 1/1 A: 80 × 100 ÷ 80 + 0, within 0 to 105 = 100
          按期: 95 reaches 70 → 50
          返工: 30 − 0 = 30; peer_mean 50 ÷ own grid_count 50 = 1
          满意: not rated: there is no value to score
        3 rated; spread 17.6, p90−p10 14.08 (at least 5), near the top 0.33 (at most 0.3); 10.00 % left out (at most 15 %)"#]],
    );
}

#[test]
fn a_scorecard_that_is_none_says_where() {
    let faults = |change: fn(&mut Scorecard)| {
        let mut card = card();
        change(&mut card);
        card.faults().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let check = |change: fn(&mut Scorecard), expect: Expect| expect.assert_eq(&faults(change));
    check(
        |card| card.peer_groups.clear(),
        expect!["rank.within: there are no peer groups: declare some, or rank within `all`"],
    );
    check(
        |card| card.peer_groups[1].members.extend(["a".into()]),
        expect!["peer_group[1].members: `a` is in two peer groups"],
    );
    check(
        |card| card.rollup[0].period = PeriodKind::Month,
        expect!["rollup[0].period: month is not longer than month"],
    );
    check(
        |card| card.lines[0].source = LineSource::Event("x".into()),
        expect!["line[0].score.method: per_event scores an `event`, the other methods an `indicator`"],
    );
    check(|card| card.lines[2].rule.points = n("-1"), expect!["line[2].points: points must not be below zero"]);
    check(|card| card.floor = n("106"), expect!["floor: the floor 106 is above the cap 105"]);
    check(
        |card| card.lines.iter_mut().for_each(|line| line.rule.bonus = true),
        expect!["line: a scorecard needs a line that is no bonus"],
    );
}

#[test]
fn a_changed_scorecard_shows_who_moves_and_why() {
    let before = run(&card(), &city()).unwrap();
    assert_eq!(moves(&before, &before), []);
    let mut stricter = card();
    stricter.lines[0].rule.method = Method::Linear { full_at: n("100"), zero_at: n("50") };
    let after = run(&stricter, &city()).unwrap();
    let told: Vec<String> = moves(&before, &after)
        .iter()
        .map(|moved| {
            let why = moved.lines.iter().map(|line| line.explain.1.as_ref().map_or("–", |why| &why.formula));
            format!("{} {:?} {}", moved.subject, moved.place, why.collect::<Vec<_>>().join("; "))
        })
        .collect();
    expect![[r#"
        a (Some(2), Some(2)) 50 × (66.4 − 50) ÷ (100 − 50) = 16.4
        b (Some(1), Some(1)) 50 × (95 − 50) ÷ (100 − 50) = 45
        d (Some(1), Some(1)) 50 × (95 − 50) ÷ (100 − 50) = 45"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn so_many_more_and_one_is_first() {
    let indicator = crate::fixtures::on_time();
    let at = crate::fixtures::at;
    let cases: Vec<_> =
        (0..10).map(|k| crate::fixtures::case(k, ["a", "", ""], at("2014-09-10"), (k < 3).then_some(0))).collect();
    let question = crate::evaluate::Question {
        by: "district",
        period: crate::Period::parse("2014-09").unwrap(),
        as_of: at("2014-10-10"),
        calendar: &crate::fixtures::CALENDAR,
    };
    let value = crate::evaluate::evaluate(&indicator, &cases, &question).unwrap().remove("a").unwrap();
    assert_eq!(value.measured().value, Some(n("30")));
    let improved = |steps: usize| {
        let mut input = city().subjects.remove("a").unwrap();
        input.events.clear();
        input.values.insert("case.on_time_rate".into(), with_more(&indicator, &value, steps).unwrap());
        input
    };
    let steps = |place| steps_to_place(&card(), &city(), &"a".into(), place, 7, improved).unwrap();
    assert_eq!(steps(2), Some(0));
    assert_eq!(steps(1), Some(4));
    assert_eq!(with_more(&indicator, &value, 99).unwrap().value, Some(n("100")), "no more than there are");
    let before = improved(3);
    let mut inputs = city();
    inputs.subjects.insert("a".into(), before);
    assert_eq!(run(&card(), &inputs).unwrap().subjects["a"].place, Some(2), "one fewer is not enough");
}

#[test]
fn months_become_a_quarter() {
    let totals = |a: Option<&str>, b: &str, d: &str| {
        [("a", a.map(n)), ("b", Some(n(b))), ("c", None), ("d", Some(n(d)))]
            .map(|(id, total)| (id.into(), total))
            .into()
    };
    let months = [totals(Some("80"), "90", "70"), totals(None, "85", "70"), totals(Some("91"), "85.02", "70")];
    let quarter = longer(&card(), &card().rollup[0], &months).unwrap();
    let told: Vec<String> = quarter
        .iter()
        .map(|(id, s)| format!("{id} {:?}/{} {:?}: {}", s.place, s.ranked, s.grade, s.explain.formula))
        .collect();
    expect![[r#"
        a Some(2)/2 Some("B"): mean(80, 91) = 85.5; 1 of 3 not rated
        b Some(1)/2 Some("B"): mean(90, 85, 85.02) = 86.67; 0 of 3 not rated
        c None/2 None: not rated: none of 3 parts is rated
        d Some(1)/1 Some("B"): mean(70, 70, 70) = 70; 0 of 3 not rated"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn a_count_of_nothing_is_zero_and_a_rate_of_nothing_is_none() {
    let rate = crate::fixtures::on_time();
    let counted = crate::Indicator {
        cite: Cite::bare("case.count"),
        kind: crate::IndicatorKind::Count,
        den: None,
        subset: false,
        ..rate.clone()
    };
    let mut event = failed("1", "r1", "media");
    event.district = Some("a".into());
    let stray = OccurrenceFact { district: Some("elsewhere".into()), ..event.clone() };
    let evaluated = [(&rate, Default::default()), (&counted, Default::default())];
    let inputs = Inputs::gather(&card(), [Name::from("a")], &evaluated, &[event, stray]);
    assert_eq!(inputs.subjects["a"].values["case.on_time_rate"], Measured::default());
    assert_eq!(inputs.subjects["a"].values["case.count"], Measured::of(Exact::ZERO));
    assert_eq!((inputs.subjects.len(), inputs.subjects["a"].events.len()), (1, 1));
}

fn any_inputs() -> impl Strategy<Value = Inputs> {
    let rate = || proptest::option::of((0_i64..=10_000).prop_map(|n| Exact::ratio(i128::from(n), 100).unwrap()));
    let events = proptest::collection::vec((0_u8..5, 1_i64..4, any::<bool>()), 0..12);
    let one = (rate(), rate(), 0_i64..400, events).prop_map(|(on_time, pleased, grids, events)| {
        let mut input = subject(None, None, grids);
        let measured = |value| Measured { value, excluded: 0, all: 10 };
        input.values = [("case.on_time_rate", on_time), ("case.satisfied_rate", pleased)]
            .map(|(id, value)| (id.into(), measured(value)))
            .into();
        let row = |(n, (case, count, media)): (usize, &(u8, i64, bool))| OccurrenceFact {
            count: Some(*count),
            ..failed(&case.to_string(), &format!("r{n}"), if *media { "media" } else { "public" })
        };
        input.events = events.iter().enumerate().map(row).collect();
        input
    });
    let all = proptest::collection::vec(one, 0..5);
    all.prop_map(|all| Inputs { subjects: ["a", "b", "c", "d", "e"].map(Name::from).into_iter().zip(all).collect() })
}

proptest! {
    #[test]
    fn a_place_follows_from_the_total_and_nothing_is_a_number(inputs in any_inputs()) {
        let (card, done) = (card(), run(&card(), &inputs).unwrap());
        for (subject, score) in &done.subjects {
            prop_assert!(score.total.is_none_or(|total| total >= card.floor && total <= card.cap));
            prop_assert_eq!(score.total.is_none() || score.group.is_none(), score.place.is_none(), "{}", subject);
            prop_assert_eq!(score.total.is_none(), score.grade.is_none());
            prop_assert!(score.lines.iter().all(|line| line.points.is_none_or(|points| points <= line.most)));
            for other in done.subjects.values().filter(|other| other.group == score.group) {
                let order = other.total.zip(score.total).map(|(theirs, own)| theirs.cmp(&own));
                let places = other.place.zip(score.place).map(|(theirs, own)| own.cmp(&theirs));
                prop_assert!(order.zip(places).is_none_or(|(total, place)| total == place), "better is before");
            }
        }
        prop_assert_eq!(run(&card, &inputs).unwrap(), done, "again, to the bit");
    }

    #[test]
    fn more_failures_never_raise_a_score(inputs in any_inputs(), who in 0_usize..5) {
        let before = run(&card(), &inputs).unwrap();
        let mut worse = inputs.clone();
        let Some(subject) = worse.subjects.keys().nth(who).cloned() else { return Ok(()) };
        worse.subjects.get_mut(&subject).unwrap().events.push(failed("new", "r99", "media"));
        let after = run(&card(), &worse).unwrap();
        let totals = before.subjects[&subject].total.zip(after.subjects[&subject].total);
        prop_assert!(totals.is_none_or(|(before, after)| after <= before));
    }
}
