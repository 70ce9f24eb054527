//! How long a file and a function may be. The tail of long functions is where every large code base regrets itself; it is
//! prevented from the first day or not at all.

use super::Fault;
use super::source::{Source, item_end, line_of};
use super::tree::Tree;

/// Lines of a file, tests included.
const FILE_LINES_MAX: usize = 500;

/// Lines of a function, from `fn` to its closing brace.
const FUNCTION_LINES_MAX: usize = 80;

/// Files written by a generator, which nobody reads from top to bottom.
const GENERATED: &[&str] = &["web/src/api/schema.d.ts"];

/// Files and functions over their limits.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let written = |path: &str| {
        [".rs", ".ts", ".vue", ".mjs"].iter().any(|ending| path.ends_with(ending)) && !GENERATED.contains(&path)
    };
    let mut faults: Vec<Fault> = tree.matching(written).filter_map(|(path, text)| file_fault(path, text)).collect();
    faults.extend(tree.rust().iter().flat_map(function_faults));
    faults
}

fn file_fault(path: &str, text: &str) -> Option<Fault> {
    let lines = text.lines().count();
    let what = format!("the file has {lines} lines, {FILE_LINES_MAX} are allowed");
    (lines > FILE_LINES_MAX).then(|| Fault::new(path, lines, what, "split it by idea: one noun or one verb per file"))
}

fn function_faults(source: &Source) -> Vec<Fault> {
    let faults = functions(&source.code).into_iter().filter(|function| function.lines > FUNCTION_LINES_MAX);
    faults
        .map(|function| {
            let what = format!("fn {} has {} lines, {FUNCTION_LINES_MAX} are allowed", function.name, function.lines);
            Fault::new(&source.path, function.line, what, "name its steps as functions; the typical one has ten lines")
        })
        .collect()
}

struct Function<'a> {
    name: &'a str,
    line: usize,
    lines: usize,
}

/// Every `fn` with a body, nested ones too.
fn functions(code: &str) -> Vec<Function<'_>> {
    let starts = code.match_indices("fn ").filter(|(at, _)| {
        let before = code[..*at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
    });
    starts
        .filter_map(|(at, _)| {
            let name = code[at + 3..].trim_start();
            let name_end = name.find(|c: char| !c.is_alphanumeric() && c != '_')?;
            let end = item_end(code, at)?;
            let has_name_and_body = name_end > 0 && code.as_bytes().get(end) == Some(&b'}');
            let line = line_of(code, at);
            has_name_and_body.then(|| Function { name: &name[..name_end], line, lines: line_of(code, end) - line + 1 })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function_of(lines: usize) -> String {
        format!("/// Long.\nfn long(a: [u8; 4]) {{\n{}}}\n", "    step();\n".repeat(lines - 2))
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> =
            faults(&Tree::sample(&[("crates/guancheng/src/a.rs", text)])).into_iter().map(|f| f.what).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_function_of_eighty_lines_passes_and_one_more_does_not() {
        check(&function_of(80), &[]);
        check(&function_of(81), &["fn long has 81 lines, 80 are allowed"]);
    }

    #[test]
    fn declarations_and_function_types_have_no_length() {
        let text = format!("trait A {{ fn a(&self);\n{}fn b() {{}} }}\ntype F = fn (u8);\n", "\n".repeat(100));
        check(&text, &[]);
    }

    #[test]
    fn a_file_over_the_limit_is_a_fault() {
        check(&"\n".repeat(500), &[]);
        check(&"\n".repeat(501), &["the file has 501 lines, 500 are allowed"]);
    }

    #[test]
    fn generated_files_are_not_measured() {
        let long = "\n".repeat(900);
        assert_eq!(faults(&Tree::sample(&[("web/src/api/schema.d.ts", &long)])), []);
        assert_eq!(faults(&Tree::sample(&[("web/src/a.vue", &long)])).len(), 1);
    }
}
