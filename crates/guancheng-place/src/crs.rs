//! Coordinate reference systems at the border. What comes in is converted once and the raw value kept; the datum is
//! always told, never guessed.

use std::fmt;

use guancheng_base::LonLat;

use crate::shape::Bounds;
use crate::{gauss, gcj};

/// A coordinate reference system that can be converted. For geographic systems x is longitude and y latitude in
/// degrees; for plane systems **x is the easting and y the northing** in metres (surveyors' sheets in China call the
/// northing X: swap them before).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Crs {
    /// EPSG:4490, what the system stores.
    Cgcs2000,
    /// EPSG:4326, equal to CGCS2000 to within decimetres; taken as the same.
    Wgs84,
    /// The displaced datum of most consumer maps of the mainland.
    Gcj02,
    /// GCJ-02 displaced once more.
    Bd09,
    /// CGCS2000, 3-degree Gauss–Krüger, central meridian 114° E, easting without zone prefix.
    Epsg4547,
    /// As 4547 for 117° E.
    Epsg4548,
    /// As 4547 for 120° E.
    Epsg4549,
    /// Central meridian 114° E with zone prefix 38 in the easting.
    Epsg4526,
    /// Central meridian 117° E with zone prefix 39.
    Epsg4527,
    /// Central meridian 120° E with zone prefix 40.
    Epsg4528,
}

impl Crs {
    /// Every system, in the order of the documentation.
    pub const ALL: [Crs; 10] = [
        Crs::Cgcs2000,
        Crs::Wgs84,
        Crs::Gcj02,
        Crs::Bd09,
        Crs::Epsg4547,
        Crs::Epsg4548,
        Crs::Epsg4549,
        Crs::Epsg4526,
        Crs::Epsg4527,
        Crs::Epsg4528,
    ];

    /// The stable name, as written in files and requests.
    pub fn as_str(self) -> &'static str {
        match self {
            Crs::Cgcs2000 => "EPSG:4490",
            Crs::Wgs84 => "EPSG:4326",
            Crs::Gcj02 => "GCJ-02",
            Crs::Bd09 => "BD-09",
            Crs::Epsg4547 => "EPSG:4547",
            Crs::Epsg4548 => "EPSG:4548",
            Crs::Epsg4549 => "EPSG:4549",
            Crs::Epsg4526 => "EPSG:4526",
            Crs::Epsg4527 => "EPSG:4527",
            Crs::Epsg4528 => "EPSG:4528",
        }
    }

    /// Reads a stable name, or the everyday names CGCS2000, WGS84, GCJ02, BD09 (case, spaces, `-` and `_` do not
    /// matter). Error: any other name, with the list of known ones.
    pub fn parse(text: &str) -> Result<Crs, CrsError> {
        let plain = |s: &str| s.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let wanted = plain(text);
        match wanted.as_str() {
            "cgcs2000" => Ok(Crs::Cgcs2000),
            "wgs84" => Ok(Crs::Wgs84),
            _ => Crs::ALL
                .into_iter()
                .find(|crs| plain(crs.as_str()) == wanted)
                .ok_or_else(|| CrsError::Unknown { given: text.to_owned() }),
        }
    }

    /// Central meridian in degrees and zone prefix of a plane system.
    fn plane(self) -> Option<(f64, f64)> {
        match self {
            Crs::Cgcs2000 | Crs::Wgs84 | Crs::Gcj02 | Crs::Bd09 => None,
            Crs::Epsg4547 => Some((114.0, 0.0)),
            Crs::Epsg4548 => Some((117.0, 0.0)),
            Crs::Epsg4549 => Some((120.0, 0.0)),
            Crs::Epsg4526 => Some((114.0, 38.0)),
            Crs::Epsg4527 => Some((117.0, 39.0)),
            Crs::Epsg4528 => Some((120.0, 40.0)),
        }
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a coordinate cannot be converted.
#[derive(Clone, Debug, PartialEq)]
pub enum CrsError {
    /// No system of that name.
    Unknown {
        /// The name given.
        given: String,
    },
    /// A coordinate that cannot be of this system.
    OutOfRange {
        /// The system told.
        crs: Crs,
        /// x as given.
        x: f64,
        /// y as given.
        y: f64,
        /// What would be right.
        advice: &'static str,
    },
}

impl fmt::Display for CrsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CrsError::Unknown { given } => {
                let known: Vec<&str> = Crs::ALL.iter().map(|crs| crs.as_str()).collect();
                write!(f, "coordinate system {given:?} is not known; use one of {}", known.join(", "))
            }
            CrsError::OutOfRange { crs, x, y, advice } => {
                write!(f, "x {x}, y {y} is not a coordinate of {crs}: {advice}")
            }
        }
    }
}

