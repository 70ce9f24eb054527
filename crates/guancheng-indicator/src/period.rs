//! Weeks, months, quarters, half-years and years of local time. Invariant: a period is half open, so that neighbours
//! share no moment and leave none out.

use std::fmt;

use guancheng_base::{Day, Instant};
use guancheng_calendar::Calendar;

/// The kinds of period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodKind {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// Six months from January or July.
    HalfYear,
    /// A calendar year.
    Year,
}

/// One period: the days from `first` up to, not including, `next`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    kind: PeriodKind,
    first: Day,
    next: Day,
}

/// Text that names no period; carries the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPeriod(pub String);

impl PeriodKind {
    /// All kinds, from the shortest.
    pub const ALL: [PeriodKind; 6] = [
        PeriodKind::Day,
        PeriodKind::Week,
        PeriodKind::Month,
        PeriodKind::Quarter,
        PeriodKind::HalfYear,
        PeriodKind::Year,
    ];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            PeriodKind::Day => "day",
            PeriodKind::Week => "week",
            PeriodKind::Month => "month",
            PeriodKind::Quarter => "quarter",
            PeriodKind::HalfYear => "half_year",
            PeriodKind::Year => "year",
        }
    }

    /// How many months it has, where it has whole ones.
    fn months(self) -> Option<i32> {
        match self {
            PeriodKind::Day | PeriodKind::Week => None,
            PeriodKind::Month => Some(1),
            PeriodKind::Quarter => Some(3),
            PeriodKind::HalfYear => Some(6),
            PeriodKind::Year => Some(12),
        }
    }
}

impl Period {
    /// The period of that kind in which `day` lies.
    pub fn containing(kind: PeriodKind, day: Day) -> Period {
        let (year, month, _) = day.ymd();
        match kind.months() {
            Some(months) => {
                let index = i32::from(year) * 12 + i32::from(month) - 1;
                let first = index.div_euclid(months) * months;
                Period { kind, first: month_start(first), next: month_start(first + months) }
            }
            None if kind == PeriodKind::Day => Period { kind, first: day, next: day.plus(1) },
            None => {
                let first = day.plus(-i32::from(day.weekday()));
                Period { kind, first, next: first.plus(7) }
            }
        }
    }

    /// Reads `2014`, `2014-H2`, `2014-Q3`, `2014-09`, `2014-W39` or `2014-09-26`, as [`Period`] prints them.
    ///
    /// # Errors
    /// Anything else.
    pub fn parse(text: &str) -> Result<Period, NoPeriod> {
        parse(text).filter(|period| period.to_string() == text).ok_or_else(|| NoPeriod(text.to_owned()))
    }

    /// What kind it is.
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// Its first day.
    pub fn first(&self) -> Day {
        self.first
    }

    /// The day after its last.
    pub fn next_day(&self) -> Day {
        self.next
    }

    /// The period after it.
    pub fn following(&self) -> Period {
        Period::containing(self.kind, self.next)
    }

    /// The period before it.
    pub fn previous(&self) -> Period {
        Period::containing(self.kind, self.first.plus(-1))
    }

    /// The same period a year earlier: for weeks 52 weeks before.
    pub fn year_before(&self) -> Period {
        match self.kind.months() {
            Some(_) => {
                let (year, month, _) = self.first.ymd();
                Period::containing(self.kind, month_start((i32::from(year) - 1) * 12 + i32::from(month) - 1))
            }
            None => Period::containing(self.kind, self.first.plus(-364)),
        }
    }

    /// The periods of a shorter kind that lie in it, in order: the months of a quarter. Weeks that cross its ends are
    /// not in it.
    pub fn parts(&self, kind: PeriodKind) -> Vec<Period> {
        let first = Some(Period::containing(kind, self.first));
        let all = std::iter::successors(first, |part| Some(part.following()));
        all.take_while(|part| part.first < self.next)
            .filter(|part| part.first >= self.first && part.next <= self.next)
            .collect()
    }

    /// Its days.
    pub fn days(&self) -> impl Iterator<Item = Day> + use<> {
        (self.first.0..self.next.0).map(Day)
    }

    /// Whether a day lies in it.
    pub fn has_day(&self, day: Day) -> bool {
        self.first <= day && day < self.next
    }

