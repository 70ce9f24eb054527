//! The simulator against the shipped packs and a real store: what must hold whatever the seed.

mod figures;
mod sound;
mod town;
mod year;

use guancheng_base::{ErrorCode, Instant};
use guancheng_simulator::{Options, Simulator};
use town::Town;

/// A Monday in each city.
const STARTS: &[(&str, &str)] = &[("zhengzhou", "2025-09-15T00:00:00+08:00"), ("boston", "2015-09-14T00:00:00-04:00")];

fn start(pack: &str) -> Instant {
    let (_, text) = STARTS.iter().find(|(known, _)| *known == pack).unwrap();
    Instant::parse_rfc3339(text).unwrap()
}

/// A city a tenth as large as the demo city, where other procedures begin as often.
fn small() -> Options {
    let mut options = Options { scale: 0.1, ..Options::default() };
    options.behaviour.others_per_day = 15.0;
    options
}

fn played(pack: &str, seed: u64, options: Options, days: u32) -> (Town, Simulator) {
    let mut town = Town::new(pack, start(pack));
    let simulator = town.play(seed, start(pack), options, days);
    (town, simulator)
}

/// Seeds to try: two by default, as many as `SIMULATOR_SEEDS` says on demand.
#[expect(clippy::disallowed_methods, reason = "how long a test may search is asked for from outside")]
fn seeds() -> std::ops::Range<u64> {
    let many = std::env::var("SIMULATOR_SEEDS").ok().and_then(|many| many.parse().ok()).unwrap_or(2);
    100..100 + many
}

#[test]
fn the_same_seed_gives_the_same_city_and_another_gives_another() {
    let (one, first) = played("zhengzhou", 7, small(), 1);
    let (again, second) = played("zhengzhou", 7, small(), 1);
    let (other, _) = played("zhengzhou", 8, small(), 1);
    assert_eq!((one.head(), first.summary()), (again.head(), second.summary()));
    assert_ne!(one.head(), other.head());
}

#[test]
fn a_city_killed_before_its_commits_is_the_same_city() {
    let (whole, _) = played("zhengzhou", 7, small(), 1);
    let mut town = Town::new("zhengzhou", start("zhengzhou"));
    town.killed_every = Some(3);
    town.play(7, start("zhengzhou"), small(), 1);
    assert_eq!(town.head(), whole.head());
}

#[test]
fn every_day_of_every_seed_is_sound() {
    for seed in seeds() {
        for (pack, _) in STARTS {
            let options = Options { outages: seed % 2 == 1, ..small() };
            let (mut town, mut simulator) = played(pack, seed, options, 1);
            sound::check(&town, &simulator, seed);
            town.go_on(&mut simulator, 1);
            sound::check(&town, &simulator, seed);
            assert!(simulator.summary().opened() > 0, "{pack} {seed}: {}", simulator.summary());
        }
    }
}

#[test]
fn people_are_refused_only_what_they_should_not_try() {
    let (town, simulator) = played("zhengzhou", 11, small(), 6);
    let summary = simulator.summary();
    let fair = [
        ErrorCode::EvidenceMissing,
        ErrorCode::CheckFailed,
        ErrorCode::LimitReached,
        ErrorCode::WindowPassed,
        ErrorCode::ExtensionRefused,
    ];
    assert!(summary.refusals.keys().all(|code| fair.contains(code)), "{summary}");
    assert_eq!(summary.stuck, 0, "{summary}");
    let on_time = summary.on_time_share().unwrap();
    assert!((0.7..=1.0).contains(&on_time), "{summary}");
    let mut kinds = simulator.kinds();
    assert!(kinds.all(|kind| summary.cases.get(kind).is_some_and(|n| *n > 0)), "{summary}");
    sound::check(&town, &simulator, 11);
}
