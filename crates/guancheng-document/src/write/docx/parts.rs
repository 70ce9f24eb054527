//! The parts beside the text: styles, fonts, lists, settings and the footer.

use super::super::page::ListKind;
use super::super::xml::Xml;

/// Name and type of the parts, in the order of their relations; the text is the first.
pub const KINDS: [(&str, &str); 6] = [
    ("document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    ("styles", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"),
    ("settings", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"),
    ("fontTable", "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"),
    ("numbering", "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"),
    ("footer1", "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"),
];

const NAMESPACE: (&str, &str) = ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");

/// A style of paragraphs.
struct Style {
    id: &'static str,
    name: &'static str,
    /// Paragraph properties, in the order of the schema.
    paragraph: &'static str,
    /// The East Asian font; the Latin one is the same everywhere but in hashes.
    font: &'static str,
    /// Size in half points.
    size: u8,
    /// More run properties.
    run: &'static str,
}

/// The first line is set in by two characters.
const INDENT: &str = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";

const STYLES: [Style; 16] = [
    style("Title", "Title", "<w:spacing w:before=\"240\" w:after=\"240\"/><w:jc w:val=\"center\"/>", "宋体", 44, BOLD),
    style("Subtitle", "Subtitle", "<w:spacing w:after=\"120\"/><w:jc w:val=\"center\"/>", "楷体", 32, ""),
    style("DocumentNumber", "Document Number", "<w:spacing w:after=\"360\"/><w:jc w:val=\"center\"/>", "仿宋", 32, ""),
    style("Heading1", "heading 1", "<w:keepNext/><w:spacing w:before=\"120\"/>", "黑体", 32, ""),
    style("Heading2", "heading 2", "<w:keepNext/><w:spacing w:before=\"60\"/>", "楷体", 32, ""),
    style("Heading3", "heading 3", "<w:keepNext/><w:spacing w:before=\"60\"/>", "仿宋", 32, BOLD),
    style("BodyText", "Body Text", "<w:spacing w:line=\"560\" w:lineRule=\"atLeast\"/>", "仿宋", 32, ""),
    style("ListParagraph", "List Paragraph", "<w:spacing w:line=\"560\" w:lineRule=\"atLeast\"/>", "仿宋", 32, ""),
    style(
        "TableCaption",
        "Table Caption",
        "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/><w:jc w:val=\"center\"/>",
        "黑体",
        24,
        "",
    ),
    style("TableHead", "Table Head", "<w:jc w:val=\"center\"/>", "黑体", 21, ""),
    style("TableText", "Table Text", "", "仿宋", 21, ""),
    style("AfterTable", "After Table", "<w:spacing w:line=\"120\" w:lineRule=\"exact\"/>", "仿宋", 12, ""),
    style("Picture", "Picture", "<w:keepNext/><w:spacing w:before=\"120\"/><w:jc w:val=\"center\"/>", "仿宋", 32, ""),
    style("Caption", "caption", "<w:spacing w:after=\"120\"/><w:jc w:val=\"center\"/>", "楷体", 24, ""),
    style(
        "SmallPrint",
        "Small Print",
        "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"808080\"/></w:pBdr><w:spacing w:before=\"120\"/>",
        "仿宋",
        21,
        "",
    ),
    style("Footer", "footer", "<w:jc w:val=\"center\"/>", "宋体", 28, ""),
];

const BOLD: &str = "<w:b/><w:bCs/>";

const fn style(
    id: &'static str,
    name: &'static str,
    paragraph: &'static str,
    font: &'static str,
    size: u8,
    run: &'static str,
) -> Style {
    Style { id, name, paragraph, font, size, run }
}

/// `styles.xml`.
pub fn styles(lang: &str) -> String {
    let chinese = lang.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("zh"));
    let east = if chinese { lang } else { "zh-CN" };
    let latin = if chinese { "en-US" } else { lang };
    let mut xml = Xml::document();
    xml.open("w:styles", &[NAMESPACE]);
    xml.open("w:docDefaults", &[]).open("w:rPrDefault", &[]).open("w:rPr", &[]);
    xml.raw(&fonts_of("仿宋")).raw("<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>");
    xml.empty("w:lang", &[("w:val", latin), ("w:eastAsia", east)]);
    xml.close().close().raw("<w:pPrDefault/>").close();
    xml.raw("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>");
    for style in &STYLES {
        let indented = matches!(style.id, "Heading1" | "Heading2" | "Heading3" | "BodyText") && chinese;
        paragraph_style(&mut xml, style, if indented { INDENT } else { "" });
    }
    xml.raw(OTHER_STYLES);
    xml.finish()
}

