//! The parts around a sheet: the workbook and its relations, shared strings, and which styles show a date.

use super::error::SheetError;
use super::package::Package;
use super::value::Epoch;
use super::xml::{Piece, Stream, attribute, name};

const WORKBOOK: &str = "xl/workbook.xml";

/// The workbook: its sheets and where its parts are.
pub struct Book {
    /// Name, relation, whether it is hidden.
    sheets: Vec<(String, String, bool)>,
    /// Id, last word of the type, path.
    relations: Vec<(String, String, String)>,
    /// How it counts days.
    pub epoch: Epoch,
}

impl Book {
    /// Reads the workbook and its relations.
    pub fn read(package: &mut Package) -> Result<Self, SheetError> {
        let text = package.part(WORKBOOK)?.ok_or(SheetError::NoWorkbook)?;
        let mut book = Book { sheets: Vec::new(), relations: Vec::new(), epoch: Epoch::Of1900 };
        let mut stream = Stream::new(&text, WORKBOOK);
        while let Some(piece) = stream.next()? {
            let (Piece::Start(element) | Piece::Empty(element)) = piece else { continue };
            match name(&element) {
                "workbookPr"
                    if attribute(&element, "date1904").is_some_and(|value| value == "1" || value == "true") =>
                {
                    book.epoch = Epoch::Of1904;
                }
                "sheet" => {
                    let hidden = attribute(&element, "state").is_some_and(|state| state != "visible");
                    let title = attribute(&element, "name").unwrap_or_default();
                    // Two attributes have this local name in no case: the number is `sheetId`.
                    book.sheets.push((title, attribute(&element, "id").unwrap_or_default(), hidden));
                }
                _ => {}
            }
        }
        let path = "xl/_rels/workbook.xml.rels";
        book.relations = relations(&package.part(path)?.unwrap_or_default(), path)?;
        Ok(book)
    }

    /// Name and path of the sheet of that name, or of the first that is to be seen.
    pub fn sheet(&self, wanted: Option<&str>) -> Result<(String, String), SheetError> {
        let found = match wanted {
            Some(wanted) => self.sheets.iter().find(|(name, _, _)| name.trim() == wanted.trim()),
            None => self.sheets.iter().find(|(_, _, hidden)| !hidden).or(self.sheets.first()),
        };
        let Some((name, id, _)) = found else {
            let found = self.sheets.iter().map(|(name, _, _)| name.clone()).collect();
            return Err(SheetError::NoSheet { wanted: wanted.unwrap_or_default().to_owned(), found });
        };
        let relation = self.relations.iter().find(|(known, _, _)| known == id);
        let path =
            relation.map(|(_, _, path)| path.clone()).ok_or(SheetError::Damaged { part: WORKBOOK.to_owned() })?;
        Ok((name.clone(), path))
    }

    /// The path of the one part of a kind.
    fn path(&self, kind: &str) -> Option<&str> {
        self.relations.iter().find(|(_, known, _)| known == kind).map(|(_, _, path)| path.as_str())
    }
}

fn relations(text: &str, part: &str) -> Result<Vec<(String, String, String)>, SheetError> {
    let mut found = Vec::new();
    let mut stream = Stream::new(text, part);
    while let Some(piece) = stream.next()? {
        let (Piece::Start(element) | Piece::Empty(element)) = piece else { continue };
        if name(&element) != "Relationship" {
            continue;
        }
        let (Some(id), Some(kind), Some(target)) =
            (attribute(&element, "Id"), attribute(&element, "Type"), attribute(&element, "Target"))
        else {
            continue;
        };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        found.push((id, kind.rsplit('/').next().unwrap_or_default().to_owned(), path));
    }
    Ok(found)
}

