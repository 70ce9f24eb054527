//! `guancheng score bulletin`: a published table of counts, its rates recomputed to two decimals.

use std::path::Path;

use guancheng_indicator::bulletin::{BulletinRates, BulletinRow, Rate, total};
use serde_json::{Value, json};

use crate::{Answer, Outcome};

/// What a rate without a base prints.
const NO_DATA: &str = "无数据";

/// The columns with the headings they may have.
const HEADINGS: [(&str, &[&str]); 6] = [
    ("unit", &["unit", "name", "单位", "责任单位", "区域", "区县", "部门", "名称"]),
    ("accepted", &["accepted", "受理", "受理数"]),
    ("filed", &["filed", "立案", "立案数"]),
    ("due", &["due", "应结案", "应结案数", "应结"]),
    ("closed", &["closed", "结案", "结案数"]),
    ("on_time", &["on_time", "按期结案", "按期结案数", "按时结案", "按时结案数", "closed_on_time"]),
];

/// Prints the table.
pub fn run(file: &Path, as_json: bool) -> Outcome {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let rows = read(&bytes).map_err(|error| format!("{}: {error}", file.display()))?;
    // A bulletin of one line may be the total alone; then it is the unit.
    let some_unit = rows.iter().any(|row| !is_total(row));
    let (published, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| some_unit && is_total(row));
    let all = total("合计", &rows);
    for oddity in
        rows.iter().flat_map(BulletinRow::oddities).chain(published.iter().flat_map(|row| differences(row, &all)))
    {
        eprintln!("{oddity}");
    }
    if as_json {
        let units: Vec<Value> = rows.iter().map(row_json).collect();
        say!("{}", json!({ "units": units, "total": row_json(&all) }));
    } else {
        print_table(rows.iter().chain([&all]));
    }
    Ok(Answer::Yes)
}

/// Whether a row of the file is itself the sum of the others.
fn is_total(row: &BulletinRow) -> bool {
    ["合计", "总计", "total", "sum"].contains(&row.unit.to_lowercase().as_str())
}

/// Where a published total is not the sum.
fn differences(published: &BulletinRow, sum: &BulletinRow) -> Vec<String> {
    let counts = |row: &BulletinRow| [row.accepted, row.filed, row.due, row.closed, row.on_time];
    let names = HEADINGS.iter().skip(1).filter_map(|(_, names)| names.get(1));
    let pairs = names.zip(counts(published).into_iter().zip(counts(sum)));
    let differing = pairs.filter(|(_, (told, sum))| matches!((told, sum), (Some(told), Some(sum)) if told != sum));
    let shown = |n: Option<i64>| n.unwrap_or_default();
    differing
        .map(|(name, (told, sum))| {
            format!("{}: {name} is {}, the units add up to {}", published.unit, shown(told), shown(sum))
        })
        .collect()
}

fn read(bytes: &[u8]) -> Result<Vec<BulletinRow>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| "this is no UTF-8 text; save the table as CSV in UTF-8")?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| error.to_string())?.clone();
    let columns = columns(&headings)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |n: usize| columns.get(n).and_then(|at| record.get((*at)?)).unwrap_or_default();
        let count = |n: usize| count(cell(n)).map_err(|error| format!("line {line}: {error}"));
        let unit = cell(0).to_owned();
        if unit.is_empty() {
            return Err(format!("line {line}: the unit has no name"));
        }
        let (accepted, filed, due, closed, on_time) = (count(1)?, count(2)?, count(3)?, count(4)?, count(5)?);
        rows.push(BulletinRow { unit, accepted, filed, due, closed, on_time });
    }
    Ok(rows)
}

/// Where each column stands; only the unit must be there. A heading that says nothing to us is passed over, since
/// bulletins have columns of their own.
fn columns(headings: &csv::StringRecord) -> Result<Vec<Option<usize>>, String> {
    let mut found = Vec::new();
    for (id, names) in HEADINGS {
        let mut at =
            headings.iter().enumerate().filter(|(_, heading)| names.contains(&heading.to_lowercase().as_str()));
        let first = at.next().map(|(n, _)| n);
        if at.next().is_some() {
            return Err(format!("two columns are called {}", names.join(" or ")));
        }
        if first.is_none() && id == "unit" {
            return Err(format!("there is no column {}", names.join(" or ")));
        }
        found.push(first);
    }
    if found.iter().skip(1).all(Option::is_none) {
        let all: Vec<&str> = HEADINGS.iter().skip(1).filter_map(|(_, names)| names.get(1).copied()).collect();
        return Err(format!("there is no column with counts; there may be {}", all.join(", ")));
    }
    Ok(found)
}

/// A count; blank, a dash and 无数据 are none.
fn count(cell: &str) -> Result<Option<i64>, String> {
    if matches!(cell, "" | "-" | "—" | "–" | "/" | NO_DATA) {
        return Ok(None);
    }
    let plain: String = cell.chars().filter(|c| *c != ',' && *c != '，').collect();
    let parsed = plain.parse::<i64>().ok().filter(|n| *n >= 0);
    parsed.map(Some).ok_or_else(|| format!("{cell:?} is no count; write a whole number, or leave it blank"))
}

fn shown(rate: &Rate) -> Option<String> {
    rate.value.map(|value| value.fixed(2))
}

fn row_json(row: &BulletinRow) -> Value {
    let BulletinRates { filed, closed, on_time } = row.rates();
    json!({
        "unit": row.unit, "accepted": row.accepted, "filed": row.filed, "due": row.due, "closed": row.closed,
        "on_time": row.on_time, "filed_rate": shown(&filed), "closed_rate": shown(&closed),
        "on_time_rate": shown(&on_time),
    })
}

fn print_table<'r>(rows: impl Iterator<Item = &'r BulletinRow>) {
    let heading = ["单位", "受理", "立案", "应结案", "结案", "按期结案", "立案率", "结案率", "按期结案率"];
    let mut lines = vec![heading.map(str::to_owned).to_vec()];
    for row in rows {
        let count = |n: Option<i64>| n.map_or("—".to_owned(), |n| n.to_string());
        let rate = |rate: &Rate| shown(rate).map_or(NO_DATA.to_owned(), |value| format!("{value}%"));
        let BulletinRates { filed, closed, on_time } = row.rates();
        let counts = [row.accepted, row.filed, row.due, row.closed, row.on_time].map(count);
        let rates = [&filed, &closed, &on_time].map(rate);
        lines.push([row.unit.clone()].into_iter().chain(counts).chain(rates).collect());
    }
    let width = |n: usize| lines.iter().filter_map(|line| line.get(n)).map(|cell| columns_of(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..heading.len()).map(width).collect();
    for line in &lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(n, (cell, width))| {
            let blank = " ".repeat(width - columns_of(cell));
            if n == 0 { format!("{cell}{blank}") } else { format!("{blank}{cell}") }
        });
        say!("{}", cells.collect::<Vec<_>>().join("  "));
    }
}

/// Columns of a terminal: a Chinese character takes two.
fn columns_of(text: &str) -> usize {
    text.chars().map(|c| if matches!(u32::from(c), 0x2E80..=0x9FFF | 0xFF01..=0xFF60) { 2 } else { 1 }).sum()
}
