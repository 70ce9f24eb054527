//! A file of rows: CSV, a JSON list of objects, or JSON lines.

use std::path::Path;

use serde_json::{Map, Value};

/// Headings and cells, all as text.
pub struct Rows {
    /// The headings.
    pub headings: Vec<String>,
    /// One list of cells per row, in the order of the file.
    pub cells: Vec<Vec<String>>,
}

/// Reads a file by its extension: `csv`, `json`, `jsonl`.
pub fn read(path: &Path) -> Result<Rows, String> {
    let at = |error: String| format!("{}: {error}", path.display());
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "csv" => csv_rows(path).map_err(at),
        "json" => json_rows(path).map_err(at),
        "jsonl" | "ndjson" => lines(path).map_err(at),
        other => Err(at(format!("a file of kind {other:?} cannot be read; csv, json and jsonl can"))),
    }
}

fn csv_rows(path: &Path) -> Result<Rows, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(|error| error.to_string())?;
    let headings = reader.headers().map_err(|error| error.to_string())?;
    let headings = headings.iter().map(|heading| heading.trim_start_matches('\u{feff}').to_owned()).collect();
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        cells.push(record.iter().map(str::to_owned).collect());
    }
    Ok(Rows { headings, cells })
}

fn json_rows(path: &Path) -> Result<Rows, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let list: Vec<Map<String, Value>> =
        serde_json::from_str(&text).map_err(|error| format!("a list of objects is needed: {error}"))?;
    Ok(of_objects(&list))
}

fn lines(path: &Path) -> Result<Rows, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut list: Vec<Map<String, Value>> = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        list.push(serde_json::from_str(line).map_err(|error| format!("line {}: {error}", n + 1))?);
    }
    Ok(of_objects(&list))
}

fn of_objects(list: &[Map<String, Value>]) -> Rows {
    let mut headings: Vec<String> = list.iter().flat_map(Map::keys).cloned().collect();
    headings.sort();
    headings.dedup();
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let cells = list.iter().map(|object| headings.iter().map(|heading| cell(object.get(heading))).collect()).collect();
    Rows { headings, cells }
}
