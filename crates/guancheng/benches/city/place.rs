//! The unit grid: drawing it, and finding point → cell → street → district in it on one core.

use std::time::{Duration, Instant};

use guancheng_base::LonLat;
use guancheng_pack::Pack;
use guancheng_place::{GridSpec, Locator, generate_grid};

use crate::{
    measure::{Dice, rate},
    table::Row,
};

/// The target.
const TARGET: f64 = 500_000.0;

/// The fewest cells the target speaks of.
const CELLS: usize = 40_000;

/// The demo city is smaller than that at the standard's 100 m, so its grid is drawn finer here.
const SIDE_M: f64 = 70.0;

/// Points asked for, all over the city's window.
const POINTS: usize = 65_536;

const LONG: Duration = Duration::from_millis(500);

/// Draws the grid of the demo city and looks points up in it.
pub fn rows(pack: &Pack) -> Result<Vec<Row>, String> {
    let areas = pack.places.areas();
    let spec = GridSpec { side_m: SIDE_M, sliver_m2: SIDE_M * SIDE_M / 4.0, ..GridSpec::default() };
    let began = Instant::now();
    let cells = generate_grid(areas, &spec).map_err(|faults| format!("{faults:?}"))?;
    let drawing = cells.len() as f64 / began.elapsed().as_secs_f64();
    let count = cells.len();
    if count < CELLS {
        return Err(format!("the grid has {count} cells; draw it finer, {CELLS} are needed"));
    }
    let locator = Locator::build(areas.clone(), cells).map_err(|faults| format!("{faults:?}"))?;
    let asked = points(&pack.city.bbox);
    let inside = asked.iter().filter(|at| locator.locate(**at).is_some()).count();
    let found = rate(LONG, asked.len(), || asked.iter().filter_map(|at| locator.locate(*at)).count());
    let share = inside * 100 / asked.len().max(1);
    Ok(vec![
        Row::new(format!("place: draw a grid of {count} cells"), drawing, "cells/s"),
        Row::new(format!("place: point → cell → street → district ({share} % inside)"), found, "1/s")
            .beside("target ≥", TARGET),
    ])
}

fn points([west, south, east, north]: &[f64; 4]) -> Vec<LonLat> {
    let mut dice = Dice::new(5);
    let one = |_| LonLat { lon: west + (east - west) * dice.share(), lat: south + (north - south) * dice.share() };
    (0..POINTS).map(one).collect()
}
