//! The head of a sheet, and the rows below it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::{Much, SheetError};
use super::grid::{Grid, Held, letters};
use super::row::{Head, Row};
use super::value::{Flaw, Value, narrow};
use super::{Ask, Limits, Need, Wanted};

/// The head stands in one of the first rows; above it are titles and dates of the table.
pub const ROWS_LOOKED_AT: usize = 20;

/// Heads named in a message; a reader looks for one among them, not for all of a wide table.
const HEADS_NAMED: usize = 30;

/// A candidate for the head: key → column, and keys that are missing.
struct Candidate<'a> {
    row: u32,
    columns: BTreeMap<&'a str, u32>,
    missing: Vec<&'a Wanted<'a>>,
    /// The error of a head that stands there twice. It counts only where this row is the head.
    twice: Option<SheetError>,
}

/// The rows below the head.
pub fn rows(grid: &Grid, strings: &[String], sheet: &str, ask: &Ask, limits: &Limits) -> Result<Vec<Row>, SheetError> {
    let found = head(grid, strings, sheet, ask)?;
    let titles: BTreeMap<u32, String> = grid.rows.get(&found.row).map(|row| texts(row, strings)).unwrap_or_default();
    let columns = found.columns.iter().map(|(key, column)| {
        let title = titles.get(column).map(String::as_str).unwrap_or_default();
        let title: Vec<&str> = title.split_whitespace().collect();
        ((*key).to_owned(), (letters(*column), title.join(" ")))
    });
    let head = Arc::new(Head { sheet: sheet.to_owned(), columns: columns.collect() });
    let mut left = limits.unpacked;
    let mut rows = Vec::new();
    for (number, cells) in grid.rows.range(found.row.saturating_add(1)..) {
        if repeats(cells, strings, &found.columns, &titles) {
            continue;
        }
        let mut values = BTreeMap::new();
        for (key, column) in &found.columns {
            let Some(value) = cells.get(column).and_then(|held| value(held, strings)) else { continue };
            if let Value::Text(text) = &value {
                let over = SheetError::TooLarge { what: Much::Text, limit: limits.unpacked };
                left = left.checked_sub(text.len()).ok_or(over)?;
            }
            values.insert((*key).to_owned(), value);
        }
        if !values.is_empty() {
            rows.push(Row { number: number.saturating_add(1), head: Arc::clone(&head), values });
        }
        if rows.len() > limits.rows {
            return Err(SheetError::TooLarge { what: Much::Rows, limit: limits.rows });
        }
    }
    Ok(rows)
}

/// The first row with every required head.
fn head<'a>(grid: &Grid, strings: &[String], sheet: &str, ask: &Ask<'a>) -> Result<Candidate<'a>, SheetError> {
    let mut nearest: Option<Candidate<'a>> = None;
    for (row, cells) in grid.rows.iter().take(ROWS_LOOKED_AT) {
        let candidate = candidate(*row, &texts(cells, strings), sheet, ask);
        if candidate.missing.is_empty() && !candidate.columns.is_empty() {
            return candidate.twice.map_or(Ok(Candidate { twice: None, ..candidate }), Err);
        }
        if nearest.as_ref().is_none_or(|best| candidate.columns.len() > best.columns.len()) {
            nearest = Some(candidate);
        }
    }
    let none = |wanted: &Wanted| wanted.heads.join(" / ");
    let required = ask.columns.iter().filter(|wanted| wanted.need == Need::Required);
    Err(match nearest {
        None => SheetError::NoHead {
            sheet: sheet.to_owned(),
            row: 0,
            missing: required.map(none).collect(),
            found: Vec::new(),
        },
        Some(Candidate { twice: Some(error), .. }) => error,
        Some(Candidate { row, missing, .. }) => {
            let found = grid.rows.get(&row).map(|cells| texts(cells, strings)).unwrap_or_default();
            let found = found.into_values().take(HEADS_NAMED).collect();
            let missing = missing.into_iter().map(none).collect();
            SheetError::NoHead { sheet: sheet.to_owned(), row: row.saturating_add(1), missing, found }
        }
    })
}

fn candidate<'a>(row: u32, titles: &BTreeMap<u32, String>, sheet: &str, ask: &Ask<'a>) -> Candidate<'a> {
    let mut found = Candidate { row, columns: BTreeMap::new(), missing: Vec::new(), twice: None };
    let plain: Vec<(u32, String)> = titles.iter().map(|(column, title)| (*column, plain(title))).collect();
    for wanted in ask.columns {
        // The order of the accepted heads is that of preference: a file may have 名称 and 任务名称.
        let mut hits = wanted.heads.iter().map(|head| {
            let head = self::plain(head);
            plain.iter().filter(move |(_, title)| *title == head).map(|(column, _)| *column).collect::<Vec<u32>>()
        });
        match hits.find(|columns| !columns.is_empty()).as_deref() {
            Some([column]) => {
                found.columns.insert(wanted.key, *column);
            }
            Some([first, second, ..]) => {
                let cells = [*first, *second].map(|column| format!("{}{}", letters(column), row.saturating_add(1)));
                let head = titles.get(first).cloned().unwrap_or_default();
                found.columns.insert(wanted.key, *first);
                found.twice = Some(SheetError::Twice { sheet: sheet.to_owned(), cells, head });
            }
            _ if wanted.need == Need::Required => found.missing.push(wanted),
            _ => {}
        }
    }
    found
}

/// A head as it is compared.
fn plain(head: &str) -> String {
    narrow(head).chars().filter(|c| !c.is_whitespace() && *c != '*' && *c != ':').flat_map(char::to_lowercase).collect()
}

/// True for a row that is the head again: its second row where it is merged over two, or after a page break.
fn repeats(
    cells: &BTreeMap<u32, Held>,
    strings: &[String],
    columns: &BTreeMap<&str, u32>,
    titles: &BTreeMap<u32, String>,
) -> bool {
    columns.values().all(|column| {
        let text = cells.get(column).and_then(|held| text(held, strings));
        text.is_some() && text == titles.get(column).map(String::as_str)
    })
}

fn texts(cells: &BTreeMap<u32, Held>, strings: &[String]) -> BTreeMap<u32, String> {
    cells.iter().filter_map(|(column, held)| Some((*column, text(held, strings)?.to_owned()))).collect()
}

fn text<'s>(held: &'s Held, strings: &'s [String]) -> Option<&'s str> {
    match held {
        Held::Shared(index) => strings.get(*index).map(|text| text.trim()).filter(|text| !text.is_empty()),
        Held::Own(Value::Text(text)) => Some(text),
        Held::Own(_) => None,
    }
}

fn value(held: &Held, strings: &[String]) -> Option<Value> {
    match held {
        Held::Own(value) => Some(value.clone()),
        Held::Shared(index) => match strings.get(*index) {
            Some(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(|text| Value::Text(text.to_owned())),
            None => Some(Value::Flaw(Flaw::OutOfRange(index.to_string()))),
        },
    }
}
