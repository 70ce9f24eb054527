//! Every module opens with a sentence about what it is; every document that the house promises is there.

use super::Fault;
use super::tree::Tree;

/// Documents that a newcomer is pointed to.
const PROMISED: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "STYLE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MULANPSL",
    "docs/glossary.md",
    "docs/dependencies.md",
    "docs/cli.md",
];

/// Module docs, promised documents, and links between documents.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults: Vec<Fault> =
        tree.rust().iter().filter_map(|source| module_fault(&source.path, &source.text)).collect();
    let missing = PROMISED.iter().filter(|path| tree.text(path).is_none());
    faults.extend(
        missing.map(|path| Fault::new(path, 0, "the document is missing", "write it; the README points to it")),
    );
    for (path, text) in tree.matching(|path| path.ends_with(".md") && !path.starts_with("web/node_modules/")) {
        faults.extend(dead_links(tree, path, text));
    }
    faults
}

fn module_fault(path: &str, text: &str) -> Option<Fault> {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("#!"))?;
    let documented = first.strip_prefix("//!").is_some_and(|rest| !rest.trim().is_empty());
    let advice = "begin the file with `//!` and one sentence: what this is, or which invariant it keeps";
    (!documented).then(|| Fault::new(path, 1, "the module says nothing about itself", advice))
}

/// Links to a file of ours that is not there. Pictures are made by `make shots` and not part of the text tree.
fn dead_links(tree: &Tree, path: &str, text: &str) -> Vec<Fault> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut faults = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for target in line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
            let target = target.split('#').next().unwrap_or_default();
            let outside =
                target.is_empty() || target.contains("://") || target.ends_with('/') || target.contains(".png");
            if !outside && tree.text(&resolve(folder, target)).is_none() {
                let advice = "point to a file of the repository, by a path from this document";
                faults.push(Fault::new(path, index + 1, format!("the link {target} leads nowhere"), advice));
            }
        }
    }
    faults
}

fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[(&str, &str)], expect: &[&str]) {
        let tree = Tree::sample(files);
        let found = faults(&tree).into_iter().filter(|fault| fault.what != "the document is missing");
        assert_eq!(found.map(|fault| fault.what).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn a_module_without_a_sentence_is_a_fault() {
        check(&[("crates/a/src/lib.rs", "//! The words.\nmod b;\n")], &[]);
        check(&[("crates/a/src/lib.rs", "mod b;\n")], &["the module says nothing about itself"]);
        check(&[("crates/a/src/lib.rs", "//!\nmod b;\n")], &["the module says nothing about itself"]);
    }

    #[test]
    fn a_missing_document_is_a_fault() {
        let faults = faults(&Tree::sample(&[]));
        assert_eq!(faults.len(), PROMISED.len());
    }

    #[test]
    fn a_dead_link_is_a_fault() {
        check(
            &[("docs/adr/0001.md", "see [the list](../b.md#x) and [out](https://example.org)\n"), ("docs/b.md", "\n")],
            &[],
        );
        check(&[("docs/adr/0001.md", "see [the list](../c.md)\n")], &["the link ../c.md leads nowhere"]);
    }
}
