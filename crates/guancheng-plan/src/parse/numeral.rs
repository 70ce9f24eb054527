//! Numerals of headings: `第一部分`, `一、`, `（一）`, `1.`, `1、`, `1）`, `（1）`, `①`, in both widths.

use super::glyph::{digit, is_blank, length};
use super::number;

/// The kind of a numeral. The order of levels is not fixed: a document shows it by nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 第一部分, 第二章, 第三节
    Part,
    /// 第一条
    Article,
    /// 一、
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// 1. and 1、
    Arabic,
    /// 1.1
    Nested,
    /// 1）
    ArabicClosed,
    /// （1）
    ArabicInBrackets,
    /// ①
    Circled,
}

/// A numeral at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its kind.
    pub kind: Kind,
    /// The number it shows.
    pub value: i64,
    /// Characters it takes, with the blanks before and after it.
    pub length: usize,
}

/// No heading counts higher; longer numbers at the start of a line are years, roads and amounts.
const VALUE_MAX: i64 = 300;

/// The numeral that `line` starts with.
pub fn read(line: &str) -> Option<Numeral> {
    // The longest numeral with its blanks is short; a line may be millions of characters.
    let chars: Vec<char> = line.chars().take(64).collect();
    let start = chars.iter().take_while(|c| is_blank(**c)).count();
    let rest = chars.get(start..)?;
    let (kind, value, taken) = part(rest)
        .or_else(|| in_brackets(rest))
        .or_else(|| enclosed(rest))
        .or_else(|| nested(rest))
        .or_else(|| followed_by_mark(rest))?;
    let after = rest.iter().skip(taken).take_while(|c| is_blank(**c)).count();
    (1..=VALUE_MAX).contains(&value).then_some(Numeral { kind, value, length: start + taken + after })
}

/// What follows the numeral.
pub fn after(line: &str, numeral: Numeral) -> &str {
    let cut = line.char_indices().nth(numeral.length).map_or(line.len(), |(at, _)| at);
    line.get(cut..).unwrap_or_default()
}

fn part(chars: &[char]) -> Option<(Kind, i64, usize)> {
    (*chars.first()? == '第').then_some(())?;
    let number = number::plain(chars, 1)?;
    let rest: String = chars.get(number.end..)?.iter().take(4).collect();
    let words =
        [("部分", Kind::Part), ("板块", Kind::Part), ("篇章", Kind::Part), ("章", Kind::Part), ("篇", Kind::Part)];
    let more = [("编", Kind::Part), ("节", Kind::Part), ("条", Kind::Article)];
    let (word, kind) = words.into_iter().chain(more).find(|(word, _)| rest.starts_with(word))?;
    let mut end = number.end + length(word);
    let mark = chars.get(end).copied();
    if matches!(mark, Some('、' | '：' | ':' | '．' | '.' | '，')) {
        end += 1;
    }
    Some((kind, number.value.as_whole()?, end))
}

fn in_brackets(chars: &[char]) -> Option<(Kind, i64, usize)> {
    matches!(chars.first()?, '（' | '(' | '〔' | '[').then_some(())?;
    let from = 1 + chars.iter().skip(1).take_while(|c| is_blank(**c)).count();
    let number = number::plain(chars, from)?;
    let close = number.end + chars.iter().skip(number.end).take_while(|c| is_blank(**c)).count();
    matches!(chars.get(close)?, '）' | ')' | '〕' | ']').then_some(())?;
    let kind = if number.chinese { Kind::ChineseInBrackets } else { Kind::ArabicInBrackets };
    let marked = matches!(chars.get(close + 1), Some('、' | '．' | '.'));
    Some((kind, number.value.as_whole()?, close + 1 + usize::from(marked)))
}

