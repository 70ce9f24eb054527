//! `guancheng play` and the simulated days of a demo city.

use std::{fs, ops::Range, path::Path};

use guancheng_app::{
    AppError, City,
    ports::{FileMeta, FileRow, Tx},
};
use guancheng_base::{Day, Instant};
use guancheng_simulator::{Options, PlanYear, Road, Simulator, Summary, World};
use guancheng_store::Store;
use serde_json::json;

use super::city::{Opened, open, words};
use crate::{Answer, Outcome, cli::PlayArgs};

/// Plays days into the city of the settings.
pub fn run(args: &PlayArgs) -> Outcome {
    let settings = args.place.settings(None)?;
    let opened = open(&settings)?;
    super::demo::ensure_people(&opened)?;
    let from = Day::parse(&args.from).map_err(|error| format!("--from: {error}"))?;
    let start = opened.city.calendar().midnight(from);
    let end = Instant(start.0 + i64::from(args.days) * DAY_MS);
    let options = Options { roads: roads(&settings.path("pack")), ..Options::default() };
    let summary = play(&opened, args.seed, start..end, args.speed, options)?;
    let head = guancheng_store::hex(&opened.store.verify(false).map_err(|error| error.to_string())?.head);
    if args.json {
        say!("{}", json!({ "seed": args.seed, "days": args.days, "head": head, "summary": summary.to_string() }));
    } else {
        say!("{summary}\nhead {head}");
    }
    Ok(Answer::Yes)
}

/// Plays a span; as fast as possible, or at `speed` simulated seconds per real second.
pub fn play(
    opened: &Opened,
    seed: u64,
    span: Range<Instant>,
    speed: Option<f64>,
    options: Options,
) -> Result<Summary, String> {
    let Range { start, end } = span;
    let mut world = Recorded { store: opened.store.clone(), at: start };
    let mut year = match opened.store.health(start).map_err(|error| error.to_string())?.records {
        // The year before the simulated days is played only where nothing has happened yet.
        0 => PlanYear::new(&opened.city, seed, opened.city.day(end)),
        _ => None,
    };
    if let Some(year) = &mut year {
        year.run_until(&mut world, start).map_err(words)?;
    }
    let mut simulator = Simulator::new(&opened.city, seed, start, options);
    let mut at = start;
    while at < end {
        let next = at.plus_ms(HOUR_MS).min(end);
        if let Some(year) = &mut year {
            year.run_beside(&mut world, next).map_err(words)?;
        }
        simulator.run_until(&mut world, next).map_err(words)?;
        if let Some(speed) = speed {
            pace((next.0 - at.0) as f64 / 1000.0 / speed)?;
        }
        at = next;
    }
    Ok(simulator.summary().clone())
}

/// The named roads of a pack's base map, along which most things happen; none without such a map.
pub fn roads(pack: &Path) -> Vec<Road> {
    let text = fs::read_to_string(pack.join("places/base-roads.geojson"));
    text.map(|text| Road::read_geojson(&text)).unwrap_or_default()
}

/// Lets real time pass beside the simulated.
#[expect(clippy::disallowed_methods, reason = "waiting is what was asked for")]
fn pace(seconds: f64) -> Result<(), String> {
    let pause = std::time::Duration::try_from_secs_f64(seconds);
    std::thread::sleep(pause.map_err(|_| "--speed must be a number above zero, not too small".to_owned())?);
    Ok(())
}

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// The store as the simulator sees it.
struct Recorded {
    store: Store,
    at: Instant,
}

impl World for Recorded {
    fn write<T, F>(&mut self, job: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Tx) -> Result<T, AppError> + Send + 'static,
    {
        self.store.write(move |tx| job(tx))
    }

    fn keep_file(&mut self, bytes: &[u8]) -> Result<FileRow, AppError> {
        Ok(self.store.put_file(bytes, FileMeta::default(), self.at, None)?)
    }
}

/// The first instant of the simulated days before `now`: a local midnight.
pub fn days_before(city: &City, now: Instant, days: u32) -> Instant {
    let back = i32::try_from(days).unwrap_or(i32::MAX);
    city.calendar().midnight(city.day(now).plus(-back))
}
