//! Both shipped packs load, and what they declare holds together.

use std::path::{Path, PathBuf};

use guancheng_pack::Pack;

fn dir(pack: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(pack)
}

#[track_caller]
fn load(pack: &str) -> Pack {
    Pack::load(&dir(pack)).unwrap_or_else(|faults| panic!("packs/{pack} does not load\n{faults}"))
}

#[test]
fn the_first_city_loads() {
    let pack = load("zhengzhou");
    assert!(pack.warnings.is_empty(), "{}", pack.warnings);
}

#[test]
fn the_second_city_loads() {
    let pack = load("boston");
    assert!(pack.warnings.is_empty(), "{}", pack.warnings);
    let types = pack.code_lists["request_type"].rows().filter(|row| pack.code_lists["request_type"].is_leaf(&row.code));
    assert_eq!(types.count(), 158);
}

#[test]
fn who_may_do_what_is_written_down() {
    for city in ["zhengzhou", "boston"] {
        let matrix = guancheng_pack::render::matrix(&load(city));
        expect_test::expect_file![dir(city).join("matrix.txt")].assert_eq(&matrix);
    }
}

#[test]
fn every_procedure_has_a_page_to_sign() {
    for city in ["zhengzhou", "boston"] {
        let pack = load(city);
        for procedure in pack.newest() {
            let page = guancheng_pack::render::page(&pack, procedure);
            let titles =
                procedure.moves.iter().map(|mv| &mv.title).chain(procedure.clocks.iter().map(|clock| &clock.title));
            for title in titles.chain(procedure.states.iter().map(|state| &state.title)) {
                assert!(page.contains(title.as_str()), "{title} is not on the page of {}", procedure.id);
            }
            assert!(!page.contains("http"), "the page of {} is not self-contained", procedure.id);
        }
    }
}

/// A key that no pack uses is deleted from the schema.
#[test]
fn every_key_of_the_schema_is_used() {
    let dirs = [dir("zhengzhou"), dir("boston")];
    let keys = guancheng_pack::schema_keys(&dirs.each_ref().map(PathBuf::as_path));
    let unused: Vec<_> = keys.into_iter().filter(|(_, used)| !used).map(|(key, _)| key).collect();
    assert_eq!(unused, []);
}

#[test]
fn a_mapping_may_lie_outside_the_pack() {
    let pack = load("boston");
    let mapping = guancheng_pack::read_mapping(&dir("boston").join("mappings/cases_2015.toml"), &pack);
    assert_eq!(mapping.map_err(|faults| faults.to_string()).as_ref(), Ok(&pack.mappings["cases_2015"]));
    let absent = guancheng_pack::read_mapping(Path::new("nowhere.toml"), &pack);
    assert!(absent.is_err_and(|faults| faults.to_string().contains("nowhere.toml cannot be read")));
}

#[test]
fn every_key_of_the_schema_is_documented() {
    let readme = std::fs::read_to_string(dir("README.md")).unwrap();
    let section = |table: &str| {
        let (_, after) = readme.split_once(&format!("\n### {table}\n"))?;
        Some(after.split("\n#").next().unwrap_or(after).to_owned())
    };
    let dirs = [dir("zhengzhou"), dir("boston")];
    let keys = guancheng_pack::schema_keys(&dirs.each_ref().map(PathBuf::as_path));
    let told = |table: &str, key: &str| section(table).is_some_and(|text| text.contains(&format!("`{key}`")));
    let untold: Vec<_> = keys.into_keys().filter(|(table, key)| !told(table, key)).collect();
    assert_eq!(untold, []);
}
