//! One file per noun; a handler reads the request, calls one use case, and writes the answer.

pub mod audit;
pub mod case_moves;
pub mod cases;
pub mod events;
pub mod export;
pub mod files;
pub mod health;
pub mod pack;
pub mod places;
pub mod reports;
pub mod session;
pub mod tokens;
