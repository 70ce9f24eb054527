//! Point → cell → community → street → district.

use expect_test::expect;
use guancheng_place::{
    Area, AreaCode, AreaTree, Bounds, Cell, GridSpec, Locator, Shape, dissolve, generate_grid, metres_between,
};
use proptest::prelude::*;

use crate::{Stream, at, shape};

/// Two districts, four streets, eight communities: a bent 4 × 2 lattice with a hole of nothing in it.
fn city() -> Locator {
    let node = |x: usize, y: usize| {
        let (x, y) = (x as f64, y as f64);
        (113.6 + 0.008 * x + 0.0013 * (1.7 * y).sin(), 34.7 + 0.007 * y + 0.0011 * (2.3 * x).sin())
    };
    let mut areas = Vec::new();
    for block in 0..8 {
        let (x, y) = (block % 4, block / 4);
        let outline = shape(&[&[node(x, y), node(x + 1, y), node(x + 1, y + 1), node(x, y + 1)]]);
        let code = format!("41010{}{:03}{:03}", 4 + x / 2, x % 2 + 1, y + 1);
        areas.push(area(&code, Some(outline)));
    }
    for district in ["410104", "410105"] {
        areas.push(area(district, None));
        for street in ["001", "002"] {
            areas.push(area(&format!("{district}{street}"), None));
        }
    }
    let tree = AreaTree::new(areas).expect("a tree");
    let cells = generate_grid(&tree, &GridSpec::default()).expect("a grid");
    Locator::build(tree, cells).expect("a locator")
}

fn area(code: &str, shape: Option<Shape>) -> Area {
    Area { code: code.parse().expect("a code"), name: code.to_owned(), shape }
}

#[test]
fn a_point_has_one_cell_and_its_areas_follow_from_the_code() {
    let city = city();
    let found = city.locate(at(113.6204, 34.7102)).expect("inside");
    let shown = format!(
        "{} {:?} {:?} {} {}",
        found.cell,
        found.community.map(|code| code.to_string()),
        found.street.map(|code| code.to_string()),
        found.district,
        found.area()
    );
    expect![[r#"410105001002034 Some("410105001002") Some("410105001") 410105 410105001002"#]].assert_eq(&shown);
    assert_eq!(city.locate(at(113.5, 34.7)), None);
    assert_eq!(city.locate(at(f64::NAN, 34.7)), None);
    assert_eq!(city.cell(found.cell).map(|cell| cell.code), Some(found.cell));
}

#[test]
fn every_point_inside_is_found_and_agrees_with_the_slow_way() {
    let city = city();
    let whole = dissolve(city.areas().leaves().filter_map(|area| area.shape.as_ref())).expect("a shape");
    let mut stream = Stream(7);
    for _ in 0..20_000 {
        let point = at(stream.between(113.59, 113.64), stream.between(34.69, 34.72));
        let found = city.locate(point).map(|located| located.cell);
        assert_eq!(found.is_some(), whole.contains(point), "{point:?}");
        if let Some(cell) = found {
            let area = city.areas().get(cell.parent().expect("an area")).expect("declared");
            assert!(area.shape.as_ref().expect("an outline").contains(point), "{point:?}");
        }
    }
}

#[test]
fn points_on_borders_belong_to_exactly_one_cell() {
    let city = city();
    let corners: Vec<_> = city
        .cells()
        .iter()
        .flat_map(|cell| cell.shape.rings().flat_map(|ring| ring.points().to_vec()).collect::<Vec<_>>())
        .collect();
    let inner = |corner: &&guancheng_place::LonLat| {
        corner.lon > 113.604 && corner.lon < 113.628 && corner.lat > 34.703 && corner.lat < 34.711
    };
    let mut seen = 0;
    for corner in corners.iter().filter(inner) {
        let found = city.locate(*corner);
        assert!(found.is_some(), "{corner:?} is nowhere");
        assert_eq!(found, city.locate(*corner), "the answer never changes");
        seen += 1;
    }
    assert!(seen > 900, "{seen}");
}

#[test]
fn cells_in_a_window_and_the_nearest_cell() {
    let city = city();
    let window = Bounds { west: 113.61, south: 34.705, east: 113.612, north: 34.707 };
    let found: Vec<AreaCode> = city.cells_in(window).map(|cell| cell.code).collect();
    let slow: Vec<AreaCode> =
        city.cells().iter().filter(|cell| cell.shape.bounds().meets(window)).map(|cell| cell.code).collect();
    assert_eq!(found, slow);
    let inside = at(113.6204, 34.7102);
    assert_eq!(city.nearest(inside), city.locate(inside).map(|located| (located.cell, 0.0)));
    let (_, metres) = city.nearest(at(113.5, 34.7)).expect("a cell");
    assert!((9_000.0..9_300.0).contains(&metres), "{metres}");
    let empty = Locator::build(city.areas().clone(), vec![]).expect("a locator");
    assert_eq!((empty.nearest(inside), empty.locate(inside)), (None, None));
    assert_eq!(empty.cells_in(window).count(), 0);
}

#[test]
fn cells_and_areas_must_be_of_one_city() {
    let city = city();
    let cell = |code: &str| Cell { code: code.parse().expect("a code"), shape: city.cells()[0].shape.clone() };
    let cells = vec![cell("410104001001001"), cell("410104001001001"), cell("410104001"), cell("410999001001001")];
    let faults = Locator::build(city.areas().clone(), cells).expect_err("faults");
    let shown: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    expect![[r#"
        410104001 is not a cell code; it needs 15 digits ending in 001 to 999
        cell 410104001001001 is given twice; a code names one cell for ever
        cell 410999001001001 lies in area 410999001001, which is not declared; declare it
    "#]]
    .assert_eq(&shown);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_nearest_cell_is_the_nearest(lon in 113.55..113.68f64, lat in 34.65..34.76f64) {
        let city = city();
        let (_, metres) = city.nearest(at(lon, lat)).expect("a cell");
        let slow = city
            .cells()
            .iter()
            .flat_map(|cell| cell.shape.rings().flat_map(|ring| ring.points().to_vec()).collect::<Vec<_>>())
            .map(|corner| metres_between(corner, at(lon, lat)))
            .fold(f64::INFINITY, f64::min);
        prop_assert!(metres <= slow * 1.01 + 1e-6, "{metres} {slow}");
        prop_assert!(metres >= slow - 142.0, "no corner is further from the nearest point than a diagonal");
    }
}
