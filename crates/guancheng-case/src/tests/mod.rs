//! Tests of the crate: transcripts a clerk can read, properties, and faults of definitions.

mod asking;
mod build;
mod checks;
mod definitions;
mod firing;
mod limits;
mod permits;
mod properties;
mod seven_stages;
mod world;
