//! The public face of the crate: codes, outlines, the grid, locating, coordinate systems.

mod codes;
mod crs;
mod grid;
mod locate;
mod quadkeys;
mod shapes;

use guancheng_place::{LonLat, Polygon, Ring, Shape};

/// A shape of one polygon: the first list is the outline, the others are holes.
fn shape(rings: &[&[(f64, f64)]]) -> Shape {
    let mut rings = rings.iter().map(|points| ring(points));
    let outer = rings.next().expect("an outline");
    Shape::new(vec![Polygon { outer, holes: rings.collect() }]).expect("a shape")
}

fn ring(points: &[(f64, f64)]) -> Ring {
    Ring::new(points.iter().map(|&(lon, lat)| at(lon, lat)).collect()).expect("a ring")
}

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat { lon, lat }
}

/// A small repeatable stream of numbers in 0..1 (splitmix64).
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, from: f64, until: f64) -> f64 {
        from + (until - from) * self.next()
    }
}
