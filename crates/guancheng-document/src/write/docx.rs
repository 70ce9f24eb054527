//! A paper as a .docx file, in the look of an official document: A4, margins and sizes after GB/T 9704-2012 (title 22 pt
//! centred, headings in Hei and Kai, body in Fangsong 16 pt on lines of 28 pt, page number between dashes). The fonts are
//! named by their Chinese names with the English one beside, so that any office program finds its own.

mod body;
mod parts;
mod table;

use super::error::WriteError;
use super::package::{Package, Properties, Relation, Target};
use super::page::{Orientation, Page};
use super::picture::Kind;

/// A twentieth of a point, the unit of this format: 1 mm = 1440 / 25.4 = 56.69.
const TWIPS_PER_1000_MM: u32 = 56_693;

/// The sheet and the room for text on it, in twips.
#[derive(Clone, Copy)]
struct Sheet {
    width: u32,
    height: u32,
    /// Top, right, bottom, left.
    margins: [u32; 4],
    orientation: Orientation,
}

impl Sheet {
    fn of(orientation: Orientation) -> Self {
        let (width, height, margins) = match orientation {
            // GB/T 9704-2012, 5.2: 37 mm above, 28 mm at the binding edge, 156 mm × 225 mm of text.
            Orientation::Portrait => (210, 297, [37, 26, 35, 28]),
            // A ledger needs the width; the binding edge is above.
            Orientation::Landscape => (297, 210, [28, 20, 20, 20]),
        };
        Sheet { width: twips(width), height: twips(height), margins: margins.map(twips), orientation }
    }

    fn text_width(self) -> u32 {
        self.width - self.margins[1] - self.margins[3]
    }

    fn text_height(self) -> u32 {
        self.height - self.margins[0] - self.margins[2]
    }
}

fn twips(mm: u32) -> u32 {
    (mm * TWIPS_PER_1000_MM + 500) / 1000
}

/// The paper as a file. The same page gives the same bytes.
///
/// # Errors
/// A row with more cells than columns, a picture that is none, or more columns than a table may have.
pub fn docx(page: &Page) -> Result<Vec<u8>, WriteError> {
    let sheet = Sheet::of(page.orientation);
    let body = body::write(page, sheet)?;
    let mut package = Package::default();
    let texts = [
        body.document,
        parts::styles(&page.lang),
        parts::settings(),
        parts::fonts(),
        parts::numbering(&body.lists),
        parts::footer(),
    ];
    let mut relations = Vec::new();
    for (index, ((name, kind), text)) in parts::KINDS.iter().zip(texts).enumerate() {
        package.part(&format!("word/{name}.xml"), kind, text);
        if index > 0 {
            let kind = if *name == "footer1" { "footer" } else { name };
            relations.push(Relation { id: format!("rId{index}"), kind, target: Target::Part(format!("{name}.xml")) });
        }
    }
    for (index, (kind, bytes)) in body.pictures.iter().enumerate() {
        let name = picture_name(*kind, index);
        package.picture(&format!("word/{name}"), bytes);
        relations.push(Relation { id: picture_id(index), kind: "image", target: Target::Part(name) });
    }
    for (index, url) in body.links.into_iter().enumerate() {
        relations.push(Relation { id: link_id(index), kind: "hyperlink", target: Target::Address(url) });
    }
    package.relations("word/_rels/document.xml.rels", &relations);
    let properties = Properties { title: &page.title, author: page.author.as_deref(), created: page.created };
    package.finish("word/document.xml", &properties)
}

fn picture_name(kind: Kind, index: usize) -> String {
    format!("media/image{}.{}", index + 1, kind.ending())
}

fn picture_id(index: usize) -> String {
    format!("rIdPicture{}", index + 1)
}

fn link_id(index: usize) -> String {
    format!("rIdLink{}", index + 1)
}
