//! A calendar as a pack declares it, and everything that can be wrong with one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use guancheng_base::{Day, Name};

/// Working time as declared: office hours, a weekend, and per year the exceptions in both directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarSpec {
    /// Identifier that procedures name.
    pub id: Name,
    /// Title for people.
    pub title: String,
    /// IANA time zone, e.g. `Asia/Shanghai`.
    pub zone: String,
    /// The laws and notices the calendar rests on.
    pub basis: Vec<String>,
    /// Office hours of a working day: half-open intervals in seconds of the local day, in order, not overlapping.
    pub hours: Vec<(u32, u32)>,
    /// Close of business in seconds of the local day; the end of the last office interval where `None`.
    pub close_of_business: Option<u32>,
    /// Which days of the week are off, Monday first.
    pub weekend: [bool; 7],
    /// Days off besides the weekend; weekend days inside a holiday may be listed too.
    pub off: BTreeSet<Day>,
    /// Make-up working days 调休: weekend days on which offices work.
    pub work: BTreeSet<Day>,
    /// The years whose exceptions are loaded. A year not listed is unknown, not free of holidays.
    pub years: BTreeSet<i16>,
    /// Where each loaded year's exceptions come from.
    pub source: BTreeMap<i16, String>,
}

/// The position of a weekday in [`CalendarSpec::weekend`] from its three-letter name: `mon` is 0, `sun` is 6.
pub fn weekday_index(name: &str) -> Option<usize> {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|known| *known == name)
}

/// One thing wrong with a [`CalendarSpec`]; compiling reports all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarFault {
    /// The zone is not in the IANA database.
    UnknownZone(String),
    /// No office hours.
    NoHours,
    /// An interval that is empty, runs backwards or leaves the day (seconds of the day).
    BadInterval(u32, u32),
    /// Two intervals overlap or are out of order; the later one is given.
    Overlap(u32, u32),
    /// Close of business is not within the day (seconds of the day).
    BadClose(u32),
    /// No year is loaded.
    NoYears,
    /// A year the civil calendar or the tables do not cover.
    BadYear(i16),
    /// A loaded year does not say where its days come from.
    NoSource(i16),
    /// A source for a year that is not loaded.
    SourceWithoutYear(i16),
    /// A day off or make-up day of a year that is not loaded.
    DayOfOtherYear(Day),
    /// A day that is both off and a make-up day.
    OffAndWork(Day),
    /// A make-up day that is a working day anyway: a wrong date.
    WorkOnWorkDay(Day),
    /// Every day of the week is off.
    NoWorkDay,
}

impl CalendarFault {
    /// The day the fault is about, so that a reader of files can point at it.
    pub fn day(&self) -> Option<Day> {
        match self {
            CalendarFault::DayOfOtherYear(day) | CalendarFault::OffAndWork(day) | CalendarFault::WorkOnWorkDay(day) => {
                Some(*day)
            }
            _ => None,
        }
    }
}

impl fmt::Display for CalendarFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CalendarFault::UnknownZone(zone) => {
                write!(f, "{zone:?} is no time zone: write an IANA name such as Asia/Shanghai")
            }
            CalendarFault::NoHours => f.write_str("there are no office hours: declare at least one interval"),
            CalendarFault::BadInterval(from, to) => {
                write!(f, "office hours {}-{} must begin before they end, within one day", Clock(*from), Clock(*to))
            }
            CalendarFault::Overlap(from, to) => {
                write!(f, "office hours {}-{} begin before the interval above them ends", Clock(*from), Clock(*to))
            }
            CalendarFault::BadClose(at) => write!(f, "close of business {} is not within the day", Clock(*at)),
            CalendarFault::NoYears => f.write_str("no year is loaded: give at least one with its source"),
            CalendarFault::BadYear(year) => write!(f, "year {year} is out of range: 1900 to 2199"),
            CalendarFault::NoSource(year) => write!(f, "year {year} does not say where its days come from"),
            CalendarFault::SourceWithoutYear(year) => write!(f, "year {year} has a source but is not loaded"),
            CalendarFault::DayOfOtherYear(day) => write!(f, "{day} belongs to a year that is not loaded"),
            CalendarFault::OffAndWork(day) => write!(f, "{day} is both a day off and a make-up working day"),
            CalendarFault::WorkOnWorkDay(day) => {
                write!(f, "{day} is a working day anyway: a make-up day falls on the weekend")
            }
            CalendarFault::NoWorkDay => f.write_str("every day of the week is off: leave at least one working day"),
        }
    }
}

impl std::error::Error for CalendarFault {}

/// Seconds of the day as `08:30:00`.
struct Clock(u32);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.0 / 3600, self.0 / 60 % 60, self.0 % 60)
    }
}
