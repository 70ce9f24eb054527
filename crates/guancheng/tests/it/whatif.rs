//! Replay before publish: the recorded cases under their own pack differ in nothing, and under a changed limit in that
//! clock alone.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use crate::{
    folder::{Folder, copy, done, played_city},
    packs,
};

fn differences(data: &Path, with: &Path) -> Value {
    let args = ["whatif", "--json", "--data", &data.to_string_lossy(), "--with", &with.to_string_lossy()];
    serde_json::from_str(done(&args).out.trim()).expect("one JSON document")
}

#[test]
fn only_what_the_changed_pack_changes_comes_out_differently() {
    let folder = Folder::new("whatif");
    let data = played_city(&folder, 3);
    let same = differences(&data, &packs::demo());
    assert!(same["cases"].as_u64() > Some(50), "{same}");
    assert_eq!(same["differences"], Value::Array(Vec::new()));

    let changed = folder.join("changed");
    copy(&packs::demo(), &changed);
    let file = changed.join("procedures/case.toml");
    let text = fs::read_to_string(&file).expect("a procedure");
    let longer = text.replace("limit = \"1 work_hour\"", "limit = \"2 work_hour\"");
    assert_ne!(text, longer, "the procedure declares a limit of one working hour");
    fs::write(&file, longer).expect("a changed pack");

    let found = differences(&data, &changed);
    let list = found["differences"].as_array().expect("a list");
    assert!(!list.is_empty());
    let clocks: BTreeSet<&str> = list
        .iter()
        .flat_map(|case| case["clocks"].as_array().into_iter().flatten())
        .filter_map(|clock| clock["clock"].as_str())
        .collect();
    assert_eq!(clocks, BTreeSet::from(["dispatching"]));
    assert!(list.iter().all(|case| case["refused"] == Value::Array(Vec::new()) && case["state"].is_null()), "{found}");
}
