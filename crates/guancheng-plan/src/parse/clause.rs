//! Sentences and clauses of a text. What stands in quotes, brackets and book titles is never cut.

use super::glyph::{ends_clause, ends_sentence, is_separator};
use super::number;

/// A clause: start and end, without the separators around it.
pub type Span = [usize; 2];

/// A quotation that does not close within so many characters is a misprint and protects nothing.
const QUOTE_MAX: usize = 160;

/// Sentences from `start` on, each a list of clauses; clauses without a word are left out.
pub fn sentences(chars: &[char], start: usize) -> Vec<Vec<Span>> {
    let mut all = Vec::new();
    let mut sentence = Vec::new();
    let mut from = start;
    let mut at = start;
    while let Some(&c) = chars.get(at) {
        if let Some(close) = quotation(chars, at) {
            at = close + 1;
            continue;
        }
        let cuts = ends_sentence(c) || (ends_clause(c) && !number::thousands(chars, at.saturating_sub(4), at));
        if cuts {
            sentence.extend(trimmed(chars, from, at));
            from = at + 1;
        }
        if is_full_stop(chars, at) {
            // A full stop of ASCII is no separator of this form; it stays with its sentence.
            sentence.extend(trimmed(chars, from, at + 1));
            from = at + 1;
        }
        if (ends_sentence(c) || is_full_stop(chars, at)) && !sentence.is_empty() {
            all.push(std::mem::take(&mut sentence));
        }
        at += 1;
    }
    sentence.extend(trimmed(chars, from, chars.len()));
    if !sentence.is_empty() {
        all.push(sentence);
    }
    all
}

/// A full stop of ASCII between Chinese characters or at the end, where plans are typed in half width.
fn is_full_stop(chars: &[char], at: usize) -> bool {
    let wide = |c: &char| *c > '\u{2e7f}';
    let before = at.checked_sub(1).and_then(|place| chars.get(place));
    matches!(chars.get(at), Some('.'))
        && before.is_some_and(|c| wide(c) || matches!(c, '%' | ')'))
        && chars.get(at + 1).is_none_or(|c| wide(c) || is_separator(*c))
}

/// The place of the mark that closes a quotation opened at `at`.
fn quotation(chars: &[char], at: usize) -> Option<usize> {
    let open = *chars.get(at)?;
    let close = match open {
        '“' => '”',
        '‘' => '’',
        '《' => '》',
        '（' | '(' => '）',
        '「' => '」',
        '【' => '】',
        '"' => '"',
        _ => return None,
    };
    let mut depth = 1usize;
    for (place, &c) in chars.iter().enumerate().skip(at + 1).take(QUOTE_MAX) {
        let closes = c == close || (close == '）' && c == ')');
        if closes {
            depth -= 1;
            if depth == 0 {
                return Some(place);
            }
        } else if c == open {
            depth += 1;
        } else if c == '\n' {
            return None;
        }
    }
    None
}

fn trimmed(chars: &[char], from: usize, to: usize) -> Option<Span> {
    let text = chars.get(from..to)?;
    let first = text.iter().position(|c| !is_separator(*c))?;
    let last = text.iter().rposition(|c| !is_separator(*c))?;
    Some([from + first, from + last + 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&[&str]]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<Vec<String>> = sentences(&chars, 0)
            .iter()
            .map(|sentence| sentence.iter().map(|[from, to]| chars[*from..*to].iter().collect()).collect())
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn clauses() {
        check("甲乙,丙丁。戊己；庚辛。\u{a0}", &[&["甲乙", "丙丁"], &["戊己", "庚辛"]]);
        check("按照“甲,乙。丙”标准，丁", &[&["按照“甲,乙。丙”标准", "丁"]]);
        check("更换1,200盏，改造2，修缮", &[&["更换1,200盏", "改造2", "修缮"]]);
        check("未闭合的“引号，也要切开。", &[&["未闭合的“引号", "也要切开"]]);
        check("，。；", &[]);
    }
}
