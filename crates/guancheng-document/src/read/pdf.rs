//! A PDF: the words of each page put into lines by where they stand.

use std::collections::BTreeMap;

use lopdf::content::{Content as Operations, Operation};
use lopdf::{Dictionary, Document, Encoding, Object};

use super::page::{self, Piece};
use super::widths::Widths;
use super::{Block, Content, Format, ReadFault, UNPACKED_MAX, glyphs};

/// A plan has at most so many pages.
const PAGES_MAX: usize = 2000;
/// More pieces of text than all pages of a plan have.
const PIECES_MAX: usize = 2_000_000;
/// A gap within one operation from which on something else may stand in it, in heights of a character.
const WORD_GAP: f32 = 0.2;
/// Forms drawn within forms, at most.
const FORMS_MAX: usize = 6;

/// Reads the bytes of a PDF. The library is not trusted with hostile files: a panic in it is a broken file.
pub fn read(bytes: &[u8]) -> Result<Content, ReadFault> {
    let read = || read_pages(bytes);
    std::panic::catch_unwind(read).unwrap_or_else(|_| Err(broken("its structure cannot be followed")))
}

fn broken(detail: &str) -> ReadFault {
    ReadFault::Broken { format: "PDF", detail: detail.to_owned() }
}

fn read_pages(bytes: &[u8]) -> Result<Content, ReadFault> {
    let limit = usize::try_from(UNPACKED_MAX).unwrap_or(usize::MAX);
    let options = lopdf::LoadOptions { max_decompressed_size: Some(limit), ..lopdf::LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|fault| match fault {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => ReadFault::Locked,
        fault => broken(&fault.to_string()),
    })?;
    if document.is_encrypted() {
        return Err(ReadFault::Locked);
    }
    let pages = document.get_pages();
    let mut rows = Vec::new();
    let mut shown = Shown::default();
    for page in pages.values().take(PAGES_MAX) {
        let content = document.get_page_content_with_limit(*page, limit).map_err(|fault| broken(&fault.to_string()))?;
        let fonts = document.get_page_fonts(*page).unwrap_or_default();
        let forms = forms_of_page(&document, *page);
        shown.pieces.clear();
        shown.run(&document, &content, &fonts, &forms, limit, 0);
        rows.push(page::rows(&shown.pieces));
    }
    let text = page::paragraphs(&rows);
    if text.chars().all(char::is_whitespace) {
        return Err(if shown.unread > 0 {
            ReadFault::NoCharacters
        } else {
            ReadFault::Pictures { pages: pages.len() }
        });
    }
    let unreadable = text.chars().filter(|c| *c == '\u{fffd}' || (*c).is_control() && *c != '\n' && *c != '\t').count();
    if unreadable * 4 > text.chars().count() {
        return Err(ReadFault::NoCharacters);
    }
    let text: String = glyphs::whole(&text).chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    Ok(Content {
        format: Format::Pdf,
        blocks: vec![Block::Text(text)],
        notes: vec!["PDF中的表格按行读取，请核对。".to_owned()],
    })
}

/// The forms (drawn parts) that a page names.
fn forms_of_page(document: &Document, page: lopdf::ObjectId) -> BTreeMap<Vec<u8>, lopdf::ObjectId> {
    let Ok((own, inherited)) = document.get_page_resources(page) else { return BTreeMap::new() };
    let more = inherited.iter().filter_map(|id| document.get_dictionary(*id).ok());
    own.into_iter().chain(more).flat_map(|resources| forms_in(document, resources)).collect()
}

fn forms_in(document: &Document, resources: &Dictionary) -> Vec<(Vec<u8>, lopdf::ObjectId)> {
    let Ok(objects) = document.get_dict_in_dict(resources, b"XObject") else { return Vec::new() };
    objects.iter().filter_map(|(name, object)| object.as_reference().ok().map(|id| (name.clone(), id))).collect()
}

/// What was shown so far.
#[derive(Default)]
struct Shown {
    pieces: Vec<Piece>,
    /// Pieces whose characters are not known.
    unread: usize,
}

