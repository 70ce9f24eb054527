//! The files of the repository, read once.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::source::Source;

/// Folders that hold what was built, fetched or recorded, never what was written.
const NOT_OURS: &[&str] = &["target", "node_modules", "dist", ".git", ".node", ".schemathesis", "proptest-regressions"];

/// Folders in the root that are made by running, not by writing.
const NOT_OURS_IN_ROOT: &[&str] = &["data"];

/// Text files by kind of ending; anything else is not read.
const TEXT: &[&str] = &[
    "rs",
    "toml",
    "md",
    "ts",
    "vue",
    "mjs",
    "js",
    "css",
    "html",
    "json",
    "sh",
    "yml",
    "yaml",
    "lock",
    "sql",
    "txt",
    "run",
    "jsonl",
    "webmanifest",
    "svg",
];

/// Names of text files that have no ending.
const TEXT_NAMES: &[&str] = &["Makefile", "run", ".gitignore", "LICENSE-APACHE", "LICENSE-MULANPSL"];

/// A file larger than this is data, not text that a person wrote.
const TEXT_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// All text files, by path from the root.
pub struct Tree {
    files: BTreeMap<String, String>,
    rust: Vec<Source>,
}

impl Tree {
    /// Reads every text file below `root`.
    pub fn read(root: &Path) -> io::Result<Tree> {
        let mut files = BTreeMap::new();
        collect(root, "", &mut files)?;
        Ok(Tree::of(files))
    }

    fn of(files: BTreeMap<String, String>) -> Tree {
        let rust = files.iter().filter(|(path, _)| path.ends_with(".rs"));
        let mut rust: Vec<Source> = rust.map(|(path, text)| Source::rust(path, text)).collect();
        let test_modules: Vec<String> = rust.iter().flat_map(Source::test_modules).collect();
        for source in &mut rust {
            let below = |module: &String| {
                source.path.strip_prefix(module.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            };
            source.is_test |= test_modules.iter().any(below);
        }
        Tree { files, rust }
    }

    /// The Rust files, in both views.
    pub fn rust(&self) -> &[Source] {
        &self.rust
    }

    /// Every file with its text.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files whose path passes the filter.
    pub fn matching(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter(move |(path, _)| wanted(path))
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        let kind = entry.file_type()?;
        let ours = !NOT_OURS.contains(&name.as_str()) && !NOT_OURS_IN_ROOT.contains(&path.as_str());
        if kind.is_dir() && ours {
            collect(&entry.path(), &path, files)?;
        }
        if kind.is_file() && is_text(&name) && entry.metadata()?.len() <= TEXT_BYTES_MAX {
            // Bytes that are not UTF-8 cannot hold what the rules look for; the file is skipped, not refused.
            if let Ok(text) = String::from_utf8(fs::read(entry.path())?) {
                files.insert(path, text);
            }
        }
    }
    Ok(())
}

fn is_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    TEXT_NAMES.contains(&name) || ending.is_some_and(|ending| TEXT.contains(&ending))
}

#[cfg(test)]
impl Tree {
    /// A tree of a few files, for the tests of the rules.
    pub fn sample(files: &[(&str, &str)]) -> Tree {
        Tree::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_declared_for_tests_is_test_code() {
        let tree = Tree::sample(&[
            ("crates/x/src/lib.rs", "mod a;\n#[cfg(test)]\nmod properties;\n"),
            ("crates/x/src/a.rs", "#[cfg(test)]\nmod b;\n"),
            ("crates/x/src/a/b.rs", ""),
            ("crates/x/src/properties.rs", ""),
        ]);
        let marked: Vec<_> =
            tree.rust().iter().filter(|source| source.is_test).map(|source| source.path.as_str()).collect();
        assert_eq!(marked, ["crates/x/src/a/b.rs", "crates/x/src/properties.rs"]);
    }

    #[test]
    fn written_text_is_read_and_built_files_are_not() {
        assert!(is_text("lib.rs") && is_text("Makefile") && is_text("run"));
        assert!(!is_text("photo.jpg") && !is_text("tiles.pmtiles"));
        let tree = Tree::read(&super::super::root()).expect("the repository can be read");
        assert!(tree.text("xtask/src/main.rs").is_some());
        assert!(tree.all().all(|(path, _)| !path.starts_with("target/")));
    }
}
