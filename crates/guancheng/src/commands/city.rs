//! A city opened from its settings: pack, store and organisation joined.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use guancheng_app::{
    AppError, City, Done,
    ports::{OrgRows, Read, Tx},
    setup,
};
use guancheng_base::{CaseId, Instant};
use guancheng_pack::Pack;
use guancheng_store::{Options, Store};

use super::check::load;
use crate::settings::Settings;

/// A city that can be worked with.
pub struct Opened {
    /// Definitions and organisation.
    pub city: Arc<City>,
    /// What is recorded.
    pub store: Store,
}

/// Opens the city of the settings, bringing its organisation up to what the pack declares.
pub fn open(settings: &Settings) -> Result<Opened, String> {
    let pack = Arc::new(load(&settings.path("pack"))?);
    let store = open_store(&settings.path("data"), settings)?;
    join(pack, store)
}

/// The store alone, for upkeep.
pub fn open_store(data: &Path, settings: &Settings) -> Result<Store, String> {
    let readers = usize::try_from(settings.number("readers")?).unwrap_or(usize::MAX);
    Store::open(data, Options { readers }).map_err(|error| format!("{}: {error}", data.display()))
}

/// The store of a city that is there: for commands that only read, which must not make one.
pub fn open_recorded(data: &Path, settings: &Settings) -> Result<Store, String> {
    if !data.join("city.sqlite").is_file() {
        return Err(format!("{}: there is no city here; name its folder with --data", data.display()));
    }
    open_store(data, settings)
}

/// Joins a pack and a store; writes the declared organisation where it differs from what is recorded.
pub fn join(pack: Arc<Pack>, store: Store) -> Result<Opened, String> {
    let held = store.read(|reader| reader.org().map_err(AppError::from)).map_err(words)?;
    let rows = setup::org_rows(&pack, held.clone()).map_err(words)?;
    if rows != held {
        put_org(&store, rows.clone())?;
    }
    let city = City::new(pack, rows).map_err(words)?;
    Ok(Opened { city: Arc::new(city), store })
}

/// Records an organisation.
pub fn put_org(store: &Store, rows: OrgRows) -> Result<(), String> {
    store.write(move |tx| tx.put_org(&rows).map_err(AppError::from)).map_err(words)
}

/// The system's time. The one place of the binary that asks for it.
#[expect(clippy::disallowed_methods, reason = "the edge, where the time of a command comes from")]
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// An error as a sentence for the command line.
pub fn words(error: AppError) -> String {
    error.to_string()
}

/// The thread that fires due timers and delivers effects until it is dropped.
pub struct Ticker {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Timers fired and effects delivered in one look; more wait for the next, so that other writers get their turn.
const BATCH: usize = 200;

/// When a case whose timer was refused is looked at again, in milliseconds: what it waits for (a year of the calendar,
/// say) is mended by people.
const AGAIN_MS: i64 = 10 * 60_000;

/// Cases whose timers were refused, and until when they are left alone.
type Refused = BTreeMap<CaseId, Instant>;

impl Ticker {
    /// Starts looking every `pause`.
    pub fn start(opened: &Opened, pause: Duration) -> Ticker {
        let stop = Arc::new(AtomicBool::new(false));
        let (city, store, stopped) = (Arc::clone(&opened.city), opened.store.clone(), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            let mut refused = Refused::new();
            while !stopped.load(Ordering::Relaxed) {
                let done = look(&city, &store, &mut refused, now());
                if let Err(error) = &done {
                    eprintln!("guancheng: timers: {error}");
                }
                // After a full look more may be waiting.
                if done.map_or(true, |done| done < BATCH) {
                    std::thread::park_timeout(pause);
                }
            }
        });
        Ticker { stop, thread: Some(thread) }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A panic there was printed when it happened.
            let _ended = thread.join();
        }
    }
}

/// Fires what is due and delivers what waits; returns how much that was. Each case has a job of its own, so that one bad
/// case stops no other; the jobs are given together, so that they share a commit. A case that was refused waits, so that
/// however many of them there are the others get their turn.
fn look(city: &Arc<City>, store: &Store, refused: &mut Refused, now: Instant) -> Result<usize, AppError> {
    refused.retain(|_, until| *until > now);
    let due = store.read(|reader| reader.due_timers(now, BATCH + refused.len()).map_err(AppError::from))?;
    let due: Vec<CaseId> = due.iter().map(|timer| timer.case).filter(|case| !refused.contains_key(case)).collect();
    let (told, heard) = mpsc::channel();
    for case in due.iter().copied() {
        let (city, told) = (Arc::clone(city), told.clone());
        // The receiver lives until every case is answered.
        let tell = move |fired: Result<Done, AppError>| drop(told.send((case, fired)));
        store.write_with(move |tx| guancheng_app::fire(&city, tx, now, case), tell);
    }
    drop(told);
    for (case, fired) in heard {
        if let Err(error) = fired {
            eprintln!("guancheng: case {case}: {error}");
            if matches!(error, AppError::Refused(_)) {
                refused.insert(case, now.plus_ms(AGAIN_MS));
            }
        }
    }
    let delivered =
        if store.health(now)?.outbox > 0 { store.write(move |tx| guancheng_app::deliver(tx, now, BATCH))? } else { 0 };
    Ok(due.len().max(delivered))
}
