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
