//! When things happen: the year's agenda from the bindings, and what follows from what was done.

use guancheng_base::{Day, Instant, OfficeId};
use guancheng_plan::{
    ledger::period_of,
    model::{Binding, Cadence, Commitment, Count, Schedule, Side, Stages, Stamp},
};

use super::{
    PlanYear,
    deed::{Deed, Outcome},
};
use crate::{
    Dice,
    hours::{self, Shift},
};

const DAY_MS: i64 = 86_400_000;
/// Offices report twice a month.
const EVERY_DAYS: i32 = 14;
/// A line that slips does this share of what its curve asks for.
const SLIPPING: f64 = 0.62;

/// Everything that is known on the first day.
pub(super) fn begin(year: &mut PlanYear, first: Day) {
    year.put_on(first.plus(4), Deed::Import);
    year.put_on(first.plus(7), Deed::Adopt);
    let leads = year.seed.leads();
    for (n, office) in (0..).zip(&leads) {
        year.put_on(first.plus(10 + n / 3), Deed::Sign(*office, Side::Office));
        year.put_on(first.plus(20 + n / 5), Deed::Sign(*office, Side::Bureau));
    }
    let event = year.seed.imported(year.year, Stamp { by: None, at: year.now });
    let guancheng_plan::Event::Imported { commitments, .. } = event else { return };
    for (n, commitment) in (0..).zip(&commitments) {
        work(year, commitment, year.dice.at("line").nth(n));
    }
    meetings(year, first);
    papers(year, first, &leads);
}

impl PlanYear {
    fn put_on(&mut self, day: Day, deed: Deed) {
        let morning = self.city.calendar().at_local(day, 9 * 3600);
        let dice = self.dice.at("hour").nth(i64::try_from(self.next).unwrap_or(0));
        let at = morning.plus_ms(dice.between(0, 6 * 60) * hours::MINUTE);
        let at = hours::next(self.city.calendar(), Shift::Office, at, dice);
        self.put(at, deed);
    }

    fn later(&mut self, at: Instant, days: i64, deed: Deed) {
        self.put_on(self.city.calendar().day_of(at.plus_ms(days * DAY_MS)), deed);
    }
}

/// What the lead office of a commitment will do in the year.
fn work(year: &mut PlanYear, commitment: &Commitment, dice: Dice) {
    let Some(office) = commitment.lead else { return };
    let troubled = year.seed.troubled.contains(&commitment.id);
    let ends = Day::new(year.year, 12, 31).unwrap_or(Day(0));
    if dice.at("delegates").chance(0.6) {
        year.put_on(
            Day::new(year.year, 2, 2).unwrap_or(ends).plus(small(dice.at("when"), 0, 25)),
            Deed::Delegate(commitment.id.clone(), office),
        );
    }
    let one = Line { id: &commitment.id, office, troubled, dice };
    match &commitment.binding {
        Some(Binding::Count(count)) => quantities(year, &one, count),
        Some(Binding::Milestones(stages) | Binding::Document(stages)) => steps(year, &one, stages),
        Some(Binding::Schedule(schedule)) => occurrences(year, &one, schedule),
        Some(Binding::Mechanism { alive_days }) => mechanism(year, &one, *alive_days),
        Some(Binding::Opinion) => {
            let day = Day::new(year.year, 7, 1).unwrap_or(ends).plus(small(dice.at("judged"), 0, 9));
            let mark = u8::try_from(dice.at("mark").between(if troubled { 55 } else { 74 }, 95)).unwrap_or(80);
            year.put_on(day, Deed::Judge(commitment.id.clone(), mark));
        }
        Some(Binding::Indicator(_) | Binding::Duty(_)) | None => {}
    }
}

struct Line<'l> {
    id: &'l str,
    office: OfficeId,
    troubled: bool,
    dice: Dice,
}

impl Line<'_> {
    fn report(&self, step: &str, amount: f64, day: Day) -> Deed {
        Deed::Report {
            commitment: self.id.to_owned(),
            office: self.office,
            step: step.to_owned(),
            amount,
            day,
            troubled: self.troubled,
        }
    }
}

fn small(dice: Dice, low: i64, high: i64) -> i32 {
    i32::try_from(dice.between(low, high)).unwrap_or(0)
}

/// What the curve asks for, every fortnight, a little more or less; whole pieces where the target is whole.
fn quantities(year: &mut PlanYear, line: &Line<'_>, count: &Count) {
    let Ok(settings) = year.city.plan_settings().cloned() else { return };
    let plan = guancheng_plan::model::Plan { year: year.year, ..guancheng_plan::model::Plan::default() };
    let pace = if line.troubled { SLIPPING } else { 1.0 + 0.1 * line.dice.at("pace").share() };
    let target = count.target.as_f64();
    // Lengths are measured, everything else is counted.
    let whole = count.target.0 % 1000 == 0 && count.unit != "公里";
    let (mut day, mut reported, mut n) = (plan.first_day().plus(20 + small(line.dice.at("first"), 0, 9)), 0.0_f64, 0);
    while day <= count.due.plus(EVERY_DAYS) && reported < target {
        let asked = guancheng_plan::ledger::planned(&plan, count, &settings, day).as_f64() * pace;
        let amount = (asked - reported) * (0.9 + 0.2 * line.dice.at("amount").nth(n).share());
        let amount = amount.min(target * if line.troubled { 0.9 } else { 1.0 } - reported);
        let amount = if whole { amount.floor() } else { (amount * 100.0).round() / 100.0 };
        if amount > 0.0 {
            reported += amount;
            let deed = line.report("", amount, day);
            year.put_on(day.plus(small(line.dice.at("late").nth(n), 0, 2)), deed);
        }
        n += 1;
        day = day.plus(EVERY_DAYS);
    }
}

