//! A paper as one printable page: no script, nothing from elsewhere, the same content as the document. What a browser
//! prints looks like the document, since its sizes are those of the same standard.

use super::cell::{Align, Cell};
use super::link;
use super::page::{
    Block, Column, Level, ListKind, Orientation, Page, Picture, Run, Signature, Signatures, Table, Weight,
};
use super::picture;
use super::xml::Xml;

/// The paper as a page of its own.
pub fn html(page: &Page) -> String {
    let mut html = Xml::default();
    html.raw("<!DOCTYPE html>\n").open("html", &[("lang", &page.lang)]).open("head", &[]);
    html.raw("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    if let Some(author) = &page.author {
        html.void("meta", &[("name", "author"), ("content", author)]);
    }
    html.leaf("title", &[], &page.title).raw("<style>").raw(sheet(page.orientation)).raw(CSS).raw("</style>").close();
    html.open("body", &[]).open("main", &[]).open("header", &[]).leaf("h1", &[], &page.title);
    for (class, line) in [("subtitle", &page.subtitle), ("number", &page.number)] {
        if let Some(line) = line {
            html.leaf("p", &[("class", class)], line);
        }
    }
    html.close();
    for block in &page.blocks {
        write(&mut html, block);
    }
    let mut text = html.finish();
    text.push('\n');
    text
}

fn write(html: &mut Xml, block: &Block) {
    match block {
        Block::Heading(Level::One, text) => html.leaf("h2", &[], text),
        Block::Heading(Level::Two, text) => html.leaf("h3", &[], text),
        Block::Heading(Level::Three, text) => html.leaf("h4", &[], text),
        Block::Paragraph(parts) => runs(html.open("p", &[]), parts).close(),
        Block::List(kind, items) => list(html, *kind, items),
        Block::Table(content) => table(html, content),
        Block::Facts(pairs) => facts(html, pairs),
        Block::Signatures(content) => signatures(html, content),
        Block::Picture(content) => figure(html, content),
        Block::PageBreak => html.raw("<div class=\"break\"></div>"),
        Block::Footnote(parts) => runs(html.open("p", &[("class", "small")]), parts).close(),
    };
}

fn runs<'h>(html: &'h mut Xml, runs: &[Run]) -> &'h mut Xml {
    for Run { text, weight } in runs {
        match weight {
            Weight::Plain => html.text(text),
            Weight::Bold => html.leaf("strong", &[], text),
        };
    }
    html
}

fn list<'h>(html: &'h mut Xml, kind: ListKind, items: &[Vec<Run>]) -> &'h mut Xml {
    html.open(if kind == ListKind::Bullet { "ul" } else { "ol" }, &[]);
    for item in items {
        runs(html.open("li", &[]), item).close();
    }
    html.close()
}

fn table<'h>(html: &'h mut Xml, table: &Table) -> &'h mut Xml {
    html.open("table", &[]);
    if let Some(caption) = &table.caption {
        html.leaf("caption", &[], caption);
    }
    let total: u32 = table.columns.iter().map(|column| u32::from(column.weight.max(1))).sum();
    html.open("colgroup", &[]);
    for column in &table.columns {
        let permille = u32::from(column.weight.max(1)) * 1000 / total.max(1);
        let width = format!("width:{}.{}%", permille / 10, permille % 10);
        html.void("col", &[("style", &width)]);
    }
    html.close().open("thead", &[]).open("tr", &[]);
    for column in &table.columns {
        html.leaf("th", &[("scope", "col")], &column.title);
    }
    html.close().close().open("tbody", &[]);
    for row in &table.rows {
        html.open("tr", &[]);
        for (index, column) in table.columns.iter().enumerate() {
            cell(html, row.get(index).unwrap_or(&Cell::Empty), column);
        }
        html.close();
    }
    html.close().close()
}

fn cell(html: &mut Xml, cell: &Cell, Column { title: _, weight: _, align, format }: &Column) {
    let class = match align {
        Align::Start => [].as_slice(),
        Align::Centre => &[("class", "centre")],
        Align::End => &[("class", "end")],
    };
    html.open("td", class);
    match cell {
        Cell::Link { text, url } => match link::address(url) {
            Some(url) => html.leaf("a", &[("href", &url)], text),
            None => html.text(text),
        },
        Cell::Date(day) => html.leaf("time", &[], &day.to_string()),
        other => html.text(&other.shown(*format)),
    };
    html.close();
}

fn facts<'h>(html: &'h mut Xml, pairs: &[(String, String)]) -> &'h mut Xml {
    html.open("dl", &[]);
    for (name, value) in pairs {
        html.open("div", &[]).leaf("dt", &[], name).leaf("dd", &[], value).close();
    }
    html.close()
}