fn paragraph_style(xml: &mut Xml, style: &Style, indent: &str) {
    let Style { id, name, paragraph, font, size, run } = style;
    xml.open("w:style", &[("w:type", "paragraph"), ("w:styleId", id)]).empty("w:name", &[("w:val", name)]);
    xml.raw("<w:basedOn w:val=\"Normal\"/><w:qFormat/>").open("w:pPr", &[]).raw(paragraph).raw(indent);
    if let Some(level) = id.strip_prefix("Heading").and_then(|level| level.parse::<u8>().ok()) {
        xml.empty("w:outlineLvl", &[("w:val", &level.saturating_sub(1).to_string())]);
    }
    xml.close().open("w:rPr", &[]).raw(&fonts_of(font)).raw(run);
    let size = size.to_string();
    xml.empty("w:sz", &[("w:val", &size)]).empty("w:szCs", &[("w:val", &size)]).close().close();
}

fn fonts_of(east: &str) -> String {
    format!(
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{east}\" w:cs=\"Times New Roman\"/>"
    )
}

/// Hashes, links, and the grid of tables.
const OTHER_STYLES: &str = concat!(
    "<w:style w:type=\"paragraph\" w:styleId=\"Hash\"><w:name w:val=\"Hash\"/><w:basedOn w:val=\"Normal\"/><w:rPr>",
    "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/><w:sz w:val=\"15\"/><w:szCs w:val=\"15\"/>",
    "</w:rPr></w:style>",
    "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0B5394\"/>",
    "<w:u w:val=\"single\"/></w:rPr></w:style>",
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>",
    "<w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/>",
    "<w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
    "<w:style w:type=\"table\" w:styleId=\"Grid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr>",
    "<w:tblBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>",
    "<w:left w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>",
    "<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>",
    "<w:right w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>",
    "<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>",
    "<w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/></w:tblBorders></w:tblPr></w:style>",
);

/// `settings.xml`: the current way of laying out, not that of 2007.
pub fn settings() -> String {
    let mut xml = Xml::document();
    xml.open("w:settings", &[NAMESPACE]).open("w:compat", &[]);
    xml.empty(
        "w:compatSetting",
        &[("w:name", "compatibilityMode"), ("w:uri", "http://schemas.microsoft.com/office/word"), ("w:val", "15")],
    );
    xml.finish()
}

/// `fontTable.xml`: under which other name a system may have each font, and of which family to take one where it has none.
pub fn fonts() -> String {
    let mut xml = Xml::document();
    xml.open("w:fonts", &[NAMESPACE]);
    let table = [
        ("Times New Roman", "Liberation Serif", "00", "roman"),
        ("Courier New", "Liberation Mono", "00", "modern"),
        ("仿宋", "FangSong", "86", "modern"),
        ("楷体", "KaiTi", "86", "modern"),
        ("黑体", "SimHei", "86", "modern"),
        ("宋体", "SimSun", "86", "roman"),
    ];
    for (name, other, charset, family) in table {
        xml.open("w:font", &[("w:name", name)]).empty("w:altName", &[("w:val", other)]);
        xml.empty("w:charset", &[("w:val", charset)]).empty("w:family", &[("w:val", family)]).close();
    }
    xml.finish()
}

/// `numbering.xml`: dots and numbers, and one numbering per list, so that each starts with 1.
pub fn numbering(lists: &[ListKind]) -> String {
    let mut xml = Xml::document();
    xml.open("w:numbering", &[NAMESPACE]);
    for (id, format, text) in [("0", "bullet", "•"), ("1", "decimal", "%1.")] {
        xml.open("w:abstractNum", &[("w:abstractNumId", id)]).raw("<w:multiLevelType w:val=\"singleLevel\"/>");
        xml.open("w:lvl", &[("w:ilvl", "0")]).raw("<w:start w:val=\"1\"/>").empty("w:numFmt", &[("w:val", format)]);
        xml.empty("w:lvlText", &[("w:val", text)]).raw("<w:lvlJc w:val=\"left\"/>");
        xml.raw("<w:pPr><w:ind w:left=\"1120\" w:hanging=\"480\"/></w:pPr>").close().close();
    }
    for (index, kind) in lists.iter().enumerate() {
        let base = if *kind == ListKind::Bullet { "0" } else { "1" };
        xml.open("w:num", &[("w:numId", &(index + 1).to_string())]).empty("w:abstractNumId", &[("w:val", base)]);
        xml.raw("<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>").close();
    }
    xml.finish()
}

/// `footer1.xml`: the number of the page between dashes (GB/T 9704-2012, 7.5).
pub fn footer() -> String {
    let mut xml = Xml::document();
    xml.open("w:ftr", &[NAMESPACE]).open("w:p", &[]).raw("<w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>");
    xml.raw("<w:r><w:t xml:space=\"preserve\">— </w:t></w:r>");
    xml.raw("<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    xml.raw("<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r>");
    xml.finish()
}
