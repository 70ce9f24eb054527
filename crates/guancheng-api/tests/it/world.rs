//! A city of its own for one test: the shipped pack, an empty store, a clock that stands still, and counted dice.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use guancheng_api::{Api, Settings, hash_password, router};
use guancheng_app::{
    City, deliver,
    ports::{OrgRows, PortError, Tx},
    setup,
};
use guancheng_base::{Instant, PersonId};
use guancheng_org::Person;
use guancheng_pack::Pack;
use guancheng_store::{Options, Store};

use crate::client::Client;

/// The first moment of every test: a Monday morning.
pub const START: &str = "2026-03-02T09:00:00+08:00";

/// The password of the stranger.
pub const PASSWORD: &str = "correct horse battery staple";

/// A running city in a temporary folder.
pub struct World {
    pub store: Store,
    pub router: axum::Router,
    pub pack: Arc<Pack>,
    pub city: Arc<City>,
    now: Arc<AtomicI64>,
    dir: PathBuf,
}

impl World {
    /// The first shipped city with the people of the demo, one of them in two posts that sign, and one stranger
    /// without any grant.
    pub fn new() -> World {
        World::of("zhengzhou")
    }

    /// A shipped city.
    pub fn of(name: &str) -> World {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("guancheng-api-{}-{n}", std::process::id()));
        let store = Store::open(&dir, Options::default()).unwrap();
        let pack = pack(name);
        let start = Instant::parse_rfc3339(START).unwrap();
        let rows = people(&pack, start);
        let stranger = rows.people.iter().map(|person| person.id).max().unwrap();
        let city = Arc::new(City::new(Arc::clone(&pack), rows.clone()).unwrap());
        let hash = hash_password(PASSWORD, &[7; 16]).unwrap();
        store
            .write(move |tx| {
                tx.put_org(&rows)?;
                tx.put_credential(stranger, &hash, start)?;
                Ok::<_, PortError>(())
            })
            .unwrap();
        let now = Arc::new(AtomicI64::new(start.0));
        let clock = Arc::clone(&now);
        let settings = Settings { public_writes_per_minute: 0, ..Settings::default() };
        let clock = Arc::new(move || Instant(clock.load(Ordering::Relaxed)));
        let api = Api::new(Arc::clone(&city), store.clone(), clock, dice(), settings);
        World { store, router: router(api), pack, city, now, dir }
    }

    /// Lets time pass.
    pub fn pass_minutes(&self, minutes: i64) {
        self.now.fetch_add(minutes * 60_000, Ordering::Relaxed);
    }

    /// The time now.
    pub fn now(&self) -> Instant {
        Instant(self.now.load(Ordering::Relaxed))
    }

    /// Somebody who is not logged in.
    pub fn nobody(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A person of the demo city, logged in.
    pub async fn demo(&self, login: &str) -> Client {
        let mut client = self.nobody();
        client.log_in("/session/demo", serde_json::json!({ "login": login })).await;
        client
    }

    /// The person without grants, logged in by password.
    pub async fn stranger(&self) -> Client {
        let mut client = self.nobody();
        client.log_in("/session", serde_json::json!({ "login": "stranger", "password": PASSWORD })).await;
        client
    }

    /// The log-in of the first demo person whose post is in that office.
    pub fn login_in(&self, office: i64) -> String {
        let code = &self.pack.offices.iter().find(|one| one.id.0 == office).unwrap().code;
        let post = self.pack.posts.iter().find(|post| post.office == *code).unwrap();
        self.pack.people.iter().find(|person| person.post == post.id).unwrap().login.to_string()
    }

    /// Every test ends here: effects are delivered and none is left over.
    pub fn finish(self) {
        let now = self.now();
        self.store.write(move |tx| deliver(tx, now, 10_000)).unwrap();
        let health = self.store.health(now).unwrap();
        assert_eq!((health.outbox, health.queue), (0, 0), "effects are left over");
        assert!(self.store.verify(true).unwrap().ok());
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // The folder is temporary; what cannot be removed is the system's to clean up.
        let _removed = std::fs::remove_dir_all(&self.dir);
    }
}

/// A shipped pack, loaded once for all tests.
pub fn pack(name: &str) -> Arc<Pack> {
    static PACKS: Mutex<BTreeMap<String, Arc<Pack>>> = Mutex::new(BTreeMap::new());
    let load = || {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name);
        Arc::new(Pack::load(&dir).unwrap_or_else(|faults| panic!("{faults}")))
    };
    Arc::clone(PACKS.lock().unwrap().entry(name.to_owned()).or_insert_with(load))
}

/// Who heads an office and, beside that, leads the bureau.
pub const TWO_POSTS: &str = "head-union";

fn people(pack: &Pack, now: Instant) -> OrgRows {
    let mut rows = setup::org_rows(pack, OrgRows::default()).unwrap();
    for person in &pack.people {
        setup::add_person(pack, &mut rows, &person.login, &person.name, &person.post, now).unwrap();
        if person.login == *TWO_POSTS {
            setup::add_person(pack, &mut rows, &person.login, &person.name, "bureau-leader", now).unwrap();
        }
    }
    let id = PersonId(rows.people.iter().map(|person| person.id.0).max().unwrap_or(0) + 1);
    rows.people.push(Person { id, login: "stranger".into(), name: "外人".to_owned() });
    rows
}

fn dice() -> guancheng_api::Random {
    let next = AtomicU64::new(1);
    Arc::new(move |bytes: &mut [u8]| {
        let n = next.fetch_add(1, Ordering::Relaxed);
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = (n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left((at as u32 * 5) % 64) >> 32) as u8;
        }
    })
}
