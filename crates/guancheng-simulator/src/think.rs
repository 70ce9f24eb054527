//! Somebody takes up a case: chooses what to do, and tries it.

use guancheng_app::{AppError, act, ports::NearQuery, with_evidence};
use guancheng_base::{Actor, CaseId, ErrorCode};
use guancheng_case::{By, Case, Command, Holder, Move, Procedure, Refusal, Value};

use crate::{
    Dice, after,
    choose::{self, Choice},
    course::Turn,
    fill::{self, Form},
    hours::{self, DAY, MINUTE, Shift},
    play::{Acted, Scene},
    proof::{self, Care},
    stage::ctx,
};

/// How many moves are tried before the case is laid aside for a day.
const ROUNDS: i64 = 6;
/// How many days it is laid aside before it counts as stuck.
const TRIES: u32 = 5;

/// What became of an attempt.
enum Tried {
    Done,
    Again,
    Blocked,
}

/// Takes up a case, unless the plan has changed since.
pub(crate) fn think(scene: &mut Scene<'_>, id: CaseId, plan: u32) -> Result<(), AppError> {
    let Some(tries) = scene.state.open.get(&id).filter(|known| known.plan == plan).map(|known| known.tries) else {
        return Ok(());
    };
    let Some(case) = scene.tx.case(id)?.filter(Case::is_open) else { return Ok(()) };
    let procedure = scene.stage.city.procedure_of(&case)?.clone();
    drop_closed_twin(scene, id)?;
    let dice = scene.stage.case_dice(&case).at("think").nth(i64::from(tries));
    for round in 0..ROUNDS {
        let dice = dice.nth(round);
        let Some(known) = scene.state.open.get(&id) else { return Ok(()) };
        let choices = choose::choices(scene.stage, &procedure, &case, known);
        let weights: Vec<f64> = choices.iter().map(|choice| choice.weight).collect();
        let Some(choice) = dice.at("choice").weighted(&weights).and_then(|at| choices.get(at)) else { break };
        match attempt(scene, &procedure, &case, choice, dice)? {
            Tried::Done => return after::plan(scene, id),
            Tried::Again => return Ok(()),
            Tried::Blocked => {
                let mv = choice.mv.id.clone();
                scene.state.open.entry(id).or_default().blocked.insert(mv);
            }
        }
    }
    lay_aside(scene, id, dice);
    Ok(())
}

/// A twin that has ended in the meantime is none.
fn drop_closed_twin(scene: &mut Scene<'_>, id: CaseId) -> Result<(), AppError> {
    let Some(twin) = scene.state.open.get(&id).and_then(|known| known.twin) else { return Ok(()) };
    if scene.tx.row(twin)?.is_none_or(|row| !row.is_open) {
        scene.state.open.entry(id).or_default().twin = None;
    }
    Ok(())
}

fn lay_aside(scene: &mut Scene<'_>, id: CaseId, dice: Dice) {
    let now = scene.state.now;
    let known = scene.state.open.entry(id).or_default();
    known.tries += 1;
    known.blocked.clear();
    if known.tries > TRIES {
        scene.state.summary.stuck += 1;
        return scene.state.take_up(id, None);
    }
    let at = hours::next(scene.stage.calendar(), Shift::Office, now.plus_ms(DAY), dice);
    scene.state.take_up(id, Some(at));
}

