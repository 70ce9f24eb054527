//! What this city's machine does, as one table: `make bench`.
//!
//! `--cases N` says how many cases the large store has (a million), `--only PART` runs one part (`calendar`, `place`,
//! `writes`, `million`), `--pack DIR` names another demo pack, `--rate FILE` is the store's example `rate`, which runs the
//! bare insert loops over the rows that were written over HTTP.
//! Everything is asked of 127.0.0.1 and of the folder `target/bench`.

mod bare;
mod calendar;
mod cast;
mod disk;
#[path = "../../tests/it/http.rs"]
mod http;
mod large;
mod load;
mod measure;
mod million;
#[path = "../../tests/it/packs.rs"]
mod packs;
#[path = "../../tests/it/people.rs"]
mod people;
mod photo;
#[path = "../../tests/it/picture.rs"]
mod picture;
mod place;
mod reads;
#[path = "../../tests/it/server.rs"]
mod server;
mod table;
mod texts;
mod writes;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use guancheng_pack::Pack;

use server::{BINARY, Server, run};
use table::Row;

/// Where everything of a bench is kept.
const FOLDER: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/../bench");

/// A server that nobody asks anything may take so much memory.
const IDLE_MB: f64 = 80.0;

/// What Signalen takes without a request, 22 processes together.
const PEER_IDLE_MB: f64 = 1_126.0;

/// Settings of a server under load: the limit on public writes protects from one address, and all clients here share one.
pub const UNLIMITED: &[(&str, &str)] = &[("GUANCHENG_PUBLIC_WRITES_PER_MINUTE", "0")];

/// What was asked for on the command line.
struct Options {
    pack: PathBuf,
    cases: u64,
    only: Option<String>,
    rate: Option<PathBuf>,
}

fn main() -> ExitCode {
    let measured = options().and_then(|options| measure_all(&options));
    match measured {
        Ok(rows) => {
            table::print(&rows);
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("bench: {message}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options { pack: packs::demo(), cases: 1_000_000, only: None, rate: None };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--cases" => options.cases = value()?.parse().map_err(|error| format!("--cases: {error}"))?,
            "--pack" => options.pack = server::root().join(value()?),
            "--only" => options.only = Some(value()?),
            "--rate" => options.rate = Some(server::root().join(value()?)),
            // What cargo adds by itself.
            "--bench" => {}
            other => return Err(format!("unknown argument {other}")),
        }
    }
    Ok(options)
}

fn measure_all(options: &Options) -> Result<Vec<Row>, String> {
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let pack = Pack::load(&options.pack).map_err(|faults| faults.to_string())?;
    let pack = Arc::new(pack);
    let wanted = |part: &str| options.only.as_deref().is_none_or(|only| only == part);
    let mut rows = Vec::new();
    if wanted("calendar") {
        eprintln!("bench: calendar");
        rows.extend(calendar::rows(&pack)?);
    }
    if wanted("place") {
        eprintln!("bench: places");
        rows.extend(place::rows(&pack)?);
    }
    if wanted("writes") {
        eprintln!("bench: reports, moves and lives over HTTP");
        rows.extend(writes(options, &pack, folder)?);
    }
    if wanted("million") {
        eprintln!("bench: {} cases", options.cases);
        rows.extend(large::rows(&options.pack, &pack, folder, options.cases)?);
    }
    let binary = fs::metadata(BINARY).map_err(|error| error.to_string())?;
    rows.push(Row::new("binary with the web app in it", binary.len() as f64 / 1e6, "MB"));
    Ok(rows)
}

/// A fresh demo city, idle and then under load.
fn writes(options: &Options, pack: &Pack, folder: &Path) -> Result<Vec<Row>, String> {
    let data = folder.join("fresh");
    make_demo(&options.pack, &data, 1)?;
    let server = Server::start(&data, &packs::typed(&options.pack), UNLIMITED).map_err(|error| error.to_string())?;
    let idle = memory_mb(&server, "VmRSS");
    let loads = writes::loads(pack, &server, &data).map_err(|error| error.to_string())?;
    let memory = [
        Row::new("memory of the idle server", idle, "MB").beside("target <", IDLE_MB),
        Row::new("memory of the idle server", idle, "MB").beside("peer (Signalen)", PEER_IDLE_MB),
        Row::new("memory after the load", memory_mb(&server, "VmRSS"), "MB"),
        Row::new("memory at its highest", memory_mb(&server, "VmHWM"), "MB"),
    ];
    drop(server);
    let bare = match &options.rate {
        Some(rate) => bare::loops(rate, folder, &data)?,
        None => Vec::new(),
    };
    let mut rows = loads.rows(&bare);
    rows.extend(memory);
    Ok(rows)
}

/// Makes a demo city with some days in it, in place of what was there.
pub fn make_demo(pack: &Path, data: &Path, days: u32) -> Result<(), String> {
    if data.exists() {
        fs::remove_dir_all(data).map_err(|error| error.to_string())?;
    }
    let (pack, data, days) = (packs::typed(pack), data.to_string_lossy(), days.to_string());
    let made = run(["demo", "--no-serve", "--days", &days, "--pack", &pack, "--data", &data]);
    if made.status == 0 { Ok(()) } else { Err(format!("no demo city: {}{}", made.out, made.err)) }
}

/// Memory of a server in megabytes.
pub fn memory_mb(server: &Server, name: &str) -> f64 {
    server.memory_kib(name).map_or(0.0, |kib| kib as f64 * 1024.0 / 1e6)
}
