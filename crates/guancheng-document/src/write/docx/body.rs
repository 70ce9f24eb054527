//! The text of a paper: `document.xml`, and what it refers to.

use super::super::error::WriteError;
use super::super::link;
use super::super::page::{Block, Level, ListKind, Orientation, Page, Picture, Run, Weight};
use super::super::picture::{self, Kind};
use super::super::xml::{Xml, clean};
use super::{Sheet, link_id, picture_id, table, twips};

/// English metric units, in which pictures are measured, in a twip: 914400 / 1440.
const EMU_PER_TWIP: u64 = 635;

/// What the text refers to and what is to be put beside it.
#[derive(Default)]
pub struct Body<'a> {
    /// The part itself.
    pub document: String,
    /// Pictures in the order of their numbers.
    pub pictures: Vec<(Kind, &'a [u8])>,
    /// Addresses in the order of their numbers.
    pub links: Vec<String>,
    /// The lists in the order of their numbers.
    pub lists: Vec<ListKind>,
}

/// Writes the text of a page.
pub fn write(page: &Page, sheet: Sheet) -> Result<Body<'_>, WriteError> {
    let mut writer = Writer { xml: Xml::document(), body: Body::default(), sheet };
    writer.xml.open(
        "w:document",
        &[
            ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
            ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
            ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
            ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
            ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
        ],
    );
    writer.xml.open("w:body", &[]);
    writer.line("Title", &page.title);
    for (style, line) in [("Subtitle", &page.subtitle), ("DocumentNumber", &page.number)] {
        if let Some(line) = line {
            writer.line(style, line);
        }
    }
    for block in &page.blocks {
        writer.block(block)?;
    }
    writer.section();
    let Writer { xml, mut body, .. } = writer;
    body.document = xml.finish();
    Ok(body)
}

/// The text being written.
pub struct Writer<'a> {
    pub(super) xml: Xml,
    pub(super) body: Body<'a>,
    pub(super) sheet: Sheet,
}

impl<'a> Writer<'a> {
    fn block(&mut self, block: &'a Block) -> Result<(), WriteError> {
        match block {
            Block::Heading(level, text) => self.line(heading_style(*level), text),
            Block::Paragraph(runs) => self.paragraph("BodyText", runs),
            Block::List(kind, items) => self.list(*kind, items),
            Block::Table(table) => table::table(self, table)?,
            Block::Facts(pairs) => table::facts(self, pairs),
            Block::Signatures(signatures) => table::signatures(self, signatures),
            Block::Picture(picture) => self.picture(picture)?,
            Block::PageBreak => {
                self.xml.raw("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
            }
            Block::Footnote(runs) => self.paragraph("SmallPrint", runs),
        }
        Ok(())
    }

    /// A paragraph of one plain text.
    pub(super) fn line(&mut self, style: &str, text: &str) {
        self.start(style);
        self.run(text, Weight::Plain);
        self.xml.close();
    }

    /// Opens a paragraph.
    pub(super) fn start(&mut self, style: &str) {
        self.xml.open("w:p", &[]).open("w:pPr", &[]).empty("w:pStyle", &[("w:val", style)]).close();
    }

    fn paragraph(&mut self, style: &str, runs: &[Run]) {
        self.start(style);
        self.runs(runs);
        self.xml.close();
    }

    fn runs(&mut self, runs: &[Run]) {
        for Run { text, weight } in runs {
            self.run(text, *weight);
        }
    }

    /// Text in the open paragraph.
    pub(super) fn run(&mut self, text: &str, weight: Weight) {
        self.xml.open("w:r", &[]);
        if weight == Weight::Bold {
            self.xml.raw("<w:rPr><w:b/><w:bCs/></w:rPr>");
        }
        self.characters(text);
        self.xml.close();
    }

    fn characters(&mut self, text: &str) {
        let text = clean(text);
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.xml.empty("w:br", &[]);
            }
            for (index, piece) in line.split('\t').enumerate() {
                if index > 0 {
                    self.xml.empty("w:tab", &[]);
                }
                if !piece.is_empty() {
                    self.xml.leaf("w:t", &[("xml:space", "preserve")], piece);
                }
            }
        }
    }

    /// Text that leads somewhere, in the open paragraph.
    pub(super) fn link(&mut self, text: &str, url: &str) {
        let Some(url) = link::address(url) else { return self.run(text, Weight::Plain) };
        let id = link_id(self.body.links.len());
        self.body.links.push(url);
        self.xml.open("w:hyperlink", &[("r:id", &id)]).open("w:r", &[]);
        self.xml.raw("<w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr>");
        self.characters(text);
        self.xml.close().close();
    }

    fn list(&mut self, kind: ListKind, items: &[Vec<Run>]) {
        self.body.lists.push(kind);
        let id = self.body.lists.len().to_string();
        for runs in items {
            self.xml.open("w:p", &[]).open("w:pPr", &[]).empty("w:pStyle", &[("w:val", "ListParagraph")]);
            self.xml.open("w:numPr", &[]).empty("w:ilvl", &[("w:val", "0")]).empty("w:numId", &[("w:val", &id)]);
            self.xml.close().close();
            self.runs(runs);
            self.xml.close();
        }
    }

    fn picture(&mut self, picture: &'a Picture) -> Result<(), WriteError> {
        let none = || WriteError::Picture { caption: picture.caption.clone() };
        let (kind, width, height) = picture::look(&picture.bytes).ok_or_else(none)?;
        let (width, height) = fitted(self.sheet, picture.width_mm, width, height);
        let index = self.body.pictures.len();
        self.body.pictures.push((kind, &picture.bytes));
        self.xml.open("w:p", &[]);
        self.xml.raw("<w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr>").open("w:r", &[]).open("w:drawing", &[]);
        drawing(&mut self.xml, index, &picture.caption, (&width.to_string(), &height.to_string()));
        self.xml.close().close().close();
        if !picture.caption.is_empty() {
            self.line("Caption", &picture.caption);
        }
        Ok(())
    }

    fn section(&mut self) {
        let Sheet { width, height, margins, orientation } = self.sheet;
        let [width, height] = [width, height].map(|n| n.to_string());
        let [top, right, bottom, left] = margins.map(|n| n.to_string());
        self.xml.open("w:sectPr", &[]).empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId5")]);
        let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
        if orientation == Orientation::Landscape {
            size.push(("w:orient", "landscape"));
        }
        self.xml.empty("w:pgSz", &size);
        let edge = twips(15).to_string();
        self.xml.empty(
            "w:pgMar",
            &[
                ("w:top", &top),
                ("w:right", &right),
                ("w:bottom", &bottom),
                ("w:left", &left),
                ("w:header", &edge),
                ("w:footer", &edge),
                ("w:gutter", "0"),
            ],
        );
        self.xml.close();
    }
}

