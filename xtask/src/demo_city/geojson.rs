//! GeoJSON text with one feature a line: small diffs, the same bytes every time.

use std::fmt::Write;

use guancheng_place::{LonLat, Polygon, Ring, Shape};

/// What a feature draws.
pub enum Geometry {
    /// A place.
    Point(LonLat),
    /// A road or a railway.
    Line(Vec<LonLat>),
    /// Land or water.
    Area(Shape),
}

/// A feature and its properties in the order written.
pub struct Feature {
    /// Key and text.
    pub properties: Vec<(&'static str, String)>,
    /// The geometry.
    pub geometry: Geometry,
}

impl Feature {
    /// With properties from pairs; those with an empty text are left out.
    pub fn new(geometry: Geometry, properties: &[(&'static str, &str)]) -> Feature {
        let given = properties.iter().filter(|(_, text)| !text.is_empty());
        Feature { properties: given.map(|(key, text)| (*key, (*text).to_owned())).collect(), geometry }
    }

    /// The text of a property, empty if absent.
    pub fn property(&self, key: &str) -> &str {
        self.properties.iter().find(|(other, _)| *other == key).map_or("", |(_, text)| text)
    }
}

/// Rounded to a millionth of a degree (a decimetre), which six decimals print exactly.
pub fn round(lon: f64, lat: f64) -> LonLat {
    let six = |v: f64| (v * 1e6).round() / 1e6;
    LonLat { lon: six(lon), lat: six(lat) }
}

/// A FeatureCollection.
pub fn collection(features: &[Feature]) -> String {
    let lines: Vec<String> = features.iter().map(line).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", lines.join(",\n"))
}

fn line(feature: &Feature) -> String {
    let properties: Vec<String> =
        feature.properties.iter().map(|(key, text)| format!("\"{key}\":\"{}\"", escape(text))).collect();
    let geometry = match &feature.geometry {
        Geometry::Point(at) => format!("{{\"type\":\"Point\",\"coordinates\":{}}}", points(&[*at])),
        Geometry::Line(line) => format!("{{\"type\":\"LineString\",\"coordinates\":[{}]}}", points(line)),
        Geometry::Area(shape) => area(shape),
    };
    format!("{{\"type\":\"Feature\",\"properties\":{{{}}},\"geometry\":{geometry}}}", properties.join(","))
}

fn area(shape: &Shape) -> String {
    match shape.polygons() {
        [one] => format!("{{\"type\":\"Polygon\",\"coordinates\":{}}}", rings(one)),
        many => {
            let all: Vec<String> = many.iter().map(rings).collect();
            format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}", all.join(","))
        }
    }
}

fn rings(polygon: &Polygon) -> String {
    let closed = |ring: &Ring| {
        let list: Vec<LonLat> = ring.points().iter().chain(ring.points().first()).copied().collect();
        format!("[{}]", points(&list))
    };
    format!("[{}]", polygon.rings().map(closed).collect::<Vec<_>>().join(","))
}

fn points(list: &[LonLat]) -> String {
    let mut text = String::new();
    for (i, at) in list.iter().enumerate() {
        let comma = if i == 0 { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(text, "{comma}[{:.6},{:.6}]", at.lon, at.lat);
    }
    text
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
