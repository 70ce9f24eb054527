//! The packs of the repository, found by walking `packs/`: no test names a city.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::server::root;

/// Every folder in `packs/` with a `pack.toml`, by name.
pub fn all() -> Vec<PathBuf> {
    folders(&root().join("packs"), "pack.toml")
}

/// The pack of the demo city with the most procedures: every role of the loop has its people there.
pub fn demo() -> PathBuf {
    let declares =
        |pack: &PathBuf| fs::read_to_string(pack.join("pack.toml")).is_ok_and(|text| text.contains("\ndemo = true"));
    let procedures = |pack: &PathBuf| fs::read_dir(pack.join("procedures")).into_iter().flatten().count();
    all().into_iter().filter(declares).max_by_key(procedures).expect("one of the packs declares a demo city")
}

/// A path below the project's folder, as a user of the command line would type it.
pub fn typed(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().into_owned()
}

/// Folders that hold a file of that name, in order.
fn folders(parent: &Path, file: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten();
    let mut found: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.join(file).is_file()).collect();
    found.sort();
    found
}
