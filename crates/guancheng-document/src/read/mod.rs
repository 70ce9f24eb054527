//! Bytes of a .txt, .docx, .html or .pdf file into lines and tables. The content decides what a file is, never its name.

mod docx;
mod fault;
mod glyphs;
mod html;
mod numbering;
mod page;
mod pdf;
mod text;
mod widths;

pub use fault::ReadFault;

/// A part of a document, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines, separated by line feeds.
    Text(String),
    /// Rows of cells; a merged cell stands in every row and column that it spans.
    Table(Vec<Vec<String>>),
}

/// What a file was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// A document of a word processor, Office Open XML.
    Docx,
    /// A PDF with text in it.
    Pdf,
}

/// A document as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// What the file was taken for.
    pub format: Format,
    /// Lines and tables.
    pub blocks: Vec<Block>,
    /// What a reader should know, e.g. that the text was GB18030; Chinese sentences.
    pub notes: Vec<String>,
}

/// The largest file that is read: a plan with pictures has a few megabytes.
pub const FILE_MAX: usize = 64 << 20;
/// The most that a part of a file may unpack to.
pub const UNPACKED_MAX: u64 = 64 << 20;

/// Reads a document.
pub fn read(bytes: &[u8]) -> Result<Content, ReadFault> {
    if bytes.len() > FILE_MAX {
        return Err(ReadFault::TooLarge { bytes: bytes.len() as u64, max: FILE_MAX as u64 });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadFault::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return docx::read(bytes);
    }
    if bytes.get(..bytes.len().min(1024)).is_some_and(|head| head.windows(5).any(|five| five == b"%PDF-")) {
        return pdf::read(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(ReadFault::Unsupported { what: "an old .doc, .xls or .wps file" });
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(ReadFault::Unsupported { what: "a .rtf file" });
    }
    let (text, notes) = text::decode(bytes)?;
    if html::is_page(&text) {
        let blocks = html::read(&text);
        return Ok(Content { format: Format::Html, blocks, notes });
    }
    Ok(Content { format: Format::Text, blocks: vec![Block::Text(text)], notes })
}

/// Adds a line to the last block of text.
fn push_line(blocks: &mut Vec<Block>, line: &str) {
    match blocks.last_mut() {
        Some(Block::Text(text)) => {
            text.push('\n');
            text.push_str(line);
        }
        _ => blocks.push(Block::Text(line.to_owned())),
    }
}

#[cfg(test)]
mod tests;
