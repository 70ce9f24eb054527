//! Meetings: each belongs to a period of its series and is held once; its decisions are cases already opened.

use guancheng_base::{Day, ErrorCode};
use guancheng_case::Refusal;

use super::{World, adopted, find, known_office, refuse, written, wrong};
use crate::{
    Command, Event, NewDecision,
    ledger::{agenda, period_of},
    model::{Decision, Meeting, Plan},
};

/// Most characters of minutes.
const MINUTES_MAX: usize = 10_000;
/// A meeting is recorded within so many days, so that a missed one cannot be written in long afterwards.
const RECORD_DAYS: i32 = 14;
/// Most decisions of one meeting.
const DECISIONS_MAX: usize = 50;

pub(super) fn decide(plan: &Plan, command: &Command, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    let Command::HoldMeeting { series, period, held_on, present, minutes, decisions } = command else {
        return Ok(Vec::new());
    };
    adopted(plan)?;
    let period = due_period(series, *period, *held_on, world)?;
    if plan.meetings.iter().any(|held| held.series == *series && held.period == period) {
        let zh = "这一期会议已有记录；补充内容请写入下一期";
        return Err(refuse(ErrorCode::AlreadyRuled, zh, "this meeting is recorded; add to the next one"));
    }
    if decisions.len() > DECISIONS_MAX {
        let zh = format!("一次会议最多 {DECISIONS_MAX} 项决定");
        return Err(wrong("decisions", zh, format!("at most {DECISIONS_MAX} decisions")));
    }
    let mut taken = Vec::new();
    for (decision, case) in decisions.iter().zip(world.decided) {
        check_decision(plan, decision, *held_on, world)?;
        taken.push(Decision {
            text: written("decisions", &decision.text, 500)?,
            office: decision.office,
            due: decision.due,
            commitment: decision.commitment.clone(),
            case: *case,
        });
    }
    let agenda = world.frozen.map(|frozen| agenda::of_lines(&frozen.lines)).unwrap_or_default();
    let meeting = Meeting {
        series: series.clone(),
        period,
        held_on: *held_on,
        present: written("present", present, 500)?,
        minutes: written("minutes", minutes, MINUTES_MAX)?,
        agenda,
        decisions: taken,
        stamp: world.stamp(),
    };
    Ok(vec![Event::MeetingHeld { meeting }])
}

/// A decision is about a commitment that there is, and leaves time to carry it out.
fn check_decision(plan: &Plan, decision: &NewDecision, held_on: Day, world: World<'_>) -> Result<(), Refusal> {
    known_office(world, "decisions", decision.office)?;
    if let Some(id) = &decision.commitment {
        find(plan, id)?;
    }
    if decision.due < held_on {
        let zh = format!("完成时限 {} 早于会议日期 {held_on}", decision.due);
        return Err(wrong("decisions", zh, format!("due {} is before the meeting on {held_on}", decision.due)));
    }
    Ok(())
}

/// The first day of the period the meeting belongs to.
fn due_period(series: &str, day: Day, held_on: Day, world: World<'_>) -> Result<Day, Refusal> {
    let Some(known) = world.settings.series(series) else {
        let all: Vec<&str> = world.settings.series.iter().map(|series| series.id.as_str()).collect();
        let all = all.join(", ");
        return Err(wrong(
            "series",
            format!("没有会议 {series}；现有：{all}"),
            format!("no series {series}; there are: {all}"),
        ));
    };
    let (from, to) = period_of(known.cadence, day);
    if held_on > world.today {
        return Err(wrong("held_on", "会议日期不能晚于今天", "a meeting cannot have been held after today"));
    }
    if world.today.0 - held_on.0 > RECORD_DAYS {
        let zh = format!("会议须在召开后 {RECORD_DAYS} 日内记录；{held_on} 的会议已不能补记");
        let en = format!("a meeting is recorded within {RECORD_DAYS} days; {held_on} is longer ago");
        return Err(refuse(ErrorCode::WindowPassed, zh, en));
    }
    if held_on < from || held_on > to.plus(31) {
        let zh = format!("本期为 {from} 至 {to}，会议日期 {held_on} 不在本期或其后一个月内");
        return Err(wrong("held_on", zh, format!("the period is {from} to {to}; {held_on} is outside it")));
    }
    Ok(from)
}
