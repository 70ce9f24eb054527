//! What a cell holds, and what people mean by what they typed.

use guancheng_base::Day;

use crate::write::Decimal;

/// The value of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, trimmed, never empty.
    Text(String),
    /// A number, as its fifteen digits are shown.
    Number(Decimal),
    /// A date; a time of day beside it is dropped.
    Date(Day),
    /// Nothing that could be used.
    Flaw(Flaw),
}

/// Why a cell holds nothing that could be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A formula whose result the file does not hold.
    NotComputed,
    /// An error in place of a result, e.g. `#DIV/0!`.
    Error(String),
    /// A number beyond what a decimal or a date can hold.
    OutOfRange(String),
}

/// How dates are counted in a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Epoch {
    /// From 1900, with a 29 February 1900 that never was.
    Of1900,
    /// From 1904.
    Of1904,
}

/// Days from 1899-12-30 to 1970-01-01.
const DAYS_TO_1970: i32 = 25_569;
/// Days from 1899-12-30 to 1904-01-01.
const DAYS_TO_1904: i32 = 1_462;
/// Serial of 9999-12-31.
const SERIAL_MAX: f64 = 2_958_465.0;

/// The number that a cell holds, to the fifteen significant digits that an office program shows.
pub fn number(raw: &str) -> Value {
    let out_of_range = || Value::Flaw(Flaw::OutOfRange(raw.to_owned()));
    let Ok(float) = raw.trim().parse::<f64>() else { return Value::Text(raw.to_owned()) };
    if !float.is_finite() {
        return out_of_range();
    }
    let shown = format!("{float:.14e}");
    let Some((mantissa, exponent)) = shown.split_once('e') else { return out_of_range() };
    let Ok(exponent) = exponent.parse::<i32>() else { return out_of_range() };
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let (Ok(mut units), mut places) = (digits.parse::<i64>(), 14_i32.saturating_sub(exponent)) else {
        return out_of_range();
    };
    while places > 0 && units % 10 == 0 && units != 0 {
        units /= 10;
        places -= 1;
    }
    match (units, u8::try_from(places)) {
        (0, _) => Value::Number(Decimal { units: 0, places: 0 }),
        (units, Ok(places)) if places <= Decimal::PLACES_MAX => Value::Number(Decimal { units, places }),
        // Less than the smallest decimal: nothing, as it is shown.
        _ if places > 0 => Value::Number(Decimal { units: 0, places: 0 }),
        (units, _) => {
            let scale = u32::try_from(-places).ok().and_then(|zeros| 10_i64.checked_pow(zeros));
            let whole = scale.and_then(|scale| units.checked_mul(scale));
            whole.map_or_else(out_of_range, |units| Value::Number(Decimal { units, places: 0 }))
        }
    }
}

/// The day that a number in a format of dates stands for.
pub fn serial(raw: &str, epoch: Epoch) -> Value {
    let flaw = Value::Flaw(Flaw::OutOfRange(raw.to_owned()));
    let Ok(float) = raw.trim().parse::<f64>() else { return flaw };
    if !(0.0..=SERIAL_MAX).contains(&float) {
        return flaw;
    }
    let whole = float.floor() as i32;
    let from_1899 = match (epoch, whole) {
        (Epoch::Of1904, days) => days + DAYS_TO_1904,
        (Epoch::Of1900, 61..) => whole,
        (Epoch::Of1900, 1..=59) => whole + 1,
        // Day 0, and the day that never was.
        (Epoch::Of1900, _) => return flaw,
    };
    Value::Date(Day(from_1899 - DAYS_TO_1970))
}

/// The date that a text stands for: year, month and day in this order, between any of `-/.` and `年月日`, in digits of any
/// width, with or without a time behind it.
pub fn date_of(text: &str) -> Option<Day> {
    let narrow = narrow(text);
    let date = narrow.trim().split([' ', 'T']).next()?;
    let mut numbers = Vec::new();
    for part in date.trim_end_matches('日').split(['-', '/', '.', '年', '月']) {
        let digits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        numbers.push(digits.then(|| part.parse::<i16>().ok()).flatten()?);
    }
    let [year, month, day] = numbers.as_slice() else { return None };
    if *year < 1000 {
        return None;
    }
    Day::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?)
}

