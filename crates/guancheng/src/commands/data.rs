//! What keeps the data folder: verify, backup, restore, export.

use std::{
    fs::File,
    io::{BufWriter, Write},
};

use serde_json::json;

use super::city::open_recorded;
use crate::{
    Answer, Outcome,
    cli::{BackupArgs, DataArgs, ExportArgs, RestoreArgs},
};

/// Proves the hash chain, the files and that the state follows from the records.
pub fn verify(args: &DataArgs) -> Outcome {
    let settings = args.place.settings(None)?;
    let store = open_recorded(&settings.path("data"), &settings)?;
    let verified = store.verify(true).map_err(|error| error.to_string())?;
    let replayed = store.replay().map_err(|error| error.to_string())?;
    let ok = verified.ok() && replayed.differences == 0;
    let head = guancheng_store::hex(&verified.head);
    if args.json {
        say!(
            "{}",
            json!({ "ok": ok, "records": verified.records, "head": head, "first_bad": verified.first_bad, "faults": verified.faults,
                    "cases": replayed.cases, "differences": replayed.differences, "events_per_second": replayed.events_per_second().round() })
        );
    } else {
        print_verified(&verified, &replayed, &head);
    }
    Ok(if ok { Answer::Yes } else { Answer::No })
}

fn print_verified(verified: &guancheng_store::Verified, replayed: &guancheng_store::Replayed, head: &str) {
    say!("{} records, head {head}", verified.records);
    say!(
        "{} cases replayed from {} events, {} events/s",
        replayed.cases,
        replayed.events,
        replayed.events_per_second().round()
    );
    if let Some(bad) = verified.first_bad {
        say!("record {bad} is not what was recorded: the chain breaks there");
    }
    for fault in &verified.faults {
        say!("{fault}");
    }
    for case in &replayed.different {
        say!("case {case}: the stored state is not the fold of its records");
    }
}

/// Copies a city, running or not, into an empty folder.
pub fn backup(args: &BackupArgs) -> Outcome {
    let settings = args.place.settings(None)?;
    let done = guancheng_store::backup(settings.path("data"), &args.to).map_err(|error| error.to_string())?;
    say!("{} records and {} files in {}, head {}", done.records, done.files, args.to.display(), done.head);
    Ok(Answer::Yes)
}

/// Makes a data folder from a backup.
pub fn restore(args: &RestoreArgs) -> Outcome {
    let settings = args.place.settings(None)?;
    let done = guancheng_store::restore(&args.from, settings.path("data")).map_err(|error| error.to_string())?;
    say!("{} records and {} files restored, head {}", done.records, done.files, done.head);
    Ok(Answer::Yes)
}

/// Writes everything as JSON lines.
pub fn export(args: &ExportArgs) -> Outcome {
    let settings = args.place.settings(None)?;
    let store = open_recorded(&settings.path("data"), &settings)?;
    let mut out: Box<dyn Write> = match &args.out {
        Some(path) => {
            Box::new(BufWriter::new(File::create(path).map_err(|error| format!("{}: {error}", path.display()))?))
        }
        None => Box::new(BufWriter::new(std::io::stdout())),
    };
    let copied = store.export(&mut out).map_err(|error| error.to_string())?;
    out.flush().map_err(|error| error.to_string())?;
    eprintln!("{} lines", copied.lines);
    Ok(Answer::Yes)
}
