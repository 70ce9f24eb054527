//! A paper, before it is a file: what it says, in order, without a word about how any format writes it. Everything a
//! reader sees comes from the caller, in the caller's language; nothing is added but page numbers.

use guancheng_base::Instant;

use super::cell::{Align, Cell, Format};

/// A whole paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The title, centred above all.
    pub title: String,
    /// A line below the title.
    pub subtitle: Option<String>,
    /// The number of the paper (文号), below title and subtitle.
    pub number: Option<String>,
    /// The language as a BCP 47 tag, e.g. `zh-CN`. Chinese papers indent a paragraph by two characters.
    pub lang: String,
    /// How the sheet lies.
    pub orientation: Orientation,
    /// The moment the paper was made: the only time in the file.
    pub created: Instant,
    /// Who made it, for the properties of the file.
    pub author: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// How an A4 sheet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Upright: letters, circulars, reports.
    Portrait,
    /// On its side: ledgers and wide tables.
    Landscape,
}

/// One piece of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of the text.
    Heading(Level, String),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A list; each item is one paragraph.
    List(ListKind, Vec<Vec<Run>>),
    /// A table.
    Table(Table),
    /// Names and what they are, one pair a line.
    Facts(Vec<(String, String)>),
    /// Who signed, when, and the hash of what was signed.
    Signatures(Signatures),
    /// A picture.
    Picture(Picture),
    /// What follows starts on a new sheet.
    PageBreak,
    /// Small print: a source, a definition, a reservation.
    Footnote(Vec<Run>),
}

impl Block {
    /// A paragraph of plain text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Block::Paragraph(vec![Run::plain(text)])
    }
}

/// The rank of a heading, below the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 一、
    One,
    /// （一）
    Two,
    /// 1.
    Three,
}

/// Text in one weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text. A line feed starts a new line.
    pub text: String,
    /// How heavy it is.
    pub weight: Weight,
}

impl Run {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Run { text: text.into(), weight: Weight::Plain }
    }

    /// Bold text.
    pub fn bold(text: impl Into<String>) -> Self {
        Run { text: text.into(), weight: Weight::Bold }
    }
}

/// How heavy text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As the paragraph.
    Plain,
    /// Bold.
    Bold,
}

/// What stands before the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// A dot.
    Bullet,
    /// 1. 2. 3., starting with each list.
    Numbered,
}

/// A table. Its head is repeated on each sheet it runs over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it shows, above it.
    pub caption: Option<String>,
    /// Its columns, at least one.
    pub columns: Vec<Column>,
    /// Its rows; a short row is filled up with nothing, a long one is an error.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Its share of the width, beside the others'; 0 counts as 1.
    pub weight: u16,
    /// Where its text stands.
    pub align: Align,
    /// How it shows numbers.
    pub format: Format,
}

/// A block of signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatures {
    /// The heads of the four columns: role, name, time, hash.
    pub titles: [String; 4],
    /// One row a signature.
    pub rows: Vec<Signature>,
}

/// One signature, or the place for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// In which role.
    pub role: String,
    /// By whom; empty where it is to be signed by hand.
    pub name: String,
    /// When, as the reader's clock shows it.
    pub time: String,
    /// The hash of what was signed.
    pub hash: String,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A PNG or JPEG file.
    pub bytes: Vec<u8>,
    /// What it shows, below it; also read out to those who cannot see it.
    pub caption: String,
    /// Its width on paper; cut to the width of the text, and further where it would be higher than the sheet.
    pub width_mm: u16,
}
