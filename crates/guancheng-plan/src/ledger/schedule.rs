//! Schedules: a miss shows as clearly as a missed case.

use guancheng_base::Day;

use super::{Facts, Held, Light, Line, Next, Occurrence, occurrences};
use crate::{Amount, model::Schedule};

pub(super) fn judge(line: &mut Line, schedule: &Schedule, facts: &Facts, today: Day) {
    let all = occurrences(schedule, facts, today);
    let held = Held::of(&all);
    let expected = schedule.times.unwrap_or(u32::try_from(all.len()).unwrap_or(u32::MAX));
    line.value = Some(Amount::whole(i64::from(held.held + held.late)));
    line.target = Some(Amount::whole(i64::from(expected)));
    line.unit = "次".to_owned();
    line.held = Some(held);
    let next = all.iter().find(|one| one.is_open());
    line.next = next.map(|one| Next { title: format!("{} 至 {}", one.from, one.to), due: one.to });
    match schedule.times {
        Some(times) => judge_number(line, schedule, times, held, today),
        None => judge_rhythm(line, &all, held),
    }
}

/// A number a year without a rhythm: measured against the share of the time that has gone.
fn judge_number(line: &mut Line, schedule: &Schedule, times: u32, held: Held, today: Day) {
    let days = i64::from(schedule.to.0 - schedule.from.0) + 1;
    let gone = (i64::from(today.0 - schedule.from.0) + 1).clamp(0, days);
    let asked = i64::from(times) * gone / days.max(1);
    let done = i64::from(held.held + held.late);
    line.planned = Some(Amount::whole(asked));
    line.degree = (asked > 0).then(|| (done * 1000 / asked).min(1000));
    let (zh, en) =
        (format!("已举办 {done} 次，按时间应有 {asked} 次"), format!("{done} held, {asked} expected by now"));
    let light = match () {
        () if done >= i64::from(times) => Light::Green,
        () if today > schedule.to => Light::Red,
        () if asked == 0 && done == 0 => Light::Grey,
        () if done * 10 < asked * 5 => Light::Red,
        () if done * 10 < asked * 9 => Light::Amber,
        () => Light::Green,
    };
    line.find(light, zh, en);
}

fn judge_rhythm(line: &mut Line, all: &[Occurrence], held: Held) {
    let due = held.held + held.late + held.missed;
    if due == 0 {
        line.find(Light::Grey, "尚未到第一期", "the first period has not ended");
        return;
    }
    line.degree = Some(i64::from(held.held + held.late) * 1000 / i64::from(due));
    let past: Vec<&Occurrence> = all.iter().filter(|one| one.is_past()).collect();
    let missed_lately = past.iter().rev().take(2).filter(|one| one.is_missed()).count();
    let zh = format!("应有 {due} 次，按期 {}，补办 {}，缺 {}", held.held, held.late, held.missed);
    let en = format!("{due} due: {} held, {} late, {} missed", held.held, held.late, held.missed);
    let light = match () {
        () if missed_lately == 2 || held.missed * 4 > due => Light::Red,
        () if missed_lately > 0 || held.missed * 10 > due => Light::Amber,
        () => Light::Green,
    };
    line.find(light, zh, en);
}
