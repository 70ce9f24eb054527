//! `guancheng check` and `guancheng docs`: packs proved and shown.

use std::path::Path;

use guancheng_pack::{Faults, Pack, Severity};
use serde_json::json;

use crate::{
    Answer, Outcome,
    cli::{CheckArgs, DocsArgs},
};

/// Proves a pack; prints every fault with its place, and says no if there is one.
pub fn check(args: &CheckArgs) -> Outcome {
    let loaded = Pack::load(&args.pack);
    let (faults, loads) = match &loaded {
        Ok(pack) => (&pack.warnings, true),
        Err(faults) => (faults, false),
    };
    if args.json {
        say!("{}", as_json(faults, loads));
    } else {
        eprint!("{faults}");
        say!("{}", summary(&args.pack, loaded.as_ref().ok(), faults));
    }
    Ok(if loads { Answer::Yes } else { Answer::No })
}

/// Writes a page per procedure version and an index.
pub fn docs(args: &DocsArgs) -> Outcome {
    let pack = load(&args.pack)?;
    std::fs::create_dir_all(&args.out).map_err(|error| format!("{}: {error}", args.out.display()))?;
    let mut pages = Vec::new();
    for file in pack.procedures.values().flatten() {
        let procedure = &file.procedure;
        let name = format!("{}.v{}.html", procedure.id, procedure.version);
        let path = args.out.join(&name);
        let page = guancheng_pack::render::page(&pack, procedure);
        std::fs::write(&path, page).map_err(|error| format!("{}: {error}", path.display()))?;
        pages.push(name);
    }
    say!("{} pages in {}: {}", pages.len(), args.out.display(), pages.join(", "));
    Ok(Answer::Yes)
}

/// Loads a pack for a command that needs a sound one; the error is every fault, rendered.
pub fn load(dir: &Path) -> Result<Pack, String> {
    Pack::load(dir).map_err(|faults| format!("the pack {} has faults\n{faults}", dir.display()))
}

fn summary(dir: &Path, pack: Option<&Pack>, faults: &Faults) -> String {
    match pack {
        Some(pack) => format!(
            "{}: {} procedures, {} code lists, {} offices, {} calendars, {} indicators, {} scorecards; {} warnings",
            dir.display(),
            pack.procedures.values().map(Vec::len).sum::<usize>(),
            pack.code_lists.len(),
            pack.offices.len(),
            pack.calendars.len(),
            pack.measures.indicators.values().map(Vec::len).sum::<usize>(),
            pack.measures.scorecards.values().map(Vec::len).sum::<usize>(),
            faults.warning_count(),
        ),
        None => format!("{}: {} faults, {} warnings", dir.display(), faults.error_count(), faults.warning_count()),
    }
}

fn as_json(faults: &Faults, ok: bool) -> serde_json::Value {
    let list: Vec<serde_json::Value> = faults
        .iter()
        .map(|fault| {
            let place = fault.spot.as_ref().map(|spot| (spot.file.path.clone(), spot.line_column()));
            let (file, line, column) =
                place.map_or((None, None, None), |(file, (line, column))| (Some(file), Some(line), Some(column)));
            json!({ "severity": severity(fault.severity), "file": file, "line": line, "column": column,
                    "message": fault.message, "advice": fault.advice })
        })
        .collect();
    json!({ "ok": ok, "faults": list })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
