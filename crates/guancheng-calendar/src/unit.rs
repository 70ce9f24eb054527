//! Units of legal time, and limits in them. A bare "day" is no unit: the law counts either natural or working days.

use std::{fmt, str::FromStr};

use crate::{LimitError, UnitError};

/// What a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 自然日: every day of the civil calendar; the last one rolls to a working day.
    NaturalDay,
    /// 工作日: a legal count of working days, due at close of business. Not a number of hours.
    WorkDay,
    /// 工作时: elapsed office time.
    WorkHour,
    /// 紧急工作时: an hour that runs always.
    UrgentHour,
    /// A minute that runs always.
    UrgentMinute,
    /// 年: up to the corresponding day of a later year.
    Year,
}

/// A quantity of a unit, exact. One tick is a millisecond for `work_hour`, `urgent_hour` and `urgent_minute`, and one
/// whole day or year for the others. Negative where a span runs backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub i64);

/// How long something may take: `15 natural_day`, `1.5 work_hour`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit {
    /// How much; above zero when made by [`Limit::parse`] or [`Limit::new`].
    pub n: Amount,
    /// Of what.
    pub unit: Unit,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Unit; 6] =
        [Unit::NaturalDay, Unit::WorkDay, Unit::WorkHour, Unit::UrgentHour, Unit::UrgentMinute, Unit::Year];

    /// The unit as packs write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::NaturalDay => "natural_day",
            Unit::WorkDay => "work_day",
            Unit::WorkHour => "work_hour",
            Unit::UrgentHour => "urgent_hour",
            Unit::UrgentMinute => "urgent_minute",
            Unit::Year => "year",
        }
    }

    /// How many ticks of an [`Amount`] make one of the unit.
    pub fn ticks(self) -> i64 {
        match self {
            Unit::NaturalDay | Unit::WorkDay | Unit::Year => 1,
            Unit::WorkHour | Unit::UrgentHour => 3_600_000,
            Unit::UrgentMinute => 60_000,
        }
    }
}

impl FromStr for Unit {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        Unit::ALL.into_iter().find(|unit| unit.as_str() == text).ok_or_else(|| UnitError::new(text))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Amount {
    /// The amount as a decimal number of `unit`, cut to thousandths: `1.5`, `15`, `-0.25`.
    pub fn in_unit(self, unit: Unit) -> String {
        let thousandths = i128::from(self.0) * 1000 / i128::from(unit.ticks());
        let sign = if thousandths < 0 { "-" } else { "" };
        let (whole, part) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
        let text = format!("{sign}{whole}.{part:03}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// The amount as a number of `unit`, for meters and charts; arithmetic stays in ticks.
    pub fn as_f64(self, unit: Unit) -> f64 {
        self.0 as f64 / unit.ticks() as f64
    }
}

impl Limit {
    /// The largest number of units in a limit.
    pub const MAX: i64 = 1_000_000;

    /// `n` of `unit`: more than zero, at most [`Limit::MAX`], in thousandths of an hour or minute, in whole days or
    /// years.
    pub fn new(n: f64, unit: Unit) -> Result<Self, LimitError> {
        if n.is_nan() || n <= 0.0 {
            return Err(LimitError::NotPositive { n: n.to_string() });
        }
        if n > Self::MAX as f64 {
            return Err(LimitError::TooLong { n: n.to_string() });
        }
        let steps = if unit.ticks() == 1 { 1 } else { 1000 };
        let exact = n * steps as f64;
        let whole = exact.round();
        if whole < 1.0 || (exact - whole).abs() > 1e-6 {
            return Err(LimitError::TooFine { n: n.to_string(), unit });
        }
        Ok(Limit { n: Amount(whole as i64 * unit.ticks() / steps), unit })
    }

    /// Reads `15 natural_day` or `1.5 work_hour`: a decimal number, one space, a unit.
    pub fn parse(text: &str) -> Result<Self, LimitError> {
        let shape = || LimitError::Shape { text: text.to_owned() };
        let (number, unit) = text.trim().split_once(' ').ok_or_else(shape)?;
        let decimal = number.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
        let n = if decimal { number.parse().map_err(|_| shape())? } else { return Err(shape()) };
        Limit::new(n, unit.trim_start().parse().map_err(LimitError::Unit)?)
    }
}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        Limit::parse(text)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.n.in_unit(self.unit), self.unit)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Expect) {
        let seen = match Limit::parse(text) {
            Ok(limit) => format!("{limit} = {} ticks", limit.n.0),
            Err(error) => error.to_string(),
        };
        expected.assert_eq(&seen);
    }

    #[test]
    fn limits_are_exact() {
        check("15 natural_day", expect!["15 natural_day = 15 ticks"]);
        check("1.5 work_hour", expect!["1.5 work_hour = 5400000 ticks"]);
        check("0.001 urgent_minute", expect!["0.001 urgent_minute = 60 ticks"]);
        check("5.0 year", expect!["5 year = 5 ticks"]);
    }

    #[test]
    fn a_bare_day_is_no_unit() {
        check(
            "15 days",
            expect![
                "\"days\" is no unit of time here: a day is natural_day (every day counts, a last day off rolls on) or work_day (only working days count)"
            ],
        );
        check(
            "15 日",
            expect![
                "\"日\" is no unit of time here: a day is natural_day (every day counts, a last day off rolls on) or work_day (only working days count)"
            ],
        );
        check(
            "3 hours",
            expect![
                "\"hours\" is no unit of time here: an hour is work_hour (office time) or urgent_hour (runs always)"
            ],
        );
        check(
            "3 fortnight",
            expect![
                "\"fortnight\" is no unit of time here: the units are natural_day, work_day, work_hour, urgent_hour, urgent_minute, year"
            ],
        );
    }

    #[test]
    fn impossible_limits_say_why() {
        check("15", expect!["\"15\" is no limit: write a number, a space and a unit, as in \"15 natural_day\""]);
        check(
            "inf year",
            expect!["\"inf year\" is no limit: write a number, a space and a unit, as in \"15 natural_day\""],
        );
        check("0 work_day", expect!["a limit of 0 leaves no time: it must be more than zero"]);
        check("-1 work_day", expect!["a limit of -1 leaves no time: it must be more than zero"]);
        check("1.5 natural_day", expect!["1.5 natural_day is too fine: days and years are counted whole"]);
        check(
            "0.0001 work_hour",
            expect!["0.0001 work_hour is too fine: hours and minutes have at most three decimals"],
        );
        check("2000000 year", expect!["a limit of 2000000 is too long: at most 1000000"]);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(thousandths in 1i64..1_000_000_000, which in 0usize..6) {
            let unit = Unit::ALL[which];
            let n = if unit.ticks() == 1 { 1 + thousandths / 1000 } else { thousandths * unit.ticks() / 1000 };
            let limit = Limit { n: Amount(n), unit };
            prop_assume!(limit.n.as_f64(unit) <= Limit::MAX as f64);
            prop_assert_eq!(Limit::parse(&limit.to_string()), Ok(limit));
        }
    }
}
