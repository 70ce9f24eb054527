//! How fast the grid of the demo city is drawn and points are located in it, on one core.

use std::process::ExitCode;
use std::time::Instant;

use guancheng_place::{Area, AreaTree, GridSpec, Locator, LonLat, generate_grid};

use super::areas;
use super::geojson::{Feature, Geometry};
use super::lattice::Lattice;
use super::stream::Stream;

/// Points located.
const POINTS: usize = 2_000_000;

/// Prints three lines: drawing, indexing, locating. The side of the cells is chosen so that there are over 40,000.
pub fn run() -> ExitCode {
    let lattice = Lattice::new();
    let areas = tree(&areas::features(&lattice, &lattice.blocks()));
    let start = Instant::now();
    let spec = GridSpec { side_m: 72.0, sliver_m2: 1_300.0, ..GridSpec::default() };
    let cells = match generate_grid(&areas, &spec) {
        Ok(cells) => cells,
        Err(faults) => {
            faults.iter().for_each(|fault| eprintln!("xtask: {fault}"));
            return ExitCode::FAILURE;
        }
    };
    println!("draw the grid    {:>8} cells    {:>8.1?}", cells.len(), start.elapsed());
    let start = Instant::now();
    let Ok(locator) = Locator::build(areas, cells) else { return ExitCode::FAILURE };
    println!("index it         {:>8} cells    {:>8.1?}", locator.cells().len(), start.elapsed());
    let mut stream = Stream::new("rate");
    let points: Vec<LonLat> = (0..POINTS)
        .map(|_| LonLat { lon: stream.between(113.56, 113.74), lat: stream.between(34.69, 34.83) })
        .collect();
    let start = Instant::now();
    let found = points.iter().filter(|at| locator.locate(**at).is_some()).count();
    let rate = POINTS as f64 / start.elapsed().as_secs_f64();
    println!("locate points    {rate:>8.0} points/s on one core (target 500000); {found} of {POINTS} inside");
    ExitCode::SUCCESS
}

/// The features as a tree.
pub fn tree(features: &[Feature]) -> AreaTree {
    let area = |feature: &Feature| {
        let shape = match &feature.geometry {
            Geometry::Area(shape) => Some(shape.clone()),
            _ => None,
        };
        let code = feature.property("code").parse().expect("every area has a code");
        Area { code, name: feature.property("name").to_owned(), shape }
    };
    AreaTree::new(features.iter().map(area).collect()).expect("codes are unique and complete")
}
