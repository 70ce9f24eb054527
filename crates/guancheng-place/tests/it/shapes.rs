//! Outlines and measures.

use guancheng_place::{Line, Shape, ShapeFault, dissolve};
use proptest::prelude::*;

use crate::{at, shape};

#[test]
fn area_agrees_with_the_ellipsoid() {
    // PROJ's geodesic polygon 101,578,483.3 m²; our edges are straight in degrees, theirs geodesics: 4 in 10⁶ apart.
    let square = shape(&[&[(113.6, 34.7), (113.7, 34.7), (113.7, 34.8), (113.6, 34.8)]]);
    assert!((square.area_m2() / 101_578_483.3 - 1.0).abs() < 1e-5, "{}", square.area_m2());
}

#[test]
fn holes_count_and_direction_does_not() {
    let outer = [(0.0, 0.0), (0.0, 3.0), (3.0, 3.0), (3.0, 0.0)];
    let hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)];
    let (whole, part, with_hole) = (shape(&[&outer]), shape(&[&hole]), shape(&[&outer, &hole]));
    assert!((whole.area_m2() - part.area_m2() - with_hole.area_m2()).abs() < 1.0);
    assert!(with_hole.contains(at(0.5, 0.5)) && !with_hole.contains(at(1.5, 1.5)) && !with_hole.contains(at(4.0, 1.0)));
    let centre = with_hole.centroid();
    assert!((centre.lon - 1.5).abs() < 1e-6 && (centre.lat - 1.5).abs() < 1e-3);
}

#[test]
fn a_shared_border_belongs_to_one() {
    let west = shape(&[&[(0.0, 0.0), (1.0, 0.3), (1.1, 1.0), (0.0, 1.0)]]);
    let east = shape(&[&[(1.0, 0.3), (2.0, 0.0), (2.0, 1.0), (1.1, 1.0)]]);
    for step in 0..70 {
        let t = f64::from(step) / 70.0;
        let on_border = at(1.0 + 0.1 * t, 0.3 + 0.7 * t);
        assert!(west.contains(on_border) != east.contains(on_border), "{on_border:?}");
    }
}

#[test]
fn faults_of_outlines_say_what_is_wrong() {
    use guancheng_place::Ring;
    let two = Ring::new(vec![at(0.0, 0.0), at(1.0, 0.0), at(0.0, 0.0)]);
    assert_eq!(two, Err(ShapeFault::TooFewPoints { points: 2 }));
    assert_eq!(Ring::new(vec![at(34.0, 113.0)]), Err(ShapeFault::OffGlobe { lon: 34.0, lat: 113.0 }));
    assert!(matches!(Ring::new(vec![at(f64::NAN, 1.0)]), Err(ShapeFault::OffGlobe { .. })));
    assert_eq!(Shape::new(vec![]), Err(ShapeFault::NoPolygon));
}

#[test]
fn roads_are_measured_in_metres() {
    let road = Line::new(vec![at(113.60, 34.70), at(113.60, 34.72), at(113.63, 34.72)]).expect("a line");
    assert!((road.length_m() - 4966.0).abs() < 5.0, "{}", road.length_m());
    assert!((road.distance_m(at(113.601, 34.71)) - 91.6).abs() < 0.5, "{}", road.distance_m(at(113.601, 34.71)));
    let beside = Line::new(vec![at(113.61, 34.73), at(113.62, 34.73)]).expect("a line");
    assert!((road.distance_to_line_m(&beside) - 1109.3).abs() < 2.0, "{}", road.distance_to_line_m(&beside));
    let across = Line::new(vec![at(113.59, 34.71), at(113.61, 34.71)]).expect("a line");
    assert_eq!(road.distance_to_line_m(&across), 0.0);
}

#[test]
fn dissolving_removes_inner_borders_and_keeps_holes() {
    let cell = |x: f64, y: f64| shape(&[&[(x, y), (x + 1.0, y), (x + 1.0, y + 1.0), (x, y + 1.0)]]);
    let around: Vec<Shape> = (0..9).filter(|i| *i != 4).map(|i| cell(f64::from(i % 3), f64::from(i / 3))).collect();
    let frame = dissolve(&around).expect("a shape");
    assert_eq!(frame.polygons().len(), 1);
    assert_eq!(frame.polygons()[0].holes.len(), 1);
    assert!(!frame.contains(at(1.5, 1.5)) && frame.contains(at(0.5, 1.0)));
    let sum: f64 = around.iter().map(Shape::area_m2).sum();
    assert!((frame.area_m2() / sum - 1.0).abs() < 1e-9);
    let touching = dissolve(&[cell(0.0, 0.0), cell(1.0, 1.0)]).expect("a shape");
    assert_eq!(touching.polygons().len(), 2, "parts that touch in a point stay two polygons");
}

proptest! {
    #[test]
    fn distance_is_symmetric(a in any_line(), b in any_line()) {
        let (there, back) = (a.distance_to_line_m(&b), b.distance_to_line_m(&a));
        prop_assert!((there - back).abs() <= 0.002 * there.max(1.0), "{there} {back}");
    }
}

fn any_line() -> impl Strategy<Value = Line> {
    proptest::collection::vec((113.6..113.7f64, 34.7..34.8f64), 2..6)
        .prop_map(|points| Line::new(points.into_iter().map(|(lon, lat)| at(lon, lat)).collect()).expect("a line"))
}
