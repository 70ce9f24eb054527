//! Plain HTML pages: escaping and the frame they share. No script, so that they work everywhere and print well.

use std::fmt::Display;

use crate::lang::Lang;

const STYLE: &str = "body{font:1.125rem/1.6 \"Noto Sans CJK SC\",\"PingFang SC\",\"Microsoft YaHei\",system-ui,sans-serif;\
color:#1d2321;background:#fff;max-width:46rem;margin:0 auto;padding:1rem}\
h1{font-size:1.75rem;line-height:1.3}h2{font-size:1.25rem;margin-top:2rem}a{color:#24527a}\
table{border-collapse:collapse;width:100%;font-size:1rem}th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #d8d4ca}\
label{display:block;margin-top:1rem;font-weight:600}\
input:not([type=file]),select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #566059;border-radius:4px}\
button{font:inherit;margin-top:1.5rem;padding:.75rem 1.5rem;border:0;border-radius:4px;background:#24527a;color:#fff;min-height:44px}\
:focus-visible{outline:3px solid #24527a;outline-offset:2px}.hint{color:#566059;font-weight:400}.error{color:#b3261e;font-weight:600}\
@media print{body{max-width:none;font-family:FangSong,STFangsong,\"Noto Serif CJK SC\",serif}nav,button{display:none}}";

/// A whole page.
pub fn page(lang: Lang, title: &str, body: &str) -> String {
    let (tag, title) = (lang.tag(), escape(title));
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// A text that is safe as content and inside quotes.
pub fn escape(text: impl Display) -> String {
    let text = text.to_string();
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// A table with a header row.
pub fn table(caption: &str, head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let cells = |row: &[String], tag: &str| {
        row.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect::<String>()
    };
    let head = head.iter().map(|cell| format!("<th scope=\"col\">{}</th>", escape(cell))).collect::<String>();
    let rows: String = rows.map(|row| format!("<tr>{}</tr>\n", cells(&row, "td"))).collect();
    let caption = escape(caption);
    format!(
        "<h2>{caption}</h2>\n<table aria-label=\"{caption}\">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_becomes_markup() {
        assert_eq!(escape("<b onclick='x'>&\""), "&lt;b onclick=&#39;x&#39;&gt;&amp;&quot;");
        assert!(table("a<b", &["c"], std::iter::once(vec!["<i>".to_owned()])).contains("&lt;i&gt;"));
    }
}
