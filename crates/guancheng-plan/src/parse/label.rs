//! Labels of responsibility: where a note of offices begins, and which part each label gives.

use super::glyph::{closes, holds, is_blank, length};
use crate::document::Part;

/// What a label speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Offices in a part.
    Offices(Part),
    /// Persons, or offices where the names are those of offices.
    People(Part),
    /// The day by which.
    Due,
}

/// A label in a line: where it begins with its bracket, where its value begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What it speaks of.
    pub what: What,
    /// Its words.
    pub words: String,
    /// Where it begins, its opening bracket included.
    pub start: usize,
    /// Where its value begins.
    pub value: usize,
    /// The bracket that opened before it and closes after its value: `（责任单位：…）`.
    pub opened: Option<char>,
}

/// First halves of labels, with the part they give.
const LEADING: &[&str] = &["牵头", "主办", "主责", "第一责任", "主要责任", "总牵头", "承办", "主管"];
const ASSISTING: &[&str] = &["配合", "协办", "协助", "会办", "协同", "参与", "参加", "协作", "配合责任", "联办"];
const PLAIN: &[&str] =
    &["责任", "落实", "负责", "实施", "执行", "责任落实", "完成", "具体责任", "具体负责", "工作责任", "责任主体"];
/// Second halves.
const BODIES: &[&str] = &[
    "处室",
    "单位",
    "部门",
    "科室",
    "股室",
    "机构",
    "部室",
    "处",
    "科",
    "方",
    "主体",
    "单位及配合单位",
    "处(室)",
    "处（室）",
    "处、室",
    "科(室)",
    "单位(部门)",
    "单位（部门）",
    "部门(单位)",
    "部门（单位）",
    "责任单位",
    "责任处室",
    "责任部门",
    "(单位)",
    "（单位）",
    "处室(单位)",
    "处室（单位）",
    "处室和单位",
    "处室、单位",
    "单位和责任人",
];
const PERSONS: &[&str] = &["人", "领导", "局领导", "责任人", "负责人", "人员"];
const DUE: &[&str] = &[
    "完成时限",
    "完成时间",
    "完成期限",
    "时限要求",
    "时间节点",
    "办结时限",
    "时间要求",
    "完成日期",
    "时限",
    "责任时限",
    "工作时限",
    "进度要求",
    "时间安排",
    "完成时间节点",
];

/// What `words` say as a label, or as the head of a column.
pub fn meaning(words: &str) -> Option<What> {
    let words: String = words.chars().filter(|c| !is_blank(*c)).collect();
    if DUE.contains(&words.as_str()) {
        return Some(What::Due);
    }
    for (firsts, part) in [(LEADING, Part::Lead), (ASSISTING, Part::Assist), (PLAIN, Part::Responsible)] {
        for rest in firsts.iter().filter_map(|first| words.strip_prefix(first)) {
            if BODIES.contains(&rest) || (rest.is_empty() && part != Part::Responsible) {
                return Some(What::Offices(part));
            }
            if PERSONS.contains(&rest) {
                return Some(What::People(part));
            }
        }
    }
    match words.as_str() {
        "分管领导" | "包抓领导" | "分管局领导" | "联系领导" | "责任局领导" => {
            Some(What::People(Part::Responsible))
        }
        "责任" => Some(What::Offices(Part::Responsible)),
        _ => None,
    }
}

/// The longest label.
const WORDS_MAX: usize = 10;

/// All labels of a line, in order. A label has a colon behind it or stands in 【】, and begins the line or stands after
/// a bracket, a blank or the end of a sentence or clause.
pub fn find(chars: &[char]) -> Vec<Label> {
    let mut found: Vec<Label> = at_start(chars).into_iter().collect();
    for (at, c) in chars.iter().enumerate() {
        let label = match c {
            '：' | ':' | '∶' | '﹕' => before_colon(chars, at),
            '】' | ']' => in_brackets(chars, at),
            _ => None,
        };
        found.extend(label.filter(|label| found.last().is_none_or(|last| last.value <= label.start)));
    }
    found
}

/// A label that begins the line and is set off by blanks only: `责任单位　甲处、乙处`.
fn at_start(chars: &[char]) -> Option<Label> {
    let start = chars.iter().take_while(|c| is_blank(**c)).count();
    (3..=WORDS_MAX).rev().find_map(|size| {
        let words = chars.get(start..start + size)?;
        let blank = chars.get(start + size).is_some_and(|c| is_blank(*c));
        let text: String = words.iter().collect();
        let what = Some(text).filter(|text| blank && !text.contains(is_blank)).and_then(|text| meaning(&text))?;
        let after: String = chars.iter().skip(start + size).take(60).collect();
        let first = after.trim_matches(is_blank);
        let fits = !first.starts_with(['：', ':', '】']) && !first.contains(['。', '：', ':']) && !first.is_empty();
        fits.then(|| Label { what, words: words.iter().collect(), start, value: start + size, opened: None })
    })
}

