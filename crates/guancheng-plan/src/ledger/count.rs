//! Quantities: the sum of what counts against the target, the curve and the pace.

use guancheng_base::Day;

use super::{Facts, Light, Line, Next};
use crate::{
    Amount, Settings,
    model::{Count, Plan},
};

/// Where the present pace leads by the due day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// The careful end of the interval.
    pub low: Amount,
    /// At the present pace.
    pub mid: Amount,
    /// The hopeful end.
    pub high: Amount,
    /// By this day.
    pub by: Day,
}

/// The pace is measured over this many months before today.
const PACE_MONTHS: usize = 6;
/// A month that began fewer days ago says little about the pace alone and is taken together with the one before.
const SHORT_DAYS: i32 = 9;
/// A curve that asks for less than this many thousandths leaves a line grey.
const STARTED_SHARE: i64 = 50;
/// Four of five normally spread paces lie within this many standard errors.
const INTERVAL: f64 = 1.28;

pub(super) fn judge(line: &mut Line, plan: &Plan, count: &Count, facts: &Facts, settings: &Settings, today: Day) {
    let value = facts.value();
    let now = planned(plan, count, settings, today);
    line.value = Some(value);
    line.target = Some(count.target);
    line.unit.clone_from(&count.unit);
    line.planned = Some(now);
    line.degree = degree(value, now, count, today);
    if value >= count.target {
        line.find(Light::Green, "已达到目标", "the target is reached");
        return;
    }
    line.next = Some(Next { title: format!("{} {}", count.target, count.unit), due: count.due });
    if today > count.due {
        let short = value.short_of(count.target);
        let zh = format!("已过时限 {}，还差 {short} {}", count.due, count.unit);
        line.find(Light::Red, zh, format!("past due {}, {short} {} short", count.due, count.unit));
        return;
    }
    line.forecast = forecast(plan, count, facts, settings, today);
    judge_pace(line, count);
    judge_curve(line, value, now, count);
    judge_silence(line, plan, settings, today);
    if line.light == Light::Grey && line.reasons.is_empty() {
        line.find(Light::Green, "按计划推进", "as planned");
    }
}

/// What the curve asks for by the end of `day`.
pub fn planned(plan: &Plan, count: &Count, settings: &Settings, day: Day) -> Amount {
    let first = plan.first_day();
    if day >= count.due {
        return count.target;
    }
    let days = i64::from(count.due.0 - first.0) + 1;
    let gone = i64::from(day.0 - first.0) + 1;
    if gone <= 0 || days <= 0 {
        return Amount::ZERO;
    }
    let curve: &[u8] = if count.curve.len() == 12 { &count.curve } else { &settings.curve };
    // The twelve points stand at equal distances from the first day to the due day.
    let at = gone * 12;
    let month = usize::try_from(at / days).unwrap_or(0);
    let before = if month == 0 { 0 } else { i64::from(curve.get(month - 1).copied().unwrap_or(100)) };
    let after = i64::from(curve.get(month).copied().unwrap_or(100));
    let percent_of_days = before * days + (after - before) * (at % days);
    let planned = i128::from(count.target.0) * i128::from(percent_of_days) / i128::from(days * 100);
    Amount(i64::try_from(planned).unwrap_or(count.target.0))
}

/// Before the curve asks for anything there is nothing to fall short of.
fn degree(value: Amount, planned: Amount, count: &Count, today: Day) -> Option<i64> {
    let asked = if today > count.due { count.target } else { planned };
    if asked.share_of(count.target).unwrap_or(0) < STARTED_SHARE && value < asked {
        return None;
    }
    value.share_of(asked).map(|share| share.min(1000))
}

