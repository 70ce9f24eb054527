//! The reader against packs that are wrong, and against the shipped ones.

mod measures;
mod messages;
mod plan;
mod references;
mod shipped;
mod town;
