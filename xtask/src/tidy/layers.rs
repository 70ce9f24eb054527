//! Who may use whom inside the workspace: one table. A crate uses only what stands above it; a new edge is a change of
//! the architecture and is made here first, where a reviewer sees it.

use super::Fault;
use super::manifest::{dependencies, inherits_lints};
use super::tree::Tree;

/// Crate → the crates of ours that it may use, in any section of its manifest.
const LAYERS: &[(&str, &[&str])] = &[
    ("guancheng-base", &[]),
    ("guancheng-calendar", &["base"]),
    ("guancheng-place", &["base"]),
    ("guancheng-org", &["base"]),
    ("guancheng-case", &["base", "calendar", "org"]),
    ("guancheng-indicator", &["base", "calendar"]),
    ("guancheng-plan", &["base", "calendar", "org", "case", "indicator"]),
    ("guancheng-document", &["base"]),
    ("guancheng-pack", &["base", "calendar", "place", "org", "case", "indicator", "plan"]),
    ("guancheng-app", &["base", "calendar", "place", "org", "case", "indicator", "plan", "document", "pack"]),
    ("guancheng-store", &["base", "calendar", "org", "case", "indicator", "plan", "app"]),
    (
        "guancheng-api",
        &["base", "calendar", "place", "org", "case", "indicator", "plan", "document", "pack", "app", "store"],
    ),
    ("guancheng-simulator", &["base", "calendar", "place", "org", "case", "indicator", "plan", "pack", "app"]),
    (
        "guancheng",
        &[
            "base",
            "calendar",
            "place",
            "org",
            "case",
            "indicator",
            "plan",
            "document",
            "pack",
            "app",
            "store",
            "api",
            "simulator",
        ],
    ),
    ("xtask", &["place"]),
];

/// Edges for tests only, beyond the table: a crate below the binary may be tested against a real store, and so on.
const LAYERS_IN_TESTS: &[(&str, &[&str])] = &[("guancheng-simulator", &["store"])];

/// The prefix of our own crates.
const OURS: &str = "guancheng-";

/// Manifests against the table.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let manifests = tree
        .matching(|path| path.ends_with("/Cargo.toml") && (path.starts_with("crates/") || path.starts_with("xtask/")));
    manifests.flat_map(|(path, text)| manifest_faults(path, text)).collect()
}

fn manifest_faults(path: &str, text: &str) -> Vec<Fault> {
    let name = path.trim_start_matches("crates/").split('/').next().unwrap_or_default();
    let Some(allowed) = row(LAYERS, name) else {
        let advice =
            "add a row to LAYERS in xtask/src/tidy/layers.rs that says what it may use, and a line to ARCHITECTURE.md";
        return vec![Fault::new(path, 0, format!("the crate {name} is in no layer"), advice)];
    };
    let in_tests = row(LAYERS_IN_TESTS, name).unwrap_or_default();
    let mut faults = Vec::new();
    if !inherits_lints(text) {
        faults.push(Fault::new(
            path,
            0,
            "the lints of the workspace are not taken",
            "add `[lints]` with `workspace = true`",
        ));
    }
    for dependency in dependencies(text) {
        if !dependency.inherited {
            let advice =
                format!("write `{}.workspace = true`; versions stand once, in the root manifest", dependency.name);
            faults.push(Fault::new(
                path,
                dependency.line,
                format!("{} names its own version", dependency.name),
                advice,
            ));
        }
        let Some(used) = dependency.name.strip_prefix(OURS) else { continue };
        let permitted = allowed.contains(&used) || (dependency.dev && in_tests.contains(&used));
        if !permitted {
            let advice = format!("it may use: {}. Move the code down, or change LAYERS with an ADR", list(allowed));
            faults.push(Fault::new(path, dependency.line, format!("{name} must not use {OURS}{used}"), advice));
        }
    }
    faults
}

fn row(table: &[(&str, &'static [&'static str])], name: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|(known, _)| *known == name).map(|(_, allowed)| *allowed)
}

fn list(allowed: &[&str]) -> String {
    if allowed.is_empty() { "none of ours".to_owned() } else { allowed.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, expect: &[(usize, &str)]) {
        let faults = manifest_faults(path, text);
        let found: Vec<(usize, &str)> = faults.iter().map(|fault| (fault.line, fault.what.as_str())).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn an_edge_that_points_up_is_a_fault() {
        let text = "[lints]\nworkspace = true\n[dependencies]\nguancheng-base.workspace = true\nguancheng-store.workspace = true\n";
        check("crates/guancheng-case/Cargo.toml", text, &[(5, "guancheng-case must not use guancheng-store")]);
        check("crates/guancheng/Cargo.toml", text, &[]);
    }

    #[test]
    fn a_crate_without_a_row_is_a_fault() {
        check("crates/guancheng-utils/Cargo.toml", "", &[(0, "the crate guancheng-utils is in no layer")]);
    }

    #[test]
    fn own_versions_and_own_lints_are_faults() {
        let text = "[dependencies]\nserde = \"1\"\n";
        let expect = [(0, "the lints of the workspace are not taken"), (2, "serde names its own version")];
        check("crates/guancheng-api/Cargo.toml", text, &expect);
    }

    #[test]
    fn the_table_has_no_cycle() {
        let above = |name: &str| LAYERS.iter().position(|(known, _)| known.trim_start_matches(OURS) == name);
        for (at, (name, allowed)) in LAYERS.iter().enumerate() {
            assert!(allowed.iter().all(|used| above(used).is_some_and(|above| above < at)), "{name}");
        }
    }
}
