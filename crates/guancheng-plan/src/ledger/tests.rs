//! The ledger on one made-up plan: each test is a sentence of the light rule.

use std::collections::BTreeMap;

use guancheng_base::{Day, Instant, OfficeId};
use guancheng_calendar::Limit;

use super::*;
use crate::model::{Answer, Cadence, Class, Count, Measure, Milestone, Rate, Schedule, Stages, Stamp};

fn settings() -> Settings {
    Settings {
        rights: BTreeMap::new(),
        curve: [2, 6, 13, 22, 34, 48, 61, 73, 84, 92, 97, 100],
        cycle_days: 31,
        series: Vec::new(),
        circular_number: "〔{yyyy}〕{seq}".to_owned(),
        grades: Vec::new(),
        groups: Vec::new(),
        other_group: "其他".to_owned(),
        mark_percent: 10,
        appeal_within: Limit::parse("5 work_day").unwrap(),
        progress_procedure: "plan_progress".into(),
        decision_procedure: "decision".into(),
        amendment_procedure: "plan_amendment".into(),
    }
}

fn commitment(binding: Binding) -> Commitment {
    Commitment {
        id: "01.01".to_owned(),
        item: 1,
        span: (0, 10),
        text: "新建管道50公里".to_owned(),
        class: Class::Count,
        rule: "amount".to_owned(),
        quantities: Vec::new(),
        cadences: Vec::new(),
        named: Vec::new(),
        questions: Vec::new(),
        lead: Some(OfficeId(1)),
        assist: Vec::new(),
        weight: 5,
        binding: Some(binding),
        counter: None,
        words: String::new(),
        confirmed: None,
        help: None,
        opinion: None,
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Reports as `(day, whole units, standing, step)`.
fn facts(reports: &[(&str, i64, Standing, &str)]) -> Facts {
    let progress = |(at, n, standing, step): &(&str, i64, Standing, &str)| Progress {
        step: (*step).to_owned(),
        standing: *standing,
        n: 1,
        amount: Amount::whole(*n),
        first: day(at),
        last: day(at),
    };
    Facts { progress: reports.iter().map(progress).collect(), rate: None }
}

fn seen(binding: Binding, facts: &Facts, today: &str) -> Line {
    let plan = Plan { year: 2026, ..Plan::default() };
    line(&plan, &commitment(binding), facts, &settings(), day(today))
}

#[track_caller]
fn check(binding: Binding, facts: &Facts, today: &str, light: Light, reason: &str) {
    let line = seen(binding, facts, today);
    let first = line.reasons.first().map(|reason| reason.zh.as_str()).unwrap_or_default();
    assert_eq!((line.light, first), (light, reason), "{line:#?}");
}

fn pipes() -> Binding {
    let due = day("2026-12-31");
    Binding::Count(Count { target: Amount::whole(50), unit: "公里".to_owned(), due, curve: Vec::new() })
}

const COUNTED: Standing = Standing::Counted;

#[test]
fn a_quantity_through_the_year() {
    check(pipes(), &facts(&[]), "2026-01-20", Light::Grey, "尚未开始，未到时候");
    check(pipes(), &facts(&[]), "2026-05-20", Light::Red, "按目前进度，到 2026-12-31 约 0 公里，差 50");
    let good = facts(&[("2026-03-20", 7, COUNTED, ""), ("2026-04-20", 5, COUNTED, ""), ("2026-05-20", 6, COUNTED, "")]);
    check(pipes(), &good, "2026-05-31", Light::Green, "按计划推进");
    check(pipes(), &good, "2026-07-15", Light::Red, "按目前进度，到 2026-12-31 约 34.099 公里，差 15.901");
    check(pipes(), &good, "2027-01-02", Light::Red, "已过时限 2026-12-31，还差 32 公里");
    let reached = facts(&[("2026-10-01", 50, COUNTED, "")]);
    check(pipes(), &reached, "2026-12-31", Light::Green, "已达到目标");
}

#[test]
fn what_is_not_approved_does_not_count_but_is_a_sign_of_life() {
    let line = seen(pipes(), &facts(&[("2026-03-20", 7, Standing::Pending, "")]), "2026-03-25");
    assert_eq!((line.value, line.pending, line.last_sign), (Some(Amount::ZERO), 1, Some(day("2026-03-20"))));
    assert_eq!(line.source, None);
}

#[test]
fn a_failed_sample_is_red_whatever_else_is_said() {
    let reports = facts(&[("2026-10-01", 50, COUNTED, ""), ("2026-09-01", 3, Standing::Failed, "")]);
    check(pipes(), &reports, "2026-10-02", Light::Red, "1 次抽查不合格，尚未整改");
}

#[test]
fn help_is_a_red_that_a_person_adds() {
    let help = Answer { text: "缺管材".to_owned(), stamp: Stamp { by: None, at: Instant(0) } };
    let asking = Commitment { help: Some(help), ..commitment(pipes()) };
    let plan = Plan { year: 2026, ..Plan::default() };
    let line = line(&plan, &asking, &facts(&[("2026-02-01", 9, COUNTED, "")]), &settings(), day("2026-02-10"));
    assert_eq!((line.light, line.reasons[0].zh.as_str()), (Light::Red, "请求支援：缺管材"));
}

#[test]
fn the_source_of_a_value_is_shown() {
    let source = |facts: &Facts| seen(pipes(), facts, "2026-05-01").source;
    assert_eq!(source(&facts(&[("2026-03-20", 7, COUNTED, "")])), Some(Source::SelfReported));
    let inspected = [("2026-03-20", 7, COUNTED, ""), ("2026-03-21", 1, Standing::Inspected, "")];
    assert_eq!(source(&facts(&inspected)), Some(Source::Inspected));
}

#[test]
fn a_chain_is_red_when_a_step_is_late() {
    let step =
        |id: &str, title: &str, due: &str| Milestone { id: id.to_owned(), title: title.to_owned(), due: day(due) };
    let steps = vec![step("started", "开工", "2026-04-30"), step("done", "完工", "2026-11-30")];
    let works = || Binding::Milestones(Stages { steps: steps.clone() });
    check(works(), &facts(&[]), "2026-02-01", Light::Grey, "尚未开始，未到时候");
    check(works(), &facts(&[]), "2026-04-25", Light::Amber, "“开工”将于 2026-04-30 到期");
    check(works(), &facts(&[]), "2026-05-03", Light::Red, "“开工”应于 2026-04-30 完成，已逾期 3 天");
    let started = facts(&[("2026-04-10", 0, COUNTED, "started")]);
    check(works(), &started, "2026-05-03", Light::Green, "按节点推进");
    assert_eq!(seen(works(), &started, "2026-12-03").degree, Some(500));
    let done = facts(&[("2026-04-10", 0, COUNTED, "started"), ("2026-11-10", 0, COUNTED, "done")]);
    check(works(), &done, "2026-12-03", Light::Green, "全部节点已完成");
}

#[test]
fn a_rate_below_its_sample_is_not_rated() {
    let rate = |n, good| Facts { rate: Some(RateFact { n, good, last_bad: None }), ..Facts::default() };
    let target = Amount::whole(95);
    let duty = || {
        let (measure, procedure, category) = (Measure::OnTime, "petition".to_owned(), String::new());
        Binding::Duty(Rate { measure, procedure, category, target, min_cases: 10 })
    };
    check(duty(), &rate(9, 0), "2026-06-01", Light::Grey, "样本 9 件，少于 10 件，未评");
    assert_eq!(seen(duty(), &rate(9, 0), "2026-06-01").degree, None);
    check(duty(), &rate(100, 95), "2026-06-01", Light::Green, "100 件中 5 件不合要求");
    check(duty(), &rate(100, 91), "2026-06-01", Light::Amber, "100 件中 9 件不合要求");
    check(duty(), &rate(100, 80), "2026-06-01", Light::Red, "100 件中 20 件不合要求");
}

#[test]
fn a_missed_occurrence_shows() {
    let weekly = || {
        let (from, to) = (day("2026-01-05"), day("2026-12-31"));
        Binding::Schedule(Schedule { cadence: Cadence::Weekly, from, to, times: None })
    };
    check(weekly(), &facts(&[]), "2026-01-08", Light::Grey, "尚未到第一期");
    check(weekly(), &facts(&[]), "2026-01-20", Light::Red, "应有 2 次，按期 0，补办 0，缺 2");
    let held = facts(&[("2026-01-06", 0, COUNTED, "2026-01-05"), ("2026-01-20", 0, COUNTED, "2026-01-12")]);
    check(weekly(), &held, "2026-01-21", Light::Green, "应有 2 次，按期 1，补办 1，缺 0");
}

#[test]
fn a_number_a_year_is_measured_by_the_time_that_has_gone() {
    let twenty = || {
        let (from, to) = (day("2026-01-01"), day("2026-12-31"));
        Binding::Schedule(Schedule { cadence: Cadence::Monthly, from, to, times: Some(20) })
    };
    let ten: Vec<(&str, i64, Standing, &str)> = vec![("2026-03-01", 0, COUNTED, "2026-03-01"); 10];
    check(twenty(), &facts(&ten), "2026-07-01", Light::Green, "已举办 10 次，按时间应有 9 次");
    check(twenty(), &facts(&ten[..2]), "2026-12-01", Light::Red, "已举办 2 次，按时间应有 18 次");
}

#[test]
fn a_mechanism_without_meetings_is_a_name_on_paper() {
    let committee = || Binding::Mechanism { alive_days: 40 };
    check(committee(), &facts(&[]), "2026-02-01", Light::Grey, "尚无章程或组成文件（应于 2026-04-04 前）");
    check(committee(), &facts(&[]), "2026-05-01", Light::Red, "尚无章程或组成文件（应于 2026-04-04 前）");
    let alive = [("2026-02-01", 0, COUNTED, "charter"), ("2026-05-01", 0, COUNTED, "met")];
    check(committee(), &facts(&alive), "2026-06-01", Light::Green, "最近一次活动在 31 天前");
    check(committee(), &facts(&alive), "2026-08-01", Light::Red, "最近一次活动在 92 天前");
}

#[test]
fn periods_begin_and_end_with_civil_days() {
    let of = |cadence, at: &str| {
        let (from, to) = period_of(cadence, day(at));
        format!("{from}..{to}")
    };
    assert_eq!(of(Cadence::Weekly, "2026-11-25"), "2026-11-23..2026-11-29");
    assert_eq!(of(Cadence::Monthly, "2026-12-31"), "2026-12-01..2026-12-31");
    assert_eq!(of(Cadence::Quarterly, "2026-11-25"), "2026-10-01..2026-12-31");
    assert_eq!(of(Cadence::HalfYearly, "2026-06-30"), "2026-01-01..2026-06-30");
    assert_eq!(of(Cadence::Yearly, "2024-02-29"), "2024-01-01..2024-12-31");
}

proptest::proptest! {
    /// The plan of a curve never falls, begins at nothing and ends with the target.
    #[test]
    fn the_curve_never_falls(a in 0i32..400, b in 0i32..400, target in 1i64..1_000_000) {
        let plan = Plan { year: 2026, ..Plan::default() };
        let count = Count { target: Amount(target), unit: String::new(), due: plan.last_day(), curve: Vec::new() };
        let at = |n: i32| planned(&plan, &count, &settings(), plan.first_day().plus(n));
        let (early, late) = (a.min(b), a.max(b));
        proptest::prop_assert!(at(early) <= at(late));
        proptest::prop_assert!(at(late) <= Amount(target));
        proptest::prop_assert_eq!(at(364), Amount(target));
    }
}

#[test]
fn what_was_done_in_a_month_that_just_began_is_part_of_the_pace() {
    let ahead = facts(&[("2026-03-01", 8, COUNTED, "")]);
    check(pipes(), &ahead, "2026-03-02", Light::Green, "按计划推进");
    check(pipes(), &ahead, "2026-03-20", Light::Green, "按计划推进");
}
