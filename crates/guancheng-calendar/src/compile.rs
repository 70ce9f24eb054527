//! From what a pack declares to tables: the only place where the rules of a time zone are read.

use std::{collections::BTreeSet, fmt};

use guancheng_base::{Day, Instant, Name};
use jiff::tz::TimeZone;

use crate::{
    CalendarError, CalendarFault, CalendarSpec,
    local::{first_day, instant_at, year_of},
    table::{Builder, Stretch},
};

/// A compiled calendar: immutable, shared between threads behind an `Arc`.
pub struct Calendar {
    spec: CalendarSpec,
    pub(crate) zone: TimeZone,
    /// Close of business in seconds of the local day.
    pub(crate) close: u32,
    /// One table per unbroken run of loaded years, in order; at least one.
    stretches: Vec<Stretch>,
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({} for {})", self.id(), self.loaded())
    }
}

impl Calendar {
    /// Checks the declaration and builds the tables. Reports every fault, not the first.
    pub fn compile(spec: CalendarSpec) -> Result<Self, Vec<CalendarFault>> {
        let mut faults = check_hours(&spec);
        faults.extend(check_years(&spec));
        faults.extend(check_days(&spec));
        let Ok(zone) = TimeZone::get(&spec.zone) else {
            faults.insert(0, CalendarFault::UnknownZone(spec.zone));
            return Err(faults);
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let close = spec.close_of_business.or(spec.hours.last().map(|(_, to)| *to)).unwrap_or(86_400);
        let stretches = runs(&spec.years).map(|(from, to)| stretch(&spec, &zone, close, from, to)).collect();
        Ok(Calendar { spec, zone, close, stretches })
    }

    /// What was declared.
    pub fn spec(&self) -> &CalendarSpec {
        &self.spec
    }

    /// The calendar's identifier.
    pub fn id(&self) -> &Name {
        &self.spec.id
    }

    /// The last day for which the calendar answers.
    pub fn loaded_to(&self) -> Day {
        self.stretches.last().map_or(Day(0), Stretch::last)
    }

    /// The loaded years for reading: `2014, 2020-2026`.
    pub fn loaded(&self) -> String {
        let runs = runs(&self.spec.years);
        let texts = runs.map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") });
        texts.collect::<Vec<_>>().join(", ")
    }

    /// Whether offices work on a day.
    pub fn is_work_day(&self, day: Day) -> Result<bool, CalendarError> {
        let (stretch, index) = self.stretch_of(day).ok_or_else(|| self.not_loaded(year_of(day)))?;
        Ok(stretch.is_work_day(index))
    }

    pub(crate) fn stretch_at(&self, at: Instant) -> Option<&Stretch> {
        self.stretches.iter().find(|stretch| stretch.contains(at))
    }

    pub(crate) fn stretch_of(&self, day: Day) -> Option<(&Stretch, usize)> {
        self.stretches.iter().find_map(|stretch| Some((stretch, stretch.index_of(day)?)))
    }

    pub(crate) fn loaded_at(&self, at: Instant) -> Result<&Stretch, CalendarError> {
        self.stretch_at(at).ok_or_else(|| self.not_loaded(year_of(self.day_of(at))))
    }

    #[cold]
    pub(crate) fn not_loaded(&self, year: i16) -> CalendarError {
        CalendarError::NotLoaded { calendar: self.spec.id.clone(), year, loaded: self.loaded() }
    }

    /// The refusal for an answer that would lie after the end of a stretch.
    #[cold]
    pub(crate) fn past(&self, stretch: &Stretch) -> CalendarError {
        self.not_loaded(year_of(stretch.last()).saturating_add(1))
    }
}

fn check_hours(spec: &CalendarSpec) -> Vec<CalendarFault> {
    let mut faults = Vec::new();
    if spec.hours.is_empty() {
        faults.push(CalendarFault::NoHours);
    }
    let mut free_from = 0;
    for &(from, to) in &spec.hours {
        if from >= to || to > 86_400 {
            faults.push(CalendarFault::BadInterval(from, to));
        } else if from < free_from {
            faults.push(CalendarFault::Overlap(from, to));
        }
        free_from = free_from.max(to);
    }
    faults.extend(spec.close_of_business.filter(|at| *at > 86_400).map(CalendarFault::BadClose));
    if spec.weekend.iter().all(|off| *off) {
        faults.push(CalendarFault::NoWorkDay);
    }
    faults
}

fn check_years(spec: &CalendarSpec) -> Vec<CalendarFault> {
    let mut faults = Vec::new();
    if spec.years.is_empty() {
        faults.push(CalendarFault::NoYears);
    }
    for year in &spec.years {
        if !(1900..2200).contains(year) {
            faults.push(CalendarFault::BadYear(*year));
        }
        if spec.source.get(year).is_none_or(|text| text.trim().is_empty()) {
            faults.push(CalendarFault::NoSource(*year));
        }
    }
    let strays = spec.source.keys().filter(|year| !spec.years.contains(year));
    faults.extend(strays.map(|year| CalendarFault::SourceWithoutYear(*year)));
    faults
}

fn check_days(spec: &CalendarSpec) -> Vec<CalendarFault> {
    let mut faults = Vec::new();
    for day in spec.off.union(&spec.work) {
        let (off, work) = (spec.off.contains(day), spec.work.contains(day));
        if !spec.years.contains(&year_of(*day)) {
            faults.push(CalendarFault::DayOfOtherYear(*day));
        } else if off && work {
            faults.push(CalendarFault::OffAndWork(*day));
        } else if work && !is_weekend(spec, *day) {
            faults.push(CalendarFault::WorkOnWorkDay(*day));
        }
    }
    faults
}

fn is_weekend(spec: &CalendarSpec, day: Day) -> bool {
    spec.weekend.get(usize::from(day.weekday())).copied().unwrap_or(false)
}

/// The unbroken runs of years, each with its first and last.
fn runs(years: &BTreeSet<i16>) -> impl Iterator<Item = (i16, i16)> {
    let mut rest = years.iter().copied().peekable();
    std::iter::from_fn(move || {
        let first = rest.next()?;
        let mut last = first;
        while let Some(year) = rest.next_if(|year| *year == last + 1) {
            last = year;
        }
        Some((first, last))
    })
}

fn stretch(spec: &CalendarSpec, zone: &TimeZone, close: u32, from: i16, to: i16) -> Stretch {
    let (first, end) = (first_day(from), first_day(to + 1));
    let mut table = Builder::new(first);
    for day in (first.0..end.0).map(Day) {
        let works = spec.work.contains(&day) || !(is_weekend(spec, day) || spec.off.contains(&day));
        let moment = |seconds| instant_at(zone, day, seconds);
        let office: Vec<_> = spec.hours.iter().map(|(from, to)| (moment(*from), moment(*to))).collect();
        table.day(moment(0), moment(close), works.then_some(&office));
    }
    table.end(instant_at(zone, end, 0))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixtures::{OFF_2014, OFFICE, days, hours, office};

    fn check(change: impl FnOnce(&mut CalendarSpec), expected: Expect) {
        let mut spec = office();
        change(&mut spec);
        let faults = Calendar::compile(spec).map_or_else(|faults| faults, |_| Vec::new());
        expected.assert_eq(&faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn every_fault_is_reported_with_advice() {
        check(|_| (), expect![""]);
        check(
            |spec| {
                spec.zone = "Asia/Zhongyuan".to_owned();
                spec.hours = vec![(hours(14), hours(12)), (hours(8), hours(12)), (hours(11), hours(25))];
                spec.close_of_business = Some(hours(25));
                spec.weekend = [true; 7];
            },
            expect![[r#"
                "Asia/Zhongyuan" is no time zone: write an IANA name such as Asia/Shanghai
                office hours 14:00:00-12:00:00 must begin before they end, within one day
                office hours 08:00:00-12:00:00 begin before the interval above them ends
                office hours 11:00:00-25:00:00 must begin before they end, within one day
                close of business 25:00:00 is not within the day
                every day of the week is off: leave at least one working day"#]],
        );
        check(
            |spec| {
                spec.hours.clear();
                spec.off = days("2014-10-01 2018-10-01");
                spec.work = days("2014-10-01 2014-10-11 2014-10-13");
                spec.years.insert(1066);
                spec.source.insert(2019, "a notice".to_owned());
                spec.source.insert(2020, " ".to_owned());
            },
            expect![[r#"
                there are no office hours: declare at least one interval
                year 1066 is out of range: 1900 to 2199
                year 1066 does not say where its days come from
                year 2020 does not say where its days come from
                year 2019 has a source but is not loaded
                2014-10-01 is both a day off and a make-up working day
                2014-10-13 is a working day anyway: a make-up day falls on the weekend
                2018-10-01 belongs to a year that is not loaded"#]],
        );
        check(
            |spec| {
                (spec.off, spec.work) = (days(""), days(""));
                spec.years.clear();
                spec.source.clear();
            },
            expect!["no year is loaded: give at least one with its source"],
        );
    }

    #[test]
    fn exceptions_go_both_ways() {
        let works = |day: &str| OFFICE.is_work_day(Day::parse(day).unwrap());
        assert_eq!(works("2014-09-30"), Ok(true));
        assert_eq!(works("2014-10-01"), Ok(false));
        assert_eq!(works("2014-10-11"), Ok(true));
        assert_eq!(works("2014-10-12"), Ok(false));
        assert_eq!(works("2016-01-04"), Err(OFFICE.not_loaded(2016)));
        let holidays: Vec<Day> = days(OFF_2014);
        assert!(holidays.iter().all(|day| OFFICE.is_work_day(*day) == Ok(false)));
    }

    #[test]
    fn a_calendar_says_how_far_it_reaches() {
        assert_eq!(OFFICE.loaded(), "2014, 2020-2022");
        assert_eq!(OFFICE.loaded_to().to_string(), "2022-12-31");
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&*OFFICE);
    }
}
