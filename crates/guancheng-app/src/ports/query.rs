//! What lists can be asked.

use guancheng_base::{CaseId, GrantHeld, Instant, LonLat, Name, OfficeId, PersonId};
use guancheng_case::Light;
use guancheng_place::Bounds;

use super::CaseRow;

/// The order of a list. Ties are broken by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Open cases, the earliest due first and those without a due time last; then ended ones, the latest opened first.
    Due,
    /// The latest opened first.
    #[default]
    Opened,
    /// The latest changed first.
    Changed,
}

/// What makes a case mine: a role of mine holds it, or an office I act for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mine {
    /// My grants; a case held by the grant's role within its area and kinds is mine.
    pub grants: Vec<GrantHeld>,
    /// The offices I act for; a case held by one of them is mine.
    pub offices: Vec<OfficeId>,
}

/// Filters of a list; all given ones must hold. Lists within a filter are alternatives; an empty list asks nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseQuery {
    /// Procedures.
    pub kinds: Vec<Name>,
    /// States.
    pub states: Vec<Name>,
    /// Stages, by title.
    pub stages: Vec<String>,
    /// Responsible units.
    pub units: Vec<OfficeId>,
    /// Half-open range of 15-digit area codes.
    pub area: Option<(i64, i64)>,
    /// Lights.
    pub lights: Vec<Light>,
    /// Sources.
    pub sources: Vec<Name>,
    /// A category and everything below it: `event.street` finds `event.street.vending`.
    pub category: Option<Name>,
    /// Open or ended only.
    pub open: Option<bool>,
    /// Only mine.
    pub mine: Option<Mine>,
    /// Words to be found in number, title, address or text, all of them; the last part of a word may be missing. A
    /// store may look at the newest some thousand matches only.
    pub text: Option<String>,
    /// Opened at or after.
    pub opened_from: Option<Instant>,
    /// Opened before.
    pub opened_to: Option<Instant>,
    /// Within a window.
    pub window: Option<Bounds>,
    /// The order.
    pub sort: Sort,
    /// The cursor of the page before.
    pub after: Option<String>,
    /// How many rows; the store allows at most 200.
    pub limit: usize,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` at the end.
    pub next: Option<String>,
}

/// What counts are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupBy {
    /// Everything in one group.
    Nothing,
    /// The procedure.
    Kind,
    /// The state.
    State,
    /// The stage.
    Stage,
    /// The traffic light.
    Light,
    /// The responsible unit (its id as text).
    Unit,
    /// The district (the first six digits of the cell).
    District,
    /// The street (the first nine digits of the cell).
    Street,
}

/// Counts by group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Key and count, by key. Cases without the key (no unit, no cell) are under the empty key.
    pub items: Vec<(String, u64)>,
    /// The sum.
    pub total: u64,
    /// Whether the count stopped at the store's limit, so that the numbers are lower bounds.
    pub clipped: bool,
}

/// A case on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The case.
    pub case: CaseId,
    /// Where.
    pub place: LonLat,
    /// Its light.
    pub light: Light,
}

/// Cases on the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// The points.
    pub items: Vec<Point>,
    /// Whether there were more than asked for.
    pub clipped: bool,
}

/// Cases around a point.
#[derive(Clone, Debug, PartialEq)]
pub struct NearQuery {
    /// The centre.
    pub place: LonLat,
    /// The radius in metres, at most 5,000.
    pub metres: f64,
    /// Procedures; empty for all.
    pub kinds: Vec<Name>,
    /// States; empty for all.
    pub states: Vec<Name>,
    /// Open or ended only.
    pub open: Option<bool>,
    /// A category and everything below it.
    pub category: Option<Name>,
    /// Changed at or after.
    pub changed_from: Option<Instant>,
    /// Whether need-to-know cases count.
    pub need_to_know: bool,
    /// A case to leave out.
    pub except: Option<CaseId>,
    /// How many, nearest first.
    pub limit: usize,
}

/// Filters of the audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// By whom.
    pub person: Option<PersonId>,
    /// About which case.
    pub case: Option<CaseId>,
    /// What: `record`, `login`, `export`.
    pub act: Option<Name>,
    /// At or after.
    pub from: Option<Instant>,
    /// Before.
    pub to: Option<Instant>,
    /// The cursor of the page before.
    pub after: Option<String>,
    /// How many rows, at most 200.
    pub limit: usize,
}

/// One row of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Its id.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// By whom, as the log names them.
    pub actor: String,
    /// What.
    pub act: Name,
    /// About which case.
    pub case: Option<CaseId>,
    /// The record, when it was a change of a case.
    pub record: Option<i64>,
    /// In words or JSON.
    pub detail: String,
}

impl CaseRow {
    /// The light at `now`. The store's SQL gives the same answer; a property test holds them equal.
    pub fn light(&self, now: Instant) -> Light {
        if !self.is_open {
            return match self.on_time {
                Some(true) => Light::Good,
                Some(false) => Light::Late,
                None => Light::NotRated,
            };
        }
        let Some(clock) = &self.clock else { return Light::NotRated };
        if clock.due.is_some_and(|due| due < now) {
            Light::Late
        } else if clock.warn_at.is_some_and(|warn| warn <= now) {
            Light::Near
        } else {
            Light::Good
        }
    }
}
