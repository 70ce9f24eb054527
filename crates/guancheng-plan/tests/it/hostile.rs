//! Texts that are no plans, and plans that are no fun.

use guancheng_plan::parse::{self, Block, CHARS_MAX, ParseFault, item_source, parse_text, render};
use proptest::prelude::*;

use super::score::check_tiling;

#[test]
fn no_plan_is_a_clear_fault() {
    assert_eq!(parse_text("", None).unwrap_err(), ParseFault::Empty);
    assert_eq!(parse_text(" \u{3000}\u{a0}\n\t", None).unwrap_err(), ParseFault::Empty);
    assert_eq!(parse(&[]), Err(ParseFault::Empty));
    assert_eq!(parse_text("今天天气很好，我们去公园。", None).unwrap_err(), ParseFault::NoItems);
    assert_eq!(parse_text("一、甲\n\u{1}\u{2}", None).unwrap_err(), ParseFault::NoText { line: 2 });
    let long = "长".repeat(CHARS_MAX + 1);
    assert_eq!(parse_text(&long, None).unwrap_err(), ParseFault::TooLong { chars: CHARS_MAX + 1 });
}

fn parse(blocks: &[Block]) -> Result<(), ParseFault> {
    parse::parse(blocks, None).map(|_| ())
}

/// Each of them would take minutes if a step were quadratic.
#[test]
fn long_lines_take_linear_time() {
    let units = [
        "新建公厕20座，",
        "一、",
        "（一",
        "“",
        "1,111,",
        "责任单位：甲处、",
        "对",
        "年",
        "每",
        "12",
        "十",
        "的，",
        "\t",
        "甲|乙|丙|丁\n",
        "一、甲\n（一）乙。丙。\n",
        "责任单位：甲处\n",
        "《",
        ")",
        "等",
        "第",
    ];
    for unit in units {
        let text = format!("一、甲\n（一）乙。{}", unit.repeat(60_000 / unit.chars().count()));
        if let Ok(plan) = parse_text(&text, Some(2014)) {
            check_tiling(&plan);
        }
    }
}

const WORDS: &[&str] = &[
    "一、",
    "（一）",
    "(二)",
    "1.",
    "2、",
    "①",
    "第一部分",
    "责任单位：",
    "【责任处室】",
    "（牵头单位：",
    "）",
    "甲处",
    "乙中心(丙、丁)",
    "新建公厕20座",
    "率达到95%以上",
    "年底前",
    "按照“戊”的原则",
    "提升形象",
    "对问题",
    "，",
    "。",
    "；",
    "、",
    "\n",
    "\u{a0}\u{a0}",
    "　",
    " ",
    "\t",
    "3—5个",
    "完成时限：6月底",
    "“",
    "《",
    "等15项",
    "每月",
    "定期",
];

proptest! {
    #[test]
    fn any_text_is_tiled_and_written_back(picks in prop::collection::vec(0..WORDS.len(), 0..60)) {
        let text: String = picks.iter().map(|at| WORDS[*at]).collect();
        if let Ok(plan) = parse_text(&text, Some(2014)) {
            check_tiling(&plan);
            // The source of an item stands in the document as it was.
            for item in &plan.items {
                let source = item_source(item);
                let printed = |line: &str| text.split('\n').any(|other| other == line || (source.starts_with(line) && other.ends_with(line)));
                prop_assert!(source.split('\n').all(printed), "{source:?} is not in {text:?}");
            }
            prop_assert!(!render(&plan).is_empty());
        }
    }
}

#[test]
fn a_mark_left_over_before_the_title_is_no_part_of_it() {
    let plan = parse_text("一、，新建公厕20座\n）", Some(2014)).unwrap();
    check_tiling(&plan);
    assert_eq!(plan.items[0].title, "新建公厕20座");
}
