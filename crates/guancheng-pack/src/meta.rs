//! `pack.toml`: what the pack is, where the city lies, how reports come in, which maps may be shown.

use guancheng_base::{LonLat, Name};
use guancheng_case::Lang;
use guancheng_place::{AreaCode, GridSpec};

use crate::{
    pack::{CaseSource, City, Labels, MapSource},
    tree::{At, Document, Sink, Table},
};

/// The version of the schema this reader reads.
const SCHEMA: i64 = 1;

/// The content of `pack.toml`.
#[derive(Debug)]
pub struct Meta {
    pub id: Name,
    pub title: String,
    pub locale: String,
    pub zone: String,
    pub currency: String,
    pub demo: bool,
    pub report_kind: Name,
    pub city: City,
    pub sources: Vec<CaseSource>,
    pub maps: Vec<MapSource>,
    pub grid: GridSpec,
}

/// Reads `pack.toml`; titles in the other language go to `labels`.
pub fn read(doc: &Document, sink: &Sink, labels: &mut Labels) -> Meta {
    let table = doc.table("pack", sink);
    check_schema(&table);
    let locale = table.text("locale");
    let mut meta = Meta {
        id: table.name("id"),
        title: table.text("title"),
        locale,
        zone: table.text("zone"),
        currency: table.text("currency"),
        demo: table.flag("demo"),
        report_kind: table.name("report_kind"),
        city: table.need("city").map_or_else(no_city, read_city),
        sources: Vec::new(),
        maps: table.list("map").into_iter().map(read_map).collect(),
        grid: table.get("grid").map_or_else(GridSpec::default, read_grid),
    };
    read_label(&table, labels, "pack");
    meta.sources = table.list("source").into_iter().map(|at| read_source(at, labels)).collect();
    meta
}

/// Takes `title_en` (or `title_zh`) of a table as the title of `path` in that language.
pub fn read_label(table: &Table<'_>, labels: &mut Labels, path: &str) {
    labels.know(path);
    for (key, lang) in [("title_en", Lang::En), ("title_zh", Lang::Zh)] {
        if let Some(title) = table.maybe_text(key) {
            labels.insert(lang, path, title);
        }
    }
}

/// An area code of 6, 9, 12 or 15 digits.
pub fn area_code(at: At<'_>) -> Option<AreaCode> {
    match at.text()?.parse::<AreaCode>() {
        Ok(code) => Some(code),
        Err(error) => {
            at.fault(error.to_string());
            None
        }
    }
}

fn check_schema(table: &Table<'_>) {
    let Some(at) = table.need("schema") else { return };
    if let Some(n) = at.int().filter(|n| *n != SCHEMA) {
        at.fault_advise(format!("schema {n} is not known"), Some(format!("this version reads schema {SCHEMA}")));
    }
}

fn read_source(at: At<'_>, labels: &mut Labels) -> CaseSource {
    let table = at.table("source");
    let code = table.name("code");
    read_label(&table, labels, &format!("source.{code}"));
    CaseSource { code, title: table.text("title") }
}

fn read_map(at: At<'_>) -> MapSource {
    let table = at.table("map");
    MapSource {
        id: table.name("id"),
        title: table.text("title"),
        url: table.text("url"),
        attribution: table.text("attribution"),
        review_number: table.text("review_number"),
    }
}

fn no_city() -> City {
    City { code: nowhere(), center: LonLat { lon: 0.0, lat: 0.0 }, zoom: 0.0, bbox: [0.0; 4] }
}

/// Stands for a code after a fault.
pub fn nowhere() -> AreaCode {
    AreaCode::new(1).expect("1 is a positive number of at most 15 digits")
}

fn read_city(at: At<'_>) -> City {
    let table = at.table("city");
    let code = table.need("code").and_then(area_code).unwrap_or_else(nowhere);
    let [lon, lat] = table.need("center").map(numbers).unwrap_or_default();
    let zoom = table.need("zoom").and_then(|at| at.number()).unwrap_or_default();
    let bbox: [f64; 4] = table.need("bbox").map(numbers).unwrap_or_default();
    let [west, south, east, north] = bbox;
    if !(west < east && south < north && west <= lon && lon <= east && south <= lat && lat <= north) {
        at.fault("the center must lie in the bbox, which is west, south, east, north");
    }
    City { code, center: LonLat { lon, lat }, zoom, bbox }
}

fn numbers<const N: usize>(at: At<'_>) -> [f64; N] {
    let list: Vec<f64> = at.list().iter().filter_map(At::number).collect();
    <[f64; N]>::try_from(list).unwrap_or_else(|_| {
        at.fault(format!("{N} numbers are expected here"));
        [0.0; N]
    })
}

/// How the unit grid is drawn; the corner keeps the squares where they are when a boundary changes.
fn read_grid(at: At<'_>) -> GridSpec {
    let table = at.table("grid");
    let standard = GridSpec::default();
    let number = |key, default| table.get(key).and_then(|at| at.number()).unwrap_or(default);
    let anchor = table.get("anchor").map(numbers::<2>).map(|[lon, lat]| LonLat { lon, lat });
    GridSpec {
        side_m: number("side_m", standard.side_m),
        sliver_m2: number("sliver_m2", standard.sliver_m2),
        anchor,
        taken: standard.taken,
    }
}
