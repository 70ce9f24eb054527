//! The running time of one clock of one case: started, paused, resumed, extended.
//!
//! A pause and a stop are the same arithmetic, and so are a resumption and a failed check: the clock goes on with what
//! was left, so rework buys no new time. A pause takes out exactly what elapsed in it:
//!
//! - hours and minutes: to the millisecond;
//! - days: the day on which the clock is paused counts as used, the day on which it resumes does not, just as the first
//!   day of a period does not. A pause within one day changes nothing; one from Monday to Wednesday moves a period in
//!   natural days by two days. (Administrative Licensing Law art. 45: the time of a hearing, a test or an expert review
//!   is not counted in the period; counting it the way the period itself is counted is the only rule that adds up.)
//! - years: the corresponding day is fixed when the clock starts; from then on the clock counts natural days.
//!
//! An extension lengthens the period itself, whenever it is granted: the last day of the longer period is what may
//! roll to a working day, once, not twice (the stricter reading). A clock that was overdue when it was paused stays
//! overdue from that moment, unless an extension covers what was used.

use guancheng_base::{Day, Instant};

use crate::{Amount, Calendar, CalendarError, Limit, Unit, due::years_after};

/// What a clock runs towards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// A period.
    Limit(Limit),
    /// The end of a named day. A named day stands as named; moved by a pause or an extension it rolls like any other.
    Until(Day),
    /// A named moment.
    At(Instant),
}

impl From<Limit> for Term {
    fn from(limit: Limit) -> Self {
        Term::Limit(limit)
    }
}

/// One clock of one case. Plain data for the case to keep; every change makes a new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockTime {
    /// What it runs towards.
    pub term: Term,
    /// The period at its start, in ticks of [`ClockTime::unit`].
    pub base: Amount,
    /// Granted extensions, in the same ticks.
    pub extra: Amount,
    /// What elapsed before the last start.
    pub used: Amount,
    /// Since when it runs; `None` while paused or stopped.
    pub running_since: Option<Instant>,
    /// The due moment it had passed when it was last paused.
    pub missed: Option<Instant>,
}

impl ClockTime {
    /// A clock that starts now.
    ///
    /// # Errors
    /// [`CalendarError::NotLoaded`] for a limit in years beyond the loaded ones.
    pub fn start(calendar: &Calendar, term: impl Into<Term>, at: Instant) -> Result<Self, CalendarError> {
        let term = term.into();
        let first = calendar.day_of(at);
        let days_to = |last: Day| Amount(i64::from(last.0) - i64::from(first.0));
        let base = match term {
            Term::Limit(Limit { n, unit: Unit::Year }) => {
                let last = years_after(first, n.0);
                days_to(last.ok_or_else(|| calendar.not_loaded(i16::MAX))?)
            }
            Term::Limit(Limit { n, .. }) => n,
            Term::Until(day) => days_to(day),
            Term::At(moment) => Amount(moment.0.saturating_sub(at.0)),
        };
        let none = Amount::default();
        Ok(ClockTime { term, base, extra: none, used: none, running_since: Some(at), missed: None })
    }

    /// The unit whose ticks the clock counts: that of its limit; natural days for years and named days, milliseconds
    /// (as urgent hours) for a named moment.
    pub fn unit(&self) -> Unit {
        match self.term {
            Term::Limit(Limit { unit: Unit::Year, .. }) | Term::Until(_) => Unit::NaturalDay,
            Term::Limit(Limit { unit, .. }) => unit,
            Term::At(_) => Unit::UrgentHour,
        }
    }

    /// The whole period with its extensions, in ticks.
    pub fn total(&self) -> Amount {
        Amount(self.base.0.saturating_add(self.extra.0))
    }

    /// The last moment that is on time; `None` while the clock stands still, unless it was overdue by then.
    pub fn due(&self, calendar: &Calendar) -> Result<Option<Instant>, CalendarError> {
        if self.missed.is_some() {
            return Ok(self.missed);
        }
        let Some(since) = self.running_since else { return Ok(None) };
        let left = self.total().0.saturating_sub(self.used.0);
        self.due_after(calendar, since, left).map(Some)
    }

    fn due_after(&self, calendar: &Calendar, since: Instant, left: i64) -> Result<Instant, CalendarError> {
        match self.term {
            Term::At(_) => Ok(since.plus_ms(left)),
            Term::Until(named) => {
                let last = plus_days(calendar.day_of(since), left);
                if last == named { Ok(calendar.end_of_day(named)) } else { calendar.rolled(last) }
            }
            Term::Limit(_) => calendar.due(since, Limit { n: Amount(left), unit: self.unit() }),
        }
    }

