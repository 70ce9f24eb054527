//! `guancheng calendar`: questions on the command line, and files of expected values.

use std::path::PathBuf;

use expect_test::{Expect, expect};

use crate::{
    folder::Folder,
    packs,
    server::{root, run},
};

/// The calendar of the demo pack that has a file of vectors beside it, by the name of that file.
fn vectors() -> Vec<PathBuf> {
    let calendars = packs::all().into_iter().map(|pack| pack.join("calendars"));
    let files = calendars.flat_map(|dir| std::fs::read_dir(dir).into_iter().flatten());
    let paths = files.filter_map(|entry| Some(entry.ok()?.path()));
    let mut found: Vec<PathBuf> = paths.filter(|path| path.to_string_lossy().ends_with(".vectors.json")).collect();
    found.sort();
    found
}

fn calendar() -> String {
    let file = vectors().into_iter().next().expect("a pack has vectors");
    file.file_name()
        .and_then(|name| name.to_str())
        .and_then(|name| name.split('.').next())
        .unwrap_or_default()
        .to_owned()
}

#[track_caller]
fn check(what: &str, args: &[&str], status: i32, expected: Expect) {
    let calendar = calendar();
    let mut all = vec!["calendar", what, "--calendar", &calendar];
    all.extend(args);
    let ended = run(all);
    let said = if status == 0 { &ended.out } else { &ended.err };
    assert_eq!(ended.status, status, "{}{}", ended.out, ended.err);
    expected.assert_eq(said.replace(&calendar, "CALENDAR").trim_end());
}

#[test]
fn due_dates_are_told() {
    check("due", &["--from", "2014-09-26T16:40", "--limit", "2 work_hour"], 0, expect!["2014-09-28T09:40:00+08:00"]);
    check("due", &["--from", "2014-01-24", "--limit", "15 natural_day"], 0, expect!["2014-02-08T23:59:59+08:00"]);
    check(
        "due",
        &["--from", "2014-09-26T16:40", "--limit", "2 work_hour", "--json"],
        0,
        expect![[
            r#"{"calendar":"CALENDAR","due":"2014-09-28T09:40:00+08:00","from":"2014-09-26T16:40:00+08:00","limit":"2 work_hour"}"#
        ]],
    );
}

#[test]
fn elapsed_time_is_told() {
    check(
        "elapsed",
        &["--from", "2014-09-26T16:40", "--to", "2014-09-28T09:40", "--unit", "work_hour"],
        0,
        expect!["2 work_hour"],
    );
}

#[test]
fn a_year_that_is_not_loaded_is_a_no() {
    check(
        "due",
        &["--from", "2031-05-01", "--limit", "3 work_day"],
        1,
        expect![
            "calendar CALENDAR is not loaded for 2031 (loaded: 2014, 2020-2026): add that year's days off and make-up days with their source"
        ],
    );
}

#[test]
fn a_bare_day_is_wrong_use() {
    check(
        "due",
        &["--from", "2024-05-01", "--limit", "3 day"],
        2,
        expect![[
            r#"guancheng: "day" is no unit of time here: a day is natural_day (every day counts, a last day off rolls on) or work_day (only working days count)"#
        ]],
    );
}

#[test]
fn every_vector_beside_a_calendar_holds() {
    let mut files = vectors();
    files.extend([root().join("../shared/design/clock_vectors.json")].into_iter().filter(|path| path.exists()));
    assert!(!files.is_empty());
    for file in files {
        let path = file.to_string_lossy().into_owned();
        let ended = run(["calendar", "check", &path]);
        assert_eq!(ended.status, 0, "{path}\n{}{}", ended.out, ended.err);
        assert!(ended.out.contains("vectors hold"), "{}", ended.out);
    }
}

#[test]
fn a_vector_that_does_not_hold_is_printed_and_is_a_no() {
    let folder = Folder::new("vectors");
    let path = folder.join("wrong.json");
    let text = format!(
        r#"{{"calendar": "{}", "vectors": [
            {{"name": "right", "unit": "natural_day", "n": 15, "start": "2014-01-24", "due": "2014-02-08"}},
            {{"name": "a day early", "unit": "natural_day", "n": 15, "start": "2014-01-24", "due": "2014-02-07"}}]}}"#,
        calendar()
    );
    std::fs::write(&path, text).expect("a file of vectors");
    let ended = run(["calendar", "check", &path.to_string_lossy()]);
    assert_eq!(ended.status, 1, "{}{}", ended.out, ended.err);
    expect![[r#"
        a day early: expected 2014-02-07, got 2014-02-08T23:59:59+08:00
        CALENDAR: 1 of 2 vectors hold
    "#]]
    .assert_eq(&ended.out.replace(&calendar(), "CALENDAR"));
}
