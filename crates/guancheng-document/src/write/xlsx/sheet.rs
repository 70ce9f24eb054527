//! One sheet: head, rows, filter, links.

use guancheng_base::Day;

use super::super::book::{Field, Sheet};
use super::super::cell::{Cell, Format};
use super::super::error::WriteError;
use super::super::link;
use super::super::package::{Relation, Target};
use super::super::xml::{Xml, clean};
use super::styles::{Look, Styles};
use super::{NAMESPACE, RELATION_NAMESPACE};

/// 2^20 rows, of which the first is the head.
const ROWS_MAX: usize = 1_048_575;
/// 2^14 columns.
const COLUMNS_MAX: usize = 16_384;
/// UTF-16 units of one cell.
const UNITS_MAX: usize = 32_767;
/// Links of one sheet; a program drops those beyond.
const LINKS_MAX: usize = 65_530;
/// A double holds whole numbers to 2^53, and programs show 15 digits; longer numbers (codes, mostly) are written as text.
const EXACT_MAX: u64 = 999_999_999_999_999;
/// Day 0 of the format is 1899-12-30 for every date it counts right: from 1900-03-01 on.
const DAY_ZERO: i32 = -25_569;
/// Serial of 1900-03-01; before it the format believes in a 29 February 1900.
const SERIAL_MIN: i32 = 61;
/// Serial of 9999-12-31, the last that is shown.
const SERIAL_MAX: i32 = 2_958_465;

/// A sheet as a part, with its links.
pub struct Written {
    /// The part.
    pub text: String,
    /// Its relations.
    pub links: Vec<Relation>,
}

/// The area of head and rows, e.g. `A1:C9`; `mark` stands before letters and numbers.
pub fn area(sheet: &Sheet, mark: &str) -> String {
    let last = letters(sheet.fields.len().max(1) - 1);
    format!("{mark}A{mark}1:{mark}{last}{mark}{}", sheet.rows.len() + 1)
}

/// Writes a sheet; `index` is its place in the workbook.
pub fn write(sheet: &Sheet, index: usize, styles: &mut Styles) -> Result<Written, WriteError> {
    within(sheet)?;
    let mut xml = Xml::document();
    xml.open("worksheet", &[NAMESPACE, RELATION_NAMESPACE]);
    xml.raw("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>").empty("dimension", &[("ref", &area(sheet, ""))]);
    view(&mut xml, index, sheet.fields.is_empty());
    xml.raw("<sheetFormatPr defaultRowHeight=\"15\"/>");
    columns(&mut xml, &sheet.fields);
    xml.open("sheetData", &[]);
    head(&mut xml, sheet, styles)?;
    let mut writer = Writer { xml, sheet, styles, links: Vec::new() };
    for (index, row) in sheet.rows.iter().enumerate() {
        writer.row(index, row)?;
    }
    let Writer { mut xml, links, .. } = writer;
    xml.close();
    if !sheet.fields.is_empty() {
        xml.empty("autoFilter", &[("ref", &area(sheet, ""))]);
    }
    let relations = hyperlinks(&mut xml, links);
    xml.raw("<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>");
    xml.raw("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>");
    xml.raw("<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>");
    Ok(Written { text: xml.finish(), links: relations })
}

fn within(sheet: &Sheet) -> Result<(), WriteError> {
    for (what, count, limit) in [("rows", sheet.rows.len(), ROWS_MAX), ("columns", sheet.fields.len(), COLUMNS_MAX)] {
        if count > limit {
            return Err(WriteError::TooMany { table: sheet.name.clone(), what, count, limit });
        }
    }
    Ok(())
}

fn view(xml: &mut Xml, index: usize, bare: bool) {
    let selected = if index == 0 { "1" } else { "0" };
    xml.open("sheetViews", &[]).open("sheetView", &[("tabSelected", selected), ("workbookViewId", "0")]);
    if !bare {
        xml.raw("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>");
        xml.raw("<selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/>");
    }
    xml.close().close();
}

fn columns(xml: &mut Xml, fields: &[Field]) {
    if fields.is_empty() {
        return;
    }
    xml.open("cols", &[]);
    for (index, field) in fields.iter().enumerate() {
        let (number, width) = ((index + 1).to_string(), field.width.max(1).to_string());
        xml.empty("col", &[("min", &number), ("max", &number), ("width", &width), ("customWidth", "1")]);
    }
    xml.close();
}

fn head(xml: &mut Xml, sheet: &Sheet, styles: &mut Styles) -> Result<(), WriteError> {
    if sheet.fields.is_empty() {
        return Ok(());
    }
    let style = styles.number(Look::Head).to_string();
    xml.open("row", &[("r", "1"), ("ht", "24"), ("customHeight", "1")]);
    for (index, field) in sheet.fields.iter().enumerate() {
        let text = text_for(sheet, &field.title, 0, index)?;
        inline(xml, &format!("{}1", letters(index)), &style, &text);
    }
    xml.close();
    Ok(())
}

struct Writer<'a> {
    xml: Xml,
    sheet: &'a Sheet,
    styles: &'a mut Styles,
    links: Vec<(String, String)>,
}

