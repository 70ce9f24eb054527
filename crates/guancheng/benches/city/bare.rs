//! The bare insert loop: the rows that were just written over HTTP, inserted again by a program that does nothing else.

use std::{path::Path, process::Command};

/// How many transactions' worth a second, of which rows and how many to a transaction.
pub struct Loop {
    /// `reports` or `filings`.
    pub rows: String,
    /// Of how many at once.
    pub batch: usize,
    /// Reports or filings a second.
    pub rate: f64,
}

/// Runs the store's example `rate` over a city that is not running.
pub fn loops(example: &Path, folder: &Path, city: &Path) -> Result<Vec<Loop>, String> {
    let ran = Command::new(example).arg(folder.join("rate")).arg(city).output();
    let ran = ran.map_err(|error| format!("{}: {error}", example.display()))?;
    if !ran.status.success() {
        return Err(format!("{}: {}", example.display(), String::from_utf8_lossy(&ran.stderr)));
    }
    Ok(String::from_utf8_lossy(&ran.stdout).lines().filter_map(read).collect())
}

/// `bare loop of reports, 8 a transaction 4321`
fn read(line: &str) -> Option<Loop> {
    let (rows, rest) = line.strip_prefix("bare loop of ")?.split_once(", ")?;
    let (batch, rate) = rest.split_once(" a transaction ")?;
    Some(Loop { rows: rows.to_owned(), batch: batch.parse().ok()?, rate: rate.trim().parse().ok()? })
}
