//! What comes in: each morning the day is drawn, then it happens.

use std::collections::BTreeMap;
use std::sync::Arc;

use guancheng_app::{AppError, Done, NewCase, NewReport, open_case, ports::Contact};
use guancheng_base::{Actor, CaseId, Day, EvidenceId, Name};
use guancheng_case::{By, Case, EvidenceKind, Procedure, Value};
use guancheng_org::{Need, Subject, Who};

use crate::{
    Channel, Dice,
    fill::{self, Form},
    hours::{self, Shift},
    map::Map,
    play::Scene,
    proof,
    stage::ctx,
    state::{Incident, Task},
};

/// Reports in each hour of the day, in parts of the whole.
const HOURS: [f64; 24] = [
    0.6, 0.4, 0.3, 0.3, 0.5, 1.0, 2.5, 5.0, 8.0, 9.0, 8.5, 7.0, 4.5, 4.5, 6.5, 7.5, 8.0, 7.0, 5.5, 4.5, 3.5, 2.5, 1.6,
    1.0,
];
/// Most incidents in a day; keeps their numbers apart.
const DAY_MAX: i64 = 1_000_000;

/// Draws a day and puts it on the agenda.
pub(crate) fn day(scene: &mut Scene<'_>, day: Day) {
    let (stage, state) = (scene.stage, &mut scene.state);
    state.summary.days += 1;
    state.sightings.clear();
    let calendar = stage.calendar();
    let dice = stage.dice.at("day").nth(i64::from(day.0));
    let work_day = stage.is_work_day(day);
    let weather = stage.weather(day);
    let mood = (if work_day { 1.0 } else { 0.78 }) * if weather.storm() { 1.25 } else { 1.0 };
    let whole =
        stage.options.behaviour.reports_per_day * stage.options.scale * mood * (0.9 + 0.2 * dice.at("many").share());
    for n in 0..(rounded(whole, dice.at("rest")).min(DAY_MAX)) {
        let dice = dice.at("incident").nth(n);
        let id = i64::from(day.0) * DAY_MAX + n;
        let hour = dice.at("hour").weighted(&HOURS).unwrap_or(12);
        let seconds =
            u32::try_from(hour).unwrap_or(12) * 3600 + u32::try_from(dice.at("second").between(0, 3599)).unwrap_or(0);
        let at = calendar.at_local(day, seconds);
        let Some(incident) = incident(scene, id, n, dice) else { break };
        let at = if incident.channel == Channel::Patrol { hours::next(calendar, Shift::Long, at, dice) } else { at };
        scene.state.put(at, Task::Report(Arc::new(incident)));
    }
    others(scene, day, work_day, dice);
    scene.state.put(calendar.midnight(day.plus(1)), Task::Day(day.plus(1)));
}

fn incident(scene: &Scene<'_>, id: i64, n: i64, dice: Dice) -> Option<Incident> {
    let stage = scene.stage;
    let day = i32::try_from(id / DAY_MAX).map(Day).ok()?;
    let kind = stage.catalogue.draw(stage.weather(day), stage.is_work_day(day), dice)?;
    let weights: Vec<f64> = stage.sources.iter().map(|(.., weight)| *weight).collect();
    let (source, channel, _) = stage.sources.get(dice.at("source").weighted(&weights)?)?;
    let double = n > 0 && dice.at("double").chance(stage.options.behaviour.doubles_percent / 100.0);
    Some(Incident {
        id,
        code: kind.code.clone(),
        spot: stage.map.spot(&stage.city, stage.tongue, dice.at("spot")),
        source: source.clone(),
        channel: *channel,
        double_of: double.then(|| id - dice.at("of").between(1, n.min(40))),
    })
}

/// A whole number whose mean is `n`.
fn rounded(n: f64, dice: Dice) -> i64 {
    n as i64 + i64::from(dice.chance(n.fract()))
}

/// Some cases of every other procedure, in office hours.
fn others(scene: &mut Scene<'_>, day: Day, work_day: bool, dice: Dice) {
    let stage = scene.stage;
    let at = stage.calendar().at_local(day, 8 * 3600);
    let kinds: Vec<Name> = stage.kinds().filter(|kind| **kind != stage.city.pack.report_kind).cloned().collect();
    for kind in kinds.into_iter().filter(|_| work_day) {
        let dice = dice.at("other").at(&kind);
        let many = rounded(stage.options.behaviour.others_per_day * stage.options.scale, dice.at("many"));
        for n in 0..many {
            let at = at.plus_ms(dice.at("minute").nth(n).between(10, 540) * hours::MINUTE);
            let at = hours::next(stage.calendar(), Shift::Office, at, dice.nth(n));
            scene.state.put(at, Task::Open { kind: kind.clone(), n: i64::from(day.0) * DAY_MAX + n });
        }
    }
}

