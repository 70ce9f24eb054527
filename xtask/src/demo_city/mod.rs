//! Makes the geography of the shipped packs: a synthetic demo city (示意) from one seed, and coarse neighbourhoods for
//! the second pack. Names and codes of areas are facts (`names.csv`); no outline, road or shore is, so no map-review
//! question and no licence of a map maker is attached. The same seed gives the same bytes.

mod areas;
mod geojson;
mod lattice;
mod nature;
mod neighbourhoods;
mod partition;
mod rate;
mod roads;
mod stream;

use std::path::Path;
use std::process::ExitCode;

use geojson::Feature;
use lattice::Lattice;

/// A file by its path from the root of the repository, and its text.
type File = (String, String);

/// `demo-city` writes the files; `demo-city check` says which of them differ; `demo-city rate` measures how many points
/// a second are located in the written city.
pub fn run(words: &[String]) -> ExitCode {
    let root = crate::tidy::root();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => write(&root, &files()),
        ["check"] => check(&root, &files()),
        ["rate"] => rate::run(),
        _ => {
            eprintln!("cargo xtask demo-city [check | rate]");
            ExitCode::from(2)
        }
    }
}

/// Everything that is generated.
pub fn files() -> Vec<File> {
    let lattice = Lattice::new();
    let land = lattice.blocks();
    let areas = areas::features(&lattice, &land);
    let mut labels = areas::labels(&areas);
    labels.extend(nature::landmarks(&lattice));
    let (neighbourhoods, names) = neighbourhoods::features();
    vec![
        file("zhengzhou", "areas", &areas),
        file("zhengzhou", "base-roads", &roads::features(&lattice, &land)),
        file("zhengzhou", "base-water", &nature::water(&lattice)),
        file("zhengzhou", "base-green", &nature::green(&lattice)),
        file("zhengzhou", "base-places", &labels),
        file("boston", "areas", &neighbourhoods),
        file("boston", "base-places", &names),
    ]
}

fn file(pack: &str, name: &str, features: &[Feature]) -> File {
    (format!("packs/{pack}/places/{name}.geojson"), geojson::collection(features))
}

fn write(root: &Path, files: &[File]) -> ExitCode {
    for (path, text) in files {
        let full = root.join(path);
        let made = full.parent().map_or(Ok(()), std::fs::create_dir_all);
        if let Err(error) = made.and_then(|()| std::fs::write(&full, text)) {
            eprintln!("xtask: {path} cannot be written: {error}");
            return ExitCode::from(2);
        }
        println!("{path}: {} kB", text.len() / 1000);
    }
    ExitCode::SUCCESS
}

fn check(root: &Path, files: &[File]) -> ExitCode {
    let stale = stale(root, files);
    stale.iter().for_each(|path| println!("{path} differs from what its generator makes; run: cargo xtask demo-city"));
    ExitCode::from(u8::from(!stale.is_empty()))
}

/// Paths of the files that are not what the generator makes.
fn stale<'a>(root: &Path, files: &'a [File]) -> Vec<&'a str> {
    let differs = |(path, text): &&File| std::fs::read_to_string(root.join(path)).ok().as_deref() != Some(text);
    files.iter().filter(differs).map(|(path, _)| path.as_str()).collect()
}

#[cfg(test)]
mod tests;
