//! The unit grid.

use std::collections::BTreeSet;

use expect_test::expect;
use guancheng_place::{Area, AreaCode, AreaTree, Cell, GridSpec, Shape, dissolve, generate_grid};
use proptest::prelude::*;

use crate::{Stream, at, ring, shape};

/// A bent outline about 113.65° E, 34.76° N: `corners` points at wandering distances.
fn blob(seed: u64, corners: usize, radius: f64) -> Vec<(f64, f64)> {
    let mut stream = Stream(seed);
    (0..corners)
        .map(|i| {
            let angle = i as f64 / corners as f64 * std::f64::consts::TAU;
            let reach = radius * stream.between(0.3, 1.0);
            (113.65 + reach * angle.cos() * 1.2, 34.76 + reach * angle.sin())
        })
        .collect()
}

fn tree(areas: &[(&str, Shape)]) -> AreaTree {
    let area = |(code, shape): &(&str, Shape)| Area {
        code: code.parse().expect("a code"),
        name: (*code).to_owned(),
        shape: Some(shape.clone()),
    };
    let root = Area { code: "410105".parse().expect("a code"), name: "d".to_owned(), shape: None };
    AreaTree::new(std::iter::once(root).chain(areas.iter().map(area)).collect()).expect("a tree")
}

fn area_m2<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> f64 {
    cells.into_iter().map(|cell| cell.shape.area_m2()).sum()
}

/// Cells cover the shape: the areas sum up and each cell's points lie in or on it.
fn check_cover(whole: &Shape, cells: &[Cell], spec: &GridSpec) {
    let off = area_m2(cells) / whole.area_m2() - 1.0;
    assert!(off.abs() < 1e-6, "cells differ from the area by {off}");
    let union = dissolve(cells.iter().map(|cell| &cell.shape)).expect("a union");
    assert!((union.area_m2() / whole.area_m2() - 1.0).abs() < 1e-6, "no overlap");
    let codes: BTreeSet<AreaCode> = cells.iter().map(|cell| cell.code).collect();
    assert_eq!(codes.len(), cells.len(), "codes are unique");
    let largest = cells.iter().map(|cell| cell.shape.area_m2()).fold(0.0, f64::max);
    assert!(largest < 2.5 * spec.side_m * spec.side_m, "largest {largest}");
}

#[test]
fn a_square_kilometre_gives_a_hundred_cells_numbered_from_the_north_west() {
    let (dx, dy) = (0.010_925, 0.009_014);
    let area = shape(&[&[(113.6, 34.7), (113.6 + dx, 34.7), (113.6 + dx, 34.7 + dy), (113.6, 34.7 + dy)]]);
    let cells = generate_grid(&tree(&[("410105001", area.clone())]), &GridSpec::default()).expect("a grid");
    check_cover(&area, &cells, &GridSpec::default());
    assert_eq!(cells.len(), 100);
    let (first, last) = (&cells[0], &cells[99]);
    assert_eq!(
        (first.code.to_string().as_str(), last.code.to_string().as_str()),
        ("410105001000001", "410105001000100")
    );
    let (first, last) = (first.shape.centroid(), last.shape.centroid());
    assert!(first.lon < last.lon && first.lat > last.lat);
}

#[test]
fn slivers_join_a_neighbour_of_the_same_area() {
    let spec = GridSpec { anchor: Some(at(113.6, 34.7)), ..GridSpec::default() };
    // 2.1 by 1.1 squares: strips of a tenth along two sides.
    let area = shape(&[&[(113.6, 34.7), (113.602_294, 34.7), (113.602_294, 34.700_992), (113.6, 34.700_992)]]);
    let cells = generate_grid(&tree(&[("410105001", area.clone())]), &spec).expect("a grid");
    check_cover(&area, &cells, &spec);
    let sizes: Vec<i64> = cells.iter().map(|cell| cell.shape.area_m2().round() as i64).collect();
    assert_eq!(cells.len(), 2, "{sizes:?}");
    assert!(cells.iter().all(|cell| cell.shape.polygons().len() == 1), "merged into one polygon");
}

#[test]
fn a_cell_never_crosses_the_border_between_two_streets() {
    let border = [(113.651, 34.74), (113.653, 34.755), (113.648, 34.762), (113.652, 34.775)];
    let west: Vec<_> = [(113.63, 34.775), (113.63, 34.74)].into_iter().chain(border).collect();
    let east: Vec<_> = [(113.67, 34.74), (113.67, 34.775)].into_iter().chain(border.into_iter().rev()).collect();
    let streets = [("410105001", shape(&[&west])), ("410105002", shape(&[&east]))];
    let cells = generate_grid(&tree(&streets), &GridSpec::default()).expect("a grid");
    for (code, street) in &streets {
        let code: AreaCode = code.parse().expect("a code");
        let own: Vec<Cell> = cells.iter().filter(|cell| code.covers(cell.code)).cloned().collect();
        check_cover(street, &own, &GridSpec::default());
        assert!(own.iter().all(|cell| street.contains(cell.shape.centroid())));
    }
}

#[test]
fn only_the_deepest_outlines_are_drawn_in() {
    let (west, east) = (blob(1, 7, 0.01), blob(2, 7, 0.005));
    let areas = [("410105001", shape(&[&west])), ("410105001001", shape(&[&east]))];
    let cells = generate_grid(&tree(&areas), &GridSpec::default()).expect("a grid");
    assert!(cells.iter().all(|cell| cell.area() == "410105001001".parse().ok()));
}

