//! What every handler shares: the city, its store, the clock, and what only the edge remembers.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use guancheng_app::{
    City,
    ports::{Read, Tx},
};
use guancheng_base::Instant;
use guancheng_store::Store;
use tokio::sync::{Semaphore, oneshot};

use crate::{
    feed::Feed,
    limits,
    problem::{Answer, Problem},
    rates::{Failures, Rate},
    secret::Random,
    sessions::Sessions,
};

/// The time, as the caller of the router tells it: the system's, a demo's, a test's.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// How the edge is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Behind TLS: session cookies are `Secure`.
    pub secure_cookies: bool,
    /// Whether to tell browsers to come by TLS only.
    pub hsts: bool,
    /// Whether a proxy in front writes `X-Forwarded-For`, so that its last entry is the client.
    pub behind_proxy: bool,
    /// Public writes from one address in a minute; 0 for no limit.
    pub public_writes_per_minute: u32,
    /// The folder with `<name>.pmtiles`.
    pub tiles: Option<PathBuf>,
    /// The procedure pages by procedure and language, rendered when the pack was loaded.
    pub version: String,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            secure_cookies: false,
            hsts: false,
            behind_proxy: false,
            public_writes_per_minute: limits::PUBLIC_WRITES_PER_MINUTE,
            tiles: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// Everything the router needs. Cheap to clone.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

struct Inner {
    city: Arc<City>,
    store: Store,
    clock: Clock,
    random: Random,
    settings: Settings,
    sessions: Sessions,
    public_writes: Rate,
    failures: Failures,
    hashing: Semaphore,
    feed: Feed,
    incidents: AtomicU64,
}

impl Api {
    /// Joins what handlers need and begins to listen to the store's changes.
    pub fn new(city: Arc<City>, store: Store, clock: Clock, random: Random, settings: Settings) -> Self {
        let feed = Feed::new();
        let heard = feed.clone();
        store.on_change(move |changes| heard.publish(changes));
        let public_writes = Rate::new(settings.public_writes_per_minute);
        Api(Arc::new(Inner {
            city,
            store,
            clock,
            random,
            settings,
            sessions: Sessions::default(),
            public_writes,
            failures: Failures::default(),
            hashing: Semaphore::new(limits::HASHES_AT_ONCE),
            feed,
            incidents: AtomicU64::new(0),
        }))
    }

    /// The city.
    pub fn city(&self) -> &Arc<City> {
        &self.0.city
    }

    /// Its store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The time now. Asked once per request.
    pub fn now(&self) -> Instant {
        (self.0.clock)()
    }

    /// Unguessable bytes.
    pub fn random(&self) -> &Random {
        &self.0.random
    }

    /// How the edge is set up.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Sessions that were used lately.
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// How often one address may write without a log-in.
    pub(crate) fn public_writes(&self) -> &Rate {
        &self.0.public_writes
    }

    /// Failed log-ins.
    pub(crate) fn failures(&self) -> &Failures {
        &self.0.failures
    }

    /// Room for password hashes.
    pub(crate) fn hashing(&self) -> &Semaphore {
        &self.0.hashing
    }

    /// What just changed.
    pub(crate) fn feed(&self) -> &Feed {
        &self.0.feed
    }

    /// The next incident number: the time and a counter, so that it is found in the log.
    pub(crate) fn incident(&self) -> String {
        let n = self.0.incidents.fetch_add(1, Ordering::Relaxed) + 1;
        format!("{}-{n}", self.now().0)
    }

    /// Reads one consistent snapshot, away from the threads that serve sockets.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&City, &dyn Read) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let inner = Arc::clone(&self.0);
        let read = move || inner.store.read(|store| f(&inner.city, store));
        tokio::task::spawn_blocking(read).await.map_err(|error| Problem::internal(error.to_string()))?
    }

    /// Runs a job in the writer's next commit; the answer comes when it is on disk.
    pub async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&City, &mut dyn Tx) -> Result<T, Problem> + Send + 'static,
    ) -> Answer<T> {
        let (send, receive) = oneshot::channel();
        let city = Arc::clone(&self.0.city);
        self.0.store.write_with(
            move |tx| job(&city, tx),
            move |result| {
                // A client that went away does not undo what was recorded.
                let _gone = send.send(result);
            },
        );
        receive.await.map_err(|_| Problem::internal("the writer stopped"))?
    }
}
