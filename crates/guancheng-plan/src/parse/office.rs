//! Names of offices in the value of a label: split at separators outside brackets, names exact.

use super::glyph::{closes, is_blank, length};
use super::label::{Label, What, is_placeholder};
use super::time;
use crate::document::{Item, OfficeRole, Part};

/// Words after a name that say its part: 市政处（牵头）, 由市政处牵头.
const MARKS: &[(&str, Part)] = &[
    ("牵头负责", Part::Lead),
    ("牵头", Part::Lead),
    ("主办", Part::Lead),
    ("总负责", Part::Lead),
    ("负责", Part::Responsible),
    ("配合落实", Part::Assist),
    ("配合", Part::Assist),
    ("协办", Part::Assist),
    ("协助", Part::Assist),
    ("参与", Part::Assist),
];

/// What an office is called at the end, to tell offices from persons under 责任人.
const BODIES: &[&str] = &[
    "处",
    "科",
    "局",
    "室",
    "办",
    "中心",
    "队",
    "所",
    "站",
    "院",
    "公司",
    "委",
    "会",
    "厅",
    "股",
    "部",
    "集团",
    "组",
    "党委",
    "工会",
    "团委",
    "纪委",
    "街道",
    "镇",
    "区",
    "办事处",
    "单位",
    "部门",
    "处室",
    "学校",
    "馆",
];

/// Takes the names of one label's value into the item.
pub fn take(item: &mut Item, label: &Label, value: &str, year: i32) {
    match label.what {
        What::Due => take_due(item, value, year),
        What::Offices(part) => take_names(item, &label.words, part, value),
        What::People(part) => {
            for name in split(value) {
                if closes(&name, BODIES) && length(&name) >= 3 {
                    take_names(item, &label.words, part, &name);
                } else if !item.people.contains(&name) {
                    item.people.push(name);
                }
            }
        }
    }
}

/// The day of a 完成时限 line.
pub fn take_due(item: &mut Item, value: &str, year: i32) {
    let text = value.trim_matches(|c: char| is_blank(c) || matches!(c, '。' | '；' | ';' | '，' | ','));
    if !text.is_empty() {
        item.due_text = Some(text.to_owned());
        item.due = time::due(text, year);
    }
}

/// Offices of a label in their part. Marks behind names win over the label.
pub fn take_names(item: &mut Item, label: &str, part: Part, value: &str) {
    let mut waiting: Vec<String> = Vec::new();
    for word in split(value) {
        let (name, mark) = unmarked(&word);
        waiting.push(name);
        if let Some(mark) = mark {
            let names = std::mem::take(&mut waiting);
            names.into_iter().for_each(|name| add(item, label, mark, name));
        }
    }
    waiting.into_iter().for_each(|name| add(item, label, part, name));
}

fn add(item: &mut Item, label: &str, part: Part, name: String) {
    if name.is_empty() || item.offices.contains(&name) {
        return;
    }
    if is_placeholder(&name) {
        item.placeholders.push(name.clone());
    }
    item.office_roles.push(OfficeRole { office: name.clone(), role: part, label: label.to_owned() });
    item.offices.push(name);
}

/// The part that a mark behind a name says.
pub fn part_mark(word: &str) -> Option<Part> {
    unmarked(word).1
}

/// Whether a word is the name of an office, with or without a mark of its part.
pub fn is_office(word: &str) -> bool {
    let (name, _) = unmarked(word);
    (3..=24).contains(&length(&name)) && closes(&name, BODIES)
}

/// The name without the mark of its part.
fn unmarked(word: &str) -> (String, Option<Part>) {
    let (mut word, led) = match word.strip_prefix('由') {
        Some(rest) if MARKS.iter().any(|(mark, _)| rest.ends_with(mark)) => (rest, true),
        _ => (word, false),
    };
    for (mark, part) in MARKS {
        let bracketed = [format!("（{mark}）"), format!("({mark})"), format!("[{mark}]"), format!("【{mark}】")];
        if let Some(name) = bracketed.iter().find_map(|end| word.strip_suffix(end.as_str())) {
            return (name.trim_matches(is_blank).to_owned(), Some(*part));
        }
        if let Some(name) = word.strip_suffix(mark).filter(|name| led || closes(name, BODIES)) {
            word = name;
            return (word.trim_matches(is_blank).to_owned(), Some(*part));
        }
    }
    (word.to_owned(), None)
}

