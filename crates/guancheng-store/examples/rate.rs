//! How fast cases are opened durably, beside what the disk and a bare insert loop of the same rows can do.
//!
//! `cargo run --release -p guancheng-store --example rate [FOLDER [CITY]]`
//!
//! With the data folder of a city that is not running, the bare loop inserts what the reports and filings of that city
//! wrote, one, eight and thirty-two to a transaction, and nothing else is measured.

#[path = "common/mod.rs"]
mod common;
#[path = "common/rows.rs"]
mod rows;

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, Instant},
};

use common::{BEGIN, Dice, Made, append, make, permit};
use guancheng_app::ports::{PortError, QUADKEY_ZOOM, quadkey};
use guancheng_store::{Options, Store, encode_case, encode_events};
use rusqlite::{Connection, params};

/// How long each measurement runs.
const LONG: Duration = Duration::from_secs(4);
/// Cases in one transaction of the bare loop; about what the group commit reaches.
const BATCH: usize = 32;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::env::args().nth(1).map_or_else(|| std::env::temp_dir().join("guancheng-rate"), PathBuf::from);
    fs::create_dir_all(&root)?;
    if let Some(city) = std::env::args().nth(2) {
        of_a_city(&root, Path::new(&city))?;
        fs::remove_dir_all(&root)?;
        return Ok(());
    }
    println!("{:<52}{:>16}{:>12}", "measured", "CPU µs each", "per second");
    row("fsync of one appended page", fsyncs(&root)?);
    row("bare insert loop, one case a transaction", bare(&root.join("bare1"), 1)?);
    row("bare insert loop, 32 cases a transaction", bare(&root.join("bare32"), BATCH)?);
    for clients in [1, 8, 32] {
        row(
            &format!("open case through the writer, {clients} clients"),
            ours(&root.join(format!("ours{clients}")), clients)?,
        );
    }
    fs::remove_dir_all(&root)?;
    Ok(())
}

/// The loops over a city's own rows; the bench reads the last column.
fn of_a_city(root: &Path, city: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let rows = rows::read(city)?;
    for batch in [1, 8, BATCH] {
        let rate = rows::reports(&rows, &root.join(format!("reports{batch}")), batch, LONG)?;
        println!("bare loop of reports, {batch} a transaction {rate:.0}");
    }
    for batch in [1, 8, BATCH] {
        let rate = rows::filings(&rows, &root.join(format!("filings{batch}")), batch, LONG)?;
        println!("bare loop of filings, {batch} a transaction {rate:.0}");
    }
    Ok(())
}

/// One line.
fn row(what: &str, (per_second, cpu_us): (f64, f64)) {
    println!("{what:<52}{cpu_us:>16.0}{per_second:>12.0}");
}

/// Time since a beginning, of the clock on the wall and of the processors.
struct Since {
    wall: Instant,
    cpu_us: f64,
}

impl Since {
    fn now() -> Self {
        Since { wall: Instant::now(), cpu_us: cpu_us() }
    }

    /// Per second, and microseconds of computing each: on a busy machine only the latter compares.
    fn rate(&self, n: i64) -> (f64, f64) {
        (n as f64 / self.wall.elapsed().as_secs_f64(), (cpu_us() - self.cpu_us) / n as f64)
    }
}

fn cpu_us() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}

fn fsyncs(root: &Path) -> std::io::Result<(f64, f64)> {
    let mut file = File::create(root.join("fsync"))?;
    let (began, mut n) = (Since::now(), 0);
    while began.wall.elapsed() < LONG {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        n += 1;
    }
    Ok(began.rate(n))
}

