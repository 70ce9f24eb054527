//! Each check on a case with every field it reads.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use guancheng_base::{CaseId, Ctx, Day, EvidenceId, Fen, LonLat};

use super::{build::*, world::*};
use crate::{kernel::draft::Draft, *};

/// A procedure with every field any check reads, and one discretion table.
fn everything() -> Parts {
    let mut parts = parts(
        "all",
        vec![state("open", "role:intake"), state("ended", "")],
        vec![mv("end", "open > ended", "role:intake")],
        vec![clock("time", "enter:open", "move:end", fixed("90 natural_day"))],
    );
    let money = || FieldKind::Money { currency: "CNY".into() };
    let people = || FieldKind::People { min: 1 };
    parts.fields = vec![
        field("category", code("words")),
        field("place", FieldKind::Point),
        field("plan_item", FieldKind::Ref { to: "register.plan".into() }),
        field("emergency", FieldKind::Bool),
        field("built_on", FieldKind::Date),
        field("overhauled_on", FieldKind::Date),
        field("work_from", FieldKind::Date),
        field("work_to", FieldKind::Date),
        field("government_approval", FieldKind::File),
        field("line", FieldKind::Line),
        field("due", FieldKind::Date),
        field("grade", code("words")),
        field("verifiers", people()),
        field("officers", people()),
        field("violation", code("words")),
        field("party_kind", code("words")),
        field("tier", code("words")),
        field("tier_reason", text()),
        field("volume_m3", FieldKind::Decimal { min: None, max: None, unit: "m3".to_owned() }),
        field("fine", money()),
        field("noticed_fine", money()),
        field("legal_review", FieldKind::File),
        field("collective_record", FieldKind::File),
        field("reminder_served_on", FieldKind::Date),
    ];
    let words = code_list(
        "words",
        &["major - -", "minor - -", "citizen - -", "company - -", "waste - -", "light - -", "normal - -"],
    );
    parts.code_lists = std::sync::Arc::new([words].into());
    let tier = |id: &str, ge, lt, range| Tier { id: id.into(), title: id.to_owned(), ge, lt, range };
    parts.discretion = vec![Discretion {
        violation: "waste".into(),
        title: "waste".to_owned(),
        basis: "law".to_owned(),
        statute: vec![StatuteRange {
            party: "company、citizen".to_owned(),
            min: Fen::from_yuan(5_000),
            max: Fen::from_yuan(30_000),
        }],
        measure: "volume_m3".into(),
        unit: "m3".to_owned(),
        tiers: vec![tier("light", None, Some(5.0), (0, 0)), tier("normal", Some(5.0), None, (0, 500))],
        lighter: Vec::new(),
        heavier: Vec::new(),
        outside: Some(Outside { approve: Vec::new(), require: names("tier_reason"), collective: true }),
    }];
    parts
}

fn check(name: &str, own: Params, fields: &[(&str, Value)], expected: Expect) {
    check_in(name, own, fields, MemoryFacts::default(), expected);
}

fn check_in(name: &str, own: Params, fields: &[(&str, Value)], facts: MemoryFacts, expected: Expect) {
    let procedure = built(everything());
    let check = Check::parse(name, &own, &BTreeMap::new()).expect(name);
    let now = procedure.calendar.parse_local("2014-06-03T09:00").expect("a time");
    let ctx = Ctx { now, actor: actor("intake") };
    let mut case = Case::new(CaseId(1));
    case.fields = values(fields);
    let draft = Draft::new(&ctx, &procedure, &case, &facts);
    let seen = match checks::run(&check, &draft) {
        Outcome::Pass => "passes".to_owned(),
        Outcome::Needs(fields) => format!("needs {fields:?}"),
        Outcome::Fail(failure) => {
            let until = failure.until.map(|until| format!(" [until {until}]")).unwrap_or_default();
            format!("{} | {}{until} {:?}", failure.text.zh, failure.text.en, failure.basis)
        }
    };
    expected.assert_eq(&seen);
}

