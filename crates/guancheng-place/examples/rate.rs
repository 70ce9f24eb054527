//! How many points a second are located on one core with about 40,000 cells: `cargo run --release -p guancheng-place
//! --example rate`.

use std::time::Instant;

use guancheng_place::{Area, AreaTree, GridSpec, Locator, LonLat, Polygon, Ring, Shape, generate_grid};

/// 20 × 20 km in 400 bent communities.
fn areas() -> Vec<Area> {
    let node = |x: u32, y: u32| {
        let (x, y) = (f64::from(x), f64::from(y));
        LonLat {
            lon: 113.5 + 0.01093 * x + 0.002 * (0.7 * y).sin(),
            lat: 34.65 + 0.00901 * y + 0.002 * (0.9 * x).sin(),
        }
    };
    let mut areas = vec![area("410105", None), area("410105001", None)];
    for i in 0..400 {
        let (x, y) = (i % 20, i / 20);
        let outer = Ring::new(vec![node(x, y), node(x + 1, y), node(x + 1, y + 1), node(x, y + 1)]);
        let shape = outer.and_then(|outer| Shape::new(vec![Polygon { outer, holes: vec![] }])).ok();
        areas.push(area(&format!("410105001{:03}", i + 1), shape));
    }
    areas
}

fn area(code: &str, shape: Option<Shape>) -> Area {
    Area { code: code.parse().expect("a code"), name: code.to_owned(), shape }
}

fn main() {
    let tree = AreaTree::new(areas()).expect("a tree");
    let start = Instant::now();
    let cells = generate_grid(&tree, &GridSpec::default()).expect("a grid");
    println!("grid       {:>10} cells in {:?}", cells.len(), start.elapsed());
    let start = Instant::now();
    let locator = Locator::build(tree, cells).expect("a locator");
    println!("index      {:>10} cells in {:?}", locator.cells().len(), start.elapsed());
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let points: Vec<LonLat> =
        (0..2_000_000).map(|_| LonLat { lon: 113.5 + 0.2186 * next(), lat: 34.65 + 0.1802 * next() }).collect();
    let start = Instant::now();
    let found = points.iter().filter(|at| locator.locate(**at).is_some()).count();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "locate     {:>10.0} points/s on one core ({found} of {} inside)",
        points.len() as f64 / seconds,
        points.len()
    );
}
