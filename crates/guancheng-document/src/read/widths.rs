//! How wide the characters of a PDF's font are, in thousandths of their height.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

/// More widths than any font has.
const ENTRIES_MAX: usize = 200_000;

/// The widths of a font.
#[derive(Debug, Default)]
pub struct Widths {
    /// Bytes of one code.
    bytes: usize,
    default: f32,
    by_code: BTreeMap<u32, f32>,
}

impl Widths {
    /// The widths that a font declares by the codes in which text is written; `None` where it does not.
    pub fn of(document: &Document, font: &Dictionary) -> Option<Self> {
        let kind = font.get(b"Subtype").and_then(Object::as_name).ok()?;
        if kind == b"Type0" { composite(document, font) } else { simple(document, font) }
    }

    /// The width of a string in heights of a character.
    pub fn of_text(&self, bytes: &[u8]) -> f32 {
        let codes =
            bytes.chunks(self.bytes.max(1)).map(|code| code.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)));
        codes.map(|code| self.by_code.get(&code).copied().unwrap_or(self.default)).sum::<f32>() / 1000.0
    }
}

fn simple(document: &Document, font: &Dictionary) -> Option<Widths> {
    let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).ok()?;
    let list = font.get_deref(b"Widths", document).and_then(Object::as_array).ok()?;
    let code = |at: usize| u32::try_from(first).ok()?.checked_add(u32::try_from(at).ok()?);
    let by_code =
        list.iter().take(256).enumerate().filter_map(|(at, width)| Some((code(at)?, width.as_float().ok()?))).collect();
    Some(Widths { bytes: 1, default: 500.0, by_code })
}

/// A composite font writes two bytes a character; only where they are its own numbers do its widths go by them.
fn composite(document: &Document, font: &Dictionary) -> Option<Widths> {
    let own =
        matches!(font.get_deref(b"Encoding", document).and_then(Object::as_name), Ok(b"Identity-H" | b"Identity-V"));
    let parts = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok().filter(|_| own)?;
    let (_, part) = document.dereference(parts.first()?).ok()?;
    let part = part.as_dict().ok()?;
    let default = part.get_deref(b"DW", document).and_then(Object::as_float).unwrap_or(1000.0);
    let mut widths = Widths { bytes: 2, default, by_code: BTreeMap::new() };
    let list = part.get_deref(b"W", document).and_then(Object::as_array).map_or([].as_slice(), Vec::as_slice);
    let mut at = 0;
    // `first [w w …]` or `first last w`.
    while let Some(first) = list.get(at).and_then(|first| u32::try_from(first.as_i64().ok()?).ok()) {
        let next = list.get(at + 1).and_then(|next| document.dereference(next).ok()).map(|(_, next)| next);
        match next {
            Some(Object::Array(each)) => {
                let pairs = (first..).zip(each).filter_map(|(code, width)| Some((code, width.as_float().ok()?)));
                widths.by_code.extend(pairs);
                at += 2;
            }
            Some(last) => {
                let last =
                    last.as_i64().ok().and_then(|last| u32::try_from(last).ok())?.min(first.saturating_add(65_535));
                let width = list.get(at + 2)?.as_float().ok()?;
                widths.by_code.extend((first..=last).map(|code| (code, width)));
                at += 3;
            }
            None => break,
        }
        if widths.by_code.len() > ENTRIES_MAX {
            break;
        }
    }
    Some(widths)
}
