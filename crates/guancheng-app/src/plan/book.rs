//! Plans in memory. A plan is the fold of its records; what is folded is kept and caught up by sequence, so that no
//! request folds a year of work and nothing has to be told to forget.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use guancheng_base::{Day, Instant};
use guancheng_plan::{
    evolve,
    model::{Plan, Status},
};

use crate::{
    AppError,
    ports::{Read, Tx},
};

/// The most plans of past days that are kept; a page of promises asks for one a plan, a reader now and then for another.
const PAST_MAX: usize = 32;

/// Folded plans by id, and some as they stood at the end of a past day.
#[derive(Debug, Default)]
pub struct Book {
    now: RwLock<BTreeMap<i64, Arc<Plan>>>,
    past: RwLock<BTreeMap<(i64, Day), Arc<Plan>>>,
}

impl Book {
    /// A plan as a committed snapshot has it.
    ///
    /// # Errors
    /// `not_found`, and what the store says.
    pub fn plan(&self, snapshot: &dyn Read, id: i64) -> Result<Arc<Plan>, AppError> {
        let plan = self.caught_up(snapshot, id)?;
        self.now.write().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&plan));
        Ok(plan)
    }

    /// A plan as it stood when a past day ended, at `end`, and before it came into force as it was adopted. Nothing is
    /// ever added to a past day, so that a plan in force is folded once.
    pub(crate) fn on(&self, snapshot: &dyn Read, id: i64, day: Day, end: Instant) -> Result<Arc<Plan>, AppError> {
        if let Some(plan) = self.past.read().unwrap_or_else(PoisonError::into_inner).get(&(id, day)) {
            return Ok(Arc::clone(plan));
        }
        let records = snapshot.plan_records(id, 0)?;
        let mut plan = Plan::default();
        for record in &records {
            if record.at >= end && plan.status == Status::Adopted {
                break;
            }
            evolve(&mut plan, record);
        }
        let plan = Arc::new(plan);
        if plan.status == Status::Draft {
            return Ok(plan);
        }
        let mut past = self.past.write().unwrap_or_else(PoisonError::into_inner);
        if past.len() >= PAST_MAX {
            past.clear();
        }
        past.insert((id, day), Arc::clone(&plan));
        Ok(plan)
    }

    /// Every plan of a committed snapshot, newest year first.
    pub fn plans(&self, snapshot: &dyn Read) -> Result<Vec<Arc<Plan>>, AppError> {
        let mut plans =
            snapshot.plans()?.into_iter().map(|id| self.plan(snapshot, id)).collect::<Result<Vec<_>, _>>()?;
        plans.sort_by_key(|plan| std::cmp::Reverse((plan.year, plan.id)));
        Ok(plans)
    }

    fn caught_up(&self, store: &dyn Read, id: i64) -> Result<Arc<Plan>, AppError> {
        let kept = self.now.read().unwrap_or_else(PoisonError::into_inner).get(&id).map(Arc::clone);
        let tail = store.plan_records(id, kept.as_ref().map_or(0, |plan| plan.seq))?;
        match (kept, tail.is_empty()) {
            (None, true) => Err(AppError::not_found()),
            (Some(plan), true) => Ok(plan),
            (kept, false) => {
                let mut plan = kept.map(|plan| (*plan).clone()).unwrap_or_default();
                tail.iter().for_each(|record| evolve(&mut plan, record));
                Ok(Arc::new(plan))
            }
        }
    }
}

/// A plan inside a write job. What the job itself wrote may yet be undone, so nothing of it is kept.
pub fn at_work(book: &Book, tx: &dyn Tx, id: i64) -> Result<Arc<Plan>, AppError> {
    book.caught_up(tx, id)
}