fn none() -> Params {
    Params::new()
}

fn file() -> Value {
    Value::File(EvidenceId(1))
}

fn people(names: &str) -> Value {
    Value::People(names.split_whitespace().map(str::to_owned).collect())
}

fn yuan(n: i64) -> Value {
    Value::Money(Fen::from_yuan(n))
}

#[test]
fn a_road_rests_after_it_was_built_or_overhauled() {
    let overhauled = [("overhauled_on", date("2012-06-01")), ("work_from", date("2014-05-10"))];
    check(
        "road.moratorium",
        none(),
        &overhauled,
        expect![[
            r#"道路 2012-06-01 大修，3 年内不得挖掘；拟 2014-05-10 开工，2015-06-01 起方可 | the road was overhauled on 2012-06-01; no digging for 3 years, until 2015-06-01 [until 2015-06-01] ["城市道路管理条例 第三十三条"]"#
        ]],
    );
    let both =
        [("built_on", date("2010-01-01")), ("overhauled_on", date("2012-01-01")), ("work_from", date("2014-12-31"))];
    check(
        "road.moratorium",
        none(),
        &both,
        expect![[
            r#"道路 2012-01-01 大修，3 年内不得挖掘；拟 2014-12-31 开工，2015-01-01 起方可 | the road was overhauled on 2012-01-01; no digging for 3 years, until 2015-01-01 [until 2015-01-01] ["城市道路管理条例 第三十三条"]"#
        ]],
    );
    check(
        "road.moratorium",
        none(),
        &[("overhauled_on", date("2011-05-10")), ("work_from", date("2014-05-10"))],
        expect!["passes"],
    );
    let approved = [&overhauled[..], &[("government_approval", file())]].concat();
    check("road.moratorium_or_government_approval", none(), &approved, expect!["passes"]);
    check(
        "road.moratorium_or_government_approval",
        none(),
        &overhauled,
        expect![[
            r#"道路 2012-06-01 大修，3 年内不得挖掘；拟 2014-05-10 开工，2015-06-01 起方可 | the road was overhauled on 2012-06-01; no digging for 3 years, until 2015-06-01 [until 2015-06-01] ["城市道路管理条例 第三十三条"]"#
        ]],
    );
}

