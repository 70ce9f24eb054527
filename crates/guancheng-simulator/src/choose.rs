//! What may be done with a case next, and how likely each is.

use guancheng_case::{AskWhat, By, Case, Effect, FieldKind, Move, Procedure};

use crate::{
    Channel,
    course::{self, Turn},
    stage::Stage,
    state::Known,
};

/// A move somebody may choose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<'p> {
    pub(crate) mv: &'p Move,
    pub(crate) turn: Turn,
    pub(crate) weight: f64,
    /// Whether it may as well be left undone.
    pub(crate) optional: bool,
}

/// The moves out of the present state that people make, with their weights; those that weigh nothing are left out.
pub(crate) fn choices<'p>(stage: &Stage, procedure: &'p Procedure, case: &Case, known: &Known) -> Vec<Choice<'p>> {
    let Some(course) = stage.course(procedure) else { return Vec::new() };
    let open = |mv: &&Move| {
        let holds = mv.when.iter().all(|condition| condition.holds(case));
        let left = mv.limit.as_ref().is_none_or(|limit| case.times(&mv.id) < limit.times as usize);
        holds && left && !course::by_system_only(mv) && !known.blocked.contains(&mv.id)
    };
    let moves: Vec<(&Move, Turn)> = procedure
        .moves
        .iter()
        .filter(|mv| mv.from.contains(&case.state))
        .filter(open)
        .map(|mv| (mv, course.turn(procedure, &case.state, mv)))
        .collect();
    let weigh = |(mv, turn): &(&'p Move, Turn)| Choice {
        mv,
        turn: *turn,
        weight: weight(&View { stage, procedure, case, known, moves: &moves }, mv, *turn),
        optional: course::is_optional(procedure, &case.state, mv),
    };
    moves.iter().map(weigh).filter(|choice| choice.weight > 0.0).collect()
}

struct View<'a, 'p> {
    stage: &'a Stage,
    procedure: &'p Procedure,
    case: &'a Case,
    known: &'a Known,
    moves: &'a [(&'p Move, Turn)],
}

fn weight(view: &View<'_, '_>, mv: &Move, turn: Turn) -> f64 {
    if refers_to_case(view.procedure, mv) {
        return if view.known.twin.is_some() { 900.0 } else { 0.0 };
    }
    if let Some(weight) = instead(view, mv) {
        return weight;
    }
    let optional = course::is_optional(view.procedure, &view.case.state, mv);
    let asked = !mv.approve.is_empty();
    let same = |what: &AskWhat| matches!(what, AskWhat::Move { mv: other, .. } if *other == mv.id);
    let first = view.case.times(&mv.id) == 0 && !view.case.asks.iter().any(|ask| same(&ask.what));
    let again = if first { 1.0 } else { 0.0 };
    match turn {
        Turn::Onward | Turn::Finish if optional => 9.0,
        Turn::Onward | Turn::Finish => 100.0,
        Turn::Skip if optional => 4.0,
        Turn::Skip => {
            if goes_on(view) {
                10.0
            } else {
                100.0
            }
        }
        Turn::Back if by_holder(mv) => 4.0,
        Turn::Back => view.stage.options.behaviour.fails_percent,
        Turn::Aside => aside(view, asked) * again,
        Turn::Stay => (if splits(mv) { 1.0 } else { 2.0 }) * again,
        Turn::Drop if asked => 1.2 * again,
        Turn::Drop => {
            if at_the_beginning(view) {
                5.0
            } else {
                1.0
            }
        }
    }
}

/// What to do instead of a move that was made too often is done only then, unless nothing else leads there.
fn instead(view: &View<'_, '_>, mv: &Move) -> Option<f64> {
    let other = course::instead_of(view.procedure, mv)?;
    let times = other.limit.as_ref().map_or(0, |limit| limit.times as usize);
    let alone = !view.moves.iter().any(|(one, _)| one.id != mv.id && one.to == mv.to);
    match view.case.times(&other.id) >= times {
        true if alone => None,
        true => Some(if view.case.times(&mv.id) == 0 && mv.to != view.case.state { 300.0 } else { 0.0 }),
        false if alone => None,
        false => Some(0.0),
    }
}

/// What comes from outside is often looked at before it is taken up.
fn aside(view: &View<'_, '_>, asked: bool) -> f64 {
    let patrol = view.stage.options.behaviour.channel(&view.case.source) == Channel::Patrol;
    match at_the_beginning(view) {
        true if patrol => 0.5,
        true => 45.0,
        false if asked => 4.0,
        false => 5.0,
    }
}

fn at_the_beginning(view: &View<'_, '_>) -> bool {
    view.case.state == view.procedure.initial
}

/// Whether a plain step along the main line is possible.
fn goes_on(view: &View<'_, '_>) -> bool {
    let plain = |(mv, turn): &(&Move, Turn)| {
        let on = matches!(turn, Turn::Onward | Turn::Finish);
        on && !course::is_optional(view.procedure, &view.case.state, mv)
    };
    view.moves.iter().any(plain)
}

fn by_holder(mv: &Move) -> bool {
    mv.by.contains(&By::Holder)
}

fn splits(mv: &Move) -> bool {
    mv.effects.contains(&Effect::SplitCase)
}

/// Whether the move names another case: the one this is merged into.
fn refers_to_case(procedure: &Procedure, mv: &Move) -> bool {
    let fields = mv.require.iter().filter_map(|field| procedure.field(field));
    fields.into_iter().any(|field| matches!(&field.kind, FieldKind::Ref { to } if to.starts_with("procedure.")))
}
