//! The simulator: the same seed, days and pack give the same city to the bit.

use serde_json::Value;

use crate::{
    folder::{Folder, done},
    packs,
};

/// The head of the log after two days of a seed, in a folder of its own.
fn head(seed: &str) -> String {
    let folder = Folder::new("play");
    let (pack, data) = (packs::demo(), folder.join("data"));
    let args = [
        "play",
        "--json",
        "--seed",
        seed,
        "--days",
        "2",
        "--pack",
        &pack.to_string_lossy(),
        "--data",
        &data.to_string_lossy(),
    ];
    let ended = done(&args);
    let answer: Value = serde_json::from_str(ended.out.trim()).expect("one JSON document");
    answer["head"].as_str().expect("a head").to_owned()
}

#[test]
fn the_same_seed_gives_the_same_hash() {
    assert_eq!(head("7"), head("7"));
    assert_ne!(head("7"), head("8"));
}
