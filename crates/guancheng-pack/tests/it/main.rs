//! The reader against packs that are wrong, and against the shipped ones.

mod messages;
mod shipped;
