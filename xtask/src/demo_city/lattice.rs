//! The ground plan: parallel streets at uneven distances, bent by a few slow waves. Everything else is drawn in plan
//! kilometres (u east, v north of the centre) and bent in the same way.

use guancheng_place::LonLat;

use super::geojson::round;
use super::stream::Stream;

/// The centre: the main square.
const CENTRE: LonLat = LonLat { lon: 113.65, lat: 34.76 };
/// Kilometres of a degree at the centre.
const LON_KM: f64 = 91.5;
const LAT_KM: f64 = 110.9;
/// Blocks from the centre to the edge of the plan.
const HALF_COLUMNS: usize = 17;
const HALF_ROWS: usize = 15;
/// Half the city's width and height in kilometres.
const HALF_WIDTH_KM: f64 = 8.1;
const HALF_HEIGHT_KM: f64 = 7.1;

/// A position in plan kilometres.
pub type Plan = (f64, f64);

/// A block between four streets: column and row of its south-west node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// Counted from the west.
    pub column: usize,
    /// Counted from the south.
    pub row: usize,
}

/// The streets of the plan.
pub struct Lattice {
    columns: Vec<f64>,
    rows: Vec<f64>,
    phases: [f64; 5],
}

impl Lattice {
    /// The plan of the seed.
    pub fn new() -> Lattice {
        let mut stream = Stream::new("lattice");
        let phases = std::array::from_fn(|_| stream.between(0.0, std::f64::consts::TAU));
        Lattice { columns: lines(&mut stream, HALF_COLUMNS), rows: lines(&mut stream, HALF_ROWS), phases }
    }

    /// Number of the street through the centre: (column, row).
    pub fn middle(&self) -> (usize, usize) {
        (HALF_COLUMNS, HALF_ROWS)
    }

    /// How many streets run north–south and east–west.
    pub fn size(&self) -> (usize, usize) {
        (self.columns.len(), self.rows.len())
    }

    /// Where two streets cross, in the plan.
    pub fn crossing(&self, column: usize, row: usize) -> Plan {
        (self.columns[column], self.rows[row])
    }

    /// Where two streets cross, on the globe.
    pub fn node(&self, column: usize, row: usize) -> LonLat {
        self.at(self.crossing(column, row))
    }

    /// From the plan to the globe.
    pub fn at(&self, (u, v): Plan) -> LonLat {
        let [a, b, c, d, _] = self.phases;
        let x = u + 0.24 * (0.62 * v + a).sin() + 0.13 * (0.61 * u + 0.5 * v + b).sin();
        let y = v + 0.21 * (0.55 * u + c).sin() + 0.11 * (0.44 * u + 0.7 * v + d).sin();
        round(CENTRE.lon + x / LON_KM, CENTRE.lat + y / LAT_KM)
    }

    /// The middle of a block in the plan.
    pub fn centre(&self, block: Block) -> Plan {
        let (a, b) = (self.crossing(block.column, block.row), self.crossing(block.column + 1, block.row + 1));
        ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)
    }

    /// The blocks that belong to the city: a rounded rectangle with a wavering edge.
    pub fn blocks(&self) -> Vec<Block> {
        let all = (0..self.rows.len() - 1)
            .flat_map(|row| (0..self.columns.len() - 1).map(move |column| Block { column, row }));
        all.filter(|block| self.is_city(self.centre(*block))).collect()
    }

    fn is_city(&self, (u, v): Plan) -> bool {
        let waver = 1.0 + 0.16 * (3.0 * v.atan2(u) + self.phases[4]).sin() + 0.08 * (7.0 * v.atan2(u)).sin();
        (u / HALF_WIDTH_KM).abs().powi(3) + (v / HALF_HEIGHT_KM).abs().powi(3) <= waver
    }
}

/// Distances of 0.42 to 0.58 km to both sides of 0.
fn lines(stream: &mut Stream, half: usize) -> Vec<f64> {
    let mut side = || {
        let mut at = 0.0;
        let steps: Vec<f64> = (0..half)
            .map(|_| {
                at += stream.between(0.42, 0.58);
                at
            })
            .collect();
        steps
    };
    let (before, after) = (side(), side());
    before.iter().rev().map(|at| -at).chain([0.0]).chain(after).collect()
}
