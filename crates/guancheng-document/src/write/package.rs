//! The container both office formats share: a zip of parts with their types and relations. Invariant: the same parts give
//! the same bytes, since the entries carry the zero date of the format and stand in the order they were put in.

use std::io::{Cursor, Write};

use guancheng_base::Instant;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::error::WriteError;
use super::xml::Xml;

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A relation from one part to another, or to an address outside.
pub struct Relation {
    /// Its id inside the part, e.g. `rId1`.
    pub id: String,
    /// The last word of its type, e.g. `styles`.
    pub kind: &'static str,
    /// Where it leads.
    pub target: Target,
}

/// Where a relation leads.
pub enum Target {
    /// A part, relative to the folder of the one that relates.
    Part(String),
    /// An address.
    Address(String),
}

/// The relations of one part.
pub fn relations(relations: &[Relation]) -> String {
    let mut xml = Xml::document();
    xml.open("Relationships", &[("xmlns", RELATIONS)]);
    for Relation { id, kind, target } in relations {
        let kind = format!("{OFFICE}/{kind}");
        match target {
            Target::Part(part) => xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", part)]),
            Target::Address(url) => {
                xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", url), ("TargetMode", "External")])
            }
        };
    }
    xml.finish()
}

/// What the properties of a file say.
pub struct Properties<'a> {
    /// The title.
    pub title: &'a str,
    /// Who made it.
    pub author: Option<&'a str>,
    /// When.
    pub created: Instant,
}

/// A file being put together.
#[derive(Default)]
pub struct Package {
    entries: Vec<(String, Vec<u8>, CompressionMethod)>,
    types: Vec<(String, &'static str)>,
}

impl Package {
    /// Adds a part whose type stands in the list of types.
    pub fn part(&mut self, name: &str, kind: &'static str, text: String) {
        self.types.push((format!("/{name}"), kind));
        self.entry(name, text.into_bytes(), CompressionMethod::Deflated);
    }

    /// Adds the relations of a part: `name` is that of the relations' own entry.
    pub fn relations(&mut self, name: &str, list: &[Relation]) {
        self.entry(name, relations(list).into_bytes(), CompressionMethod::Deflated);
    }

    /// Adds bytes that are compressed already and whose type follows from the ending.
    pub fn picture(&mut self, name: &str, bytes: &[u8]) {
        self.entry(name, bytes.to_vec(), CompressionMethod::Stored);
    }

    /// Adds the properties and the relations of the package to `main`, and writes it: the list of types first, since
    /// that is how the kind of the file is recognised.
    pub fn finish(mut self, main: &str, properties: &Properties) -> Result<Vec<u8>, WriteError> {
        self.part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core(properties));
        self.entry("_rels/.rels", root(main).into_bytes(), CompressionMethod::Deflated);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let types = ("[Content_Types].xml".to_owned(), types(&self.types).into_bytes(), CompressionMethod::Deflated);
        for (name, bytes, method) in std::iter::once(types).chain(self.entries) {
            let options =
                SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
            zip.start_file(name, options).map_err(container)?;
            zip.write_all(&bytes).map_err(|error| WriteError::Container(error.to_string()))?;
        }
        Ok(zip.finish().map_err(container)?.into_inner())
    }

    fn entry(&mut self, name: &str, bytes: Vec<u8>, method: CompressionMethod) {
        self.entries.push((name.to_owned(), bytes, method));
    }
}

fn container(error: zip::result::ZipError) -> WriteError {
    WriteError::Container(error.to_string())
}

fn types(parts: &[(String, &'static str)]) -> String {
    let mut xml = Xml::document();
    xml.open("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
    let endings = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("jpeg", "image/jpeg"),
    ];
    for (ending, kind) in endings {
        xml.empty("Default", &[("Extension", ending), ("ContentType", kind)]);
    }
    for (name, kind) in parts {
        xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
    }
    xml.finish()
}

fn root(main: &str) -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let main_kind = format!("{OFFICE}/officeDocument");
    let mut xml = Xml::document();
    xml.open("Relationships", &[("xmlns", RELATIONS)]);
    xml.empty("Relationship", &[("Id", "rId1"), ("Type", &main_kind), ("Target", main)]);
    xml.empty("Relationship", &[("Id", "rId2"), ("Type", core), ("Target", "docProps/core.xml")]);
    xml.finish()
}

fn core(properties: &Properties) -> String {
    let created = Instant(properties.created.0.div_euclid(1000) * 1000).to_rfc3339_utc();
    let mut xml = Xml::document();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    xml.leaf("dc:title", &[], properties.title);
    if let Some(author) = properties.author {
        xml.leaf("dc:creator", &[], author);
    }
    for name in ["dcterms:created", "dcterms:modified"] {
        xml.leaf(name, &[("xsi:type", "dcterms:W3CDTF")], &created);
    }
    xml.finish()
}
