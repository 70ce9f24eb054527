//! Where the title of an item ends: by a full stop, a colon, a blank or the end of its line. Which of them a document
//! uses is seen from all its items together.

use super::glyph::{closes, digit, holds, is_blank, length};
use super::{amount, numeral};
use crate::document::{Item, Quantity};

/// A title has at most so many characters.
const TITLE_MAX: usize = 60;
/// A first sentence up to this long without a comma is a title by itself.
const SURE_MAX: usize = 26;

/// A place where a title may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    /// Characters of the title.
    length: usize,
    /// Characters up to the body: title, mark and blanks.
    body: usize,
    /// Whether it can hardly be anything else.
    sure: bool,
}

/// Gives each item its title, and returns per item where its body starts in its text. An item without a title of its
/// own is called by its first clause, which is promised as well.
pub fn give(items: &mut [Item]) -> Vec<usize> {
    let ends: Vec<Option<End>> = items.iter().map(|item| find(&item.text)).collect();
    let sure = ends.iter().flatten().filter(|end| end.sure).count();
    let trusted = sure * 10 >= items.len() * 6;
    items.iter_mut().zip(ends).map(|(item, end)| give_one(item, end.filter(|end| end.sure || trusted))).collect()
}

fn give_one(item: &mut Item, end: Option<End>) -> usize {
    let skip = numeral_length(&item.text);
    let chars: Vec<char> = item.text.chars().collect();
    let text = chars.get(skip..).unwrap_or_default();
    match end {
        Some(end) => {
            item.title = trimmed(text.get(..end.length).unwrap_or_default());
            if promises(text, end) { skip } else { skip + end.body }
        }
        None => {
            let first = text
                .iter()
                .position(|c| matches!(c, '。' | '，' | ',' | '；' | ';' | '\n' | '\t'))
                .unwrap_or(text.len());
            item.title = trimmed(text.get(..first.min(TITLE_MAX)).unwrap_or_default());
            skip
        }
    }
}

/// Whether a title promises an amount that its body does not repeat (新建公厕30座。…): then it is a commitment as well.
fn promises(text: &[char], end: End) -> bool {
    let key = |quantity: &Quantity| (quantity.value, quantity.unit.clone());
    let titled = amount::read(text.get(..end.length).unwrap_or_default(), 0);
    if titled.is_empty() {
        return false;
    }
    let body: Vec<_> = amount::read(text.get(end.body..).unwrap_or_default(), 0).iter().map(key).collect();
    titled.iter().any(|quantity| !body.contains(&key(quantity)))
}

/// The numeral of an item with the blanks behind it; in a table the number is a cell of its own.
fn numeral_length(text: &str) -> usize {
    if let Some(numeral) = numeral::read(text) {
        return numeral.length;
    }
    let number = text
        .chars()
        .take(6)
        .take_while(|c| digit(*c).is_some() || super::glyph::cn_digit(*c).is_some() || *c == '十')
        .count();
    if number > 0 && text.chars().nth(number) == Some('\t') { number + 1 } else { 0 }
}

/// A title without what ends it, and without marks left over before it.
pub fn trimmed(chars: &[char]) -> String {
    let text: String = chars.iter().collect();
    let stray = |c: char| is_blank(c) || matches!(c, '。' | '：' | ':' | '；' | ';' | '，' | ',' | '.' | '—');
    text.trim_matches(stray).to_owned()
}

fn find(text: &str) -> Option<End> {
    let skip = numeral_length(text);
    let chars: Vec<char> = text.chars().skip(skip).take(TITLE_MAX + 2).collect();
    let all = length(text) - skip;
    let stop = |at: usize| {
        chars.get(at) == Some(&'.')
            && at > 3
            && [at - 1, at + 1].iter().all(|n| chars.get(*n).is_some_and(|c| *c > '\u{2e7f}'))
    };
    let mark = (0..chars.len())
        .find(|at| matches!(chars.get(*at), Some('。' | '：' | ':' | '\n' | '；' | '\t' | '—')) || stop(*at));
    let blank = blank_end(&chars);
    match (blank, mark) {
        (Some(at), mark) if mark.is_none_or(|mark| at < mark && !matches!(chars.get(mark), Some('\n' | '\t'))) => {
            ended(&chars, at, all)
        }
        (_, Some(at)) => ended(&chars, at, all),
        _ => None,
    }
}

/// The end at `at`, unless nothing follows it or what stands before is no title.
fn ended(chars: &[char], at: usize, all: usize) -> Option<End> {
    let mark = *chars.get(at)?;
    let after =
        chars.iter().skip(at).take_while(|c| is_blank(**c) || matches!(c, '。' | '：' | ':' | '—' | '.')).count();
    let body = at + after;
    let title: String = chars.get(..at)?.iter().collect();
    if body >= all || title.chars().all(is_blank) || mark == '；' {
        return None;
    }
    let comma = title.contains(['，', ',', '；', ';']);
    let amount = chars.get(..at)?.iter().any(|c| digit(*c).is_some())
        && holds(&title, &["新建", "完成", "改造", "达到", "不少于", "%", "％", "公里", "万"]);
    let leads_in =
        closes(&title, &["以下", "如下", "包括", "其中", "即", "分别是", "以下工作"]) || (mark == '—' && after < 2);
    if leads_in {
        return None;
    }
    let sure = match mark {
        '\n' | '\t' => length(&title) <= 40 && !closes(&title, &["。", "；"]) || !comma,
        '：' | ':' => !comma && length(&title) <= SURE_MAX,
        '。' | '.' => !comma && !amount && length(&title) <= SURE_MAX,
        _ => !comma && !amount && length(&title) <= SURE_MAX,
    };
    (sure || mark != ' ').then_some(End { length: at, body, sure })
}

/// A blank that ends a title: the words before it hold no mark, and there are enough of them.
fn blank_end(chars: &[char]) -> Option<usize> {
    let at = chars.iter().position(|c| is_blank(*c) && *c != '\n')?;
    let before = chars.get(..at)?;
    let plain = before.iter().all(|c| !matches!(c, '，' | ',' | '。' | '；' | ';' | '：' | ':' | '、' | '“' | '《'));
    let next = chars.iter().skip(at).find(|c| !is_blank(**c)).copied().unwrap_or('0');
    let number =
        digit(next).is_some() || before.last().is_some_and(|c| digit(*c).is_some() || c.is_ascii_alphanumeric());
    (plain && before.len() >= 4 && !number).then_some(at)
}
