//! Roads from a base map, so that things happen along them.

use guancheng_base::LonLat;
use serde_json::Value;

use crate::Road;

impl Road {
    /// The named lines of a GeoJSON FeatureCollection in CGCS2000 degrees; railways (`class`) and what is no named
    /// line are left out, and a text that is no GeoJSON has none.
    pub fn read_geojson(text: &str) -> Vec<Road> {
        let json: Value = serde_json::from_str(text).unwrap_or_default();
        let features = json.get("features").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        features.iter().flat_map(roads).collect()
    }
}

fn roads(feature: &Value) -> Vec<Road> {
    let property =
        |key: &str| feature.get("properties").and_then(|properties| properties.get(key)).and_then(Value::as_str);
    let name = property("name").filter(|_| !property("class").is_some_and(|class| class.contains("rail")));
    let geometry = feature.get("geometry");
    let kind = geometry.and_then(|geometry| geometry.get("type")).and_then(Value::as_str);
    let coordinates = geometry.and_then(|geometry| geometry.get("coordinates")).and_then(Value::as_array);
    let (Some(name), Some(coordinates)) = (name.filter(|name| !name.is_empty()), coordinates) else {
        return Vec::new();
    };
    let lines = match kind {
        Some("LineString") => vec![line(coordinates)],
        Some("MultiLineString") => coordinates.iter().filter_map(Value::as_array).map(|points| line(points)).collect(),
        _ => Vec::new(),
    };
    lines.into_iter().map(|line| Road { name: name.to_owned(), line }).collect()
}

fn line(points: &[Value]) -> Vec<LonLat> {
    let number = |point: &Value, n: usize| point.get(n).and_then(Value::as_f64);
    points.iter().filter_map(|point| Some(LonLat { lon: number(point, 0)?, lat: number(point, 1)? })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_lines_are_roads_and_nothing_else_is() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"properties":{"name":"Ring"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},
            {"properties":{"name":"Two"},"geometry":{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}},
            {"properties":{"name":"Line 1","class":"railway"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},
            {"properties":{"name":"Park"},"geometry":{"type":"Polygon","coordinates":[]}},
            {"properties":{},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}"#;
        let seen: Vec<(String, usize)> =
            Road::read_geojson(text).into_iter().map(|road| (road.name, road.line.len())).collect();
        assert_eq!(seen, [("Ring".to_owned(), 2), ("Two".to_owned(), 2), ("Two".to_owned(), 2)]);
        assert_eq!(Road::read_geojson("no map"), []);
    }
}
