//! The few facts that the rules need from a `Cargo.toml`, read line by line. A manifest written in another style than
//! ours (one dependency per line, `name.workspace = true`) is itself a fault, so no TOML reader is needed here.

/// One dependency as a manifest states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The crate.
    pub name: String,
    /// Line in the manifest, from 1.
    pub line: usize,
    /// True under `[dev-dependencies]`.
    pub dev: bool,
    /// True if version and features come from the workspace.
    pub inherited: bool,
}

/// The dependencies of a member's manifest, in order.
pub fn dependencies(text: &str) -> Vec<Dependency> {
    sections(text)
        .filter_map(|(section, line, entry)| {
            let dev = section == "dev-dependencies";
            if !dev && section != "dependencies" && section != "build-dependencies" {
                return None;
            }
            let (key, value) = entry.split_once('=')?;
            let name = key.trim().split('.').next().unwrap_or_default().to_owned();
            let inherited = key.trim().ends_with(".workspace") || value.contains("workspace = true");
            Some(Dependency { name, line, dev, inherited })
        })
        .collect()
}

/// The names under `[workspace.dependencies]` with their lines.
pub fn workspace_dependencies(text: &str) -> Vec<(String, usize)> {
    sections(text)
        .filter(|(section, _, _)| *section == "workspace.dependencies")
        .filter_map(|(_, line, entry)| Some((entry.split_once('=')?.0.trim().to_owned(), line)))
        .collect()
}

/// True if the manifest takes the lints of the workspace.
pub fn inherits_lints(text: &str) -> bool {
    sections(text).any(|(section, _, entry)| section == "lints" && entry == "workspace = true")
}

/// Every entry line as (section, line number, text).
fn sections(text: &str) -> impl Iterator<Item = (&str, usize, &str)> {
    let mut section = "";
    text.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((section, index + 1, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "[package]\nname = \"x\"\n[lints]\nworkspace = true\n[dependencies]\naxum.workspace = true\n\
                          toml = \"1\"\n[dev-dependencies]\nserde = { workspace = true }\n";

    #[test]
    fn dependencies_are_read_with_their_kind() {
        let found = dependencies(SAMPLE);
        let facts: Vec<_> = found.iter().map(|d| (d.name.as_str(), d.line, d.dev, d.inherited)).collect();
        assert_eq!(facts, [("axum", 6, false, true), ("toml", 7, false, false), ("serde", 9, true, true)]);
        assert!(inherits_lints(SAMPLE));
        assert!(!inherits_lints("[package]\nname = \"x\"\n"));
    }

    #[test]
    fn the_workspace_table_is_read() {
        let text = "[workspace]\n[workspace.dependencies]\n# why\naxum = \"1\"\nclap = { version = \"4\" }\n[profile.dev]\nx = 1\n";
        assert_eq!(workspace_dependencies(text), [("axum".to_owned(), 4), ("clap".to_owned(), 5)]);
    }
}
