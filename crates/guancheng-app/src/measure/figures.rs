//! Facts and boards in memory: caught up by the sequence of the log, so that a refresh computes nothing when nothing
//! changed and derives again only the cases that did.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use guancheng_base::{CaseId, Instant, Name};
use guancheng_indicator::{
    Period,
    fact::{CaseFact, OccurrenceFact, TaskFact},
};

use super::{CaseFacts, Derive, board::Board};
use crate::{AppError, City, ports::Read};

/// The facts of a city as of one record of its log.
#[derive(Debug, Default)]
pub struct Facts {
    /// The sequence of that record.
    pub head: i64,
    /// By case.
    pub by_case: BTreeMap<CaseId, Arc<CaseFacts>>,
}

/// Scorecard, period, moment.
type BoardKey = (Name, Period, Instant);

/// The most boards kept for one head.
const BOARDS_MAX: usize = 64;

/// What was derived last.
#[derive(Debug, Default)]
pub struct Figures {
    facts: RwLock<Arc<Facts>>,
    boards: RwLock<(i64, BTreeMap<BoardKey, Arc<Board>>)>,
}

impl Facts {
    /// Rows of `case`.
    pub fn cases(&self) -> Vec<&CaseFact> {
        self.by_case.values().map(|facts| &facts.case).collect()
    }

    /// Rows of `task`.
    pub fn tasks(&self) -> Vec<&TaskFact> {
        self.by_case.values().flat_map(|facts| &facts.tasks).collect()
    }

    /// Rows of `occurrence`.
    pub fn occurrences(&self) -> Vec<&OccurrenceFact> {
        self.by_case.values().flat_map(|facts| &facts.occurrences).collect()
    }

    /// Everything from the first record on.
    pub fn rebuilt(city: &City, store: &dyn Read) -> Result<Facts, AppError> {
        Facts::default().caught_up(city, store, store.head_seq()?)
    }

    fn caught_up(&self, city: &City, store: &dyn Read, head: i64) -> Result<Facts, AppError> {
        let derive = Derive::of(&city.pack);
        let mut by_case = self.by_case.clone();
        for id in store.changed_cases(&city.pack.report_kind, self.head)? {
            let Some(case) = store.case(id)? else { continue };
            let records: Vec<_> = store.records(id)?.into_iter().map(|stored| stored.record).collect();
            let facts = derive.case(city.procedure_of(&case)?, &case, &records);
            by_case.insert(id, Arc::new(facts));
        }
        Ok(Facts { head, by_case })
    }
}

impl Figures {
    /// The facts of a committed snapshot.
    ///
    /// # Errors
    /// What the store says.
    pub fn facts(&self, city: &City, snapshot: &dyn Read) -> Result<Arc<Facts>, AppError> {
        let head = snapshot.head_seq()?;
        let kept = Arc::clone(&self.facts.read().unwrap_or_else(PoisonError::into_inner));
        if kept.head >= head {
            return Ok(kept);
        }
        let mut held = self.facts.write().unwrap_or_else(PoisonError::into_inner);
        if held.head < head {
            *held = Arc::new(held.caught_up(city, snapshot, head)?);
        }
        Ok(Arc::clone(&held))
    }

    /// The board kept for these facts, or the one that `make` makes.
    pub(super) fn board(
        &self,
        head: i64,
        key: BoardKey,
        make: impl FnOnce() -> Result<Board, AppError>,
    ) -> Result<Arc<Board>, AppError> {
        let kept = self.boards.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(board) = kept.1.get(&key).filter(|_| kept.0 == head) {
            return Ok(Arc::clone(board));
        }
        drop(kept);
        let board = Arc::new(make()?);
        let mut held = self.boards.write().unwrap_or_else(PoisonError::into_inner);
        if held.0 != head || held.1.len() >= BOARDS_MAX {
            *held = (head, BTreeMap::new());
        }
        held.1.insert(key, Arc::clone(&board));
        Ok(board)
    }
}
