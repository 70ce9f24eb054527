//! What people write into forms: a fitting value for every field a move asks for.

use std::collections::BTreeMap;

use guancheng_app::AppError;
use guancheng_base::{Actor, Day, Fen, Name, OfficeId};
use guancheng_case::{Case, Check, Field, FieldKind, Move, Procedure, Value};

use crate::{Dice, bands, course::Turn, hours::DAY, map, play::Scene, proof};

/// What a form is filled in for.
pub(crate) struct Form<'a> {
    pub(crate) procedure: &'a Procedure,
    /// The case, as far as there is one.
    pub(crate) case: &'a Case,
    pub(crate) mv: Option<(&'a Move, Turn)>,
    pub(crate) actor: &'a Actor,
    pub(crate) dice: Dice,
}

/// Values for the fields a move requires and its checks read, where they are not there already.
pub(crate) fn of_move(scene: &mut Scene<'_>, form: &Form<'_>) -> Result<BTreeMap<Name, Value>, AppError> {
    let Some((mv, _)) = form.mv else { return Ok(BTreeMap::new()) };
    let outside = matches!(form.actor, Actor::Reporter { .. });
    let mut wanted: Vec<&Name> = mv.require.iter().filter(|id| !is_there(form, id)).collect();
    let read: Vec<Name> = mv.checks.iter().filter(|_| !outside).flat_map(|check| read_by(check, form)).collect();
    wanted.extend(read.iter());
    let mut values = bands::values(form);
    for field in form.procedure.fields.iter().filter(|field| field.derive.is_none() && wanted.contains(&&field.id)) {
        if !values.contains_key(&field.id) {
            let value = value(scene, form, field, &values)?;
            values.extend(value.map(|value| (field.id.clone(), value)));
        }
    }
    if known_as_other(scene, form) {
        values.insert("not_duplicate".into(), Value::Bool(true));
    }
    Ok(values)
}

/// Values a case begins with: what no later move asks for, what conditions ask about, and what an applicant brings.
pub(crate) fn of_opening(scene: &mut Scene<'_>, form: &Form<'_>) -> Result<BTreeMap<Name, Value>, AppError> {
    let procedure = form.procedure;
    let outside = matches!(form.actor, Actor::Reporter { .. });
    let extends = |id: &Name| {
        let extend = procedure.clocks.iter().filter_map(|clock| clock.extend.as_ref());
        extend.into_iter().any(|extend| extend.require.contains(id))
    };
    let asked_later = |id: &Name| procedure.moves.iter().any(|mv| mv.require.contains(id)) || extends(id);
    let condition = |id: &Name| procedure.moves.iter().flat_map(|mv| &mv.when).any(|condition| condition.f == *id);
    let first =
        |id: &Name| procedure.moves_from(&procedure.initial).any(|mv| mv.require.contains(id) && mv.require.len() > 2);
    let mut values = BTreeMap::new();
    for field in procedure.fields.iter().filter(|field| field.derive.is_none()) {
        let brought =
            outside && first(&field.id) && !matches!(field.kind, FieldKind::Code { .. } if field.id.contains("reason"));
        let own = !asked_later(&field.id)
            && begins(&field.kind)
            && field.id != *"not_duplicate"
            && field.id != *"complained_of";
        if (own || brought || condition(&field.id))
            && !matches!(field.kind, FieldKind::Org | FieldKind::File | FieldKind::Photo)
        {
            let value = value(scene, form, field, &values)?;
            values.extend(value.map(|value| (field.id.clone(), value)));
        }
    }
    Ok(values)
}

/// Whether fields of the kind are known when a case begins; facts found out later are left to the moves.
fn begins(kind: &FieldKind) -> bool {
    !matches!(kind, FieldKind::Bool | FieldKind::Money { .. } | FieldKind::Moment | FieldKind::People { .. })
}

