//! Outside crates and packages. `docs/dependencies.md` is the table: a row per dependency with why, what it costs and who
//! may use it, and this rule reads that last column. A reason and the right to use stand in one place and cannot drift.

use super::Fault;
use super::manifest::{Dependency, dependencies, workspace_dependencies};
use super::tree::Tree;

/// The table.
const TABLE: &str = "docs/dependencies.md";

/// Marks a user that may have the crate in its tests only.
const IN_TESTS: &str = " (tests)";

/// A user that stands for every crate's tests.
const ANY_TEST: &str = "any (tests)";

/// One row of the table.
struct Row<'a> {
    name: &'a str,
    line: usize,
    users: Vec<&'a str>,
}

/// Manifests and `package.json` against the table.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let Some(table) = tree.text(TABLE) else {
        return vec![Fault::new(
            TABLE,
            0,
            "the table of dependencies is missing",
            "write it: name, why, cost, who may use it",
        )];
    };
    let rows = rows(table);
    let root = tree.text("Cargo.toml").unwrap_or_default();
    let mut faults = listed("Cargo.toml", workspace_dependencies(root), &rows);
    let packages = tree.text("web/package.json").unwrap_or_default();
    faults.extend(listed("web/package.json", package_dependencies(packages), &rows));
    faults.extend(orphans(root, packages, &rows));
    for (path, text) in tree.matching(|path| path.ends_with("/Cargo.toml")) {
        faults.extend(users(path, &dependencies(text), &rows));
    }
    faults
}

/// Every dependency has a row.
fn listed(file: &str, used: Vec<(String, usize)>, rows: &[Row]) -> Vec<Fault> {
    let outside = used.into_iter().filter(|(name, _)| !name.starts_with("guancheng-"));
    let missing = outside.filter(|(name, _)| !rows.iter().any(|row| row.name == name));
    missing
        .map(|(name, line)| {
            let advice = format!("add a row to {TABLE}: why it is needed, what it costs, who may use it");
            Fault::new(file, line, format!("{name} is not explained"), advice)
        })
        .collect()
}

/// Every row speaks of something that is used.
fn orphans(root: &str, packages: &str, rows: &[Row]) -> Vec<Fault> {
    let mut known: Vec<String> = workspace_dependencies(root).into_iter().map(|(name, _)| name).collect();
    known.extend(package_dependencies(packages).into_iter().map(|(name, _)| name));
    let orphans = rows.iter().filter(|row| !row.users.is_empty() && !known.iter().any(|name| name == row.name));
    orphans
        .map(|row| Fault::new(TABLE, row.line, format!("{} is explained but not used", row.name), "delete the row"))
        .collect()
}

/// Every member uses only what its row grants.
fn users(path: &str, used: &[Dependency], rows: &[Row]) -> Vec<Fault> {
    let member = path.trim_start_matches("crates/").split('/').next().unwrap_or_default();
    let short = member.strip_prefix("guancheng-").unwrap_or(member);
    let mut faults = Vec::new();
    for dependency in used.iter().filter(|d| !d.name.starts_with("guancheng-")) {
        let Some(row) = rows.iter().find(|row| row.name == dependency.name) else { continue };
        let in_tests = format!("{short}{IN_TESTS}");
        let granted = row.users.contains(&short)
            || (dependency.dev && (row.users.contains(&ANY_TEST) || row.users.contains(&in_tests.as_str())));
        if !granted {
            let advice = format!("{TABLE} line {} allows: {}", row.line, row.users.join(", "));
            faults.push(Fault::new(path, dependency.line, format!("{member} may not use {}", dependency.name), advice));
        }
    }
    faults
}

/// Rows whose first cell is one name in backticks.
fn rows(table: &str) -> Vec<Row<'_>> {
    let lines = table.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
            let name = cells.first()?.strip_prefix('`')?.strip_suffix('`')?;
            let users =
                cells.get(3).copied().unwrap_or_default().split(',').map(str::trim).filter(|user| !user.is_empty());
            Some(Row { name, line: index + 1, users: users.collect() })
        })
        .collect()
}

/// Names under `dependencies` and `devDependencies` of a `package.json`, one per line as npm writes them.
fn package_dependencies(text: &str) -> Vec<(String, usize)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with("\"dependencies\"") || line.starts_with("\"devDependencies\"") {
            inside = !line.contains('}');
        } else if line.starts_with('}') {
            inside = false;
        } else if let Some((name, _)) = line.strip_prefix('"').and_then(|rest| rest.split_once('"')).filter(|_| inside)
        {
            found.push((name.to_owned(), index + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE_SAMPLE: &str = "| name | why | cost | who |\n|---|---|---|---|\n| `axum` | HTTP | 9 s | api |\n\
                                | `proptest` | properties | 4 s | any (tests) |\n| `vue` | pages | 30 kB | web |\n";
    const ROOT: &str = "[workspace.dependencies]\naxum = \"1\"\nproptest = \"1\"\n";
    const PACKAGES: &str = "{\n \"dependencies\": {\n  \"vue\": \"3\"\n },\n \"name\": \"x\"\n}\n";

    #[track_caller]
    fn check(root: &str, member: (&str, &str), expect: &[&str]) {
        let tree = Tree::sample(&[(TABLE, TABLE_SAMPLE), ("Cargo.toml", root), ("web/package.json", PACKAGES), member]);
        let found: Vec<String> = faults(&tree).into_iter().map(|fault| fault.what).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_granted_use_passes() {
        check(ROOT, ("crates/guancheng-api/Cargo.toml", "[dependencies]\naxum.workspace = true\n"), &[]);
        check(ROOT, ("crates/guancheng-base/Cargo.toml", "[dev-dependencies]\nproptest.workspace = true\n"), &[]);
    }

    #[test]
    fn a_use_that_is_not_granted_is_a_fault() {
        let member = ("crates/guancheng-case/Cargo.toml", "[dependencies]\naxum.workspace = true\n");
        check(ROOT, member, &["guancheng-case may not use axum"]);
        let member = ("crates/guancheng-case/Cargo.toml", "[dependencies]\nproptest.workspace = true\n");
        check(ROOT, member, &["guancheng-case may not use proptest"]);
    }

    #[test]
    fn missing_and_orphaned_rows_are_faults() {
        let member = ("crates/guancheng-base/Cargo.toml", "");
        check(
            "[workspace.dependencies]\naxum = \"1\"\nproptest = \"1\"\nsqlx = \"1\"\n",
            member,
            &["sqlx is not explained"],
        );
        check("[workspace.dependencies]\naxum = \"1\"\n", member, &["proptest is explained but not used"]);
    }
}
