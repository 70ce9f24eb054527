//! When a limit ends.

use guancheng_base::{Day, Instant};

use crate::{Amount, Calendar, CalendarError, Limit, Unit, local::year_of, table::Stretch};

impl Calendar {
    /// The last moment that is on time for a limit that began at `start`.
    ///
    /// Later starts are never due earlier, and nothing is due before it began. An amount of zero or less leaves what is
    /// left of the first moment, hour or day: `start` itself for hours and minutes, the end of the first day (or of the
    /// next working day, or its close of business) for the others.
    ///
    /// # Errors
    /// [`CalendarError::NotLoaded`] where the limit begins, passes or ends in a year that is not loaded.
    pub fn due(&self, start: Instant, limit: Limit) -> Result<Instant, CalendarError> {
        let Limit { n: Amount(n), unit } = limit;
        match unit {
            Unit::UrgentHour | Unit::UrgentMinute => Ok(start.plus_ms(n.max(0))),
            Unit::WorkHour => self.office_due(start, n),
            Unit::WorkDay => self.work_day_due(start, n),
            Unit::NaturalDay => {
                let stretch = self.loaded_at(start)?;
                let index = stretch.index_at(start) as i64;
                self.end_of_period(stretch, index.saturating_add(n.max(0)))
            }
            Unit::Year => {
                let stretch = self.loaded_at(start)?;
                let first = stretch.day(stretch.index_at(start));
                let last = years_after(first, n.max(0)).ok_or_else(|| self.past(stretch))?;
                let index = stretch.index_of(last).ok_or_else(|| self.past(stretch))?;
                self.end_of_period(stretch, index as i64)
            }
        }
    }

    fn office_due(&self, start: Instant, ms: i64) -> Result<Instant, CalendarError> {
        let stretch = self.loaded_at(start)?;
        if ms <= 0 {
            return Ok(start);
        }
        let office = stretch.office_before(start).saturating_add(ms);
        stretch.office_reaches(office).ok_or_else(|| self.past(stretch))
    }

    fn work_day_due(&self, start: Instant, days: i64) -> Result<Instant, CalendarError> {
        let stretch = self.loaded_at(start)?;
        let first = stretch.index_at(start);
        let still_open = stretch.is_work_day(first) && start <= stretch.close(first);
        let last = if days <= 0 && still_open {
            Some(first)
        } else {
            stretch.nth_work_day(stretch.worked_through(first).saturating_add(days.max(1)))
        };
        last.map(|index| stretch.close(index)).ok_or_else(|| self.past(stretch))
    }

    /// The end of the day at `index` of a stretch, or of the next working day where that day is off.
    fn end_of_period(&self, stretch: &Stretch, index: i64) -> Result<Instant, CalendarError> {
        let last = usize::try_from(index).ok().filter(|index| *index < stretch.len());
        let last = last.and_then(|index| stretch.work_day_from(index));
        last.map(|index| stretch.end_of_day(index)).ok_or_else(|| self.past(stretch))
    }

    /// The end of a day, or of the next working day where it is off.
    pub(crate) fn rolled(&self, day: Day) -> Result<Instant, CalendarError> {
        let (stretch, index) = self.stretch_of(day).ok_or_else(|| self.not_loaded(year_of(day)))?;
        self.end_of_period(stretch, index as i64)
    }
}

