//! A .docx: the paragraphs and tables of word/document.xml, with the numerals that Word counts itself.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::numbering::Numbering;
use super::{Block, Content, Format, ReadFault, UNPACKED_MAX, push_line};

/// Elements nested deeper than this are no document of a word processor.
const DEPTH_MAX: usize = 256;
/// A cell spans at most so many columns.
const SPAN_MAX: usize = 64;

/// Reads the bytes of a .docx.
pub fn read(bytes: &[u8]) -> Result<Content, ReadFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| broken(&fault.to_string()))?;
    if archive.index_for_name("word/document.xml").is_none() {
        return Err(ReadFault::NoDocx);
    }
    let document = part(&mut archive, "word/document.xml")?;
    let numbers = optional(&mut archive, "word/numbering.xml")?;
    let styles = optional(&mut archive, "word/styles.xml")?;
    let numbering = Numbering::read(&numbers, &styles);
    let blocks = Body { numbering, ..Body::default() }.read(&document)?;
    Ok(Content { format: Format::Docx, blocks, notes: Vec::new() })
}

fn broken(detail: &str) -> ReadFault {
    ReadFault::Broken { format: ".docx", detail: detail.to_owned() }
}

fn optional(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, ReadFault> {
    if archive.index_for_name(name).is_none() { Ok(String::new()) } else { part(archive, name) }
}

/// A part of the package; its size is bounded by what is unpacked, not by what it claims.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, ReadFault> {
    let file = archive.by_name(name).map_err(|fault| broken(&format!("{name}: {fault}")))?;
    let mut bytes = Vec::new();
    file.take(UNPACKED_MAX + 1).read_to_end(&mut bytes).map_err(|fault| broken(&format!("{name}: {fault}")))?;
    if bytes.len() as u64 > UNPACKED_MAX {
        return Err(ReadFault::Bomb { part: name.to_owned(), max: UNPACKED_MAX });
    }
    String::from_utf8(bytes).map_err(|_| broken(&format!("{name} is not UTF-8")))
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
}

/// A cell, how many columns it spans, and whether it goes on from the row above.
#[derive(Default)]
struct Cell {
    lines: Vec<String>,
    columns: usize,
    goes_on: bool,
}

#[derive(Default)]
struct Body {
    numbering: Numbering,
    blocks: Vec<Block>,
    tables: Vec<Table>,
    line: String,
    number: Option<(String, usize)>,
    style: Option<String>,
    in_text: bool,
    /// Depth of what is shown twice or not at all.
    hidden: usize,
}

impl Body {
    fn read(mut self, xml: &str) -> Result<Vec<Block>, ReadFault> {
        let mut reader = Reader::from_str(xml);
        let mut depth = 0usize;
        loop {
            let event = reader
                .read_event()
                .map_err(|fault| broken(&format!("word/document.xml at byte {}: {fault}", reader.error_position())))?;
            match event {
                Event::Start(element) => {
                    depth += 1;
                    if depth > DEPTH_MAX {
                        return Err(broken("word/document.xml is nested deeper than any document"));
                    }
                    self.start(&element, false);
                }
                Event::Empty(element) => self.start(&element, true),
                Event::End(element) => {
                    depth = depth.saturating_sub(1);
                    self.end(local(element.name().as_ref()));
                }
                Event::Text(text) if self.in_text && self.hidden == 0 => self.line.push_str(&text.xml10_content()),
                Event::GeneralRef(name) if self.in_text && self.hidden == 0 => self.reference(&name),
                Event::Eof => break,
                _ => {}
            }
        }
        if depth > 0 {
            return Err(broken("word/document.xml ends in the middle"));
        }
        Ok(self.blocks)
    }

    fn reference(&mut self, name: &quick_xml::events::BytesRef<'_>) {
        if let Ok(Some(c)) = name.resolve_char_ref() {
            self.line.push(c);
            return;
        }
        let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
        let text: &str = name;
        self.line.extend(known.iter().find(|(word, _)| *word == text).map(|(_, c)| *c));
    }

    fn start(&mut self, element: &BytesStart<'_>, empty: bool) {
        let name = element.name();
        match local(name.as_ref()) {
            "Fallback" | "del" | "instrText" if !empty => self.hidden += 1,
            "p" => {
                self.line.clear();
                self.number = None;
                self.style = None;
                if empty {
                    self.end("p");
                }
            }
            "t" => self.in_text = !empty,
            "tab" if self.hidden == 0 => self.line.push('\t'),
            "br" | "cr" if self.hidden == 0 => self.line.push('\n'),
            "noBreakHyphen" => self.line.push('-'),
            "pStyle" => self.style = value(element, "val"),
            "numId" => {
                let level = self.number.take().map_or(0, |(_, level)| level);
                self.number = value(element, "val").map(|id| (id, level));
            }
            "ilvl" => {
                let level = value(element, "val").and_then(|level| level.parse().ok()).unwrap_or(0);
                let id = self.number.take().map_or(String::new(), |(id, _)| id);
                self.number = Some((id, level));
            }
            "tbl" if !empty => self.tables.push(Table::default()),
            "tr" => self.tables.iter_mut().last().into_iter().for_each(|table| table.rows.push(Vec::new())),
            "tc" => {
                if let Some(row) = self.tables.last_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(Cell { columns: 1, ..Cell::default() });
                }
            }
            "gridSpan" => {
                let columns =
                    value(element, "val").and_then(|span| span.parse().ok()).unwrap_or(1usize).clamp(1, SPAN_MAX);
                self.cell().into_iter().for_each(|cell| cell.columns = columns);
            }
            "vMerge" => {
                let goes_on = value(element, "val").is_none_or(|word| word == "continue");
                self.cell().into_iter().for_each(|cell| cell.goes_on = goes_on);
            }
            _ => {}
        }
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.tables.last_mut()?.rows.last_mut()?.last_mut()
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" | "del" | "instrText" => self.hidden = self.hidden.saturating_sub(1),
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.line);
        let numeral = self.numbering.next(self.number.take(), self.style.take().as_deref(), !text.trim().is_empty());
        let line = format!("{numeral}{text}");
        match self.cell() {
            Some(cell) => cell.lines.push(line),
            None => push_line(&mut self.blocks, &line),
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let rows = table.finish();
        match self.cell() {
            Some(cell) => cell.lines.extend(rows.into_iter().map(|row| row.join("\t"))),
            None => self.blocks.push(Block::Table(rows)),
        }
    }
}

impl Table {
    fn finish(self) -> Vec<Vec<String>> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for row in self.rows {
            let mut out: Vec<String> = Vec::new();
            for cell in row {
                let above = rows.last().and_then(|row: &Vec<String>| row.get(out.len())).cloned();
                let text = if cell.goes_on {
                    above.unwrap_or_default()
                } else {
                    cell.lines.join("\n").trim_matches('\n').to_owned()
                };
                out.extend(std::iter::repeat_n(text, cell.columns));
            }
            rows.push(out);
        }
        rows
    }
}

/// The name of an element without its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// An attribute by its local name.
pub fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .flatten()
        .find(|attribute| local(attribute.key.as_ref()) == name)
        .map(|attribute| attribute.value.to_string())
}
