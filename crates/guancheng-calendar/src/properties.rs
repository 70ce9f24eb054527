//! What holds for every calendar, moment and limit; and a second computation that walks, held equal to the tables.

use guancheng_base::{Day, Instant};
use proptest::prelude::*;

use crate::{
    Amount, Calendar, ClockTime, Limit, Unit,
    fixtures::{OFFICE, SUMMER},
};

const DAY: i64 = 86_400_000;

/// A calendar with moments of its long stretch: 2020 to 2022 in one zone, 2014 to 2017 with clock changes.
fn calendar() -> impl Strategy<Value = (&'static Calendar, i64)> {
    prop_oneof![Just((&*OFFICE, 1_577_900_000_000)), Just((&*SUMMER, 1_388_620_800_000))]
}

fn unit() -> impl Strategy<Value = Unit> {
    proptest::sample::select(Unit::ALL.as_slice())
}

/// A span that stays well inside three years: any milliseconds for hours and minutes, up to 200 days, one year.
fn limit() -> impl Strategy<Value = Limit> {
    (unit(), 1i64..=200, 1i64..200 * 3_600_000).prop_map(|(unit, days, ms)| {
        let n = if unit == Unit::Year {
            1
        } else if unit.ticks() == 1 {
            days
        } else {
            ms
        };
        Limit { n: Amount(n), unit }
    })
}

proptest! {
    #[test]
    fn due_never_lies_before_its_start_and_grows_with_it(
        (calendar, from) in calendar(), start in 0..300 * DAY, later in 0..10 * DAY, limit in limit(),
    ) {
        let (start, later) = (Instant(from + start), Instant(from + start + later));
        let due = calendar.due(start, limit).unwrap();
        prop_assert!(due > start);
        prop_assert!(due <= calendar.due(later, limit).unwrap());
        let longer = Limit { n: Amount(limit.n.0 + 1), ..limit };
        prop_assert!(due <= calendar.due(start, longer).unwrap());
    }

    #[test]
    fn elapsed_reverses_due((calendar, from) in calendar(), start in 0..500 * DAY, limit in limit()) {
        let start = Instant(from + start);
        let due = calendar.due(start, limit).unwrap();
        let elapsed = calendar.elapsed(limit.unit, start, due).unwrap();
        if limit.unit == Unit::NaturalDay {
            // The days rolled over count, and are all off.
            let named = Day(calendar.day_of(start).0 + limit.n.0 as i32);
            let last = calendar.day_of(due);
            prop_assert_eq!(elapsed.0 - limit.n.0, i64::from(last.0 - named.0));
            prop_assert!((named.0..last.0).all(|day| calendar.is_work_day(Day(day)) == Ok(false)));
        } else {
            prop_assert_eq!(elapsed, limit.n);
        }
        prop_assert_eq!(calendar.due(start, Limit { n: elapsed, ..limit }).unwrap(), due);
    }

    #[test]
    fn elapsed_adds_up((calendar, from) in calendar(), unit in unit(), cuts in proptest::array::uniform3(0..1000 * DAY)) {
        let unit = if unit == Unit::Year { Unit::NaturalDay } else { unit };
        let [a, b, c] = cuts.map(|cut| Instant(from + cut));
        let elapsed = |from, to| calendar.elapsed(unit, from, to).unwrap().0;
        prop_assert_eq!(elapsed(a, b) + elapsed(b, c), elapsed(a, c));
        prop_assert_eq!(elapsed(a, b), -elapsed(b, a));
    }

    #[test]
    fn pauses_add_up(
        (calendar, from) in calendar(), start in 0..200 * DAY, limit in limit(),
        shares in (0..=1000i64, 0..=1000i64), lengths in (0..20 * DAY, 0..20 * DAY),
    ) {
        let start = Instant(from + start);
        let fresh = ClockTime::start(calendar, limit, start).unwrap();
        let paused = |clock: ClockTime, from, to| clock.pause(calendar, from).unwrap().resume(to).unwrap();
        let within = |clock: ClockTime, from: Instant, share| {
            let due = clock.due(calendar).unwrap().unwrap();
            from.plus_ms((due.0 - from.0).max(0) * share / 1000)
        };
        let first = within(fresh, start, shares.0);
        let second = within(paused(fresh, first, first.plus_ms(lengths.0)), first.plus_ms(lengths.0), shares.1);
        let cuts = [first, first.plus_ms(lengths.0), second, second.plus_ms(lengths.1)];
        let twice = paused(paused(fresh, cuts[0], cuts[1]), cuts[2], cuts[3]);
        prop_assert_eq!(twice.missed, None);

        // Stopping for no time changes nothing; a pause in two parts is one pause.
        prop_assert_eq!(paused(fresh, cuts[0], cuts[0]).due(calendar).unwrap(), fresh.due(calendar).unwrap());
        let whole = paused(fresh, cuts[0], cuts[3]).due(calendar).unwrap();
        prop_assert_eq!(paused(paused(fresh, cuts[0], cuts[1]), cuts[1], cuts[3]).due(calendar).unwrap(), whole);

        // A longer pause never makes it due earlier, and what has elapsed is what ran.
        prop_assert!(fresh.due(calendar).unwrap() <= twice.due(calendar).unwrap());
        prop_assert!(twice.due(calendar).unwrap() <= whole);
        let ran = |from, to| calendar.elapsed(twice.unit(), from, to).unwrap().0;
        prop_assert_eq!(twice.used.0, ran(start, cuts[0]) + ran(cuts[1], cuts[2]));
    }

    #[test]
    fn an_extension_commutes_with_a_pause(
        (calendar, from) in calendar(), start in 0..200 * DAY, limit in limit(), share in 0..=1000i64,
        length in 0..20 * DAY,
    ) {
        let start = Instant(from + start);
        let fresh = ClockTime::start(calendar, limit, start).unwrap();
        let by = Limit { n: limit.n, unit: fresh.unit() };
        let from = start.plus_ms((fresh.due(calendar).unwrap().unwrap().0 - start.0) * share / 1000);
        let to = from.plus_ms(length);
        let before = fresh.extend(by).unwrap().pause(calendar, from).unwrap().resume(to).unwrap();
        let during = fresh.pause(calendar, from).unwrap().extend(by).unwrap().resume(to).unwrap();
        prop_assert_eq!(before, during);
        prop_assert!(before.due(calendar).unwrap() >= fresh.due(calendar).unwrap());
    }

    #[test]
    fn a_warning_is_the_first_moment_of_its_share(
        (calendar, from) in calendar(), start in 0..500 * DAY, limit in limit(), percent in 1u32..=100,
    ) {
        let clock = ClockTime::start(calendar, limit, Instant(from + start)).unwrap();
        let share = f64::from(percent) / 100.0;
        let moment = clock.instant_of_fraction(calendar, share).unwrap().unwrap();
        prop_assert!(clock.fraction_at(calendar, moment).unwrap() >= share - 1e-6);
        prop_assert!(clock.fraction_at(calendar, moment.plus_ms(-1)).unwrap() < share);
        prop_assert!(moment <= clock.due(calendar).unwrap().unwrap());
    }

    #[test]
    fn the_tables_agree_with_walking((calendar, from) in calendar(), start in 0..500 * DAY, limit in limit()) {
        let start = Instant(from + start);
        prop_assert_eq!(calendar.due(start, limit).unwrap(), walk(calendar, start, limit));
    }
}