/// The corresponding day `years` later (earlier when negative): 28 February where there is no 29. `None` beyond the
/// civil calendar.
///
/// This is the bare date, as validity periods and moratoria need it; a time limit in years also rolls
/// ([`Calendar::due`]).
pub fn years_after(day: Day, years: i64) -> Option<Day> {
    let (year, month, date) = day.ymd();
    let year = i16::try_from(i64::from(year).checked_add(years)?).ok()?;
    Day::new(year, month, date).or_else(|| Day::new(year, month, 28).filter(|_| date == 29))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixtures::{OFFICE, SUMMER, at};

    fn check(calendar: &Calendar, start: &str, limit: &str, expected: Expect) {
        let due = calendar.due(at(calendar, start), Limit::parse(limit).unwrap());
        expected.assert_eq(&due.map_or_else(|error| error.to_string(), |due| calendar.format_local(due)));
    }

    #[test]
    fn a_period_in_natural_days_ends_with_a_working_day() {
        check(&OFFICE, "2014-01-24T23:59", "15 natural_day", expect!["2014-02-08T23:59:59+08:00"]);
        check(&OFFICE, "2014-08-02", "60 natural_day", expect!["2014-10-08T23:59:59+08:00"]);
        check(&OFFICE, "2020-02-28", "1 natural_day", expect!["2020-03-02T23:59:59+08:00"]);
    }

    #[test]
    fn working_days_end_at_close_of_business() {
        check(&OFFICE, "2014-01-24T18:00", "20 work_day", expect!["2014-02-26T17:30:00+08:00"]);
        check(&OFFICE, "2014-10-04T12:00", "1 work_day", expect!["2014-10-08T17:30:00+08:00"]);
        check(&SUMMER, "2015-03-06T10:00", "1 work_day", expect!["2015-03-09T17:00:00-04:00"]);
    }

    #[test]
    fn office_hours_stop_at_lunch_and_over_night() {
        check(&OFFICE, "2014-03-03T11:30", "1.5 work_hour", expect!["2014-03-03T15:00:00+08:00"]);
        check(&OFFICE, "2014-10-08T07:00", "14 work_hour", expect!["2014-10-09T17:30:00+08:00"]);
        check(&OFFICE, "2014-09-26T16:40", "2 work_hour", expect!["2014-09-28T09:40:00+08:00"]);
        check(&OFFICE, "2014-10-01T00:00", "0.001 work_hour", expect!["2014-10-08T08:30:03+08:00"]);
    }

    #[test]
    fn years_end_on_the_corresponding_day() {
        check(&OFFICE, "2020-02-29", "1 year", expect!["2021-03-01T23:59:59+08:00"]);
        check(&OFFICE, "2020-03-03T09:00", "2 year", expect!["2022-03-03T23:59:59+08:00"]);
        assert_eq!(years_after(Day::parse("2020-02-29").unwrap(), 4), Some(Day::parse("2024-02-29").unwrap()));
        assert_eq!(years_after(Day::parse("2020-02-29").unwrap(), i64::MAX), None);
    }

    #[test]
    fn urgent_time_runs_through_a_clock_change() {
        check(&SUMMER, "2015-03-08T01:30", "1 urgent_hour", expect!["2015-03-08T03:30:00-04:00"]);
        check(&SUMMER, "2015-11-01T00:30", "3 urgent_hour", expect!["2015-11-01T02:30:00-05:00"]);
        check(&OFFICE, "2031-01-01T00:00", "30 urgent_minute", expect!["2031-01-01T00:30:00+08:00"]);
    }

    #[test]
    fn a_year_that_is_not_loaded_is_refused() {
        check(
            &OFFICE,
            "2019-12-31",
            "3 work_day",
            expect![
                "calendar office is not loaded for 2019 (loaded: 2014, 2020-2022): add that year's days off and make-up days with their source"
            ],
        );
        let missing = |start, limit| match OFFICE.due(at(&OFFICE, start), Limit::parse(limit).unwrap()) {
            Err(CalendarError::NotLoaded { year, .. }) => year,
            other => panic!("{other:?}"),
        };
        for limit in ["15 natural_day", "2000 natural_day", "1000000 work_day", "1000000 work_hour", "6 year"] {
            assert_eq!(missing("2014-12-20", limit), 2015, "{limit}");
        }
        assert_eq!(missing("2014-12-31T17:00", "1 work_hour"), 2015);
        assert_eq!(missing("2022-12-31", "1 natural_day"), 2023);
        assert_eq!(missing("2019-06-01", "1 year"), 2019);
    }

    #[test]
    fn nothing_left_is_what_is_left_of_the_day() {
        let due = |start, unit| {
            let limit = Limit { n: Amount(0), unit };
            OFFICE.format_local(OFFICE.due(at(&OFFICE, start), limit).unwrap())
        };
        assert_eq!(due("2014-03-03T17:30", Unit::WorkDay), "2014-03-03T17:30:00+08:00");
        assert_eq!(due("2014-03-03T17:31", Unit::WorkDay), "2014-03-04T17:30:00+08:00");
        assert_eq!(due("2014-10-01T09:00", Unit::WorkDay), "2014-10-08T17:30:00+08:00");
        assert_eq!(due("2014-10-01T09:00", Unit::NaturalDay), "2014-10-08T23:59:59+08:00");
        assert_eq!(due("2014-10-01T09:00", Unit::WorkHour), "2014-10-01T09:00:00+08:00");
    }
}