fn enclosed(chars: &[char]) -> Option<(Kind, i64, usize)> {
    let c = *chars.first()?;
    let code = i64::from(u32::from(c));
    let (kind, value) = match c {
        '①'..='⑳' => (Kind::Circled, code - 0x2460 + 1),
        '㉑'..='㉟' => (Kind::Circled, code - 0x3251 + 21),
        '㊱'..='㊿' => (Kind::Circled, code - 0x32b1 + 36),
        '⑴'..='⒇' => (Kind::ArabicInBrackets, code - 0x2474 + 1),
        '⒈'..='⒛' => (Kind::Arabic, code - 0x2488 + 1),
        '㈠'..='㈩' => (Kind::ChineseInBrackets, code - 0x3220 + 1),
        _ => return None,
    };
    let marked = matches!(chars.get(1), Some('、' | '．' | '.'));
    Some((kind, value, 1 + usize::from(marked)))
}

/// `1.1`, followed by a blank or a mark, so that 2.5公里 is an amount.
fn nested(chars: &[char]) -> Option<(Kind, i64, usize)> {
    let whole = number::arabic(chars, 0)?;
    let text = whole.value.to_string();
    let (major, minor) = text.split_once('.')?;
    (major.len() <= 2).then_some(())?;
    let next = *chars.get(whole.end)?;
    (is_blank(next) || matches!(next, '、' | '.' | '．')).then_some(())?;
    Some((Kind::Nested, minor.parse().ok()?, whole.end + usize::from(!is_blank(next))))
}

fn followed_by_mark(chars: &[char]) -> Option<(Kind, i64, usize)> {
    let number = number::plain(chars, 0)?;
    let gap = chars.iter().skip(number.end).take_while(|c| is_blank(**c)).count();
    let mark = *chars.get(number.end + gap)?;
    let next = chars.get(number.end + gap + 1).copied();
    // 缺斤短\n两、随意: 两 counts things, it numbers no heading.
    if chars.iter().take(number.end).any(|c| matches!(c, '两' | '〇' | '零')) {
        return None;
    }
    let kind = match (number.chinese, mark) {
        (true, '、' | '．' | '.') => Kind::Chinese,
        (false, '）' | ')') => Kind::ArabicClosed,
        (false, '、') => Kind::Arabic,
        (false, '．' | '.') if next.is_none_or(|c| digit(c).is_none()) => Kind::Arabic,
        _ => return None,
    };
    Some((kind, number.value.as_whole()?, number.end + gap + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: Option<(Kind, i64, &str)>) {
        let found = read(line).map(|numeral| (numeral.kind, numeral.value, after(line, numeral)));
        assert_eq!(found, expect, "{line}");
    }

    #[test]
    fn numerals_of_headings() {
        check("第一部分 总体要求", Some((Kind::Part, 1, "总体要求")));
        check("第三章、绿化", Some((Kind::Part, 3, "绿化")));
        check("十二、加强", Some((Kind::Chinese, 12, "加强")));
        check("　　（四十八）建立", Some((Kind::ChineseInBrackets, 48, "建立")));
        check("( 三 ) 建立", Some((Kind::ChineseInBrackets, 3, "建立")));
        check("１．新建", Some((Kind::Arabic, 1, "新建")));
        check("1、新建", Some((Kind::Arabic, 1, "新建")));
        check("12. 新建", Some((Kind::Arabic, 12, "新建")));
        check("1.1 新建", Some((Kind::Nested, 1, "新建")));
        check("1）新建", Some((Kind::ArabicClosed, 1, "新建")));
        check("（1）新建", Some((Kind::ArabicInBrackets, 1, "新建")));
        check("③新建", Some((Kind::Circled, 3, "新建")));
        check("㊱新建", Some((Kind::Circled, 36, "新建")));
    }

    #[test]
    fn not_numerals() {
        check("2.5公里道路", None);
        check("2014年，全市", None);
        check("2014.1.20", None);
        check("40条道路", None);
        check("一户一表", None);
        check("两、随意增加", None);
        check("第一时间", None);
        check("(电子政务城域网)", None);
    }
}
