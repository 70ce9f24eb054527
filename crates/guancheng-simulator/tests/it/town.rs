//! A shipped pack on a real store in a folder that goes when the test does.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use guancheng_app::{
    AppError, City,
    ports::{FileMeta, FileRow, OrgRows, PortError, Read, Tx},
    setup,
};
use guancheng_base::{CaseId, Instant};
use guancheng_pack::Pack;
use guancheng_simulator::{Options, Simulator, World};
use guancheng_store::{Options as StoreOptions, Store};

/// A town to be played.
pub struct Town {
    pub city: Arc<City>,
    pub store: Store,
    dir: PathBuf,
    /// Every `n`-th write job is dropped after it ran, as if the process had been killed before the commit.
    pub killed_every: Option<u32>,
    jobs: u32,
}

static FOLDERS: AtomicU32 = AtomicU32::new(0);

impl Town {
    /// The pack of that name, with its people in their posts from `start` on.
    pub fn new(pack: &str, start: Instant) -> Town {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(pack);
        let pack = Pack::load(&path).unwrap_or_else(|faults| panic!("{faults}"));
        let mut rows = setup::org_rows(&pack, OrgRows::default()).unwrap();
        for person in &pack.people {
            setup::add_person(&pack, &mut rows, &person.login, &person.name, &person.post, start).unwrap();
        }
        let n = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("guancheng-simulator-{}-{n}", std::process::id()));
        let store = Store::open(&dir, StoreOptions { readers: 1 }).unwrap();
        let org = rows.clone();
        store.write(move |tx| tx.put_org(&org)).unwrap();
        let city = Arc::new(City::new(Arc::new(pack), rows).unwrap());
        Town { city, store, dir, killed_every: None, jobs: 0 }
    }

    /// Plays some days from `start`.
    pub fn play(&mut self, seed: u64, start: Instant, options: Options, days: u32) -> Simulator {
        let mut simulator = Simulator::new(&self.city, seed, start, options);
        self.go_on(&mut simulator, days);
        simulator
    }

    /// Plays some more days; a killed batch is played again.
    pub fn go_on(&mut self, simulator: &mut Simulator, days: u32) {
        let calendar = self.city.calendar();
        let end = calendar.midnight(calendar.day_of(simulator.now()).plus(i32::try_from(days).unwrap()));
        while simulator.now() < end {
            match simulator.run_until(self, end) {
                Ok(()) | Err(AppError::Port(PortError::Busy)) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// The hash of the newest record.
    pub fn head(&self) -> String {
        let head = self.store.read(|read| read.head()).unwrap();
        format!("{} {}", head.seq, guancheng_store::hex(&head.hash))
    }

    /// Every open case.
    pub fn open_cases(&self) -> Vec<guancheng_case::Case> {
        self.all_cases().into_iter().filter(guancheng_case::Case::is_open).collect()
    }

    /// Every case.
    pub fn all_cases(&self) -> Vec<guancheng_case::Case> {
        let all = self.store.read::<_, PortError>(|read| {
            let mut cases = Vec::new();
            while let Some(case) = read.case(CaseId(i64::try_from(cases.len()).unwrap() + 1))? {
                cases.push(case);
            }
            Ok(cases)
        });
        all.unwrap()
    }
}

impl World for Town {
    fn write<T, F>(&mut self, job: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Tx) -> Result<T, AppError> + Send + 'static,
    {
        self.jobs += 1;
        let killed = self.killed_every.is_some_and(|n| self.jobs.is_multiple_of(n));
        self.store.write(move |tx| {
            let done = job(tx)?;
            if killed { Err(AppError::Port(PortError::Busy)) } else { Ok(done) }
        })
    }

    fn keep_file(&mut self, bytes: &[u8]) -> Result<FileRow, AppError> {
        Ok(self.store.put_file(bytes, FileMeta::default(), Instant(0), None)?)
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        // The folder is open until the store is dropped; on Unix it can go before.
        let _removed = fs::remove_dir_all(&self.dir);
    }
}
