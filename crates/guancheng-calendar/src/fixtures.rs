//! Two calendars for tests: one with make-up days, one with clock changes. Public holidays as facts, in loaded years
//! 2014, and 2015 to 2017 without any, so that long spans have somewhere to go.

use std::sync::LazyLock;

use guancheng_base::{Day, Instant};

use crate::{Calendar, CalendarSpec};

pub(crate) const OFF_2014: &str = "2014-01-01 2014-01-31 2014-02-01 2014-02-02 2014-02-03 2014-02-04 2014-02-05 \
    2014-02-06 2014-04-05 2014-04-07 2014-05-01 2014-05-02 2014-05-03 2014-06-02 2014-09-08 2014-10-01 2014-10-02 \
    2014-10-03 2014-10-04 2014-10-05 2014-10-06 2014-10-07";
const WORK_2014: &str = "2014-01-26 2014-02-08 2014-05-04 2014-09-28 2014-10-11";

/// UTC+8, lunch break, make-up days; 2014 and 2020 to 2022 are loaded, 2015 to 2019 are not.
pub(crate) static OFFICE: LazyLock<Calendar> = LazyLock::new(|| compiled(office()));

/// Daylight saving time, no lunch break, a Patriots' Day; 2014 to 2017 are loaded.
pub(crate) static SUMMER: LazyLock<Calendar> = LazyLock::new(|| {
    let years = 2014..=2017;
    compiled(CalendarSpec {
        id: "summer".into(),
        zone: "America/New_York".to_owned(),
        hours: vec![(hours(8) + 1800, hours(17))],
        off: days("2014-11-27 2015-04-20 2015-12-25 2016-12-26"),
        work: days(""),
        years: years.clone().collect(),
        source: years.map(|year| (year, "test".to_owned())).collect(),
        ..office()
    })
});

pub(crate) fn office() -> CalendarSpec {
    let years = [2014, 2020, 2021, 2022];
    CalendarSpec {
        id: "office".into(),
        title: "Office".to_owned(),
        zone: "Asia/Shanghai".to_owned(),
        basis: Vec::new(),
        hours: vec![(hours(8) + 1800, hours(12)), (hours(14), hours(17) + 1800)],
        close_of_business: None,
        weekend: [false, false, false, false, false, true, true],
        off: days(OFF_2014),
        work: days(WORK_2014),
        years: years.into(),
        source: years.map(|year| (year, "test".to_owned())).into(),
    }
}

pub(crate) fn hours(n: u32) -> u32 {
    n * 3600
}

pub(crate) fn at(calendar: &Calendar, text: &str) -> Instant {
    calendar.parse_local(text).expect(text)
}

pub(crate) fn days<C: FromIterator<Day>>(text: &str) -> C {
    text.split_whitespace().map(|day| Day::parse(day).expect(day)).collect()
}

fn compiled(spec: CalendarSpec) -> Calendar {
    Calendar::compile(spec).expect("a sound calendar")
}
