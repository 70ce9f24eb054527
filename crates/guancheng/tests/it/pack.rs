//! `guancheng check` and `guancheng docs`: sound packs, and packs that somebody broke.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    folder::{Folder, copy, done},
    packs,
    server::run,
};

#[test]
fn the_packs_of_the_repository_are_sound() {
    assert!(packs::all().len() >= 2, "two unlike packs or it is not a platform");
    for pack in packs::all() {
        let ended = run(["check", &packs::typed(&pack)]);
        assert_eq!(ended.status, 0, "{}{}", ended.out, ended.err);
        let ended = run(["check", "--json", &packs::typed(&pack)]);
        let answer: Value = serde_json::from_str(&ended.out).expect("one JSON document");
        assert_eq!(answer["ok"], true, "{answer}");
    }
}

/// Changes one file of a copy of the demo pack; everything that is expected must be said of it. The whole rendering is
/// held by the tests of the pack reader, on a pack that does not change.
#[track_caller]
fn check(file: &str, change: impl FnOnce(String) -> String, expected: &[&str]) {
    let folder = Folder::new("broken");
    let pack = folder.join("pack");
    copy(&packs::demo(), &pack);
    let path = pack.join(file);
    let before = fs::read_to_string(&path).expect("the file is there");
    let after = change(before.clone());
    assert_ne!(before, after, "the change found its place");
    fs::write(&path, after).expect("the file is written");
    let ended = run([Path::new("check"), &pack]);
    assert_eq!(ended.status, 1, "{}{}", ended.out, ended.err);
    for text in expected.iter().copied().chain([format!("--> {file}:").as_str()]) {
        assert!(ended.err.contains(text), "{text} is not said in\n{}", ended.err);
    }
}

#[test]
fn an_unknown_key_is_a_fault_with_its_place() {
    let misspelt = |text: String| text.replace("\ncurrency = ", "\ncurency = ");
    check(
        "pack.toml",
        misspelt,
        &["error: unknown key `curency`", "did you mean `currency`?", "| curency = ", "| ^^^^^^^\n"],
    );
}

#[test]
fn what_is_no_toml_is_a_fault_with_its_place() {
    check("pack.toml", |text| text + "\nunfinished = [\n", &["error: unclosed array, expected `]`"]);
}

#[test]
fn a_move_to_nowhere_is_a_fault() {
    let nowhere = |text: String| {
        text.replacen("to = \"filed\", by = [\"role:intake\"]", "to = \"field\", by = [\"role:intake\"]", 1)
    };
    check("procedures/case.toml", nowhere, &["error: there is no state field", "did you mean filed?"]);
}

#[test]
fn an_example_that_fails_is_a_fault() {
    let later =
        |text: String| text.replacen("disposal_due = \"2014-09-26T18:40\"", "disposal_due = \"2014-09-26T18:41\"", 1);
    check(
        "procedures/case.toml",
        later,
        &["fails: expect.disposal_due is 2014-09-26T18:41, but disposal is due 2014-09-26T18:40"],
    );
}

#[test]
fn a_folder_without_a_pack_is_no_pack() {
    let folder = Folder::new("nothing");
    let ended = run([Path::new("check"), &folder.join("")]);
    assert_eq!(ended.status, 1, "{}{}", ended.out, ended.err);
}

#[test]
fn every_procedure_has_a_page() {
    let folder = Folder::new("docs");
    let out = folder.join("pages");
    done(&["docs", &packs::typed(&packs::demo()), "--out", &out.to_string_lossy()]);
    let pages = fs::read_dir(&out).expect("pages").count();
    let procedures = fs::read_dir(packs::demo().join("procedures")).expect("procedures").count();
    assert_eq!(pages, procedures);
}
