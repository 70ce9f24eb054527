//! The ledger of a plan on a day: one walk over the reports, one sum per rate.

use std::{collections::BTreeMap, sync::Arc};

use guancheng_base::{Day, Instant};
use guancheng_plan::{
    Settings,
    ledger::{self, Facts, Line, Progress, RateFact},
    model::{Binding, Commitment, Measure, Plan, Rate},
};

use crate::{
    AppError, City,
    ports::{Closings, ClosingsQuery, Read},
};

/// The ledger of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLedger {
    /// The day it is read for.
    pub as_of: Day,
    /// One line per commitment, in the order of the document.
    pub lines: Vec<Line>,
    /// What each line was made of.
    pub facts: BTreeMap<String, Facts>,
}

/// The plan by which the ledger of a day is read: as it stood when a past day ended, so that help asked for, targets and
/// leads are those of that day.
pub fn plan_on(city: &City, store: &dyn Read, plan: &Arc<Plan>, day: Day, now: Instant) -> Result<Arc<Plan>, AppError> {
    if day >= city.day(now) {
        return Ok(Arc::clone(plan));
    }
    city.plans.on(store, plan.id, day, city.calendar().midnight(day.plus(1)))
}

/// Reads the ledger for a day; later reports are left out.
pub fn ledger(store: &dyn Read, plan: &Plan, settings: &Settings, as_of: Day) -> Result<PlanLedger, AppError> {
    let facts = facts(store, plan, as_of)?;
    let none = Facts::default();
    let line = |commitment: &Commitment| {
        let facts = facts.get(&commitment.id).unwrap_or(&none);
        ledger::line(plan, commitment, facts, settings, as_of)
    };
    let lines = plan.commitments.values().map(line).collect();
    Ok(PlanLedger { as_of, lines, facts })
}

fn facts(store: &dyn Read, plan: &Plan, as_of: Day) -> Result<BTreeMap<String, Facts>, AppError> {
    let mut progress: BTreeMap<String, Vec<Progress>> = BTreeMap::new();
    for sum in store.progress(plan.id, as_of)? {
        progress.entry(sum.commitment).or_default().push(sum.progress);
    }
    let mut facts: BTreeMap<String, Facts> =
        progress.into_iter().map(|(id, progress)| (id, Facts { progress, rate: None })).collect();
    let mut known: BTreeMap<(String, String), Closings> = BTreeMap::new();
    for commitment in plan.commitments.values() {
        let Some(Binding::Indicator(rate) | Binding::Duty(rate)) = &commitment.binding else { continue };
        let key = (rate.procedure.clone(), rate.category.clone());
        let closings = match known.get(&key) {
            Some(closings) => *closings,
            None => {
                let found = store.closings(&query(plan, rate, as_of))?;
                known.insert(key, found);
                found
            }
        };
        facts.entry(commitment.id.clone()).or_default().rate = Some(rate_fact(rate, closings));
    }
    Ok(facts)
}

fn query(plan: &Plan, rate: &Rate, as_of: Day) -> ClosingsQuery {
    let (from, to) = (plan.first_day(), as_of.min(plan.last_day()));
    ClosingsQuery { kind: rate.procedure.clone(), category: rate.category.clone(), from, to }
}

fn rate_fact(rate: &Rate, closings: Closings) -> RateFact {
    match rate.measure {
        Measure::OnTime => RateFact { n: closings.rated, good: closings.on_time, last_bad: closings.last_late },
        Measure::Closed => RateFact { n: closings.opened, good: closings.closed.min(closings.opened), last_bad: None },
        Measure::FirstTime => {
            RateFact { n: closings.closed, good: closings.first_time, last_bad: closings.last_failed }
        }
    }
}
