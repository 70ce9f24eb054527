//! The published plan beside the checkout, exact.

use std::collections::{BTreeMap, BTreeSet};

use guancheng_plan::document::{Class, Gap, PlanDocument};
use guancheng_plan::parse::{self, render};

use super::score::check_tiling;

fn text() -> Option<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/plan2014.txt");
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        println!("skipped: the published plan is not beside the checkout");
    }
    text
}

fn read() -> Option<(String, PlanDocument)> {
    let text = text()?;
    let plan = parse::parse_text(&text, None).expect("a plan");
    Some((text, plan))
}

#[test]
fn structure() {
    let Some((text, plan)) = read() else { return };
    assert_eq!((plan.sections.len(), plan.items.len()), (10, 48));
    let offices: BTreeSet<&String> = plan.items.iter().flat_map(|item| &item.offices).collect();
    let placeholders: BTreeSet<&String> = plan.items.iter().flat_map(|item| &item.placeholders).collect();
    assert_eq!((offices.len(), placeholders.len()), (26, 1));
    assert_eq!(plan.items.iter().map(|item| item.offices.len()).sum::<usize>(), 74);
    let sentences: usize = plan.items.iter().map(|item| item.text.matches('。').count() - 1).sum();
    assert_eq!(sentences, 168);
    assert_eq!(plan.document.year, Some(2014));
    assert_eq!(plan.document.title, "2014年城市管理工作要点");
    assert!(
        plan.document.preamble.starts_with("2014年工作的总体要求是") && plan.document.preamble.ends_with("新贡献。")
    );
    assert!(plan.document.footer.starts_with("主办单位"));
    check_tiling(&plan);
    let source: BTreeSet<&str> = text.lines().collect();
    for line in render(&plan) {
        assert!(source.contains(line.as_str()), "{line:?} does not stand in the source");
    }
    let written: BTreeSet<String> = render(&plan).into_iter().collect();
    for line in text.lines().filter(|line| line.starts_with('(') || line.starts_with("责任处室")) {
        assert!(written.contains(line), "{line:?} was not written back");
    }
}

/// id, value, unit, comparator.
const AMOUNTS: &[(&str, &str, &str, &str)] = &[
    ("01.03", "50", "公里", "="),
    ("01.04", "50000", "户", "="),
    ("02.01", "1000000000", "立方米", ">="),
    ("02.02", "100000", "户", "="),
    ("02.06", "15", "项", "="),
    ("03.06", "10", "公里", "="),
    ("03.08", "10000000", "平方米", "="),
    ("04.02", "4", "个", "="),
    ("04.03", "550000", "吨/日", "="),
    ("06.01", "40", "条", "="),
    ("06.05", "25", "座", "="),
    ("06.06", "8", "座", "="),
    ("06.08", "40", "个", "="),
    ("06.09", "20", "个", "="),
    ("07.01", "34", "项", "="),
    ("07.02", "20", "个", "="),
    ("08.04", "24", "条", "="),
    ("08.07", "63", "条", "="),
    ("08.08", "10000", "套", "="),
    ("08.09", "4000", "基", "="),
    ("08.10", "220", "公里", "="),
    ("08.11", "50000", "基", "="),
    ("08.13", "5", "座", "="),
    ("10.06", "31", "座", "="),
    ("10.07", "100", "座", "="),
];
/// Item, value, unit, comparator: ids behind the first sections depend on where clauses are joined.
const LATER: &[(u32, &str, &str, &str)] = &[
    (12, "60", "%", "="),
    (28, "2", "个", ">="),
    (29, "20", "次", ">="),
    (30, "100", "%", "="),
    (31, "95", "%", ">="),
    (31, "100", "%", "="),
    (32, "100", "%", "="),
    (33, "100", "%", "="),
    (34, "100", "%", "="),
    (34, "100", "%", "="),
];

#[test]
fn amounts() {
    let Some((_, plan)) = read() else { return };
    let mut early = Vec::new();
    let mut later = Vec::new();
    for item in &plan.items {
        for commitment in &item.commitments {
            for quantity in commitment.quantities.iter().filter(|quantity| !quantity.implied) {
                let sign = serde_json::to_string(&quantity.comparator).expect("JSON").trim_matches('"').to_owned();
                if item.no <= 10 {
                    early.push((commitment.id.clone(), quantity.value.to_string(), quantity.unit.clone(), sign));
                } else {
                    later.push((item.no, quantity.value.to_string(), quantity.unit.clone(), sign));
                }
            }
        }
    }
    let owned =
        |row: &(&str, &str, &str, &str)| (row.0.to_owned(), row.1.to_owned(), row.2.to_owned(), row.3.to_owned());
    assert_eq!(early, AMOUNTS.iter().map(owned).collect::<Vec<_>>());
    let owned = |row: &(u32, &str, &str, &str)| (row.0, row.1.to_owned(), row.2.to_owned(), row.3.to_owned());
    assert_eq!(later, LATER.iter().map(owned).collect::<Vec<_>>());
}

#[test]
fn what_is_meant_and_how_often() {
    let Some((_, plan)) = read() else { return };
    let commitments =
        || plan.items.iter().flat_map(|item| item.commitments.iter().map(move |commitment| (item.no, commitment)));
    let implied: Vec<(u32, String)> = commitments()
        .flat_map(|(no, commitment)| {
            commitment.quantities.iter().filter(|q| q.implied).map(move |q| (no, q.value.to_string()))
        })
        .collect();
    let expect = [(8, "100"), (11, "0"), (15, "0"), (16, "100"), (17, "100"), (34, "100"), (41, "0")];
    assert_eq!(implied, expect.map(|(no, value)| (no, value.to_owned())));
    let cadences: Vec<(u32, String)> = commitments()
        .filter_map(|(no, commitment)| commitment.cadence.as_ref().map(|cadence| (no, cadence.to_string())))
        .collect();
    let expect = [
        (18, "weekly+monthly"),
        (21, "monthly+quarterly+yearly"),
        (27, "quarterly"),
        (27, "weekly"),
        (29, "yearly"),
        (29, "weekly"),
        (42, "yearly"),
        (47, "weekly"),
        (47, "monthly"),
        (48, "half_yearly+yearly"),
    ];
    assert_eq!(cadences, expect.map(|(no, cadence)| (no, cadence.to_owned())));
    let first: usize = commitments()
        .flat_map(|(_, commitment)| &commitment.questions)
        .filter(|question| question.kind == Gap::ClockWord && question.words == "第一时间")
        .count();
    assert_eq!(first, 2, "one question per commitment");
}

/// The counts of the reference annotation; the rules draft, so a distance is allowed and watched.
#[test]
fn classes_are_near_the_annotation() {
    let Some((_, plan)) = read() else { return };
    let mut counts: BTreeMap<Class, usize> = BTreeMap::new();
    for commitment in plan.items.iter().flat_map(|item| &item.commitments) {
        *counts.entry(commitment.class).or_default() += 1;
    }
    let annotated = [
        (Class::Count, 25),
        (Class::Project, 59),
        (Class::TargetRate, 16),
        (Class::Periodic, 29),
        (Class::Document, 47),
        (Class::Register, 6),
        (Class::Mechanism, 38),
        (Class::Duty, 118),
    ];
    for (class, wanted) in annotated {
        let found = counts.get(&class).copied().unwrap_or(0);
        assert!(found.abs_diff(wanted) * 5 <= wanted + 8, "{class:?}: {found} for {wanted}");
    }
}
