//! Folders of a test, and the demo city that many tests begin with.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::{
    packs,
    server::{Ended, run},
};

/// A folder that is gone after the test.
pub struct Folder(PathBuf);

static NEXT: AtomicU32 = AtomicU32::new(0);

impl Folder {
    /// A new empty folder.
    pub fn new(name: &str) -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}-{n}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    /// A path in it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies below the target folder and harms nobody.
        let _removed = fs::remove_dir_all(&self.0);
    }
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder to copy to");
    for entry in fs::read_dir(from).expect("a folder to copy").map_while(Result::ok) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).expect("a file is copied")),
        }
    }
}

/// Runs the binary and expects it to end with 0.
#[track_caller]
pub fn done(args: &[&str]) -> Ended {
    let ended = run(args);
    assert_eq!(ended.status, 0, "{args:?}\n{}{}", ended.out, ended.err);
    ended
}

/// A demo city with people and log-ins and without cases, made once for all tests of this run.
pub fn empty_city() -> &'static Path {
    static CITY: OnceLock<Folder> = OnceLock::new();
    let folder = CITY.get_or_init(|| {
        clear_leftovers();
        let folder = Folder::new(SHARED);
        let (pack, data) = (packs::demo(), folder.join("data"));
        done(&[
            "demo",
            "--no-serve",
            "--days",
            "0",
            "--pack",
            &pack.to_string_lossy(),
            "--data",
            &data.to_string_lossy(),
        ]);
        folder
    });
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| folder.join("data"))
}

/// The name of the folder that all tests share; nothing drops it at the end of the process.
const SHARED: &str = "city";

/// Removes what earlier runs shared, as far as they have ended.
fn clear_leftovers() {
    let entries = fs::read_dir(env!("CARGO_TARGET_TMPDIR")).into_iter().flatten().map_while(Result::ok);
    for path in entries.map(|entry| entry.path()) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let mut parts = name.split('-');
        let shared = parts.next() == Some(SHARED);
        let runs = |pid: &str| Path::new("/proc").join(pid).exists();
        if shared && parts.next().is_some_and(|pid| !runs(pid)) {
            // Another run may be clearing the same folder.
            let _removed = fs::remove_dir_all(&path);
        }
    }
}

/// A copy of the empty city with some days played in it, beginning long ago.
pub fn played_city(folder: &Folder, days: u32) -> PathBuf {
    let data = folder.join("data");
    copy(empty_city(), &data);
    let (pack, days) = (packs::demo(), days.to_string());
    done(&[
        "play",
        "--from",
        "2026-01-05",
        "--days",
        &days,
        "--pack",
        &pack.to_string_lossy(),
        "--data",
        &data.to_string_lossy(),
    ]);
    data
}
