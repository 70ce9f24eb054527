//! The city with a million cases: made if it is not there, then replayed, served and asked.

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use guancheng_base::Instant;
use guancheng_pack::Pack;
use guancheng_store::{Options, Store};

use crate::{UNLIMITED, make_demo, memory_mb, million, packs, reads, server::Server, table::Row};

/// The target for the time from start to the first answer.
const START_MS: f64 = 1_000.0;

/// Says that a folder is whole, and for which builder and how many cases.
const READY: &str = "ready";

/// Says the same of a folder that is being made, so that a run that was cut off goes on.
const BEGUN: &str = "begun";

/// Raise it when the builder makes something else, so that old folders are made anew.
const BUILDER: u32 = 1;

/// Everything that needs the large store.
pub fn rows(pack_dir: &Path, pack: &Arc<Pack>, folder: &Path, cases: u64) -> Result<Vec<Row>, String> {
    let data = folder.join(format!("cases-{cases}"));
    let mut rows = Vec::new();
    rows.extend(ready(pack_dir, pack, &data, cases)?);
    rows.extend(replayed(&data)?);
    let server = Server::start(&data, &packs::typed(pack_dir), UNLIMITED).map_err(|error| error.to_string())?;
    let started = server.started_in.as_secs_f64() * 1000.0;
    rows.push(Row::new(format!("{cases} cases: start to first answer"), started, "ms").beside("target <", START_MS));
    rows.push(Row::new(format!("{cases} cases: memory after start"), memory_mb(&server, "VmRSS"), "MB"));
    rows.extend(reads::rows(pack, &server, cases).map_err(|error| error.to_string())?);
    rows.push(Row::new(format!("{cases} cases: memory after the questions"), memory_mb(&server, "VmRSS"), "MB"));
    Ok(rows)
}

/// Makes the store unless it is there; the time it took is a measure only when it was made.
fn ready(pack_dir: &Path, pack: &Arc<Pack>, data: &Path, cases: u64) -> Result<Vec<Row>, String> {
    let mark = format!("{BUILDER} {cases}");
    if fs::read_to_string(data.join(READY)).is_ok_and(|text| text == mark) {
        return Ok(Vec::new());
    }
    if !fs::read_to_string(data.join(BEGUN)).is_ok_and(|text| text == mark) {
        make_demo(pack_dir, data, 0)?;
        fs::write(data.join(BEGUN), &mark).map_err(|error| error.to_string())?;
    }
    let began = std::time::Instant::now();
    let made = million::fill(data, Arc::clone(pack), now()?, cases)?;
    let took = began.elapsed().as_secs_f64();
    if made.refused * 50 > made.cases {
        return Err(format!(
            "of {} lives the kernel refused {}; the builder no longer fits the pack",
            made.cases, made.refused
        ));
    }
    fs::write(data.join(READY), mark).map_err(|error| error.to_string())?;
    Ok(vec![Row::new(format!("{cases} cases: made through kernel and store"), made.cases as f64 / took, "cases/s")])
}

/// Folds the whole log again, as `verify` does.
fn replayed(data: &Path) -> Result<Vec<Row>, String> {
    let store = Store::open(data, Options { readers: 1 }).map_err(|error| error.to_string())?;
    let replayed = store.replay().map_err(|error| error.to_string())?;
    if replayed.differences > 0 {
        return Err(format!(
            "{} cases are not the fold of their records, first {:?}",
            replayed.differences,
            replayed.different.first()
        ));
    }
    let size = fs::metadata(data.join("city.sqlite")).map_err(|error| error.to_string())?.len();
    Ok(vec![
        Row::new(
            format!("full replay of {} events, states compared", replayed.events),
            replayed.events_per_second(),
            "events/s",
        ),
        Row::new("database of the large city", size as f64 / 1e6, "MB"),
    ])
}

#[expect(clippy::disallowed_methods, reason = "the one place of the bench that asks for the time of day")]
fn now() -> Result<Instant, String> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?;
    Ok(Instant(i64::try_from(since.as_millis()).map_err(|error| error.to_string())?))
}
