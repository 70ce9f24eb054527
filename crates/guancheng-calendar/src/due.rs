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
