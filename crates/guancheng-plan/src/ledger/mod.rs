//! The ledger: one line per commitment, a view over recorded work. Nobody types a light; a person can only add a red
//! by asking for help. The same plan, facts and day give the same lines, always.

pub mod agenda;
mod chain;
mod count;
mod facts;
mod freeze;
mod light;
mod mechanism;
mod opinion;
mod period;
mod rate;
mod schedule;
#[cfg(test)]
mod tests;

use guancheng_base::Day;
use guancheng_case::{Standing, Text};
use serde::{Deserialize, Serialize};

pub use count::{Forecast, planned};
pub use facts::{Facts, Progress, RateFact};
pub use freeze::freeze;
pub use light::Light;
pub use period::{Held, Occurrence, meetings, occurrences, period_of};

use crate::{
    Amount, Settings,
    model::{Binding, Commitment, Plan},
};

/// Where a value comes from, shown with it for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 系统: read from the operation.
    System,
    /// 抽查: reported, approved, and samples of it stood up to an inspection on site.
    Inspected,
    /// 自报: reported by the office, approved by another post.
    SelfReported,
    /// 评议: judged.
    Opinion,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// What: a milestone, an occurrence, the target.
    pub title: String,
    /// By when.
    pub due: Day,
}

/// A step of a chain as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// By when.
    pub due: Day,
    /// When it was reached.
    pub done: Option<Day>,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The commitment.
    pub commitment: String,
    /// Its light.
    pub light: Light,
    /// Why; the first one decides.
    pub reasons: Vec<Text>,
    /// What was reached.
    pub value: Option<Amount>,
    /// What is to be reached.
    pub target: Option<Amount>,
    /// The unit of both.
    pub unit: String,
    /// What the monthly curve asks for today.
    pub planned: Option<Amount>,
    /// Degree of fulfilment of what could be expected by today, in thousandths; nothing when it is not rated.
    pub degree: Option<i64>,
    /// Where the present pace leads.
    pub forecast: Option<Forecast>,
    /// Where the value comes from; nothing before there is one.
    pub source: Option<Source>,
    /// The day of the last sign of life.
    pub last_sign: Option<Day>,
    /// What comes next.
    pub next: Option<Next>,
    /// The last day on which it can be fulfilled.
    pub due: Option<Day>,
    /// Reports waiting for approval.
    pub pending: u32,
    /// Samples that failed and are not mended.
    pub failed: u32,
    /// The steps, where it is a chain.
    pub steps: Vec<Step>,
    /// Occurrences held, late and missed, where it is a schedule.
    pub held: Option<Held>,
}

impl Line {
    fn of(commitment: &Commitment, facts: &Facts) -> Self {
        Line {
            commitment: commitment.id.clone(),
            light: Light::Grey,
            reasons: Vec::new(),
            value: None,
            target: None,
            unit: String::new(),
            planned: None,
            degree: None,
            forecast: None,
            source: facts.source(),
            last_sign: facts.last_sign(),
            next: None,
            due: commitment.binding.as_ref().and_then(Binding::due),
            pending: facts.count(Standing::Pending),
            failed: facts.count(Standing::Failed),
            steps: Vec::new(),
            held: None,
        }
    }

    /// Adds a finding; the worst light wins and its reason comes first.
    fn find(&mut self, light: Light, zh: impl Into<String>, en: impl Into<String>) {
        let reason = Text::new(zh, en);
        if light > self.light || self.reasons.is_empty() {
            self.light = self.light.max(light);
            self.reasons.insert(0, reason);
        } else {
            self.reasons.push(reason);
        }
    }
}

/// The line of a commitment on `today`.
///
/// Light rule: red when past due, when even the hopeful end of the forecast falls short by more than
/// a fiftieth, when a sample failed, when
/// there was no sign of life for two cycles, or when help was asked for; amber when more than a tenth behind the curve
/// or older than one cycle; grey when not started and not due; green otherwise.
pub fn line(plan: &Plan, commitment: &Commitment, facts: &Facts, settings: &Settings, today: Day) -> Line {
    let mut line = Line::of(commitment, facts);
    match &commitment.binding {
        None => line.find(Light::Grey, "尚未选择落实方式", "bound to nothing yet"),
        Some(Binding::Count(count)) => count::judge(&mut line, plan, count, facts, settings, today),
        Some(Binding::Milestones(stages) | Binding::Document(stages)) => {
            chain::judge(&mut line, plan, stages, facts, settings, today);
        }
        Some(Binding::Indicator(rate) | Binding::Duty(rate)) => rate::judge(&mut line, rate, facts),
        Some(Binding::Schedule(schedule)) => schedule::judge(&mut line, schedule, facts, today),
        Some(Binding::Mechanism { alive_days }) => {
            mechanism::judge(&mut line, plan, *alive_days, facts, settings, today);
        }
        Some(Binding::Opinion) => opinion::judge(&mut line, commitment),
    }
    if line.failed > 0 {
        let (zh, en) = (format!("{} 次抽查不合格，尚未整改", line.failed), format!("{} samples failed", line.failed));
        line.find(Light::Red, zh, en);
    }
    if let Some(help) = &commitment.help {
        line.find(Light::Red, format!("请求支援：{}", help.text), format!("help wanted: {}", help.text));
    }
    line
}
