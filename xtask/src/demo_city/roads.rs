//! Roads: the streets of the plan, three rings, four radials, two railways. Names are common street names in a plausible
//! order; their course is invented.

use std::collections::BTreeSet;

use super::areas::SYNTHETIC;
use super::geojson::{Feature, Geometry};
use super::lattice::{Block, Lattice, Plan};

/// Rings: name, streets from the middle to the east and west side, and to the north and south side.
const RINGS: [(&str, usize, usize); 3] = [("内环快速路", 5, 4), ("二环快速路", 9, 8), ("三环快速路", 13, 11)];

/// From north to south, every second street.
const EAST_WEST: [&str; 15] = [
    "江山路",
    "迎宾路",
    "国基路",
    "三全路",
    "东风路",
    "农业路",
    "黄河路",
    "金水路",
    "建设路",
    "中原路",
    "陇海路",
    "航海路",
    "淮河路",
    "长江路",
    "南屏路",
];

/// From west to east, every second street.
const NORTH_SOUTH: [&str; 17] = [
    "长椿路",
    "瑞达路",
    "化工路",
    "秦岭路",
    "桐柏路",
    "嵩山路",
    "大学路",
    "京广路",
    "文化路",
    "花园路",
    "紫荆山路",
    "未来路",
    "中州大道",
    "通泰路",
    "黄河东路",
    "明理路",
    "前程路",
];

/// Radials: name and the direction in degrees from the east, from the inner ring outwards.
const RADIALS: [(&str, f64); 4] = [("中州北路", 39.0), ("科学大道", 141.0), ("嵩岳路", 219.0), ("机场快速路", 321.0)];

/// All lines of the layer `road`.
pub fn features(lattice: &Lattice, land: &[Block]) -> Vec<Feature> {
    let land: BTreeSet<Block> = land.iter().copied().collect();
    let mut features: Vec<Feature> = RINGS.iter().map(|ring| circle(lattice, ring)).collect();
    features.extend(RADIALS.iter().map(|(name, degrees)| radial(lattice, name, *degrees)));
    features.extend(railways(lattice));
    let (columns, rows) = lattice.size();
    for row in (0..rows).rev() {
        features.extend(street(lattice, &land, row, false));
    }
    for column in 0..columns {
        features.extend(street(lattice, &land, column, true));
    }
    features
}

fn road(class: &str, name: &str, points: Vec<guancheng_place::LonLat>) -> Feature {
    Feature::new(Geometry::Line(points), &[("class", class), ("name", name), ("note", SYNTHETIC)])
}

/// One street of the plan, in pieces: only where a block of the city lies beside it and no ring runs on it.
fn street(lattice: &Lattice, land: &BTreeSet<Block>, line: usize, runs_north: bool) -> Vec<Feature> {
    let (columns, rows) = lattice.size();
    let (middle_column, middle_row) = lattice.middle();
    let (middle, length) = if runs_north { (middle_column, rows) } else { (middle_row, columns) };
    let even = line.abs_diff(middle) % 2 == 0;
    let class = if line.abs_diff(middle) % 4 == 0 {
        "arterial"
    } else if even {
        "secondary"
    } else {
        "local"
    };
    let name = match (even, runs_north) {
        (false, _) => "",
        (true, true) => NORTH_SOUTH.get(line / 2).copied().unwrap_or_default(),
        (true, false) => EAST_WEST.get((rows - 1 - line) / 2).copied().unwrap_or_default(),
    };
    let node = |step: usize| if runs_north { (line, step) } else { (step, line) };
    let mut pieces: Vec<Vec<_>> = vec![Vec::new()];
    for step in 0..length - 1 {
        let (a, b) = (node(step), node(step + 1));
        let drawn = beside(a, runs_north).any(|block| land.contains(&block)) && !on_ring(lattice, a, b);
        let Some(piece) = pieces.last_mut() else { break };
        if drawn {
            if piece.is_empty() {
                piece.push(lattice.node(a.0, a.1));
            }
            piece.push(lattice.node(b.0, b.1));
        } else if !piece.is_empty() {
            pieces.push(Vec::new());
        }
    }
    pieces.into_iter().filter(|piece| piece.len() > 1).map(|piece| road(class, name, piece)).collect()
}

/// The blocks on both sides of the stretch that begins at a node.
fn beside((column, row): (usize, usize), runs_north: bool) -> impl Iterator<Item = Block> {
    let other = if runs_north {
        column.checked_sub(1).map(|column| Block { column, row })
    } else {
        row.checked_sub(1).map(|row| Block { column, row })
    };
    std::iter::once(Block { column, row }).chain(other)
}

/// True if a ring runs along the stretch (or cuts its corner there).
fn on_ring(lattice: &Lattice, a: (usize, usize), b: (usize, usize)) -> bool {
    let (middle_column, middle_row) = lattice.middle();
    RINGS.iter().any(|(_, reach_u, reach_v)| {
        let on = |(column, row): (usize, usize)| {
            let (du, dv) = (column.abs_diff(middle_column), row.abs_diff(middle_row));
            (du == *reach_u && dv < *reach_v) || (dv == *reach_v && du < *reach_u)
        };
        on(a) && on(b)
    })
}

/// A ring along four streets of the plan with cut corners, closed.
fn circle(lattice: &Lattice, (name, reach_u, reach_v): &(&str, usize, usize)) -> Feature {
    let (middle_column, middle_row) = lattice.middle();
    let (west, east) = (middle_column - reach_u, middle_column + reach_u);
    let (south, north) = (middle_row - reach_v, middle_row + reach_v);
    let mut nodes: Vec<(usize, usize)> = Vec::new();
    nodes.extend((west + 1..east).map(|column| (column, south)));
    nodes.extend((south + 1..north).map(|row| (east, row)));
    nodes.extend((west + 1..east).rev().map(|column| (column, north)));
    nodes.extend((south + 1..north).rev().map(|row| (west, row)));
    nodes.push((west + 1, south));
    road("expressway", name, nodes.into_iter().map(|(column, row)| lattice.node(column, row)).collect())
}

fn radial(lattice: &Lattice, name: &str, degrees: f64) -> Feature {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let points = (0..=10).map(|step| 2.8 + 0.46 * f64::from(step)).map(|km| lattice.at((km * cos, km * sin)));
    road("expressway", name, points.collect())
}

fn railways(lattice: &Lattice) -> Vec<Feature> {
    let along =
        |points: &dyn Fn(f64) -> Plan| (-18..=18).map(|step| lattice.at(points(f64::from(step) * 0.45))).collect();
    vec![
        road("rail", "南北铁路", along(&|v: f64| (-0.75 + 0.25 * (0.4 * v).sin(), v * 0.86))),
        road("rail", "东西铁路", along(&|u: f64| (u, -0.85 + 0.35 * (0.35 * u).sin()))),
    ]
}
