//! The obfuscated map datums: GCJ-02 (most consumer maps of the mainland) and BD-09 (GCJ-02 once more displaced). Both
//! are defined forward only; the inverse is found by fixed-point iteration, to below a millimetre.

use std::f64::consts::PI;

use guancheng_base::LonLat;

use crate::shape::Bounds;

/// Semi-major axis of the Krasovsky ellipsoid, on which the displacement is defined.
const KRASOVSKY_M: f64 = 6_378_245.0;
/// Its first eccentricity squared.
const KRASOVSKY_E2: f64 = 0.006_693_421_622_965_943;
/// BD-09's own angular unit.
const BD_PI: f64 = PI * 3000.0 / 180.0;

/// Where the displacement is defined; outside, map makers disagree.
pub(crate) const DEFINED: Bounds = Bounds { west: 72.004, south: 0.8293, east: 137.8347, north: 55.8271 };

pub(crate) fn to_gcj02(at: LonLat) -> LonLat {
    let (x, y) = (at.lon - 105.0, at.lat - 35.0);
    let wave = 20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + (wave + 20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + (wave + 20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let (sin, cos) = at.lat.to_radians().sin_cos();
    let w = 1.0 - KRASOVSKY_E2 * sin * sin;
    let meridian = KRASOVSKY_M * (1.0 - KRASOVSKY_E2) / (w * w.sqrt());
    LonLat {
        lon: at.lon + (east / (KRASOVSKY_M / w.sqrt() * cos)).to_degrees(),
        lat: at.lat + (north / meridian).to_degrees(),
    }
}

pub(crate) fn from_gcj02(shown: LonLat) -> LonLat {
    invert(to_gcj02, shown)
}

pub(crate) fn to_bd09(at: LonLat) -> LonLat {
    let gcj = to_gcj02(at);
    let radius = gcj.lon.hypot(gcj.lat) + 0.000_02 * (gcj.lat * BD_PI).sin();
    let angle = gcj.lat.atan2(gcj.lon) + 0.000_003 * (gcj.lon * BD_PI).cos();
    LonLat { lon: radius * angle.cos() + 0.0065, lat: radius * angle.sin() + 0.006 }
}

pub(crate) fn from_bd09(shown: LonLat) -> LonLat {
    invert(to_bd09, shown)
}

/// The displacement varies by under 1 % per step, so each round gains two digits or more.
fn invert(forward: fn(LonLat) -> LonLat, shown: LonLat) -> LonLat {
    let mut guess = shown;
    for _ in 0..20 {
        let there = forward(guess);
        let (dx, dy) = (there.lon - shown.lon, there.lat - shown.lat);
        guess = LonLat { lon: guess.lon - dx, lat: guess.lat - dy };
        if dx.abs() + dy.abs() < 1e-11 {
            break;
        }
    }
    guess
}
