//! One file per sub-command. A command reads its arguments, calls a crate and prints the answer.

mod calendar;
mod check;
mod city;
mod config;
mod data;
mod demo;
mod grid;
mod import;
mod people;
mod plan;
mod play;
mod score;
mod serve;
mod whatif;

use crate::{Outcome, cli::Command};

/// Runs a sub-command.
pub fn run(command: &Command) -> Outcome {
    match command {
        Command::Serve(args) => serve::run(args),
        Command::Demo(args) => demo::run(args),
        Command::Check(args) => check::check(args),
        Command::Docs(args) => check::docs(args),
        Command::Calendar(args) => calendar::run(args),
        Command::Score(args) => score::run(args),
        Command::Plan(args) => plan::run(args),
        Command::Grid(args) => grid::run(args),
        Command::Import(args) => import::run(args),
        Command::Export(args) => data::export(args),
        Command::Play(args) => play::run(args),
        Command::People(args) => people::run(args),
        Command::Verify(args) => data::verify(args),
        Command::Backup(args) => data::backup(args),
        Command::Restore(args) => data::restore(args),
        Command::Whatif(args) => whatif::run(args),
        Command::Config(args) => config::run(args),
    }
}
