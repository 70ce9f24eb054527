//! From the lines of a document to a [`crate::document`]. Pure, total, and linear in the length of the text.