fn ours(dir: &Path, clients: i64) -> Result<(f64, f64), Box<dyn std::error::Error>> {
    let store = Store::open(dir, Options::default())?;
    let (began, done, next) = (Since::now(), AtomicI64::new(0), AtomicI64::new(1));
    std::thread::scope(|scope| {
        for client in 0..clients {
            let (store, done, next, began) = (&store, &done, &next, &began);
            scope.spawn(move || {
                let mut dice = Dice(client.unsigned_abs());
                while began.wall.elapsed() < LONG {
                    let made = make(&mut dice, next.fetch_add(1, Ordering::Relaxed), BEGIN, true);
                    let permit = permit("case");
                    let written = store.write(move |tx| append(tx, &permit, &made));
                    assert!(written.is_ok() || written == Err(PortError::Busy), "{written:?}");
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    Ok(began.rate(done.into_inner()))
}

/// A connection set as the store's writer is.
fn bare_connection(dir: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open(dir.join("city.sqlite"))?;
    conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32768")?;
    conn.pragma_update(None, "wal_autocheckpoint", guancheng_store::limits::WAL_PAGES)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

/// The same rows in the same tables, without reading, checking, hashing or counting anything.
fn bare(dir: &Path, batch: usize) -> Result<(f64, f64), Box<dyn std::error::Error>> {
    drop(Store::open(dir, Options::default())?);
    let conn = bare_connection(dir)?;
    let mut dice = Dice(1);
    let (began, mut n) = (Since::now(), 0);
    while began.wall.elapsed() < LONG {
        conn.execute_batch("BEGIN IMMEDIATE")?;
        for _ in 0..batch {
            n += 1;
            insert(&conn, n, &make(&mut dice, n, BEGIN, true))?;
        }
        conn.execute_batch("COMMIT")?;
    }
    Ok(began.rate(n))
}

fn insert(conn: &Connection, n: i64, made: &Made) -> Result<(), Box<dyn std::error::Error>> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| conn.prepare_cached(sql)?.execute(values);
    let row = &made.projection.row;
    let (place, clock) = (row.place.ok_or("no place")?, row.clock.as_ref().ok_or("no clock")?);
    let due = clock.due.map(|at| at.0);
    run(
        "INSERT INTO cases (id, number, kind, version, state, stage, is_open, title, category, address, lon, lat, cell,
         unit, holder_role, holder_unit, source, opened_at, changed_at, clock, due_at, warn_at, need_to_know, reports,
         rework, seq, thumb, quadkey, due_sort) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
         ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)",
        params![
            row.id.0, row.number, row.kind.as_str(), row.version, row.state.as_str(), row.stage, row.is_open, row.title,
            row.category.as_deref(), row.address, place.lon, place.lat, row.cell, row.unit.map(|unit| unit.0),
            row.holder_role.as_deref(), row.holder_unit.map(|unit| unit.0), row.source.as_str(), row.opened_at.0,
            row.changed_at.0, clock.id.as_str(), due, clock.warn_at.map(|at| at.0), row.need_to_know, row.reports,
            row.rework, row.seq.cast_signed(), row.thumb.map(|file| file.0), quadkey(place, QUADKEY_ZOOM), due,
        ],
    )?;
    let state = encode_case(&made.case)?;
    run("INSERT INTO case_states VALUES (?1, ?2)", params![n, state])?;
    let payload = encode_events(&made.record.events)?;
    run(
        "INSERT INTO records VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6)",
        params![n, n, row.opened_at.0, made.record.actor, payload, [0_u8; 32]],
    )?;
    run(
        "INSERT INTO case_units VALUES (?1, ?2, ?3, ?4)",
        params![n, row.unit.map(|unit| unit.0), row.opened_at.0, due],
    )?;
    run("INSERT INTO case_people VALUES (?1, 7)", params![n])?;
    run("INSERT INTO timers VALUES (?1, ?2)", params![n, due])?;
    run(
        "INSERT INTO outbox (case_id, seq, at, effect, payload) VALUES (?1, ?1, 5, 'tell_unit', '{\"to\":[\"office:3\"]}')",
        params![n],
    )?;
    run("INSERT INTO tasks (case_id, state, role, from_at) VALUES (?1, 'filed', 'dispatcher', 5)", params![n])?;
    run(
        "INSERT INTO audit (at, actor, act, case_id, record, detail) VALUES (5, 'system:import', 'record', ?1, ?1, 'opened')",
        params![n],
    )?;
    run("INSERT INTO case_texts VALUES (?1, ?2)", params![n, made.projection.words])?;
    // Words already cut into pairs: cutting is the store's work, indexing is the database's.
    let words = "aj20140926 000123 路灯 灯不 不亮 亮 中原 原路 路 3 号 暴露 露垃 垃圾 圾 中原 原路 路与 与建 建设 设路 路交 交叉 叉口 口";
    run("INSERT INTO case_words (rowid, words) VALUES (?1, ?2)", params![n, words])?;
    Ok(())
}
