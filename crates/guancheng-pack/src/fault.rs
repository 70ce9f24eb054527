//! What is wrong with a pack: every fault at once, each with its place in the file and advice, rendered the way
//! rustc renders an error. Invariant: rendering never fails and never depends on the machine.

use std::{fmt, ops::Range, sync::Arc};

/// How wide a rendered source line may get; longer lines are cut around the place.
const LINE_COLUMNS_MAX: usize = 110;

/// One file of a pack as it was read.
#[derive(Debug)]
pub struct SourceFile {
    /// Path inside the pack, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// A place in a file: a range of bytes.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Bytes in its text.
    pub span: Range<usize>,
}

/// Whether a fault keeps the pack from loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack does not load.
    Error,
    /// The pack loads; somebody should look.
    Warning,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Whether it stops the load.
    pub severity: Severity,
    /// What is wrong, without a full stop.
    pub message: String,
    /// Where; none when the fault is the absence of a file.
    pub spot: Option<Spot>,
    /// What would be right.
    pub advice: Vec<String>,
}

/// Everything that is wrong with a pack, in the order of files and lines.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Fault {
    /// An error at `spot`.
    pub fn error(spot: impl Into<Option<Spot>>, message: impl Into<String>) -> Self {
        Fault { severity: Severity::Error, message: message.into(), spot: spot.into(), advice: Vec::new() }
    }

    /// A warning at `spot`.
    pub fn warning(spot: impl Into<Option<Spot>>, message: impl Into<String>) -> Self {
        Fault { severity: Severity::Warning, ..Fault::error(spot, message) }
    }

    /// File, line and column.
    fn line_column(&self) -> Option<(&str, usize, usize)> {
        let spot = self.spot.as_ref()?;
        let (line, column) = spot.line_column();
        Some((spot.file.path.as_str(), line, column))
    }

    /// The same with one more piece of advice.
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice.push(advice.into());
        self
    }

    /// The same with `advice` if there is any.
    pub fn advise_maybe(mut self, advice: Option<String>) -> Self {
        self.advice.extend(advice);
        self
    }
}

impl Faults {
    /// Puts `faults` into the order a reader meets them: by file, then by place.
    pub fn sorted(mut faults: Vec<Fault>) -> Self {
        faults.sort_by_cached_key(|f| {
            let at = f.spot.as_ref().map(|s| (s.file.path.clone(), s.span.start));
            (at, f.severity, f.message.clone())
        });
        faults.dedup_by(|a, b| a.message == b.message && a.line_column() == b.line_column());
        Faults(faults)
    }

    /// All faults.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// How many keep the pack from loading.
    pub fn error_count(&self) -> usize {
        self.0.iter().filter(|f| f.severity == Severity::Error).count()
    }

    /// How many are warnings.
    pub fn warning_count(&self) -> usize {
        self.0.len() - self.error_count()
    }

    /// Whether nothing is wrong at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.0 {
            writeln!(f, "{fault}")?;
        }
        let (errors, warnings) = (self.error_count(), self.warning_count());
        write!(f, "{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings))
    }
}

impl std::error::Error for Faults {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(f, "{word}: {}", self.message)?;
        let mut gutter = String::from(" ");
        if let Some(spot) = &self.spot {
            gutter = spot.write(f)?;
        }
        for advice in &self.advice {
            writeln!(f, "{gutter} = help: {advice}")?;
        }
        Ok(())
    }
}

