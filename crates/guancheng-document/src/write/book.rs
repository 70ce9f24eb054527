//! A workbook, before it is a file: sheets of typed rows under one head each.

use guancheng_base::Instant;

use super::cell::{Cell, Format};

/// A workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workbook {
    /// The title, for the properties of the file.
    pub title: String,
    /// The moment it was made: the only time in the file.
    pub created: Instant,
    /// Who made it, for the properties of the file.
    pub author: Option<String>,
    /// Its sheets; a workbook without any gets an empty one, since no program opens it otherwise.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, cleaned on writing: at most 31 characters, none of `[]:*?/\`, unlike all others.
    pub name: String,
    /// Its columns.
    pub fields: Vec<Field>,
    /// Its rows; a short row ends early, a long one is an error.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its head.
    pub title: String,
    /// Its width in digits of the body font; a Chinese character takes two.
    pub width: u8,
    /// How it shows numbers and dates.
    pub format: Format,
}
