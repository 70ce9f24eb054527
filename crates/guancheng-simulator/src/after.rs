//! What follows an act: the next one is planned, questions go to their approvers, reporters are asked.

use guancheng_app::{AppError, Done, reopening};
use guancheng_base::{CaseId, Instant, Name, OfficeId};
use guancheng_calendar::Unit;
use guancheng_case::{
    Ask, AskWhat, Case, ClockRun, EvidenceKind, Holder, LimitRule, Procedure, State as CaseState, Trigger, Value,
};

use crate::{
    Dice,
    choose::{self, Choice},
    hours::{self, DAY, HOUR, MINUTE, Shift},
    play::Scene,
    state::{Known, Task},
};

/// After a timer: a deemed or planned move is followed up; whoever is late hurries now, perhaps.
pub(crate) fn timer(scene: &mut Scene<'_>, done: &Done) -> Result<(), AppError> {
    let known = scene.state.open.get(&done.case);
    let same = known.is_some_and(|known| known.state.as_ref() == Some(&done.row.state));
    if !same || !done.row.is_open {
        return plan(scene, done.case);
    }
    let late = done.row.clock.as_ref().and_then(|clock| clock.due).is_some_and(|due| due < scene.state.now);
    if late { hurry(scene, done) } else { Ok(()) }
}

/// A reminder brings the case forward; now and then the supervision writes to it.
fn hurry(scene: &mut Scene<'_>, done: &Done) -> Result<(), AppError> {
    let (stage, now) = (scene.stage, scene.state.now);
    let dice = stage.dice.at("hurry").nth(done.case.0).nth(i64::try_from(done.seq).unwrap_or(0));
    let soon = now.plus_ms(dice.at("wait").between(40, 600) * MINUTE);
    let soon = hours::next(stage.calendar(), Shift::Office, soon, dice);
    let planned = scene.state.open.get(&done.case).and_then(|known| known.think_at);
    if dice.at("heard").chance(0.6) && planned.is_some_and(|at| at > soon) {
        scene.state.take_up(done.case, Some(soon));
    }
    if dice.at("written").chance(0.15) { crate::talk::urge(scene, done.case) } else { Ok(()) }
}

/// Plans what happens with a case next.
pub(crate) fn plan(scene: &mut Scene<'_>, id: CaseId) -> Result<(), AppError> {
    let Some(case) = scene.tx.case(id)? else { return Ok(()) };
    if !case.is_open() {
        ended(scene, &case);
        return Ok(());
    }
    let procedure = scene.stage.city.procedure_of(&case)?.clone();
    let known = scene.state.open.entry(id).or_default();
    if known.state.as_ref() != Some(&case.state) {
        known.state = Some(case.state.clone());
        known.blocked.clear();
        known.tries = 0;
    }
    let dice = scene.stage.case_dice(&case).at("plan");
    questions(scene, &case, dice);
    happenings(scene, &procedure, &case, dice);
    let at = when(scene, &procedure, &case, dice);
    scene.state.take_up(id, at);
    Ok(())
}

/// Counts the end, and lets the reporter be asked.
fn ended(scene: &mut Scene<'_>, case: &Case) {
    let (now, stage) = (scene.state.now, scene.stage);
    if scene.state.open.remove(&case.id).is_none() && case.did.is_empty() {
        return;
    }
    let summary = &mut scene.state.summary;
    *summary.closed.entry(case.state.clone()).or_default() += 1;
    match case.light(now) {
        guancheng_case::Light::NotRated => {}
        light => {
            summary.rated += 1;
            summary.on_time += u32::from(light == guancheng_case::Light::Good);
        }
    }
    let Ok(procedure) = stage.city.procedure_of(case) else { return };
    let dice = stage.case_dice(case).at("answer");
    let answers = dice.chance(stage.options.behaviour.answers_percent.0 / 100.0);
    if let (true, Some(code)) = (answers && reopening(procedure, case).is_some(), &case.reporter) {
        let at = now.plus_ms(dice.at("days").between(4 * HOUR, 6 * DAY));
        let at = hours::next(stage.calendar(), Shift::Long, at, dice);
        scene.state.put(at, Task::Answer { case: case.id, code: code.clone() });
    }
}

/// Approvers rule within a day.
fn questions(scene: &mut Scene<'_>, case: &Case, dice: Dice) {
    for ask in case.asks.iter().filter(|ask| ask.ruling.is_none()) {
        if scene.state.first_time(case.id, format!("ask:{}", ask.id)) {
            scene.state.summary.asked += 1;
            let dice = dice.at("ask").nth(ask.id.0);
            let at = scene.state.now.plus_ms((dice.wait() * 2.0 * HOUR as f64) as i64);
            let at = hours::next(scene.stage.calendar(), Shift::Office, at, dice);
            scene.state.put(at, Task::Rule { case: case.id, ask: ask.id });
        }
    }
}

