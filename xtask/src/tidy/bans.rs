//! What may not be written, by place. Bans that hold in the whole workspace and that the compiler can see (`clippy.toml`)
//! are there; here are those that hold in the core only, and those that are about text.

use super::Fault;
use super::source::Source;
use super::tree::Tree;

/// The crates that decide. They are synchronous and total: the same input gives the same answer, always.
const CORE: &[&str] = &[
    "guancheng-base",
    "guancheng-calendar",
    "guancheng-place",
    "guancheng-org",
    "guancheng-case",
    "guancheng-indicator",
    "guancheng-plan",
    "guancheng-pack",
    "guancheng-app",
];

/// The part of the core whose types promise nothing about a wire or a disk.
const NO_SERDE: &[&str] =
    &["guancheng-base", "guancheng-calendar", "guancheng-place", "guancheng-org", "guancheng-case"];

/// The part of the core that reads and writes nothing; the pack reader and the use cases' traits stand above it.
const NO_IO: &[&str] =
    &["guancheng-base", "guancheng-calendar", "guancheng-place", "guancheng-org", "guancheng-case", "guancheng-app"];

/// Where a ban holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// What is compiled into these crates, inline tests too; examples and test folders measure and read files.
    Crates(&'static [&'static str]),
    /// The same, without inline tests, which may read fixtures.
    ShippedIn(&'static [&'static str]),
    /// Every Rust file outside tests.
    Shipped,
    /// Every Rust file.
    Everywhere,
}

/// One forbidden piece of code.
struct Ban {
    words: &'static [&'static str],
    place: Where,
    advice: &'static str,
}

const BANS: &[Ban] = &[
    Ban {
        words: &["Timestamp::now", "Zoned::now", "Instant::now", "SystemTime", "std::time::Instant", "UNIX_EPOCH"],
        place: Where::Crates(CORE),
        advice: "the core has no clock: take `ctx.now`; a decision that reads the time cannot be replayed",
    },
    Ban {
        words: &["env::var", "env::args", "std::env", "option_env!"],
        place: Where::Crates(CORE),
        advice: "the core has no environment: configuration is read once in `guancheng` and passed as a value",
    },
    Ban {
        words: &["rand::", "getrandom", "thread_rng", "RandomState", "uuid::"],
        place: Where::Crates(CORE),
        advice: "the core has no randomness: pass the value in; a decision that throws dice cannot be replayed",
    },
    Ban {
        words: &["HashMap", "HashSet"],
        place: Where::Crates(CORE),
        advice: "use BTreeMap or BTreeSet: their order is the same on every run, so are answers, hashes and snapshots",
    },
    Ban {
        words: &["serde"],
        place: Where::ShippedIn(NO_SERDE),
        advice: "types of the core are not serializable: a derive is a promise of compatibility; write a DTO in the store, \
                 the pack reader or the API",
    },
    Ban {
        words: &["async fn", "async move", ".await", "tokio"],
        place: Where::Crates(CORE),
        advice: "the core is synchronous; what waits belongs to the API or the store",
    },
    Ban {
        words: &["std::fs", "std::net", "std::process", "File::open", "println!", "eprintln!"],
        place: Where::ShippedIn(NO_IO),
        advice: "the core does no I/O; take the content as a value and return the text",
    },
    Ban {
        words: &[".unwrap()", "todo!(", "unimplemented!("],
        place: Where::Shipped,
        advice: "return an error that says what, where and what would be right; where it cannot fail, `expect` the proof",
    },
    Ban { words: &["dbg!("], place: Where::Everywhere, advice: "delete it, or make it a field of the trace" },
    Ban {
        words: &["#[allow(", "#![allow("],
        place: Where::Everywhere,
        advice: "use `#[expect(lint, reason = \"…\")]`: it fails when the reason is gone",
    },
    Ban {
        words: &["#[ignore"],
        place: Where::Everywhere,
        advice: "a test that is not run is not a test: make it fast, mend it or delete it",
    },
    Ban {
        words: &["thread::sleep", "time::sleep"],
        place: Where::Everywhere,
        advice: "wait for the event (channel, condition variable, timeout on a receive), not for a time",
    },
];

/// Pacing a simulation beside the real clock is the one thing that sleeps; the place says so to the compiler too.
const MAY_SLEEP: &[&str] = &["crates/guancheng/src/commands/play.rs"];

/// How ids and days are written where a type is a documented format (docs/adr/0006).
const MAY_SERIALIZE: &[&str] = &["crates/guancheng-base/src/wire.rs"];

/// Marks in prose that promise work instead of doing it.
const PROMISES: &[&str] = &["TODO", "FIXME", "XXX:", "HACK:"];

/// Ways to run only a part of the web tests.
const SKIPS: &[&str] = &[".skip(", ".only(", ".todo(", ".skipIf(", "xit(", "xdescribe("];

/// All files against all bans.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults: Vec<Fault> = tree.rust().iter().flat_map(rust_faults).collect();
    for (path, text) in tree.all() {
        faults.extend(promises(path, text));
        faults.extend(skips(path, text));
    }
    faults
}

fn rust_faults(source: &Source) -> Vec<Fault> {
    let tests = source.test_lines();
    let mut faults = Vec::new();
    for (index, line) in source.code.lines().enumerate() {
        let in_test = tests.get(index).copied().unwrap_or_default();
        for ban in BANS.iter().filter(|ban| holds(ban, source, in_test)) {
            let word = ban.words.iter().find(|word| found(line, word));
            faults.extend(
                word.map(|word| Fault::new(&source.path, index + 1, format!("`{word}` is banned here"), ban.advice)),
            );
        }
    }
    faults
}

