//! `places/*.geojson`: the areas of the city with their outlines, and the grid drawn in them when first asked for.
//! Every feature has the properties `code` (6, 9 or 12 digits) and `name`, and may have `class` (`A`, `B`, `C`, by
//! which limits differ) and an outline in CGCS2000 degrees. Files whose name begins with `base` are map data, not areas.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{Arc, OnceLock},
};

use guancheng_base::LonLat;
use guancheng_place::{Area, AreaCode, AreaTree, GridSpec, Located, Locator, Polygon, Ring, Shape, generate_grid};
use serde_json::Value;

use crate::fault::{Fault, SourceFile, Spot};

/// Areas, their classes, and the grid.
#[derive(Debug)]
pub struct Places {
    areas: AreaTree,
    classes: BTreeMap<AreaCode, char>,
    grid: GridSpec,
    locator: OnceLock<Result<Arc<Locator>, String>>,
}

impl Places {
    /// Areas with their classes, and how to draw the grid.
    pub(crate) fn new(areas: AreaTree, classes: BTreeMap<AreaCode, char>, grid: GridSpec) -> Self {
        Places { areas, classes, grid, locator: OnceLock::new() }
    }

    /// The areas.
    pub fn areas(&self) -> &AreaTree {
        &self.areas
    }

    /// The class of the area (`A`, `B`, `C`) or of the nearest area above it that has one.
    pub fn class_of(&self, code: AreaCode) -> Option<char> {
        std::iter::once(code).chain(code.ancestors()).find_map(|code| self.classes.get(&code).copied())
    }

    /// The grid and its index, drawn when first asked for (some tenths of a second for a city) and kept. Error: why no
    /// grid can be drawn, for a city without outlines.
    pub fn locator(&self) -> Result<&Arc<Locator>, &str> {
        let drawn = self.locator.get_or_init(|| {
            let cells = generate_grid(&self.areas, &self.grid).map_err(|faults| words(&faults))?;
            Locator::build(self.areas.clone(), cells).map(Arc::new).map_err(|faults| words(&faults))
        });
        drawn.as_ref().map_err(String::as_str)
    }

    /// Where a point lies; `None` outside the city or without outlines.
    pub fn locate(&self, at: LonLat) -> Option<Located> {
        self.locator().ok()?.locate(at)
    }
}

fn words<F: std::fmt::Display>(faults: &[F]) -> String {
    faults.iter().map(F::to_string).collect::<Vec<_>>().join("; ")
}

/// What the files of `places/` hold.
#[derive(Debug, Default)]
pub struct PlaceReader {
    areas: Vec<Area>,
    classes: BTreeMap<AreaCode, char>,
    faults: Vec<Fault>,
}

impl PlaceReader {
    /// Reads one file.
    pub fn read(&mut self, file: &Arc<SourceFile>) {
        let json: Value = match serde_json::from_str(&file.text) {
            Ok(json) => json,
            Err(error) => return self.syntax(file, &error),
        };
        let Some(features) = json.get("features").and_then(Value::as_array) else {
            return self.fault(file, 0..0, "this is no GeoJSON FeatureCollection: it has no `features`".to_owned());
        };
        for (n, feature) in features.iter().enumerate() {
            match read_feature(feature) {
                Ok((area, class)) => {
                    self.classes.extend(class.map(|class| (area.code, class)));
                    self.areas.push(area);
                }
                Err(why) => self.fault(file, place_of(feature, &file.text), format!("feature {n} {why}")),
            }
        }
    }

    /// The tree, and the faults. A pack without areas has an empty tree.
    pub fn finish(mut self) -> (AreaTree, BTreeMap<AreaCode, char>, Vec<Fault>) {
        if self.areas.is_empty() {
            return (AreaTree::default(), self.classes, self.faults);
        }
        let tree = AreaTree::new(self.areas).unwrap_or_else(|faults| {
            self.faults.extend(faults.into_iter().map(|f| Fault::error(None, format!("places/: {f}"))));
            AreaTree::default()
        });
        (tree, self.classes, self.faults)
    }

    fn syntax(&mut self, file: &Arc<SourceFile>, error: &serde_json::Error) {
        let before: usize = file.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let start = before + error.column().saturating_sub(1);
        let spot = Spot { file: file.clone(), span: start..start };
        self.faults.push(Fault::error(spot, format!("this is no JSON: {error}")));
    }

    fn fault(&mut self, file: &Arc<SourceFile>, span: Range<usize>, message: String) {
        self.faults.push(Fault::error(Spot { file: file.clone(), span }, message));
    }
}

/// Where a feature stands, found by its code or name: JSON values carry no place.
fn place_of(feature: &Value, text: &str) -> Range<usize> {
    let properties = ["code", "name"].into_iter().filter_map(|key| feature.get("properties")?.get(key)?.as_str());
    let found = properties.map(|value| format!("\"{value}\"")).find_map(|quoted| {
        let start = text.find(&quoted)?;
        Some(start..start + quoted.len())
    });
    found.unwrap_or(0..0)
}

fn read_feature(feature: &Value) -> Result<(Area, Option<char>), String> {
    let property = |key: &str| feature.get("properties").and_then(|p| p.get(key)).and_then(Value::as_str);
    let code: AreaCode = property("code").ok_or("has no property `code`")?.parse().map_err(|e| format!("has {e}"))?;
    let name = property("name").ok_or("has no property `name`")?.to_owned();
    let class = match property("class") {
        None => None,
        Some("A") => Some('A'),
        Some("B") => Some('B'),
        Some("C") => Some('C'),
        Some(other) => return Err(format!("({name}) has class {other}; a class is A, B or C")),
    };
    let geometry = feature.get("geometry").filter(|g| !g.is_null());
    let shape = geometry.map(read_shape).transpose().map_err(|why| format!("({name}) {why}"))?;
    Ok((Area { code, name, shape }, class))
}

fn read_shape(geometry: &Value) -> Result<Shape, String> {
    let coordinates = geometry.get("coordinates").ok_or("has no coordinates")?;
    let polygons = match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => vec![read_polygon(coordinates)?],
        Some("MultiPolygon") => array(coordinates)?.iter().map(read_polygon).collect::<Result<_, _>>()?,
        _ => return Err("is neither a Polygon nor a MultiPolygon".to_owned()),
    };
    Shape::new(polygons).map_err(|fault| fault.to_string())
}

fn read_polygon(rings: &Value) -> Result<Polygon, String> {
    let mut rings = array(rings)?.iter().map(read_ring).collect::<Result<Vec<_>, _>>()?;
    if rings.is_empty() {
        return Err("has a polygon without an outline".to_owned());
    }
    let holes = rings.split_off(1);
    let outer = rings.pop().ok_or("has a polygon without an outline")?;
    Ok(Polygon { outer, holes })
}

fn read_ring(points: &Value) -> Result<Ring, String> {
    let points = array(points)?.iter().map(read_point).collect::<Result<Vec<_>, _>>()?;
    Ring::new(points).map_err(|fault| fault.to_string())
}

fn read_point(point: &Value) -> Result<LonLat, String> {
    let number = |n: usize| point.get(n).and_then(Value::as_f64).ok_or("has a position without two numbers");
    Ok(LonLat { lon: number(0)?, lat: number(1)? })
}

fn array(value: &Value) -> Result<&Vec<Value>, String> {
    value.as_array().ok_or_else(|| "has coordinates of the wrong depth".to_owned())
}
