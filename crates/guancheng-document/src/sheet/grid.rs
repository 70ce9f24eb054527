//! The cells of a sheet, sparse, by row and column. A dense table would let one cell in the last corner take all memory.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::Limits;
use super::error::{Much, SheetError};
use super::parts::rich_text;
use super::value::{Epoch, Flaw, Value, number, serial};
use super::xml::{Piece, Stream, attribute, name};

/// Cells that merging may fill: every row of a full sheet in ten columns.
const FILLED_MAX: usize = 1_000_000;
/// 2^20 rows.
const ROWS_MAX: u32 = 1_048_576;

/// A cell as it is kept: a shared string stays a number until it is asked for, since one long string may stand in every
/// cell.
#[derive(Clone, Debug)]
pub enum Held {
    /// The number of a shared string.
    Shared(usize),
    /// A value.
    Own(Value),
}

/// What is known of the workbook around the sheet.
pub struct Frame<'a> {
    /// How many shared strings there are.
    pub strings: usize,
    /// Whether a style shows a date.
    pub dated: &'a [bool],
    /// How days are counted.
    pub epoch: Epoch,
}

/// The cells that hold something; rows and columns from 0.
#[derive(Default)]
pub struct Grid {
    /// Row → column → cell.
    pub rows: BTreeMap<u32, BTreeMap<u32, Held>>,
    /// Top left and bottom right of what is merged.
    merged: Vec<[(u32, u32); 2]>,
}

/// Reads the part of a sheet.
pub fn read(text: &str, path: &str, frame: &Frame, limits: &Limits) -> Result<Grid, SheetError> {
    let mut grid = Grid::default();
    let mut stream = Stream::new(text, path);
    // Where the next cell stands if it does not say so.
    let (mut row, mut column) = (0_u32, 0_u32);
    while let Some(piece) = stream.next()? {
        let (element, content) = match piece {
            Piece::Start(element) => (element, true),
            Piece::Empty(element) => (element, false),
            Piece::End(name) => {
                row = if name == "row" { row.saturating_add(1) } else { row };
                continue;
            }
            Piece::Text(_) => continue,
        };
        match name(&element) {
            "row" => {
                let number = attribute(&element, "r").and_then(|r| r.parse::<u32>().ok());
                row = number.and_then(|number| number.checked_sub(1)).unwrap_or(row);
                column = 0;
                // Without content there is no end that would count it.
                row = if content { row } else { row.saturating_add(1) };
            }
            "c" => {
                let at = attribute(&element, "r").and_then(|r| place(&r)).unwrap_or((row, column));
                column = at.1.saturating_add(1);
                let held = if content { cell(&mut stream, &element, frame)? } else { None };
                grid.put(at, held, limits)?;
            }
            "mergeCell" => grid.merged.extend(attribute(&element, "ref").and_then(|area| corners(&area))),
            _ => {}
        }
    }
    Ok(grid)
}

impl Grid {
    fn put(&mut self, (row, column): (u32, u32), held: Option<Held>, limits: &Limits) -> Result<(), SheetError> {
        let Some(held) = held.filter(|_| column < limits.columns && row < ROWS_MAX) else { return Ok(()) };
        self.rows.entry(row).or_default().insert(column, held);
        // A title and a head of a few rows stand above the rows that are counted.
        if self.rows.len() > limits.rows.saturating_add(super::head::ROWS_LOOKED_AT) {
            return Err(SheetError::TooLarge { what: Much::Rows, limit: limits.rows });
        }
        Ok(())
    }

    /// Gives the value of a merged area to each row of it, in its first column: 责任单位 written once beside five tasks
    /// counts for all five. Rows that hold nothing stay empty.
    pub fn fill_merged(&mut self, sheet: &str) -> Result<(), SheetError> {
        let mut left = FILLED_MAX;
        for [(top, column), (bottom, _)] in std::mem::take(&mut self.merged) {
            if bottom <= top {
                continue;
            }
            let Some(held) = self.rows.get(&top).and_then(|row| row.get(&column)).cloned() else { continue };
            for (_, row) in self.rows.range_mut(top + 1..=bottom) {
                left = left.checked_sub(1).ok_or_else(|| SheetError::Merged { sheet: sheet.to_owned() })?;
                row.entry(column).or_insert_with(|| held.clone());
            }
        }
        Ok(())
    }
}

/// What a cell holds, up to its end.
fn cell(stream: &mut Stream<'_>, start: &BytesStart<'_>, frame: &Frame) -> Result<Option<Held>, SheetError> {
    let kind = attribute(start, "t").unwrap_or_default();
    let style = attribute(start, "s").and_then(|s| s.parse::<usize>().ok());
    let dated = style.and_then(|style| frame.dated.get(style)).copied().unwrap_or_default();
    let (mut raw, mut inline) = (String::new(), None);
    let (mut inside, mut formula) = (false, false);
    while let Some(piece) = stream.next()? {
        match piece {
            Piece::Start(element) => match name(&element) {
                "v" => inside = true,
                "f" => formula = true,
                "is" => inline = Some(rich_text(stream, "is")?),
                _ => {}
            },
            Piece::Empty(element) => formula |= name(&element) == "f",
            Piece::End(name) if name == "c" => {
                let text = inline.unwrap_or(raw);
                return Ok(held(&kind, text, dated, formula, frame));
            }
            Piece::End(name) => inside &= name != "v",
            Piece::Text(text) if inside => raw.push_str(&text),
            Piece::Text(_) => {}
        }
    }
    Err(stream.damaged())
}

fn held(kind: &str, raw: String, dated: bool, formula: bool, frame: &Frame) -> Option<Held> {
    if raw.trim().is_empty() {
        return (formula && kind != "str").then_some(Held::Own(Value::Flaw(Flaw::NotComputed)));
    }
    Some(Held::Own(match kind {
        "s" => {
            let index = raw.trim().parse::<usize>().ok().filter(|index| *index < frame.strings);
            return index.map(Held::Shared).or(Some(Held::Own(Value::Flaw(Flaw::OutOfRange(raw)))));
        }
        "e" => Value::Flaw(Flaw::Error(raw)),
        "str" | "inlineStr" => Value::Text(raw.trim().to_owned()),
        "b" => Value::Text(if raw.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
        "d" => super::value::date_of(&raw).map_or(Value::Text(raw), Value::Date),
        _ if dated => serial(&raw, frame.epoch),
        _ => number(&raw),
    }))
}

/// Row and column of `C7`, from 0.
fn place(reference: &str) -> Option<(u32, u32)> {
    let split = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at(split);
    let column = letters.bytes().try_fold(0_u32, |sum, letter| {
        let value = letter.is_ascii_alphabetic().then(|| u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        sum.checked_mul(26)?.checked_add(value)
    })?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn corners(area: &str) -> Option<[(u32, u32); 2]> {
    let (first, last) = area.split_once(':')?;
    Some([place(first)?, place(last)?])
}

/// The letters of a column from 0: `A`, `Z`, `AA`.
pub fn letters(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut letters = String::new();
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_written() {
        for (text, row, column) in [("A1", 0, 0), ("Z9", 8, 25), ("aa10", 9, 26), ("XFD1048576", 1_048_575, 16_383)] {
            assert_eq!(place(text), Some((row, column)));
            assert_eq!(letters(column), text.trim_end_matches(|c: char| c.is_ascii_digit()).to_uppercase());
        }
        for text in ["", "A", "1", "A0", "ZZZZZZZZZZ1", "A1B", "A99999999999", "é1"] {
            assert_eq!(place(text), None, "{text}");
        }
    }
}
