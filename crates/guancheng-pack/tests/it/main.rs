//! The reader against packs that are wrong, and against the shipped ones.

mod demo_plan;
mod measures;
mod messages;
mod plan;
mod references;
mod second_path;
mod shipped;
mod town;
