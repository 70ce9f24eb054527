//! What another system's targets seem to follow: for each category, the one limit of our calendar that reproduces most
//! of them from the time of opening, and how the rest differ.

use std::collections::BTreeMap;

use guancheng_base::Instant;
use guancheng_calendar::{Calendar, Unit};

/// One row's opening and target.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The category as the file writes it.
    pub category: String,
    /// When the case was opened.
    pub opened: Instant,
    /// The other system's target, where it gave one.
    pub target: Option<Instant>,
}

/// A limit, counted in one of the two ways cities count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// So many whole office days of office time: weekends and holidays left out.
    OfficeDays(i64),
    /// So many calendar days later at the same local time, holidays or not.
    CalendarDays(i64),
}

/// What one category's targets follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The category.
    pub category: String,
    /// Rows with a target.
    pub targets: usize,
    /// Rows without one.
    pub without: usize,
    /// The limit that reproduces most of them; `None` where none reproduces any.
    pub rule: Option<Rule>,
    /// How many it reproduces, within [`TOLERANCE_MS`].
    pub reproduced: usize,
    /// How many others follow another whole limit (a changed type or priority, probably).
    pub other_limits: usize,
    /// How many of the rest lie later than the limit says.
    pub later: usize,
    /// How many of the rest lie earlier.
    pub earlier: usize,
}

/// Targets are written to the second by systems that compute them a little after the opening they write.
pub const TOLERANCE_MS: i64 = 90_000;

/// Fits every category of the samples.
pub fn fit(calendar: &Calendar, samples: &[Sample]) -> Vec<Fit> {
    let mut by_category: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
    for sample in samples {
        by_category.entry(&sample.category).or_default().push(sample);
    }
    by_category.into_iter().map(|(category, samples)| fit_one(calendar, category, &samples)).collect()
}

fn fit_one(calendar: &Calendar, category: &str, samples: &[&Sample]) -> Fit {
    let timed: Vec<(Instant, Instant)> =
        samples.iter().filter_map(|s| s.target.map(|target| (s.opened, target))).collect();
    let mut votes: BTreeMap<Rule, usize> = BTreeMap::new();
    for (opened, target) in &timed {
        for rule in rules_of(calendar, *opened, *target) {
            *votes.entry(rule).or_default() += 1;
        }
    }
    let best = votes.iter().max_by_key(|(rule, n)| (**n, std::cmp::Reverse(**rule))).map(|(rule, n)| (*rule, *n));
    let mut fit = Fit {
        category: category.to_owned(),
        targets: timed.len(),
        without: samples.len() - timed.len(),
        rule: best.map(|(rule, _)| rule),
        reproduced: best.map_or(0, |(_, n)| n),
        other_limits: 0,
        later: 0,
        earlier: 0,
    };
    let Some((rule, _)) = best else { return Fit { later: timed.len(), ..fit } };
    for (opened, target) in timed {
        let rules = rules_of(calendar, opened, target);
        match (rules.contains(&rule), rules.is_empty(), is_later(calendar, rule, opened, target)) {
            (true, ..) => {}
            (false, false, _) => fit.other_limits += 1,
            (false, true, true) => fit.later += 1,
            (false, true, false) => fit.earlier += 1,
        }
    }
    fit
}

/// The whole limits that lead from the opening to the target: at most one of each way of counting.
fn rules_of(calendar: &Calendar, opened: Instant, target: Instant) -> Vec<Rule> {
    office_days(calendar, opened, target).into_iter().chain(calendar_days(calendar, opened, target)).collect()
}

/// Office time between the two, if it is whole office days. At a boundary a system may write the opening of the next
/// office day where another writes the close of this one; no office time lies between them, so both count.
fn office_days(calendar: &Calendar, opened: Instant, target: Instant) -> Option<Rule> {
    let day = office_day_ms(calendar);
    let worked = calendar.elapsed(Unit::WorkHour, opened, target).ok()?.0;
    let days = (worked + day / 2).div_euclid(day.max(1));
    (days > 0 && (worked - days * day).abs() <= TOLERANCE_MS).then_some(Rule::OfficeDays(days))
}

