//! Names of sheets as every office program takes them.

use std::collections::BTreeSet;

/// The longest name, in UTF-16 units.
const UNITS_MAX: usize = 31;

/// The names, cleaned and made different, in their order. Case does not make a difference.
pub fn clean<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    names.map(|name| unlike(&plain(name), &mut taken)).collect()
}

/// Without the characters that stand for something in a reference, and without quotes at the ends.
fn plain(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if "[]:*?/\\".contains(c) || c.is_control() || is_noncharacter(c) { ' ' } else { c })
        .collect();
    let trimmed = kept.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    let cut = cut(trimmed, UNITS_MAX);
    let name = cut.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    // "History" belongs to the programs themselves.
    if name.is_empty() || name.eq_ignore_ascii_case("history") { format!("{name}1") } else { name.to_owned() }
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

fn unlike(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2_usize;
    while !taken.insert(candidate.to_lowercase()) {
        let tail = format!(" {number}");
        candidate = format!("{}{tail}", cut(name, UNITS_MAX - tail.len()).trim_end_matches('\''));
        number += 1;
    }
    candidate
}

/// The longest beginning of at most `units` UTF-16 units.
fn cut(text: &str, units: usize) -> String {
    let mut left = units;
    text.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], expect: &[&str]) {
        assert_eq!(clean(names.iter().copied()), expect);
    }

    #[test]
    fn names_are_cleaned_and_differ() {
        check(&["台账", "台账", "台账"], &["台账", "台账 2", "台账 3"]);
        check(&["'a/b:c'", "A B C"], &["a b c", "A B C 2"]);
        check(&["", "  ", "history"], &["1", "1 2", "history1"]);
        check(
            &["一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三"],
            &["一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"],
        );
        check(&["😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"], &["😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"]);
    }
}
