//! Numbers as plans write them: digits of both widths, thousands, decimals, Chinese numerals, magnitudes.

use super::glyph::{cn_digit, cn_ten, digit};
use crate::document::Decimal;

/// More digits than any amount of a plan has; longer runs are telephone and index numbers.
const DIGITS_MAX: usize = 15;

/// More decimals than any amount of a plan has.
const DECIMALS_MAX: u32 = 6;

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: Decimal,
    /// The place after its last character.
    pub end: usize,
    /// Whether it was written with Chinese numerals.
    pub chinese: bool,
    /// Whether a magnitude (万, 亿) closed it.
    pub magnitude: bool,
}

/// The number that starts at `at`, without magnitude.
pub fn plain(chars: &[char], at: usize) -> Option<Number> {
    arabic(chars, at).or_else(|| chinese(chars, at))
}

/// Digits of either width with thousands and decimals.
pub fn arabic(chars: &[char], at: usize) -> Option<Number> {
    let mut digits = 0i64;
    let mut count = 0;
    let mut scale = 0;
    let mut pointed = false;
    let mut end = at;
    while let Some(&c) = chars.get(end) {
        if let Some(value) = digit(c) {
            count += 1;
            scale += u32::from(pointed);
            if count > DIGITS_MAX {
                return None;
            }
            digits = digits * 10 + value;
            end += 1;
        } else if (!pointed && count > 0 && is_point(chars, end)) || (!pointed && thousands(chars, at, end)) {
            pointed |= matches!(c, '.' | '．');
            end += 1;
        } else {
            break;
        }
    }
    (count > 0 && count <= DIGITS_MAX && scale <= DECIMALS_MAX).then(|| Number {
        value: Decimal::new(digits, scale),
        end,
        chinese: false,
        magnitude: false,
    })
}

fn is_point(chars: &[char], at: usize) -> bool {
    matches!(chars.get(at), Some('.' | '．')) && chars.get(at + 1).copied().and_then(digit).is_some()
}

/// A comma between groups of three: `1,200`, not `5,30`; after one to three leading digits.
pub fn thousands(chars: &[char], start: usize, at: usize) -> bool {
    let group = |from: usize| (0..3).all(|n| chars.get(from + n).copied().and_then(digit).is_some());
    let ended = |place: usize| chars.get(place).copied().and_then(digit).is_none();
    let lead =
        chars.get(start..at).unwrap_or_default().iter().rev().take(4).take_while(|c| digit(**c).is_some()).count();
    matches!(chars.get(at), Some(',' | '，')) && (1..=3).contains(&lead) && group(at + 1) && ended(at + 4)
}

/// Chinese numerals. `None` for digits in a row without a multiplier (五一, 三五) and for a bare 百 or 千 (百日).
pub fn chinese(chars: &[char], at: usize) -> Option<Number> {
    let mut total = 0i64;
    let mut last: Option<i64> = None;
    let mut end = at;
    while let Some(&c) = chars.get(end) {
        if let Some(value) = cn_digit(c) {
            if last.is_some_and(|before| before != 0) {
                return None;
            }
            last = Some(value);
        } else if let Some(ten) = cn_ten(c) {
            if end == at && ten > 10 {
                return None;
            }
            total += last.unwrap_or(1).max(1).checked_mul(ten)?;
            last = None;
        } else {
            break;
        }
        end += 1;
        if end - at > DIGITS_MAX {
            return None;
        }
    }
    (end > at).then(|| Number {
        value: Decimal::whole(total + last.unwrap_or(0)),
        end,
        chinese: true,
        magnitude: false,
    })
}

/// The number with the magnitudes that follow it: 5万, 1.2亿, 三千万, 2千.
pub fn scaled(chars: &[char], number: Number) -> Number {
    let mut number = number;
    // 20 万㎡: one blank may stand before the first magnitude.
    if matches!(chars.get(number.end), Some(' ' | '\u{a0}')) && matches!(chars.get(number.end + 1), Some('万' | '亿'))
    {
        number.end += 1;
    }
    while let Some(zeros) = chars.get(number.end).copied().and_then(|c| zeros(c, number.chinese)) {
        // 33.5千米: the thousand belongs to the unit.
        if chars.get(number.end) == Some(&'千') && matches!(chars.get(number.end + 1), Some('米' | '克' | '瓦' | '伏'))
        {
            break;
        }
        let Some(value) = number.value.shifted(zeros) else { break };
        number = Number { value, end: number.end + 1, magnitude: true, ..number };
    }
    number
}

fn zeros(c: char, chinese: bool) -> Option<u32> {
    match c {
        '万' => Some(4),
        '亿' => Some(8),
        '千' if !chinese => Some(3),
        '百' if !chinese => Some(2),
        '十' if !chinese => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<(&str, usize)>) {
        let chars: Vec<char> = text.chars().collect();
        let found = plain(&chars, 0).map(|number| scaled(&chars, number));
        let found = found.map(|number| (number.value.to_string(), number.end));
        assert_eq!(found, expect.map(|(value, end)| (value.to_owned(), end)), "{text}");
    }

    #[test]
    fn numbers_of_plans() {
        check("50公里", Some(("50", 2)));
        check("１２．５公里", Some(("12.5", 4)));
        check("1,200盏", Some(("1200", 5)));
        check("5,30", Some(("5", 1)));
        check("5万户", Some(("50000", 2)));
        check("1.2亿元", Some(("120000000", 4)));
        check("二十座", Some(("20", 2)));
        check("一百公里", Some(("100", 2)));
        check("一百二十五", Some(("125", 5)));
        check("一百零五盏", Some(("105", 4)));
        check("三千万", Some(("30000000", 3)));
        check("两次", Some(("2", 1)));
        check("五一前", None);
        check("百日攻坚", None);
        check("0371678899991234567", None);
        check("元", None);
    }
}
