//! A workbook as an .xlsx file: a styled head that stays in sight and repeats in print, widths, a filter over all columns.
//! Text is always text: it is written inline and in the text format, so that neither opening nor editing a cell makes a
//! formula of it.

mod names;
mod sheet;
mod styles;

use super::book::{Sheet, Workbook};
use super::error::WriteError;
use super::package::{Package, Properties, Relation, Target};
use super::xml::Xml;

const NAMESPACE: (&str, &str) = ("xmlns", "http://schemas.openxmlformats.org/spreadsheetml/2006/main");
const RELATION_NAMESPACE: (&str, &str) =
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");

/// Sheets of one workbook; more cannot be found among their tabs.
const SHEETS_MAX: usize = 255;

/// The workbook as a file. The same workbook gives the same bytes.
///
/// # Errors
/// A row with more cells than columns, a text over 32,767 characters, more sheets, rows or columns than the format has.
pub fn xlsx(workbook: &Workbook) -> Result<Vec<u8>, WriteError> {
    let count = workbook.sheets.len();
    if count > SHEETS_MAX {
        return Err(WriteError::TooMany { table: workbook.title.clone(), what: "sheets", count, limit: SHEETS_MAX });
    }
    let empty = [Sheet { name: String::new(), fields: Vec::new(), rows: Vec::new() }];
    let sheets = if workbook.sheets.is_empty() { empty.as_slice() } else { workbook.sheets.as_slice() };
    let names = names::clean(sheets.iter().map(|sheet| sheet.name.as_str()));
    let mut styles = styles::Styles::default();
    let mut package = Package::default();
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    package.part("xl/workbook.xml", main, book(sheets, &names));
    let mut relations = Vec::new();
    for (index, sheet) in sheets.iter().enumerate() {
        let number = index + 1;
        let written = sheet::write(sheet, index, &mut styles)?;
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
        package.part(&format!("xl/worksheets/sheet{number}.xml"), kind, written.text);
        if !written.links.is_empty() {
            package.relations(&format!("xl/worksheets/_rels/sheet{number}.xml.rels"), &written.links);
        }
        let target = Target::Part(format!("worksheets/sheet{number}.xml"));
        relations.push(Relation { id: format!("rId{number}"), kind: "worksheet", target });
    }
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
    package.part("xl/styles.xml", kind, styles.finish());
    let target = Target::Part("styles.xml".to_owned());
    relations.push(Relation { id: "rIdStyles".to_owned(), kind: "styles", target });
    package.relations("xl/_rels/workbook.xml.rels", &relations);
    let properties =
        Properties { title: &workbook.title, author: workbook.author.as_deref(), created: workbook.created };
    package.finish("xl/workbook.xml", &properties)
}

/// `workbook.xml`: the names of the sheets, their filters, and the heads that repeat in print.
fn book(sheets: &[Sheet], names: &[String]) -> String {
    let mut xml = Xml::document();
    xml.open("workbook", &[NAMESPACE, RELATION_NAMESPACE]);
    xml.raw("<bookViews><workbookView activeTab=\"0\"/></bookViews>").open("sheets", &[]);
    for (index, name) in names.iter().enumerate() {
        let number = (index + 1).to_string();
        xml.empty("sheet", &[("name", name), ("sheetId", &number), ("r:id", &format!("rId{number}"))]);
    }
    xml.close();
    let headed: Vec<(usize, &Sheet, &String)> = sheets
        .iter()
        .zip(names)
        .enumerate()
        .map(|(index, (sheet, name))| (index, sheet, name))
        .filter(|(_, sheet, _)| !sheet.fields.is_empty())
        .collect();
    if !headed.is_empty() {
        xml.open("definedNames", &[]);
        for (index, sheet, name) in &headed {
            let (index, quoted) = (index.to_string(), name.replace('\'', "''"));
            let area = format!("'{quoted}'!{}", sheet::area(sheet, "$"));
            let filter = [("name", "_xlnm._FilterDatabase"), ("localSheetId", index.as_str()), ("hidden", "1")];
            xml.leaf("definedName", &filter, &area);
            let titles = [("name", "_xlnm.Print_Titles"), ("localSheetId", index.as_str())];
            xml.leaf("definedName", &titles, &format!("'{quoted}'!$1:$1"));
        }
        xml.close();
    }
    xml.finish()
}
