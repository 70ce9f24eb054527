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
    /// How many characters the text has.
    pub size: usize,
    /// What stood at a wrap, by offset in `text`: the line end and the blanks of the next line.
    pub wraps: Vec<(usize, String)>,
}

/// Lines between full ones differ by at most this: a mark that may not begin a line hangs over or moves down.
const RAGGED: usize = 4;
/// A document wrapped narrower or wider than this is not wrapped by a machine.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=240;
/// A note of offices that is wrapped began at most so many characters before.
const NOTE_MAX: usize = 90;
/// The blanks with which a paragraph begins.
const PARAGRAPH: &str = "\u{3000}\u{3000}";
/// A line of offices has at most so many characters.
const OFFICES_MAX: usize = 600;
/// A numeral on a line of its own has at most so many characters.
const NUMERAL_MAX: usize = 8;
/// A line of prose is at least this long; a shorter one without an end is a title or a name.
const PROSE_MIN: usize = 15;

/// The logical lines of a text.
pub fn logical(text: &str) -> Vec<Line> {
    let printed: Vec<&str> = text.split(['\n', '\u{c}', '\u{2028}', '\u{2029}', '\u{b}']).collect();
    let wrap = wrap_of(&printed);
    let mut lines: Vec<Line> = Vec::new();
    let mut open = false;
    let mut last = "";
    for raw in printed {
        let body = raw.trim_start_matches(is_blank);
        if body.is_empty() {
            open = lines.last().is_some_and(is_bare_numeral);
            continue;
        }
        let indent = raw.get(..raw.len() - body.len()).unwrap_or_default();
        match lines.last_mut().filter(|line| open && goes_on(line, last, indent, body, wrap)) {
            // Between names of offices the blank at a wrap may be their separator.
            Some(line) if indent != PARAGRAPH && note_is_open(&line.text) => {
                line.wraps.push((line.size, "\n".to_owned()));
                line.size += length(raw);
                line.text.push_str(raw);
            }
            Some(line) => {
                line.wraps.push((line.size, format!("\n{indent}")));
                line.size += length(body);
                line.text.push_str(body);
            }
            None => lines.push(Line {
                text: body.to_owned(),
                indent: indent.to_owned(),
                size: length(body),
                wraps: Vec::new(),
            }),
        }
        open = true;
        last = raw;
    }
    lines
}

/// Columns on a page: full-width characters take two.
fn columns(line: &str) -> usize {
    line.trim_end_matches(is_blank).chars().map(|c| 1 + usize::from(c > '\u{7f}' && c != '\u{a0}')).sum()
}

/// How long a line is.
type Measure = fn(&str) -> usize;

/// How a document was wrapped: after so many characters, or at so many columns with a ragged edge.
#[derive(Clone, Copy, Debug)]
struct Wrap {
    measure: Measure,
    width: usize,
    ragged: usize,
}

impl Wrap {
    fn is_full(self, line: &str) -> bool {
        (self.measure)(line) + self.ragged >= self.width
    }
}

/// The wrap of a document, if it was wrapped.
fn wrap_of(printed: &[&str]) -> Option<Wrap> {
    let ways = [(length as Measure, 0), (columns as Measure, 1), (columns as Measure, RAGGED)];
    ways.into_iter().find_map(|(measure, ragged)| {
        let shown = printed.iter().filter(|line| !line.chars().all(is_blank));
        let width = shown.clone().map(|line| measure(line)).max()?;
        let wrap = Wrap { measure, width, ragged };
        let full = shown.clone().filter(|line| wrap.is_full(line)).count();
        let broken = shown.clone().filter(|line| wrap.is_full(line) && !is_ended(line)).count();
        (WIDTHS.contains(&width) && full >= 3 && full * 5 >= shown.count() && broken * 10 >= full * 7).then_some(wrap)
    })
}

fn is_ended(line: &str) -> bool {
    let last = line.trim_end_matches(is_blank).chars().next_back();
    last.is_none_or(|c| matches!(c, '。' | '；' | ';' | '：' | ':' | '！' | '？' | '!' | '?' | '…'))
}

fn goes_on(line: &Line, last: &str, indent: &str, next: &str, wrap: Option<Wrap>) -> bool {
    if line.size <= OFFICES_MAX && is_office_line(&line.text) && open_bracket(&line.text) {
        return !starts_anew(next);
    }
    if starts_anew(next) {
        return false;
    }
    if is_bare_numeral(line) {
        return true;
    }
    if line.size <= OFFICES_MAX && is_office_line(&line.text) && is_prose_behind(&line.text, next) {
        return false;
    }
    match wrap {
        Some(wrap) => {
            let paragraph = is_ended(&line.text) && indent.chars().count() >= 2;
            wrap.is_full(last) && !paragraph
        }
        None => {
            let heading = numeral::read(&line.text).is_some() || note_is_open(&line.text);
            let closing = line.text.trim_end_matches(is_blank).chars().next_back().unwrap_or(' ');
            let prose = length_over(&line.text, PROSE_MIN)
                && !is_ended(&line.text)
                && !matches!(closing, '”' | '）' | ')' | '】' | ']');
            let comma = matches!(closing, '，' | ',' | '、');
            !is_office_line(&line.text)
                && indent.is_empty()
                && ((prose && !heading && line.text.contains(['，', ',', '。'])) || comma)
        }
    }
}

/// 第一部分 on a line of its own: the next line is its title.
fn is_bare_numeral(line: &Line) -> bool {
    line.size <= NUMERAL_MAX && numeral::read(&line.text).is_some_and(|numeral| numeral.length >= line.size)
}

/// Whether a line behind a full line of offices is prose and no more names.
fn is_prose_behind(offices: &str, next: &str) -> bool {
    next.contains('。') || (next.contains(['，', ',']) && !offices.contains(['，', ',']))
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

/// Whether a note of offices began shortly before the end of a line.
fn note_is_open(line: &str) -> bool {
    let mut tail: Vec<char> = line.chars().rev().take(NOTE_MAX).collect();
    tail.reverse();
    !label::find(&tail).is_empty()
}

fn open_bracket(text: &str) -> bool {
    text.matches(['（', '(']).count() > text.matches(['）', ')']).count()
}

/// The text with one kind of line end and without a byte-order mark.
pub fn normal(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n")
}
