//! The styles of a workbook: as many as its formats need, numbered in the order of their first use.

use super::super::cell::Format;
use super::super::xml::Xml;
use super::NAMESPACE;

/// The first number that a format of our own may have.
const OWN_FORMATS: usize = 164;

/// How one cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The head.
    Head,
    /// A cell in a format.
    Plain(Format),
    /// Text that leads somewhere.
    Link,
}

/// The looks that are in use.
#[derive(Default)]
pub struct Styles {
    looks: Vec<Look>,
}

impl Styles {
    /// The number of a look, for the attribute `s`. 0 is the look of cells that nobody wrote.
    pub fn number(&mut self, look: Look) -> usize {
        let known = self.looks.iter().position(|other| *other == look);
        let index = known.unwrap_or_else(|| {
            self.looks.push(look);
            self.looks.len() - 1
        });
        index + 1
    }

    /// `styles.xml`.
    pub fn finish(self) -> String {
        let mut xml = Xml::document();
        xml.open("styleSheet", &[NAMESPACE]);
        let count = self.looks.len().to_string();
        if !self.looks.is_empty() {
            xml.open("numFmts", &[("count", &count)]);
            for (index, look) in self.looks.iter().enumerate() {
                let id = (OWN_FORMATS + index).to_string();
                xml.empty("numFmt", &[("numFmtId", &id), ("formatCode", &code(*look))]);
            }
            xml.close();
        }
        xml.raw(FIXED);
        xml.open("cellXfs", &[("count", &(self.looks.len() + 1).to_string())]);
        xml.raw("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>");
        for (index, look) in self.looks.iter().enumerate() {
            cell_format(&mut xml, *look, OWN_FORMATS + index);
        }
        xml.close();
        xml.raw("<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>");
        xml.finish()
    }
}

fn cell_format(xml: &mut Xml, look: Look, id: usize) {
    let (font, fill) = match look {
        Look::Head => ("1", "2"),
        Look::Link => ("2", "0"),
        Look::Plain(_) => ("0", "0"),
    };
    let id = id.to_string();
    let attributes = [
        ("numFmtId", id.as_str()),
        ("fontId", font),
        ("fillId", fill),
        ("borderId", "1"),
        ("xfId", "0"),
        ("applyNumberFormat", "1"),
        ("applyFont", "1"),
        ("applyFill", "1"),
        ("applyBorder", "1"),
        ("applyAlignment", "1"),
    ];
    xml.open("xf", &attributes);
    xml.raw(match look {
        Look::Head => "<alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/>",
        Look::Link | Look::Plain(Format::Text) => "<alignment vertical=\"top\" wrapText=\"1\"/>",
        Look::Plain(_) => "<alignment vertical=\"top\"/>",
    });
    xml.close();
}

fn code(look: Look) -> String {
    match look {
        Look::Head | Look::Link | Look::Plain(Format::Text) => "@".to_owned(),
        Look::Plain(Format::Integer) => "#,##0".to_owned(),
        Look::Plain(Format::Decimal(places)) => format!("#,##0{}", digits(places)),
        Look::Plain(Format::Percent(places)) => format!("0{}%", digits(places)),
        Look::Plain(Format::Date) => "yyyy\\-mm\\-dd".to_owned(),
    }
}

/// The format has at most 30 digits after the point; more than 15 never show anything.
fn digits(places: u8) -> String {
    if places == 0 { String::new() } else { format!(".{}", "0".repeat(usize::from(places.min(15)))) }
}

/// Fonts (body, head, link), fills (the first two belong to the format), borders.
const FIXED: &str = concat!(
    "<fonts count=\"3\"><font><sz val=\"11\"/><name val=\"宋体\"/><charset val=\"134\"/></font>",
    "<font><b/><sz val=\"11\"/><name val=\"黑体\"/><charset val=\"134\"/></font>",
    "<font><u/><sz val=\"11\"/><color rgb=\"FF0B5394\"/><name val=\"宋体\"/><charset val=\"134\"/></font></fonts>",
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>",
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7EBF0\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>",
    "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border>",
    "<left style=\"thin\"><color rgb=\"FFB7BDC6\"/></left><right style=\"thin\"><color rgb=\"FFB7BDC6\"/></right>",
    "<top style=\"thin\"><color rgb=\"FFB7BDC6\"/></top><bottom style=\"thin\"><color rgb=\"FFB7BDC6\"/></bottom><diagonal/>",
    "</border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
);
