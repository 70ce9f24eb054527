//! `guancheng grid`: a boundary file cut into unit grid cells with their codes.

use std::{fs, path::Path};

use guancheng_place::{
    Area, AreaCode, AreaTree, Cell, Crs, GridSpec, Polygon, Ring, Shape, generate_grid, to_cgcs2000,
};
use serde_json::{Value, json};

use crate::{Answer, Outcome, cli::GridArgs};

/// Reads the boundary, draws the grid, writes the cells.
pub fn run(args: &GridArgs) -> Outcome {
    let crs = Crs::parse(&args.crs).map_err(|error| error.to_string())?;
    let areas = read(&args.boundary, crs)?;
    let spec = GridSpec { side_m: args.side, ..GridSpec::default() };
    let cells = match generate_grid(&areas, &spec) {
        Ok(cells) => cells,
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            return Ok(Answer::No);
        }
    };
    fs::write(&args.out, collection(&cells).to_string()).map_err(|error| format!("{}: {error}", args.out.display()))?;
    say!("{} cells in {}", cells.len(), args.out.display());
    Ok(Answer::Yes)
}

fn read(path: &Path, crs: Crs) -> Result<AreaTree, String> {
    let at = |error: String| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| at(error.to_string()))?;
    let json: Value = serde_json::from_str(&text).map_err(|error| at(error.to_string()))?;
    let features = json.get("features").and_then(Value::as_array);
    let features =
        features.ok_or_else(|| at("this is no GeoJSON FeatureCollection: it has no \"features\"".to_owned()))?;
    let mut areas = Vec::new();
    for (n, feature) in features.iter().enumerate() {
        areas.push(area(feature, crs).map_err(|error| at(format!("features[{n}]: {error}")))?);
    }
    AreaTree::new(areas).map_err(|faults| at(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
}

fn area(feature: &Value, crs: Crs) -> Result<Area, String> {
    let property = |key: &str| feature.pointer(&format!("/properties/{key}"));
    let code = property("code").or_else(|| property("adcode")).ok_or("no property \"code\" (6, 9 or 12 digits)")?;
    let code = code.as_str().map(str::to_owned).unwrap_or_else(|| code.to_string());
    let code: AreaCode = code.parse().map_err(|error: guancheng_place::CodeError| error.to_string())?;
    let name = property("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let shape = feature
        .get("geometry")
        .filter(|geometry| !geometry.is_null())
        .map(|geometry| shape(geometry, crs))
        .transpose()?;
    Ok(Area { code, name, shape })
}

fn shape(geometry: &Value, crs: Crs) -> Result<Shape, String> {
    let coordinates = geometry.get("coordinates").and_then(Value::as_array).ok_or("no coordinates")?;
    let polygons = match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => vec![polygon(coordinates, crs)?],
        Some("MultiPolygon") => {
            let rings = coordinates.iter().map(|part| part.as_array().ok_or("a part is no list".to_owned()));
            rings.map(|part| polygon(part?, crs)).collect::<Result<_, _>>()?
        }
        other => return Err(format!("geometry {other:?} is no Polygon or MultiPolygon")),
    };
    Shape::new(polygons).map_err(|fault| fault.to_string())
}

fn polygon(rings: &[Value], crs: Crs) -> Result<Polygon, String> {
    let mut rings = rings.iter().map(|points| ring(points, crs));
    let outer = rings.next().ok_or("a polygon without a ring")??;
    Ok(Polygon { outer, holes: rings.collect::<Result<_, _>>()? })
}

fn ring(points: &Value, crs: Crs) -> Result<Ring, String> {
    let points = points.as_array().ok_or("a ring is no list of positions")?;
    let position = |point: &Value| {
        let (x, y) = point
            .get(0)
            .and_then(Value::as_f64)
            .zip(point.get(1).and_then(Value::as_f64))
            .ok_or("a position is no [x, y]")?;
        to_cgcs2000(crs, x, y).map_err(|error| error.to_string())
    };
    let points = points.iter().map(position).collect::<Result<Vec<_>, String>>()?;
    Ring::new(points).map_err(|fault| fault.to_string())
}

fn collection(cells: &[Cell]) -> Value {
    let features: Vec<Value> = cells.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features })
}

fn feature(cell: &Cell) -> Value {
    let polygons: Vec<Value> = cell.shape.polygons().iter().map(rings_of).collect();
    json!({ "type": "Feature", "properties": { "code": cell.code.to_string() },
            "geometry": { "type": "MultiPolygon", "coordinates": polygons } })
}

fn rings_of(polygon: &Polygon) -> Value {
    let closed =
        |ring: &Ring| ring.points().iter().chain(ring.points().first()).map(|at| [at.lon, at.lat]).collect::<Vec<_>>();
    polygon.rings().map(|ring| json!(closed(ring))).collect()
}