    /// Its first moment and the first moment after it, in the calendar's zone.
    pub fn bounds(&self, calendar: &Calendar) -> (Instant, Instant) {
        (calendar.midnight(self.first), calendar.midnight(self.next))
    }
}

/// The years of which a period can be named: those that a calendar can load.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The first day of the month `index`, counted from January of the year 0.
fn month_start(index: i32) -> Day {
    let year = i16::try_from(index.div_euclid(12)).unwrap_or(i16::MAX);
    let month = i8::try_from(index.rem_euclid(12) + 1).unwrap_or(1);
    Day::new(year, month, 1).unwrap_or(Day(i32::MAX))
}

fn parse(text: &str) -> Option<Period> {
    let year: i16 = text.get(..4)?.parse().ok().filter(|year| YEARS.contains(year))?;
    let rest = text.get(4..)?;
    let of = |kind, month: u8| Some(Period::containing(kind, Day::new(year, i8::try_from(month).ok()?, 1)?));
    let number = |rest: &str| rest.parse::<u8>().ok();
    match rest.strip_prefix('-') {
        None => rest.is_empty().then(|| of(PeriodKind::Year, 1))?,
        Some(rest) => match (rest.get(..1)?, rest.get(1..)?) {
            ("H", n) => of(PeriodKind::HalfYear, number(n)?.checked_mul(6)?.checked_sub(5)?),
            ("Q", n) => of(PeriodKind::Quarter, number(n)?.checked_mul(3)?.checked_sub(2)?),
            ("W", n) => {
                // The fourth of January lies in the first ISO week.
                let first = Day::new(year, 1, 4)?.plus((i32::from(number(n)?) - 1) * 7);
                Some(Period::containing(PeriodKind::Week, first))
            }
            _ if rest.len() == 2 => of(PeriodKind::Month, number(rest)?),
            _ => Some(Period::containing(PeriodKind::Day, Day::parse(text).ok()?)),
        },
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, _) = self.first.ymd();
        match self.kind {
            PeriodKind::Day => write!(f, "{}", self.first),
            PeriodKind::Week => {
                let week = self.first.to_civil().iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            PeriodKind::Month => write!(f, "{year:04}-{month:02}"),
            PeriodKind::Quarter => write!(f, "{year:04}-Q{}", (month + 2) / 3),
            PeriodKind::HalfYear => write!(f, "{year:04}-H{}", (month + 5) / 6),
            PeriodKind::Year => write!(f, "{year:04}"),
        }
    }
}

impl fmt::Display for NoPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no period; write 2014, 2014-H2, 2014-Q3, 2014-09, 2014-W39 or 2014-09-26", self.0)
    }
}

impl std::error::Error for NoPeriod {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn periods_read_back_as_written() {
        for text in ["2014", "2014-H2", "2014-Q3", "2014-09", "2014-W39", "2014-09-26", "2015-W53", "2021-W01"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "14",
            "2014-13",
            "2014-H3",
            "2014-Q0",
            "2014-Q5",
            "2014-W54",
            "2014-W00",
            "2014-9",
            "2014-02-30",
            "二零一四",
            "9999",
        ] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_year_has_its_parts() {
        let year = Period::parse("2014").unwrap();
        let labels = |kind| year.parts(kind).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(labels(PeriodKind::Quarter), "2014-Q1 2014-Q2 2014-Q3 2014-Q4");
        assert_eq!(year.parts(PeriodKind::Month).len(), 12);
        assert_eq!(year.parts(PeriodKind::Week).len(), 51, "the weeks that lie in 2014 as a whole");
        assert_eq!(year.year_before().to_string(), "2013");
        assert_eq!(Period::parse("2014-01").unwrap().previous().to_string(), "2013-12");
        assert_eq!(Period::parse("2014-W02").unwrap().year_before().to_string(), "2013-W02");
    }

    proptest! {
        #[test]
        fn every_day_lies_in_one_period_of_a_kind(day in 0_i32..40_000) {
            let day = Day(day);
            for kind in PeriodKind::ALL {
                let period = Period::containing(kind, day);
                prop_assert!(period.has_day(day));
                prop_assert!(!period.following().has_day(day) && !period.previous().has_day(day));
                prop_assert_eq!(period.following().first(), period.next_day());
                prop_assert_eq!(period.previous().next_day(), period.first());
                prop_assert_eq!(Period::parse(&period.to_string()), Ok(period));
            }
        }
    }
}
