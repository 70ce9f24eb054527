//! Plans in memory. A plan is the fold of its records; what is folded is kept and caught up by sequence, so that no
//! request folds a year of work and nothing has to be told to forget.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use guancheng_plan::{evolve, model::Plan};

use crate::{
    AppError,
    ports::{Read, Tx},
};

/// Folded plans by id.
#[derive(Debug, Default)]
pub struct Book(RwLock<BTreeMap<i64, Arc<Plan>>>);

impl Book {
    /// A plan as a committed snapshot has it.
    ///
    /// # Errors
    /// `not_found`, and what the store says.
    pub fn plan(&self, snapshot: &dyn Read, id: i64) -> Result<Arc<Plan>, AppError> {
        let plan = self.caught_up(snapshot, id)?;
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&plan));
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
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).map(Arc::clone);
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
