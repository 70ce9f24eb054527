//! Time as a value: an instant on the global line and a day on the civil calendar. What a local wall clock shows
//! belongs to a calendar (`guancheng-calendar`), which knows the zone.

use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// A civil date as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// Text that is no instant or no date; carries the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseTimeError(pub String);

impl Instant {
    /// Reads RFC 3339 with an offset, e.g. `2014-09-26T16:40:00+08:00`.
    pub fn parse_rfc3339(text: &str) -> Result<Self, ParseTimeError> {
        text.parse::<jiff::Timestamp>()
            .map(|t| Instant(t.as_millisecond()))
            .map_err(|_| ParseTimeError(text.to_owned()))
    }

    /// RFC 3339 in UTC with milliseconds only where they are not zero.
    pub fn to_rfc3339_utc(self) -> String {
        jiff::Timestamp::from_millisecond(self.0).map_or_else(|_| self.0.to_string(), |t| t.to_string())
    }

    /// `ms` milliseconds later (earlier when negative); saturates.
    pub fn plus_ms(self, ms: i64) -> Self {
        Instant(self.0.saturating_add(ms))
    }
}

impl Day {
    /// The day `year-month-day`, or `None` where the civil calendar has no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self::from_civil)
    }

    /// Reads `2014-09-26`.
    pub fn parse(text: &str) -> Result<Self, ParseTimeError> {
        let strict = text.len() == 10 && text.is_ascii();
        let date = strict.then(|| text.parse::<jiff::civil::Date>().ok()).flatten();
        date.map(Self::from_civil).ok_or_else(|| ParseTimeError(text.to_owned()))
    }

    /// (year, month, day); the limits of the civil calendar for days beyond it.
    pub fn ymd(self) -> (i16, i8, i8) {
        let date = self.to_civil();
        (date.year(), date.month(), date.day())
    }

    /// 0 = Monday … 6 = Sunday.
    pub fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// `n` days later (earlier when negative); saturates.
    pub fn plus(self, n: i32) -> Self {
        Day(self.0.saturating_add(n))
    }

    /// The same civil date as a `jiff` value, for calendars that need zones.
    pub fn to_civil(self) -> jiff::civil::Date {
        let span = jiff::Span::new().try_days(self.0).unwrap_or_default();
        let limit = if self.0 < 0 { jiff::civil::Date::MIN } else { jiff::civil::Date::MAX };
        EPOCH.checked_add(span).unwrap_or(limit)
    }

    /// The day of a `jiff` date.
    pub fn from_civil(date: jiff::civil::Date) -> Self {
        Day(EPOCH.until(date).map_or(0, |span| span.get_days()))
    }
}

const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for ParseTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a date or an RFC 3339 instant with offset: {:?}", self.0)
    }
}

impl std::error::Error for ParseTimeError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_reads_back_as_written() {
        for text in ["2014-02-28", "2020-02-29", "1970-01-01", "1969-12-31"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        for text in ["2014-02-29", "2014-2-1", "20140201", "today", ""] {
            assert_eq!(Day::parse(text), Err(ParseTimeError(text.to_owned())));
        }
    }

    #[test]
    fn an_instant_needs_its_offset() {
        let instant = Instant::parse_rfc3339("2014-09-26T16:40:00+08:00").unwrap();
        assert_eq!(instant.to_rfc3339_utc(), "2014-09-26T08:40:00Z");
        assert!(Instant::parse_rfc3339("2014-09-26T16:40:00").is_err());
    }

    #[test]
    fn weekdays_count_from_monday() {
        assert_eq!(Day::parse("2014-09-28").unwrap().weekday(), 6);
        assert_eq!(Day::parse("1970-01-01").unwrap().weekday(), 3);
    }

    proptest! {
        #[test]
        fn days_survive_the_civil_calendar(n in -700_000i32..2_900_000) {
            prop_assert_eq!(Day::from_civil(Day(n).to_civil()), Day(n));
        }
    }
}