/// The number that a text stands for: digits of any width, commas between thousands, a point, a sign, a percent mark.
pub fn decimal_of(text: &str) -> Option<Decimal> {
    let narrow: String = narrow(text).chars().filter(|c| !c.is_whitespace()).collect();
    let (body, percent) = narrow.strip_suffix('%').map_or((narrow.as_str(), 0_u8), |body| (body, 2));
    let (sign, body) = match body.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", body.strip_prefix('+').unwrap_or(body)),
    };
    let (whole, part) = body.split_once('.').unwrap_or((body, ""));
    let whole = ungrouped(whole)?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(&whole) || !digits(part) {
        return None;
    }
    let places = u8::try_from(part.len()).ok()?.checked_add(percent).filter(|places| *places <= Decimal::PLACES_MAX)?;
    let units = format!("{sign}{whole}{part}").parse().ok()?;
    Some(Decimal { units, places })
}

/// Without commas, where they stand between groups of three.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = groups.clone().count() > 0;
    let right = groups.all(|group| group.len() == 3) && (!grouped || (1..=3).contains(&first.len()));
    right.then(|| whole.replace(',', ""))
}

/// Full-width letters, digits and marks as their narrow twins; the ideographic blank as a blank.
pub fn narrow(text: &str) -> String {
    let twin = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        c => c,
    };
    text.chars().map(twin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: PartialEq + std::fmt::Debug>(found: T, expect: T) {
        assert_eq!(found, expect);
    }

    fn decimal(units: i64, places: u8) -> Value {
        Value::Number(Decimal { units, places })
    }

    #[test]
    fn numbers_are_what_is_shown() {
        check(number("0.30000000000000004"), decimal(3, 1));
        check(number("1234.5"), decimal(12_345, 1));
        check(number("-50000"), decimal(-50_000, 0));
        check(number("1E3"), decimal(1000, 0));
        check(number("100"), decimal(100, 0));
        check(number("0"), decimal(0, 0));
        check(number("1e-300"), decimal(0, 0));
        check(number("1e300"), Value::Flaw(Flaw::OutOfRange("1e300".to_owned())));
        check(number("NaN"), Value::Flaw(Flaw::OutOfRange("NaN".to_owned())));
    }

    #[test]
    fn serials_are_days() {
        check(serial("41908.75", Epoch::Of1900), Value::Date(Day::new(2014, 9, 26).unwrap()));
        check(serial("1", Epoch::Of1900), Value::Date(Day::new(1900, 1, 1).unwrap()));
        check(serial("60", Epoch::Of1900), Value::Flaw(Flaw::OutOfRange("60".to_owned())));
        check(serial("0", Epoch::Of1904), Value::Date(Day::new(1904, 1, 1).unwrap()));
        check(serial("-1", Epoch::Of1900), Value::Flaw(Flaw::OutOfRange("-1".to_owned())));
    }

    #[test]
    fn texts_are_dates_where_they_say_so() {
        let day = Day::new(2014, 3, 5);
        for text in [
            "2014-03-05",
            "2014/3/5",
            "2014.3.5",
            "2014年3月5日",
            "２０１４年３月５日",
            "2014-03-05 09:30",
            "2014-03-05T09:30:00",
        ] {
            check(date_of(text), day);
        }
        for text in ["", "14-3-5", "2014-13-01", "5/3/2014", "2014年3月", "年底前", "2014-3-5-6"] {
            check(date_of(text), None);
        }
    }

    #[test]
    fn texts_are_numbers_where_they_say_so() {
        check(decimal_of("1,234.50"), Some(Decimal { units: 123_450, places: 2 }));
        check(decimal_of("９５％"), Some(Decimal { units: 95, places: 2 }));
        check(decimal_of(" -3 "), Some(Decimal { units: -3, places: 0 }));
        for text in ["", "5万", "1,23", "12,3456", "1.2.3", "=1", "-", ".5", "99999999999999999999"] {
            check(decimal_of(text), None);
        }
    }
}
