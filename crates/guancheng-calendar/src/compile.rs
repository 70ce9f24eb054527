//! From what a pack declares to tables: the only place where the rules of a time zone are read.

use std::collections::BTreeSet;

use guancheng_base::{Day, Instant, Name};
use jiff::tz::TimeZone;

use crate::{
    CalendarError, CalendarFault, CalendarSpec,
    local::{first_day, instant_at, year_of},
    table::{Builder, Stretch},
};

/// A compiled calendar: immutable, shared between threads behind an `Arc`.
#[derive(Debug)]
pub struct Calendar {
    spec: CalendarSpec,
    pub(crate) zone: TimeZone,
    /// Close of business in seconds of the local day.
    pub(crate) close: u32,
    /// One table per unbroken run of loaded years, in order; at least one.
    stretches: Vec<Stretch>,
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
