//! When people work: round the clock, long days, or office hours by the calendar.

use guancheng_base::{Day, Instant};
use guancheng_calendar::Calendar;

use crate::Dice;

/// When a desk or a crew works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shift {
    /// Day and night.
    Round,
    /// Every day from seven to nine in the evening.
    Long,
    /// The office hours of the calendar.
    Office,
}

/// A minute in milliseconds.
pub(crate) const MINUTE: i64 = 60_000;
/// An hour in milliseconds.
pub(crate) const HOUR: i64 = 60 * MINUTE;
/// A day in milliseconds.
pub(crate) const DAY: i64 = 24 * HOUR;

const SEVEN: u32 = 7 * 3600;
const NINE_PM: u32 = 21 * 3600;

/// The first moment at or after `at` at which that shift does something. People who come in do not all begin at once.
pub(crate) fn next(calendar: &Calendar, shift: Shift, at: Instant, dice: Dice) -> Instant {
    let settling = dice.at("settling").between(0, 35) * MINUTE;
    let (mut day, mut seconds) = calendar.local(at);
    for _ in 0..30 {
        if let Some(from) = opening(calendar, shift, day, seconds) {
            let opens = calendar.at_local(day, from).plus_ms(settling);
            return if from <= seconds { at } else { opens.max(at) };
        }
        (day, seconds) = (day.plus(1), 0);
    }
    at
}

/// When the shift works next on that day: from now on, later, or not any more.
fn opening(calendar: &Calendar, shift: Shift, day: Day, seconds: u32) -> Option<u32> {
    match shift {
        Shift::Round => Some(seconds),
        Shift::Long => (seconds < NINE_PM).then(|| seconds.max(SEVEN)),
        Shift::Office => {
            let works = is_work_day(calendar, day);
            let open = calendar.spec().hours.iter().filter(|_| works).find(|(_, to)| seconds < *to);
            open.map(|(from, _)| seconds.max(*from))
        }
    }
}

/// Beyond the loaded years the week decides; a simulation need not be right by law.
pub(crate) fn is_work_day(calendar: &Calendar, day: Day) -> bool {
    calendar.is_work_day(day).unwrap_or(day.weekday() < 5)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use guancheng_pack::Pack;

    use super::*;

    #[track_caller]
    fn check(shift: Shift, at: &str, from: &str, to: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/zhengzhou");
        let pack = Pack::load(&path).unwrap_or_else(|faults| panic!("{faults}"));
        let calendar = pack.calendars.values().next().unwrap();
        let moment = |text: &str| calendar.parse_local(text).unwrap();
        let seen = next(calendar, shift, moment(at), Dice::new(7));
        assert!(moment(from) <= seen && seen <= moment(to), "{}", calendar.format_local(seen));
    }

    #[test]
    fn nobody_works_when_the_shift_does_not() {
        check(Shift::Round, "2025-09-20T03:10", "2025-09-20T03:10", "2025-09-20T03:10");
        check(Shift::Long, "2025-09-20T03:10", "2025-09-20T07:00", "2025-09-20T07:35");
        check(Shift::Long, "2025-09-20T21:30", "2025-09-21T07:00", "2025-09-21T07:35");
        // A Saturday, before a week that begins on Monday.
        check(Shift::Office, "2025-09-20T10:00", "2025-09-22T08:00", "2025-09-22T09:35");
        check(Shift::Office, "2025-09-22T10:00", "2025-09-22T10:00", "2025-09-22T10:00");
    }
}
