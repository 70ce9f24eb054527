//! Numerals that a word processor counts itself: they stand in no text and are made here as it shows them.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::docx::{local, value};

/// Levels that a list can have.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    lists: BTreeMap<String, Vec<Level>>,
    abstract_of: BTreeMap<String, String>,
    style_list: BTreeMap<String, (String, usize)>,
    counted: BTreeMap<String, Vec<u32>>,
}

impl Numbering {
    /// Reads word/numbering.xml and the lists that styles name; what is broken in them counts nothing.
    pub fn read(numbering: &str, styles: &str) -> Self {
        let mut found = Numbering::default();
        found.read_lists(numbering);
        found.read_styles(styles);
        found
    }

    fn read_lists(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        let (mut list, mut level, mut num) = (String::new(), 0usize, String::new());
        while let Ok(event) = reader.read_event() {
            let (Event::Start(element) | Event::Empty(element)) = event else {
                if matches!(event, Event::Eof) { break } else { continue }
            };
            let name = element.name();
            match local(name.as_ref()) {
                "abstractNum" => list = value(&element, "abstractNumId").unwrap_or_default(),
                "lvl" => {
                    level = value(&element, "ilvl").and_then(|n| n.parse().ok()).unwrap_or(0).min(LEVELS - 1);
                    let levels = self.lists.entry(list.clone()).or_default();
                    levels.resize(levels.len().max(level + 1), Level::default());
                }
                "start" => self.set(&list, level, |l, v| l.start = v.parse().unwrap_or(1), value(&element, "val")),
                "numFmt" => self.set(&list, level, |l, v| l.format = v, value(&element, "val")),
                "lvlText" => self.set(&list, level, |l, v| l.text = v, value(&element, "val")),
                "num" => num = value(&element, "numId").unwrap_or_default(),
                "abstractNumId" => {
                    self.abstract_of.insert(num.clone(), value(&element, "val").unwrap_or_default());
                }
                _ => {}
            }
        }
    }

    fn set(&mut self, list: &str, level: usize, put: impl Fn(&mut Level, String), value: Option<String>) {
        if let (Some(level), Some(value)) = (self.lists.get_mut(list).and_then(|levels| levels.get_mut(level)), value) {
            put(level, value);
        }
    }

    fn read_styles(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        let (mut style, mut level) = (String::new(), 0usize);
        while let Ok(event) = reader.read_event() {
            let (Event::Start(element) | Event::Empty(element)) = event else {
                if matches!(event, Event::Eof) { break } else { continue }
            };
            let name = element.name();
            match local(name.as_ref()) {
                "style" => {
                    style = value(&element, "styleId").unwrap_or_default();
                    level = 0;
                }
                "ilvl" => level = value(&element, "val").and_then(|n| n.parse().ok()).unwrap_or(0),
                "numId" => {
                    if let Some(id) = value(&element, "val") {
                        self.style_list.insert(style.clone(), (id, level));
                    }
                }
                _ => {}
            }
        }
    }

    /// The numeral of the next paragraph; empty for one without a list, for a bullet and for an empty paragraph.
    pub fn next(&mut self, own: Option<(String, usize)>, style: Option<&str>, shown: bool) -> String {
        let by_style = style.and_then(|style| self.style_list.get(style)).cloned();
        let (id, level) = match own {
            Some((id, level)) if id.is_empty() => match by_style {
                Some((id, _)) => (id, level),
                None => return String::new(),
            },
            Some(own) => own,
            None => match by_style {
                Some(found) => found,
                None => return String::new(),
            },
        };
        let Some(levels) = self.abstract_of.get(&id).and_then(|list| self.lists.get(list)).filter(|_| shown) else {
            return String::new();
        };
        let Some(own) = levels.get(level).filter(|own| own.format != "bullet" && own.format != "none") else {
            return String::new();
        };
        let counts = self
            .counted
            .entry(self.abstract_of.get(&id).cloned().unwrap_or_default())
            .or_insert_with(|| vec![0; LEVELS]);
        let start = own.start.max(1);
        if let Some(count) = counts.get_mut(level) {
            *count = if *count == 0 { start } else { count.saturating_add(1) };
        }
        counts.iter_mut().skip(level + 1).for_each(|count| *count = 0);
        let mut text = own.text.clone();
        for at in 0..=level {
            let count = counts.get(at).copied().unwrap_or(1).max(1);
            let format = levels.get(at).map_or("decimal", |level| level.format.as_str());
            text = text.replace(&format!("%{}", at + 1), &numeral(count, format));
        }
        text
    }
}

fn numeral(count: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "chineseLegalSimplified"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(count),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&count) => {
            char::from_u32(0x2460 + count - 1).map_or(count.to_string(), String::from)
        }
        _ => count.to_string(),
    }
}

/// Chinese numerals up to 99; no list of a plan is longer.
fn chinese(count: u32) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| digits.get(n as usize).copied().unwrap_or("");
    match (count / 10, count % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens @ 2..=9, ones) => format!("{}十{}", digit(tens), digit(ones)),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted_as_they_are_shown() {
        let xml = r#"<w:numbering><w:abstractNum w:abstractNumId="3">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
            </w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>"#;
        let mut numbering = Numbering::read(xml, "");
        let mut next = |level| numbering.next(Some(("7".to_owned(), level)), None, true);
        let shown: Vec<String> = [0, 1, 1, 0, 1].into_iter().map(&mut next).collect();
        assert_eq!(shown, ["一、", "（一）", "（二）", "二、", "（一）"]);
        assert_eq!(chinese(48), "四十八");
    }
}
