//! Papers and workbooks as bytes. Invariant: the same input gives the same bytes, since the only time in a file is the one
//! that is passed in; whatever text is passed in, the file opens.

mod book;
mod cell;
mod docx;
mod error;
mod html;
mod link;
mod package;
mod page;
mod picture;
mod xlsx;
mod xml;

#[cfg(test)]
mod tests;

pub use book::{Field, Sheet, Workbook};
pub use cell::{Align, Cell, Decimal, Format};
pub use docx::docx;
pub use error::WriteError;
pub use html::html;
pub use page::{Block, Column, Level, ListKind, Orientation, Page, Picture, Run, Signature, Signatures, Table, Weight};
pub use xlsx::xlsx;