/// Notes are written anew each time; everything else is left as it is, except a unit that is ruled upon.
fn is_there(form: &Form<'_>, id: &Name) -> bool {
    let kind = form.procedure.field(id).map(|field| &field.kind);
    let anew = match kind {
        Some(FieldKind::Text { .. }) => true,
        Some(FieldKind::Org) => form.dice.at("anew").chance(0.5),
        Some(FieldKind::Date) => form.case.field(id).and_then(Value::as_date).is_some_and(|day| day < today(form)),
        _ => false,
    };
    form.case.field(id).is_some_and(|value| !value.is_blank()) && !anew
}

fn today(form: &Form<'_>) -> Day {
    form.procedure.calendar.day_of(form.case.changed_at)
}

/// The fields a check reads that are not there, without those that are a way out of it.
fn read_by(check: &Check, form: &Form<'_>) -> Vec<Name> {
    let fields = check.reads().iter().filter(|id| form.procedure.field(id).is_some() && form.case.field(id).is_none());
    let way_out = ["government_approval", "not_duplicate", "emergency", "built_on", "overhauled_on"];
    fields.filter(|id| !way_out.contains(id)).map(|id| Name::from(*id)).collect()
}

/// Whether somebody has looked and found it to be another problem than the one near by.
fn known_as_other(scene: &Scene<'_>, form: &Form<'_>) -> bool {
    let looked = scene.state.open.get(&form.case.id).is_some_and(|known| known.due.contains("looked"));
    looked && form.procedure.field("not_duplicate").is_some()
}

fn value(
    scene: &mut Scene<'_>,
    form: &Form<'_>,
    field: &Field,
    known: &BTreeMap<Name, Value>,
) -> Result<Option<Value>, AppError> {
    let dice = form.dice.at("field").at(&field.id);
    Ok(match &field.kind {
        FieldKind::Text { max } => Some(Value::Text(text(scene, form, field, dice).chars().take(*max).collect())),
        FieldKind::Address => {
            Some(Value::Text(scene.stage.map.spot(&scene.stage.city, scene.stage.tongue, form.dice.at("spot")).address))
        }
        FieldKind::Int { min, max } => {
            Some(Value::Int(dice.between(min.unwrap_or(1), max.unwrap_or(min.unwrap_or(1) + 19))))
        }
        FieldKind::Decimal { min, max, .. } => {
            let (low, high) = (min.unwrap_or(1.0), max.unwrap_or(min.unwrap_or(1.0) + 60.0));
            Some(Value::Decimal(((low + (high - low) * dice.share()) * 10.0).ceil() / 10.0))
        }
        FieldKind::Money { .. } if field.id == *"noticed_fine" => {
            form.case.field("fine").or_else(|| known.get("fine")).cloned()
        }
        FieldKind::Money { .. } => Some(Value::Money(Fen::from_yuan(dice.between(2, 60) * 500))),
        FieldKind::Date => Some(Value::Date(date(scene, field, known, dice))),
        FieldKind::Moment => Some(Value::Moment(scene.state.now.plus_ms(dice.between(3, 10) * DAY))),
        FieldKind::Bool => Some(Value::Bool(true)),
        FieldKind::Code { list } => code(scene, form, field, list, dice).map(Value::Code),
        FieldKind::Ref { to } => reference(scene, form, to, dice).map(Value::Ref),
        FieldKind::Org => unit(scene, form, dice).map(Value::Org),
        FieldKind::Person => Some(Value::Person(scene.stage.tongue.person(dice))),
        FieldKind::People { min } => Some(Value::People(people(scene, (*min).max(2), dice))),
        FieldKind::Point => Some(Value::Point(position(scene, form))),
        FieldKind::Line => {
            let at = position(scene, form);
            Some(Value::Line(map::trench(&scene.stage.city, at, dice)))
        }
        FieldKind::File | FieldKind::Photo => Some(Value::File(proof::page(scene, form.actor)?)),
    })
}

