//! What became of a file: counts, the two systems' verdicts side by side, and what the targets follow.

use std::path::Path;

use guancheng_app::import::{Fit, RowOutcome, Rule, Verdict};
use serde_json::{Value, json};

use super::rows::Rows;

/// The summary of a run.
#[derive(Default)]
pub struct Summary {
    /// Rows of the file.
    pub rows: usize,
    /// Taken as they stand.
    pub accepted: usize,
    /// Taken with something mended.
    pub repaired: usize,
    /// Taken by an earlier run.
    pub known: usize,
    /// Not taken.
    pub refused: usize,
    /// Ended rows with a target and a verdict of the other system.
    pub compared: usize,
    /// Of these, rows where our clock says the same.
    pub equal: usize,
    /// Rows without a target: not rated by us.
    pub not_rated: usize,
    /// Of these, rows the other system calls on time.
    pub not_rated_called_on_time: usize,
    /// Rows with a target that are still open.
    pub open_with_target: usize,
    /// Ended rows with a target on which the other system says nothing.
    pub without_verdict: usize,
    fits: Vec<Fit>,
}

impl Summary {
    /// Counts.
    pub fn of(outcomes: &[RowOutcome], fits: Vec<Fit>) -> Self {
        let mut summary = Summary { rows: outcomes.len(), fits, ..Summary::default() };
        for outcome in outcomes {
            match outcome {
                RowOutcome::Accepted { repaired, verdict, .. } => {
                    if repaired.is_empty() {
                        summary.accepted += 1
                    } else {
                        summary.repaired += 1
                    }
                    summary.compare(*verdict);
                }
                RowOutcome::Known { verdict, .. } => {
                    summary.known += 1;
                    summary.compare(*verdict);
                }
                RowOutcome::Refused { .. } => summary.refused += 1,
            }
        }
        summary
    }

    fn compare(&mut self, verdict: Verdict) {
        match (verdict.target, verdict.ended, verdict.theirs) {
            (false, ..) => {
                self.not_rated += 1;
                self.not_rated_called_on_time += usize::from(verdict.theirs == Some(true));
            }
            (true, false, _) => self.open_with_target += 1,
            (true, true, None) => self.without_verdict += 1,
            (true, true, Some(theirs)) => {
                self.compared += 1;
                self.equal += usize::from(verdict.ours == Some(theirs));
            }
        }
    }

    /// Prints it for a person.
    pub fn print(&self) {
        say!(
            "{} rows: {} accepted, {} repaired, {} known from an earlier run, {} refused",
            self.rows,
            self.accepted,
            self.repaired,
            self.known,
            self.refused
        );
        say!(
            "on time, ours against theirs: {} of {} ended rows with target and verdict agree",
            self.equal,
            self.compared
        );
        say!(
            "not rated by us for want of a target: {} rows; the other system calls {} of them on time",
            self.not_rated,
            self.not_rated_called_on_time
        );
        say!(
            "open with a target: {}; ended with a target but no verdict of theirs: {}",
            self.open_with_target,
            self.without_verdict
        );
        self.print_fits();
    }

    fn print_fits(&self) {
        let targets: usize = self.fits.iter().map(|fit| fit.targets).sum();
        let reproduced: usize = self.fits.iter().map(|fit| fit.reproduced).sum();
        say!("\ntargets reproduced by one limit per category from the time of opening: {reproduced} of {targets}");
        say!(
            "{:>8} {:>10} {:>6} {:>6} {:>7} {:>8}  category and limit",
            "targets",
            "reproduced",
            "other",
            "later",
            "earlier",
            "without"
        );
        for fit in &self.fits {
            let rule = fit.rule.map_or("no whole limit fits".to_owned(), in_words);
            say!(
                "{:>8} {:>10} {:>6} {:>6} {:>7} {:>8}  {}: {rule}",
                fit.targets,
                fit.reproduced,
                fit.other_limits,
                fit.later,
                fit.earlier,
                fit.without,
                fit.category
            );
        }
        say!(
            "\nreproduced: within 90 s of the limit named. other: follows another whole limit, so the category or its\n\
             priority was probably changed after the target was set. later, earlier: follows no whole limit."
        );
    }

    /// The same for a program.
    pub fn json(&self) -> Value {
        let fits: Vec<Value> = self
            .fits
            .iter()
            .map(|fit| {
                json!({ "category": fit.category, "targets": fit.targets, "without": fit.without, "rule": fit.rule.map(in_words),
                        "reproduced": fit.reproduced, "other_limits": fit.other_limits, "later": fit.later, "earlier": fit.earlier })
            })
            .collect();
        json!({ "rows": self.rows, "accepted": self.accepted, "repaired": self.repaired, "known": self.known, "refused": self.refused,
                "verdicts": { "compared": self.compared, "equal": self.equal, "not_rated": self.not_rated,
                              "not_rated_called_on_time": self.not_rated_called_on_time, "open_with_target": self.open_with_target,
                              "without_verdict": self.without_verdict },
                "targets": fits })
    }
}

fn in_words(rule: Rule) -> String {
    match rule {
        Rule::OfficeDays(n) => format!("{n} office days"),
        Rule::CalendarDays(n) => format!("{n} calendar days"),
    }
}

/// Writes one line per row: its number, its key, what became of it, and why.
pub fn write_report(path: &Path, rows: &Rows, key: &str, outcomes: &[RowOutcome]) -> Result<(), String> {
    let at = |error: csv::Error| format!("{}: {error}", path.display());
    let mut out = csv::Writer::from_path(path).map_err(at)?;
    out.write_record(["row", "key", "outcome", "case", "detail"]).map_err(at)?;
    let column = rows.headings.iter().position(|heading| heading == key);
    for (n, (row, outcome)) in rows.cells.iter().zip(outcomes).enumerate() {
        let key = column.and_then(|at| row.get(at)).map_or("", String::as_str);
        let (word, case, detail) = told(outcome);
        out.write_record([&(n + 1).to_string(), key, word, &case, &detail]).map_err(at)?;
    }
    out.flush().map_err(|error| format!("{}: {error}", path.display()))
}

fn told(outcome: &RowOutcome) -> (&'static str, String, String) {
    match outcome {
        RowOutcome::Accepted { number, repaired, .. } if repaired.is_empty() => {
            ("accepted", number.clone(), String::new())
        }
        RowOutcome::Accepted { number, repaired, .. } => ("repaired", number.clone(), repaired.join("; ")),
        RowOutcome::Known { case, .. } => ("known", case.to_string(), String::new()),
        RowOutcome::Refused { reason } => ("refused", String::new(), reason.clone()),
    }
}
