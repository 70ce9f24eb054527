//! The use cases of measuring: facts from the log, a board of a scorecard, one value with its rows. Invariant: facts are
//! derived, never kept; a rebuild from the log gives the same.

mod ask;
mod board;
mod derive;
mod figures;
mod trail;
mod words;

pub use ask::{Answered, By, ask, cases_of};
pub use board::{Board, BoardRow, board, is_people, judges_people};
pub use derive::{CaseFacts, Derive, dump};
pub use figures::{Facts, Figures};
