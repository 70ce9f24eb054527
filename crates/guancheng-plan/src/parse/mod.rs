//! From the lines of a document to a [`crate::document`]. Pure, total, and linear in the length of the text.

mod amount;
mod body;
mod classify;
mod clause;
mod gap;
mod glyph;
mod head;
mod label;
mod lines;
mod number;
mod numeral;
mod office;
mod outline;
mod render;
mod segment;
mod table;
mod time;
mod title;
mod unit;

use std::fmt;

pub use render::{item_source, render};

use crate::document::PlanDocument;

/// What a document is made of, as it was read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Printed lines.
    Text(String),
    /// Rows of cells; a merged cell stands in every row it spans.
    Table(Vec<Vec<String>>),
}

/// The longest text that is read: a plan of 300 pages has half a million characters.
pub const CHARS_MAX: usize = 4_000_000;

/// Why a document is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseFault {
    /// Nothing but blanks.
    Empty,
    /// More text than a plan has.
    TooLong {
        /// How many characters there are.
        chars: usize,
    },
    /// Control characters: bytes of something else.
    NoText {
        /// The line of the first of them, from 1.
        line: usize,
    },
    /// Text, but nothing with a numeral or in a table of tasks.
    NoItems,
}

impl fmt::Display for ParseFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseFault::Empty => f.write_str("the document is empty: a plan has a title and numbered items"),
            ParseFault::TooLong { chars } => {
                write!(f, "the document has {chars} characters: a plan has at most {CHARS_MAX}; cut it into its years")
            }
            ParseFault::NoText { line } => {
                write!(f, "line {line} holds control characters: this is no text; save the plan as .docx, .pdf, .html or UTF-8 .txt")
            }
            ParseFault::NoItems => f.write_str(
                "no item was found: an item begins with a numeral such as 一、 (一) 1. or is a row of a table whose head names 任务 and 责任单位",
            ),
        }
    }
}

/// Reads a plan. `year` wins over the year that the document states.
pub fn parse(blocks: &[Block], year: Option<i32>) -> Result<PlanDocument, ParseFault> {
    check(blocks)?;
    let (mut plan, starts) = outline::read(blocks, year);
    if plan.items.is_empty() {
        return Err(ParseFault::NoItems);
    }
    let year = plan.document.year;
    for (item, start) in plan.items.iter_mut().zip(starts) {
        segment::divide(item, start, year);
    }
    Ok(plan)
}

/// Reads a plan that is one text.
pub fn parse_text(text: &str, year: Option<i32>) -> Result<PlanDocument, ParseFault> {
    parse(&[Block::Text(text.to_owned())], year)
}

fn check(blocks: &[Block]) -> Result<(), ParseFault> {
    let texts = || {
        blocks.iter().flat_map(|block| match block {
            Block::Text(text) => vec![text.as_str()],
            Block::Table(rows) => rows.iter().flatten().map(String::as_str).collect(),
        })
    };
    let chars: usize = texts().map(glyph::length).sum();
    if chars > CHARS_MAX {
        return Err(ParseFault::TooLong { chars });
    }
    if texts().all(|text| text.chars().all(glyph::is_blank)) {
        return Err(ParseFault::Empty);
    }
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}' | '\u{85}');
    for text in texts() {
        if let Some(at) = text.find(control) {
            let line = 1 + text.get(..at).map_or(0, |head| head.matches('\n').count());
            return Err(ParseFault::NoText { line });
        }
    }
    Ok(())
}
