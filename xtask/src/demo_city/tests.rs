//! The generated geography is whole, and the files in the packs are what the generator makes.

use guancheng_place::{Area, AreaTree, Cell, Crs, GridSpec, Level, Line, Locator, LonLat, Polygon, Ring, Shape};
use guancheng_place::{dissolve, generate_grid, metres_between, to_cgcs2000};

use super::geojson::Feature;
use super::lattice::Lattice;
use super::stream::Stream;
use super::{areas, files, neighbourhoods, rate, stale};

#[test]
fn the_files_are_fresh() {
    let files = files();
    assert_eq!(stale(&crate::tidy::root(), &files), Vec::<&str>::new(), "run: cargo xtask demo-city");
}

/// Parts make up their whole, cells make up the city, and each point of it has one cell.
fn check_whole(features: &[Feature], spec: &GridSpec, cells_expected: std::ops::Range<usize>) {
    let tree = rate::tree(features);
    let shape = |area: &Area| area.shape.clone().expect("every area has an outline");
    for area in tree.iter().filter(|area| tree.children(area.code).next().is_some()) {
        let parts: Vec<Shape> = tree.children(area.code).map(shape).collect();
        let union = dissolve(&parts).expect("parts");
        assert!((union.area_m2() / shape(area).area_m2() - 1.0).abs() < 1e-9, "{} is not its parts", area.name);
    }
    let city = shape(tree.roots().next().expect("a root"));
    let cells: Vec<Cell> = generate_grid(&tree, spec).expect("a grid");
    assert!(cells_expected.contains(&cells.len()), "{} cells", cells.len());
    let sum: f64 = cells.iter().map(|cell| cell.shape.area_m2()).sum();
    assert!((sum / city.area_m2() - 1.0).abs() < 1e-6, "cells differ from the city");
    let locator = Locator::build(tree, cells).expect("a locator");
    let (mut stream, bounds) = (Stream::new("check"), city.bounds());
    for _ in 0..20_000 {
        let at =
            LonLat { lon: stream.between(bounds.west, bounds.east), lat: stream.between(bounds.south, bounds.north) };
        assert_eq!(locator.locate(at).is_some(), city.contains(at), "{at:?}");
    }
}

#[test]
fn the_demo_city_is_whole() {
    let lattice = Lattice::new();
    let features = areas::features(&lattice, &lattice.blocks());
    check_whole(&features, &GridSpec::default(), 20_000..40_000);
    let tree = rate::tree(&features);
    for district in tree.level(Level::District) {
        let streets = tree.children(district.code).count();
        assert!((5..=8).contains(&streets), "{} has {streets} streets", district.name);
    }
    let scattered = tree.iter().filter(|area| area.shape.as_ref().is_some_and(|shape| shape.polygons().len() > 1));
    assert_eq!(scattered.count(), 0, "every area is one piece");
}

#[test]
fn the_neighbourhoods_are_whole() {
    let spec = GridSpec { side_m: 200.0, sliver_m2: 10_000.0, ..GridSpec::default() };
    check_whole(&neighbourhoods::features().0, &spec, 8_000..10_000);
}

/// Facts that lie beside the checkout of the maintainers; not part of the repository.
const FACTS: &str = "../shared/data/geo";

#[test]
fn the_same_districts_in_two_datums_meet_after_conversion() {
    let folder = crate::tidy::root().join(FACTS);
    let read = |datum: &str| {
        let text =
            std::fs::read_to_string(folder.join(format!("zhengzhou_districts_detailed_{datum}.geojson"))).ok()?;
        Some(districts(&serde_json::from_str(&text).ok()?))
    };
    let (Some(displaced), Some(true_ones)) = (read("gcj02"), read("wgs84")) else {
        println!("skipped: the district files in two datums are not beside this checkout ({FACTS})");
        return;
    };
    let mut compared = 0;
    for ((name, raw), (_, expected)) in displaced.iter().zip(&true_ones) {
        let off = metres_between(raw.centroid(), expected.centroid());
        assert!(off > 400.0, "{name}: the raw outline should be displaced, is {off} m");
        // Repairing the outlines dropped spikes and added crossings, so points are held against edges.
        let lines: Vec<Line> = raw.rings().map(converted).collect();
        for at in expected.rings().flat_map(Ring::points) {
            let away = lines.iter().map(|line| line.distance_m(*at)).fold(f64::INFINITY, f64::min);
            assert!(away < 1.0, "{name}: {at:?} is {away} m from the converted outline");
            compared += 1;
        }
    }
    assert!(compared > 10_000, "{compared} points compared");
}

#[test]
fn real_outlines_of_many_corners_are_covered() {
    let Some(districts) = read_districts("wgs84") else { return };
    let code = |i: usize| format!("4101{:02}", i + 1).parse().expect("a code");
    let area = |(i, (name, shape)): (usize, (String, Shape))| Area { code: code(i), name, shape: Some(shape) };
    let tree = AreaTree::new(districts.into_iter().enumerate().map(area).collect()).expect("a tree");
    let spec = GridSpec { side_m: 1500.0, sliver_m2: 500_000.0, ..GridSpec::default() };
    let cells = generate_grid(&tree, &spec).expect("a grid");
    let sum: f64 = cells.iter().map(|cell| cell.shape.area_m2()).sum();
    let whole: f64 = tree.iter().filter_map(|area| area.shape.as_ref()).map(Shape::area_m2).sum();
    assert!((sum / whole - 1.0).abs() < 1e-6, "cells {sum}, districts {whole}");
    assert!(cells.len() > 3_000, "{} cells", cells.len());
}

/// The districts in one datum; `None`, with a line that says so, where the files are not at hand.
fn read_districts(datum: &str) -> Option<Vec<(String, Shape)>> {
    let file = crate::tidy::root().join(FACTS).join(format!("zhengzhou_districts_detailed_{datum}.geojson"));
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: the district files in two datums are not beside this checkout ({FACTS})");
        return None;
    };
    Some(districts(&serde_json::from_str(&text).expect("JSON")))
}

fn converted(ring: &Ring) -> Line {
    let points = ring.points().iter().chain(ring.points().first());
    let convert = |at: &LonLat| to_cgcs2000(Crs::Gcj02, at.lon, at.lat).expect("in China");
    Line::new(points.map(convert).collect()).expect("a line")
}

/// Name and outline of each feature; rings of two points in the raw file are left out.
fn districts(file: &serde_json::Value) -> Vec<(String, Shape)> {
    let features = file["features"].as_array().expect("features");
    features
        .iter()
        .filter_map(|feature| Some((feature["properties"]["name"].as_str()?.to_owned(), outline(feature)?)))
        .collect()
}

fn outline(feature: &serde_json::Value) -> Option<Shape> {
    let coordinates = &feature["geometry"]["coordinates"];
    let polygons: Vec<&serde_json::Value> = match feature["geometry"]["type"].as_str()? {
        "Polygon" => vec![coordinates],
        _ => coordinates.as_array()?.iter().collect(),
    };
    let read = |polygon: &serde_json::Value| {
        let mut rings = polygon.as_array()?.iter().filter_map(|ring| {
            let point = |at: &serde_json::Value| Some(LonLat { lon: at[0].as_f64()?, lat: at[1].as_f64()? });
            Ring::new(ring.as_array()?.iter().filter_map(point).collect()).ok()
        });
        Some(Polygon { outer: rings.next()?, holes: rings.collect() })
    };
    Shape::new(polygons.into_iter().filter_map(read).collect()).ok()
}
