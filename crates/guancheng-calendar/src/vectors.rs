//! Expected values from an independent computation, and the check that runs one against a calendar.
//!
//! The file format is JSON `{"calendar": id, "hours": …, "vectors": [{name, why, unit, n, start, due, pause, resume,
//! stopped, restarted}]}`; whoever reads it fills a [`VectorCase`] with the texts as they stand. `pause`–`resume` and
//! `stopped`–`restarted` are two interruptions of the same clock, in whichever order they lie.

use guancheng_base::Instant;

use crate::{Calendar, ClockTime, Limit};

/// One expected due moment. Moments are as [`Calendar::parse_local`] reads them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VectorCase {
    /// What it is called.
    pub name: String,
    /// The unit, e.g. `natural_day`.
    pub unit: String,
    /// How many of it.
    pub n: f64,
    /// When the clock starts.
    pub start: String,
    /// When it is due: a date asks for the day only, minutes for the minute, seconds for the second.
    pub due: String,
    /// When it is paused.
    pub pause: Option<String>,
    /// When it resumes.
    pub resume: Option<String>,
    /// When it is stopped.
    pub stopped: Option<String>,
    /// When it goes on after a failed check.
    pub restarted: Option<String>,
}

/// A vector that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What the vector says.
    pub expected: String,
    /// What the calendar says: a moment as local time with its offset, or why there is none.
    pub got: String,
}

/// Computes a vector's due moment and compares.
pub fn check_vector(calendar: &Calendar, case: &VectorCase) -> Result<(), Mismatch> {
    let mismatch = |got| Mismatch { expected: case.due.clone(), got };
    let due = due_of(calendar, case).map_err(mismatch)?;
    let got = calendar.format_local(due);
    if same(calendar, &case.due, due, &got) { Ok(()) } else { Err(mismatch(got)) }
}

fn due_of(calendar: &Calendar, case: &VectorCase) -> Result<Instant, String> {
    let read = |text: &String| calendar.parse_local(text).map_err(|error| error.to_string());
    let unit = case.unit.parse().map_err(|error: crate::UnitError| error.to_string())?;
    let limit = Limit::new(case.n, unit).map_err(|error| error.to_string())?;
    let mut clock = ClockTime::start(calendar, limit, read(&case.start)?).map_err(|error| error.to_string())?;
    let mut breaks = Vec::new();
    for (from, to) in [(&case.pause, &case.resume), (&case.stopped, &case.restarted)] {
        if let Some(from) = from {
            breaks.push((read(from)?, to.as_ref().map(read).transpose()?));
        }
    }
    breaks.sort_by_key(|(from, _)| *from);
    for (from, to) in breaks {
        clock = clock.pause(calendar, from).map_err(|error| error.to_string())?;
        if let Some(to) = to {
            clock = clock.resume(to).map_err(|error| error.to_string())?;
        }
    }
    let due = clock.due(calendar).map_err(|error| error.to_string())?;
    due.ok_or_else(|| "the clock stands still and has no due moment".to_owned())
}

/// Local text is compared as far as it goes; a moment with an offset is compared to the second.
fn same(calendar: &Calendar, expected: &str, due: Instant, got: &str) -> bool {
    let expected = expected.trim().replace(' ', "T");
    match calendar.parse_local(&expected) {
        Ok(moment) => got.starts_with(&expected) || moment.0 == due.0.div_euclid(1000) * 1000,
        Err(_) => false,
    }
}
