//! Tables of a paper: grids with a repeated head, pairs of names and values, signatures.

use super::super::cell::{Align, Cell};
use super::super::error::WriteError;
use super::super::page::{Column, Signature, Signatures, Table, Weight};
use super::body::Writer;

/// An office program refuses a table with more columns.
pub const COLUMNS_MAX: usize = 63;

/// Light grey behind heads and names; it survives a photocopier.
const SHADE: &str = "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>";

/// A grid with a head.
pub fn table<'a>(writer: &mut Writer<'a>, table: &'a Table) -> Result<(), WriteError> {
    let name = table.caption.clone().unwrap_or_default();
    let count = table.columns.len();
    if count > COLUMNS_MAX {
        return Err(WriteError::TooMany { table: name, what: "columns", count, limit: COLUMNS_MAX });
    }
    if let Some(caption) = &table.caption {
        writer.line("TableCaption", caption);
    }
    if count == 0 {
        return Ok(());
    }
    let weights: Vec<u32> = table.columns.iter().map(|column| u32::from(column.weight.max(1))).collect();
    let widths = open(writer, &weights);
    head(writer, table.columns.iter().map(|column| column.title.as_str()), &widths);
    for (index, row) in table.rows.iter().enumerate() {
        if row.len() > count {
            return Err(WriteError::RowTooLong { table: name, row: index + 1, cells: row.len(), columns: count });
        }
        writer.xml.open("w:tr", &[]).raw("<w:trPr><w:cantSplit/></w:trPr>");
        for (index, (column, width)) in table.columns.iter().zip(&widths).enumerate() {
            cell(writer, row.get(index).unwrap_or(&Cell::Empty), column, *width);
        }
        writer.xml.close();
    }
    close(writer);
    Ok(())
}

/// Pairs of names and values.
pub fn facts<'a>(writer: &mut Writer<'a>, pairs: &'a [(String, String)]) {
    if pairs.is_empty() {
        return;
    }
    let widths = open(writer, &[1, 3]);
    for (name, value) in pairs {
        writer.xml.open("w:tr", &[]).raw("<w:trPr><w:cantSplit/></w:trPr>");
        for (text, width, shade) in [(name, widths[0], SHADE), (value, widths[1], "")] {
            cell_start(writer, width, shade);
            writer.line("TableText", text);
            writer.xml.close();
        }
        writer.xml.close();
    }
    close(writer);
}

/// Who signed.
pub fn signatures<'a>(writer: &mut Writer<'a>, signatures: &'a Signatures) {
    let widths = open(writer, &[3, 3, 4, 6]);
    head(writer, signatures.titles.iter().map(String::as_str), &widths);
    for Signature { role, name, time, hash } in &signatures.rows {
        // A row is high enough to be signed by hand: 12 mm.
        writer
            .xml
            .open("w:tr", &[])
            .raw("<w:trPr><w:cantSplit/><w:trHeight w:val=\"680\" w:hRule=\"atLeast\"/></w:trPr>");
        for ((text, style), width) in
            [(role, "TableText"), (name, "TableText"), (time, "TableText"), (hash, "Hash")].into_iter().zip(&widths)
        {
            cell_start(writer, *width, "");
            writer.line(style, text);
            writer.xml.close();
        }
        writer.xml.close();
    }
    close(writer);
}

/// Opens a grid over the whole width; the widths of its columns add up to it.
fn open(writer: &mut Writer<'_>, weights: &[u32]) -> Vec<u32> {
    let room = writer.sheet.text_width();
    let total: u32 = weights.iter().sum::<u32>().max(1);
    let mut widths: Vec<u32> = weights.iter().map(|weight| room * weight / total).collect();
    let rest = room.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    writer.xml.open("w:tbl", &[]);
    writer.xml.open("w:tblPr", &[]).empty("w:tblStyle", &[("w:val", "Grid")]);
    writer.xml.empty("w:tblW", &[("w:w", &room.to_string()), ("w:type", "dxa")]);
    writer.xml.raw("<w:tblLayout w:type=\"fixed\"/>").close();
    writer.xml.open("w:tblGrid", &[]);
    for width in &widths {
        writer.xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
    }
    writer.xml.close();
    widths
}

/// Closes a grid. Two grids without a paragraph between them would become one.
fn close(writer: &mut Writer<'_>) {
    writer.xml.close();
    writer.xml.raw("<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>");
}

fn head<'t>(writer: &mut Writer<'_>, titles: impl Iterator<Item = &'t str>, widths: &[u32]) {
    writer.xml.open("w:tr", &[]).raw("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (title, width) in titles.zip(widths) {
        cell_start(writer, *width, SHADE);
        writer.line("TableHead", title);
        writer.xml.close();
    }
    writer.xml.close();
}

fn cell_start(writer: &mut Writer<'_>, width: u32, shade: &str) {
    writer.xml.open("w:tc", &[]).open("w:tcPr", &[]);
    writer.xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
    writer.xml.raw(shade).raw("<w:vAlign w:val=\"center\"/>").close();
}

fn cell<'a>(writer: &mut Writer<'a>, cell: &'a Cell, column: &Column, width: u32) {
    cell_start(writer, width, "");
    writer.xml.open("w:p", &[]).open("w:pPr", &[]).empty("w:pStyle", &[("w:val", "TableText")]);
    if column.align != Align::Start {
        let side = if column.align == Align::End { "right" } else { "center" };
        writer.xml.empty("w:jc", &[("w:val", side)]);
    }
    writer.xml.close();
    match cell {
        Cell::Empty => {}
        Cell::Link { text, url } => writer.link(text, url),
        other => writer.run(&other.shown(column.format), Weight::Plain),
    }
    writer.xml.close().close();
}
