//! What the store knows of plans beside their records.

use guancheng_base::{Day, Instant, OfficeId};
use guancheng_case::Standing;
use guancheng_plan::{Amount, ledger};

use super::CaseRow;

/// What a case reports of a plan, derived from its state.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressRow {
    /// The plan.
    pub plan: i64,
    /// The commitment.
    pub commitment: String,
    /// The step reached, the first day of an occurrence, or nothing.
    pub step: String,
    /// The day it is about.
    pub day: Day,
    /// The quantity.
    pub amount: Amount,
    /// How it stands.
    pub standing: Standing,
    /// The reporting office.
    pub unit: Option<OfficeId>,
    /// How many fields a person typed.
    pub typed: u32,
}

/// Reports of one commitment, summed.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressSum {
    /// The commitment.
    pub commitment: String,
    /// The sums.
    pub progress: ledger::Progress,
}

/// A report with the case it is.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressCase {
    /// The case.
    pub row: CaseRow,
    /// What it reports.
    pub progress: ProgressRow,
}

/// Openings and endings of a kind of cases over some days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closings {
    /// Cases opened.
    pub opened: u32,
    /// Cases ended.
    pub closed: u32,
    /// Of those, with a verdict about time.
    pub rated: u32,
    /// Of those, in time.
    pub on_time: u32,
    /// Of those that ended, without a failed check.
    pub first_time: u32,
    /// The last day on which one ended late.
    pub last_late: Option<Day>,
    /// The last day on which one ended after a failed check.
    pub last_failed: Option<Day>,
}

/// Which cases are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingsQuery {
    /// The procedure.
    pub kind: String,
    /// Only categories that begin like this; empty for all.
    pub category: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// What people of an office typed for a plan in some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burden {
    /// The office.
    pub office: OfficeId,
    /// Fields.
    pub fields: u32,
    /// Reports.
    pub reports: u32,
}

/// From when, up to and without when.
pub type Stretch = (Instant, Instant);
