//! The clocks of a case, and how they could be lengthened.

use guancheng_base::{Instant, Name};
use guancheng_calendar::Term;
use guancheng_case::{Case, Clock, ClockRun, ExtensionOption, LimitRule, Procedure, RunState};

use super::{moves::because, row::light, titles::Titles};
use crate::dto::{ClockState, ClockView, ExtensionOffer};

/// Every clock that has run, in declared order.
pub fn clocks(titles: Titles<'_>, procedure: &Procedure, case: &Case, now: Instant) -> Vec<ClockView> {
    let ran = procedure.clocks.iter().filter_map(|clock| Some((clock, case.clocks.get(&clock.id)?)));
    ran.map(|(clock, run)| view(titles, procedure, clock, run, now)).collect()
}

/// The clocks that could be lengthened now.
pub fn extensions(titles: Titles<'_>, procedure: &Procedure, options: Vec<ExtensionOption<'_>>) -> Vec<ExtensionOffer> {
    let offer = |option: ExtensionOption<'_>| {
        let title = titles.clock(procedure, &option.clock.id);
        let max = option.max?;
        Some(ExtensionOffer {
            clock: option.clock.id.to_string(),
            title: titles.lang.pick(format!("{title}延期"), format!("extend {title}")),
            possible: option.possible.is_ok(),
            because: because(titles, option.possible),
            max: max.n.as_f64(max.unit).floor() as i64,
            unit: max.unit.as_str().to_owned(),
        })
    };
    options.into_iter().filter_map(offer).collect()
}

fn view(titles: Titles<'_>, procedure: &Procedure, clock: &Clock, run: &ClockRun, now: Instant) -> ClockView {
    let until = run.ended_at.unwrap_or(now);
    let used = run.time.and_then(|time| time.elapsed(&procedure.calendar, until).ok().map(|used| (used, time.unit())));
    let (limit, limit_title) = limit(titles, procedure, clock, run);
    ClockView {
        id: clock.id.to_string(),
        title: titles.clock(procedure, &clock.id),
        state: state(run.state),
        light: light(run.light(now)),
        started_at: titles.moment(run.started_at),
        due: run.due.map(|due| titles.moment(due)),
        on_time: run.on_time,
        limit,
        limit_title,
        used_title: used.map(|(used, unit)| titles.amount(used, unit)).unwrap_or_default(),
        paused_since: run.paused.as_ref().map(|(_, since)| titles.moment(*since)),
        extended: i64::from(run.extended),
        basis: procedure.basis.clone(),
        why: clock.why.clone(),
    }
}

/// The limit as declared, and in words.
fn limit(titles: Titles<'_>, procedure: &Procedure, clock: &Clock, run: &ClockRun) -> (String, String) {
    match run.time.map(|time| time.term) {
        Some(Term::Limit(limit)) => (limit.to_string(), titles.limit(limit)),
        Some(Term::Until(day)) => (day.to_string(), titles.lang.pick(format!("至 {day}"), format!("until {day}"))),
        Some(Term::At(at)) => {
            let shown = titles.city.show(at);
            (shown.clone(), titles.lang.pick(format!("至 {shown}"), format!("until {shown}")))
        }
        None => (String::new(), no_limit(titles, procedure, clock)),
    }
}

fn no_limit(titles: Titles<'_>, procedure: &Procedure, clock: &Clock) -> String {
    let field = |field: &Name| titles.field(procedure, field);
    match &clock.limit {
        LimitRule::Field(id) => {
            titles.lang.pick(format!("未填“{}”，不计时", field(id)), format!("not rated: no {}", field(id)))
        }
        LimitRule::Fixed(_) | LimitRule::CodeList { .. } => titles.lang.pick("不计时", "not rated").to_owned(),
    }
}

fn state(state: RunState) -> ClockState {
    match state {
        RunState::Running => ClockState::Running,
        RunState::Paused => ClockState::Paused,
        RunState::Stopped => ClockState::Stopped,
        RunState::Cancelled => ClockState::Cancelled,
        RunState::Expired => ClockState::Expired,
    }
}
