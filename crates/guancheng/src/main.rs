//! `guancheng`: configuration, wiring and the command line. Invariant: no rule of the domain lives here; a command
//! reads its arguments, calls a crate and prints the answer.

/// Prints a line. Where the reader has gone away (`| head`), what it no longer wants is dropped; the work goes on.
macro_rules! say {
    ($($arg:tt)*) => { $crate::say_line(format_args!($($arg)*)) };
}

mod cli;
mod commands;
mod settings;

use std::{io::Write, process::ExitCode};

use clap::Parser;
use cli::Cli;

/// How a command ended.
pub enum Answer {
    /// Done, or the answer is yes.
    Yes,
    /// The answer is no: exit status 1.
    No,
}

/// What a command returns; an error is printed and is exit status 2.
pub type Outcome = Result<Answer, String>;

fn main() -> ExitCode {
    match commands::run(&Cli::parse().command) {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(message) => {
            eprintln!("guancheng: {message}");
            ExitCode::from(2)
        }
    }
}

fn say_line(line: std::fmt::Arguments<'_>) {
    let _unread = writeln!(std::io::stdout(), "{line}");
}
