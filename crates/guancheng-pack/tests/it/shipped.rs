//! Both shipped packs load, and what they declare holds together.

use std::path::{Path, PathBuf};

use guancheng_base::Day;
use guancheng_pack::Pack;
use guancheng_place::Level;

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

#[test]
fn every_filing_condition_can_be_handled() {
    let pack = load("zhengzhou");
    let (list, table) = (&pack.code_lists["case_category"], &pack.tables["case_units"]);
    let today = Day::parse("2014-06-03").unwrap();
    let offered: Vec<_> = list.rows().filter(|row| list.is_leaf(&row.code) && row.valid_on(today)).collect();
    assert_eq!(offered.len(), 85);
    for column in ["disposal_limit", "closing", "evidence"] {
        let without: Vec<_> = offered.iter().filter(|row| list.cell(&row.code, column).is_none()).collect();
        assert!(without.is_empty(), "no {column}: {without:?}");
    }
    let cells: Vec<i64> =
        pack.places.areas().level(Level::District).map(|area| area.code.number() + 1_001_001).collect();
    let nobody = offered.iter().filter(|row| cells.iter().any(|cell| table.find(&row.code, Some(*cell)).is_none()));
    let nobody: Vec<&str> = nobody.map(|row| row.code.as_str()).collect();
    assert_eq!(nobody, ["c0204-1", "e0698-1"], "what the dispatcher decides");
}

#[test]
fn every_post_of_a_demo_city_hangs_together() {
    for city in ["zhengzhou", "boston"] {
        let pack = load(city);
        let held = |post: &str| pack.people.iter().any(|person| person.post == *post);
        let idle: Vec<_> = pack.posts.iter().filter(|post| !held(&post.id)).map(|post| &post.id).collect();
        assert!(idle.is_empty(), "nobody holds {idle:?} in {city}");
        let roles =
            pack.newest().flat_map(|procedure| procedure.roles()).chain(pack.roles.iter().map(|role| role.id.clone()));
        for role in roles {
            let given = pack.posts.iter().any(|post| post.grants.iter().any(|grant| grant.role == role));
            assert!(given, "no post of {city} gives the role {role}");
        }
    }
    let sections = load("zhengzhou").offices.into_iter().filter(|office| office.kind == "section").count();
    assert_eq!(sections, 25, "the offices of the work plan");
}
