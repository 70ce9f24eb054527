//! Expected values from an independent computation, and the check that runs one against a calendar.
//!
//! The file format is JSON `{"calendar": id, "vectors": [{name, why, unit, n, start, due, pause, resume, stopped,
//! restarted}]}`; whoever reads it fills a [`VectorCase`] with the texts as they stand. `pause`–`resume` and
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::OFFICE;

    /// Limit, start, interruptions, due moment.
    type Worked = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str);

    const LAW: &[Worked] = &[
        ("15 natural_day", "2014-01-24", &[], "2014-02-08"),
        ("60 natural_day", "2014-08-02", &[], "2014-10-08"),
        ("60 natural_day", "2014-04-09", &[], "2014-06-09"),
        ("90 natural_day", "2014-07-03", &[], "2014-10-08"),
        ("20 work_day", "2014-01-24", &[], "2014-02-26"),
        ("5 work_day", "2014-09-30", &[], "2014-10-13"),
        ("45 work_day", "2014-04-01", &[], "2014-06-06"),
        ("60 work_day", "2014-04-01", &[], "2014-06-27"),
        ("2 work_hour", "2014-09-26T16:40", &[], "2014-09-28T09:40"),
        ("1.5 work_hour", "2014-03-03T11:30", &[], "2014-03-03T15:00"),
        ("14 work_hour", "2014-10-08T07:00", &[], "2014-10-09T17:30"),
        ("3 urgent_hour", "2014-10-01T23:00", &[], "2014-10-02T02:00"),
        ("14 work_hour", "2014-09-25T08:30", &[("2014-09-25T15:30", "2014-10-08T10:00")], "2014-10-09T12:00"),
        ("7 work_hour", "2014-06-03T08:30", &[("2014-06-03T16:30", "2014-06-04T09:00")], "2014-06-04T10:00"),
    ];

    #[test]
    fn the_worked_cases_of_the_law_hold() {
        for (limit, start, breaks, due) in LAW {
            let (n, unit) = limit.split_once(' ').expect(limit);
            let (pause, resume) = breaks.first().map(|(from, to)| (from.to_string(), to.to_string())).unzip();
            let case = VectorCase {
                name: (*limit).to_owned(),
                unit: unit.to_owned(),
                n: n.parse().expect(n),
                start: (*start).to_owned(),
                due: (*due).to_owned(),
                pause,
                resume,
                ..VectorCase::default()
            };
            assert_eq!(check_vector(&OFFICE, &case), Ok(()), "{limit} from {start}");
        }
    }

    fn vector(due: &str) -> VectorCase {
        VectorCase {
            unit: "work_hour".to_owned(),
            n: 7.0,
            start: "2014-06-03T08:30".to_owned(),
            due: due.to_owned(),
            ..VectorCase::default()
        }
    }

    #[test]
    fn a_vector_is_compared_as_far_as_it_goes() {
        for due in ["2014-06-03", "2014-06-03T17:30", "2014-06-03 17:30:00", "2014-06-03T09:30:00Z"] {
            assert_eq!(check_vector(&OFFICE, &vector(due)), Ok(()));
        }
        for due in ["2014-06-04", "2014-06-03T17:31", "2014-06", "soon"] {
            let got = "2014-06-03T17:30:00+08:00".to_owned();
            assert_eq!(check_vector(&OFFICE, &vector(due)), Err(Mismatch { expected: due.to_owned(), got }));
        }
    }

    #[test]
    fn two_interruptions_may_come_in_either_order() {
        let early = (Some("2014-06-03T09:30".to_owned()), Some("2014-06-03T10:30".to_owned()));
        let late = (Some("2014-06-03T15:00".to_owned()), Some("2014-06-04T08:30".to_owned()));
        for (pauses, stops) in [(early.clone(), late.clone()), (late, early)] {
            let case = VectorCase {
                pause: pauses.0,
                resume: pauses.1,
                stopped: stops.0,
                restarted: stops.1,
                ..vector("2014-06-04T12:00")
            };
            assert_eq!(check_vector(&OFFICE, &case), Ok(()));
        }
    }

    #[test]
    fn a_vector_without_an_answer_is_a_mismatch() {
        let paused = VectorCase { pause: Some("2014-06-03T09:00".to_owned()), ..vector("2014-06-03") };
        assert_eq!(check_vector(&OFFICE, &paused).unwrap_err().got, "the clock stands still and has no due moment");
        let day = VectorCase { unit: "day".to_owned(), ..vector("2014-06-03") };
        assert!(check_vector(&OFFICE, &day).unwrap_err().got.starts_with("\"day\" is no unit of time here"));
    }
}
