//! A Rust file seen twice: as written, and as code only. In the code view every comment, string and character literal
//! is blanked with spaces, so that a rule about code never fires on prose and lines keep their numbers.

/// One source file with both views.
pub struct Source {
    /// Path from the root of the repository, with `/`.
    pub path: String,
    /// The text as written.
    pub text: String,
    /// The same text with comments and literals blanked; equal in bytes per line for ASCII, equal in lines always.
    pub code: String,
    /// True if the whole file is test code.
    pub is_test: bool,
}

impl Source {
    /// Reads a text as Rust.
    pub fn rust(path: &str, text: &str) -> Source {
        let folder = |part: &str| part == "tests" || part == "benches" || part == "examples";
        let is_test = path.split('/').any(folder) || path.ends_with("/tests.rs");
        Source { path: path.to_owned(), text: text.to_owned(), code: code_view(text), is_test }
    }

    /// Paths of the files that this one declares under `#[cfg(test)]`: `mod properties;` is `properties.rs` or a folder.
    pub fn test_modules(&self) -> Vec<String> {
        let (folder, file) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let below = match file.strip_suffix(".rs") {
            Some("lib" | "main" | "mod") | None => folder.to_owned(),
            Some(stem) => format!("{folder}/{stem}"),
        };
        let declared = self.code.match_indices("#[cfg(test)]").filter_map(|(at, mark)| {
            let rest = self.code[at + mark.len()..].trim_start().strip_prefix("mod ")?;
            let name = rest.split([';', '{', ' ']).next()?;
            Some(format!("{below}/{name}"))
        });
        declared.collect()
    }

    /// The name of the crate folder under `crates/`, or `xtask`; empty for anything else.
    pub fn crate_name(&self) -> &str {
        match self.path.strip_prefix("crates/") {
            Some(rest) => rest.split('/').next().unwrap_or_default(),
            None if self.path.starts_with("xtask/") => "xtask",
            None => "",
        }
    }

    /// True for each line (from 0) that is test code: in a file of tests, or inside an item under `#[cfg(test)]`.
    pub fn test_lines(&self) -> Vec<bool> {
        let lines = self.code.lines().count();
        let mut marks = vec![self.is_test; lines];
        for (at, _) in self.code.match_indices("#[cfg(test)]") {
            let Some(end) = item_end(&self.code, at) else { continue };
            let (first, last) = (line_of(&self.code, at), line_of(&self.code, end));
            marks.iter_mut().take(last).skip(first - 1).for_each(|mark| *mark = true);
        }
        marks
    }
}

/// The line (from 1) of a byte position.
pub fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count()
}

/// The position of the brace or semicolon that ends the item starting at `at`; `None` if the text ends first.
pub fn item_end(code: &str, at: usize) -> Option<usize> {
    let (mut round, mut curly) = (0_i32, 0_i32);
    for (offset, byte) in code.bytes().enumerate().skip(at) {
        match byte {
            b'(' | b'[' => round += 1,
            b')' | b']' => round -= 1,
            b'{' => curly += 1,
            b'}' => {
                curly -= 1;
                if curly <= 0 {
                    return Some(offset);
                }
            }
            b';' if round == 0 && curly == 0 => return Some(offset),
            _ => {}
        }
    }
    None
}

/// Blanks comments and literals.
pub fn code_view(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let end = match literal_end(&chars, at) {
            Some(end) => end,
            None => {
                out.push(c);
                at += 1;
                continue;
            }
        };
        chars[at..end].iter().for_each(|c| out.push(if *c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    out
}

/// Where the comment or literal that begins at `at` ends; `None` if none begins there.
fn literal_end(chars: &[char], at: usize) -> Option<usize> {
    let next = chars.get(at + 1).copied();
    match chars.get(at)? {
        '/' if next == Some('/') => Some(find(chars, at, |c| c == '\n')),
        '/' if next == Some('*') => Some(block_comment_end(chars, at)),
        '"' => Some(string_end(chars, at + 1)),
        'r' if is_word_start(chars, at) && matches!(next, Some('"' | '#')) => raw_string_end(chars, at + 1),
        '\'' => char_end(chars, at),
        _ => None,
    }
}

/// True if no identifier runs into position `at` (a `b` of `br"…"` does not count).
fn is_word_start(chars: &[char], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| chars.get(at)).copied();
    match before(1) {
        Some('b' | 'c') => !before(2).is_some_and(is_word),
        Some(c) => !is_word(c),
        None => true,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn find(chars: &[char], from: usize, stop: impl Fn(char) -> bool) -> usize {
    chars.iter().skip(from).position(|c| stop(*c)).map_or(chars.len(), |found| from + found)
}

fn block_comment_end(chars: &[char], at: usize) -> usize {
    let (mut depth, mut at) = (0, at);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 1;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    chars.len()
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 1,
            '"' => return at + 1,
            _ => {}
        }
        at += 1;
    }
    chars.len()
}

/// `at` is behind the `r`; `None` for a raw identifier such as `r#type`.
fn raw_string_end(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars.iter().skip(at).take_while(|c| **c == '#').count();
    let open = at + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let mut end = open + 1;
    while end < chars.len() {
        let closes =
            chars[end] == '"' && chars.iter().skip(end + 1).take(hashes).filter(|c| **c == '#').count() == hashes;
        if closes {
            return Some(end + 1 + hashes);
        }
        end += 1;
    }
    Some(chars.len())
}

/// A character literal; `None` for a lifetime or a label.
fn char_end(chars: &[char], at: usize) -> Option<usize> {
    match (chars.get(at + 1)?, chars.get(at + 2)?) {
        ('\\', _) => Some((find(chars, at + 3, |c| c == '\'') + 1).min(chars.len())),
        (_, '\'') => Some(at + 3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(code_view(text), expect);
    }

    #[test]
    fn prose_is_blanked_and_code_is_kept() {
        check("a // b\nc", "a     \nc");
        check("a /* b /* c */ d */ e", "a                   e");
        check(r#"f("x\"y", z)"#, "f(      , z)");
        check(r###"f(r#"a " b"#, c)"###, "f(          , c)");
        check("r#type + 1", "r#type + 1");
        check("'a' 'b: '\\n' &'a str", "    'b:      &'a str");
        check("\"two\nlines\" x", "    \n       x");
    }

    #[test]
    fn test_code_is_known_by_attribute_and_by_folder() {
        let inline =
            Source::rust("crates/x/src/a.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}\nfn c() {}\n");
        assert_eq!(inline.test_lines(), [false, true, true, true, true, false]);
        let folder = Source::rust("crates/x/tests/it/main.rs", "fn a() {}\n");
        assert_eq!(folder.test_lines(), [true]);
        assert_eq!(folder.crate_name(), "x");
    }
}