/// What a unit did, or what is written to a move; at the beginning what the case is about.
fn text(scene: &Scene<'_>, form: &Form<'_>, field: &Field, dice: Dice) -> String {
    let tongue = scene.stage.tongue;
    let Some((mv, turn)) = form.mv else { return tongue.filler(dice, &field.title) };
    let by_holder = mv.by.contains(&guancheng_case::By::Holder);
    match turn {
        Turn::Onward | Turn::Skip | Turn::Finish if by_holder => {
            let category = form.case.field("category").and_then(Value::as_text);
            let closing =
                category.and_then(|code| scene.stage.catalogue.get(code)).and_then(|kind| kind.closing.as_deref());
            tongue.result(dice, closing)
        }
        turn => tongue.note(dice, turn),
    }
}

/// `…_on` is the day of something past; everything else is planned, later than what was planned before it.
fn date(scene: &Scene<'_>, field: &Field, known: &BTreeMap<Name, Value>, dice: Dice) -> Day {
    let today = scene.stage.calendar().day_of(scene.state.now);
    let days = |low, high| i32::try_from(dice.between(low, high)).unwrap_or(1);
    if field.id.ends_with("_on") {
        let long_ago = ["built_on", "overhauled_on"].contains(&field.id.as_str());
        return today.plus(if long_ago { -days(300, 6_000) } else { -days(22, 40) });
    }
    let before = known.values().filter_map(Value::as_date).filter(|day| *day > today).max();
    before.unwrap_or(today).plus(days(4, 32))
}

fn code(scene: &Scene<'_>, form: &Form<'_>, field: &Field, list: &Name, dice: Dice) -> Option<Name> {
    let truth = scene.state.open.get(&form.case.id).and_then(|known| known.truth.clone());
    if let Some(truth) = truth.filter(|_| field.id == *"category") {
        return Some(truth);
    }
    let today = scene.stage.calendar().day_of(scene.state.now);
    let list = form.procedure.code_lists.get(list)?;
    let rows: Vec<&Name> =
        list.rows().filter(|row| list.is_leaf(&row.code) && row.valid_on(today)).map(|row| &row.code).collect();
    dice.pick(&rows).map(|code| (*code).clone())
}

fn reference(scene: &Scene<'_>, form: &Form<'_>, to: &Name, dice: Dice) -> Option<String> {
    if to.starts_with("procedure.") {
        let twin = scene.state.open.get(&form.case.id).and_then(|known| known.twin);
        return twin.map(|case| case.0.to_string());
    }
    Some(format!("R-{:05}", dice.between(1, 99_999)))
}

/// The unit the table names; where it names none, or somebody errs, another.
fn unit(scene: &Scene<'_>, form: &Form<'_>, dice: Dice) -> Option<OfficeId> {
    let assign = form.procedure.assign.as_ref().filter(|_| !dice.at("errs").chance(0.08));
    let right = assign.and_then(|assign| {
        let category = form.case.field(&assign.category).and_then(Value::as_text)?;
        let cell = form.case.field(&assign.place).and_then(Value::as_text).and_then(|cell| cell.parse().ok());
        assign.table.find(category, cell).map(|hit| hit.office)
    });
    right.or_else(|| dice.at("other").pick(&scene.stage.cast.units).copied())
}

fn people(scene: &Scene<'_>, n: usize, dice: Dice) -> Vec<String> {
    let drawn = (0..40).filter_map(|at| scene.stage.cast.anybody(dice.nth(at)));
    let mut names: Vec<String> = Vec::new();
    for player in drawn {
        if names.len() < n && !names.contains(&player.name) {
            names.push(player.name.clone());
        }
    }
    names
}

fn position(scene: &Scene<'_>, form: &Form<'_>) -> guancheng_base::LonLat {
    let known = form.case.position();
    known.unwrap_or_else(|| scene.stage.map.spot(&scene.stage.city, scene.stage.tongue, form.dice.at("spot")).at)
}