/// Text state: matrices, font size, leading.
struct State {
    matrix: [f32; 6],
    line: [f32; 6],
    size: f32,
    leading: f32,
    ctm: [f32; 6],
    /// The next string stands right behind the last one.
    follows: bool,
    saved: Vec<[f32; 6]>,
}

const IDENTITY: [f32; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: [f32; 6], b: [f32; 6]) -> [f32; 6] {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

impl Shown {
    fn run(
        &mut self,
        document: &Document,
        content: &[u8],
        outer: &BTreeMap<Vec<u8>, &Dictionary>,
        forms: &BTreeMap<Vec<u8>, lopdf::ObjectId>,
        limit: usize,
        depth: usize,
    ) {
        let Ok(operations) = Operations::decode(content) else { return };
        let fonts: BTreeMap<Vec<u8>, Dictionary> =
            outer.iter().map(|(name, font)| (name.clone(), readable(document, font))).collect();
        let known: BTreeMap<&[u8], Font<'_>> = fonts
            .iter()
            .filter_map(|(name, font)| {
                let widths = outer.get(name).and_then(|font| Widths::of(document, font));
                characters(document, font, limit).map(|characters| (name.as_slice(), Font { characters, widths }))
            })
            .collect();
        let mut state = State {
            matrix: IDENTITY,
            line: IDENTITY,
            size: 12.0,
            leading: 0.0,
            ctm: IDENTITY,
            follows: false,
            saved: Vec::new(),
        };
        let mut font: Option<&Font<'_>> = None;
        for operation in &operations.operations {
            if self.pieces.len() > PIECES_MAX {
                return;
            }
            state.follows = false;
            match (operation.operator.as_str(), operation.operands.first()) {
                ("Tf", Some(Object::Name(name))) => {
                    font = known.get(name.as_slice());
                    state.size = number(operation.operands.get(1)).unwrap_or(12.0);
                }
                ("Do", Some(Object::Name(name))) if depth < FORMS_MAX => {
                    if let Some(id) = forms.get(name) {
                        self.form(document, *id, outer, limit, depth);
                    }
                }
                ("Tj", Some(Object::String(bytes, _))) => self.show(font, bytes, &mut state),
                ("'", Some(Object::String(bytes, _))) => {
                    state.next_line();
                    self.show(font, bytes, &mut state);
                }
                ("\"", _) => {
                    state.next_line();
                    if let Some(Object::String(bytes, _)) = operation.operands.get(2) {
                        self.show(font, bytes, &mut state);
                    }
                }
                ("TJ", Some(Object::Array(parts))) => {
                    for part in parts {
                        match part {
                            Object::String(bytes, _) => self.show(font, bytes, &mut state),
                            part => {
                                let by = -number(Some(part)).unwrap_or(0.0) / 1000.0;
                                state.follows &= by < WORD_GAP;
                                state.advance(by * state.size);
                            }
                        }
                    }
                }
                _ => state.place(operation),
            }
        }
    }

    /// A drawn part with fonts of its own.
    fn form(
        &mut self,
        document: &Document,
        id: lopdf::ObjectId,
        outer: &BTreeMap<Vec<u8>, &Dictionary>,
        limit: usize,
        depth: usize,
    ) {
        let Some(stream) = document.get_object(id).ok().and_then(|object| object.as_stream().ok()) else { return };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form".as_slice()) {
            return;
        }
        let Ok(content) = stream.get_plain_content_with_limit(limit) else { return };
        let resources = document.get_dict_in_dict(&stream.dict, b"Resources").ok();
        let mut fonts = outer.clone();
        let own = resources.and_then(|resources| document.get_dict_in_dict(resources, b"Font").ok());
        for (name, object) in own.into_iter().flat_map(Dictionary::iter) {
            let font = document.dereference(object).ok().and_then(|(_, object)| object.as_dict().ok());
            fonts.extend(font.map(|font| (name.clone(), font)));
        }
        let forms = resources.map(|resources| forms_in(document, resources)).unwrap_or_default().into_iter().collect();
        self.run(document, &content, &fonts, &forms, limit, depth + 1);
    }

    fn show(&mut self, font: Option<&Font<'_>>, bytes: &[u8], state: &mut State) {
        let decoded = font.and_then(|font| font.characters.read(bytes));
        let Some(text) = decoded else {
            self.unread += 1;
            state.advance(bytes.len() as f32 / 2.0 * state.size);
            return;
        };
        let at = times(state.matrix, state.ctm);
        let scale = (at[0] * at[0] + at[1] * at[1]).sqrt().max(0.001);
        let columns: f32 = text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
        let declared = font.and_then(|font| font.widths.as_ref()).map(|widths| widths.of_text(bytes));
        let width = declared.filter(|width| *width > 0.0).unwrap_or(columns) * state.size;
        let piece = Piece { x: at[4], y: at[5], size: (state.size * scale).abs(), width: width * scale, text };
        // Parts of one operation follow closely: widths are estimates, and pieces placed by them could change places.
        match self.pieces.last_mut().filter(|_| state.follows) {
            Some(last) => {
                last.text.push_str(&piece.text);
                last.width += piece.width;
            }
            None => self.pieces.push(piece),
        }
        state.follows = true;
        state.advance(width);
    }
}

