//! Office documents as bytes: what people send is read into lines and tables, and papers are written for them.
//! Invariant: whatever the bytes are, reading ends in lines or in an error that says what would be right.

pub mod read;
pub mod sheet;
pub mod write;
