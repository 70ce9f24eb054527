//! The API as a client sees it: the real router on the real store in a folder of its own.

mod access;
mod client;
mod events;
mod idempotency;
mod loop_of_a_case;
mod measure;
mod openapi;
mod pages;
mod plan;
mod problems;
mod public;
mod sessions;
mod world;
