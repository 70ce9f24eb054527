//! The reviewer's desk: confirm, split, merge, correct, name offices, bind. Only a draft is reviewed; what is adopted is
//! amended by a case.

use guancheng_base::ErrorCode;
use guancheng_case::Refusal;

use super::{World, find, known_office, refuse, written, wrong};
use crate::{
    Command, Event,
    model::{Answer, Binding, Commitment, Count, CounterCheck, Plan, Quantity, Rate, Schedule, Stages, Status},
    text::{is_separator, slice, trim},
};

/// Most characters of an answer, a reason, plain words.
const TEXT_MAX: usize = 500;
/// Most steps of a chain.
const STEPS_MAX: usize = 24;
/// Most characters of the name of a step, a unit, a procedure.
const NAME_MAX: usize = 100;
/// A schedule may reach into the years beside the plan's; every period of it is looked at whenever the ledger is read.
const SCHEDULE_DAYS_MAX: i32 = 366;

pub(super) fn decide(plan: &Plan, command: &Command, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    if let Command::PutInWords { commitment, words } = command {
        return put_in_words(plan, commitment, words);
    }
    if plan.status == Status::Adopted {
        let zh = "要点已发布，内容只能经调整审批程序修改；请发起“要点调整”";
        let en = "the plan is in force; it is changed by an amendment case only";
        return Err(refuse(ErrorCode::MoveNotPossible, zh, en));
    }
    match command {
        Command::Confirm { commitments } => confirm(plan, commitments, world),
        Command::Unconfirm { commitment } => {
            let stood = find(plan, commitment)?.confirmed.is_some();
            Ok(stood.then(|| Event::Unconfirmed { commitment: commitment.clone() }).into_iter().collect())
        }
        Command::Split { commitment, at } => split(plan, find(plan, commitment)?, *at),
        Command::Merge { commitment } => merge(plan, find(plan, commitment)?),
        other => correct(plan, other, world),
    }
}

fn correct(plan: &Plan, command: &Command, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    let event = match command.clone() {
        Command::Reclass { commitment, class } => {
            if find(plan, &commitment)?.class == class {
                return Ok(Vec::new());
            }
            Event::Reclassed { commitment, class }
        }
        Command::Requantify { commitment, quantities } => {
            find(plan, &commitment)?;
            quantities.iter().try_for_each(check_quantity)?;
            Event::Requantified { commitment, quantities }
        }
        Command::NameOffices { commitment, lead, mut assist } => {
            find(plan, &commitment)?;
            lead.into_iter().try_for_each(|office| known_office(world, "lead", office))?;
            assist.iter().try_for_each(|office| known_office(world, "assist", *office))?;
            let mut seen = std::collections::BTreeSet::new();
            assist.retain(|office| Some(*office) != lead && seen.insert(*office));
            Event::OfficesNamed { commitment, lead, assist }
        }
        Command::Weigh { commitment, weight } => {
            find(plan, &commitment)?;
            if weight > 100 {
                return Err(wrong("weight", "权重为 0 至 100 分", "a weight is 0 to 100 points"));
            }
            Event::Weighed { commitment, weight }
        }
        Command::Answer { commitment, question, text } => answer(plan, commitment, question, &text, world)?,
        Command::Bind { commitment, binding } => {
            find(plan, &commitment)?;
            check_binding(plan, &binding)?;
            Event::Bound { commitment, binding }
        }
        Command::Watch { commitment, counter } => {
            find(plan, &commitment)?;
            Event::Watched { commitment, counter: check_counter(counter)? }
        }
        _ => return Ok(Vec::new()),
    };
    Ok(vec![event])
}

fn confirm(plan: &Plan, ids: &[String], world: World<'_>) -> Result<Vec<Event>, Refusal> {
    let mut open = Vec::new();
    for id in ids {
        if find(plan, id)?.confirmed.is_none() && !open.contains(id) {
            open.push(id.clone());
        }
    }
    let event = || Event::Confirmed { commitments: open.clone(), stamp: world.stamp() };
    Ok((!open.is_empty()).then(event).into_iter().collect())
}

fn put_in_words(plan: &Plan, id: &str, words: &str) -> Result<Vec<Event>, Refusal> {
    find(plan, id)?;
    let words = if words.trim().is_empty() { String::new() } else { written("words", words, TEXT_MAX)? };
    Ok(vec![Event::PutInWords { commitment: id.to_owned(), words }])
}

