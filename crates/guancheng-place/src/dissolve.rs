//! Union of parts that fit together: edges walked in both directions cancel, what remains is the outline. Exact where
//! the parts share their border points (areas of one partition, pieces of one cut).

use std::collections::BTreeMap;

use guancheng_base::LonLat;

use crate::cut::{Loop, signed_degrees_2};
use crate::measure::is_inside;
use crate::shape::{Polygon, Ring, Shape};

/// The union of shapes that do not overlap and share their border points exactly; `None` without any.
pub fn dissolve<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Option<Shape> {
    let loops = shapes.into_iter().flat_map(|shape| shape.rings().map(|ring| ring.points().to_vec())).collect();
    Shape::new(group(union(loops))).ok()
}

/// A point as its exact bits: a key that is ordered and equal only to itself.
pub(crate) type Key = (u64, u64);

pub(crate) fn key(at: LonLat) -> Key {
    // Adding zero makes -0.0 and 0.0 the same point.
    ((at.lon + 0.0).to_bits(), (at.lat + 0.0).to_bits())
}

/// The outline of loops that fit together.
pub(crate) fn union(loops: Vec<Loop>) -> Vec<Loop> {
    let mut left: BTreeMap<(Key, Key), usize> = BTreeMap::new();
    let mut places: BTreeMap<Key, LonLat> = BTreeMap::new();
    for points in &loops {
        for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
            let (from, to) = (key(*a), key(*b));
            places.insert(from, *a);
            if !take(&mut left, (to, from)) {
                *left.entry((from, to)).or_default() += 1;
            }
        }
    }
    let mut outlines = Vec::new();
    while let Some((&(start, next), _)) = left.first_key_value() {
        take(&mut left, (start, next));
        if let Some(outline) = trace(&mut left, &places, start, next) {
            outlines.push(outline);
        }
    }
    outlines
}

/// Uses up one edge; false if there was none.
fn take(left: &mut BTreeMap<(Key, Key), usize>, edge: (Key, Key)) -> bool {
    match left.get_mut(&edge) {
        Some(count) if *count > 1 => *count -= 1,
        Some(_) => drop(left.remove(&edge)),
        None => return false,
    }
    true
}

/// Follows edges from `start` until it comes back. Where parts only touch in a point it turns left as sharply as
/// possible and so keeps them apart.
fn trace(
    left: &mut BTreeMap<(Key, Key), usize>,
    places: &BTreeMap<Key, LonLat>,
    start: Key,
    mut at: Key,
) -> Option<Loop> {
    let place = |key: Key| places.get(&key).copied();
    let mut before = start;
    let mut outline = vec![place(start)?];
    while at != start {
        outline.push(place(at)?);
        let (back, here) = (place(before)?, place(at)?);
        let turn = |to: Key| place(to).map_or(f64::INFINITY, |there| clockwise(here, back, there));
        let next = left
            .range((at, (0, 0))..=(at, (u64::MAX, u64::MAX)))
            .map(|((_, to), _)| *to)
            .min_by(|a, b| turn(*a).total_cmp(&turn(*b)))?;
        take(left, (at, next));
        (before, at) = (at, next);
    }
    Some(outline)
}

/// Clockwise angle at `here` from the direction of `from` to that of `to`, in (0, 2π].
fn clockwise(here: LonLat, from: LonLat, to: LonLat) -> f64 {
    let angle = |at: LonLat| (at.lat - here.lat).atan2(at.lon - here.lon);
    let turn = (angle(from) - angle(to)).rem_euclid(std::f64::consts::TAU);
    if turn == 0.0 { std::f64::consts::TAU } else { turn }
}

/// Sorts loops into polygons: counter-clockwise ones are outlines, each clockwise one is a hole of the smallest outline
/// around it.
pub(crate) fn group(loops: Vec<Loop>) -> Vec<Polygon> {
    let (outers, holes): (Vec<Loop>, Vec<Loop>) = loops.into_iter().partition(|points| signed_degrees_2(points) > 0.0);
    let mut polygons: Vec<Polygon> = outers
        .into_iter()
        .filter_map(|points| Some(Polygon { outer: Ring::new(points).ok()?, holes: Vec::new() }))
        .collect();
    polygons.sort_by(|a, b| signed_degrees_2(a.outer.points()).total_cmp(&signed_degrees_2(b.outer.points())));
    for hole in holes.into_iter().filter_map(|points| Ring::new(points).ok()) {
        let around = polygons.iter().position(|polygon| holds(&polygon.outer, &hole));
        if let Some(polygon) = around.and_then(|i| polygons.get_mut(i)) {
            polygon.holes.push(hole);
        }
    }
    polygons
}

/// True if most of the hole's edges have their middle inside: robust where the hole touches the outline.
fn holds(outer: &Ring, hole: &Ring) -> bool {
    let inside = hole
        .edges()
        .filter(|(a, b)| {
            let middle = LonLat { lon: (a.lon + b.lon) / 2.0, lat: (a.lat + b.lat) / 2.0 };
            is_inside(outer.edges(), middle)
        })
        .count();
    2 * inside >= hole.points().len()
}
