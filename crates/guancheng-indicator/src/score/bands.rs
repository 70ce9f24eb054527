//! 分段: steps of a ladder.

use super::RuleFault;
use crate::Exact;

/// One step: from `ge` on, `points`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The lowest value of the band; a value on the edge belongs to it.
    pub ge: Exact,
    /// What it gives.
    pub points: Exact,
}

pub(super) fn faults(bands: &[Band], most: Exact) -> Vec<RuleFault> {
    let mut faults = Vec::new();
    if bands.is_empty() {
        faults.push(RuleFault::new("bands", "there are no bands: declare at least one"));
    }
    for (n, pair) in bands.windows(2).enumerate() {
        if let [upper, lower] = pair
            && lower.ge >= upper.ge
        {
            let message =
                format!("bands go from the highest edge to the lowest; {} is not below {}", lower.ge, upper.ge);
            faults.push(RuleFault::new(format!("bands[{}].ge", n + 1), message));
        }
    }
    for (n, band) in bands.iter().enumerate() {
        if band.points > most || band.points.is_negative() {
            let message = format!("a band gives between 0 and the {most} points of the line, not {}", band.points);
            faults.push(RuleFault::new(format!("bands[{n}].points"), message));
        }
    }
    faults
}

pub(super) fn points(bands: &[Band], value: Exact) -> (Exact, String) {
    match bands.iter().find(|band| value >= band.ge) {
        Some(band) => (band.points, format!("{value} ≥ {} → {}", band.ge, band.points)),
        None => (Exact::ZERO, format!("{value} is below every band → 0")),
    }
}