fn answer(plan: &Plan, id: String, question: String, text: &str, world: World<'_>) -> Result<Event, Refusal> {
    let asked = find(plan, &id)?.questions.iter().any(|asked| asked.id == question);
    if !asked {
        let zh = format!("任务 {id} 没有问题 {question}");
        return Err(wrong("question", zh, format!("commitment {id} has no question {question}")));
    }
    let answer = Answer { text: written("text", text, TEXT_MAX)?, stamp: world.stamp() };
    Ok(Event::Answered { commitment: id, question, answer })
}

/// Parts a commitment at a position of its item's text. Separators around the cut belong to neither half.
fn split(plan: &Plan, whole: &Commitment, at: u32) -> Result<Vec<Event>, Refusal> {
    let (from, to) = whole.span;
    let text = plan.item(whole.item).map(|item| item.text.as_str()).unwrap_or_default();
    let halves = [trim(text, (from, at.clamp(from, to))), trim(text, (at.clamp(from, to), to))];
    if halves.iter().any(|(from, to)| from >= to) {
        let zh = format!("拆分位置应在 {} 与 {to} 之间，且两边都要有文字", from + 1);
        return Err(wrong("at", zh, format!("cut between {} and {to}, with words on both sides", from + 1)));
    }
    let new = halves.iter().zip(["a", "b"]).map(|(span, letter)| half(whole, text, *span, letter)).collect();
    Ok(vec![Event::Replaced { old: vec![whole.id.clone()], new }])
}

fn half(whole: &Commitment, text: &str, span: (u32, u32), letter: &str) -> Commitment {
    let words = slice(text, span);
    let mut half = Commitment { id: format!("{}{letter}", whole.id), span, text: words.clone(), ..whole.clone() };
    half.quantities.retain(|quantity| words.contains(&quantity.text));
    half.named.retain(|name| words.contains(name.as_str()));
    half.questions.retain(|question| words.contains(&question.about));
    half.confirmed = None;
    half.binding = None;
    half
}

fn merge(plan: &Plan, first: &Commitment) -> Result<Vec<Event>, Refusal> {
    let of_item = plan.commitments.values().filter(|other| other.item == first.item);
    let next = of_item.filter(|other| other.span.0 >= first.span.1).min_by_key(|other| other.span.0);
    let text = plan.item(first.item).map(|item| item.text.as_str()).unwrap_or_default();
    let touching = |next: &&Commitment| slice(text, (first.span.1, next.span.0)).chars().all(is_separator);
    let Some(next) = next.filter(touching) else {
        let zh = format!("任务 {} 之后没有可以合并的相邻任务", first.id);
        let en = format!("no commitment follows {} that it could be joined with", first.id);
        return Err(wrong("commitment", zh, en));
    };
    let span = (first.span.0, next.span.1);
    let mut joined = Commitment { span, text: slice(text, span), confirmed: None, binding: None, ..first.clone() };
    joined.quantities.extend(next.quantities.iter().cloned());
    joined.named.extend(next.named.iter().cloned());
    joined.weight = first.weight.max(next.weight);
    for question in &next.questions {
        let taken = joined.questions.iter().any(|other| other.id == question.id);
        let id = if taken { format!("{}-{}", question.id, joined.questions.len() + 1) } else { question.id.clone() };
        joined.questions.push(crate::model::Question { id, ..question.clone() });
    }
    Ok(vec![Event::Replaced { old: vec![first.id.clone(), next.id.clone()], new: vec![joined] }])
}

fn check_quantity(quantity: &Quantity) -> Result<(), Refusal> {
    if !["=", ">=", "<=", "~"].contains(&quantity.comparator.as_str()) {
        let zh = format!("比较符应为 =、>=、<= 或 ~，收到的是 {}", quantity.comparator);
        return Err(wrong("quantities", zh, "a comparator is =, >=, <= or ~"));
    }
    if quantity.unit.chars().count() > 20 || quantity.value.0 < 0 {
        return Err(wrong(
            "quantities",
            "数量不能为负，单位最多 20 字",
            "an amount is not negative, a unit has at most 20 characters",
        ));
    }
    Ok(())
}

