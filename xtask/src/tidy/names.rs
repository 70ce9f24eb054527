//! No city, office or vendor is named in `crates/`: what is special to one city is declared in its pack. The names come
//! from the packs themselves, so a new pack is protected on the day it is added.

use std::collections::BTreeMap;

use super::Fault;
use super::tree::Tree;

/// Makers of products that cities buy. A protocol or a coordinate system is named by its standard (GB/T 28181, BD-09).
const VENDORS: &[&str] = &[
    "Hikvision",
    "Dahua",
    "Egova",
    "Huawei",
    "Alibaba",
    "Tencent",
    "Amap",
    "AutoNavi",
    "SuperMap",
    "ArcGIS",
    "Esri",
    "海康",
    "大华",
    "数字政通",
    "华为",
    "阿里",
    "腾讯",
    "高德",
    "百度",
    "超图",
];

/// Files of a pack whose titles are names of offices and areas.
const NAMING_FILES: &[&str] = &["office", "offices", "org", "area", "areas", "places", "city", "pack"];

/// Shorter names (办公室, 城区) are words of the language.
const NAME_CHARS_MIN: usize = 4;

/// What a name belongs to.
type Names = BTreeMap<String, String>;

/// Every Rust file in `crates/` against every name.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let names = names(tree);
    let code = tree.rust().iter().filter(|source| source.path.starts_with("crates/"));
    code.flat_map(|source| text_faults(&source.path, &source.text, &names)).collect()
}

fn text_faults(path: &str, text: &str, names: &Names) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let lower = line.to_lowercase();
        let named = names.iter().find(|(name, _)| stands_alone(&lower, name));
        if let Some((name, whose)) = named {
            let advice = "declare it in the pack and name the role, the code or the path that is passed in; a test walks `packs/`";
            faults.push(Fault::new(path, index + 1, format!("{name} ({whose}) is named in the code"), advice));
        }
    }
    faults
}

/// All names in lower case.
fn names(tree: &Tree) -> Names {
    let mut names: Names = VENDORS.iter().map(|name| (name.to_lowercase(), "a vendor".to_owned())).collect();
    for (path, text) in tree.matching(|path| path.starts_with("packs/") && path.ends_with(".toml")) {
        let mut parts = path.split('/').skip(1);
        let pack = parts.next().unwrap_or_default();
        names.insert(pack.to_lowercase(), format!("the pack {pack}"));
        let stem = path.rsplit('/').next().and_then(|file| file.strip_suffix(".toml")).unwrap_or_default();
        if NAMING_FILES.contains(&stem) {
            let long_enough = titles(text).filter(|title| title.chars().count() >= NAME_CHARS_MIN);
            names.extend(long_enough.map(|title| (title.to_lowercase(), format!("declared in {path}"))));
        }
    }
    names
}

/// Values of `name` and `title`, on a line of their own or in an inline table.
fn titles(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(|line| {
        ["name = \"", "title = \""].into_iter().filter_map(|key| {
            let (before, rest) = line.split_once(key)?;
            let whole_key = before.is_empty() || before.ends_with([' ', '{', ',']);
            rest.split_once('"').map(|(value, _)| value).filter(|_| whole_key)
        })
    })
}

/// A Latin name must not be a piece of a longer word; Chinese has no such border.
fn stands_alone(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let latin = name.is_ascii();
        let before = line[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        let after = line[at + name.len()..].chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
        !latin || !(before || after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICES: &str = "[[office]]\nid = \"a\"\ntitle = \"市容环卫管理处\"\n[[office]]\ntitle = \"办公室\"\n";

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let tree = Tree::sample(&[
            ("packs/springfield/offices.toml", OFFICES),
            ("packs/springfield/case.toml", "title = \"一般案件\"\n"),
            ("crates/guancheng-app/src/a.rs", text),
        ]);
        assert_eq!(faults(&tree).into_iter().map(|fault| fault.what).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn cities_offices_and_vendors_are_found_in_code_and_prose() {
        check("//! As in Springfield.\n", &["springfield (the pack springfield) is named in the code"]);
        check(
            "const A: &str = \"市容环卫管理处\";\n",
            &["市容环卫管理处 (declared in packs/springfield/offices.toml) is named in the code"],
        );
        check("// speaks to Hikvision cameras\n", &["hikvision (a vendor) is named in the code"]);
    }

    #[test]
    fn words_of_the_language_are_free() {
        check("// 办公室, 一般案件, springfieldish\n", &[]);
    }
}
