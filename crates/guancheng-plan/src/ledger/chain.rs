//! Chains of steps: milestones of a work, stages of a document.

use guancheng_base::Day;

use super::{Facts, Light, Line, Next, Step, count::silence};
use crate::{
    Amount, Settings,
    model::{Plan, Stages},
};

/// A step due within so many days that nobody has reported is worth a warning.
const SOON_DAYS: i32 = 10;
/// Steps are further apart than reports of quantities: a chain is silent after this many cycles.
const CYCLES: i32 = 3;

pub(super) fn judge(line: &mut Line, plan: &Plan, stages: &Stages, facts: &Facts, settings: &Settings, today: Day) {
    line.steps = stages.steps.iter().map(|step| step_of(step, facts)).collect();
    let n = |n: usize| Amount::whole(i64::try_from(n).unwrap_or(i64::MAX));
    let done = line.steps.iter().filter(|step| step.done.is_some()).count();
    line.value = Some(n(done));
    line.target = Some(n(line.steps.len()));
    line.unit = "个节点".to_owned();
    line.degree = degree(&line.steps, today);
    let Some(next) = line.steps.iter().find(|step| step.done.is_none()).cloned() else {
        line.find(Light::Green, "全部节点已完成", "every step is reached");
        return;
    };
    line.next = Some(Next { title: next.title.clone(), due: next.due });
    judge_late(line, today);
    if next.due.0 - today.0 <= SOON_DAYS && next.due >= today && line.pending == 0 {
        let zh = format!("“{}”将于 {} 到期", next.title, next.due);
        line.find(Light::Amber, zh, format!("{} is due on {}", next.id, next.due));
    }
    if done == 0 && next.due >= today && line.last_sign.is_none() {
        line.find(Light::Grey, "尚未开始，未到时候", "not started and not yet due");
        return;
    }
    silence(line, plan, i32::from(settings.cycle_days) * CYCLES, today);
    if line.reasons.is_empty() {
        line.find(Light::Green, "按节点推进", "as planned");
    }
}

fn step_of(step: &crate::model::Milestone, facts: &Facts) -> Step {
    Step { id: step.id.clone(), title: step.title.clone(), due: step.due, done: facts.reached(&step.id) }
}

fn judge_late(line: &mut Line, today: Day) {
    let late: Vec<Step> = line.steps.iter().filter(|step| step.done.is_none() && step.due < today).cloned().collect();
    for step in late {
        let days = today.0 - step.due.0;
        let zh = format!("“{}”应于 {} 完成，已逾期 {days} 天", step.title, step.due);
        line.find(Light::Red, zh, format!("{} was due on {}, {days} days late", step.id, step.due));
    }
}

/// Steps that were due by today and are reached, of those that were due.
fn degree(steps: &[Step], today: Day) -> Option<i64> {
    let due: Vec<&Step> = steps.iter().filter(|step| step.due <= today || step.done.is_some()).collect();
    let reached = due.iter().filter(|step| step.done.is_some()).count();
    let thousandths = |n: usize| i64::try_from(n * 1000 / due.len().max(1)).unwrap_or(1000);
    (!due.is_empty()).then(|| thousandths(reached))
}
