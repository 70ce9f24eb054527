//! Why a file cannot be read: what it is, where it fails, and what would be right.

use std::fmt;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    /// Nothing in it.
    Empty,
    /// Larger than a document is.
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The largest size.
        max: u64,
    },
    /// A part unpacks to more than a document has.
    Bomb {
        /// The part.
        part: String,
        /// The largest size.
        max: u64,
    },
    /// A known format that is not read.
    Unsupported {
        /// What it is.
        what: &'static str,
    },
    /// A packed file that is no .docx.
    NoDocx,
    /// A broken file of a known format.
    Broken {
        /// The format.
        format: &'static str,
        /// The place and the reason.
        detail: String,
    },
    /// A PDF without text.
    Pictures {
        /// How many pages it has.
        pages: usize,
    },
    /// A PDF whose fonts do not say which characters they show.
    NoCharacters,
    /// A PDF behind a password.
    Locked,
    /// Neither text nor a known format.
    NoText {
        /// The place of the first byte that is none, from 0.
        at: usize,
    },
}

impl fmt::Display for ReadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadFault::Empty => {
                f.write_str("the file is empty; give a .docx, .pdf, .html or .txt with the text of the document")
            }
            ReadFault::TooLarge { bytes, max } => {
                write!(f, "the file has {bytes} bytes; at most {max} are read, so take the pictures out")
            }
            ReadFault::Bomb { part, max } => {
                write!(
                    f,
                    "{part} unpacks to more than {max} bytes; no document is that long, so the file is not read further"
                )
            }
            ReadFault::Unsupported { what } => write!(f, "this is {what}; open it and save it as .docx"),
            ReadFault::NoDocx => f.write_str(
                "this is a packed file without word/document.xml; give a .docx, not an archive or a workbook",
            ),
            ReadFault::Broken { format, detail } => {
                write!(f, "the {format} is broken: {detail}; open it, save it again and send that copy")
            }
            ReadFault::Pictures { pages } => write!(
                f,
                "this PDF holds pictures only, no text ({pages} pages); ask for the document it was printed from, or have its text recognised first"
            ),
            ReadFault::NoCharacters => f.write_str(
                "the fonts of this PDF do not say which characters they show; ask for the document it was printed from",
            ),
            ReadFault::Locked => f.write_str("this PDF is locked by a password; save a copy without one"),
            ReadFault::NoText { at } => {
                write!(
                    f,
                    "this is neither text nor .docx, .html or .pdf (byte {at} belongs to no character of UTF-8 or GB18030)"
                )
            }
        }
    }
}

impl std::error::Error for ReadFault {}