/// A font: its characters, and their widths where it declares them.
struct Font<'a> {
    characters: Characters<'a>,
    widths: Option<Widths>,
}

/// How the bytes of a font become characters.
enum Characters<'a> {
    /// As the library knows.
    Known(Encoding<'a>),
    /// One of the predefined maps of Chinese fonts in the bytes of GBK.
    Gbk,
}

impl Characters<'_> {
    fn read(&self, bytes: &[u8]) -> Option<String> {
        match self {
            Characters::Known(encoding) => Document::decode_text(encoding, bytes).ok(),
            Characters::Gbk => Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()),
        }
    }
}

/// A font without its named encoding where it has a map to Unicode: the map was made for reading.
fn readable(document: &Document, font: &Dictionary) -> Dictionary {
    let mut font = font.clone();
    if font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).is_ok() {
        font.remove(b"Encoding");
    }
    font
}

fn characters<'a>(document: &'a Document, font: &'a Dictionary, limit: usize) -> Option<Characters<'a>> {
    let name = font.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or_default();
    if matches!(name, b"GBK-EUC-H" | b"GBKp-EUC-H" | b"GB-EUC-H" | b"GBK2K-H" | b"GBpc-EUC-H" | b"GBK-EUC-V") {
        return Some(Characters::Gbk);
    }
    font.get_font_encoding_with_limit(document, limit).ok().map(Characters::Known)
}

fn number(object: Option<&Object>) -> Option<f32> {
    object.and_then(|object| object.as_float().ok())
}

impl State {
    fn advance(&mut self, by: f32) {
        self.matrix = times([1.0, 0.0, 0.0, 1.0, by, 0.0], self.matrix);
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.matrix = self.line;
    }

    fn next_line(&mut self) {
        self.move_line(0.0, -self.leading);
    }

    /// Operators that only move or set.
    fn place(&mut self, operation: &Operation) {
        let operand = |at: usize| number(operation.operands.get(at)).unwrap_or(0.0);
        let six = || [operand(0), operand(1), operand(2), operand(3), operand(4), operand(5)];
        match operation.operator.as_str() {
            "BT" => {
                self.matrix = IDENTITY;
                self.line = IDENTITY;
            }
            "Tm" => {
                self.line = six();
                self.matrix = self.line;
            }
            "Td" => self.move_line(operand(0), operand(1)),
            "TD" => {
                self.leading = -operand(1);
                self.move_line(operand(0), operand(1));
            }
            "T*" => self.next_line(),
            "TL" => self.leading = operand(0),
            "cm" => self.ctm = times(six(), self.ctm),
            "q" if self.saved.len() < 1024 => self.saved.push(self.ctm),
            "Q" => self.ctm = self.saved.pop().unwrap_or(self.ctm),
            _ => {}
        }
    }
}