/// Somebody reports an incident: it becomes a case, or joins the one that is known.
pub(crate) fn report(scene: &mut Scene<'_>, incident: &Incident) -> Result<(), AppError> {
    let dice = scene.stage.dice.at("report").nth(incident.id);
    let (known, incident) = same_as(scene, incident)?;
    let same = known.is_some() && dice.at("follows").chance(0.7);
    let number =
        known.as_ref().filter(|_| same && incident.channel != Channel::Patrol).map(|(_, number)| number.clone());
    scene.state.summary.reports += 1;
    scene.state.summary.joined += u32::from(number.is_some());
    let joined = number.is_some();
    let done = match incident.channel {
        Channel::Patrol => patrol(scene, &incident, dice),
        _ => outside(scene, &incident, number, dice),
    };
    let done = done.or_else(|error| scene.undo(error))?;
    scene.state.sightings.insert(incident.id, done.case);
    scene.state.summary.acts += 1;
    if joined {
        return Ok(());
    }
    let entry = scene.state.open.entry(done.case).or_default();
    entry.truth = Some(incident.code.clone());
    entry.twin = known.map(|(case, _)| case).filter(|case| *case != done.case);
    Ok(())
}

/// The open case of the incident that this one is the same as, and this one at its place.
fn same_as(scene: &Scene<'_>, incident: &Incident) -> Result<(Option<(CaseId, String)>, Incident), AppError> {
    let known = incident.double_of.and_then(|other| scene.state.sightings.get(&other)).copied();
    let row =
        known.map(|case| scene.tx.row(case)).transpose()?.flatten().filter(|row| row.is_open && !row.need_to_know);
    let (Some(row), mut incident) = (row, incident.clone()) else { return Ok((None, incident.clone())) };
    if let (Some(code), Some(at)) = (&row.category, row.place) {
        incident.code = code.clone();
        incident.spot.address.clone_from(&row.address);
        incident.spot.at = Map::near(&scene.stage.city, at, 12.0, scene.stage.dice.at("double").nth(incident.id));
    }
    Ok((Some((row.id, row.number)), incident))
}

/// A collector files what they see, with a photo.
fn patrol(scene: &mut Scene<'_>, incident: &Incident, dice: Dice) -> Result<Done, AppError> {
    let stage = scene.stage;
    let kind = stage.city.pack.report_kind.clone();
    let procedure = stage.city.procedure(&kind, scene.state.now)?.clone();
    let subject = subject(scene, &procedure, incident);
    let actor =
        walker(scene, &procedure, &subject, dice).unwrap_or(Actor::Reporter { code: dice.at("code").code().into() });
    let photo = proof::of_report(scene, &incident.code, incident.spot.at, &actor, dice.at("photo"))?;
    let new = NewCase {
        kind: kind.to_string(),
        source: incident.source.to_string(),
        fields: fields(scene, &procedure, incident, dice),
        evidence: vec![photo],
        ..NewCase::default()
    };
    open_case(&stage.city, scene.tx, &ctx(scene.state.now, &actor), new)
}

fn fields(scene: &Scene<'_>, procedure: &Procedure, incident: &Incident, dice: Dice) -> BTreeMap<Name, Value> {
    let title = scene.stage.catalogue.get(&incident.code).map(|kind| kind.title.clone()).unwrap_or_default();
    let known = [
        ("category", Value::Code(incident.code.clone())),
        ("place", Value::Point(incident.spot.at)),
        ("address", Value::Text(incident.spot.address.clone())),
        ("description", Value::Text(scene.stage.tongue.report(dice, &title, &incident.spot.address))),
    ];
    known.into_iter().filter(|(id, _)| procedure.field(id).is_some()).map(|(id, value)| (id.into(), value)).collect()
}

/// Somebody whose duty takes them there: who makes moves with a photo on the spot, first those with an area.
fn walker(scene: &Scene<'_>, procedure: &Procedure, subject: &Subject, dice: Dice) -> Option<Actor> {
    let on_the_spot = |rule: &guancheng_case::EvidenceRule| rule.kind == EvidenceKind::Photo && rule.within_m.is_some();
    let moves = procedure.moves.iter().filter(|mv| mv.evidence.iter().any(on_the_spot));
    let roles = moves.flat_map(|mv| &mv.by).filter_map(|by| match by {
        By::Role(role) => Some(Who::Role(role.clone())),
        _ => None,
    });
    let mut need = Need { any_of: roles.collect(), ..Need::default() };
    if need.any_of.is_empty() {
        need = guancheng_case::need_open(procedure);
    }
    let found =
        (0..6).filter_map(|n| scene.stage.cast.find(&scene.stage.city, subject, &need, dice.at("walker").nth(n)));
    let (local, wide): (Vec<_>, Vec<_>) =
        found.partition(|player| player.actor.grants().iter().any(|grant| grant.area.is_some()));
    local.first().or(wide.first()).map(|player| player.actor.clone())
}

