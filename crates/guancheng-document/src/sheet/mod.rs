//! Rows of an .xlsx file, by the heads of its columns. Invariant: whatever the bytes are, reading ends in rows or in an
//! error that says what, where and what would be right; memory is bounded by the limits, and a formula is never computed.

mod error;
mod grid;
mod head;
mod package;
mod parts;
mod row;
mod value;
mod xml;

#[cfg(test)]
mod tests;

pub use error::{CellError, Much, Reason, Shape, SheetError};
pub use row::Row;
pub use value::{Flaw, Value};

/// How much is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of its parts once unpacked, and of the text in all rows together.
    pub unpacked: usize,
    /// Rows below the head that hold anything.
    pub rows: usize,
    /// Columns that are looked at, from the first.
    pub columns: u32,
}

impl Default for Limits {
    /// Ten years of 500 lines reported monthly are 60,000 rows; at 20 cells of 50 bytes of markup they unpack to 60 MB.
    fn default() -> Self {
        Limits { bytes: 20_000_000, unpacked: 100_000_000, rows: 100_000, columns: 256 }
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The name of the sheet; without one, the first that is not hidden.
    pub sheet: Option<&'a str>,
    /// The columns.
    pub columns: &'a [Wanted<'a>],
}

/// A column that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The name by which rows give its cell.
    pub key: &'a str,
    /// The heads it may have. Blanks, line ends, case, a star and the width of characters make no difference.
    pub heads: &'a [&'a str],
    /// Whether the file is of use without it.
    pub need: Need,
}

/// Whether a column may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It may not.
    Required,
    /// It may.
    Optional,
}

/// The rows below the head, without empty ones. The head is the first row, of the first twenty, that has every required
/// column; what stands above it is a title. A value merged over several rows counts for each of them.
///
/// # Errors
/// The bytes are no .xlsx file or one beyond the limits; the sheet or a required column is not there, or a column is there
/// twice. What is wrong with a single cell is told by [`Row`] when it is asked for.
pub fn rows(bytes: &[u8], ask: &Ask, limits: &Limits) -> Result<Vec<Row>, SheetError> {
    let mut package = package::Package::open(bytes, limits)?;
    let book = parts::Book::read(&mut package)?;
    let (name, path) = book.sheet(ask.sheet)?;
    let strings = parts::shared_strings(&mut package, &book)?;
    let styles = parts::styles(&mut package, &book)?;
    let text = package.part(&path)?.ok_or_else(|| SheetError::Damaged { part: path.clone() })?;
    let frame = grid::Frame { strings: strings.len(), dated: &styles, epoch: book.epoch };
    let mut grid = grid::read(&text, &path, &frame, limits)?;
    grid.fill_merged(&name)?;
    head::rows(&grid, &strings, &name, ask, limits)
}