    /// Whether something done at `at` is on time. A clock that stands still is on time unless it was overdue by then.
    pub fn on_time(&self, calendar: &Calendar, at: Instant) -> Result<bool, CalendarError> {
        Ok(self.due(calendar)?.is_none_or(|due| at <= due))
    }

    /// What has elapsed by `now`, pauses left out.
    pub fn elapsed(&self, calendar: &Calendar, now: Instant) -> Result<Amount, CalendarError> {
        let Some(since) = self.running_since else { return Ok(self.used) };
        let running = calendar.elapsed(self.unit(), since, now.max(since))?;
        Ok(Amount(self.used.0.saturating_add(running.0)))
    }

    /// What is left at `now`; negative when more than the period has elapsed.
    pub fn remaining(&self, calendar: &Calendar, now: Instant) -> Result<Amount, CalendarError> {
        Ok(Amount(self.total().0.saturating_sub(self.elapsed(calendar, now)?.0)))
    }

    /// The share of the period that has elapsed by `now`: 0 to 1 while on time, 1 or more when overdue.
    ///
    /// A day counts as elapsed from its first moment, so a period in days stands at 1 through its whole last day.
    pub fn fraction_at(&self, calendar: &Calendar, now: Instant) -> Result<f64, CalendarError> {
        let share = self.elapsed(calendar, now)?.0 as f64 / self.total().0.max(1) as f64;
        Ok(if self.on_time(calendar, now)? { share.clamp(0.0, 1.0) } else { share.max(1.0) })
    }

    /// The first moment at which `share` of the period (0.8 for a warning at four fifths) has elapsed; the last start
    /// where it had by then, `None` while the clock stands still. Days are reached at midnight.
    pub fn instant_of_fraction(&self, calendar: &Calendar, share: f64) -> Result<Option<Instant>, CalendarError> {
        let Some(since) = self.running_since else { return Ok(None) };
        let left = share_of(self.total(), share).saturating_sub(self.used.0);
        if left <= 0 {
            return Ok(Some(since));
        }
        let reached = match self.unit() {
            Unit::NaturalDay => calendar.midnight(plus_days(calendar.day_of(since), left)),
            Unit::WorkDay => {
                let last = calendar.due(since, Limit { n: Amount(left), unit: Unit::WorkDay })?;
                calendar.midnight(calendar.day_of(last))
            }
            unit => calendar.due(since, Limit { n: Amount(left), unit })?,
        };
        Ok(Some(reached))
    }

    /// The clock paused or stopped at `at`.
    ///
    /// # Errors
    /// [`CalendarError::NotRunning`], [`CalendarError::Backwards`], or a year that is not loaded.
    pub fn pause(&self, calendar: &Calendar, at: Instant) -> Result<Self, CalendarError> {
        let since = self.running_since.ok_or(CalendarError::NotRunning)?;
        if at < since {
            return Err(CalendarError::Backwards);
        }
        let used = self.elapsed(calendar, at)?;
        // A due moment beyond the loaded years cannot have passed at a moment inside them.
        let due = self.due(calendar).ok().flatten();
        Ok(ClockTime { used, running_since: None, missed: due.filter(|due| at > *due), ..*self })
    }

    /// The clock resumed at `at` with what was left, after a pause or after a failed check.
    ///
    /// # Errors
    /// [`CalendarError::Running`] if it runs.
    pub fn resume(&self, at: Instant) -> Result<Self, CalendarError> {
        match self.running_since {
            Some(_) => Err(CalendarError::Running),
            None => Ok(ClockTime { running_since: Some(at), ..*self }),
        }
    }

    /// The clock with a longer period: the extension is added to the due date, not to today.
    ///
    /// # Errors
    /// [`CalendarError::OtherUnit`] unless the extension is in the clock's own unit; a clock in years or towards a
    /// named day takes natural days.
    pub fn extend(&self, by: Limit) -> Result<Self, CalendarError> {
        if by.unit != self.unit() {
            return Err(CalendarError::OtherUnit { clock: self.unit(), extension: by.unit });
        }
        let extra = Amount(self.extra.0.saturating_add(by.n.0));
        let longer = ClockTime { extra, ..*self };
        let missed = self.missed.filter(|_| longer.total() <= self.used);
        Ok(ClockTime { missed, ..longer })
    }
}

