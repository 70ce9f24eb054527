//! What the wall clock shows: days, midnights, and the text of moments in the calendar's zone.

use guancheng_base::{Day, Instant, ParseTimeError};
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use crate::Calendar;

impl Calendar {
    /// The local day a moment lies in. Answers for every year: it needs the zone, not the holidays.
    pub fn day_of(&self, at: Instant) -> Day {
        match self.stretch_at(at) {
            Some(stretch) => stretch.day(stretch.index_at(at)),
            None => self.local(at).0,
        }
    }

    /// The first moment of a local day.
    pub fn midnight(&self, day: Day) -> Instant {
        match self.stretch_of(day) {
            Some((stretch, index)) => stretch.midnight(index),
            None => instant_at(&self.zone, day, 0),
        }
    }

    /// The last millisecond of a local day: the due moment of a period that ends with the day.
    pub fn end_of_day(&self, day: Day) -> Instant {
        self.midnight(day.plus(1)).plus_ms(-1)
    }

    /// Close of business on a local day, whether or not the office is open that day.
    pub fn close_of_business(&self, day: Day) -> Instant {
        match self.stretch_of(day) {
            Some((stretch, index)) => stretch.close(index),
            None => instant_at(&self.zone, day, self.close),
        }
    }

    /// The local day and the seconds the wall clock shows on it.
    pub fn local(&self, at: Instant) -> (Day, u32) {
        let shown = self.zone.to_datetime(timestamp(at));
        let seconds = shown.hour() as u32 * 3600 + shown.minute() as u32 * 60 + shown.second() as u32;
        (Day::from_civil(shown.date()), seconds)
    }

    /// The moment at which the wall clock shows `seconds` of a local day: the reverse of [`Calendar::local`], up to
    /// the times that the zone skips (read an hour later) or shows twice (the earlier).
    pub fn at_local(&self, day: Day, seconds: u32) -> Instant {
        instant_at(&self.zone, day, seconds)
    }

    /// Reads a moment: a local date (its first moment), a local date with a time of day, or RFC 3339 with an offset.
    ///
    /// `2014-09-26`, `2014-09-26T16:40`, `2014-09-26 16:40:30`, `2014-09-26T16:40:00+08:00`. A local time that the
    /// zone skips is read an hour later, one that it shows twice as the earlier.
    pub fn parse_local(&self, text: &str) -> Result<Instant, ParseTimeError> {
        let no = || ParseTimeError(text.to_owned());
        if text.len() == 10 {
            return Day::parse(text).map(|day| self.midnight(day));
        }
        let (date, time) = text.split_once(['T', ' ']).ok_or_else(no)?;
        let day = Day::parse(date)?;
        if time.ends_with(['Z', 'z']) || time.contains(['+', '-']) {
            return Instant::parse_rfc3339(text);
        }
        let strict = time.len() >= 5 && time.as_bytes().get(2) == Some(&b':');
        let time: Time = strict.then(|| time.parse().ok()).flatten().ok_or_else(no)?;
        let at = civil_instant(&self.zone, day.to_civil().to_datetime(time));
        Ok(at.plus_ms(i64::from(time.millisecond())))
    }

    /// RFC 3339 with the zone's offset, to the second: `2014-09-26T16:40:00+08:00`.
    pub fn format_local(&self, at: Instant) -> String {
        let offset = self.zone.to_offset(timestamp(at));
        let shown = offset.to_datetime(timestamp(at));
        let minutes = offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{}{sign}{:02}:{:02}", shown.strftime("%Y-%m-%dT%H:%M:%S"), minutes.abs() / 60, minutes.abs() % 60)
    }
}

/// The moment at which the wall clock of `zone` shows `seconds` of `day`; 86,400 is the next midnight.
pub(crate) fn instant_at(zone: &TimeZone, day: Day, seconds: u32) -> Instant {
    let day = day.plus((seconds / 86_400) as i32);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).unwrap_or(Time::MIN);
    civil_instant(zone, day.to_civil().to_datetime(time))
}

/// To the second. A date at the very edge of the civil calendar, where no moment exists, falls back to its UTC day.
fn civil_instant(zone: &TimeZone, shown: DateTime) -> Instant {
    match zone.to_ambiguous_timestamp(shown).compatible() {
        Ok(moment) => Instant(moment.as_second() * 1000),
        Err(_) => Instant(i64::from(Day::from_civil(shown.date()).0) * 86_400_000),
    }
}

fn timestamp(at: Instant) -> Timestamp {
    let limit = if at.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(at.0).unwrap_or(limit)
}

/// The year of a local day.
pub(crate) fn year_of(day: Day) -> i16 {
    day.ymd().0
}

/// The first day of a year; the limit of the civil calendar for years beyond it.
pub(crate) fn first_day(year: i16) -> Day {
    Day::new(year, 1, 1).unwrap_or_else(|| Day::from_civil(if year < 0 { Date::MIN } else { Date::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{OFFICE, SUMMER, at, hours};

    fn check(calendar: &Calendar, text: &str, expected: &str) {
        assert_eq!(calendar.format_local(at(calendar, text)), expected);
    }

    #[test]
    fn local_text_is_read_in_the_zone() {
        check(&OFFICE, "2014-09-26", "2014-09-26T00:00:00+08:00");
        check(&OFFICE, "2014-09-26T16:40", "2014-09-26T16:40:00+08:00");
        check(&OFFICE, "2014-09-26 16:40:30", "2014-09-26T16:40:30+08:00");
        check(&OFFICE, "2014-09-26T08:40:00Z", "2014-09-26T16:40:00+08:00");
        check(&SUMMER, "2015-07-01T12:00", "2015-07-01T12:00:00-04:00");
    }

    #[test]
    fn a_skipped_time_moves_on_and_a_double_one_is_the_earlier() {
        check(&SUMMER, "2015-03-08T02:30", "2015-03-08T03:30:00-04:00");
        check(&SUMMER, "2015-11-01T01:30", "2015-11-01T01:30:00-04:00");
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in ["", "2014-09", "2014-02-30", "2014-09-26T", "2014-09-26T16", "2014-09-26T1640", "2014-09-26T25:00"]
        {
            assert_eq!(OFFICE.parse_local(text), Err(ParseTimeError(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn days_have_edges_in_every_year() {
        for (calendar, day) in [(&*OFFICE, "2014-12-31"), (&*OFFICE, "2018-06-01"), (&*SUMMER, "2015-03-08")] {
            let day = Day::parse(day).unwrap();
            assert_eq!(calendar.local(calendar.midnight(day)), (day, 0));
            assert_eq!(calendar.local(calendar.end_of_day(day)), (day, 86_399));
            assert_eq!(calendar.day_of(calendar.end_of_day(day)), day);
        }
        let noon = at(&SUMMER, "2015-03-07T12:00");
        let (day, seconds) = SUMMER.local(noon);
        assert_eq!(SUMMER.at_local(day, seconds), noon);
        assert_eq!(SUMMER.at_local(day.plus(1), seconds), noon.plus_ms(23 * 3_600_000));
        let sunday = Day::parse("2018-06-03").unwrap();
        assert_eq!(OFFICE.local(OFFICE.close_of_business(sunday)), (sunday, hours(17) + 1800));
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for at in [Instant(i64::MIN), Instant(i64::MAX)] {
            OFFICE.format_local(at);
            OFFICE.day_of(at);
        }
        for day in [Day(i32::MIN), Day(i32::MAX)] {
            OFFICE.end_of_day(day);
        }
    }
}
