//! Everything people do to a case besides moving it: ruling, giving opinions, asking for time, answering, urging.

use guancheng_app::{AppError, act, ports::Tx};
use guancheng_base::{Actor, AskId, CaseId, Name};
use guancheng_calendar::{Amount, Limit};
use guancheng_case::{Case, Command, Field, FieldKind, Procedure, Value};
use guancheng_org::{Duty, Need, Who};

use crate::{
    Dice, after,
    hours::HOUR,
    play::{Acted, Scene},
    stage::ctx,
};

/// An approver rules on a question.
pub(crate) fn rule(scene: &mut Scene<'_>, id: CaseId, ask: AskId) -> Result<(), AppError> {
    let Some((case, dice)) = open_case(scene, id)? else { return Ok(()) };
    let Some(asked) = case.ask(ask).filter(|asked| asked.ruling.is_none()) else { return Ok(()) };
    let stale = asked.state != case.state;
    let grant = !stale && dice.at("grant").chance(0.78);
    let reason = scene.stage.tongue.ruling(dice.at("reason"), grant);
    if by_somebody(scene, &case, &Command::Rule { ask, grant, reason }, dice)? {
        scene.state.summary.granted += u32::from(grant);
    }
    after::plan(scene, id)
}

/// An office answers its part of a review.
pub(crate) fn part(scene: &mut Scene<'_>, id: CaseId, part: &Name) -> Result<(), AppError> {
    let Some((case, dice)) = open_case(scene, id)? else { return Ok(()) };
    let dice = dice.at("part").at(part);
    let agree = !dice.at("agree").chance(0.05);
    let opinion = scene.stage.tongue.opinion(dice.at("opinion"), agree);
    let command = Command::AnswerPart { part: part.clone(), agree, opinion };
    if by_somebody(scene, &case, &command, dice)? { after::plan(scene, id) } else { Ok(()) }
}

/// Something happened outside.
pub(crate) fn signal(scene: &mut Scene<'_>, id: CaseId, event: &Name) -> Result<(), AppError> {
    let Some((case, dice)) = open_case(scene, id)? else { return Ok(()) };
    by_somebody(scene, &case, &Command::Signal { event: event.clone() }, dice.at("signal"))?;
    Ok(())
}

/// Whoever is measured by a clock asks for more time, while it runs.
pub(crate) fn extend(scene: &mut Scene<'_>, id: CaseId, clock: &Name) -> Result<(), AppError> {
    let Some((case, dice)) = open_case(scene, id)? else { return Ok(()) };
    let procedure = scene.stage.city.procedure_of(&case)?.clone();
    let dice = dice.at("extend");
    let Some(add) = longer(&procedure, &case, clock) else { return Ok(()) };
    let require = procedure.clock(clock).and_then(|clock| clock.extend.as_ref()).map(|extend| extend.require.clone());
    let fields = procedure.fields.iter().filter(|field| require.iter().flatten().any(|id| *id == field.id));
    let fields = fields.filter_map(|field| Some((field.id.clone(), reason(scene, &procedure, field, dice)?))).collect();
    let command = Command::AskExtension { clock: clock.clone(), add, fields };
    if by_somebody(scene, &case, &command, dice)? { after::plan(scene, id) } else { Ok(()) }
}

/// As much time as the clock allows at once, at most as much again.
fn longer(procedure: &Procedure, case: &Case, clock: &Name) -> Option<Limit> {
    let run = case.clocks.get(clock).filter(|run| run.is_running())?;
    let time = run.time?;
    let extend = procedure.clock(clock)?.extend.as_ref()?;
    let max = extend.max.map(|max| max.n.0).unwrap_or(i64::MAX);
    let ratio = extend.max_ratio.map_or(i64::MAX, |ratio| (time.total().0 as f64 * ratio) as i64);
    let unit = extend.max.map_or(time.unit(), |max| max.unit);
    let n = max.min(ratio).min(time.total().0.max(1));
    (n > 0).then_some(Limit { n: Amount(n), unit })
}

