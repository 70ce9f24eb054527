//! What keeps a city: verified, backed up and restored, exported and imported, it has the same head.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    folder::{Folder, done, played_city},
    packs,
    server::{Server, run},
};

/// What `verify` says of a folder.
#[track_caller]
fn verified(data: &Path) -> Value {
    let ended = run([Path::new("verify"), Path::new("--json"), Path::new("--data"), data]);
    assert_eq!(ended.status, 0, "{}{}", ended.out, ended.err);
    serde_json::from_str(&ended.out).expect("one JSON document")
}

#[test]
fn a_copy_of_every_kind_has_the_same_head() {
    let folder = Folder::new("keep");
    let data = played_city(&folder, 2);
    let text = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let first = verified(&data);
    assert!(first["records"].as_i64() > Some(100), "{first}");
    assert_eq!(first["differences"], 0);

    done(&["backup", "--data", &data.to_string_lossy(), "--to", &text("backup")]);
    done(&["restore", "--from", &text("backup"), "--data", &text("restored")]);
    done(&["export", "--data", &text("restored"), "--out", &text("city.jsonl")]);
    done(&["import", "city", "--data", &text("imported"), &text("city.jsonl")]);
    for copy in ["restored", "imported"] {
        let again = verified(&folder.join(copy));
        for key in ["head", "records", "cases", "differences"] {
            assert_eq!(again[key], first[key], "{key} of {copy}");
        }
    }

    done(&["export", "--data", &text("imported"), "--out", &text("again.jsonl")]);
    let export = |name: &str| fs::read_to_string(folder.join(name)).expect("an export");
    assert!(export("city.jsonl") == export("again.jsonl"), "an export of an import is the same file");
}

#[test]
fn a_running_city_is_backed_up() {
    let folder = Folder::new("running");
    let data = played_city(&folder, 1);
    let server = Server::start(&data, &packs::demo().to_string_lossy(), &[]).expect("it serves");
    done(&["backup", "--data", &data.to_string_lossy(), "--to", &folder.join("backup").to_string_lossy()]);
    drop(server);
    done(&[
        "restore",
        "--from",
        &folder.join("backup").to_string_lossy(),
        "--data",
        &folder.join("restored").to_string_lossy(),
    ]);
    verified(&folder.join("restored"));
}

#[test]
fn a_folder_in_use_and_a_folder_that_is_not_empty_are_refused() {
    let folder = Folder::new("busy");
    let data = played_city(&folder, 1);
    let server = Server::start(&data, &packs::demo().to_string_lossy(), &[]).expect("it serves");
    let ended = run([Path::new("verify"), Path::new("--data"), &data]);
    assert_eq!(ended.status, 2, "{}", ended.out);
    drop(server);
    let ended = run([Path::new("backup"), Path::new("--data"), &data, Path::new("--to"), &data]);
    assert_eq!(ended.status, 2, "{}", ended.out);
}

/// One byte of a record changed in an export is found, whoever recomputes nothing else.
#[test]
fn an_altered_record_is_a_no() {
    let folder = Folder::new("altered");
    let data = played_city(&folder, 1);
    let path = folder.join("city.jsonl");
    done(&["export", "--data", &data.to_string_lossy(), "--out", &path.to_string_lossy()]);
    let text = fs::read_to_string(&path).expect("an export");
    let line = text
        .lines()
        .find(|line| line.ends_with("\"table\":\"records\"}") && line.contains("opened/1"))
        .expect("a record");
    let at = line.find("opened/1").expect("an opening");
    let mut altered = line.to_owned();
    altered.replace_range(at..at + 6, "Opened");
    fs::write(&path, text.replace(line, &altered)).expect("an altered export");
    let imported = folder.join("imported");
    let ended = run([Path::new("import"), Path::new("city"), Path::new("--data"), &imported, &path]);
    assert_ne!(ended.status, 0, "{}{}", ended.out, ended.err);
}

#[test]
fn a_folder_without_a_city_is_refused_and_not_made_into_one() {
    let folder = Folder::new("nothing");
    let data = folder.join("absent");
    for what in ["verify", "export"] {
        let ended = run([Path::new(what), Path::new("--data"), &data]);
        assert_eq!(ended.status, 2, "{}", ended.err);
        assert!(ended.err.contains("there is no city here"), "{}", ended.err);
        assert!(!data.exists());
    }
}
