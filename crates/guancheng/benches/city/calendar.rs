//! Due dates and elapsed time a second on one core, by unit, over five years.

use std::time::Duration;

use guancheng_base::Instant;
use guancheng_calendar::{Amount, Calendar, Limit, Unit};
use guancheng_pack::Pack;

use crate::{
    measure::{Dice, rate},
    table::Row,
};

/// The target for every unit.
const TARGET: f64 = 2_000_000.0;

/// How many questions are made ready: enough that the tables, not the questions, decide what stays in the cache.
const QUESTIONS: usize = 65_536;

/// How long each unit is asked.
const LONG: Duration = Duration::from_millis(250);

const DAY_MS: u64 = 86_400_000;

/// Every unit that has a limit in packs, both directions.
pub fn rows(pack: &Pack) -> Result<Vec<Row>, String> {
    let calendar = pack.calendars.values().next().ok_or("the pack has no calendar")?;
    let from = calendar.parse_local("2021-01-01").map_err(|error| error.to_string())?;
    let mut rows = Vec::new();
    for unit in Unit::ALL {
        let asked = questions(unit, from);
        check(calendar, &asked)?;
        let due = rate(LONG, asked.len(), || {
            asked.iter().filter_map(|(at, n)| calendar.due(*at, *n).ok()).map(|at| at.0).fold(0, i64::wrapping_add)
        });
        rows.push(Row::new(format!("calendar: due, {unit}"), due, "1/s").beside("target ≥", TARGET));
        let spans: Vec<(Instant, Instant)> =
            asked.iter().filter_map(|(at, n)| Some((*at, calendar.due(*at, *n).ok()?))).collect();
        let elapsed = rate(LONG, spans.len(), || {
            spans
                .iter()
                .filter_map(|(from, to)| calendar.elapsed(unit, *from, *to).ok())
                .map(|amount| amount.0)
                .fold(0, i64::wrapping_add)
        });
        rows.push(Row::new(format!("calendar: elapsed, {unit}"), elapsed, "1/s").beside("target ≥", TARGET));
    }
    Ok(rows)
}

/// Starts over four years, limits of up to one more.
fn questions(unit: Unit, from: Instant) -> Vec<(Instant, Limit)> {
    let mut dice = Dice::new(11);
    let longest = match unit {
        Unit::Year => 1,
        Unit::NaturalDay => 365,
        Unit::WorkDay => 250,
        Unit::WorkHour => 1_700,
        Unit::UrgentHour => 8_760,
        Unit::UrgentMinute => 525_600,
    };
    let one = |_| {
        let start = from.plus_ms(dice.below(4 * 365 * DAY_MS) as i64);
        let n = 1 + dice.below(longest) as i64;
        (start, Limit { n: Amount(n * unit.ticks()), unit })
    };
    (0..QUESTIONS).map(one).collect()
}

/// A question that the calendar refuses would be measured as an answer.
fn check(calendar: &Calendar, asked: &[(Instant, Limit)]) -> Result<(), String> {
    asked.iter().try_for_each(|(at, n)| calendar.due(*at, *n).map(|_| ())).map_err(|error| error.to_string())
}