#[test]
fn holes_and_parts_are_kept() {
    let outer = ring(&[(113.6, 34.7), (113.62, 34.7), (113.62, 34.72), (113.6, 34.72)]);
    let hole = ring(&[(113.606, 34.706), (113.613, 34.704), (113.614, 34.713)]);
    let pond = ring(&[(113.6022, 34.7022), (113.6025, 34.7022), (113.6024, 34.7025)]);
    let island = ring(&[(113.63, 34.7), (113.633, 34.701), (113.632, 34.704)]);
    let parts = [(outer, vec![hole, pond]), (island, vec![])];
    let polygons = parts.map(|(outer, holes)| guancheng_place::Polygon { outer, holes });
    let area = Shape::new(polygons.into()).expect("a shape");
    let cells = generate_grid(&tree(&[("410105001", area.clone())]), &GridSpec::default()).expect("a grid");
    check_cover(&area, &cells, &GridSpec::default());
    assert!(cells.iter().any(|cell| !cell.shape.polygons()[0].holes.is_empty()), "the pond is a hole of its cell");
}

#[test]
fn a_code_once_given_is_not_given_again() {
    let area = shape(&[&blob(3, 9, 0.01)]);
    let tree = tree(&[("410105001", area)]);
    let before = generate_grid(&tree, &GridSpec::default()).expect("a grid");
    let taken: BTreeSet<AreaCode> = before.iter().map(|cell| cell.code).collect();
    let again = generate_grid(&tree, &GridSpec { taken: taken.clone(), ..GridSpec::default() }).expect("a grid");
    assert_eq!(before.len(), again.len());
    assert!(again.iter().all(|cell| !taken.contains(&cell.code)));
}

#[test]
fn faults_say_what_to_do() {
    let areas = tree(&[("410105001", shape(&[&blob(4, 12, 0.05)])), ("410105002", shape(&[&blob(5, 12, 0.03)]))]);
    let faults = generate_grid(&areas, &GridSpec::default()).expect_err("too many");
    let shown: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    expect![[r#"
        area 410105001 needs 4784 cells and has 999 codes left (001 to 999); divide it into areas of the next level with outlines, or draw larger cells
        area 410105002 needs 1239 cells and has 999 codes left (001 to 999); divide it into areas of the next level with outlines, or draw larger cells
    "#]]
    .assert_eq(&shown);
    let spec = GridSpec { side_m: 0.0, ..GridSpec::default() };
    let shown = generate_grid(&areas, &spec).expect_err("side")[0].to_string();
    assert_eq!(shown, "the grid cannot be drawn like this: side_m must be 1 to 100000 metres; the standard's is 100");
    let eight = shape(&[&[(113.6, 34.7), (113.61, 34.71), (113.61, 34.7), (113.6, 34.713)]]);
    let shown =
        generate_grid(&tree(&[("410105001", eight)]), &GridSpec::default()).expect_err("crossed")[0].to_string();
    expect!["the outline of area 410105001 crosses or overlaps itself, so what lies inside is not clear; repair it (for instance: ogr2ogr -makevalid)"].assert_eq(&shown);
    let shown = generate_grid(&tree(&[]), &GridSpec::default()).expect_err("outline")[0].to_string();
    assert_eq!(shown, "no area has an outline; give at least one area a polygon");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_bent_area_is_covered_without_gap_or_overlap(seed in any::<u64>(), corners in 3usize..40, km in 0.2..1.4f64) {
        let area = shape(&[&blob(seed, corners, km * 0.009)]);
        let cells = generate_grid(&tree(&[("410105001", area.clone())]), &GridSpec::default()).expect("a grid");
        check_cover(&area, &cells, &GridSpec::default());
    }

    #[test]
    fn corners_on_the_lines_are_no_trouble(seed in any::<u64>(), corners in 3usize..12) {
        // Every corner on the lattice of the squares: edges along the lines and points exactly on them.
        let spec = GridSpec { side_m: 100.0, anchor: Some(at(113.65, 34.76)), ..GridSpec::default() };
        let mut stream = Stream(seed);
        let (dx, dy) = lattice_step();
        let points: Vec<(f64, f64)> = (0..corners)
            .map(|i| {
                let angle = i as f64 / corners as f64 * std::f64::consts::TAU;
                let reach = stream.between(2.0, 9.0);
                let (x, y) = ((reach * angle.cos()).round(), (reach * angle.sin()).round());
                (113.65 + x * dx, 34.76 + y * dy)
            })
            .collect();
        prop_assume!(points.iter().zip(points.iter().cycle().skip(1)).all(|(a, b)| a != b));
        let area = shape(&[&points]);
        let cells = generate_grid(&tree(&[("410105001", area.clone())]), &spec).expect("a grid");
        let off = area_m2(&cells) / area.area_m2() - 1.0;
        prop_assert!(off.abs() < 1e-6, "{off}");
    }
}

/// Degrees of one square near the middle of the test areas, read from a generated cell.
fn lattice_step() -> (f64, f64) {
    let spec = GridSpec { anchor: Some(at(113.65, 34.76)), ..GridSpec::default() };
    let area = shape(&[&[(113.65, 34.755), (113.66, 34.755), (113.66, 34.765), (113.65, 34.765)]]);
    let cells = generate_grid(&tree(&[("410105001", area)]), &spec).expect("a grid");
    let bounds = cells[cells.len() / 2].shape.bounds();
    (bounds.east - bounds.west, bounds.north - bounds.south)
}
