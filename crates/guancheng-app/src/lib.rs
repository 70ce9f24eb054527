//! Use cases, and the traits they need from a store.

pub mod ports;
