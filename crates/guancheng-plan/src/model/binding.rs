//! What fulfils a commitment. From the binding on its progress is read from recorded work.

use guancheng_base::Day;
use serde::{Deserialize, Serialize};

use crate::Amount;

/// How often something is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
    /// Twice a year.
    HalfYearly,
    /// Once a year.
    Yearly,
}

/// What fulfils a commitment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Binding {
    /// 计数: approved, evidenced reports of a quantity add up to a target.
    Count(Count),
    /// 节点: a chain of milestones, each with its day and its proof.
    Milestones(Stages),
    /// 指标: a measured rate of the operation.
    Indicator(Rate),
    /// 时限: a duty that is a procedure with clocks; its rate of cases done in time.
    Duty(Rate),
    /// 频次: occurrences by a schedule.
    Schedule(Schedule),
    /// 文件: a document with its stages.
    Document(Stages),
    /// 机制: an organisation or mechanism that must be alive.
    Mechanism {
        /// Days after the last meeting, or the last decision closed, after which it no longer counts as alive.
        alive_days: u16,
    },
    /// 评议: judged by opinion, and shown as such.
    Opinion,
}

/// A quantity to be reached by a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Count {
    /// How much, in `unit`.
    pub target: Amount,
    /// The unit as the plan writes it.
    pub unit: String,
    /// The last day.
    pub due: Day,
    /// Planned share of the target reached at the end of each month of the year, in percent, never falling.
    /// Empty: the usual curve of the city.
    #[serde(default)]
    pub curve: Vec<u8>,
}

/// A chain of steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stages {
    /// The steps in order.
    pub steps: Vec<Milestone>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Milestone {
    /// Its id within the commitment: `started`, `issued`.
    pub id: String,
    /// What is reached.
    pub title: String,
    /// By when.
    pub due: Day,
}

/// What a rate counts as good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Cases ended in time, of all that ended and are rated.
    OnTime,
    /// Cases ended, of all that were opened in the period.
    Closed,
    /// Cases ended without a failed check, of all that ended.
    FirstTime,
}

/// A rate of the operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rate {
    /// What counts as good.
    pub measure: Measure,
    /// The procedure whose cases are counted.
    pub procedure: String,
    /// Only cases of this category and those below it; empty for all.
    #[serde(default)]
    pub category: String,
    /// Percent to be reached.
    pub target: Amount,
    /// Below so many cases the rate is not rated.
    pub min_cases: u32,
}

/// Occurrences to be held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Schedule {
    /// How often.
    pub cadence: Cadence,
    /// First day of the first period.
    pub from: Day,
    /// Last day of the last period.
    pub to: Day,
    /// So many in all, where the plan gives a number instead of a rhythm; the cadence then only spreads them.
    #[serde(default)]
    pub times: Option<u32>,
}

impl Binding {
    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Binding::Count(_) => "count",
            Binding::Milestones(_) => "milestones",
            Binding::Indicator(_) => "indicator",
            Binding::Duty(_) => "duty",
            Binding::Schedule(_) => "schedule",
            Binding::Document(_) => "document",
            Binding::Mechanism { .. } => "mechanism",
            Binding::Opinion => "opinion",
        }
    }

    /// Whether it names a target that needs a counter-indicator or a written reason.
    pub fn has_target(&self) -> bool {
        matches!(self, Binding::Count(_) | Binding::Indicator(_) | Binding::Duty(_))
    }

    /// The last day on which it can still be fulfilled; `None` for what has no end but the year's.
    pub fn due(&self) -> Option<Day> {
        match self {
            Binding::Count(count) => Some(count.due),
            Binding::Milestones(stages) | Binding::Document(stages) => stages.steps.iter().map(|step| step.due).max(),
            Binding::Schedule(schedule) => Some(schedule.to),
            Binding::Indicator(_) | Binding::Duty(_) | Binding::Mechanism { .. } | Binding::Opinion => None,
        }
    }
}
