//! Real files of other programs, and files that are none. Fixtures: plan.docx by python-docx, plan.pdf and pictures.pdf
//! by reportlab, office.pdf by LibreOffice; the text is our own.

use std::io::{Cursor, Write};

use expect_test::{Expect, expect};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

const DOCX: &[u8] = include_bytes!("fixtures/plan.docx");
const PDF: &[u8] = include_bytes!("fixtures/plan.pdf");
const OFFICE: &[u8] = include_bytes!("fixtures/office.pdf");
const PICTURES: &[u8] = include_bytes!("fixtures/pictures.pdf");

fn shown(content: &Content) -> String {
    let mut out = format!("{:?} {:?}\n", content.format, content.notes);
    for block in &content.blocks {
        match block {
            Block::Text(text) => out.push_str(text),
            Block::Table(rows) => {
                rows.iter().for_each(|row| out.push_str(&format!("\n|{}|", row.join("|").replace('\n', "\\n"))))
            }
        }
        out.push('\n');
    }
    out
}

#[track_caller]
fn check(bytes: &[u8], expect: &Expect) {
    expect.assert_eq(&read(bytes).map_or_else(|fault| fault.to_string(), |content| shown(&content)));
}

#[test]
fn files_of_other_programs() {
    check(
        DOCX,
        &expect![[r#"
        Docx []
        江州市城市管理局2016年工作要点
        一、道路桥梁
        （一）道路大修。对青云路、望江路等12条道路进行大修。
        责任处室：市政设施处　综合处（建设、管理中心）
        1.加强 巡查

        |序号|任务|牵头单位|完成时限|
        |一、设施建设|一、设施建设|一、设施建设|一、设施建设|
        |1|新建公厕30座|环卫处|10月底前|
        |2|改造公厕15座|环卫处|12月底|
    "#]],
    );
    check(
        PDF,
        &expect![[r#"
            Pdf ["PDF中的表格按行读取，请核对。"]
            江州市城市管理局2016年工作要点
            　　2016年，全局围绕中心工作，按照“突出重点、全面提升”的思路，以群众满意为目标，抓好以下各项工作任务，努力建设整洁有序的城市。
            一、道路桥梁
            　　（一）道路大修。对青云路、望江路、文渊路、南湖路等12条道路进行大修改造，新建公厕20座，改造老旧管网12.5公里，6月底前完成。
            　　责任处室：市政设施处  综合处（建设、管理中心）
            　　（二）环卫提升。推进大型垃圾转运站建设，完成生活垃圾收集点改造提升任务，机械化清扫率达到85%以上。
            　　责任处室：环卫处
        "#]],
    );
    check(
        OFFICE,
        &expect![[r#"
            Pdf ["PDF中的表格按行读取，请核对。"]
            江州市城市管理局2016年工作要点
            2016年，全局围绕中心工作，抓好以下任务。
            一、道路桥梁
            （一）道路大修。对青云路、望江路等12条道路进行大修，新建公厕20座。
            责任处室：市政设施处　综合处（建设、管理中心）
            （二）环卫提升。机械化清扫率达到85%以上。
            责任处室：环卫处
        "#]],
    );
    check(
        PICTURES,
        &expect![
            "this PDF holds pictures only, no text (1 pages); ask for the document it was printed from, or have its text recognised first"
        ],
    );
}

#[test]
fn web_pages() {
    let page = "<!DOCTYPE html><html><head><title>x</title><style>p{}</style><script>var a='<p>一、假</p>';</script></head><body>
<p>一、市容<br>（一）整治。新建\n公厕20座。</p><div>责任处室：甲处&nbsp;&nbsp;乙处&amp;丙</div>
<table><tr><td><table><tr><th rowspan=2>序号</th><th colspan=2>责任单位</th></tr><tr><th>牵头</th><th>配合</th></tr>
<tr><td>1</td><td>甲</td><td></td></tr></table></td></tr></table><p>完</p></body></html>";
    check(
        page.as_bytes(),
        &expect![[r#"
        Html []
        一、市容
        （一）整治。新建公厕20座。
        责任处室：甲处  乙处&丙

        |序号|责任单位|责任单位|
        |序号|牵头|配合|
        |1|甲||
        完
    "#]],
    );
    let deep =
        format!("<html><body>{}一、甲{}", "<div><table><tr><td>".repeat(50_000), "</td></tr></table></div>".repeat(10));
    assert!(shown(&read(deep.as_bytes()).expect("a page")).contains("一、甲"));
    let wide = format!("<table><tr>{}</tr></table>", "<td colspan=9999 rowspan=9999>甲</td>".repeat(5000));
    assert!(read(wide.as_bytes()).is_ok());
}

#[test]
fn encodings() {
    let (gb, _, _) = encoding_rs::GB18030.encode("一、市容整治。\n责任处室：甲处");
    check(
        &gb,
        &expect![[r#"
        Text ["文件编码不是UTF-8，已按GB18030读取；如有乱码请另存为UTF-8。"]
        一、市容整治。
        责任处室：甲处
    "#]],
    );
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("一、市容".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check(
        &utf16,
        &expect![[r#"
        Text ["文件编码为UTF-16LE，已转换。"]
        一、市容
    "#]],
    );
    assert_eq!(
        read("\u{feff}一、市容".as_bytes()).map(|content| content.blocks),
        Ok(vec![Block::Text("一、市容".to_owned())])
    );
}

#[test]
fn what_cannot_be_read_says_so() {
    check(b"", &expect!["the file is empty; give a .docx, .pdf, .html or .txt with the text of the document"]);
    check(b" \n\t", &expect!["the file is empty; give a .docx, .pdf, .html or .txt with the text of the document"]);
    check(
        &[0xd0, 0xcf, 0x11, 0xe0, 1, 2],
        &expect!["this is an old .doc, .xls or .wps file; open it and save it as .docx"],
    );
    check(b"{\\rtf1 }", &expect!["this is a .rtf file; open it and save it as .docx"]);
    check(
        &[0x89, b'P', b'N', b'G', 0, 0, 1],
        &expect!["this is neither text nor .docx, .html or .pdf (byte 4 belongs to no character of UTF-8 or GB18030)"],
    );
    check(
        &[0xff; 40],
        &expect!["this is neither text nor .docx, .html or .pdf (byte 0 belongs to no character of UTF-8 or GB18030)"],
    );
    check(
        &packed("xl/workbook.xml", b"<a/>"),
        &expect!["this is a packed file without word/document.xml; give a .docx, not an archive or a workbook"],
    );
    check(
        &packed("word/document.xml", b"<w:document><w:body>"),
        &expect![
            "the .docx is broken: word/document.xml ends in the middle; open it, save it again and send that copy"
        ],
    );
    check(
        &packed("word/document.xml", b"<w:p></w:q>"),
        &expect![
            "the .docx is broken: word/document.xml at byte 5: ill-formed document: expected `</w:p>`, but `</w:q>` was found; open it, save it again and send that copy"
        ],
    );
    check(
        &packed("word/document.xml", "<a>".repeat(100_000).as_bytes()),
        &expect![
            "the .docx is broken: word/document.xml is nested deeper than any document; open it, save it again and send that copy"
        ],
    );
    check(
        &packed("word/document.xml", &vec![b' '; 70 << 20]),
        &expect![
            "word/document.xml unpacks to more than 67108864 bytes; no document is that long, so the file is not read further"
        ],
    );
    check(
        b"PK\x03\x04 and no more",
        &expect![
            "the .docx is broken: invalid Zip archive: Could not find EOCD; open it, save it again and send that copy"
        ],
    );
    check(
        b"%PDF-1.4\nnothing",
        &expect!["the PDF is broken: failed parsing cross reference table; open it, save it again and send that copy"],
    );
}

fn packed(name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(name, SimpleFileOptions::default()).expect("a file");
    archive.write_all(content).expect("written");
    archive.finish().expect("an archive").into_inner()
}

/// Cut and damaged files end in a content or in a fault; a panic inside a library is a fault too.
#[test]
fn damaged_files_never_panic() {
    for file in [DOCX, PDF, OFFICE] {
        for cut in (0..file.len()).step_by(file.len() / 60 + 1) {
            let _any = read(&file[..cut]);
            let mut damaged = file.to_vec();
            damaged.iter_mut().skip(cut).step_by(211).for_each(|byte| *byte ^= 0x5a);
            let _any = read(&damaged);
        }
    }
}
