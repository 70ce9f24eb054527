//! Coarse neighbourhoods of the second pack: the land nearest to one of a few points per neighbourhood. The points are
//! the middles of clusters of the reports in the city's open 311 data that name the neighbourhood (`boston.csv`); 94 %
//! of those reports lie in the neighbourhood they name. Not the official outlines.

use std::collections::BTreeMap;

use guancheng_place::{LonLat, Polygon, Ring, Shape, dissolve};

use super::geojson::{Feature, Geometry, round};

/// Name, longitude, latitude; a name has several rows.
const POINTS: &str = include_str!("boston.csv");

/// FIPS code of the county, with a zero in front: six digits as the code scheme asks.
const COUNTY: &str = "025025";

/// West, south, east and north end: the window of the reports and some more.
const WINDOW: [f64; 4] = [-71.195, 42.225, -70.985, 42.405];

/// Metres of a degree of longitude over those of a degree of latitude in the middle of the window.
const LON_SCALE: f64 = 0.7395;

/// What every outline says of itself.
const NOTE: &str = "synthetic, derived from open 311 data";

/// Areas, and the name points of the neighbourhoods.
pub fn features() -> (Vec<Feature>, Vec<Feature>) {
    let mut corners = Corners(Vec::new());
    let seeds: Vec<(&str, LonLat)> = POINTS.lines().skip(1).filter_map(seed).collect();
    let mut sections: BTreeMap<&str, Vec<Shape>> = BTreeMap::new();
    for (name, at) in &seeds {
        let nearest = nearest_land(*at, &seeds, &mut corners);
        sections.entry(name).or_default().push(nearest);
    }
    let city = dissolve(sections.values().flatten()).expect("there are points");
    let mut areas = vec![area(COUNTY, "Boston", "district", city)];
    let mut labels = Vec::new();
    for (i, (name, parts)) in sections.into_iter().enumerate() {
        let code = format!("{COUNTY}{:03}", i + 1);
        let whole = dissolve(&parts).expect("every neighbourhood has a point");
        labels.push(label(name, &whole));
        areas.push(area(&code, name, "street", whole));
        let section = |(j, shape): (usize, Shape)| {
            area(&format!("{code}{:03}", j + 1), &format!("{name} {}", j + 1), "community", shape)
        };
        areas.extend(parts.into_iter().enumerate().map(section));
    }
    (areas, labels)
}

fn seed(row: &str) -> Option<(&str, LonLat)> {
    let mut parts = row.rsplitn(3, ',');
    let (lat, lon, name) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    Some((name, LonLat { lon, lat }))
}

fn area(code: &str, name: &str, level: &str, shape: Shape) -> Feature {
    Feature::new(Geometry::Area(shape), &[("code", code), ("name", name), ("level", level), ("note", NOTE)])
}

fn label(name: &str, shape: &Shape) -> Feature {
    let at = shape.centroid();
    Feature::new(Geometry::Point(round(at.lon, at.lat)), &[("kind", "street"), ("name", name), ("note", NOTE)])
}

/// The part of the window that is nearer to this point than to any other: half-planes of bisectors, cut one by one.
fn nearest_land(at: LonLat, seeds: &[(&str, LonLat)], corners: &mut Corners) -> Shape {
    let [west, south, east, north] = WINDOW;
    let mut outline: Vec<LonLat> =
        [(west, south), (east, south), (east, north), (west, north)].map(|(lon, lat)| LonLat { lon, lat }).to_vec();
    for (_, other) in seeds.iter().filter(|(_, other)| *other != at) {
        outline = nearer_side(&outline, at, *other);
    }
    let outer = Ring::new(outline.into_iter().map(|corner| corners.shared(corner)).collect());
    let outer = outer.expect("a point's own surroundings are not empty");
    Shape::new(vec![Polygon { outer, holes: vec![] }]).expect("one polygon")
}

fn nearer_side(outline: &[LonLat], at: LonLat, other: LonLat) -> Vec<LonLat> {
    let square = |a: LonLat, b: LonLat| ((a.lon - b.lon) * LON_SCALE).powi(2) + (a.lat - b.lat).powi(2);
    let further = |corner: LonLat| square(corner, at) - square(corner, other);
    let mut kept = Vec::new();
    for (a, b) in outline.iter().copied().zip(outline.iter().copied().cycle().skip(1)) {
        let (from, to) = (further(a), further(b));
        if from <= 0.0 {
            kept.push(a);
        }
        if (from < 0.0 && to > 0.0) || (from > 0.0 && to < 0.0) {
            let t = from / (from - to);
            kept.push(LonLat { lon: a.lon + t * (b.lon - a.lon), lat: a.lat + t * (b.lat - a.lat) });
        }
    }
    kept
}

/// Corners met so far: neighbours compute the same corner with other rounding and must share it exactly.
struct Corners(Vec<LonLat>);

impl Corners {
    fn shared(&mut self, corner: LonLat) -> LonLat {
        let rounded = round(corner.lon, corner.lat);
        let near = |other: &&LonLat| (other.lon - rounded.lon).abs() < 4e-6 && (other.lat - rounded.lat).abs() < 4e-6;
        if let Some(known) = self.0.iter().find(near) {
            return *known;
        }
        self.0.push(rounded);
        rounded
    }
}
