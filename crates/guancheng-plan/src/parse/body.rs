//! The lines of one item: what is text, what is a note of offices, and how the two stood.

use super::glyph::{is_blank, length};
use super::label::{self, Label, What};
use super::lines::Line;
use super::office;
use crate::document::{Item, Part, Piece};

/// No name of an office is longer; a longer value is prose behind a word that looks like a label.
const NAME_MAX: usize = 40;

/// A note of offices without a label has at most so many characters.
const NOTE_MAX: usize = 80;

/// A stretch of a line that is a note of offices, with its labels.
#[derive(Debug)]
struct Note {
    start: usize,
    end: usize,
    values: Vec<(Label, String)>,
}

/// Whether a line holds a note of offices.
pub fn has_note(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    !notes(&chars).is_empty()
}

/// Takes the offices of all notes in a cell; whether there were any.
pub fn take_notes(item: &mut Item, text: &str, year: i32) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let notes = notes(&chars);
    for (label, value) in notes.iter().flat_map(|note| &note.values) {
        office::take(item, label, value, year);
    }
    !notes.is_empty()
}

/// Whether the whole line is a note of offices.
pub fn is_note(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let notes = notes(&chars);
    let first = notes.first().map(|note| note.start);
    let end = notes.last().map_or(0, |note| note.end);
    first.is_some_and(|start| is_ornament(chars.get(..start).unwrap_or_default()))
        && is_ornament(chars.get(end..).unwrap_or_default())
}

/// Adds a line to the item.
pub fn add_line(item: &mut Item, line: &Line, year: i32) {
    let chars: Vec<char> = line.text.chars().collect();
    let first = item.layout.is_empty();
    let mut lead = if first { line.indent.clone() } else { format!("\n{}", line.indent) };
    let mut at = 0;
    for note in notes(&chars) {
        if is_ornament(chars.get(at..note.start).unwrap_or_default()) {
            let words = printed(&chars, &line.wraps, at, note.end);
            if at == 0 {
                raw(item, &lead);
            }
            add_note(item, words, &note, year);
        } else {
            let text = chars.get(at..note.start).unwrap_or_default();
            let keep = text.iter().rposition(|c| !is_blank(*c)).map_or(0, |place| place + 1);
            add_text(item, &lead, text.get(..keep).unwrap_or_default(), &shifted(&line.wraps, at, at + keep));
            raw(item, &printed(&chars, &line.wraps, at + keep, note.start));
            let words = printed(&chars, &line.wraps, note.start, note.end);
            add_note(item, words, &note, year);
        }
        at = note.end;
        lead = line.wraps.iter().find(|(place, _)| *place == at).map_or(String::new(), |(_, wrap)| wrap.clone());
    }
    let rest = chars.get(at..).unwrap_or_default();
    if at > 0 && is_ornament(rest) {
        let words = printed(&chars, &line.wraps, at, chars.len());
        match item.office_lines.last_mut() {
            Some(last) if matches!(item.layout.last(), Some(Piece::Office(_))) => last.push_str(&words),
            _ => raw(item, &words),
        }
    } else {
        add_text(item, &lead, rest, &shifted(&line.wraps, at, chars.len()));
    }
}

/// A stretch as it was printed, the wraps at its start and inside it too.
fn printed(chars: &[char], wraps: &[(usize, String)], from: usize, to: usize) -> String {
    let mut out = String::new();
    let mut at = from;
    for (place, wrap) in wraps.iter().filter(|(place, _)| *place >= from && *place < to && *place > 0) {
        out.extend(chars.get(at..*place).unwrap_or_default());
        out.push_str(wrap);
        at = *place;
    }
    out.extend(chars.get(at..to).unwrap_or_default());
    out
}

/// Wraps that lie between `from` and `to`, counted from `from`.
fn shifted(wraps: &[(usize, String)], from: usize, to: usize) -> Vec<(usize, String)> {
    wraps.iter().filter(|(at, _)| *at > from && *at < to).map(|(at, text)| (at - from, text.clone())).collect()
}

fn add_note(item: &mut Item, words: String, note: &Note, year: i32) {
    item.layout.push(Piece::Office(item.office_lines.len()));
    item.office_lines.push(words);
    for (label, value) in &note.values {
        office::take(item, label, value, year);
    }
}

fn raw(item: &mut Item, text: &str) {
    if !text.is_empty() {
        item.layout.push(Piece::Raw(text.to_owned()));
    }
}

/// Adds text; paragraphs of an item are joined by a line feed that belongs to the text.
pub fn add_text(item: &mut Item, lead: &str, text: &[char], wraps: &[(usize, String)]) {
    let mut start = text_end(item);
    match lead.strip_prefix('\n') {
        Some(indent) if start > 0 => {
            item.text.push('\n');
            item.layout.push(Piece::Text([start, start + 1]));
            raw(item, indent);
            start += 1;
        }
        _ => raw(item, lead),
    }
    let mut from = 0;
    for (at, wrap) in wraps {
        item.layout.push(Piece::Text([start + from, start + at]));
        raw(item, wrap);
        from = *at;
    }
    item.layout.push(Piece::Text([start + from, start + text.len()]));
    item.text.extend(text);
}

