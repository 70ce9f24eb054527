//! Why a paper or a workbook cannot be written. The fault is in what the caller put in; the message says where.

use std::fmt;

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// A row has more cells than its table has columns.
    RowTooLong {
        /// The sheet or the caption of the table.
        table: String,
        /// The row, from 1, without the head.
        row: usize,
        /// How many cells it has.
        cells: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// A table, a sheet or a workbook is over a limit of the format.
    TooMany {
        /// The sheet or the caption of the table.
        table: String,
        /// Of what: rows, columns, sheets.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A text is longer than a cell of a workbook may hold.
    TextTooLong {
        /// The sheet.
        sheet: String,
        /// The row, from 1, without the head; 0 is the head.
        row: usize,
        /// The column, from 1.
        column: usize,
        /// How many UTF-16 units it has.
        length: usize,
    },
    /// A picture is neither PNG nor JPEG, or says nothing of its size.
    Picture {
        /// Its caption.
        caption: String,
    },
    /// The container could not be written; says what its writer said.
    Container(String),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::RowTooLong { table, row, cells, columns } => write!(
                f,
                "row {row} of {table:?} has {cells} cells, but the table has {columns} columns; leave cells out or add columns"
            ),
            WriteError::TooMany { table, what, count, limit } => {
                write!(f, "{table:?} has {count} {what}; at most {limit} fit, so divide it or filter more")
            }
            WriteError::TextTooLong { sheet, row, column, length } => write!(
                f,
                "the text in row {row}, column {column} of sheet {sheet:?} has {length} characters; a cell holds 32767, so \
                 shorten it or export as a document"
            ),
            WriteError::Picture { caption } => {
                write!(f, "the picture {caption:?} is neither a PNG nor a JPEG file; give one of these")
            }
            WriteError::Container(reason) => write!(f, "the file could not be put together: {reason}"),
        }
    }
}

impl std::error::Error for WriteError {}
