//! Printed lines to logical lines: hard wraps are undone, and remembered so that the source can be written back.

use super::glyph::{is_blank, length};
use super::{label, numeral};

/// A paragraph: one or more printed lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its text without leading blanks, wraps undone.
    pub text: String,
    /// The blanks before it.
    pub indent: String,
    /// What stood at a wrap, by offset in `text`: the line end and the blanks of the next line.
    pub wraps: Vec<(usize, String)>,
}

/// Lines between full ones differ by at most this: a mark that may not begin a line hangs over or moves down.
const RAGGED: usize = 4;
/// A document wrapped narrower or wider than this is not wrapped by a machine.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=240;
/// A line of prose is at least this long; a shorter one without an end is a title or a name.
const PROSE_MIN: usize = 15;

/// The logical lines of a text.
pub fn logical(text: &str) -> Vec<Line> {
    let printed: Vec<&str> = text.split(['\n', '\u{c}', '\u{2028}', '\u{2029}', '\u{b}']).collect();
    let width = wrap_width(&printed);
    let mut lines: Vec<Line> = Vec::new();
    let mut open = false;
    let mut last_width = 0;
    for raw in printed {
        let body = raw.trim_start_matches(is_blank);
        if body.is_empty() {
            open = false;
            continue;
        }
        let indent = raw.get(..raw.len() - body.len()).unwrap_or_default();
        match lines.last_mut().filter(|line| open && goes_on(line, last_width, indent, body, width)) {
            Some(line) => {
                line.wraps.push((length(&line.text), format!("\n{indent}")));
                line.text.push_str(body);
            }
            None => lines.push(Line { text: body.to_owned(), indent: indent.to_owned(), wraps: Vec::new() }),
        }
        open = true;
        last_width = columns(raw);
    }
    lines
}

/// Columns on a page: full-width characters take two.
fn columns(line: &str) -> usize {
    line.trim_end_matches(is_blank).chars().map(|c| 1 + usize::from(c > '\u{7f}' && c != '\u{a0}')).sum()
}

/// The width at which a document was wrapped, if it was.
fn wrap_width(printed: &[&str]) -> Option<usize> {
    let widths: Vec<usize> = printed.iter().map(|line| columns(line)).filter(|width| *width > 0).collect();
    let widest = *widths.iter().max()?;
    let full = widths.iter().filter(|width| **width + RAGGED >= widest).count();
    let broken = printed.iter().filter(|line| columns(line) + RAGGED >= widest && !is_ended(line)).count();
    (WIDTHS.contains(&widest) && full >= 3 && full * 5 >= widths.len() && broken * 2 >= full).then_some(widest)
}

fn is_ended(line: &str) -> bool {
    let last = line.trim_end_matches(is_blank).chars().next_back();
    last.is_none_or(|c| matches!(c, '。' | '；' | ';' | '：' | ':' | '！' | '？' | '!' | '?' | '…'))
}

fn goes_on(line: &Line, last_width: usize, indent: &str, next: &str, width: Option<usize>) -> bool {
    if open_bracket(&line.text) && is_office_line(&line.text) {
        return !starts_anew(next);
    }
    if starts_anew(next) {
        return false;
    }
    match width {
        Some(width) => {
            let full = last_width + RAGGED >= width;
            let paragraph = is_ended(&line.text) && columns(indent) >= 2;
            full && !paragraph
        }
        None => {
            let heading = numeral::read(&line.text).is_some();
            let last = line.text.trim_end_matches(is_blank).chars().next_back().unwrap_or(' ');
            let prose = length_over(&line.text, PROSE_MIN)
                && !is_ended(&line.text)
                && !matches!(last, '”' | '）' | ')' | '】' | ']');
            let comma = matches!(last, '，' | ',' | '、');
            !is_office_line(&line.text)
                && indent.is_empty()
                && ((prose && !heading && line.text.contains(['，', ',', '。'])) || comma)
        }
    }
}

fn length_over(text: &str, least: usize) -> bool {
    text.chars().nth(least).is_some()
}

fn starts_anew(line: &str) -> bool {
    let head: Vec<char> = line.chars().take(24).collect();
    numeral::read(line).is_some()
        || label::find(&head).first().is_some_and(|label| label.start <= 1)
        || line.starts_with(['•', '●', '■', '◆'])
}

/// Whether a line begins with a label.
pub fn is_office_line(line: &str) -> bool {
    let head: Vec<char> = line.chars().take(24).collect();
    label::find(&head).first().is_some_and(|label| label.start <= 1)
}

fn open_bracket(text: &str) -> bool {
    text.matches(['（', '(']).count() > text.matches(['）', ')']).count()
}

/// The text with one kind of line end and without a byte-order mark.
pub fn normal(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n")
}