/// Where the text of the item ends, in characters; counting it again per line would take quadratic time.
fn text_end(item: &Item) -> usize {
    let ends =
        item.layout.iter().rev().filter_map(|piece| if let Piece::Text([_, end]) = piece { Some(*end) } else { None });
    ends.take(1).next().unwrap_or(0)
}

/// Bullets, brackets, numerals of a sub-point and marks: nothing that promises.
fn is_ornament(chars: &[char]) -> bool {
    let text: String = chars.iter().collect();
    let rest = super::numeral::read(&text).map_or(text.as_str(), |numeral| super::numeral::after(&text, numeral));
    rest.chars().all(|c| {
        is_blank(c)
            || c.is_ascii_punctuation()
            || matches!(
                c,
                '。' | '，'
                    | '；'
                    | '、'
                    | '）'
                    | '（'
                    | '】'
                    | '【'
                    | '•'
                    | '·'
                    | '●'
                    | '■'
                    | '◆'
                    | '—'
                    | '○'
                    | '▲'
                    | '★'
                    | '：'
                    | '］'
                    | '〕'
            )
    })
}

/// The notes of a line, in order.
fn notes(chars: &[char]) -> Vec<Note> {
    let labels = label::find(chars);
    if labels.is_empty() {
        return unlabelled(chars).into_iter().collect();
    }
    if label::is_imprint(&chars.iter().take(200).collect::<String>()) {
        return Vec::new();
    }
    let mut notes: Vec<Note> = Vec::new();
    let mut open_until = 0;
    for (n, label) in labels.iter().enumerate() {
        let next = labels.get(n + 1).map_or(chars.len(), |next| next.start);
        if label.opened.is_some() {
            open_until = closing(chars, label.start).map_or(0, |at| at + 1);
        }
        let inside = label.start < open_until;
        let limit = if inside { next.min(open_until - 1) } else { next };
        let end = value_end(chars, label.value, limit);
        let value: String = chars.get(label.value..end).unwrap_or_default().iter().collect();
        if office::split(&value).iter().any(|name| length(name) > NAME_MAX) {
            continue;
        }
        let close = if inside && next >= open_until { open_until } else { end };
        match notes
            .last_mut()
            .filter(|note| is_ornament(chars.get(note.end..label.start).unwrap_or(&['字'])) || label.start < note.end)
        {
            Some(note) => {
                note.end = close.max(note.end);
                note.values.push((label.clone(), value));
            }
            None => notes.push(Note { start: label.start, end: close, values: vec![(label.clone(), value)] }),
        }
    }
    notes
}

/// A bracket at the end of a line that names offices without a label: （市容科牵头，停车科配合）, （环卫处）。
fn unlabelled(chars: &[char]) -> Option<Note> {
    let close = chars
        .iter()
        .rposition(|c| !is_blank(*c) && *c != '。')
        .filter(|at| matches!(chars.get(*at), Some('）' | ')')))?;
    let from = close.saturating_sub(NOTE_MAX);
    let open = (from..close).rev().scan(1usize, |depth, at| {
        match chars.get(at) {
            Some('）' | ')') => *depth += 1,
            Some('（' | '(') => *depth -= 1,
            _ => {}
        }
        Some((at, *depth))
    });
    let (start, _) = open.into_iter().find(|(_, depth)| *depth == 0)?;
    let value: String = chars.get(start + 1..close)?.iter().collect();
    let names = office::split(&value);
    let marked = names.last().is_some_and(|name| office::part_mark(name).is_some());
    let sentence = start.checked_sub(1).and_then(|at| chars.get(at)).is_some_and(|c| *c == '。' || is_blank(*c));
    let offices = !names.is_empty() && names.iter().all(|name| office::is_office(name));
    let label = Label {
        what: What::Offices(Part::Responsible),
        words: "负责".to_owned(),
        start,
        value: start + 1,
        opened: chars.get(start).copied(),
    };
    (offices && (marked || sentence)).then(|| Note { start, end: close + 1, values: vec![(label, value)] })
}

/// The bracket that closes the one at `open`.
fn closing(chars: &[char], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    chars.iter().enumerate().skip(open).take(600).find_map(|(at, c)| {
        match c {
            '（' | '(' | '【' | '[' | '〔' | '［' => depth += 1,
            '）' | ')' | '】' | ']' | '〕' | '］' => depth = depth.saturating_sub(1),
            _ => return None,
        }
        (depth == 0).then_some(at)
    })
}

/// A value ends with its sentence where more text follows it.
fn value_end(chars: &[char], from: usize, limit: usize) -> usize {
    let mut depth = 0usize;
    for (at, c) in chars.iter().enumerate().take(limit).skip(from) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    limit
}