/// Parts of a review are answered, notices are published, and who sees it coming asks for more time.
fn happenings(scene: &mut Scene<'_>, procedure: &Procedure, case: &Case, dice: Dice) {
    let now = scene.state.now;
    for part in case.parts.iter().filter(|part| part.answer.is_none()) {
        let dice = dice.at("part").at(&part.id);
        let at = shared(now, part.due, 0.15 + 0.6 * dice.share());
        later(
            scene,
            case,
            format!("part:{}:{}", part.id, part.opened_at.0),
            at,
            dice,
            Task::Part { case: case.id, part: part.id.clone() },
        );
    }
    let running = case.clocks.iter().filter(|(_, run)| run.is_running());
    for (id, run, due) in running.filter_map(|(id, run)| run.due.map(|due| (id, run, due))) {
        for event in procedure.clock(id).iter().flat_map(|clock| &clock.stop).filter_map(happening) {
            let dice = dice.at("signal").at(event);
            let at = shared(now, due, 0.3 + 0.9 * dice.share());
            later(
                scene,
                case,
                format!("signal:{event}:{}", run.started_at.0),
                at,
                dice,
                Task::Signal { case: case.id, event: event.clone() },
            );
        }
        extension(scene, procedure, case, (id, run, due), dice.at("extend").at(id));
    }
}

fn extension(
    scene: &mut Scene<'_>,
    procedure: &Procedure,
    case: &Case,
    (id, run, due): (&Name, &ClockRun, Instant),
    dice: Dice,
) {
    let can = procedure.clock(id).and_then(|clock| clock.extend.as_ref());
    let left = due.0 - scene.state.now.0;
    let worth = can.is_some_and(|extend| run.extended < extend.times) && left > 2 * HOUR;
    if worth && dice.chance(0.045) {
        let at = shared(scene.state.now, due, 0.35 + 0.4 * dice.at("share").share());
        later(
            scene,
            case,
            format!("extend:{id}:{}", run.extended),
            at,
            dice,
            Task::Extend { case: case.id, clock: id.clone() },
        );
    }
}

fn happening(trigger: &Trigger) -> Option<&Name> {
    match trigger {
        Trigger::Event(event) => Some(event),
        Trigger::Enter(_) | Trigger::Move(_) => None,
    }
}

/// Puts a task on the agenda in office hours, once.
fn later(scene: &mut Scene<'_>, case: &Case, what: String, at: Instant, dice: Dice, task: Task) {
    if scene.state.first_time(case.id, what) {
        let at = hours::next(scene.stage.calendar(), Shift::Office, at, dice);
        scene.state.put(at, task);
    }
}

/// The moment at that share of the time from `now` to `due`.
fn shared(now: Instant, due: Instant, share: f64) -> Instant {
    now.plus_ms(((due.0 - now.0).max(0) as f64 * share) as i64)
}

/// When somebody takes the case up; `None` where only time or somebody's answer can move it.
fn when(scene: &mut Scene<'_>, procedure: &Procedure, case: &Case, dice: Dice) -> Option<Instant> {
    let (stage, now) = (scene.stage, scene.state.now);
    let state = procedure.state(&case.state)?;
    let none = Known::default();
    let choices = choose::choices(stage, procedure, case, scene.state.open.get(&case.id).unwrap_or(&none));
    let asked = |ask: &Ask| ask.ruling.is_none() && ask.state == case.state && matches!(ask.what, AskWhat::Move { .. });
    let answers = state.holder == Holder::Parts && case.parts.iter().any(|part| part.answer.is_none());
    let left_undone = choices.iter().all(|choice| choice.optional) && !dice.at("bother").chance(0.2);
    if choices.is_empty() || left_undone || answers || case.asks.iter().any(asked) {
        return None;
    }
    let shift = shift(procedure, case, state, &choices);
    let unit = unit(case, state);
    let pace = 0.7 + 0.5 * stage.dice.at("pace").nth(unit.map_or(-1, |office| office.0)).factor();
    let signed = on_line(scene, procedure, case) && signature(&choices);
    let lies = wait(case, state, now, pace, dice);
    let lies = if paced_by_clock(procedure, case, &choices) { lies } else { lies.min(step(dice)) };
    let lies = if signed { (lies / 6).min(5 * HOUR) + 3 * MINUTE } else { lies };
    let at = hours::next(stage.calendar(), shift, now.plus_ms(lies), dice);
    if left_lying(scene, procedure, (case, state), at, dice) {
        return None;
    }
    let Some(office) = unit.filter(|_| works(procedure, case) && !signed) else { return Some(at) };
    let work = dice.at("work").between(15, 80) * MINUTE;
    let done = scene.state.crew(office, stage.options.behaviour.crews, now, work);
    Some(at.max(hours::next(stage.calendar(), shift, done, dice)))
}

