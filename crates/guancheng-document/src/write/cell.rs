//! What stands in a cell of a table or of a workbook, and how a column shows it. Numbers are exact: a decimal is a whole
//! number of units of its last place, so that the paper shows what was computed, to the last digit.

use std::fmt;

use guancheng_base::Day;

/// An exact decimal number: `units` / 10^`places`. 12.50 is `{ units: 1250, places: 2 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The number without its point.
    pub units: i64,
    /// Digits after the point, at most [`Decimal::PLACES_MAX`]; more are shown as that many.
    pub places: u8,
}

impl Decimal {
    /// An `i64` has at most 19 digits; 18 places leave one before the point.
    pub const PLACES_MAX: u8 = 18;

    /// The number with `places` digits, rounded half away from zero.
    pub fn rounded(self, places: u8) -> Self {
        let places = places.min(Self::PLACES_MAX);
        let cut = self.places.min(Self::PLACES_MAX).saturating_sub(places);
        if cut == 0 {
            return self;
        }
        let scale = 10_i128.pow(u32::from(cut));
        let half = if self.units < 0 { -scale / 2 } else { scale / 2 };
        let units = (i128::from(self.units) + half) / scale;
        Decimal { units: i64::try_from(units).unwrap_or(self.units), places }
    }

    /// Shown with exactly `places` digits and the mark `%`: 0.9527 with one place is `95.3%`.
    pub fn percent(self, places: u8) -> String {
        let places = places.min(Self::PLACES_MAX - 2);
        let hundredths = self.rounded(places + 2).widened(places + 2);
        format!("{}%", point(hundredths, places))
    }

    /// Shown with exactly `places` digits and commas between thousands: `1,234.50`.
    pub fn grouped(self, places: u8) -> String {
        let places = places.min(Self::PLACES_MAX);
        let text = point(self.rounded(places).widened(places), places);
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{sign}{grouped}{rest}")
    }

    /// The units for `places` digits, which are at least as many as there are.
    fn widened(self, places: u8) -> i128 {
        let missing = places.saturating_sub(self.places.min(Self::PLACES_MAX));
        i128::from(self.units) * 10_i128.pow(u32::from(missing))
    }
}

impl fmt::Display for Decimal {
    /// Without grouping, with the places it has: `1234.50`. This is also the form that XML wants.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&point(i128::from(self.units), self.places.min(Self::PLACES_MAX)))
    }
}

fn point(units: i128, places: u8) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let scale = 10_u128.pow(u32::from(places));
    let (whole, part) = (units.unsigned_abs() / scale, units.unsigned_abs() % scale);
    if places == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part:0width$}", width = usize::from(places))
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, and only ever text: `=1+1` stays these four characters.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number; in a column of percents, 0.95 is 95 %.
    Decimal(Decimal),
    /// A civil date.
    Date(Day),
    /// Text that leads somewhere. An address that is not http, https or mailto leaves the text alone.
    Link {
        /// What is shown.
        text: String,
        /// Where it leads.
        url: String,
    },
}

impl Cell {
    /// A text cell.
    pub fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    /// The cell as the column shows it on paper.
    pub fn shown(&self, format: Format) -> String {
        match (self, format) {
            (Cell::Empty, _) => String::new(),
            (Cell::Text(text) | Cell::Link { text, .. }, _) => text.clone(),
            (Cell::Date(day), _) => day.to_string(),
            (Cell::Integer(n), Format::Text | Format::Date) => n.to_string(),
            (Cell::Decimal(n), Format::Text | Format::Date) => n.to_string(),
            (Cell::Integer(n), format) => number(Decimal { units: *n, places: 0 }, format),
            (Cell::Decimal(n), format) => number(*n, format),
        }
    }
}

fn number(n: Decimal, format: Format) -> String {
    match format {
        Format::Percent(places) => n.percent(places),
        Format::Decimal(places) => n.grouped(places),
        Format::Text | Format::Date | Format::Integer => n.grouped(n.places),
    }
}

/// How a column shows its numbers. It never changes text: a column of numbers may hold `无数据`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// As it is.
    Text,
    /// Thousands with commas.
    Integer,
    /// That many digits after the point, thousands with commas.
    Decimal(u8),
    /// A share shown in percent with that many digits after the point.
    Percent(u8),
    /// `2014-09-26`.
    Date,
}

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the start of the line.
    Start,
    /// In the middle.
    Centre,
    /// At the end of the line, as numbers do.
    End,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: Cell, format: Format, expect: &str) {
        assert_eq!(cell.shown(format), expect);
    }

    fn decimal(units: i64, places: u8) -> Cell {
        Cell::Decimal(Decimal { units, places })
    }

    #[test]
    fn numbers_are_shown_as_the_column_says() {
        check(decimal(123_450, 2), Format::Decimal(2), "1,234.50");
        check(decimal(123_450, 2), Format::Decimal(0), "1,235");
        check(decimal(-5, 1), Format::Decimal(0), "-1");
        check(decimal(-5, 2), Format::Decimal(2), "-0.05");
        check(decimal(9527, 4), Format::Percent(1), "95.3%");
        check(decimal(1, 0), Format::Percent(2), "100.00%");
        check(Cell::Integer(1_234_567), Format::Integer, "1,234,567");
        check(Cell::Integer(-123), Format::Integer, "-123");
        check(Cell::Integer(1), Format::Percent(0), "100%");
        check(Cell::Integer(i64::MIN), Format::Percent(16), "-922337203685477580800.0000000000000000%");
        check(decimal(i64::MIN, 255), Format::Decimal(255), "-9.223372036854775808");
        check(Cell::text("无数据"), Format::Percent(1), "无数据");
        check(Cell::Integer(2014), Format::Text, "2014");
    }
}
