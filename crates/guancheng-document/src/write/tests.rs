//! Papers and workbooks opened again: the parts that matter as texts, the same bytes for the same input, any text.

use std::io::{Cursor, Read};

use expect_test::{Expect, expect};
use guancheng_base::{Day, Instant};
use proptest::prelude::*;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::picture::PNG;
use super::*;

/// 2014-05-13T16:53:20.123Z.
const CREATED: Instant = Instant(1_400_000_000_123);

fn page(blocks: Vec<Block>) -> Page {
    Page {
        title: "目标责任书".to_owned(),
        subtitle: None,
        number: Some("〔2014〕12号".to_owned()),
        lang: "zh-CN".to_owned(),
        orientation: Orientation::Portrait,
        created: CREATED,
        author: Some("督查室".to_owned()),
        blocks,
    }
}

fn table() -> Table {
    let column = |title: &str, weight, align, format| Column { title: title.to_owned(), weight, align, format };
    Table {
        caption: Some("表1".to_owned()),
        columns: vec![
            column("任务", 3, Align::Start, Format::Text),
            column("完成率", 1, Align::End, Format::Percent(1)),
            column("佐证", 1, Align::Centre, Format::Text),
        ],
        rows: vec![
            vec![
                Cell::text("新建公厕"),
                Cell::Decimal(Decimal { units: 9527, places: 4 }),
                Cell::Link { text: "照片".to_owned(), url: "https://example.org/1?a&b".to_owned() },
            ],
            vec![Cell::text("改造"), Cell::text("无数据")],
        ],
    }
}

fn every_block() -> Vec<Block> {
    let signature = Signature {
        role: "负责人".to_owned(),
        name: "张三".to_owned(),
        time: "2014-03-05 09:30".to_owned(),
        hash: "9f86d081".to_owned(),
    };
    vec![
        Block::Heading(Level::One, "一、任务".to_owned()),
        Block::Heading(Level::Two, "（一）量化".to_owned()),
        Block::Heading(Level::Three, "1. 数量".to_owned()),
        Block::Paragraph(vec![Run::bold("甲"), Run::plain("乙\n丙\t丁 < 戊")]),
        Block::List(ListKind::Numbered, vec![vec![Run::plain("一")]]),
        Block::List(ListKind::Bullet, vec![vec![Run::plain("点")]]),
        Block::Table(table()),
        Block::Facts(vec![("版本".to_owned(), "9f86".to_owned())]),
        Block::Signatures(Signatures {
            titles: ["职务", "姓名", "时间", "哈希"].map(str::to_owned),
            rows: vec![signature],
        }),
        Block::Picture(Picture { bytes: PNG.to_vec(), caption: "现场".to_owned(), width_mm: 80 }),
        Block::PageBreak,
        Block::Footnote(vec![Run::plain("注")]),
    ]
}

fn book(sheets: Vec<Sheet>) -> Workbook {
    Workbook { title: "台账".to_owned(), created: CREATED, author: None, sheets }
}

fn sheet(name: &str, rows: Vec<Vec<Cell>>) -> Sheet {
    let field = |title: &str, width, format| Field { title: title.to_owned(), width, format };
    let fields = vec![
        field("任务", 40, Format::Text),
        field("数量", 12, Format::Decimal(2)),
        field("完成率", 10, Format::Percent(1)),
        field("时限", 12, Format::Date),
    ];
    Sheet { name: name.to_owned(), fields, rows }
}

/// Every part of a file, by name, in order.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("{name}")).1).unwrap()
}

/// Where a line begins in what a reader is shown of a part.
const BREAKS: [&str; 19] = [
    "<w:p>",
    "<w:tbl>",
    "<w:tr>",
    "<w:sectPr>",
    "<row ",
    "</sheetData>",
    "<sheet ",
    "<definedName ",
    "<Relationship ",
    "<xf ",
    "<dc",
    "<tr>",
    "<h2>",
    "<ol>",
    "<ul>",
    "<table",
    "<dl>",
    "<figure>",
    "<p",
];