/// Names between separators. Brackets keep what is in them together; a bracket that never closes is no bracket.
pub fn split(value: &str) -> Vec<String> {
    let chars: Vec<char> = value.chars().collect();
    let mut names = Vec::new();
    let mut name = String::new();
    let mut depth = 0usize;
    let mut closing = closing_after(&chars);
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '（' | '(' if closing.get(at).is_some_and(|more| *more) => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let glued = is_blank(c) && glues(&chars, at);
        if depth == 0
            && !glued
            && (is_blank(c) || matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | '／' | '。' | '|' | '｜' | '·' | '.'))
        {
            close(&mut names, &mut name);
        } else if !glued {
            name.push(c);
        }
    }
    closing.clear();
    close(&mut names, &mut name);
    names
}

/// For each place whether a closing bracket comes after it.
fn closing_after(chars: &[char]) -> Vec<bool> {
    let mut more = false;
    let mut all: Vec<bool> = chars
        .iter()
        .rev()
        .map(|c| {
            let before = more;
            more |= matches!(c, '）' | ')');
            before
        })
        .collect();
    all.reverse();
    all
}

/// A blank before an opening bracket belongs to the name that goes on: 综合处 (建设管理中心).
fn glues(chars: &[char], at: usize) -> bool {
    let next = chars.iter().skip(at).find(|c| !is_blank(**c));
    let blanks = chars.iter().skip(at).take_while(|c| is_blank(**c)).count();
    let before = at.checked_sub(1).and_then(|place| chars.get(place)).is_some_and(|c| !is_blank(*c));
    before && blanks == 1 && matches!(next, Some('（' | '('))
}

fn close(names: &mut Vec<String>, name: &mut String) {
    let text = std::mem::take(name);
    let text = text.trim_matches(is_blank);
    // A bracket left over from around the whole note.
    let opened = text.matches(['（', '(']).count();
    let closed = text.matches(['）', ')']).count();
    let text = if closed > opened { text.strip_suffix(['）', ')']).unwrap_or(text) } else { text };
    let text = text.trim_end_matches(['】', ']', '〕', '］']).trim_matches(is_blank);
    // 甲处、乙处等: the list goes on, the name does not.
    let text = text.strip_suffix('等').filter(|name| closes(name, BODIES)).unwrap_or(text);
    if !text.is_empty() {
        names.push(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expect: &[&str]) {
        assert_eq!(split(value), expect, "{value}");
    }

    #[test]
    fn names_and_separators() {
        check("公用设施处\u{a0}\u{a0}综合处(工程建设管理中心)", &["公用设施处", "综合处(工程建设管理中心)"]);
        check("公用设施处\u{a0}\u{a0}", &["公用设施处"]);
        check("甲处、乙处，丙处；丁处/戊处\t己处　庚处 ", &["甲处", "乙处", "丙处", "丁处", "戊处", "己处", "庚处"]);
        check("办公室（信访、督查），工会", &["办公室（信访、督查）", "工会"]);
        check("综合处 (建设中心)、工会", &["综合处(建设中心)", "工会"]);
        check("甲处、乙处）", &["甲处", "乙处"]);
        check("甲处(乙、丙处", &["甲处(乙", "丙处"]);
        check("", &[]);
    }

    #[test]
    fn parts_behind_names() {
        let mut item = Item::default();
        take_names(&mut item, "责任单位", Part::Responsible, "市政处（牵头）、环卫处、相关业务处室");
        let parts: Vec<(&str, Part)> = item.office_roles.iter().map(|role| (role.office.as_str(), role.role)).collect();
        assert_eq!(parts, [("市政处", Part::Lead), ("环卫处", Part::Responsible), ("相关业务处室", Part::Responsible)]);
        assert_eq!(item.placeholders, ["相关业务处室"]);
    }
}