#[test]
fn works_are_planned_and_apart() {
    check(
        "plan.registered_or_emergency",
        none(),
        &[],
        expect!["未列入年度掘路计划，也不是抢修 | the works are neither in the year's plan nor an emergency []"],
    );
    check("plan.registered_or_emergency", none(), &[("emergency", Value::Bool(true))], expect!["passes"]);
    let line = Value::Line(vec![HERE, LonLat { lon: 100.001, ..HERE }]);
    let works = [("line", line), ("work_from", date("2014-06-10")), ("work_to", date("2014-06-20"))];
    let other =
        OtherWorks { case: CaseId(7), number: "JD7".to_owned(), until: Day::parse("2014-06-15").expect("a day") };
    let facts =
        MemoryFacts { works: vec![(other, Day::parse("2014-06-01").expect("a day"), HERE)], ..MemoryFacts::default() };
    check_in(
        "road.no_overlapping_works",
        none(),
        &works,
        facts,
        expect![
            "同一路段同期已有施工 JD7，至 2014-06-15；请合并开挖或错开工期 | other works on the same stretch until 2014-06-15: JD7; dig together or later [until 2014-06-15] []"
        ],
    );
    check("road.no_overlapping_works", none(), &works, expect!["passes"]);
    check("road.no_overlapping_works", none(), &[], expect![[r#"needs ["line", "work_from", "work_to"]"#]]);
}

#[test]
fn a_date_is_near_enough() {
    let year = || Params::from([("n".into(), Param::Int(1)), ("unit".into(), Param::Text("year".into()))]);
    check("due.within", year(), &[("due", date("2015-06-03"))], expect!["passes"]);
    check(
        "due.within",
        year(),
        &[("due", date("2015-06-04"))],
        expect![
            "期限 2015-06-04 应在 2014-06-03 至 2015-06-03 之间（最长 1 year） | the date 2015-06-04 must lie between 2014-06-03 and 2015-06-03 (1 year) []"
        ],
    );
    check(
        "due.within",
        year(),
        &[("due", date("2014-06-02"))],
        expect![
            "期限 2014-06-02 应在 2014-06-03 至 2015-06-03 之间（最长 1 year） | the date 2014-06-02 must lie between 2014-06-03 and 2015-06-03 (1 year) []"
        ],
    );
    check("due.within", year(), &[], expect![[r#"needs ["due"]"#]]);
}

#[test]
fn a_major_hazard_takes_two_pairs_of_eyes() {
    check("verify.two_people_if_major", none(), &[("grade", c("minor"))], expect!["passes"]);
    check("verify.two_people_if_major", none(), &[("grade", c("major"))], expect![[r#"needs ["verifiers"]"#]]);
    let one_twice = [("grade", c("major")), ("verifiers", people("甲 甲"))];
    check(
        "verify.two_people_if_major",
        none(),
        &one_twice,
        expect!["重大隐患须两人以上复查 | a major hazard is verified by two people []"],
    );
}

#[test]
fn a_penalty_on_the_spot_is_small_and_has_two_officers() {
    check("penalty.two_officers", none(), &[("officers", people("甲 乙"))], expect!["passes"]);
    check(
        "penalty.two_officers",
        none(),
        &[("officers", people("甲"))],
        expect![[r#"执法人员不得少于两人 | at least two officers ["行政处罚法 第四十二条"]"#]],
    );
    check("penalty.spot_limit", none(), &[("fine", yuan(200)), ("party_kind", c("citizen"))], expect!["passes"]);
    check(
        "penalty.spot_limit",
        none(),
        &[("fine", yuan(201))],
        expect![[
            r#"当场处罚最高 200.00 元，拟罚 201.00 元，请走普通程序 | on the spot at most 200.00, not 201.00; use the ordinary procedure ["行政处罚法 第五十一条"]"#
        ]],
    );
    check("penalty.spot_limit", none(), &[("fine", yuan(3000)), ("party_kind", c("company"))], expect!["passes"]);
    check(
        "penalty.spot_limit",
        none(),
        &[("fine", yuan(3001)), ("party_kind", c("company"))],
        expect![[
            r#"当场处罚最高 3000.00 元，拟罚 3001.00 元，请走普通程序 | on the spot at most 3000.00, not 3001.00; use the ordinary procedure ["行政处罚法 第五十一条"]"#
        ]],
    );
}

#[test]
fn a_fine_stays_in_its_band_or_takes_the_declared_way_out() {
    let fine = |n: i64, tier: &str| {
        let volume = Value::Decimal(20.0);
        vec![
            ("violation", c("waste")),
            ("party_kind", c("company")),
            ("volume_m3", volume),
            ("tier", c(tier)),
            ("fine", yuan(n)),
        ]
    };
    let reasons = [("tier_reason", t("why")), ("collective_record", file())];
    check("penalty.within_band", none(), &fine(17_500, "normal"), expect!["passes"]);
    check(
        "penalty.within_band",
        none(),
        &fine(17_501, "normal"),
        expect![[
            r#"按裁量基准应为“normal”档 5000.00 – 17500.00 元，拟罚 17501.00 元；超出须集体讨论并说明理由 | the table gives tier normal, 5000.00 to 17500.00, not 17501.00 ["law"]"#
        ]],
    );
    check(
        "penalty.within_band",
        none(),
        &fine(10_000, "light"),
        expect![[
            r#"按裁量基准应为“normal”档 5000.00 – 17500.00 元，拟罚 10000.00 元；超出须集体讨论并说明理由 | the table gives tier normal, 5000.00 to 17500.00, not 10000.00 ["law"]"#
        ]],
    );
    check("penalty.within_band", none(), &[fine(25_000, "normal"), reasons.to_vec()].concat(), expect!["passes"]);
    check(
        "penalty.within_band",
        none(),
        &[fine(30_001, "normal"), reasons.to_vec()].concat(),
        expect![[
            r#"按裁量基准应为“normal”档 5000.00 – 17500.00 元，拟罚 30001.00 元；超出须集体讨论并说明理由 | the table gives tier normal, 5000.00 to 17500.00, not 30001.00 ["law"]"#
        ]],
    );
    check(
        "penalty.within_band",
        none(),
        &[("violation", c("waste"))],
        expect![[r#"needs ["party_kind", "fine", "volume_m3"]"#]],
    );
}

#[test]
fn a_major_fine_is_reviewed_discussed_and_may_be_heard() {
    let major = [("fine", yuan(10_000)), ("party_kind", c("company"))];
    let small = [("fine", yuan(9_999)), ("party_kind", c("company"))];
    for name in ["penalty.legal_review_done_if_needed", "penalty.collective_if_major"] {
        check(name, none(), &small, expect!["passes"]);
    }
    check(
        "penalty.legal_review_done_if_needed",
        none(),
        &major,
        expect![[
            r#"较大数额罚款或经听证的案件，未经法制审核不得作出决定 | a major fine needs the legal review ["行政处罚法 第五十八条"]"#
        ]],
    );
    check(
        "penalty.collective_if_major",
        none(),
        &major,
        expect![[
            r#"情节复杂或重大处罚须集体讨论，请附讨论笔录 | a major penalty needs the record of a collective discussion ["行政处罚法 第五十七条"]"#
        ]],
    );
    check("penalty.hearing_applies", none(), &major, expect!["passes"]);
    check(
        "penalty.hearing_applies",
        none(),
        &small,
        expect![[
            r#"罚款 10000.00 元以上可以要求听证；可以书面陈述申辩 | a hearing is for fines from 10000.00; state your defence in writing ["行政处罚法 第六十三条"]"#
        ]],
    );
}

#[test]
fn a_defence_never_makes_it_worse_and_the_court_comes_after_the_reminder() {
    check(
        "penalty.not_heavier_for_defence",
        none(),
        &[("fine", yuan(2)), ("noticed_fine", yuan(1))],
        expect![[
            r#"不得因陈述申辩加重处罚：告知 1.00 元，拟决定 2.00 元 | the notice said 1.00; the decision may not be heavier (2.00) ["行政处罚法 第四十五条"]"#
        ]],
    );
    check("penalty.not_heavier_for_defence", none(), &[("fine", yuan(2))], expect![[r#"needs ["noticed_fine"]"#]]);
    check(
        "penalty.reminder_served",
        none(),
        &[("reminder_served_on", date("2014-05-19"))],
        expect![[
            r#"催告书 2014-05-19 送达，满 10 个工作日（2014-06-04 起）方可申请 | the reminder was served on 2014-05-19; apply from 2014-06-04 [until 2014-06-04] ["行政强制法 第五十四条"]"#
        ]],
    );
    check("penalty.reminder_served", none(), &[("reminder_served_on", date("2014-05-16"))], expect!["passes"]);
}

#[test]
fn a_known_problem_is_not_filed_twice() {
    let here = [("place", Value::Point(HERE)), ("category", c("waste"))];
    let other = |id: i64| (CaseId(id), format!("N{id}"), "all".to_owned(), Some("waste".to_owned()), HERE);
    let facts = || MemoryFacts { open: vec![other(1), other(5)], ..MemoryFacts::default() };
    check_in(
        "duplicate.none_open_nearby",
        none(),
        &here,
        facts(),
        expect![
            "20 米内已有同类未结案件 N5，请合并；确非同一问题的请注明 | open cases of the same category within 20 m: N5; merge, or say it is another problem []"
        ],
    );
    check_in("duplicate.none_open_nearby", none(), &[("category", c("waste"))], facts(), expect!["passes"]);
}
