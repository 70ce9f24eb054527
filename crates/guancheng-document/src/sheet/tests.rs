//! Files as people and attackers send them.

use std::io::{Cursor, Write};

use expect_test::{Expect, expect};
use guancheng_base::{Day, Instant};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::write::{Cell, Decimal, Field, Format, Sheet, Workbook, xlsx};

const COLUMNS: [Wanted<'static>; 4] = [
    Wanted { key: "task", heads: &["任务", "任务名称"], need: Need::Required },
    Wanted { key: "office", heads: &["责任单位", "责任处室"], need: Need::Required },
    Wanted { key: "value", heads: &["完成数量"], need: Need::Optional },
    Wanted { key: "day", heads: &["日期", "填报日期"], need: Need::Optional },
];

const ASK: Ask<'static> = Ask { sheet: None, columns: &COLUMNS };

const WORKBOOK: &str = r#"<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="隐藏" sheetId="2" state="hidden" r:id="rId9"/><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>"#;
const STRINGS: &str = r#"<sst><si><t>任务名称*</t></si><si><r><t>责任</t></r><r><t>处室</t></r><rPh><t>zeren</t></rPh></si><si><t xml:space="preserve"> 新建公厕 </t></si><si><t>市容处</t></si></sst>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

/// A file with these parts.
fn file(parts: &[(&str, &str)], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A file with this sheet.
fn with_sheet(data: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{data}");
    let sheet = if data.contains("</sheetData>") { sheet } else { format!("{sheet}</sheetData></worksheet>") };
    let parts = [
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    file(&parts, CompressionMethod::Deflated)
}

/// What an importer would print of the rows: each column by its type, or the error.
fn report(bytes: &[u8], limits: &Limits) -> String {
    let rows = match rows(bytes, &ASK, limits) {
        Ok(rows) => rows,
        Err(error) => return format!("{error}\n{}\n", error.zh()),
    };
    let mut out = String::new();
    for row in rows {
        let text = |key: &str| row.text(key).map_or_else(|e| e.zh(), |text| text.unwrap_or_default());
        let value =
            row.decimal("value").map_or_else(|e| e.to_string(), |n| n.map(|n| n.to_string()).unwrap_or_default());
        let day = row.date("day").map_or_else(|e| e.zh(), |d| d.map(|d| d.to_string()).unwrap_or_default());
        out.push_str(&format!("{}: {} | {} | {value} | {day}\n", row.number(), text("task"), text("office")));
    }
    out
}

#[track_caller]
fn check(bytes: &[u8], expect: Expect) {
    expect.assert_eq(&report(bytes, &Limits::default()));
}

#[test]
fn what_we_write_we_read() {
    let field = |title: &str, format| Field { title: title.to_owned(), width: 10, format };
    let fields = vec![
        field("责任单位", Format::Text),
        field("任务", Format::Text),
        field("完成数量", Format::Decimal(2)),
        field("日期", Format::Date),
    ];
    let day = Day::new(2014, 12, 31).unwrap();
    let rows = vec![
        vec![
            Cell::text("市容处"),
            Cell::text("=1+1"),
            Cell::Decimal(Decimal { units: -1250, places: 2 }),
            Cell::Date(day),
        ],
        vec![],
        vec![Cell::text("市容处"), Cell::Empty, Cell::Integer(3)],
    ];
    let sheets = vec![Sheet { name: "台账".to_owned(), fields, rows }];
    let book = Workbook { title: String::new(), created: Instant(0), author: None, sheets };
    check(
        &xlsx(&book).unwrap(),
        expect![[r#"
        2: =1+1 | 市容处 | -12.5 | 2014-12-31
        4:  | 市容处 | 3 | 
    "#]],
    );
}

const HEAD: &str = r#"<row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="D3" t="inlineStr"><is><t>完成
数量</t></is></c><c r="E3" t="str"><v>填报日期</v></c></row>"#;

#[test]
fn a_sheet_as_people_make_it() {
    let title = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>二〇一四年台账</t></is></c></row>"#;
    let data = r#"<row r="4"><c r="B4" t="s"><v>2</v></c><c r="C4" t="s"><v>3</v></c><c r="D4"><v>0.30000000000000004</v></c><c r="E4" s="1"><v>41908.5</v></c></row>
        <row r="5"><c r="B5" t="inlineStr"><is><t>改造</t></is></c><c r="D5" t="inlineStr"><is><t>１，２３４</t></is></c><c r="E5" s="2"><v>41909</v></c></row>
        <row r="7"><c t="str"/><c t="str"><v>无位置</v></c><c t="str"><v>甲&amp;乙&#x4E00;</v></c></row>
        <row r="8"><c r="B8" t="s"><v>0</v></c><c r="C8" t="s"><v>1</v></c><c r="D8" t="str"><v>完成
数量</v></c><c r="E8" t="str"><v>填报日期</v></c></row>
        </sheetData><mergeCells><mergeCell ref="C4:C1048576"/><mergeCell ref="A1:E1"/></mergeCells></worksheet>"#;
    check(
        &with_sheet(&format!("{title}{HEAD}{data}")),
        expect![[r#"
        4: 新建公厕 | 市容处 | 0.3 | 2014-09-26
        5: 改造 | 市容处 | 1234 | 2014-09-27
        7: 无位置 | 甲&乙一 |  | 
    "#]],
    );
}

#[test]
fn cells_that_cannot_be_used_say_so() {
    let data = r#"<row r="4"><c r="B4" t="e"><v>#REF!</v></c><c r="C4" t="b"><v>1</v></c><c r="D4"><f>1+1</f></c><c r="E4"><v>41908</v></c></row>
        <row r="5"><c r="B5" t="s"><v>99</v></c><c r="C5"><v>1e300</v></c><c r="D5" t="str"><v>5万户</v></c><c r="E5" s="1"><v>-1</v></c></row>
        <row r="6"><c r="B6"><f>SUM(A1)</f><v>7</v></c><c r="C6"><v>2.5</v></c><c r="D6" s="1"><v>41908</v></c><c r="E6" t="str"><v>年底前</v></c></row>"#;
    check(
        &with_sheet(&format!("{HEAD}{data}")),
        expect![[r#"
        4: 工作表“台账”单元格 B4（任务名称*）：错误值 #REF!；应为文字 | TRUE | sheet "台账", cell D4 (完成 数量): a formula without a result (open the file, compute, save); it should be a number without a unit, e.g. 1234.5 | 工作表“台账”单元格 E4（填报日期）：数字 41908；应为日期，如 2014-03-05 或 2014年3月5日
        5: 工作表“台账”单元格 B5（任务名称*）：数字 99 超出范围；应为文字 | 工作表“台账”单元格 C5（责任处室）：数字 1e300 超出范围；应为文字 | sheet "台账", cell D5 (完成 数量): the text "5万户"; it should be a number without a unit, e.g. 1234.5 | 工作表“台账”单元格 E5（填报日期）：数字 -1 超出范围；应为日期，如 2014-03-05 或 2014年3月5日
        6: 7 | 2.5 | sheet "台账", cell D6 (完成 数量): the date 2014-09-26; it should be a number without a unit, e.g. 1234.5 | 工作表“台账”单元格 E6（填报日期）：文字“年底前”；应为日期，如 2014-03-05 或 2014年3月5日
    "#]],
    );
}

#[test]
fn files_that_cannot_be_used_say_so() {
    check(
        b"",
        expect![[r#"
        the file is empty; choose an .xlsx file with a head and rows
        文件是空的；请选择带表头和数据行的 .xlsx 文件
    "#]],
    );
    check(
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more",
        expect![[r#"
        the file is an old .xls or has a password; save it as .xlsx without a password
        文件是旧版 .xls 或设有密码；请另存为不带密码的 .xlsx
    "#]],
    );
    check(
        b"a,b\n1,2\n",
        expect![[r#"
        the file is no .xlsx file; save the table as .xlsx (Excel workbook)
        文件不是 .xlsx；请将表格另存为 .xlsx
    "#]],
    );
    check(
        b"PK\x03\x04",
        expect![[r#"
        the file is cut off or damaged; send it again, or save it anew as .xlsx
        文件不完整或已损坏；请重新上传，或重新另存为 .xlsx
    "#]],
    );
    check(
        &file(&[("word/document.xml", "<w/>")], CompressionMethod::Stored),
        expect![[r#"
        the file is a zip without a workbook in it (a .docx or .ods?); save the table as .xlsx
        压缩包里没有工作簿（可能是 .docx 或 .ods）；请将表格另存为 .xlsx
    "#]],
    );
    check(
        &file(&[("xl/workbook.xml", "<workbook><sheets/></workbook>")], CompressionMethod::Stored),
        expect![[r#"
        the workbook has no sheet; choose a file with rows
        工作簿里没有工作表；请选择有数据的文件
    "#]],
    );
}

#[test]
fn sheets_that_cannot_be_used_say_so() {
    check(
        &with_sheet(""),
        expect![[r#"
        sheet "台账" is empty; its first row should be a head with: 任务 / 任务名称, 责任单位 / 责任处室
        工作表“台账”是空的；第一行应为表头，包含：任务 / 任务名称、责任单位 / 责任处室
    "#]],
    );
    check(
        &with_sheet("<row><c t=\"s\"><v>0</v></c><c t=\"str\"><v>单位</v></c></row>"),
        expect![[r#"
        sheet "台账" has no complete head in its first 20 rows; row 1 comes nearest and lacks: 责任单位 / 责任处室; it has: 任务名称*, 单位
        工作表“台账”的前 20 行里没有完整的表头；第 1 行最接近，缺：责任单位 / 责任处室；现有：任务名称*、单位
    "#]],
    );
    check(
        &with_sheet("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>"),
        expect![[r#"
        sheet "台账" has the head "任务名称*" twice, in A1 and B1; rename or delete one
        工作表“台账”的表头“任务名称*”重复（A1 和 B1）；请改名或删除其中一列
    "#]],
    );
    check(
        &with_sheet("<row><c r=\"A1\"><v>1</v></row>"),
        expect![[r#"
        the part xl/worksheets/sheet1.xml of the file is missing or damaged; open it in an office program, save it anew
        文件的部件 xl/worksheets/sheet1.xml 缺失或损坏；请用办公软件打开后重新保存
    "#]],
    );
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><row><c t="str"><v>&b;</v></c></row>"#;
    check(
        &with_sheet(bomb),
        expect![[r#"
        the part xl/worksheets/sheet1.xml of the file is missing or damaged; open it in an office program, save it anew
        文件的部件 xl/worksheets/sheet1.xml 缺失或损坏；请用办公软件打开后重新保存
    "#]],
    );
    let absent = Ask { sheet: Some("进度"), columns: &COLUMNS };
    let error = rows(&with_sheet(HEAD), &absent, &Limits::default()).unwrap_err();
    expect![[r#"there is no sheet "进度"; the file has: 隐藏, 台账"#]].assert_eq(&error.to_string());
}

#[test]
fn what_is_too_large_is_refused_before_it_is_kept() {
    let limits = Limits { bytes: 100_000, unpacked: 200_000, rows: 3, columns: 10 };
    let check = |bytes: &[u8], expect: Expect| expect.assert_eq(&report(bytes, &limits));
    check(
        &vec![b'x'; 100_001],
        expect![[r#"
        the file has more than 100000 bytes; divide it into several files
        文件超过 100000 字节；请分成几个文件
    "#]],
    );
    check(
        &with_sheet(&" ".repeat(10_000_000)),
        expect![[r#"
        the file has more than 200000 bytes once unpacked; divide it into several files
        文件超过 200000 字节（解压后）；请分成几个文件
    "#]],
    );
    let row = |n: u32| format!(r#"<row r="{n}"><c r="B{n}" t="s"><v>2</v></c></row>"#);
    check(
        &with_sheet(&format!("{HEAD}{}", (4..8).map(row).collect::<String>())),
        expect![[r#"
        the file has more than 3 rows; divide it into several files
        文件超过 3 行；请分成几个文件
    "#]],
    );
    let long = format!("<sst><si><t>任务</t></si><si><t>责任单位</t></si><si><t>{}</t></si></sst>", "x".repeat(90_000));
    let cells: String = (2..5).map(|n| format!(r#"<row r="{n}"><c r="A{n}" t="s"><v>2</v></c></row>"#)).collect();
    let sheet = format!(r#"<worksheet><row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>{cells}</worksheet>"#);
    let parts = [
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", &long),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    check(
        &file(&parts, CompressionMethod::Deflated),
        expect![[r#"
        the file has more than 200000 bytes of text; divide it into several files
        文件超过 200000 字节文字；请分成几个文件
    "#]],
    );
    // A cell in the last corner takes no more than itself.
    let corner = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="B1048576" t="s"><v>2</v></c></row>"#;
    check(
        &with_sheet(&format!("{HEAD}{corner}")),
        expect![[r#"
        1048576: 新建公厕 |  |  | 
    "#]],
    );
}

/// A good file whose parts are not compressed, so that a changed byte changes what is read.
fn stored() -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet><sheetData>{HEAD}<row r="4"><c r="B4" t="s"><v>2</v></c><c r="E4" s="1"><v>41908</v></c></row></sheetData><mergeCells><mergeCell ref="C4:C9"/></mergeCells></worksheet>"#
    );
    let parts = [
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    file(&parts, CompressionMethod::Stored)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_end_in_rows_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(!report(&[b"PK".as_slice(), &bytes].concat(), &Limits::default()).is_empty());
    }

    #[test]
    fn a_changed_container_ends_in_rows_or_an_error(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = stored();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        report(&bytes, &Limits::default());
        bytes.truncate(cut.index(bytes.len()));
        report(&bytes, &Limits::default());
    }

    #[test]
    fn a_changed_sheet_ends_in_rows_or_an_error(edits in prop::collection::vec((any::<prop::sample::Index>(), "[<>/&;#\"=A-Z0-9a-z:é-]{0,3}"), 1..6)) {
        let mut text = format!("{HEAD}<row r=\"4\"><c r=\"B4\" t=\"s\"><v>2</v></c><c r=\"E4\" s=\"1\"><f>A1</f><v>41908</v></c></row>");
        for (at, edit) in edits {
            let place = text.char_indices().map(|(place, _)| place).nth(at.index(text.chars().count())).unwrap();
            text.insert_str(place, &edit);
        }
        report(&with_sheet(&text), &Limits::default());
    }
}