/// Steps come some days before or after their day; a line that slips stops before its last steps.
fn steps(year: &mut PlanYear, line: &Line<'_>, stages: &Stages) {
    let reached = if line.troubled { stages.steps.len() / 2 } else { stages.steps.len() };
    for (n, step) in (0..).zip(stages.steps.iter().take(reached)) {
        let early = small(line.dice.at("early").nth(n), -6, 20);
        let day = step.due.plus(-early);
        year.put_on(day.plus(1), line.report(&step.id, 0.0, day));
    }
}

fn occurrences(year: &mut PlanYear, line: &Line<'_>, schedule: &Schedule) {
    if let Some(times) = schedule.times {
        let share = if line.troubled { 0.4 } else { 1.0 };
        let many = (f64::from(times) * share).ceil() as i32;
        let days = schedule.to.0 - schedule.from.0;
        for n in 0..many {
            let day = schedule.from.plus(days * (n + 1) / (many + 1));
            year.put_on(day.plus(1), line.report(&day.to_string(), 0.0, day));
        }
        return;
    }
    let (mut from, mut n) = (schedule.from, 0);
    while from <= schedule.to {
        let (_, to) = period_of(schedule.cadence, from);
        let misses = if line.troubled { 0.35 } else { 0.04 };
        if !line.dice.at("missed").nth(n).chance(misses) {
            let day = from.plus(small(line.dice.at("held").nth(n), 0, i64::from(to.0 - from.0)));
            year.put_on(day, line.report(&from.to_string(), 0.0, day));
        }
        from = to.plus(1);
        n += 1;
    }
}

fn mechanism(year: &mut PlanYear, line: &Line<'_>, alive_days: u16) {
    let first = Day::new(year.year, 1, 25).unwrap_or(Day(0));
    let charter = first.plus(small(line.dice.at("charter"), 0, 40));
    year.put_on(charter, line.report("charter", 0.0, charter));
    let every = (i32::from(alive_days) * 3 / 4).max(7);
    let last = Day::new(year.year, if line.troubled { 5 } else { 12 }, 31).unwrap_or(first);
    let (mut day, mut n) = (charter.plus(every), 0);
    while day <= last {
        let held = day.plus(small(line.dice.at("met").nth(n), -3, 6));
        year.put_on(held, line.report("met", 0.0, held));
        day = day.plus(every);
        n += 1;
    }
}

/// Most meetings are held; every twelfth is not.
fn meetings(year: &mut PlanYear, first: Day) {
    let series: Vec<(String, Cadence)> = match year.city.plan_settings() {
        Ok(settings) => settings.series.iter().map(|one| (one.id.to_string(), one.cadence)).collect(),
        Err(_) => return,
    };
    let last = Day::new(year.year, 12, 31).unwrap_or(first);
    for (id, cadence) in series {
        let (mut from, mut n) = (period_of(cadence, first.plus(9)).1.plus(1), 0);
        while from <= last {
            let (_, to) = period_of(cadence, from);
            let dice = year.dice.at("meeting").at(&id).nth(n);
            if !dice.at("missed").chance(1.0 / 12.0) {
                let day = from.plus(small(dice.at("day"), 0, 3));
                year.put_on(day, Deed::Meet { series: id.clone(), day });
            }
            from = to.plus(1);
            n += 1;
        }
    }
}

/// A circular each month, an appraisal after the half-year, a call for help.
fn papers(year: &mut PlanYear, first: Day, leads: &[OfficeId]) {
    for month in 2..=12 {
        let Some(day) = Day::new(year.year, month, 5) else { continue };
        year.put_on(day, Deed::Draft);
    }
    let july = Day::new(year.year, 7, 10).unwrap_or(first);
    year.put_on(july, Deed::Appraise);
    for (n, office) in (0..).zip(leads) {
        let mark = u8::try_from(year.dice.at("mark").nth(n).between(72, 96)).unwrap_or(80);
        year.put_on(july.plus(3), Deed::Mark(*office, mark));
    }
    year.put_on(july.plus(16), Deed::Finalise);
    if let Some(id) = year.seed.troubled.first().cloned() {
        year.put_on(Day::new(year.year, 9, 15).unwrap_or(first), Deed::AskHelp(id));
    }
}

/// What follows from a deed that was done.
pub(super) fn follow(year: &mut PlanYear, at: Instant, deed: &Deed, outcome: &Outcome) {
    let dice = year.dice.at("follow").nth(i64::try_from(year.next).unwrap_or(0));
    match deed {
        Deed::Report { troubled, .. } => {
            if let Some(case) = outcome.case {
                year.later(at, dice.between(1, 4), Deed::Approve { case, troubled: *troubled });
            }
        }
        Deed::Approve { case, troubled } => {
            let sampled = dice.at("sampled").chance(0.08);
            if sampled {
                let good = !dice.at("bad").chance(if *troubled { 0.5 } else { 0.03 });
                year.later(at, dice.between(3, 20), Deed::Sample { case: *case, good });
            }
        }
        Deed::Meet { .. } => {
            for (n, case) in (0..).zip(&outcome.decided) {
                if dice.at("done").nth(n).chance(0.85) {
                    year.later(at, dice.at("when").nth(n).between(3, 12), Deed::Fulfil(*case));
                }
            }
        }
        Deed::Fulfil(case) => year.later(at, dice.between(1, 3), Deed::CloseDecision(*case)),
        Deed::Draft => {
            if let Some(circular) = outcome.circular {
                year.later(at, 2, Deed::Issue(circular));
            }
        }
        Deed::Issue(circular) => year.later(at, 3, Deed::Release(*circular)),
        _ => {}
    }
}
