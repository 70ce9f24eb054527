//! Nothing of the workshop stays in the work: no path of one machine, no name of an assistant, no private registry in a
//! lock file. What is committed must mean the same on every machine.

use super::Fault;
use super::tree::Tree;

/// Each word in two halves, so that this file does not break its own rule.
const TRACES: &[(&str, &str, &str)] = &[
    ("/wo", "rk/main", "a path of one machine"),
    ("/wo", "rk/shared", "a path of one machine"),
    ("/ro", "ot/", "a path of one machine"),
    ("/ho", "me/", "a path of one machine"),
    ("/tmp/ba", "sh_jobs", "a path of one machine"),
    ("cla", "ude", "the name of an assistant"),
    ("anth", "ropic", "the name of an assistant"),
    ("chat", "gpt", "the name of an assistant"),
    ("copi", "lot", "the name of an assistant"),
];

/// Where npm's lock file may say a package comes from.
const PUBLIC_REGISTRY: &str = "https://registry.npmjs.org/";

/// All text files.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    tree.all().flat_map(|(path, text)| text_faults(path, text)).collect()
}

fn text_faults(path: &str, text: &str) -> Vec<Fault> {
    let lock = path.ends_with("package-lock.json");
    let mut faults = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let lower = line.to_lowercase();
        for (head, tail, kind) in TRACES {
            if stands_alone(&lower, &format!("{head}{tail}")) {
                let advice = "say it in terms of the repository, a flag or an environment variable";
                faults.push(Fault::new(path, index + 1, format!("{kind}: {head}{tail}"), advice));
            }
        }
        let resolved = line.split_once("\"resolved\": \"").map(|(_, rest)| rest);
        if lock && resolved.is_some_and(|url| !url.starts_with(PUBLIC_REGISTRY)) {
            let advice =
                "write the lock with `npm install --package-lock-only` and `omit-lockfile-registry-resolved = true`";
            faults.push(Fault::new(path, index + 1, "the lock names a private registry", advice));
        }
    }
    faults
}

/// True if the word is in the line and is not the tail of a longer word or path.
fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '.' || c == '$'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, expect: usize) {
        assert_eq!(text_faults(path, text).len(), expect, "{text}");
    }

    #[test]
    fn paths_of_one_machine_are_faults() {
        check("a.md", &format!("run {}{}/x\n", "/wo", "rk/main"), 1);
        check("a.rs", &format!("const A: &str = \"{}{}a\";\n", "/ro", "ot/"), 1);
        check("a.rs", "const A: &str = \"crates/work/mainline\";\n", 0);
        check("a.rs", "GET /api/v1/roots\n", 0);
    }

    #[test]
    fn a_private_registry_in_a_lock_is_a_fault() {
        check("web/package-lock.json", "  \"resolved\": \"http://10.0.0.1/vue.tgz\",\n", 1);
        check("web/package-lock.json", "  \"resolved\": \"https://registry.npmjs.org/vue/-/vue-3.tgz\",\n", 0);
    }
}