fn heading_style(level: Level) -> &'static str {
    match level {
        Level::One => "Heading1",
        Level::Two => "Heading2",
        Level::Three => "Heading3",
    }
}

/// Width and height in EMU: as wide as wished, never beyond the room for text, in the proportions of the picture.
fn fitted(sheet: Sheet, width_mm: u16, width: u32, height: u32) -> (u64, u64) {
    // A caption and its space below a picture of full height: 20 mm.
    let room = u64::from(sheet.text_height().saturating_sub(twips(20)));
    let (pixels_x, pixels_y) = (u64::from(width), u64::from(height));
    let wide = u64::from(twips(u32::from(width_mm.max(1))).min(sheet.text_width()));
    let high = wide * pixels_y / pixels_x;
    let (wide, high) = if high > room { (room * pixels_x / pixels_y, room) } else { (wide, high) };
    (wide.max(1) * EMU_PER_TWIP, high.max(1) * EMU_PER_TWIP)
}

fn drawing(xml: &mut Xml, index: usize, caption: &str, (width, height): (&str, &str)) {
    let number = (index + 1).to_string();
    let name = format!("picture {number}");
    let identity = [("id", number.as_str()), ("name", name.as_str()), ("descr", caption)];
    let size = [("cx", width), ("cy", height)];
    let id = picture_id(index);
    xml.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
    xml.empty("wp:extent", &size).empty("wp:docPr", &identity);
    xml.raw("<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>");
    xml.open("a:graphic", &[]);
    xml.open("a:graphicData", &[("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")]);
    xml.open("pic:pic", &[]).open("pic:nvPicPr", &[]).empty("pic:cNvPr", &identity).empty("pic:cNvPicPr", &[]).close();
    xml.open("pic:blipFill", &[]).empty("a:blip", &[("r:embed", &id)]);
    xml.raw("<a:stretch><a:fillRect/></a:stretch>").close();
    xml.open("pic:spPr", &[]).open("a:xfrm", &[]).raw("<a:off x=\"0\" y=\"0\"/>").empty("a:ext", &size).close();
    xml.raw("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
    xml.close().close().close().close().close();
}
