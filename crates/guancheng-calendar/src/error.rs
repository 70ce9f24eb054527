//! What a calendar, a clock or a limit refuses, and what would be right.

use std::fmt;

use guancheng_base::{ErrorCode, Name};

use crate::{Limit, Unit};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// The question touches a year whose holidays are not loaded.
    NotLoaded {
        /// The calendar that was asked.
        calendar: Name,
        /// The first missing year.
        year: i16,
        /// The years it has, for reading: `2014, 2020-2026`.
        loaded: String,
    },
    /// A clock that stands still was asked to pause.
    NotRunning,
    /// A clock that runs was asked to resume.
    Running,
    /// A clock was asked to pause or resume before its last start.
    Backwards,
    /// An extension in a unit the clock does not count in.
    OtherUnit {
        /// The unit the clock counts in.
        clock: Unit,
        /// The unit of the extension.
        extension: Unit,
    },
}

impl CalendarError {
    /// The stable code for clients.
    pub fn code(&self) -> ErrorCode {
        match self {
            CalendarError::NotLoaded { .. } => ErrorCode::CalendarNotLoaded,
            CalendarError::NotRunning | CalendarError::Running | CalendarError::Backwards => ErrorCode::PauseRefused,
            CalendarError::OtherUnit { .. } => ErrorCode::ExtensionRefused,
        }
    }
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CalendarError::NotLoaded { calendar, year, loaded } => {
                write!(f, "calendar {calendar} is not loaded for {year} (loaded: {loaded}): ")?;
                write!(f, "add that year's days off and make-up days with their source")
            }
            CalendarError::NotRunning => f.write_str("the clock stands still: only a running clock can be paused"),
            CalendarError::Running => f.write_str("the clock runs: only a paused or stopped clock can be resumed"),
            CalendarError::Backwards => f.write_str("the moment lies before the clock's last start"),
            CalendarError::OtherUnit { clock, extension } => {
                write!(f, "the clock counts in {clock}, the extension in {extension}: give it in {clock}")
            }
        }
    }
}

impl std::error::Error for CalendarError {}

/// A word that is no [`Unit`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitError {
    /// The word.
    pub text: String,
    /// What to write instead.
    pub advice: &'static str,
}

impl UnitError {
    pub(crate) fn new(text: &str) -> Self {
        let advice = match text {
            "day" | "days" | "d" | "日" | "天" => {
                "a day is natural_day (every day counts, a last day off rolls on) or work_day (only working days count)"
            }
            "hour" | "hours" | "h" | "小时" | "时" => {
                "an hour is work_hour (office time) or urgent_hour (runs always)"
            }
            "minute" | "minutes" | "min" | "分钟" => "a minute is urgent_minute (runs always)",
            "自然日" => "write natural_day",
            "工作日" => "write work_day",
            "工作时" => "write work_hour",
            "紧急工作时" => "write urgent_hour",
            _ => "the units are natural_day, work_day, work_hour, urgent_hour, urgent_minute, year",
        };
        UnitError { text: text.to_owned(), advice }
    }
}

impl fmt::Display for UnitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no unit of time here: {}", self.text, self.advice)
    }
}

impl std::error::Error for UnitError {}

/// Text or a number that is no [`Limit`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitError {
    /// Not a number, a space and a unit.
    Shape {
        /// The text.
        text: String,
    },
    /// The unit is none.
    Unit(UnitError),
    /// Zero or less.
    NotPositive {
        /// The number.
        n: String,
    },
    /// Over [`Limit::MAX`].
    TooLong {
        /// The number.
        n: String,
    },
    /// A fraction the unit cannot hold.
    TooFine {
        /// The number.
        n: String,
        /// The unit.
        unit: Unit,
    },
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LimitError::Shape { text } => {
                write!(f, "{text:?} is no limit: write a number, a space and a unit, as in \"15 natural_day\"")
            }
            LimitError::Unit(error) => error.fmt(f),
            LimitError::NotPositive { n } => write!(f, "a limit of {n} leaves no time: it must be more than zero"),
            LimitError::TooLong { n } => write!(f, "a limit of {n} is too long: at most {}", Limit::MAX),
            LimitError::TooFine { n, unit } if unit.ticks() == 1 => {
                write!(f, "{n} {unit} is too fine: days and years are counted whole")
            }
            LimitError::TooFine { n, unit } => {
                write!(f, "{n} {unit} is too fine: hours and minutes have at most three decimals")
            }
        }
    }
}

impl std::error::Error for LimitError {}