/// The due moment by walking over days, as a clerk would with a wall calendar.
fn walk(calendar: &Calendar, start: Instant, limit: Limit) -> Instant {
    let works = |day: Day| calendar.is_work_day(day).unwrap();
    let mut day = calendar.local(start).0;
    let mut left = limit.n.0;
    match limit.unit {
        Unit::UrgentHour | Unit::UrgentMinute => return start.plus_ms(left),
        Unit::WorkHour => return walk_hours(calendar, start, left),
        Unit::WorkDay => {
            while left > 0 {
                day = day.plus(1);
                left -= i64::from(works(day));
            }
            return calendar.close_of_business(day);
        }
        Unit::NaturalDay => day = day.plus(left as i32),
        Unit::Year => {
            let (year, month, date) = day.ymd();
            let later = year + left as i16;
            day = Day::new(later, month, date).or_else(|| Day::new(later, month, date - 1)).unwrap();
        }
    }
    while !works(day) {
        day = day.plus(1);
    }
    calendar.midnight(day.plus(1)).plus_ms(-1)
}

fn walk_hours(calendar: &Calendar, start: Instant, mut left: i64) -> Instant {
    let mut day = calendar.local(start).0;
    loop {
        let open = calendar.is_work_day(day).unwrap();
        for (from, to) in calendar.spec().hours.iter().filter(|_| open) {
            let clock = |seconds: u32| format!("{day}T{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
            let [from, to] = [from, to].map(|seconds| calendar.parse_local(&clock(*seconds)).unwrap());
            let from = from.max(start);
            if to.0 - from.0 >= left {
                return from.plus_ms(left);
            }
            left -= (to.0 - from.0).max(0);
        }
        day = day.plus(1);
    }
}