fn attempt(
    scene: &mut Scene<'_>,
    procedure: &Procedure,
    case: &Case,
    choice: &Choice<'_>,
    dice: Dice,
) -> Result<Tried, AppError> {
    let (mv, turn) = (choice.mv, choice.turn);
    let Some((actor, careless)) = performer(scene, procedure, case, mv, dice) else { return Ok(Tried::Blocked) };
    let care = care(mv, careless, dice.at("care"));
    let form = Form { procedure, case, mv: Some((mv, turn)), actor: &actor, dice };
    let fields = fill::of_move(scene, &form)?;
    let files = proof::of_move(scene, (procedure, case), (mv, turn), (&actor, care), dice)?;
    let note = note(scene, mv, turn, dice);
    let ctx = ctx(scene.state.now, &actor);
    let command = Command::Move { mv: mv.id.clone(), fields, evidence: Vec::new(), note };
    let city = &scene.stage.city;
    let command = with_evidence(city, scene.tx, &ctx, &files, command)?;
    let result = act(city, scene.tx, &ctx, case.id, Some(case.seq), &command);
    match scene.acted(case.id, case.seq, result)? {
        Acted::Done(_) => {
            *scene.state.summary.moves.entry(format!("{}.{}", procedure.id, mv.id).into()).or_default() += 1;
            Ok(Tried::Done)
        }
        Acted::Refused(_) if care != Care::Good => {
            let soon = scene.state.now.plus_ms(dice.at("back").between(9, 55) * MINUTE);
            scene.state.open.entry(case.id).or_default().tries += 1;
            scene.state.take_up(case.id, Some(soon));
            Ok(Tried::Again)
        }
        Acted::Refused(refusal) => refused(scene, procedure, case, &refusal, dice),
    }
}

/// A known problem near by is either the same, and merged, or another, which somebody then says.
fn refused(
    scene: &mut Scene<'_>,
    procedure: &Procedure,
    case: &Case,
    refusal: &Refusal,
    dice: Dice,
) -> Result<Tried, AppError> {
    let double =
        refusal.code == ErrorCode::CheckFailed && refusal.checks.iter().any(|check| check.starts_with("duplicate."));
    let Some(at) = case.position().filter(|_| double) else { return Ok(Tried::Blocked) };
    let query = NearQuery {
        place: at,
        metres: 60.0,
        kinds: vec![procedure.id.clone()],
        states: Vec::new(),
        open: Some(true),
        category: case.field("category").and_then(Value::as_text).map(Into::into),
        changed_from: None,
        need_to_know: true,
        except: Some(case.id),
        limit: 1,
    };
    let twin = scene.tx.near(&query)?.first().map(|(row, _)| row.id);
    let known = scene.state.open.entry(case.id).or_default();
    if dice.at("same").chance(0.7) {
        known.twin = twin;
    } else {
        known.due.insert("looked".to_owned());
    }
    scene.state.take_up(case.id, Some(scene.state.now.plus_ms(dice.at("look").between(2, 12) * MINUTE)));
    Ok(Tried::Again)
}

/// Who makes the move, and how careless they are.
fn performer(scene: &Scene<'_>, procedure: &Procedure, case: &Case, mv: &Move, dice: Dice) -> Option<(Actor, f64)> {
    let theirs = |by: &By| matches!(by, By::Reporter | By::Applicant | By::Party);
    let holds =
        procedure.state(&case.state).is_some_and(|state| matches!(state.holder, Holder::Applicant | Holder::Party));
    let only = mv.by.iter().all(|by| theirs(by) || matches!(by, By::System(_)));
    if only || (holds && mv.by.iter().any(theirs)) {
        return case.reporter.clone().map(|code| (Actor::Reporter { code }, 0.0));
    }
    let command =
        Command::Move { mv: mv.id.clone(), fields: Default::default(), evidence: Vec::new(), note: String::new() };
    let need = guancheng_case::need(procedure, case, &command).ok()?;
    let subject = guancheng_case::subject(procedure, case);
    let player = scene.stage.cast.find(&scene.stage.city, &subject, &need, dice)?;
    Some((player.actor.clone(), player.careless))
}

/// Now and then somebody sends a report without its photo, or with one from the office.
fn care(mv: &Move, careless: f64, dice: Dice) -> Care {
    let asked = mv.evidence.iter().any(|rule| rule.within_m.is_some());
    match asked && dice.chance(careless) {
        true if dice.at("how").chance(0.5) => Care::Nothing,
        true => Care::Elsewhere,
        false => Care::Good,
    }
}

/// Most moves need no words beside their fields.
fn note(scene: &Scene<'_>, mv: &Move, turn: Turn, dice: Dice) -> String {
    let says = mv.require.is_empty() && (turn == Turn::Back || dice.at("says").chance(0.25));
    if says { scene.stage.tongue.note(dice, turn) } else { String::new() }
}
