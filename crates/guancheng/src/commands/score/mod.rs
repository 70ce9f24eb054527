//! `guancheng score`: files of expected points, ranks and self-tests, and published bulletins recomputed.

mod bulletin;
mod read;
mod vectors;

use crate::{
    Outcome,
    cli::{ScoreArgs, ScoreWhat},
};

/// Answers the question.
pub fn run(args: &ScoreArgs) -> Outcome {
    match &args.what {
        ScoreWhat::Check { file, json } => vectors::check(file, *json),
        ScoreWhat::Bulletin { file, json } => bulletin::run(file, *json),
    }
}
