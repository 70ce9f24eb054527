//! How much of a unit lies between two moments.

use guancheng_base::{Day, Instant};

use crate::{Amount, Calendar, CalendarError, Unit, due::years_after, local::year_of, table::Stretch};

impl Calendar {
    /// How much of `unit` lies between two moments; negative when `to` is before `from`.
    ///
    /// Adds up over any cutting of the span (whole years excepted), and reverses [`Calendar::due`]:
    /// `elapsed(a, due(a, n)) == n`, except that a natural day that rolled counts the days it rolled over too.
    ///
    /// # Errors
    /// [`CalendarError::NotLoaded`] where the span touches a year that is not loaded, unless the unit is urgent.
    pub fn elapsed(&self, unit: Unit, from: Instant, to: Instant) -> Result<Amount, CalendarError> {
        if matches!(unit, Unit::UrgentHour | Unit::UrgentMinute) {
            return Ok(Amount(to.0.saturating_sub(from.0)));
        }
        let stretch = self.spanned(from, to)?;
        let day = |at| stretch.index_at(at);
        Ok(Amount(match unit {
            Unit::WorkHour => stretch.office_before(to) - stretch.office_before(from),
            Unit::WorkDay => stretch.worked_through(day(to)) - stretch.worked_through(day(from)),
            Unit::Year => whole_years(stretch.day(day(from)), stretch.day(day(to))),
            Unit::NaturalDay | Unit::UrgentHour | Unit::UrgentMinute => day(to) as i64 - day(from) as i64,
        }))
    }

    /// The one stretch both moments lie in.
    fn spanned(&self, from: Instant, to: Instant) -> Result<&Stretch, CalendarError> {
        let stretch = self.loaded_at(from)?;
        if stretch.contains(to) {
            return Ok(stretch);
        }
        let other = self.loaded_at(to)?;
        let earlier = if from < to { stretch } else { other };
        Err(self.not_loaded(year_of(earlier.last()).saturating_add(1)))
    }
}

/// Whole years between two days; negative when they run backwards.
fn whole_years(from: Day, to: Day) -> i64 {
    if to < from {
        return -whole_years(to, from);
    }
    let years = i64::from(year_of(to)) - i64::from(year_of(from));
    let complete = years_after(from, years).is_none_or(|day| day <= to);
    if complete { years } else { years - 1 }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixtures::{OFFICE, SUMMER, at};

    fn check(calendar: &Calendar, unit: Unit, from: &str, to: &str, expected: Expect) {
        let elapsed = calendar.elapsed(unit, at(calendar, from), at(calendar, to));
        expected.assert_eq(&elapsed.map_or_else(|error| error.to_string(), |amount| amount.in_unit(unit)));
    }

    #[test]
    fn office_time_is_counted_in_office_hours_only() {
        check(&OFFICE, Unit::WorkHour, "2014-09-25T08:30", "2014-09-25T15:30", expect!["5"]);
        check(&OFFICE, Unit::WorkHour, "2014-09-30T17:00", "2014-10-08T09:00", expect!["1"]);
        check(&OFFICE, Unit::WorkHour, "2014-10-08T09:00", "2014-09-30T17:00", expect!["-1"]);
        check(&SUMMER, Unit::WorkHour, "2015-03-06T17:00", "2015-03-10T00:00", expect!["8.5"]);
    }

    #[test]
    fn days_are_counted_by_the_local_calendar() {
        check(&OFFICE, Unit::NaturalDay, "2014-01-24T23:59", "2014-01-25T00:00", expect!["1"]);
        check(&OFFICE, Unit::WorkDay, "2014-01-24T09:00", "2014-02-26T23:00", expect!["20"]);
        check(&OFFICE, Unit::WorkDay, "2014-01-31", "2014-02-06T23:59", expect!["0"]);
        check(&SUMMER, Unit::NaturalDay, "2015-03-07T23:30", "2015-03-09T00:30", expect!["2"]);
    }

    #[test]
    fn years_are_whole() {
        check(&OFFICE, Unit::Year, "2020-02-29", "2021-02-27", expect!["0"]);
        check(&OFFICE, Unit::Year, "2020-02-29", "2021-02-28", expect!["1"]);
        check(&OFFICE, Unit::Year, "2022-05-01", "2020-05-02", expect!["-1"]);
    }

    #[test]
    fn a_span_over_a_missing_year_is_refused() {
        for (from, to) in [("2014-12-01", "2020-02-01"), ("2020-02-01", "2014-12-01"), ("2014-12-01", "2015-01-01")] {
            for unit in [Unit::NaturalDay, Unit::WorkDay, Unit::WorkHour, Unit::Year] {
                let elapsed = OFFICE.elapsed(unit, at(&OFFICE, from), at(&OFFICE, to));
                assert_eq!(elapsed, Err(OFFICE.not_loaded(2015)), "{unit} {from} {to}");
            }
        }
        check(&OFFICE, Unit::UrgentHour, "2014-12-31", "2015-01-01", expect!["24"]);
    }
}
