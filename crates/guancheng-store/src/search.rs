//! Words to find cases by. Chinese has no spaces and its words are mostly two characters, so runs of it are cut into
//! overlapping pairs: 路灯不亮 → 路灯 灯不 不亮 亮. A searched run becomes a phrase of its pairs; a single character
//! becomes a prefix, which the last character of a run stands alone for. Digits beside Chinese belong to its run, for
//! house numbers (3号) and dates (2014年) are searched as they are written; digits alone are searched both ways.

use crate::limits::SEARCH_CHARS_MAX;

/// A run of characters of one kind.
#[derive(Debug, PartialEq, Eq)]
enum Run {
    Pairs(Vec<char>),
    Word(String),
}

/// The tokens of a text, separated by spaces, as they are indexed.
pub(crate) fn tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for run in runs(text) {
        match run {
            Run::Word(word) => push(&mut out, word.chars()),
            Run::Pairs(chars) => {
                for pair in chars.windows(2) {
                    push(&mut out, pair.iter().copied());
                }
                push(&mut out, chars.last().copied().into_iter());
            }
        }
    }
    out
}

/// The full-text expression that finds all of `text`; `None` when nothing in it can be searched for.
pub(crate) fn expression(text: &str) -> Option<String> {
    let cut: String = text.chars().take(SEARCH_CHARS_MAX).collect();
    let terms: Vec<String> = runs(&cut).into_iter().map(term).collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

fn term(run: Run) -> String {
    match run {
        Run::Word(word) if word.len() > 1 && is_digits(&word) => {
            format!("(\"{word}\" * OR \"{}\")", pairs(&word.chars().collect::<Vec<_>>()))
        }
        Run::Word(word) => format!("\"{word}\" *"),
        Run::Pairs(chars) if chars.len() == 1 => format!("\"{}\" *", chars.iter().collect::<String>()),
        Run::Pairs(chars) => format!("\"{}\"", pairs(&chars)),
    }
}

fn pairs(chars: &[char]) -> String {
    let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
    pairs.join(" ")
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|c| c.is_ascii_digit())
}

fn push(out: &mut String, token: impl Iterator<Item = char>) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.extend(token);
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Option<Run>> = Vec::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match (runs.last_mut(), kind(c)) {
            (_, Kind::Gap) => runs.push(None),
            (Some(Some(Run::Pairs(chars))), Kind::Pair | Kind::Digit) => chars.push(c),
            (Some(Some(Run::Word(word))), Kind::Word | Kind::Digit) => word.push(c),
            (Some(Some(run @ Run::Word(_))), Kind::Pair) if run.is_number() => run.join(c),
            (_, Kind::Pair) => runs.push(Some(Run::Pairs(vec![c]))),
            (_, Kind::Word | Kind::Digit) => runs.push(Some(Run::Word(c.to_string()))),
        }
    }
    runs.into_iter().flatten().collect()
}

impl Run {
    fn is_number(&self) -> bool {
        matches!(self, Run::Word(word) if is_digits(word))
    }

    /// Makes a number the beginning of a run of pairs.
    fn join(&mut self, c: char) {
        if let Run::Word(word) = self {
            *self = Run::Pairs(word.chars().chain([c]).collect());
        }
    }
}

enum Kind {
    Pair,
    Word,
    Digit,
    Gap,
}

fn kind(c: char) -> Kind {
    let pair = matches!(u32::from(c), 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff);
    match c.is_alphanumeric() {
        true if pair => Kind::Pair,
        true if c.is_ascii_digit() => Kind::Digit,
        true => Kind::Word,
        false => Kind::Gap,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_into_pairs_and_words() {
        let check = |text: &str, expected: &str| assert_eq!(tokens(text), expected);
        check("路灯不亮", "路灯 灯不 不亮 亮");
        check("AJ20140926-000123 中原路3号", "aj20140926 000123 中原 原路 路3 3号 号");
        check("2014年 LED灯 k3路", "20 01 14 4年 年 led 灯 k3 路");
        check("", "");
        check("！？ *\"'", "");
    }

    #[test]
    fn a_search_is_a_phrase_or_a_prefix() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(expression(text).as_deref(), expected);
        check("路灯不亮", Some("\"路灯 灯不 不亮\""));
        check("灯", Some("\"灯\" *"));
        check("aj2014 路灯", Some("\"aj2014\" * AND \"路灯\""));
        check("嵩山路12号", Some("\"嵩山 山路 路1 12 2号\""));
        check("2014", Some("(\"2014\" * OR \"20 01 14\")"));
        check("\" OR 1", Some("\"or\" * AND \"1\" *"));
        check("  -- ", None);
    }
}
