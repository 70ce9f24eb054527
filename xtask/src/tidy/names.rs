//! No city, office or vendor is named in `crates/`: what is special to one city is declared in its pack. The names come
//! from the packs themselves, so a new pack is covered on the day it is added.

use std::collections::BTreeMap;

use super::Fault;
use super::source::Source;
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

/// Shorter names (办公室) are words of the language.
const NAME_CHARS_MIN: usize = 4;

/// Whose the name of a pack's folder is. A test may say which of the shipped packs it runs.
const PACK: &str = "the pack ";

/// What a name belongs to.
type Names = BTreeMap<String, String>;

/// Every Rust file in `crates/` against every name.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let names = names(tree);
    let code = tree.rust().iter().filter(|source| source.path.starts_with("crates/"));
    code.flat_map(|source| source_faults(source, &names)).collect()
}

fn source_faults(source: &Source, names: &Names) -> Vec<Fault> {
    let tests = source.test_lines();
    let mut faults = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        let lower = line.to_lowercase();
        let in_test = tests.get(index).copied().unwrap_or_default();
        let named =
            names.iter().find(|(name, whose)| !(in_test && whose.starts_with(PACK)) && stands_alone(&lower, name));
        if let Some((name, whose)) = named {
            let advice = "declare it in the pack and name the role, the code or the path that is passed in; a test walks `packs/`";
            faults.push(Fault::new(&source.path, index + 1, format!("{name} ({whose}) is named in the code"), advice));
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
        names.insert(pack.to_lowercase(), format!("{PACK}{pack}"));
        let whole = office_names(text).filter(|name| is_proper(name));
        names.extend(whole.map(|name| (name.to_lowercase(), format!("declared in {path}"))));
    }
    names
}

/// True for a name that cannot also be a word of the language.
fn is_proper(name: &str) -> bool {
    if name.is_ascii() { name.contains(' ') } else { name.chars().count() >= NAME_CHARS_MIN }
}

/// Values of `name` inside `office = [ … ]` or under `[[office]]`.
fn office_names(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter_map(move |line| {
        let line = line.trim();
        match line {
            "office = [" | "[[office]]" => inside = true,
            "]" => inside = false,
            _ if line.starts_with("[[") => inside = false,
            _ => {}
        }
        let (before, rest) = line.split_once("name = \"").filter(|_| inside)?;
        let whole_key = before.is_empty() || before.ends_with([' ', '{', ',']);
        rest.split_once('"').map(|(name, _)| name).filter(|_| whole_key)
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

    const OFFICES: &str = "office = [\n  { code = \"a\", name = \"市容环卫管理处\" },\n  { name = \"办公室\" },\n\
                           \x20 { name = \"Public Works\" },\n  { name = \"Works\" },\n]\nrole = [\n  { name = \"专业部门甲\" },\n]\n";

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let tree = Tree::sample(&[
            ("packs/springfield/org/offices.toml", OFFICES),
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
            &["市容环卫管理处 (declared in packs/springfield/org/offices.toml) is named in the code"],
        );
        check("// speaks to Hikvision cameras\n", &["hikvision (a vendor) is named in the code"]);
    }

    #[test]
    fn words_of_the_language_are_free() {
        check("// 办公室, 一般案件, 专业部门甲, springfieldish, works\n", &[]);
    }

    #[test]
    fn a_test_may_name_its_pack_but_no_office() {
        check("#[cfg(test)]\nmod tests {\n  const PACK: &str = \"springfield\";\n}\n", &[]);
        let office = "public works (declared in packs/springfield/org/offices.toml) is named in the code";
        check("#[cfg(test)]\nmod tests {\n  // Public Works\n}\n", &[office]);
    }
}