fn judge_pace(line: &mut Line, count: &Count) {
    let Some(forecast) = line.forecast else { return };
    let (due, unit) = (count.due, &count.unit);
    let short = forecast.mid.short_of(count.target);
    let zh = format!("按目前进度，到 {due} 约 {} {unit}，差 {short}", forecast.mid);
    let en = format!("at this rate {} {unit} by {due}, {short} short", forecast.mid);
    if i128::from(forecast.high.0) * 50 < i128::from(count.target.0) * 49 {
        line.find(Light::Red, zh, en);
    } else if forecast.mid < count.target {
        line.find(Light::Amber, zh, en);
    }
}

fn judge_curve(line: &mut Line, value: Amount, planned: Amount, count: &Count) {
    let untouched = line.last_sign.is_none();
    if untouched && planned.share_of(count.target).unwrap_or(0) < STARTED_SHARE {
        line.find(Light::Grey, "尚未开始，未到时候", "not started and not yet due");
        return;
    }
    if i128::from(value.0) * 10 < i128::from(planned.0) * 9 {
        let behind = value.short_of(planned);
        let zh = format!("比月度计划落后 {behind} {}", count.unit);
        line.find(Light::Amber, zh, format!("{behind} {} behind the curve", count.unit));
    }
}

fn judge_silence(line: &mut Line, plan: &Plan, settings: &Settings, today: Day) {
    silence(line, plan, i32::from(settings.cycle_days), today);
}

/// Red after two cycles without a sign of life, amber after one. A line that has not begun is judged by its curve.
pub(super) fn silence(line: &mut Line, plan: &Plan, cycle: i32, today: Day) {
    let Some(last) = line.last_sign else { return };
    let days = today.0 - last.max(plan.first_day()).0;
    let (zh, en) = (format!("已 {days} 天没有新的记录"), format!("no sign of life for {days} days"));
    if days > cycle * 2 {
        line.find(Light::Red, zh, en);
    } else if days > cycle {
        line.find(Light::Amber, zh, en);
    }
}

/// The remaining plan at the pace of the last months: what was done in all over what was planned in all, a ratio of
/// sums. The interval comes from how much the months differ from that pace.
fn forecast(plan: &Plan, count: &Count, facts: &Facts, settings: &Settings, today: Day) -> Option<Forecast> {
    let months = months(plan, count, facts, settings, today);
    if months.len() < 2 {
        return None;
    }
    let n = months.len() as f64;
    let asked: f64 = months.iter().map(|(asked, _)| asked).sum();
    let pace = months.iter().map(|(_, done)| done).sum::<f64>() / asked;
    let residual = |(asked, done): &(f64, f64)| (done - pace * asked) * (done - pace * asked);
    let variance = months.iter().map(residual).sum::<f64>() / (n - 1.0);
    let error = INTERVAL * (variance * n).sqrt() / asked;
    let (value, left) = (facts.value(), planned(plan, count, settings, today).short_of(count.target));
    let at = |pace: f64| Amount::from_f64(value.as_f64() + pace.max(0.0) * left.as_f64()).unwrap_or(value);
    Some(Forecast { low: at(pace - error), mid: at(pace), high: at(pace + error), by: count.due })
}

/// What was planned and what was done in each of the last months.
fn months(plan: &Plan, count: &Count, facts: &Facts, settings: &Settings, today: Day) -> Vec<(f64, f64)> {
    let mut months = Vec::new();
    let (mut from, mut to) = (super::period::month_of(today).0, today);
    if to.0 - from.0 < SHORT_DAYS {
        from = super::period::month_of(from.plus(-1)).0;
    }
    while months.len() < PACE_MONTHS && to >= plan.first_day() {
        let asked = planned(plan, count, settings, to).0 - planned(plan, count, settings, from.plus(-1)).0;
        let done: Amount =
            facts.counted().filter(|one| one.first >= from && one.last <= to).map(|one| one.amount).sum();
        if asked > 0 {
            months.push((Amount(asked).as_f64(), done.as_f64()));
        }
        to = from.plus(-1);
        from = super::period::month_of(to).0;
    }
    months
}