impl Spot {
    /// (line, column), both from 1, the column in characters.
    pub fn line_column(&self) -> (usize, usize) {
        let before = self.file.text.get(..self.span.start).unwrap_or(&self.file.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    /// Writes the arrow, the source line and the caret; returns the gutter for what follows.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> Result<String, fmt::Error> {
        let (line, column) = self.line_column();
        let number = line.to_string();
        let gutter = " ".repeat(number.len());
        writeln!(f, "{gutter}--> {}:{line}:{column}", self.file.path)?;
        let source = self.file.text.lines().nth(line - 1).unwrap_or("");
        let marked = self.file.text.get(self.span.clone()).unwrap_or("").lines().next().unwrap_or("");
        let shown = cut(source, column - 1, marked.chars().count());
        writeln!(f, "{gutter} |")?;
        writeln!(f, "{number} | {}", shown.text)?;
        writeln!(f, "{gutter} | {}{}", " ".repeat(shown.indent), "^".repeat(shown.marked.max(1)))?;
        Ok(gutter)
    }
}

/// A source line made to fit, with the place of the caret in columns of a terminal.
struct Shown {
    text: String,
    indent: usize,
    marked: usize,
}

/// Cuts `line` around the `marked` characters from `start` on, so that they stay in sight.
fn cut(line: &str, start: usize, marked: usize) -> Shown {
    let chars: Vec<char> = line.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
    let first = start.saturating_sub(LINE_COLUMNS_MAX / 2);
    let first = if columns(&chars) <= LINE_COLUMNS_MAX { 0 } else { first };
    let mut text = String::from(if first > 0 { "…" } else { "" });
    let mut width = text.chars().count();
    let (mut indent, mut under) = (width, 0);
    for (at, &c) in chars.iter().enumerate().skip(first) {
        if width + column(c) > LINE_COLUMNS_MAX {
            text.push('…');
            break;
        }
        text.push(c);
        width += column(c);
        if at < start {
            indent = width;
        } else if at < start + marked {
            under += column(c);
        }
    }
    Shown { text: text.trim_end().to_owned(), indent, marked: under }
}

fn columns(chars: &[char]) -> usize {
    chars.iter().map(|&c| column(c)).sum()
}

/// Columns a character takes in a terminal: Chinese characters and full-width forms take two.
fn column(c: char) -> usize {
    match u32::from(c) {
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF01..=0xFF60 => 2,
        0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// The nearest of `known` to `word`, as advice; none when nothing is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let limit = (word.chars().count() / 3).max(1);
    let scored = known.into_iter().filter(|k| *k != word).map(|k| (distance(word, k), k));
    let (far, best) = scored.min()?;
    (far <= limit).then(|| format!("did you mean `{best}`?"))
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cb, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let up = *cell;
            let best = (diagonal + usize::from(ca != *cb)).min(up + 1).min(left + 1);
            diagonal = up;
            left = best;
            *cell = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, marked: &str, expect: Expect) {
        let start = text.find(marked).unwrap();
        let file = Arc::new(SourceFile { path: "a.toml".into(), text: text.into() });
        let spot = Spot { file, span: start..start + marked.len() };
        expect.assert_eq(&Fault::error(spot, "wrong").advise("do right").to_string());
    }

    #[test]
    fn the_caret_stands_under_chinese() {
        check(
            "x = 1\ntitle = \"部件\" # 说明\n",
            "\"部件\"",
            expect![[r#"
                error: wrong
                 --> a.toml:2:9
                  |
                2 | title = "部件" # 说明
                  |         ^^^^^^
                  = help: do right
            "#]],
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}here{}", "一二三四五六七八九十".repeat(9), "x".repeat(200));
        check(
            &text,
            "here",
            expect![[r#"
                error: wrong
                 --> a.toml:1:91
                  |
                1 | …六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九…
                  |                                                                                                              ^
                  = help: do right
            "#]],
        );
    }

    #[test]
    fn names_suggest_their_neighbours() {
        let known = ["dispatch", "feed_back", "close"];
        let seen = ["dispach", "feedback", "closed", "open"].map(|w| nearest(w, known));
        expect![[r#"
            [
                Some(
                    "did you mean `dispatch`?",
                ),
                Some(
                    "did you mean `feed_back`?",
                ),
                Some(
                    "did you mean `close`?",
                ),
                None,
            ]
        "#]]
        .assert_debug_eq(&seen);
    }
}