/// `share` of `whole` in ticks, rounded up; the share is taken to the millionth.
fn share_of(whole: Amount, share: f64) -> i64 {
    let millionths = (share * 1e6).round() as i128;
    let ticks = (i128::from(whole.0) * millionths + 999_999).div_euclid(1_000_000);
    i64::try_from(ticks).unwrap_or(i64::MAX)
}

fn plus_days(day: Day, n: i64) -> Day {
    let last = i64::from(day.0).saturating_add(n);
    Day(i32::try_from(last).unwrap_or(if n < 0 { i32::MIN } else { i32::MAX }))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixtures::{OFFICE, at};

    /// Runs `start LIMIT TIME`, `until DAY TIME`, `at TIME TIME`, `pause TIME`, `resume TIME`, `extend LIMIT` and
    /// prints the due moment, or for `left TIME` and `warn SHARE` what they answer.
    fn run(script: &[&str]) -> Result<String, CalendarError> {
        let mut clock: Option<ClockTime> = None;
        let mut said = Vec::new();
        for line in script {
            let (verb, rest) = line.split_once(' ').unwrap();
            let (what, when) = rest.rsplit_once(' ').unwrap_or(("", rest));
            let moment = || at(&OFFICE, when);
            let running = || clock.unwrap();
            clock = Some(match verb {
                "start" => ClockTime::start(&OFFICE, Limit::parse(what).unwrap(), moment())?,
                "until" => ClockTime::start(&OFFICE, Term::Until(Day::parse(what).unwrap()), moment())?,
                "at" => ClockTime::start(&OFFICE, Term::At(at(&OFFICE, what)), moment())?,
                "pause" => running().pause(&OFFICE, moment())?,
                "resume" => running().resume(moment())?,
                "extend" => running().extend(Limit::parse(rest).unwrap())?,
                "left" => {
                    let share = running().fraction_at(&OFFICE, moment())?;
                    let left = running().remaining(&OFFICE, moment())?.in_unit(running().unit());
                    said.push(format!("left {left}, share {share:.2}"));
                    running()
                }
                _ => {
                    let share = rest.parse().unwrap();
                    let warned = running().instant_of_fraction(&OFFICE, share)?;
                    said.push(format!("warn {}", shown(warned)));
                    running()
                }
            });
        }
        said.push(format!("due {}", shown(clock.unwrap().due(&OFFICE)?)));
        Ok(said.join("\n"))
    }

    fn shown(moment: Option<Instant>) -> String {
        moment.map_or_else(|| "never".to_owned(), |moment| OFFICE.format_local(moment))
    }

    fn check(script: &[&str], expected: Expect) {
        expected.assert_eq(&run(script).unwrap_or_else(|error| error.to_string()));
    }

    #[test]
    fn a_pause_takes_out_what_elapsed_in_it() {
        check(
            &["start 14 work_hour 2014-09-25T08:30", "pause 2014-09-25T15:30", "resume 2014-10-08T10:00"],
            expect!["due 2014-10-09T12:00:00+08:00"],
        );
        check(
            &["start 7 work_hour 2014-06-03T08:30", "pause 2014-06-03T16:30", "resume 2014-06-04T09:00"],
            expect!["due 2014-06-04T10:00:00+08:00"],
        );
        check(
            &["start 15 natural_day 2014-03-03", "pause 2014-03-05T16:00", "resume 2014-03-07T09:00"],
            expect!["due 2014-03-20T23:59:59+08:00"],
        );
        check(
            &["start 5 work_day 2014-09-26", "pause 2014-09-29T09:00", "resume 2014-10-08T09:00"],
            expect!["due 2014-10-11T17:30:00+08:00"],
        );
        check(
            &["start 3 urgent_hour 2014-03-03T08:00", "pause 2014-03-03T09:00", "resume 2014-03-04T09:00"],
            expect!["due 2014-03-04T11:00:00+08:00"],
        );
        check(
            &["start 1 year 2020-03-03T08:00", "pause 2020-03-04", "resume 2020-03-07"],
            expect!["due 2021-03-08T23:59:59+08:00"],
        );
    }

    #[test]
    fn a_pause_within_a_day_changes_no_period_in_days() {
        check(
            &["start 5 work_day 2014-03-03T10:00", "pause 2014-03-04T09:00", "resume 2014-03-04T16:00"],
            expect!["due 2014-03-10T17:30:00+08:00"],
        );
    }

    #[test]
    fn a_clock_paused_on_its_last_day_is_due_on_the_day_it_resumes() {
        check(
            &["start 1 work_day 2014-03-03", "pause 2014-03-04T09:00", "left 2014-03-05", "resume 2014-03-06T09:00"],
            expect![[r#"
                left 0, share 1.00
                due 2014-03-06T17:30:00+08:00"#]],
        );
    }

    #[test]
    fn an_extension_is_added_to_the_due_date() {
        check(&["start 45 work_day 2014-04-01", "extend 15 work_day"], expect!["due 2014-06-27T17:30:00+08:00"]);
        check(
            &["start 60 natural_day 2014-04-09", "pause 2014-04-10", "extend 30 natural_day", "resume 2014-04-10"],
            expect!["due 2014-07-08T23:59:59+08:00"],
        );
        check(
            &["start 45 work_day 2014-04-01", "extend 15 natural_day"],
            expect!["the clock counts in work_day, the extension in natural_day: give it in work_day"],
        );
    }

    #[test]
    fn a_named_day_stands_as_named_until_it_is_moved() {
        check(&["until 2014-10-01 2014-09-01T10:00"], expect!["due 2014-10-01T23:59:59+08:00"]);
        check(&["until 2027-03-01 2022-09-01T10:00"], expect!["due 2027-03-01T23:59:59+08:00"]);
        check(&["until 2014-10-01 2014-09-01T10:00", "extend 2 natural_day"], expect!["due 2014-10-08T23:59:59+08:00"]);
        check(
            &["at 2014-10-01T10:00 2014-09-30T10:00", "pause 2014-09-30T11:00", "resume 2014-09-30T12:30"],
            expect!["due 2014-10-01T11:30:00+08:00"],
        );
    }

    #[test]
    fn what_was_missed_before_a_pause_stays_missed() {
        let late = ["start 2 work_hour 2014-03-03T08:30", "pause 2014-03-03T11:00", "resume 2014-03-04T10:00"];
        check(&late, expect!["due 2014-03-03T10:30:00+08:00"]);
        check(&[&late[..], &["extend 1 work_hour"]].concat(), expect!["due 2014-03-04T10:30:00+08:00"]);
        check(&["start 1 work_day 2014-03-03", "pause 2014-03-04T17:31"], expect!["due 2014-03-04T17:30:00+08:00"]);
    }

    #[test]
    fn a_share_of_the_period_is_a_moment() {
        check(
            &["start 10 work_hour 2014-03-03T08:30", "left 2014-03-03T12:30", "warn 0.5", "warn 0.8", "warn 1.0"],
            expect![[r#"
                left 6.5, share 0.35
                warn 2014-03-03T15:30:00+08:00
                warn 2014-03-04T09:30:00+08:00
                warn 2014-03-04T11:30:00+08:00
                due 2014-03-04T11:30:00+08:00"#]],
        );
        check(
            &["start 15 natural_day 2014-01-24", "warn 0.6", "warn 0.9", "left 2014-02-08T23:00", "left 2014-02-10"],
            expect![[r#"
                warn 2014-02-02T00:00:00+08:00
                warn 2014-02-07T00:00:00+08:00
                left 0, share 1.00
                left -2, share 1.13
                due 2014-02-08T23:59:59+08:00"#]],
        );
        check(
            &["start 5 work_day 2014-09-30T10:00", "warn 0.6", "left 2014-10-08T10:00"],
            expect![[r#"
                warn 2014-10-10T00:00:00+08:00
                left 4, share 0.20
                due 2014-10-13T17:30:00+08:00"#]],
        );
        check(
            &[
                "start 2 work_hour 2014-03-03T08:30",
                "pause 2014-03-03T10:12",
                "warn 0.8",
                "resume 2014-03-04",
                "warn 0.8",
            ],
            expect![[r#"
                warn never
                warn 2014-03-04T00:00:00+08:00
                due 2014-03-04T08:48:00+08:00"#]],
        );
    }

    #[test]
    fn a_clock_is_started_and_stopped_in_turn() {
        let start = "start 5 work_day 2014-03-03T10:00";
        check(&[start, "resume 2014-03-04"], expect!["the clock runs: only a paused or stopped clock can be resumed"]);
        check(
            &[start, "pause 2014-03-04", "pause 2014-03-05"],
            expect!["the clock stands still: only a running clock can be paused"],
        );
        check(&[start, "pause 2014-03-02"], expect!["the moment lies before the clock's last start"]);
        check(&[start, "pause 2014-03-04"], expect!["due never"]);
    }
}
