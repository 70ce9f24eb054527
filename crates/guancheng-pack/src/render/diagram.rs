//! The states of a procedure as an SVG: one column per stage, states below each other, moves as arrows with their
//! numbers in the table of moves. Drawn without a layout engine, so that the same procedure always gives the same picture.

use std::collections::BTreeMap;

use guancheng_case::{Procedure, State};

use super::escape;

const COLUMN: usize = 190;
const ROW: usize = 84;
const BOX_WIDTH: usize = 128;
const BOX_HEIGHT: usize = 40;
const MARGIN: usize = 24;
const HEAD: usize = 36;

/// Where a state stands: its top left corner.
struct Place {
    x: usize,
    y: usize,
}

/// The picture.
pub fn svg(procedure: &Procedure) -> String {
    let stages = stages(procedure);
    let places = places(procedure, &stages);
    let height = places.values().map(|place| place.y).max().unwrap_or(0) + BOX_HEIGHT + MARGIN;
    let width = stages.len() * COLUMN + MARGIN;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
         <path d=\"M0 0L8 4L0 8z\" fill=\"#555\"/></marker></defs>\n",
        escape(&procedure.title)
    );
    for (n, stage) in stages.iter().enumerate() {
        let x = MARGIN + n * COLUMN;
        svg.push_str(&format!("<text x=\"{x}\" y=\"20\" font-weight=\"600\">{}</text>\n", escape(stage)));
    }
    for arrow in arrows(procedure, &places) {
        svg.push_str(&arrow);
    }
    for state in &procedure.states {
        svg.push_str(&place_box(state, places.get(state.id.as_str())));
    }
    svg.push_str("</svg>");
    svg
}

/// The stages in the order in which the states name them.
fn stages(procedure: &Procedure) -> Vec<&str> {
    let mut stages = Vec::new();
    for state in &procedure.states {
        let stage = stage_of(state);
        if !stages.contains(&stage) {
            stages.push(stage);
        }
    }
    stages
}

fn stage_of(state: &State) -> &str {
    state.stage.as_deref().unwrap_or_default()
}

fn places<'p>(procedure: &'p Procedure, stages: &[&str]) -> BTreeMap<&'p str, Place> {
    let mut filled: BTreeMap<usize, usize> = BTreeMap::new();
    let mut places = BTreeMap::new();
    for state in &procedure.states {
        let column = stages.iter().position(|stage| *stage == stage_of(state)).unwrap_or(0);
        let row = filled.entry(column).or_default();
        places.insert(state.id.as_str(), Place { x: MARGIN + column * COLUMN, y: HEAD + *row * ROW });
        *row += 1;
    }
    places
}

fn place_box(state: &State, place: Option<&Place>) -> String {
    let Some(Place { x, y }) = place else { return String::new() };
    let (fill, stroke) = if state.is_final { ("#e8e8e8", 2) } else { ("#fff", 1) };
    let (middle, line) = (x + BOX_WIDTH / 2, y + BOX_HEIGHT / 2 + 4);
    format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"6\" fill=\"{fill}\" stroke=\"#111\" \
         stroke-width=\"{stroke}\"/><text x=\"{middle}\" y=\"{line}\" text-anchor=\"middle\">{}</text>\n",
        escape(&state.title)
    )
}

/// One arrow per pair of states, with the numbers of all its moves. A move that stays where it is has no arrow.
fn arrows(procedure: &Procedure, places: &BTreeMap<&str, Place>) -> Vec<String> {
    let mut numbers: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for (n, mv) in procedure.moves.iter().enumerate() {
        for from in mv.from.iter().filter(|from| **from != mv.to) {
            numbers.entry((from.as_str(), mv.to.as_str())).or_default().push((n + 1).to_string());
        }
    }
    let drawn = numbers.iter().enumerate().filter_map(|(n, ((from, to), numbers))| {
        Some(arrow(places.get(from)?, places.get(to)?, &numbers.join(" "), n))
    });
    drawn.collect()
}

/// A curve from side to side; the `n`-th is bent a little more, so that curves between neighbours stay apart.
fn arrow(from: &Place, to: &Place, numbers: &str, n: usize) -> String {
    let half = BOX_HEIGHT / 2;
    let down = to.x == from.x;
    let (x1, y1, x2, y2) = match (down, to.x > from.x) {
        (true, _) if to.y > from.y => (from.x + BOX_WIDTH / 2, from.y + BOX_HEIGHT, to.x + BOX_WIDTH / 2, to.y),
        (true, _) => (from.x, from.y + half, to.x, to.y + half),
        (false, true) => (from.x + BOX_WIDTH, from.y + half, to.x, to.y + half),
        (false, false) => (from.x, from.y + half + 10, to.x + BOX_WIDTH, to.y + half + 10),
    };
    let bend = 12 + n % 4 * 8;
    let (middle_x, middle_y) = ((x1 + x2) / 2, (y1 + y2) / 2);
    let (cx, cy) = match (down, to.x > from.x) {
        (true, _) => (middle_x.saturating_sub(bend), middle_y),
        (false, true) => (middle_x, middle_y.saturating_sub(bend)),
        (false, false) => (middle_x, middle_y + bend),
    };
    let (tx, ty) = ((x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4 + 4);
    format!(
        "<path d=\"M{x1} {y1}Q{cx} {cy} {x2} {y2}\" fill=\"none\" stroke=\"#555\" marker-end=\"url(#tip)\"/>\
         <text x=\"{tx}\" y=\"{ty}\" text-anchor=\"middle\" font-weight=\"600\" paint-order=\"stroke\" stroke=\"#fff\" \
         stroke-width=\"4\">{numbers}</text>\n"
    )
}
