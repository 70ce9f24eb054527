//! `calendars/*.toml`: working time as data. A year's days come with the notice they rest on.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use guancheng_base::Day;
use guancheng_calendar::{Calendar, CalendarFault, CalendarSpec, weekday_index};

use crate::{
    fault::Fault,
    tree::{At, Document, Sink},
};

/// Reads and compiles one calendar; `None` after a fault.
pub fn read(doc: &Document, sink: &Sink) -> Option<Arc<Calendar>> {
    let before = sink.count();
    let spec = read_spec(doc, sink);
    if sink.count() > before {
        return None;
    }
    match Calendar::compile(spec) {
        Ok(calendar) => Some(Arc::new(calendar)),
        Err(faults) => {
            for fault in faults {
                sink.push(Fault::error(doc.spot(&path_of(&fault)), fault.to_string()));
            }
            None
        }
    }
}

fn read_spec(doc: &Document, sink: &Sink) -> CalendarSpec {
    let table = doc.table("calendar", sink);
    table.expect_kind("calendar");
    let mut spec = CalendarSpec {
        id: table.name("id"),
        title: table.text("title"),
        zone: table.text("zone"),
        basis: table.texts("basis"),
        hours: table.list("hours").into_iter().map(read_interval).collect(),
        close_of_business: None,
        weekend: read_weekend(table.list("weekend")),
        off: BTreeSet::new(),
        work: BTreeSet::new(),
        years: BTreeSet::new(),
        source: BTreeMap::new(),
    };
    for at in table.list("year") {
        read_year(at, &mut spec);
    }
    spec
}

fn read_interval(at: At<'_>) -> (u32, u32) {
    let table = at.table("interval");
    let time = |key| table.need(key).and_then(seconds_of_day).unwrap_or_default();
    (time("from"), time("to"))
}

fn read_weekend(days: Vec<At<'_>>) -> [bool; 7] {
    let mut weekend = [false; 7];
    for at in days {
        let Some(name) = at.text() else { continue };
        match weekday_index(&name).and_then(|n| weekend.get_mut(n)) {
            Some(day) => *day = true,
            None => at.fault(format!("`{name}` is no day; days are mon, tue, wed, thu, fri, sat, sun")),
        }
    }
    weekend
}

fn read_year(at: At<'_>, spec: &mut CalendarSpec) {
    let table = at.table("year");
    let Some(year) = table.need("year").and_then(|at| at.int()).and_then(|n| i16::try_from(n).ok()) else {
        table.give_up();
        return;
    };
    spec.source.insert(year, table.text("source"));
    for (key, days) in [("off", &mut spec.off), ("work", &mut spec.work)] {
        for at in table.list(key) {
            let Some(day) = at.day() else { continue };
            check_day(at, day, year);
            days.insert(day);
        }
    }
    if !spec.years.insert(year) {
        table.at().fault(format!("year {year} is there twice"));
    }
}

fn check_day(at: At<'_>, day: Day, year: i16) {
    if day.ymd().0 != year {
        at.fault_advise(format!("{day} is not in {year}"), Some(format!("put it under the year {}", day.ymd().0)));
    }
}

/// `08:30:00` or `08:30` as seconds of the day.
fn seconds_of_day(at: At<'_>) -> Option<u32> {
    let text = at.time_text()?;
    let mut parts = text.split(':').map(|part| part.parse::<u32>().ok());
    let (hours, minutes, seconds) = (parts.next()??, parts.next().unwrap_or(Some(0)), parts.next().unwrap_or(Some(0)));
    let time = minutes.zip(seconds).map(|(minutes, seconds)| hours * 3600 + minutes * 60 + seconds);
    if time.is_none() {
        at.fault(format!("`{text}` is no time of day; write it as 08:30:00"));
    }
    time
}

/// Where in the file a fault of the compiler belongs.
fn path_of(fault: &CalendarFault) -> String {
    match fault {
        CalendarFault::UnknownZone(_) => "zone",
        CalendarFault::NoHours | CalendarFault::BadInterval(..) | CalendarFault::Overlap(..) => "hours",
        CalendarFault::NoWorkDay => "weekend",
        _ => "year",
    }
    .to_owned()
}
