//! How many due or elapsed computations one core does in a second over five years:
//! `cargo run --release -p guancheng-calendar --example calendar_rate`.

use std::{collections::BTreeSet, hint::black_box, time::Instant as Watch};

use guancheng_base::{Day, Instant};
use guancheng_calendar::{Amount, Calendar, CalendarSpec, Limit, Unit};

const COUNT: u64 = 4_000_000;
const YEARS: std::ops::RangeInclusive<i16> = 2020..=2026;

fn main() {
    let watch = Watch::now();
    let calendar = Calendar::compile(office()).expect("a sound calendar");
    println!("compile {} years  {:?}", YEARS.count(), watch.elapsed());

    let first = calendar.midnight(Day::new(2020, 1, 1).expect("a date")).0;
    let span = calendar.midnight(Day::new(2025, 1, 1).expect("a date")).0 - first;
    let mut moments = Moments { state: 7, first, span };
    for (unit, most) in [
        (Unit::NaturalDay, 90),
        (Unit::WorkDay, 60),
        (Unit::WorkHour, 400 * 3_600_000),
        (Unit::UrgentHour, 400 * 3_600_000),
    ] {
        report(&format!("due     {unit}"), || {
            let limit = Limit { n: Amount(1 + moments.next() % most), unit };
            calendar.due(Instant(moments.at()), limit).map_or(0, |due| due.0)
        });
        report(&format!("elapsed {unit}"), || {
            calendar.elapsed(unit, Instant(moments.at()), Instant(moments.at())).map_or(0, |amount| amount.0)
        });
    }
}

fn report(what: &str, mut compute: impl FnMut() -> i64) {
    let watch = Watch::now();
    for _ in 0..COUNT {
        black_box(compute());
    }
    let rate = COUNT as f64 / watch.elapsed().as_secs_f64() / 1e6;
    println!("{what:<22} {rate:>7.2} million/s");
}

/// Moments spread over the span (a xorshift generator; nothing here needs better).
struct Moments {
    state: i64,
    first: i64,
    span: i64,
}

impl Moments {
    fn next(&mut self) -> i64 {
        let mut x = self.state as u64;
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.state = x as i64;
        (x >> 1) as i64
    }

    fn at(&mut self) -> i64 {
        self.first + self.next() % self.span
    }
}

fn office() -> CalendarSpec {
    // A week off in February and in October of each year; the arithmetic does not care which days they are.
    let weeks = YEARS.flat_map(|year| [Day::new(year, 2, 10), Day::new(year, 10, 1)]).flatten();
    let off: BTreeSet<Day> = weeks.flat_map(|first| (0..7).map(move |n| first.plus(n))).collect();
    CalendarSpec {
        id: "office".into(),
        title: "Office".to_owned(),
        zone: "Asia/Shanghai".to_owned(),
        basis: Vec::new(),
        hours: vec![(30_600, 43_200), (50_400, 63_000)],
        close_of_business: None,
        weekend: [false, false, false, false, false, true, true],
        off,
        work: BTreeSet::new(),
        years: YEARS.collect(),
        source: YEARS.map(|year| (year, "example".to_owned())).collect(),
    }
}
