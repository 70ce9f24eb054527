//! A stream of elements and texts. Namespaces are dropped: the transitional and the strict form of the format differ in
//! nothing else that matters here. Entities that a document declares are never expanded.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::error::SheetError;

/// What comes next.
pub enum Piece<'a> {
    /// An element begins.
    Start(BytesStart<'a>),
    /// An element without content.
    Empty(BytesStart<'a>),
    /// An element ends; its local name.
    End(String),
    /// Text.
    Text(String),
}

/// A part being read.
pub struct Stream<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
}

impl<'a> Stream<'a> {
    /// Reads `text`, which is the part of that name.
    pub fn new(text: &'a str, part: &'a str) -> Self {
        Stream { reader: Reader::from_str(text), part }
    }

    /// The next piece, or `None` at the end.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>, SheetError> {
        loop {
            let event = self.reader.read_event().map_err(|_| self.damaged())?;
            return Ok(Some(match event {
                Event::Start(element) => Piece::Start(element),
                Event::Empty(element) => Piece::Empty(element),
                Event::End(element) => Piece::End(local(element.name().as_ref()).to_owned()),
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => Piece::Text(self.entity(&name)?),
                Event::Eof => return Ok(None),
                Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => continue,
            }));
        }
    }

    fn entity(&self, name: &quick_xml::events::BytesRef<'_>) -> Result<String, SheetError> {
        if let Some(c) = name.resolve_char_ref().map_err(|_| self.damaged())? {
            return Ok(c.to_string());
        }
        let text: &str = name;
        quick_xml::escape::resolve_predefined_entity(text).map(str::to_owned).ok_or_else(|| self.damaged())
    }

    /// The error that says that this part is damaged.
    pub fn damaged(&self) -> SheetError {
        SheetError::Damaged { part: self.part.to_owned() }
    }
}

/// The name without its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The local name of an element.
pub fn name<'e>(element: &'e BytesStart<'_>) -> &'e str {
    let full = element.name();
    local(full.into_inner())
}

/// The value of an attribute by its local name.
pub fn attribute(element: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| local(attribute.key.as_ref()) == key)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}