impl Writer<'_> {
    fn row(&mut self, index: usize, row: &[Cell]) -> Result<(), WriteError> {
        let columns = self.sheet.fields.len();
        if row.len() > columns {
            let table = self.sheet.name.clone();
            return Err(WriteError::RowTooLong { table, row: index + 1, cells: row.len(), columns });
        }
        let number = (index + 2).to_string();
        self.xml.open("row", &[("r", &number)]);
        for (column, (cell, field)) in row.iter().zip(&self.sheet.fields).enumerate() {
            self.cell(cell, field, (index, column))?;
        }
        self.xml.close();
        Ok(())
    }

    fn cell(&mut self, cell: &Cell, field: &Field, (row, column): (usize, usize)) -> Result<(), WriteError> {
        let at = format!("{}{}", letters(column), row + 2);
        match cell {
            Cell::Empty => {
                let style = self.styles.number(Look::Plain(field.format)).to_string();
                self.xml.empty("c", &[("r", &at), ("s", &style)]);
            }
            Cell::Text(text) => self.text(&at, text, (row, column))?,
            Cell::Integer(n) if n.unsigned_abs() > EXACT_MAX => self.text(&at, &n.to_string(), (row, column))?,
            Cell::Decimal(n) if n.units.unsigned_abs() > EXACT_MAX => self.text(&at, &n.to_string(), (row, column))?,
            Cell::Integer(n) => self.number(&at, &n.to_string(), numeric(field.format, 0)),
            Cell::Decimal(n) => self.number(&at, &n.to_string(), numeric(field.format, n.places)),
            Cell::Date(day) => match serial(*day) {
                Some(serial) => self.number(&at, &serial.to_string(), Format::Date),
                None => self.text(&at, &day.to_string(), (row, column))?,
            },
            Cell::Link { text, url } => match link::address(url) {
                Some(url) if self.links.len() < LINKS_MAX => {
                    let style = self.styles.number(Look::Link).to_string();
                    let text = text_for(self.sheet, text, row + 1, column)?;
                    inline(&mut self.xml, &at, &style, &text);
                    self.links.push((at, url));
                }
                _ => self.text(&at, text, (row, column))?,
            },
        }
        Ok(())
    }

    fn text(&mut self, at: &str, text: &str, (row, column): (usize, usize)) -> Result<(), WriteError> {
        let style = self.styles.number(Look::Plain(Format::Text)).to_string();
        let text = text_for(self.sheet, text, row + 1, column)?;
        inline(&mut self.xml, at, &style, &text);
        Ok(())
    }

    fn number(&mut self, at: &str, number: &str, format: Format) {
        let style = self.styles.number(Look::Plain(format)).to_string();
        self.xml.open("c", &[("r", at), ("s", &style)]).leaf("v", &[], number).close();
    }
}

/// The format for a number in a column that may be meant for something else.
fn numeric(format: Format, places: u8) -> Format {
    match (format, places) {
        (Format::Text | Format::Date | Format::Integer, 0) => Format::Integer,
        (Format::Text | Format::Date | Format::Integer, places) => Format::Decimal(places),
        (format, _) => format,
    }
}

fn inline(xml: &mut Xml, at: &str, style: &str, text: &str) {
    xml.open("c", &[("r", at), ("s", style), ("t", "inlineStr")]).open("is", &[]);
    xml.leaf("t", &[("xml:space", "preserve")], text).close().close();
}

/// The text as the format wants it, where it fits. A program reads `_x0041_` as the character with that number, so an
/// underscore that begins such a group is itself written as one.
fn text_for(sheet: &Sheet, text: &str, row: usize, column: usize) -> Result<String, WriteError> {
    let text = clean(text);
    let length: usize = text.chars().map(char::len_utf16).sum();
    if length > UNITS_MAX {
        return Err(WriteError::TextTooLong { sheet: sheet.name.clone(), row, column: column + 1, length });
    }
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        let rest = text.as_bytes().get(index..index + 7).unwrap_or_default();
        let group = matches!(rest, [b'_', b'x', hex @ .., b'_'] if hex.iter().all(u8::is_ascii_hexdigit));
        if group {
            out.push_str("_x005F");
        }
        out.push(c);
    }
    Ok(out)
}

/// The number that stands for a day, where the format counts right.
fn serial(day: Day) -> Option<i32> {
    day.0.checked_sub(DAY_ZERO).filter(|serial| (SERIAL_MIN..=SERIAL_MAX).contains(serial))
}

fn hyperlinks(xml: &mut Xml, links: Vec<(String, String)>) -> Vec<Relation> {
    if links.is_empty() {
        return Vec::new();
    }
    xml.open("hyperlinks", &[]);
    let mut relations = Vec::new();
    for (index, (at, url)) in links.into_iter().enumerate() {
        let id = format!("rId{}", index + 1);
        xml.empty("hyperlink", &[("ref", &at), ("r:id", &id)]);
        relations.push(Relation { id, kind: "hyperlink", target: Target::Address(url) });
    }
    xml.close();
    relations
}

/// The letters of a column: 0 is `A`, 26 is `AA`.
fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(column: usize, expect: &str) {
        assert_eq!(letters(column), expect);
    }

    #[test]
    fn columns_have_letters() {
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(701, "ZZ");
        check(702, "AAA");
        check(16_383, "XFD");
    }

    #[test]
    fn days_have_numbers_where_the_format_counts_right() {
        assert_eq!(Day::new(2014, 9, 26).and_then(serial), Some(41_908));
        assert_eq!(Day::new(1900, 3, 1).and_then(serial), Some(SERIAL_MIN));
        assert_eq!(Day::new(1900, 2, 28).and_then(serial), None);
        assert_eq!(Day::new(9999, 12, 31).and_then(serial), Some(SERIAL_MAX));
    }
}