fn calendar_days(calendar: &Calendar, opened: Instant, target: Instant) -> Option<Rule> {
    let ((first, from), (last, to)) = (calendar.local(opened), calendar.local(target));
    let days = i64::from(last.0) - i64::from(first.0);
    let apart = (i64::from(to) - i64::from(from)) * 1000;
    (days > 0 && apart.abs() <= TOLERANCE_MS).then_some(Rule::CalendarDays(days))
}

fn is_later(calendar: &Calendar, rule: Rule, opened: Instant, target: Instant) -> bool {
    match rule {
        Rule::OfficeDays(n) => {
            let worked = calendar.elapsed(Unit::WorkHour, opened, target).map_or(0, |worked| worked.0);
            worked > n * office_day_ms(calendar)
        }
        Rule::CalendarDays(n) => target.0 - opened.0 > n * 86_400_000,
    }
}

fn office_day_ms(calendar: &Calendar) -> i64 {
    calendar.spec().hours.iter().map(|(from, to)| i64::from(to.saturating_sub(*from)) * 1000).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use guancheng_base::Day;
    use guancheng_calendar::CalendarSpec;
    use std::collections::{BTreeMap, BTreeSet};

    /// Monday to Friday, 08:30 to 17:00, one zone without summer time, 2015 with 3 July off.
    fn calendar() -> Calendar {
        let spec = CalendarSpec {
            id: "office".into(),
            title: "Office".to_owned(),
            zone: "Etc/GMT+5".to_owned(),
            basis: Vec::new(),
            hours: vec![(30_600, 61_200)],
            close_of_business: None,
            weekend: [false, false, false, false, false, true, true],
            off: BTreeSet::from([Day::parse("2015-07-03").unwrap()]),
            work: BTreeSet::new(),
            years: BTreeSet::from([2015]),
            source: BTreeMap::from([(2015, "made up".to_owned())]),
        };
        Calendar::compile(spec).unwrap()
    }

    fn check(rows: &[(&str, &str)], expect: &str) {
        let calendar = calendar();
        let moment = |text: &str| calendar.parse_local(text).unwrap();
        let sample = |(opened, target): &(&str, &str)| Sample {
            category: "lamp".to_owned(),
            opened: moment(opened),
            target: (!target.is_empty()).then(|| moment(target)),
        };
        let samples: Vec<Sample> = rows.iter().map(sample).collect();
        let fits = fit(&calendar, &samples);
        let seen: Vec<String> = fits
            .iter()
            .map(|f| {
                format!(
                    "{:?} {}/{} other {} later {} earlier {} without {}",
                    f.rule, f.reproduced, f.targets, f.other_limits, f.later, f.earlier, f.without
                )
            })
            .collect();
        assert_eq!(seen.join("\n"), expect);
    }

    #[test]
    fn office_days_leave_out_weekends_and_holidays() {
        check(
            &[
                ("2015-07-01T10:00:00", "2015-07-06T10:00:30"),
                ("2015-07-02T16:00:00", "2015-07-07T16:00:00"),
                ("2015-07-07T09:00:00", "2015-07-09T09:00:00"),
                ("2015-07-07T09:00:00", ""),
            ],
            "Some(OfficeDays(2)) 3/3 other 0 later 0 earlier 0 without 1",
        );
    }

    #[test]
    fn calendar_days_keep_the_hour() {
        check(
            &[
                ("2015-07-01T22:00:00", "2015-07-04T22:00:00"),
                ("2015-07-03T03:00:00", "2015-07-06T03:00:00"),
                ("2015-07-03T03:00:00", "2015-07-13T03:00:00"),
                ("2015-07-03T03:00:00", "2015-07-04T05:17:00"),
            ],
            "Some(CalendarDays(3)) 2/4 other 1 later 0 earlier 1 without 0",
        );
    }

    #[test]
    fn without_a_whole_limit_nothing_is_claimed() {
        check(&[("2015-07-01T10:00:00", "2015-07-01T11:23:00")], "None 0/1 other 0 later 1 earlier 0 without 0");
    }
}
