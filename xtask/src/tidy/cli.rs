//! The command line is an interface: every sub-command and every flag of `crates/guancheng/src/cli.rs` is explained in
//! `docs/cli.md`, and the document speaks of nothing that does not exist.

use std::collections::BTreeMap;

use super::Fault;
use super::source::{Source, item_end, line_of};
use super::tree::Tree;

const CODE: &str = "crates/guancheng/src/cli.rs";
const DOCUMENT: &str = "docs/cli.md";

/// Heading of a sub-command in the document.
const HEADING: &str = "## guancheng ";

/// Flags that the argument parser gives by itself.
const BUILT_IN: &[&str] = &["help", "version"];

/// Code against document and document against code.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let (Some(code), Some(document)) = (tree.text(CODE), tree.text(DOCUMENT)) else {
        return Vec::new();
    };
    let source = Source::rust(CODE, code);
    let mut faults = compare(&commands(&source), &headings(document), "sub-command");
    faults.extend(compare(&flags(&source), &flags_spoken_of(document), "flag"));
    faults
}

fn compare(code: &BTreeMap<String, usize>, document: &BTreeMap<String, usize>, kind: &str) -> Vec<Fault> {
    let silent = code.iter().filter(|(name, _)| !document.contains_key(*name));
    let mut faults: Vec<Fault> = silent
        .map(|(name, line)| {
            Fault::new(CODE, *line, format!("the {kind} {name} is not explained"), format!("explain it in {DOCUMENT}"))
        })
        .collect();
    let unknown = document.iter().filter(|(name, _)| !code.contains_key(*name));
    faults.extend(unknown.map(|(name, line)| {
        let advice = format!("delete it, or add it to {CODE}");
        Fault::new(DOCUMENT, *line, format!("there is no {kind} {name}"), advice)
    }));
    faults
}

/// Variants of the enum `Command`, in the case in which they are typed.
fn commands(source: &Source) -> BTreeMap<String, usize> {
    let Some(start) = source.code.find("enum Command ") else { return BTreeMap::new() };
    let end = item_end(&source.code, start).unwrap_or(source.code.len());
    let first = line_of(&source.code, start);
    let lines = source.code[start..end].lines().enumerate().skip(1);
    lines
        .filter_map(|(index, line)| {
            let name = line.trim().split(['(', '{', ',']).next()?.trim();
            name.starts_with(char::is_uppercase).then(|| (typed(name), first + index))
        })
        .collect()
}

/// Fields that carry `#[arg(long …)]`, as typed; a flattened struct is met where it is defined.
fn flags(source: &Source) -> BTreeMap<String, usize> {
    let mut flags = BTreeMap::new();
    let mut long = false;
    for (index, line) in source.code.lines().enumerate() {
        let line = line.trim();
        if line.starts_with("#[arg(") {
            long = line.contains("long");
        } else if let Some((name, _)) = line.trim_start_matches("pub ").split_once(':').filter(|_| long) {
            flags.insert(name.replace('_', "-"), index + 1);
            long = false;
        }
    }
    flags
}

fn headings(document: &str) -> BTreeMap<String, usize> {
    let lines = document.lines().enumerate();
    lines
        .filter_map(|(index, line)| Some((line.strip_prefix(HEADING)?.split(' ').next()?.to_owned(), index + 1)))
        .collect()
}

/// Every `--word` of the document, with the line of its first mention.
fn flags_spoken_of(document: &str) -> BTreeMap<String, usize> {
    let mut spoken = BTreeMap::new();
    for (index, line) in document.lines().enumerate() {
        for rest in line.split("--").skip(1) {
            let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            let is_flag = name.starts_with(|c: char| c.is_ascii_lowercase()) && !BUILT_IN.contains(&name.as_str());
            if is_flag {
                spoken.entry(name).or_insert(index + 1);
            }
        }
    }
    spoken
}

/// `WhatIf` as `what-if`.
fn typed(variant: &str) -> String {
    let mut out = String::new();
    for (index, c) in variant.chars().enumerate() {
        if c.is_uppercase() && index > 0 {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "/// All.\npub enum Command {\n    /// Serve\n    Serve(ServeArgs),\n    DryRun,\n}\n\
                          pub struct ServeArgs {\n    #[arg(long, value_name = \"DIR\")]\n    pub data_dir: String,\n\
                          \x20   #[command(flatten)]\n    pub place: Place,\n}\n";

    #[track_caller]
    fn check(document: &str, expect: &[&str]) {
        let found = faults(&Tree::sample(&[(CODE, SAMPLE), (DOCUMENT, document)]));
        assert_eq!(found.into_iter().map(|fault| fault.what).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn a_complete_document_passes() {
        check("## guancheng serve\n`--data-dir DIR`, `--help`\n## guancheng dry-run\n", &[]);
    }

    #[test]
    fn what_is_missing_on_either_side_is_a_fault() {
        let expect = [
            "the sub-command dry-run is not explained",
            "there is no sub-command plan",
            "the flag data-dir is not explained",
            "there is no flag port",
        ];
        check("## guancheng serve\n`--port N`\n## guancheng plan\n", &expect);
    }
}
