//! What a text leaves open: names that are promised but not given, clock words without a number, works without an end.

use super::glyph::{closes, digit, holds, is_blank, nesting, prefix_of};
use super::segment::{ADVERBS, verb_phrase};
use crate::document::{Class, Gap, Quantity, Question};

/// A list of names longer than this is no list.
const NAMES_MAX: usize = 60;
/// A name longer than this is prose.
const NAME_MAX: usize = 40;

/// Verbs before the first name of a list.
const LEADS: &[&str] = &[
    "推进",
    "实施",
    "完成",
    "建设",
    "新建",
    "开工建设",
    "改造",
    "维修加固",
    "维修",
    "做好",
    "对",
    "加快",
    "编制",
    "制定",
    "开展",
    "落实",
    "完善",
    "健全",
    "建立",
    "推行",
    "举办",
    "修订",
    "整治",
    "启动",
    "建成",
    "改建",
    "扩建",
    "规范设置",
    "细化",
    "继续",
    "深入",
    "广泛",
];

/// The names of an enumeration in a commitment of works or amounts.
pub fn named(text: &str, quantities: &[Quantity], class: Class) -> Vec<String> {
    if !matches!(class, Class::Count | Class::Project | Class::Document) {
        return Vec::new();
    }
    if class == Class::Document && text.contains('《') {
        return titles(text);
    }
    let end = list_end(text, quantities);
    let head = text.get(..end).unwrap_or_default();
    let head = verb_phrase(verb_phrase(head, ADVERBS), LEADS);
    let names = split(head);
    let plausible =
        names.len() >= 2 && names.len() <= NAMES_MAX && names.iter().all(|name| name.chars().nth(NAME_MAX).is_none());
    if plausible { names } else { Vec::new() }
}

fn titles(text: &str) -> Vec<String> {
    text.split('《').skip(1).filter_map(|rest| rest.split_once('》').map(|(title, _)| format!("《{title}》"))).collect()
}

/// Where the names end: at 等, else at the number that sums them up, else at the end of the words.
fn list_end(text: &str, quantities: &[Quantity]) -> usize {
    let cut = text.rmatch_indices('等').map(|(at, _)| at).find(|at| {
        let after = text.get(at + '等'.len_utf8()..).unwrap_or_default();
        text.get(..*at).is_some_and(|head| head.contains('、')) && !after.starts_with(['级', '待', '同'])
    });
    if let Some(at) = cut {
        return at;
    }
    let summed = quantities.iter().find(|quantity| {
        !quantity.implied && text.contains(&format!("{}项目", quantity.text))
            || text.contains(&format!("{}工程", quantity.text))
    });
    summed.and_then(|quantity| text.find(&quantity.text)).unwrap_or(text.len())
}

/// Names between 、 and 和 outside brackets.
fn split(text: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let (mut depth, mut straight) = (0, false);
    for c in text.chars() {
        (depth, straight) = nesting(c, depth, straight);
        if depth == 0 && c == '、' {
            names.push(String::new());
        } else if let Some(name) = names.last_mut() {
            name.push(c);
        }
    }
    names.iter().map(|name| name.trim_matches(is_blank).to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Words that promise a time without saying which.
const CLOCKS: &[(&str, &str)] = &[
    ("第一时间", "“第一时间”是多少分钟？"),
    ("不定期", "“不定期”全年至少几次？"),
    ("定期", "“定期”是多久一次？"),
    ("定时", "“定时”是每天几点？"),
    ("适时", "“适时”最迟是哪一天？"),
    ("经常性", "“经常性”是多久一次？"),
    ("及时", "“及时”是多少小时或几个工作日？"),
    ("逐步", "“逐步”分几步、各到哪一天？"),
    ("尽快", "“尽快”最迟是哪一天？"),
    ("适当时候", "“适当时候”最迟是哪一天？"),
];

/// Verbs that start without saying where they end.
const ENDLESS: &[&str] = &[
    "推进", "实施", "加强", "加快", "推动", "开展", "深化", "强化", "配合", "做好", "抓好", "加大", "提升", "完善",
    "健全", "继续", "探索", "推行", "推广",
];

/// What a commitment leaves open.
pub fn questions(text: &str, class: Class, quantities: &[Quantity], names: &[String], dated: bool) -> Vec<Question> {
    let mut found = Vec::new();
    for (word, ask) in CLOCKS {
        let inside = *word == "定期" && text.contains("不定期");
        if text.contains(word) && !inside {
            found.push(Question { kind: Gap::ClockWord, words: (*word).to_owned(), ask: (*ask).to_owned() });
        }
    }
    found.extend(unnamed(text, quantities, names));
    let endless = prefix_of(
        verb_phrase(text, &["进一步", "继续", "大力", "积极", "全面", "持续", "扎实", "深入", "统筹", "加快"]),
        ENDLESS,
    )
    .or_else(|| prefix_of(text, ENDLESS));
    let open = matches!(class, Class::Project | Class::Duty | Class::Mechanism) && quantities.is_empty() && !dated;
    let ended = closes(text, &["建成", "投运", "竣工", "通水", "投入使用", "完工"]) || holds(text, &["完成", "建成"]);
    if let Some(word) = endless.filter(|_| open && !ended) {
        found.push(Question {
            kind: Gap::EndState,
            words: word.to_owned(),
            ask: format!("“{word}”到什么程度算完成？以哪个节点、哪一天为准？"),
        });
    }
    found
}

/// 等40条 with five named.
fn unnamed(text: &str, quantities: &[Quantity], names: &[String]) -> Option<Question> {
    let quantity = quantities.iter().find(|quantity| {
        let digits = quantity
            .text
            .chars()
            .next()
            .is_some_and(|c| digit(c).is_some() || super::glyph::cn_digit(c).is_some() || c == '十');
        digits && text.contains(&format!("等{}", quantity.text))
    })?;
    let promised = quantity.value.as_whole()?;
    let missing = promised - i64::try_from(names.len()).ok()?;
    (missing > 0 && !names.is_empty()).then(|| Question {
        kind: Gap::Unnamed,
        words: format!("等{}", quantity.text),
        ask: format!("共{promised}{}，只列名{}，其余{missing}{}是哪些？", quantity.unit, names.len(), quantity.unit),
    })
}
