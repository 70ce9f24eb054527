//! `guancheng calendar`: due dates, elapsed time, and files of expected values.

use std::{path::Path, sync::Arc};

use guancheng_calendar::{
    Calendar, Limit, Unit,
    vectors::{VectorCase, check_vector},
};
use guancheng_pack::Pack;
use serde::Deserialize;
use serde_json::json;

use super::check::load;
use crate::{
    Answer, Outcome,
    cli::{CalendarArgs, CalendarOf, CalendarWhat},
};

/// A file of expected values.
#[derive(Deserialize)]
struct VectorFile {
    calendar: String,
    vectors: Vec<Vector>,
}

/// One expected value, as in docs/clock-vectors.md.
#[derive(Deserialize)]
struct Vector {
    name: String,
    unit: String,
    n: f64,
    start: String,
    due: String,
    pause: Option<String>,
    resume: Option<String>,
    stopped: Option<String>,
    restarted: Option<String>,
}

/// Answers the question.
pub fn run(args: &CalendarArgs) -> Outcome {
    match &args.what {
        CalendarWhat::Due { calendar, from, limit, json } => due(calendar, from, limit, *json),
        CalendarWhat::Elapsed { calendar, from, to, unit, json } => elapsed(calendar, from, to, unit, *json),
        CalendarWhat::Check { file, packs, json } => check(file, packs, *json),
    }
}

fn due(of: &CalendarOf, from: &str, limit: &str, as_json: bool) -> Outcome {
    let calendar = find(&of.packs, &of.calendar)?;
    let start = calendar.parse_local(from).map_err(|error| error.to_string())?;
    let limit = Limit::parse(limit).map_err(|error| error.to_string())?;
    match calendar.due(start, limit) {
        Ok(due) if as_json => say!(
            "{}",
            json!({ "calendar": of.calendar, "from": calendar.format_local(start), "limit": limit.to_string(), "due": calendar.format_local(due) })
        ),
        Ok(due) => say!("{}", calendar.format_local(due)),
        Err(error) => return no(&error.to_string(), as_json),
    }
    Ok(Answer::Yes)
}

fn elapsed(of: &CalendarOf, from: &str, to: &str, unit: &str, as_json: bool) -> Outcome {
    let calendar = find(&of.packs, &of.calendar)?;
    let moment = |text: &str| calendar.parse_local(text).map_err(|error| error.to_string());
    let (from, to) = (moment(from)?, moment(to)?);
    let unit: Unit = unit.parse().map_err(|error: guancheng_calendar::UnitError| error.to_string())?;
    match calendar.elapsed(unit, from, to) {
        Ok(amount) if as_json => {
            say!("{}", json!({ "calendar": of.calendar, "unit": unit.as_str(), "n": amount.as_f64(unit) }))
        }
        Ok(amount) => say!("{} {unit}", amount.in_unit(unit)),
        Err(error) => return no(&error.to_string(), as_json),
    }
    Ok(Answer::Yes)
}

/// The calendar refuses: the answer is no, and says why.
fn no(why: &str, as_json: bool) -> Outcome {
    if as_json {
        say!("{}", json!({ "error": why }));
    } else {
        eprintln!("{why}");
    }
    Ok(Answer::No)
}

fn check(file: &Path, packs: &Path, as_json: bool) -> Outcome {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let vectors: VectorFile = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    let calendar = find(packs, &vectors.calendar)?;
    let mut mismatches = Vec::new();
    for vector in &vectors.vectors {
        if let Err(mismatch) = check_vector(&calendar, &case_of(vector)) {
            mismatches.push((vector.name.clone(), mismatch.expected, mismatch.got));
        }
    }
    report(&vectors, &mismatches, as_json);
    Ok(if mismatches.is_empty() { Answer::Yes } else { Answer::No })
}

fn report(vectors: &VectorFile, mismatches: &[(String, String, String)], as_json: bool) {
    let (all, bad) = (vectors.vectors.len(), mismatches.len());
    if as_json {
        let list: Vec<_> = mismatches
            .iter()
            .map(|(name, expected, got)| json!({ "name": name, "expected": expected, "got": got }))
            .collect();
        say!("{}", json!({ "calendar": vectors.calendar, "vectors": all, "mismatches": list }));
        return;
    }
    for (name, expected, got) in mismatches {
        say!("{name}: expected {expected}, got {got}");
    }
    say!("{}: {} of {all} vectors hold", vectors.calendar, all - bad);
}

fn case_of(vector: &Vector) -> VectorCase {
    let Vector { name, unit, n, start, due, pause, resume, stopped, restarted } = vector;
    VectorCase {
        name: name.clone(),
        unit: unit.clone(),
        n: *n,
        start: start.clone(),
        due: due.clone(),
        pause: pause.clone(),
        resume: resume.clone(),
        stopped: stopped.clone(),
        restarted: restarted.clone(),
    }
}

/// The calendar of that id in a pack, or in one of the packs of a folder.
pub fn find(packs: &Path, id: &str) -> Result<Arc<Calendar>, String> {
    let mut known = Vec::new();
    for dir in pack_folders(packs)? {
        let pack: Pack = load(&dir)?;
        if let Some(calendar) = pack.calendars.get(id) {
            return Ok(Arc::clone(calendar));
        }
        known.extend(pack.calendars.into_keys());
    }
    let known: Vec<&str> = known.iter().map(|name| name.as_str()).collect();
    Err(format!("no calendar {id:?} in {}; there are {}", packs.display(), known.join(", ")))
}

/// The folder itself if it is a pack, else the packs in it, by name.
fn pack_folders(packs: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    if packs.join("pack.toml").is_file() {
        return Ok(vec![packs.to_owned()]);
    }
    let entries = std::fs::read_dir(packs)
        .map_err(|error| format!("{}: {error}; give a folder with packs by --packs", packs.display()))?;
    let mut found: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.join("pack.toml").is_file()).collect();
    found.sort();
    Ok(found)
}