fn signatures<'h>(html: &'h mut Xml, signatures: &Signatures) -> &'h mut Xml {
    html.open("table", &[("class", "signatures")]).open("thead", &[]).open("tr", &[]);
    for title in &signatures.titles {
        html.leaf("th", &[("scope", "col")], title);
    }
    html.close().close().open("tbody", &[]);
    for Signature { role, name, time, hash } in &signatures.rows {
        html.open("tr", &[]).leaf("th", &[("scope", "row")], role).leaf("td", &[], name).leaf("td", &[], time);
        html.open("td", &[]).leaf("code", &[], hash).close().close();
    }
    html.close().close()
}

/// A picture inside the page; where the bytes are none, its caption alone.
fn figure<'h>(html: &'h mut Xml, picture: &Picture) -> &'h mut Xml {
    html.open("figure", &[]);
    if let Some((kind, _, _)) = picture::look(&picture.bytes) {
        let source = format!("data:image/{};base64,{}", kind.ending(), base64(&picture.bytes));
        let width = format!("width:{}mm", picture.width_mm.max(1));
        html.void("img", &[("src", &source), ("alt", &picture.caption), ("style", &width)]);
    }
    html.leaf("figcaption", &[], &picture.caption).close()
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4_usize {
            let digit = (group >> (18 - 6 * index)) & 63;
            let letter = ALPHABET.get(digit as usize).copied().unwrap_or(b'=');
            out.push(char::from(if index > chunk.len() { b'=' } else { letter }));
        }
    }
    out
}

fn sheet(orientation: Orientation) -> &'static str {
    match orientation {
        Orientation::Portrait => {
            "@page{size:A4 portrait;margin:37mm 26mm 35mm 28mm}main{max-width:156mm}img{max-height:205mm}"
        }
        Orientation::Landscape => {
            "@page{size:A4 landscape;margin:28mm 20mm 20mm}main{max-width:257mm}img{max-height:140mm}"
        }
    }
}

/// The look of the document (GB/T 9704-2012) with fonts that most systems have one of.
const CSS: &str = concat!(
    "@page{@bottom-center{content:\"— \" counter(page) \" —\";font:14pt serif}}",
    "*{box-sizing:border-box}",
    "body{margin:0;color:#000;background:#fff;font:16pt/28pt \"Times New Roman\",FangSong,仿宋,STFangsong,\"Noto Serif CJK SC\",serif}",
    "main{margin:0 auto;padding:8mm}",
    "h1{font:700 22pt/1.4 SimSun,宋体,\"Noto Serif CJK SC\",serif;text-align:center;margin:12pt 0}",
    ".subtitle,.number{text-align:center;margin:6pt 0}",
    "h2{font:400 16pt/28pt SimHei,黑体,\"Noto Sans CJK SC\",sans-serif}",
    "h3{font:400 16pt/28pt KaiTi,楷体,STKaiti,serif}h4{font:700 16pt/28pt FangSong,仿宋,serif}",
    "h2,h3,h4{margin:6pt 0 0;break-after:avoid}",
    "p,ul,ol{margin:0}p{white-space:pre-line}html:lang(zh) :is(h2,h3,h4,main>p){text-indent:2em}ul,ol{padding-left:4em}",
    "html:lang(zh) header p,html:lang(zh) main>p.small{text-indent:0}",
    "table{border-collapse:collapse;width:100%;table-layout:fixed;margin:6pt 0;font-size:10.5pt;line-height:1.4}",
    "caption{font-weight:700;font-size:12pt;padding:4pt}",
    "th,td{border:.5pt solid #000;padding:2pt 4pt;vertical-align:middle;text-align:start;overflow-wrap:anywhere;white-space:pre-line}",
    "thead{display:table-header-group}thead th{background:#f2f2f2;text-align:center}tr{break-inside:avoid}thead tr{break-after:avoid}",
    "td.end{text-align:end;font-variant-numeric:tabular-nums}td.centre{text-align:center}",
    "dl{margin:6pt 0;font-size:10.5pt;line-height:1.4}dl div{display:flex;border:.5pt solid #000;margin-top:-.5pt}",
    "dt{flex:0 0 25%;border-right:.5pt solid #000;background:#f2f2f2;padding:2pt 4pt}dd{margin:0;padding:2pt 4pt;white-space:pre-line;overflow-wrap:anywhere}",
    ".signatures tbody>tr{height:12mm}.signatures th:last-child{width:37%}code{font-size:7.5pt;overflow-wrap:anywhere}",
    "figure{margin:6pt 0;text-align:center;break-inside:avoid}img{max-width:100%;object-fit:contain}figcaption{font-size:12pt;line-height:1.5}",
    ".small{border-top:.5pt solid #808080;font-size:10.5pt;line-height:1.5;margin-top:6pt;padding-top:4pt}",
    ".break{break-after:page}a{color:#0b5394}",
    "@media print{main{max-width:none;padding:0}}",
);