fn reason(scene: &Scene<'_>, procedure: &Procedure, field: &Field, dice: Dice) -> Option<Value> {
    match &field.kind {
        FieldKind::Code { list } => {
            let list = procedure.code_lists.get(list)?;
            let rows: Vec<&Name> = list.rows().map(|row| &row.code).filter(|code| list.is_leaf(code)).collect();
            dice.at("reason").pick(&rows).map(|code| Value::Code((*code).clone()))
        }
        FieldKind::Text { .. } => Some(Value::Text(scene.stage.tongue.note(dice, crate::course::Turn::Aside))),
        FieldKind::Date => Some(Value::Date(scene.stage.calendar().day_of(scene.state.now.plus_ms(240 * HOUR)))),
        _ => None,
    }
}

/// The reporter says whether it is fixed; *no* takes the case up again.
pub(crate) fn answer(scene: &mut Scene<'_>, id: CaseId, code: &Name) -> Result<(), AppError> {
    let Some(case) = scene.tx.case(id)?.filter(|case| !case.is_open()) else { return Ok(()) };
    let dice = scene.stage.case_dice(&case).at("answered");
    let fixed = !dice.at("fixed").chance(scene.stage.options.behaviour.answers_percent.1 / 100.0);
    let stage = scene.stage;
    let note = stage.tongue.answer(dice, fixed);
    let ctx = ctx(scene.state.now, &Actor::Reporter { code: code.clone() });
    if scene.tx.report_by_code(code)?.is_none() {
        return Ok(());
    }
    let result = guancheng_app::answer(&stage.city, scene.tx, &ctx, code, fixed, &note);
    if let Acted::Done(done) = scene.acted(id, case.seq, result)?
        && done.row.is_open
    {
        scene.state.summary.reopened += 1;
        after::plan(scene, done.case)?;
    }
    Ok(())
}

/// The supervision writes to a late case.
pub(crate) fn urge(scene: &mut Scene<'_>, id: CaseId) -> Result<(), AppError> {
    let Some((case, dice)) = open_case(scene, id)? else { return Ok(()) };
    let procedure = scene.stage.city.procedure_of(&case)?.clone();
    let need = Need { any_of: vec![Who::Role(Duty::Supervisor.as_str().into())], ..Need::default() };
    let subject = guancheng_case::subject(&procedure, &case);
    let Some(player) = scene.stage.cast.find(&scene.stage.city, &subject, &need, dice) else { return Ok(()) };
    let ctx = ctx(scene.state.now, &player.actor);
    let command = Command::Comment { text: scene.stage.tongue.urging(dice) };
    let result = act(&scene.stage.city, scene.tx, &ctx, id, Some(case.seq), &command);
    scene.acted(id, case.seq, result)?;
    Ok(())
}

fn open_case(scene: &Scene<'_>, id: CaseId) -> Result<Option<(Case, Dice)>, AppError> {
    let case = scene.tx.case(id)?.filter(Case::is_open);
    Ok(case.map(|case| {
        let dice = scene.stage.case_dice(&case).at("talk");
        (case, dice)
    }))
}

/// Does it in the name of somebody who may; `false` when nobody may or the rules refuse.
fn by_somebody(scene: &mut Scene<'_>, case: &Case, command: &Command, dice: Dice) -> Result<bool, AppError> {
    let procedure = scene.stage.city.procedure_of(case)?.clone();
    let Ok(need) = guancheng_case::need(&procedure, case, command) else { return Ok(false) };
    let subject = guancheng_case::subject(&procedure, case);
    let reporter = case.reporter.clone().filter(|_| need.any_of.contains(&Who::Reporter));
    let player = scene.stage.cast.find(&scene.stage.city, &subject, &need, dice).map(|player| player.actor.clone());
    let Some(actor) = player.or_else(|| reporter.map(|code| Actor::Reporter { code })) else { return Ok(false) };
    let ctx = ctx(scene.state.now, &actor);
    let tx: &mut dyn Tx = scene.tx;
    let result = act(&scene.stage.city, tx, &ctx, case.id, Some(case.seq), command);
    Ok(matches!(scene.acted(case.id, case.seq, result)?, Acted::Done(_)))
}