/// Whether a commitment can be bound so in the plan's year.
///
/// # Errors
/// What is wrong with it: no target, a curve that falls, steps without ids or days before the year.
pub fn check_binding(plan: &Plan, binding: &Binding) -> Result<(), Refusal> {
    match binding {
        Binding::Count(count) => check_count(plan, count),
        Binding::Indicator(rate) | Binding::Duty(rate) => check_rate(rate),
        Binding::Milestones(stages) | Binding::Document(stages) => check_stages(plan, stages),
        Binding::Schedule(schedule) => check_schedule(plan, schedule),
        Binding::Mechanism { alive_days } if *alive_days == 0 => {
            Err(wrong("alive_days", "存活天数应至少为 1", "alive_days is at least 1"))
        }
        Binding::Mechanism { .. } | Binding::Opinion => Ok(()),
    }
}

fn check_count(plan: &Plan, count: &Count) -> Result<(), Refusal> {
    if count.target.0 <= 0 {
        return Err(wrong("target", "目标数量应大于 0", "the target is above zero"));
    }
    written("unit", &count.unit, NAME_MAX)?;
    if count.due < plan.first_day() {
        let zh = format!("完成时限不能早于 {}", plan.first_day());
        return Err(wrong("due", zh, format!("due not before {}", plan.first_day())));
    }
    let rising = count.curve.windows(2).all(|pair| pair.first() <= pair.last());
    let whole = count.curve.is_empty() || (count.curve.len() == 12 && count.curve.last() == Some(&100));
    if rising && whole {
        return Ok(());
    }
    let zh = "月度计划为 12 个不下降的百分数，十二月为 100";
    Err(wrong("curve", zh, "a curve is twelve percentages that never fall and end at 100"))
}

fn check_rate(rate: &Rate) -> Result<(), Refusal> {
    if !(0..=100_000).contains(&rate.target.0) {
        return Err(wrong("target", "比率目标应在 0 至 100 之间", "a rate is between 0 and 100"));
    }
    written("procedure", &rate.procedure, NAME_MAX)?;
    Ok(())
}

fn check_stages(plan: &Plan, stages: &Stages) -> Result<(), Refusal> {
    if stages.steps.is_empty() || stages.steps.len() > STEPS_MAX {
        return Err(wrong("steps", format!("节点应有 1 至 {STEPS_MAX} 个"), format!("1 to {STEPS_MAX} steps")));
    }
    let mut seen = std::collections::BTreeSet::new();
    for step in &stages.steps {
        if step.id.trim().is_empty() || step.title.trim().is_empty() || !seen.insert(&step.id) {
            let zh = "每个节点要有各不相同的编号和名称";
            return Err(wrong("steps", zh, "each step has an id of its own and a title"));
        }
        written("steps", &step.id, NAME_MAX)?;
        written("steps", &step.title, NAME_MAX)?;
        if step.due < plan.first_day() {
            let zh = format!("节点“{}”的时限 {} 早于要点年度", step.title, step.due);
            return Err(wrong("steps", zh, format!("step {} is due before the year of the plan", step.id)));
        }
    }
    Ok(())
}

fn check_schedule(plan: &Plan, schedule: &Schedule) -> Result<(), Refusal> {
    let (first, last) = (plan.first_day().plus(-SCHEDULE_DAYS_MAX), plan.last_day().plus(SCHEDULE_DAYS_MAX));
    if schedule.from < first || schedule.to > last {
        let zh = format!("起止日期应在 {first} 至 {last} 之间");
        return Err(wrong("from", zh, format!("the days lie between {first} and {last}")));
    }
    if schedule.to < schedule.from {
        return Err(wrong("to", "结束日期早于开始日期", "the last day is before the first"));
    }
    if schedule.times == Some(0) {
        return Err(wrong("times", "次数应至少为 1", "at least once"));
    }
    Ok(())
}

fn check_counter(counter: CounterCheck) -> Result<CounterCheck, Refusal> {
    Ok(match counter {
        CounterCheck::Indicator { text } => CounterCheck::Indicator { text: written("text", &text, TEXT_MAX)? },
        CounterCheck::Waived { reason } => CounterCheck::Waived { reason: written("reason", &reason, TEXT_MAX)? },
    })
}
