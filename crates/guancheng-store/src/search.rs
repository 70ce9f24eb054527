//! Words to find cases by. Chinese has no spaces and its words are mostly two characters, so runs of it are cut into
//! overlapping pairs: 路灯不亮 → 路灯 灯不 不亮 亮. A searched run becomes a phrase of its pairs; a single character
//! becomes a prefix, which the last character of a run stands alone for.

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
        Run::Word(word) => format!("\"{word}\" *"),
        Run::Pairs(chars) if chars.len() == 1 => format!("\"{}\" *", chars.iter().collect::<String>()),
        Run::Pairs(chars) => {
            let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
            format!("\"{}\"", pairs.join(" "))
        }
    }
}

fn push(out: &mut String, token: impl Iterator<Item = char>) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.extend(token);
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match (runs.last_mut(), kind(c)) {
            (_, Kind::Gap) => runs.push(None),
            (Some(Some(Run::Pairs(chars))), Kind::Pair) => chars.push(c),
            (Some(Some(Run::Word(word))), Kind::Word) => word.push(c),
            (_, Kind::Pair) => runs.push(Some(Run::Pairs(vec![c]))),
            (_, Kind::Word) => runs.push(Some(Run::Word(c.to_string()))),
        }
    }
    runs.into_iter().flatten().collect()
}

enum Kind {
    Pair,
    Word,
    Gap,
}

fn kind(c: char) -> Kind {
    let pair = matches!(u32::from(c), 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff);
    match c.is_alphanumeric() {
        true if pair => Kind::Pair,
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
        check("AJ20140926-000123 中原路3号", "aj20140926 000123 中原 原路 路 3 号");
        check("", "");
        check("！？ *\"'", "");
    }

    #[test]
    fn a_search_is_a_phrase_or_a_prefix() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(expression(text).as_deref(), expected);
        check("路灯不亮", Some("\"路灯 灯不 不亮\""));
        check("灯", Some("\"灯\" *"));
        check("aj2014 路灯", Some("\"aj2014\" * AND \"路灯\""));
        check("\" OR 1", Some("\"or\" * AND \"1\" *"));
        check("  -- ", None);
    }
}