impl std::error::Error for CrsError {}

/// A position as it came in, with what became of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surveyed {
    /// The system the giver named.
    pub crs: Crs,
    /// x and y as given.
    pub raw: (f64, f64),
    /// The position inside the system.
    pub at: LonLat,
}

impl Surveyed {
    /// Converts and keeps the raw value.
    pub fn new(crs: Crs, x: f64, y: f64) -> Result<Surveyed, CrsError> {
        Ok(Surveyed { crs, raw: (x, y), at: to_cgcs2000(crs, x, y)? })
    }
}

/// From `crs` to what the system stores. Error: a coordinate that cannot be of that system, with advice (swapped
/// axes, missing or superfluous zone prefix).
pub fn to_cgcs2000(crs: Crs, x: f64, y: f64) -> Result<LonLat, CrsError> {
    let out_of_range = |advice| Err(CrsError::OutOfRange { crs, x, y, advice });
    match crs.plane() {
        Some((meridian, zone)) => match plane_fault(x, y, zone) {
            Some(advice) => out_of_range(advice),
            None => Ok(gauss::unproject(x - zone * 1e6, y, meridian)),
        },
        None => {
            let shown = LonLat { lon: x, lat: y };
            match geographic_fault(crs, shown) {
                Some(advice) => out_of_range(advice),
                None => Ok(match crs {
                    Crs::Gcj02 => gcj::from_gcj02(shown),
                    Crs::Bd09 => gcj::from_bd09(shown),
                    _ => shown,
                }),
            }
        }
    }
}

/// From what the system stores to `crs`: x and y. Error: the position lies outside the system's zone.
pub fn from_cgcs2000(crs: Crs, at: LonLat) -> Result<(f64, f64), CrsError> {
    let out_of_range = |advice| CrsError::OutOfRange { crs, x: at.lon, y: at.lat, advice };
    if let Some(advice) = geographic_fault(crs, at) {
        return Err(out_of_range(advice));
    }
    if let Some((meridian, zone)) = crs.plane() {
        if (at.lon - meridian).abs() > ZONE_REACH_DEGREES {
            return Err(out_of_range(
                "the position is more than 3 degrees from the central meridian; use its own zone",
            ));
        }
        let (x, y) = gauss::project(at, meridian);
        return Ok((x + zone * 1e6, y));
    }
    let shown = match crs {
        Crs::Gcj02 => gcj::to_gcj02(at),
        Crs::Bd09 => gcj::to_bd09(at),
        _ => at,
    };
    Ok((shown.lon, shown.lat))
}

/// A 3-degree zone is used up to its neighbour's meridian, not further.
const ZONE_REACH_DEGREES: f64 = 3.0;
/// Eastings of a zone: 3 degrees either side of the meridian at the equator.
const EASTINGS_M: std::ops::RangeInclusive<f64> = 165_000.0..=835_000.0;
/// Northings from the equator to the pole.
const NORTHINGS_M: std::ops::RangeInclusive<f64> = 0.0..=10_002_000.0;

fn plane_fault(x: f64, y: f64, zone: f64) -> Option<&'static str> {
    let easting = x - zone * 1e6;
    if EASTINGS_M.contains(&easting) && NORTHINGS_M.contains(&y) {
        return None;
    }
    let bare = |v: f64| EASTINGS_M.contains(&v.rem_euclid(1e6));
    Some(if !(x.is_finite() && y.is_finite()) {
        "both must be numbers"
    } else if zone == 0.0 && x > 1e6 && bare(x) && x / 1e6 > 12.0 && x / 1e6 < 61.0 {
        "the easting has a zone prefix; name the system with zone (EPSG:4526 for 38, 4527 for 39, 4528 for 40)"
    } else if zone != 0.0 && EASTINGS_M.contains(&x) {
        "the easting has no zone prefix; name the system without zone (EPSG:4547, 4548, 4549)"
    } else if EASTINGS_M.contains(&(y - zone * 1e6)) && NORTHINGS_M.contains(&x) {
        "x and y are swapped: x is the easting, y the northing"
    } else {
        "the easting must be within 335 km of the central meridian and the northing between equator and pole, in metres"
    })
}

fn geographic_fault(crs: Crs, at: LonLat) -> Option<&'static str> {
    let globe = Bounds { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
    if !globe.contains(at) {
        return Some(if globe.contains(LonLat { lon: at.lat, lat: at.lon }) {
            "x and y are swapped: x is the longitude, y the latitude"
        } else {
            "longitude must be -180 to 180 and latitude -90 to 90, in degrees"
        });
    }
    let displaced = matches!(crs, Crs::Gcj02 | Crs::Bd09);
    (displaced && !gcj::DEFINED.contains(at)).then_some("this datum is defined in China only; name the true one")
}