/// The part in lines that can be read, without the declaration and the names of namespaces.
fn lines(xml: &str) -> String {
    let mut text = xml.split_once("?>\n").map_or(xml, |(_, body)| body).to_owned();
    for mark in BREAKS {
        text = text.replace(mark, &format!("\n{mark}"));
    }
    while let Some((head, tail)) = text.split_once(" xmlns") {
        text = format!("{head}{}", tail.split_once('>').map_or(String::new(), |(_, rest)| format!(">{rest}")));
    }
    text.trim().to_owned() + "\n"
}

fn well_formed(xml: &str) -> bool {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

#[track_caller]
fn check(bytes: &[u8], name: &str, from: &str, expect: Expect) {
    let text = lines(&part(bytes, name));
    let start = text.find(from).unwrap_or_else(|| panic!("{from} in {text}"));
    expect.assert_eq(&text[start..]);
}

#[test]
fn a_file_has_its_parts() {
    let names = |bytes: &[u8]| parts(bytes).into_iter().map(|(name, _)| name).collect::<Vec<_>>().join("\n");
    expect![[r#"
        [Content_Types].xml
        word/document.xml
        word/styles.xml
        word/settings.xml
        word/fontTable.xml
        word/numbering.xml
        word/footer1.xml
        word/media/image1.png
        word/_rels/document.xml.rels
        docProps/core.xml
        _rels/.rels"#]]
    .assert_eq(&names(&docx(&page(every_block())).unwrap()));
    expect![[r#"
        [Content_Types].xml
        xl/workbook.xml
        xl/worksheets/sheet1.xml
        xl/worksheets/sheet2.xml
        xl/styles.xml
        xl/_rels/workbook.xml.rels
        docProps/core.xml
        _rels/.rels"#]]
    .assert_eq(&names(&xlsx(&book(vec![sheet("a", vec![]), sheet("b", vec![])])).unwrap()));
}

#[test]
fn a_paper_is_a_document() {
    let bytes = docx(&page(vec![
        Block::Paragraph(vec![Run::bold("甲"), Run::plain("乙\n丙\t丁 < 戊")]),
        Block::List(ListKind::Numbered, vec![vec![Run::plain("一")]]),
        Block::Table(table()),
    ]))
    .unwrap();
    check(
        &bytes,
        "word/document.xml",
        "<w:body>",
        expect![[r#"
        <w:body>
        <w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t xml:space="preserve">目标责任书</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="DocumentNumber"/></w:pPr><w:r><w:t xml:space="preserve">〔2014〕12号</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">甲</w:t></w:r><w:r><w:t xml:space="preserve">乙</w:t><w:br/><w:t xml:space="preserve">丙</w:t><w:tab/><w:t xml:space="preserve">丁 &lt; 戊</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">一</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="TableCaption"/></w:pPr><w:r><w:t xml:space="preserve">表1</w:t></w:r></w:p>
        <w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="8845" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="5307"/><w:gridCol w:w="1769"/><w:gridCol w:w="1769"/></w:tblGrid>
        <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:tcW w:w="5307" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableHead"/></w:pPr><w:r><w:t xml:space="preserve">任务</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="1769" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableHead"/></w:pPr><w:r><w:t xml:space="preserve">完成率</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="1769" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableHead"/></w:pPr><w:r><w:t xml:space="preserve">佐证</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="5307" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr><w:r><w:t xml:space="preserve">新建公厕</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="1769" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableText"/><w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">95.3%</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="1769" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableText"/><w:jc w:val="center"/></w:pPr><w:hyperlink r:id="rIdLink1"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t xml:space="preserve">照片</w:t></w:r></w:hyperlink></w:p></w:tc></w:tr>
        <w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="5307" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr><w:r><w:t xml:space="preserve">改造</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="1769" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableText"/><w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">无数据</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="1769" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableText"/><w:jc w:val="center"/></w:pPr></w:p></w:tc></w:tr></w:tbl>
        <w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>
        <w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="850" w:footer="850" w:gutter="0"/></w:sectPr></w:body></w:document>
    "#]],
    );
    check(
        &bytes,
        "word/_rels/document.xml.rels",
        "<Relationships",
        expect![[r#"
        <Relationships>
        <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
        <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>
        <Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/>
        <Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>
        <Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>
        <Relationship Id="rIdLink1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/1?a&amp;b" TargetMode="External"/></Relationships>
    "#]],
    );
    check(
        &bytes,
        "docProps/core.xml",
        "<cp:",
        expect![[r#"
        <cp:coreProperties>
        <dc:title>目标责任书</dc:title>
        <dc:creator>督查室</dc:creator>
        <dcterms:created xsi:type="dcterms:W3CDTF">2014-05-13T16:53:20Z</dcterms:created>
        <dcterms:modified xsi:type="dcterms:W3CDTF">2014-05-13T16:53:20Z</dcterms:modified></cp:coreProperties>
    "#]],
    );
}

#[test]
fn a_picture_keeps_its_proportions_and_stays_on_the_sheet() {
    let picture = |width_mm| Block::Picture(Picture { bytes: PNG.to_vec(), caption: String::new(), width_mm });
    let bytes = docx(&page(vec![picture(80), picture(u16::MAX)])).unwrap();
    let text =
        part(&bytes, "word/document.xml").replace("<wp:extent", "\n<wp:extent").replace("<wp:docPr", "\n<wp:docPr");
    let extents: Vec<&str> = text.lines().filter(|line| line.starts_with("<wp:extent")).collect();
    expect![[r#"
        <wp:extent cx="2879725" cy="2879725"/>
        <wp:extent cx="5616575" cy="5616575"/>"#]]
    .assert_eq(&extents.join("\n"));
}

#[test]
fn a_paper_is_a_page() {
    let text = html(&page(every_block()));
    let body = lines(text.split_once("<body>").unwrap().1);
    expect![[r#"
        <main><header><h1>目标责任书</h1>
        <p class="number">〔2014〕12号</p></header>
        <h2>一、任务</h2><h3>（一）量化</h3><h4>1. 数量</h4>
        <p><strong>甲</strong>乙
        丙	丁 &lt; 戊</p>
        <ol><li>一</li></ol>
        <ul><li>点</li></ul>
        <table><caption>表1</caption><colgroup><col style="width:60.0%"><col style="width:20.0%"><col style="width:20.0%"></colgroup><thead>
        <tr><th scope="col">任务</th><th scope="col">完成率</th><th scope="col">佐证</th></tr></thead><tbody>
        <tr><td>新建公厕</td><td class="end">95.3%</td><td class="centre"><a href="https://example.org/1?a&amp;b">照片</a></td></tr>
        <tr><td>改造</td><td class="end">无数据</td><td class="centre"></td></tr></tbody></table>
        <dl><div><dt>版本</dt><dd>9f86</dd></div></dl>
        <table class="signatures"><thead>
        <tr><th scope="col">职务</th><th scope="col">姓名</th><th scope="col">时间</th><th scope="col">哈希</th></tr></thead><tbody>
        <tr><th scope="row">负责人</th><td>张三</td><td>2014-03-05 09:30</td><td><code>9f86d081</code></td></tr></tbody></table>
        <figure><img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==" alt="现场" style="width:80mm"><figcaption>现场</figcaption></figure><div class="break"></div>
        <p class="small">注</p></main></body></html>
    "#]].assert_eq(&body);
    assert!(text.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"));
    assert!(!text.contains("<script"));
}

#[test]
fn a_workbook_is_typed_and_cannot_compute() {
    let day = Day::new(2014, 12, 31).unwrap();
    let rows = vec![
        vec![Cell::text("=1+1"), Cell::Decimal(Decimal { units: 1250, places: 2 }), Cell::Integer(1), Cell::Date(day)],
        vec![Cell::text("_x0041_"), Cell::text("无数据"), Cell::Empty, Cell::Integer(i64::MAX)],
        vec![Cell::Link { text: "照片".to_owned(), url: "https://example.org/照".to_owned() }],
        vec![Cell::Link { text: "坏".to_owned(), url: "javascript:alert(1)".to_owned() }],
    ];
    let bytes = xlsx(&book(vec![sheet("台账/2014", rows)])).unwrap();
    check(
        &bytes,
        "xl/worksheets/sheet1.xml",
        "<sheetPr>",
        expect![[r#"
        <sheetPr>
        <pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:D5"/><sheetViews><sheetView tabSelected="1" workbookViewId="0">
        <pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="40" customWidth="1"/><col min="2" max="2" width="12" customWidth="1"/><col min="3" max="3" width="10" customWidth="1"/><col min="4" max="4" width="12" customWidth="1"/></cols><sheetData>
        <row r="1" ht="24" customHeight="1"><c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">任务</t></is></c><c r="B1" s="1" t="inlineStr"><is><t xml:space="preserve">数量</t></is></c><c r="C1" s="1" t="inlineStr"><is><t xml:space="preserve">完成率</t></is></c><c r="D1" s="1" t="inlineStr"><is><t xml:space="preserve">时限</t></is></c></row>
        <row r="2"><c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c><c r="B2" s="3"><v>12.50</v></c><c r="C2" s="4"><v>1</v></c><c r="D2" s="5"><v>42004</v></c></row>
        <row r="3"><c r="A3" s="2" t="inlineStr"><is><t xml:space="preserve">_x005F_x0041_</t></is></c><c r="B3" s="2" t="inlineStr"><is><t xml:space="preserve">无数据</t></is></c><c r="C3" s="4"/><c r="D3" s="2" t="inlineStr"><is><t xml:space="preserve">9223372036854775807</t></is></c></row>
        <row r="4"><c r="A4" s="6" t="inlineStr"><is><t xml:space="preserve">照片</t></is></c></row>
        <row r="5"><c r="A5" s="2" t="inlineStr"><is><t xml:space="preserve">坏</t></is></c></row>
        </sheetData><autoFilter ref="A1:D5"/><hyperlinks><hyperlink ref="A4" r:id="rId1"/></hyperlinks>
        <pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>
        <pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>
    "#]],
    );
    check(
        &bytes,
        "xl/workbook.xml",
        "<sheets>",
        expect![[r#"
        <sheets>
        <sheet name="台账 2014" sheetId="1" r:id="rId1"/></sheets><definedNames>
        <definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'台账 2014'!$A$1:$D$5</definedName>
        <definedName name="_xlnm.Print_Titles" localSheetId="0">'台账 2014'!$1:$1</definedName></definedNames></workbook>
    "#]],
    );
    check(
        &bytes,
        "xl/styles.xml",
        "<cellXfs",
        expect![[r#"
        <cellXfs count="7">
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="164" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>
        <xf numFmtId="165" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf numFmtId="166" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="167" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="168" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="169" fontId="2" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
    "#]],
    );
    check(
        &bytes,
        "xl/worksheets/_rels/sheet1.xml.rels",
        "<Relationships",
        expect![[r#"
        <Relationships>
        <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/%E7%85%A7" TargetMode="External"/></Relationships>
    "#]],
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (paper, workbook) = (page(every_block()), book(vec![sheet("a", vec![vec![Cell::text("x")]])]));
    assert_eq!(docx(&paper).unwrap(), docx(&paper.clone()).unwrap());
    assert_eq!(xlsx(&workbook).unwrap(), xlsx(&workbook.clone()).unwrap());
    assert_eq!(html(&paper), html(&paper.clone()));
}

#[track_caller]
fn refused(result: Result<Vec<u8>, WriteError>, expect: Expect) {
    expect.assert_eq(&result.expect_err("refused").to_string());
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    let mut long = table();
    long.rows.push(vec![Cell::Empty; 4]);
    refused(
        docx(&page(vec![Block::Table(long)])),
        expect![[r#"row 3 of "表1" has 4 cells, but the table has 3 columns; leave cells out or add columns"#]],
    );
    let gif = Picture { bytes: b"GIF89a".to_vec(), caption: "现场".to_owned(), width_mm: 80 };
    refused(
        docx(&page(vec![Block::Picture(gif)])),
        expect![[r#"the picture "现场" is neither a PNG nor a JPEG file; give one of these"#]],
    );
    refused(
        xlsx(&book(vec![sheet("a", vec![vec![Cell::Empty; 5]])])),
        expect![[r#"row 1 of "a" has 5 cells, but the table has 4 columns; leave cells out or add columns"#]],
    );
    refused(
        xlsx(&book(vec![sheet("a", vec![vec![Cell::text("x".repeat(32_768))]])])),
        expect![[
            r#"the text in row 1, column 1 of sheet "a" has 32768 characters; a cell holds 32767, so shorten it or export as a document"#
        ]],
    );
    refused(
        xlsx(&book(vec![sheet("a", vec![]); 256])),
        expect![[r#""台账" has 256 sheets; at most 255 fit, so divide it or filter more"#]],
    );
}

#[test]
fn empty_things_open_too() {
    let empty = Table { caption: None, columns: vec![], rows: vec![] };
    let bytes =
        docx(&page(vec![Block::Table(empty), Block::Facts(vec![]), Block::List(ListKind::Bullet, vec![])])).unwrap();
    assert!(well_formed(&part(&bytes, "word/document.xml")));
    let bytes = xlsx(&book(vec![])).unwrap();
    assert!(part(&bytes, "xl/workbook.xml").contains("<sheet name=\"1\""));
}

/// Text as it is typed, pasted and forged.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\x00-\\x1f\\x7f-\\x9f\u{FFFE}\u{FFFF}😀\\]>&<\"'=+@-]{0,40}",
        Just("]]>".to_owned()),
        Just("=cmd|'/c calc'!A0".to_owned()),
        Just("_x0041_\r\n\t".to_owned()),
        Just("</w:t><w:script/>".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_a_paper_that_opens(text in any_text(), other in any_text()) {
        let mut paper = page(vec![
            Block::paragraph(text.clone()),
            Block::Facts(vec![(other.clone(), text.clone())]),
            Block::Picture(Picture { bytes: PNG.to_vec(), caption: text.clone(), width_mm: 1 }),
        ]);
        let mut content = table();
        content.rows.push(vec![Cell::text(text.clone()), Cell::Link { text: text.clone(), url: format!("https://{other}") }]);
        paper.blocks.push(Block::Table(content));
        paper.title = other;
        for (name, content) in parts(&docx(&paper).unwrap()) {
            prop_assert!(name.ends_with("png") || well_formed(std::str::from_utf8(&content).unwrap()), "{}", name);
        }
        let page = html(&paper);
        prop_assert!(!page.contains("<script") && !page.contains("<w:"));
    }

    #[test]
    fn any_text_in_a_workbook_is_read_back_as_text(text in any_text(), name in any_text()) {
        let bytes = xlsx(&book(vec![sheet(&name, vec![vec![Cell::text(text.clone()), Cell::Integer(1)]])])).unwrap();
        for (name, content) in parts(&bytes) {
            prop_assert!(well_formed(std::str::from_utf8(&content).unwrap()), "{}", name);
        }
        use crate::sheet::{Ask, Limits, Need, Wanted, rows};
        let columns = [Wanted { key: "task", heads: &["任务"], need: Need::Required }, Wanted { key: "n", heads: &["数量"], need: Need::Required }];
        let rows = rows(&bytes, &Ask { sheet: None, columns: &columns }, &Limits::default()).unwrap();
        let read = rows[0].text("task").unwrap().unwrap_or_default();
        let clean = super::xml::clean(&text);
        prop_assert_eq!(read, clean.trim());
    }
}
