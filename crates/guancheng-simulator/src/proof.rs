//! Photos and documents that go with what people do.

use guancheng_app::{
    AppError,
    ports::{FileMeta, FileRow},
};
use guancheng_base::{Actor, EvidenceId, Instant, LonLat};
use guancheng_case::{Case, EvidenceKind, EvidenceRule, Move, Procedure};

use crate::{Dice, course::Turn, hours::MINUTE, map::Map, pictures::Scene as Picture, play::Scene};

/// How much somebody cares for what belongs to an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Care {
    /// Everything is there.
    Good,
    /// No photo was taken.
    Nothing,
    /// The photo was taken at the office.
    Elsewhere,
}

/// Files for every rule of the move that applies.
pub(crate) fn of_move(
    scene: &mut Scene<'_>,
    (procedure, case): (&Procedure, &Case),
    (mv, turn): (&Move, Turn),
    (actor, care): (&Actor, Care),
    dice: Dice,
) -> Result<Vec<EvidenceId>, AppError> {
    let mut files = Vec::new();
    if care == Care::Nothing {
        return Ok(files);
    }
    let applies = |rule: &&EvidenceRule| rule.when.iter().all(|condition| condition.holds(case));
    for rule in mv.evidence.iter().filter(applies) {
        let picture = match rule.kind {
            EvidenceKind::Photo => picture(scene, procedure, case, turn),
            EvidenceKind::File => Picture::Page,
            EvidenceKind::Signature | EvidenceKind::Video | EvidenceKind::Audio => continue,
        };
        for n in 0..rule.min.max(rule.tags.len()) {
            let dice = dice.at("file").nth(i64::try_from(n).unwrap_or(0));
            let meta = FileMeta {
                taken_at: Some(taken_at(scene, case, rule, dice)),
                place: case.position().map(|at| place(scene, at, care, dice)),
                accuracy_m: Some(dice.at("accuracy").between(3, 18) as f64),
                tags: rule.tags.get(n).cloned().into_iter().collect(),
            };
            files.push(add(scene, picture, meta, actor)?);
        }
    }
    Ok(files)
}

/// Photos that come with a report: what is wrong.
pub(crate) fn of_report(
    scene: &mut Scene<'_>,
    code: &str,
    at: LonLat,
    actor: &Actor,
    dice: Dice,
) -> Result<EvidenceId, AppError> {
    let picture = scene.stage.catalogue.get(code).map_or(Picture::Waste, |kind| kind.scene);
    let meta = FileMeta {
        taken_at: Some(scene.state.now.plus_ms(-dice.at("taken").between(1, 6) * MINUTE)),
        place: Some(Map::near(&scene.stage.city, at, 12.0, dice.at("place"))),
        accuracy_m: Some(dice.at("accuracy").between(3, 18) as f64),
        tags: Vec::new(),
    };
    add(scene, picture, meta, actor)
}

/// A page for a field that wants a file.
pub(crate) fn page(scene: &mut Scene<'_>, actor: &Actor) -> Result<EvidenceId, AppError> {
    let meta = FileMeta { taken_at: Some(scene.state.now), ..FileMeta::default() };
    add(scene, Picture::Page, meta, actor)
}

fn add(scene: &mut Scene<'_>, picture: Picture, meta: FileMeta, actor: &Actor) -> Result<EvidenceId, AppError> {
    let kept = Picture::ALL.iter().position(|known| *known == picture).and_then(|n| scene.state.files.get(n)).cloned();
    let kept = kept.ok_or_else(|| AppError::Setup("the pictures were not kept before the play".to_owned()))?;
    let row = FileRow { id: EvidenceId(0), meta, at: scene.state.now, by: actor.person(), ..kept };
    Ok(scene.tx.add_file(&row)?)
}

/// What is wrong, until somebody did something about it.
fn picture(scene: &Scene<'_>, procedure: &Procedure, case: &Case, turn: Turn) -> Picture {
    let category = case.field("category").and_then(|value| value.as_text());
    let wrong = category.and_then(|code| scene.stage.catalogue.get(code)).map_or(Picture::Hole, |kind| kind.scene);
    let early = case.state == procedure.initial;
    match turn {
        Turn::Onward | Turn::Skip | Turn::Finish if !early => Picture::Good,
        _ => wrong,
    }
}

/// Some minutes ago, but not before the state that the rule names.
fn taken_at(scene: &Scene<'_>, case: &Case, rule: &EvidenceRule, dice: Dice) -> Instant {
    let now = scene.state.now;
    let ago = now.plus_ms(-dice.at("taken").between(1, 9) * MINUTE);
    let since = rule.after_state.as_ref().and_then(|state| case.entered.get(state)).copied();
    ago.max(since.unwrap_or(ago)).min(now)
}

fn place(scene: &Scene<'_>, at: LonLat, care: Care, dice: Dice) -> LonLat {
    match care {
        Care::Elsewhere => scene.stage.city.pack.city.center,
        Care::Good | Care::Nothing => Map::near(&scene.stage.city, at, 25.0, dice.at("place")),
    }
}
