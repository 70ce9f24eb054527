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