fn before_colon(chars: &[char], colon: usize) -> Option<Label> {
    let mut end = colon;
    while end > 0 && chars.get(end - 1).is_some_and(|c| is_blank(*c)) {
        end -= 1;
    }
    // 责任单位】：and （责任单位）：a bracket of its own around the label.
    let wrapped = chars.get(end.checked_sub(1)?).filter(|c| matches!(c, '】' | ')' | '）' | ']')).copied();
    let inner_end = if wrapped.is_some() { end - 1 } else { end };
    let label = longest(chars, inner_end).or_else(|| longest(chars, end))?;
    let open = label.0.checked_sub(1).and_then(|at| chars.get(at)).copied();
    let own = wrapped.is_some() && longest(chars, inner_end).is_some();
    let (start, opened) = match open {
        Some('【' | '[' | '（' | '(' | '〔' | '［') if own => (label.0 - 1, None),
        Some(c @ ('（' | '(' | '【' | '[' | '〔' | '［')) => (label.0 - 1, Some(c)),
        _ => (label.0, None),
    };
    may_begin(chars, start).then(|| Label { what: label.1, words: label.2, start, value: colon + 1, opened })
}

fn in_brackets(chars: &[char], close: usize) -> Option<Label> {
    if matches!(chars.get(close + 1), Some('：' | ':')) {
        return None;
    }
    let (from, what, words) = longest(chars, close)?;
    let start = from.checked_sub(1).filter(|at| matches!(chars.get(*at), Some('【' | '[')))?;
    Some(Label { what, words, start, value: close + 1, opened: None })
}

/// The longest label that ends at `end`.
fn longest(chars: &[char], end: usize) -> Option<(usize, What, String)> {
    (end.saturating_sub(WORDS_MAX)..end.saturating_sub(1)).find_map(|from| {
        let words: String = chars.get(from..end)?.iter().collect();
        let open = words.starts_with(['（', '(', '【', '[']) || words.starts_with(is_blank);
        let what = (!open).then(|| meaning(&words)).flatten()?;
        Some((from, what, words.chars().filter(|c| !is_blank(*c)).collect()))
    })
}

/// A label begins behind a blank, a mark or a bracket, never inside a word; a quotation is no label.
fn may_begin(chars: &[char], start: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| chars.get(at)).copied();
    let bracket = matches!(chars.get(start), Some('（' | '(' | '【' | '[' | '〔' | '［'));
    before.is_none_or(|c| is_blank(c) || bracket || (!c.is_alphanumeric() && !matches!(c, '“' | '"' | '《')))
}

/// Words that make a line with a label an imprint of the page and no office line.
pub fn is_imprint(line: &str) -> bool {
    holds(
        line,
        &["地址", "邮编", "邮政编码", "ICP", "网站标识码", "版权所有", "技术支持", "公网安备", "联系电话", "传真"],
    )
}

/// Names that stand for a set of offices still to be named.
pub fn is_placeholder(name: &str) -> bool {
    let words = [
        "相关",
        "有关",
        "各",
        "其他",
        "其它",
        "机关各",
        "局属各",
        "全局各",
        "全体",
        "全局",
        "市直有关",
        "局机关各",
        "区县各",
        "所有",
    ];
    let bodies = [
        "处室",
        "单位",
        "部门",
        "科室",
        "股室",
        "业务处",
        "机构",
        "企业",
        "局",
        "处",
        "队",
        "中心",
        "区",
        "街道",
        "办事处",
        "公司",
    ];
    words.iter().any(|word| name.starts_with(word)) && (closes(name, &bodies) || length(name) <= 6)
        || closes(
            name,
            &[
                "各处室",
                "各单位",
                "各科室",
                "各部门",
                "相关处室",
                "相关单位",
                "有关单位",
                "有关处室",
                "相关部门",
                "有关部门",
            ],
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: &[&str]) {
        let chars: Vec<char> = line.chars().collect();
        let shown: Vec<String> = find(&chars)
            .iter()
            .map(|label| {
                format!(
                    "{} {}..{}{}",
                    label.words,
                    label.start,
                    label.value,
                    label.opened.map_or(String::new(), |c| format!(" {c}"))
                )
            })
            .collect();
        assert_eq!(shown, expect, "{line}");
    }

    #[test]
    fn labels_of_plans() {
        check("责任处室:公用设施处", &["责任处室 0..5"]);
        check("【责任单位】市政处", &["责任单位 0..6"]);
        check("【责任单位】：市政处", &["责任单位 0..7"]);
        check("完成。（责任单位：市政处、环卫处）", &["责任单位 3..9 （"]);
        check("完成。[牵头处室：市政处；配合处室：环卫处]", &["牵头处室 3..9 [", "配合处室 13..18"]);
        check("主办：市政处 协办：环卫处 完成时限：6月底前", &["主办 0..3", "协办 7..10", "完成时限 14..19"]);
        check("责任人：张三", &["责任人 0..4"]);
        check("责任领导 : 李四", &["责任领导 0..6"]);
        check("牵头单位(部门)：市政处", &["牵头单位(部门) 0..9"]);
        check("责任单位　甲处、乙处", &["责任单位 0..4"]);
        check("责任单位 要切实负责。", &[]);
        check("落实安全责任：一是加强", &[]);
        check("明确牵头单位：由市政处负责", &[]);
    }
}
