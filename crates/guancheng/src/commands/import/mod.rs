//! `guancheng import`: recorded cases by a declared mapping, or a whole city.

mod rows;
mod summary;

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, IsTerminal, Write},
    path::Path,
    sync::{Arc, mpsc},
};

use guancheng_app::import::{ImportError, Importer, RowOutcome, Sample};
use guancheng_pack::Mapping;

use super::city::{Opened, open};
use crate::{
    Answer, Outcome,
    cli::{ImportArgs, ImportWhat, Place},
};
use rows::Rows;
use summary::Summary;

/// Rows handed to the writer before the first answer is waited for; a commit holds as many as fit.
const IN_FLIGHT: usize = 256;

/// Brings data in.
pub fn run(args: &ImportArgs) -> Outcome {
    match &args.what {
        ImportWhat::Cases { place, mapping, file, report, json } => {
            cases(place, mapping, file, report.as_deref(), *json)
        }
        ImportWhat::City { place, file } => city(place, file),
    }
}

fn city(place: &Place, file: &Path) -> Outcome {
    let settings = place.settings(None)?;
    let mut input = BufReader::new(File::open(file).map_err(|error| format!("{}: {error}", file.display()))?);
    let copied =
        guancheng_store::Store::import(settings.path("data"), &mut input, file).map_err(|error| error.to_string())?;
    say!("{} lines, head {}", copied.lines, copied.head);
    Ok(Answer::Yes)
}

fn cases(place: &Place, mapping: &Path, file: &Path, report: Option<&Path>, as_json: bool) -> Outcome {
    let settings = place.settings(None)?;
    let opened = open(&settings)?;
    let mapping =
        Arc::new(guancheng_pack::read_mapping(mapping, &opened.city.pack).map_err(|faults| faults.to_string())?);
    let rows = rows::read(file)?;
    let importer = Importer::new(&opened.city, &mapping, &rows.headings)
        .map_err(|missing| format!("{}: {missing}", file.display()))?;
    let samples: Vec<Sample> = rows.cells.iter().filter_map(|row| importer.sample(row)).collect();
    let outcomes = take_all(&opened, &mapping, &rows)?;
    if let Some(path) = report {
        summary::write_report(path, &rows, &mapping.key, &outcomes)?;
    }
    let fits = guancheng_app::import::fit(opened.city.calendar(), &samples);
    let summary = Summary::of(&outcomes, fits);
    if as_json {
        say!("{}", summary.json())
    } else {
        summary.print()
    }
    Ok(if summary.refused == 0 { Answer::Yes } else { Answer::No })
}

/// Takes every row, each in a job of its own; answers come in the order of the file.
fn take_all(opened: &Opened, mapping: &Arc<Mapping>, rows: &Rows) -> Result<Vec<RowOutcome>, String> {
    let (send, receive) = mpsc::channel();
    let mut outcomes = BTreeMap::new();
    let mut progress = Progress::new(rows.cells.len());
    let headings = Arc::new(rows.headings.clone());
    for (n, row) in rows.cells.iter().enumerate() {
        if n >= IN_FLIGHT {
            settle(&receive, &mut outcomes)?;
            progress.step();
        }
        submit(opened, mapping, &headings, n, row.clone(), send.clone());
    }
    drop(send);
    while outcomes.len() < rows.cells.len() {
        settle(&receive, &mut outcomes)?;
        progress.step();
    }
    Ok(outcomes.into_values().collect())
}

type Answered = (usize, Result<RowOutcome, ImportError>);

fn submit(
    opened: &Opened,
    mapping: &Arc<Mapping>,
    headings: &Arc<Vec<String>>,
    n: usize,
    row: Vec<String>,
    send: mpsc::Sender<Answered>,
) {
    let (city, mapping, headings) = (Arc::clone(&opened.city), Arc::clone(mapping), Arc::clone(headings));
    let job = move |tx: &mut guancheng_store::WriteTx<'_>| {
        let importer = Importer::new(&city, &mapping, &headings).map_err(ImportError::Refused)?;
        let digest = guancheng_store::sha256(row.join("\u{1f}").as_bytes());
        importer.take(tx, &row, digest)
    };
    // The receiver lives until every row is answered.
    opened.store.write_with(job, move |result| drop(send.send((n, result))));
}

fn settle(receive: &mpsc::Receiver<Answered>, outcomes: &mut BTreeMap<usize, RowOutcome>) -> Result<(), String> {
    let (n, result) = receive.recv().map_err(|_| "the writer stopped".to_owned())?;
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(ImportError::Refused(reason)) => RowOutcome::Refused { reason },
        Err(ImportError::Store(error)) => {
            return Err(format!("row {}: {error}; rows before it that were answered stay, run it again", n + 1));
        }
    };
    outcomes.insert(n, outcome);
    Ok(())
}

/// A line on the terminal; nothing when the output is not one.
struct Progress {
    done: usize,
    all: usize,
    shown: bool,
}

impl Progress {
    fn new(all: usize) -> Self {
        Progress { done: 0, all, shown: std::io::stderr().is_terminal() }
    }

    fn step(&mut self) {
        self.done += 1;
        if self.shown && (self.done.is_multiple_of(100) || self.done == self.all) {
            let width = 40;
            let filled = width * self.done / self.all.max(1);
            let bar: String = (0..width).map(|at| if at < filled { '█' } else { '·' }).collect();
            eprint!("\r{bar} {}/{}", self.done, self.all);
            if self.done == self.all {
                eprintln!();
            }
            // A terminal that cannot be written to loses the bar, nothing else.
            let _shown = std::io::stderr().flush();
        }
    }
}