fn holds(ban: &Ban, source: &Source, in_test: bool) -> bool {
    let sleeps = ban.words.iter().any(|word| word.ends_with("::sleep"));
    if ban.words.contains(&"serde") && MAY_SERIALIZE.contains(&source.path.as_str()) {
        return false;
    }
    match ban.place {
        Where::Crates(crates) => in_source_of(crates, source),
        Where::ShippedIn(crates) => in_source_of(crates, source) && !in_test,
        Where::Shipped => !in_test,
        Where::Everywhere => !(sleeps && MAY_SLEEP.contains(&source.path.as_str())),
    }
}

fn in_source_of(crates: &[&str], source: &Source) -> bool {
    crates.contains(&source.crate_name()) && source.path.contains("/src/")
}

/// True if the word stands in the line and does not begin inside a longer identifier.
fn found(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let first_is_word = word.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        !(first_is_word && line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

/// Promises in any text but this file and the documents that speak about them.
fn promises(path: &str, text: &str) -> Vec<Fault> {
    let speaks_of_them = path.starts_with("xtask/src/tidy/") || path.ends_with(".md") || path.ends_with(".lock");
    if speaks_of_them || path.ends_with("package-lock.json") {
        return Vec::new();
    }
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let word = PROMISES.iter().find(|word| found(line, word))?;
            Some(Fault::new(
                path,
                index + 1,
                format!("{word} in a comment"),
                "do it now, or file an issue and delete the comment",
            ))
        })
        .collect()
}

fn skips(path: &str, text: &str) -> Vec<Fault> {
    let web_test = path.starts_with("web/") && [".ts", ".mjs", ".js"].iter().any(|ending| path.ends_with(ending));
    let is_test = web_test && (path.contains("/tests/") || path.contains(".test."));
    if !is_test {
        return Vec::new();
    }
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let word = SKIPS.iter().find(|word| found(line, word))?;
            Some(Fault::new(
                path,
                index + 1,
                format!("`{word}` leaves tests out"),
                "run all tests; mend or delete this one",
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, expect: &[(usize, &str)]) {
        let tree = Tree::sample(&[(path, text)]);
        let faults = faults(&tree);
        let found: Vec<(usize, &str)> = faults.iter().map(|fault| (fault.line, fault.what.as_str())).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn the_core_has_no_clock_environment_dice_or_unordered_map() {
        let core = "crates/guancheng-case/src/a.rs";
        check(core, "fn a() { Timestamp::now(); }\n", &[(1, "`Timestamp::now` is banned here")]);
        check(core, "// no\nuse std::time::Instant;\n", &[(2, "`std::time::Instant` is banned here")]);
        check(core, "fn a() { std::env::var(\"X\"); }\n", &[(1, "`env::var` is banned here")]);
        check(core, "use std::collections::HashMap;\n", &[(1, "`HashMap` is banned here")]);
        check(core, "fn a() { getrandom::fill(&mut b); }\n", &[(1, "`getrandom` is banned here")]);
        check(core, "use serde::Serialize;\n", &[(1, "`serde` is banned here")]);
        check(core, "pub async fn a() {}\n", &[(1, "`async fn` is banned here")]);
        check(core, "use std::fs;\n", &[(1, "`std::fs` is banned here")]);
    }

    #[test]
    fn prose_and_the_edge_are_free() {
        check("crates/guancheng-case/src/a.rs", "//! Never a HashMap.\nconst A: &str = \"HashMap\";\n", &[]);
        check("crates/guancheng-api/src/a.rs", "use std::collections::HashMap;\n", &[]);
        check("crates/guancheng-pack/src/a.rs", "use serde::Deserialize;\nuse std::fs;\n", &[]);
        check("crates/guancheng-case/examples/rate.rs", "use std::time::Instant;\n", &[]);
    }

    #[test]
    fn unwrap_is_for_tests() {
        let text = "fn a() { b().unwrap(); }\n#[cfg(test)]\nmod tests {\n fn t() { b().unwrap(); }\n}\n";
        check("crates/guancheng-api/src/a.rs", text, &[(1, "`.unwrap()` is banned here")]);
        check("crates/guancheng-api/tests/it/main.rs", "fn t() { b().unwrap(); }\n", &[]);
    }

    #[test]
    fn tests_that_are_left_out_are_faults() {
        check("crates/guancheng/tests/it/main.rs", "#[ignore]\nfn t() {}\n", &[(1, "`#[ignore` is banned here")]);
        check("web/tests/a.test.ts", "it.skip('x')\n", &[(1, "`.skip(` leaves tests out")]);
        check("web/tests/a.test.ts", "describe.only('x')\n", &[(1, "`.only(` leaves tests out")]);
        check("web/src/a.ts", "list.skip(1)\n", &[]);
        check("crates/guancheng/src/a.rs", "fn a() { v.iter().skip(1); }\n", &[]);
    }

    #[test]
    fn promises_allowances_and_sleeps_are_faults() {
        check("web/src/a.ts", "// TODO later\n", &[(1, "TODO in a comment")]);
        check("crates/guancheng/src/a.rs", "#[allow(dead_code)]\nfn a() {}\n", &[(1, "`#[allow(` is banned here")]);
        check(
            "crates/guancheng/src/a.rs",
            "fn a() { std::thread::sleep(d); }\n",
            &[(1, "`thread::sleep` is banned here")],
        );
    }
}