/// How long it lies: a share of the time that is left, longer where people are slow; overdue things some hours.
fn wait(case: &Case, state: &CaseState, now: Instant, pace: f64, dice: Dice) -> i64 {
    let due = case.main_clock().and_then(|(_, run)| run.due);
    let lies = dice.at("lies").factor();
    let Some(due) = due else {
        let hours = if matches!(state.holder, Holder::Role(_)) { 3.0 } else { 20.0 };
        return (dice.at("wait").wait() * hours * HOUR as f64) as i64;
    };
    let left = due.0 - now.0;
    if left <= 0 {
        return dice.at("late").between(30, 500) * MINUTE;
    }
    let desk = matches!(state.holder, Holder::Role(_)) && left < DAY;
    let share = if desk { 0.24 * lies } else { 0.28 * lies * pace };
    (left as f64 * share) as i64
}

/// Photos on the spot are taken by day; desks of the reporting procedure are always manned; the rest keeps office
/// hours, except where the time runs day and night.
fn shift(procedure: &Procedure, case: &Case, state: &CaseState, choices: &[Choice<'_>]) -> Shift {
    let on_the_spot = |choice: &Choice<'_>| {
        choice.mv.evidence.iter().any(|rule| rule.kind == EvidenceKind::Photo && rule.within_m.is_some())
    };
    let urgent = case
        .main_clock()
        .and_then(|(_, run)| run.time)
        .is_some_and(|time| matches!(time.unit(), Unit::UrgentHour | Unit::UrgentMinute));
    match &state.holder {
        Holder::Applicant | Holder::Party => Shift::Long,
        _ if urgent => Shift::Round,
        Holder::Role(_) if choices.iter().any(on_the_spot) => Shift::Long,
        Holder::Role(_) if is_loop(procedure) => Shift::Round,
        _ => Shift::Office,
    }
}

/// Whether it is the procedure by which things are reported day and night.
fn is_loop(procedure: &Procedure) -> bool {
    procedure.clocks.iter().any(|clock| match clock.limit {
        LimitRule::Fixed(limit) => limit.unit == Unit::UrgentMinute,
        _ => false,
    })
}

/// Whether the likely next step stops the clock; otherwise others are to follow within the same time.
fn paced_by_clock(procedure: &Procedure, case: &Case, choices: &[Choice<'_>]) -> bool {
    let clock = case.main_clock().and_then(|(id, _)| procedure.clock(id));
    let next = likely(choices).map(|choice| &choice.mv.id);
    let stops = |trigger: &Trigger| matches!(trigger, Trigger::Move(mv) if Some(mv) == next);
    clock.is_none_or(|clock| clock.stop.iter().any(stops))
}

/// One of several steps: some days.
fn step(dice: Dice) -> i64 {
    (dice.at("step").factor() * 3.0 * DAY as f64) as i64
}

/// Shortly before the end some things stay on the desks, most of them still in time, so that whoever comes then finds
/// work in every queue.
fn left_lying(
    scene: &Scene<'_>,
    procedure: &Procedure,
    (case, state): (&Case, &CaseState),
    at: Instant,
    dice: Dice,
) -> bool {
    let Some(ends) = scene.stage.options.ends.filter(|_| matches!(state.holder, Holder::Role(_))) else { return false };
    let due = case.main_clock().and_then(|(_, run)| run.due);
    // Where a table assigns, only what it could not decide comes to a desk, and that is little.
    let assigns = procedure.assign.as_ref().is_some_and(|assign| assign.on == Trigger::Enter(state.id.clone()));
    let (stays, hours) = match due.is_some_and(|due| due >= ends) {
        _ if assigns => (0.55, 26),
        true => (0.8, 6),
        false => (0.12, 6),
    };
    at < ends && at.plus_ms(hours * HOUR) >= ends && dice.at("stays").chance(stays)
}

/// Whether the case stands on the main line; what went aside waits for something.
fn on_line(scene: &Scene<'_>, procedure: &Procedure, case: &Case) -> bool {
    scene.stage.course(procedure).is_some_and(|course| course.holds(&case.state))
}

/// Whether the likely next step is no more than a signature: nothing to be written, no photo to be taken.
fn signature(choices: &[Choice<'_>]) -> bool {
    likely(choices).is_some_and(|choice| choice.mv.require.is_empty() && choice.mv.evidence.is_empty())
}

fn likely<'c, 'p>(choices: &'c [Choice<'p>]) -> Option<&'c Choice<'p>> {
    choices.iter().max_by(|a, b| a.weight.total_cmp(&b.weight))
}

/// Whether crews are needed: the work itself, not the signature that comes before it.
fn works(procedure: &Procedure, case: &Case) -> bool {
    procedure.moves_from(&case.state).any(|mv| mv.evidence.iter().any(|rule| rule.kind == EvidenceKind::Photo))
}

fn unit(case: &Case, state: &CaseState) -> Option<OfficeId> {
    match &state.holder {
        Holder::Field(field) => match case.field(field) {
            Some(Value::Org(office)) => Some(*office),
            _ => None,
        },
        _ => None,
    }
}