fn subject(scene: &Scene<'_>, procedure: &Procedure, incident: &Incident) -> Subject {
    Subject {
        kind: procedure.id.clone(),
        cell: scene.stage.city.cell_of(incident.spot.at),
        units: Vec::new(),
        reporter: None,
        need_to_know: false,
        involved: Vec::new(),
    }
}

/// Somebody calls or writes; an operator's name stands with the call.
fn outside(scene: &mut Scene<'_>, incident: &Incident, follow: Option<String>, dice: Dice) -> Result<Done, AppError> {
    let stage = scene.stage;
    let procedure = stage.city.procedure(&stage.city.pack.report_kind, scene.state.now)?.clone();
    let code: Name = dice.at("code").code().into();
    let reporter = Actor::Reporter { code: code.clone() };
    let operator = match incident.channel {
        Channel::Call => {
            let subject = subject(scene, &procedure, incident);
            stage.cast.find_opener(&stage.city, &subject, &guancheng_case::need_open(&procedure), dice.at("operator"))
        }
        _ => None,
    };
    let actor = operator.map_or(reporter, |player| player.actor.clone());
    let has_photo = incident.channel == Channel::Public && dice.at("photo").chance(0.7);
    let photos: Vec<EvidenceId> = match has_photo {
        true => vec![proof::of_report(scene, &incident.code, incident.spot.at, &actor, dice.at("photo"))?],
        false => Vec::new(),
    };
    let title = stage.catalogue.get(&incident.code).map(|kind| kind.title.clone()).unwrap_or_default();
    let new = NewReport {
        code,
        source: incident.source.clone(),
        text: stage.tongue.report(dice, &title, &incident.spot.address),
        lang: stage.tongue.code().into(),
        category: dice.at("chosen").chance(0.8).then(|| incident.code.clone()),
        place: Some(incident.spot.at),
        address: incident.spot.address.clone(),
        contact: dice.at("named").chance(0.5).then(|| Contact { name: Some(stage.tongue.person(dice)), phone: None }),
        follow,
        evidence: photos,
    };
    guancheng_app::report(&stage.city, scene.tx, &ctx(scene.state.now, &actor), new)
}

/// A case of another procedure begins, by somebody outside where the public may begin it.
pub(crate) fn open(scene: &mut Scene<'_>, kind: &Name, n: i64) -> Result<(), AppError> {
    let stage = scene.stage;
    let Ok(procedure) = stage.city.procedure(kind, scene.state.now).cloned() else { return Ok(()) };
    let dice = stage.dice.at("open").at(kind).nth(n);
    let need = guancheng_case::need_open(&procedure);
    let code: Name = dice.at("code").code().into();
    let nobody = Subject {
        kind: kind.clone(),
        cell: None,
        units: Vec::new(),
        reporter: Some(code.clone()),
        need_to_know: procedure.privacy == guancheng_case::Privacy::NeedToKnow,
        involved: Vec::new(),
    };
    let official = stage.cast.find_opener(&stage.city, &nobody, &need, dice).map(|player| player.actor.clone());
    let public = need.any_of.contains(&Who::Viewer);
    let actor = match official {
        Some(actor) if !public => actor,
        _ if public => Actor::Reporter { code: code.clone() },
        _ => return Ok(()),
    };
    let channel = if public { Channel::Public } else { Channel::Patrol };
    let source = stage.sources.iter().find(|(_, known, _)| *known == channel).map(|(source, ..)| source.to_string());
    let case = Case {
        kind: kind.clone(),
        state: procedure.initial.clone(),
        changed_at: scene.state.now,
        ..Case::new(CaseId(0))
    };
    let form = Form { procedure: &procedure, case: &case, mv: None, actor: &actor, dice };
    let fields = fill::of_opening(scene, &form)?;
    let new = NewCase {
        kind: kind.to_string(),
        source: source.unwrap_or_default(),
        fields,
        reporter: Some(code),
        ..NewCase::default()
    };
    let done = open_case(&stage.city, scene.tx, &ctx(scene.state.now, &actor), new);
    done.or_else(|error| scene.undo(error))?;
    scene.state.summary.acts += 1;
    Ok(())
}
