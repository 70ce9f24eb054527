//! The shipped packs against the reader.

mod shipped;