/// The shared strings, in the order of their numbers; readings above characters are left out.
pub fn shared_strings(package: &mut Package, book: &Book) -> Result<Vec<String>, SheetError> {
    let Some(path) = book.path("sharedStrings") else { return Ok(Vec::new()) };
    let text = package.part(path)?.unwrap_or_default();
    let mut strings = Vec::new();
    let mut stream = Stream::new(&text, path);
    while let Some(piece) = stream.next()? {
        match piece {
            Piece::Start(element) if name(&element) == "si" => strings.push(rich_text(&mut stream, "si")?),
            Piece::Empty(element) if name(&element) == "si" => strings.push(String::new()),
            _ => {}
        }
    }
    Ok(strings)
}

/// The text inside an element up to its end: of its runs, without readings.
pub fn rich_text(stream: &mut Stream<'_>, end: &str) -> Result<String, SheetError> {
    let mut text = String::new();
    let (mut inside, mut readings) = (false, 0_usize);
    while let Some(piece) = stream.next()? {
        match piece {
            Piece::Start(element) => match name(&element) {
                "t" => inside = true,
                "rPh" => readings += 1,
                _ => {}
            },
            Piece::End(name) if name == end => return Ok(unescaped(&text)),
            Piece::End(name) if name == "t" => inside = false,
            Piece::End(name) if name == "rPh" => readings = readings.saturating_sub(1),
            Piece::Text(piece) if inside && readings == 0 => text.push_str(&piece),
            _ => {}
        }
    }
    Err(stream.damaged())
}

/// `_x000A_` stands for the character of that number.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, group) = rest.split_at(at);
        out.push_str(before);
        let hex = group.get(2..6).filter(|_| group.as_bytes().get(6) == Some(&b'_'));
        let digits = hex.filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = group.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = group.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// For each style, whether it shows a number as a date.
pub fn styles(package: &mut Package, book: &Book) -> Result<Vec<bool>, SheetError> {
    let Some(path) = book.path("styles") else { return Ok(Vec::new()) };
    let text = package.part(path)?.unwrap_or_default();
    let (mut own, mut dated) = (Vec::new(), Vec::new());
    let mut inside = false;
    let mut stream = Stream::new(&text, path);
    while let Some(piece) = stream.next()? {
        match piece {
            Piece::Start(element) if name(&element) == "cellXfs" => inside = true,
            Piece::End(name) if name == "cellXfs" => inside = false,
            Piece::Start(element) | Piece::Empty(element) => {
                let number = |key: &str| attribute(&element, key).and_then(|value| value.parse::<u32>().ok());
                match name(&element) {
                    "numFmt" => {
                        let code = attribute(&element, "formatCode").unwrap_or_default();
                        own.extend(number("numFmtId").map(|id| (id, shows_date(&code))));
                    }
                    "xf" if inside => {
                        let id = number("numFmtId").unwrap_or_default();
                        let known = own.iter().find(|(known, _)| *known == id).map(|(_, date)| *date);
                        dated.push(known.unwrap_or_else(|| built_in_date(id)));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    Ok(dated)
}

/// ECMA-376, part 1, 18.8.30: the built-in formats of dates, and those that East Asian programs add.
fn built_in_date(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// True if the code of a format has a year or a day outside quotes, brackets and escapes.
fn shows_date(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '[' => drop(chars.by_ref().find(|c| *c == ']')),
            '\\' | '_' | '*' => drop(chars.next()),
            'y' | 'Y' | 'd' | 'D' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_a_date() {
        for code in ["yyyy\\-mm\\-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]d mmm"] {
            assert!(shows_date(code), "{code}");
        }
        for code in ["General", "#,##0.00", "[Red]0", "0\"day\"", "0_d", "h:mm", "\"day"] {
            assert!(!shows_date(code), "{code}");
        }
    }

    #[test]
    fn escapes_are_characters() {
        assert_eq!(unescaped("a_x000A_b_x005F_x0041_c_x_xZZZZ_é_x12"), "a\nb_x0041_c_x_xZZZZ_é_x12");
    }
}
