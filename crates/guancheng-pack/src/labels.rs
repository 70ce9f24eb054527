//! `labels/*.toml`: titles in the second language, apart from the definitions so that those stay one page that an
//! official can read aloud.

use guancheng_case::Lang;

use crate::{
    fault::{Fault, nearest},
    pack::Labels,
    tree::{At, Document, Sink},
};

/// Reads one file; a path that nothing is called by is a fault.
pub fn read(doc: &Document, sink: &Sink, labels: &mut Labels) {
    let table = doc.table("labels", sink);
    table.expect_kind("labels");
    let lang = match table.need("lang").and_then(|at| Some((at.text()?, at))) {
        Some((text, _)) if text == "en" => Lang::En,
        Some((text, _)) if text == "zh" => Lang::Zh,
        Some((text, at)) => {
            at.fault(format!("`{text}` is no language of the interface: write en or zh"));
            return;
        }
        None => return,
    };
    for (path, at) in table.need("title").map(|at| flatten(String::new(), at)).unwrap_or_default() {
        let Some(title) = at.text() else { continue };
        if labels.is_known(&path) {
            labels.insert(lang, path, title);
        } else {
            let advice = nearest(&path, labels.known());
            sink.push(Fault::error(at.spot(), format!("nothing is called `{path}`")).advise_maybe(advice));
        }
    }
}

/// `[title.case.move] file = "File"` as (`case.move.file`, value), and `[title.case] title = "Case"` as (`case`, value).
fn flatten(prefix: String, at: At<'_>) -> Vec<(String, At<'_>)> {
    let mut found = Vec::new();
    for (key, value) in at.pairs() {
        let path = match (prefix.as_str(), key.as_str()) {
            ("", _) => key,
            (_, "title") => prefix.clone(),
            _ => format!("{prefix}.{key}"),
        };
        match value.is_table() {
            true => found.extend(flatten(path, value)),
            false => found.push((path, value)),
        }
    }
    found
}
