//! Real requests of another city's system, by the mapping of the pack that is named as their folder.
//!
//! The data is not part of the repository; where it is not beside it, there is nothing to import.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::{
    folder::Folder,
    packs,
    server::{root, run},
};

/// A pack with a mapping and the largest table of the folder of its name beside the repository.
fn given() -> Option<(PathBuf, PathBuf, PathBuf)> {
    packs::all().into_iter().find_map(|pack| {
        let mapping = files(&pack.join("mappings"), "toml").into_iter().next()?;
        let data = root().join("../shared/data").join(pack.file_name()?);
        let table =
            files(&data, "csv").into_iter().max_by_key(|path| fs::metadata(path).map_or(0, |meta| meta.len()))?;
        Some((pack, mapping, table))
    })
}

fn files(dir: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut found: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|known| known == extension)).collect();
    found.sort();
    found
}

#[test]
fn every_request_is_accounted_for_and_every_verdict_equals_the_city_s_own() {
    let Some((pack, mapping, table)) = given() else { return };
    let folder = Folder::new("import");
    let (data, report) = (folder.join("data"), folder.join("report.csv"));
    let import = || {
        let args: [&Path; 12] = [
            "import".as_ref(),
            "cases".as_ref(),
            "--json".as_ref(),
            "--pack".as_ref(),
            &pack,
            "--data".as_ref(),
            &data,
            "--mapping".as_ref(),
            &mapping,
            "--report".as_ref(),
            &report,
            &table,
        ];
        let ended = run(args);
        assert!(ended.status == 0 || ended.status == 1, "{}{}", ended.out, ended.err);
        serde_json::from_str::<Value>(&ended.out).expect("one JSON document")
    };
    let first = import();
    let count = |key: &str| first[key].as_u64().unwrap_or_default();
    assert_eq!(first["rows"], 8_912);
    assert_eq!(count("accepted") + count("repaired") + count("refused"), 8_912, "{first}");
    assert_eq!(first["verdicts"]["compared"], 5_191, "{first}");
    assert_eq!(first["verdicts"]["equal"], 5_191, "{first}");
    let rows = fs::read_to_string(&report).expect("a report").lines().count();
    assert!(rows > 8_912, "a line per row and a heading");

    let head = |data: &Path| run([Path::new("verify"), Path::new("--json"), Path::new("--data"), data]).out;
    let heads = |text: String| {
        serde_json::from_str::<Value>(&text).map(|said| json!([said["ok"], said["head"], said["records"]])).ok()
    };
    let before = heads(head(&data));
    let second = import();
    assert_eq!(second["known"].as_u64(), Some(count("accepted") + count("repaired")), "{second}");
    assert_eq!(second["accepted"], 0);
    assert_eq!(second["verdicts"], first["verdicts"]);
    assert_eq!(heads(head(&data)), before, "a second run changes nothing");
}
