//! The rules of the house, as tests. Each rule reads the tree and reports faults with file, line and advice; each has its
//! own test on a small bad sample, so that a rule that stopped biting would be noticed.

mod bans;
mod cli;
mod dependencies;
mod docs;
mod fresh;
mod layers;
mod manifest;
mod names;
mod size;
mod source;
mod traces;
mod tree;

use std::fmt;
use std::path::{Path, PathBuf};

use tree::Tree;

/// One broken rule at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Path from the root of the repository.
    pub file: String,
    /// Line, from 1; 0 speaks of the whole file.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub advice: String,
}

impl Fault {
    fn new(file: &str, line: usize, what: impl Into<String>, advice: impl Into<String>) -> Fault {
        Fault { file: file.to_owned(), line, what: what.into(), advice: advice.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n    {}", self.file, self.line.max(1), self.what, self.advice)
    }
}

/// A rule: its name and what it finds in a tree.
pub type Rule = (&'static str, fn(&Tree) -> Vec<Fault>);

/// Every rule, in the order in which they are reported.
pub const RULES: &[Rule] = &[
    ("layers", layers::faults),
    ("dependencies", dependencies::faults),
    ("bans", bans::faults),
    ("size", size::faults),
    ("docs", docs::faults),
    ("names", names::faults),
    ("traces", traces::faults),
    ("command line", cli::faults),
    ("generated files", fresh::faults),
];

/// Runs every rule over the repository at `root`; sorted by file and line within a rule.
pub fn run(root: &Path) -> std::io::Result<Vec<(&'static str, Vec<Fault>)>> {
    let tree = Tree::read(root)?;
    let found = RULES.iter().map(|(name, rule)| {
        let mut faults = rule(&tree);
        faults.sort();
        (*name, faults)
    });
    Ok(found.collect())
}

/// The root of the repository: the folder above this crate.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test per rule, so that a run says at a glance which one is broken.
    fn holds(name: &str) {
        let (_, rule) = RULES.iter().find(|(known, _)| *known == name).expect("the rule is in the table");
        let faults = rule(&Tree::read(&root()).expect("the repository can be read"));
        let text: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert!(text.is_empty(), "{} broken rule(s):\n{}", text.len(), text.join("\n"));
    }

    macro_rules! rules_hold {
        ($($test:ident, $name:literal;)*) => { $(#[test] fn $test() { holds($name); })* };
    }

    rules_hold! {
        the_layers_hold, "layers";
        the_dependencies_are_explained, "dependencies";
        the_bans_hold, "bans";
        files_and_functions_are_short, "size";
        modules_are_documented, "docs";
        no_city_is_named_in_the_crates, "names";
        no_machine_is_named, "traces";
        the_command_line_is_documented, "command line";
        generated_files_are_fresh, "generated files";
    }
}
