//! The store of a city: one folder, one writer, some readers.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, atomic::Ordering, mpsc},
};

use guancheng_app::ports::{Change, PortError};
use guancheng_base::Instant;
use rusqlite::Connection;

use crate::{
    Reader, StoreError, WriteTx, cases, db, dialect,
    error::Port,
    folder::Folder,
    limits::BATCH_TIME_MAX,
    migrate,
    pool::Pool,
    sql::upkeep as sql,
    writer::{Writer, stopped},
};

/// How a store is opened.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Connections for reading; as many reads can run at once.
    pub readers: usize,
}

impl Default for Options {
    /// Four readers: a page is read in milliseconds, so four serve thousands a second.
    fn default() -> Self {
        Options { readers: 4 }
    }
}

/// A city's store. Cheap to clone; the last clone to go waits for the last commit.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    // Dropped in this order: the writer ends before the folder is given free.
    writer: Writer,
    pool: Pool,
    folder: Folder,
}

/// What `/health` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// Records in the log.
    pub records: i64,
    /// Cases.
    pub cases: u64,
    /// Open cases.
    pub open: u64,
    /// Write jobs waiting.
    pub queue: usize,
    /// The time the newest record was recorded for.
    pub last_commit: Option<Instant>,
    /// Timers due at the moment asked for.
    pub timers_due: u64,
    /// Effects waiting for delivery.
    pub outbox: u64,
    /// Bytes free on the disk of the folder; `None` where the system does not say.
    pub disk_free: Option<u64>,
}

impl Store {
    /// Opens the folder, making it where it is missing, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another process has it, [`StoreError::Newer`] when a newer version wrote it.
    pub fn open(dir: impl AsRef<Path>, options: Options) -> Result<Store, StoreError> {
        let folder = Folder::take(dir.as_ref())?;
        let database = folder.database();
        let conn = Connection::open(&database)?;
        dialect::prepare_writer(&conn)?;
        migrate::migrate(&conn, &database)?;
        let (head, newest) = cases::head(&conn)?;
        let pool = Pool::open(&database, options.readers)?;
        let newest_at = newest.map_or(i64::MIN, |at| at.0);
        let writer = Writer::start(conn, head, newest_at, BATCH_TIME_MAX)
            .map_err(|cause| StoreError::io(folder.root(), cause))?;
        Ok(Store { inner: Arc::new(Inner { writer, pool, folder }) })
    }

    /// Runs a job in the writer and waits until the disk has it. The job sees its own writes; if it fails, or panics,
    /// it leaves nothing behind.
    ///
    /// # Errors
    /// The job's own, or [`PortError::Busy`] and [`PortError::DiskFull`] through `E`.
    pub fn write<T, E>(&self, job: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PortError> + Send + 'static,
    {
        let (reply, result) = mpsc::sync_channel(1);
        self.write_with(job, move |result| {
            // The caller waits below; it cannot be gone.
            let _sent = reply.send(result);
        });
        result.recv().unwrap_or_else(|_| Err(stopped().into()))
    }

    /// Like [`Store::write`], but returns at once and calls `on_done` after the commit, on the writer's thread. Hand
    /// the result on there (a oneshot sender, say) and return: the next commit waits.
    pub fn write_with<T, E>(
        &self,
        job: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        on_done: impl FnOnce(Result<T, E>) + Send + 'static,
    ) where
        T: Send + 'static,
        E: From<PortError> + Send + 'static,
    {
        self.inner.writer.submit(job, on_done);
    }

    /// Reads from one consistent snapshot. Waits for a free connection, never for the writer.
    pub fn read<T, E: From<PortError>>(&self, f: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        self.inner.pool.with(|conn| f(&Reader::new(conn))).unwrap_or_else(|error| Err(error.into()))
    }

    /// Calls `listener` with the changes of every commit, in order, on the writer's thread: hand them on and return.
    pub fn on_change(&self, listener: impl Fn(&[Change]) + Send + Sync + 'static) {
        let listeners = &self.inner.writer.gauges.listeners;
        listeners.write().unwrap_or_else(PoisonError::into_inner).push(Box::new(listener));
    }

    /// How it is.
    pub fn health(&self, now: Instant) -> Result<Health, PortError> {
        let gauges = &self.inner.writer.gauges;
        let newest = gauges.newest_at.load(Ordering::Relaxed);
        let [cases, open, timers_due, outbox] = self.inner.pool.with(|conn| {
            Ok::<_, PortError>([
                count(conn, sql::ALL_CASES, [])?,
                count(conn, sql::OPEN_CASES, [])?,
                count(conn, sql::TIMERS_DUE, [now.0])?,
                count(conn, sql::OUTBOX_WAITING, [])?,
            ])
        })??;
        Ok(Health {
            records: gauges.records.load(Ordering::Relaxed),
            cases,
            open,
            queue: gauges.waiting.load(Ordering::Relaxed),
            last_commit: (newest != i64::MIN).then_some(Instant(newest)),
            timers_due,
            outbox,
            disk_free: disk_free(self.dir()),
        })
    }

    /// The data folder.
    pub fn dir(&self) -> &Path {
        self.inner.folder.root()
    }

    pub(crate) fn folder(&self) -> &Folder {
        &self.inner.folder
    }

    pub(crate) fn files(&self) -> PathBuf {
        self.inner.folder.files()
    }

    /// A snapshot for upkeep inside the crate.
    pub(crate) fn with<T>(&self, f: impl FnOnce(&Connection) -> T) -> Port<T> {
        self.inner.pool.with(f)
    }
}

pub(crate) fn count(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Port<u64> {
    db::one(conn, sql, params, |row| row.get::<_, i64>(0)).map(|n| n.unwrap_or(0).cast_unsigned())
}

fn disk_free(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use guancheng_app::ports::{Read, Tx};
    use guancheng_base::{CaseId, ErrorCode, SystemActor};

    use super::*;
    use crate::fixture::{
        DAY, MORNING, TestCity, append, moved, open_and_close, open_case, opened, permit, projection,
    };

    #[test]
    fn what_was_answered_is_there_after_a_restart() {
        let city = TestCity::new();
        open_and_close(&city.store, 1);
        open_case(&city.store, 2).unwrap();
        let city = city.reopen();
        let (case, row) = city.store.read(|r| Ok::<_, PortError>((r.case(CaseId(1))?, r.row(CaseId(1))?))).unwrap();
        assert_eq!(case.map(|case| case.seq), Some(2));
        assert_eq!(row.map(|row| (row.is_open, row.seq)), Some((false, 2)));
        let health = city.store.health(Instant(MORNING + DAY)).unwrap();
        assert_eq!((health.records, health.cases, health.open, health.timers_due), (3, 2, 1, 1));
        assert_eq!(health.last_commit, Some(Instant(MORNING + 2)));
        assert!(health.disk_free.is_some_and(|free| free > 0));
        assert!(city.store.verify(true).unwrap().ok());
    }

    #[test]
    fn a_failed_job_leaves_nothing_behind() {
        let city = TestCity::new();
        let number = |tx: &mut WriteTx<'_>| tx.next_number("case/2014");
        let refused: Result<u64, PortError> = city.store.write(move |tx| {
            number(tx)?;
            append(tx, &[opened(1, MORNING)])?;
            Err(PortError::Busy)
        });
        assert_eq!(refused, Err(PortError::Busy));
        let panicked: Result<u64, PortError> = city.store.write(move |tx| {
            number(tx)?;
            panic!("a fault of ours");
        });
        assert_eq!(panicked, Err(PortError::Failed("a write job panicked".to_owned())));
        assert_eq!(city.store.write(number), Ok(1));
        assert_eq!(city.store.write(|tx| tx.new_case_id()), Ok(CaseId(1)));
        assert_eq!(city.store.health(Instant(MORNING)).unwrap().cases, 0);
        assert_eq!(open_case(&city.store, 1), Ok(1));
    }

    #[test]
    fn many_at_once_are_ordered_without_gaps() {
        let city = TestCity::new();
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = Arc::clone(&told);
        city.store.on_change(move |changes| listener.lock().unwrap().extend(changes.iter().map(|change| change.seq)));
        let mut seqs: Vec<i64> = std::thread::scope(|scope| {
            let store = &city.store;
            let threads: Vec<_> = (0..8)
                .map(|thread| {
                    scope
                        .spawn(move || (1..=16).map(|i| open_case(store, thread * 16 + i).unwrap()).collect::<Vec<_>>())
                })
                .collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        seqs.sort_unstable();
        assert_eq!(seqs, (1..=128).collect::<Vec<_>>());
        assert_eq!(*told.lock().unwrap(), seqs);
        assert!(city.store.verify(false).unwrap().ok());
    }

    #[test]
    fn a_stale_sequence_is_a_conflict() {
        let city = TestCity::new();
        open_and_close(&city.store, 1);
        let stale = [opened(1, MORNING), moved(1, 2, MORNING + 5, "working")];
        let refused = city.store.write(move |tx| append(tx, &stale));
        assert_eq!(refused, Err(PortError::SeqConflict { case: CaseId(1), expected: 1, found: 2 }));
    }

    #[test]
    fn a_permit_for_another_kind_or_actor_is_none() {
        let city = TestCity::new();
        let refused = |kind: &'static str, actor: &'static str| {
            let job = move |tx: &mut WriteTx<'_>| {
                let record = guancheng_case::Record { actor: actor.to_owned(), ..opened(1, MORNING) };
                let case = guancheng_case::replay([&record]).unwrap();
                tx.append(&permit(kind), &record, &case, &projection(&case))
            };
            city.store.write(job).unwrap_err().code()
        };
        assert_eq!(refused("petition", "system:import"), ErrorCode::NotAllowed);
        assert_eq!(refused("case", "person:7"), ErrorCode::NotAllowed);
    }

    #[test]
    fn the_folder_has_one_process() {
        let city = TestCity::new();
        let second = Store::open(city.store.dir(), Options::default()).err().map(|error| error.to_string());
        assert!(second.is_some_and(|text| text.ends_with("stop it first, or name another folder")));
    }

    #[test]
    fn a_reader_sees_one_moment() {
        let city = TestCity::new();
        open_case(&city.store, 1).unwrap();
        city.store
            .read(|r| {
                let before = r.records(CaseId(1))?.len();
                let records = [opened(1, MORNING + 1), moved(1, 2, MORNING + 2, "closed")];
                city.store.write(move |tx| append(tx, &records))?;
                assert_eq!((before, r.records(CaseId(1))?.len()), (1, 1));
                Ok::<_, PortError>(())
            })
            .unwrap();
        assert_eq!(city.store.read(|r| r.records(CaseId(1))).unwrap().len(), 2);
    }

    #[test]
    fn what_hangs_on_a_case_is_read_back() {
        let city = TestCity::new();
        open_case(&city.store, 1).unwrap();
        city.store
            .write(|tx| {
                tx.note(
                    &guancheng_base::Actor::System(SystemActor::Clock),
                    &"look".into(),
                    Some(CaseId(1)),
                    "x",
                    Instant(MORNING),
                )
            })
            .unwrap();
        let timers = city.store.read(|r| r.due_timers(Instant(MORNING + DAY), 10)).unwrap();
        assert_eq!(
            timers.iter().map(|timer| (timer.case.0, timer.fire_at.0)).collect::<Vec<_>>(),
            [(1, MORNING + 1 + DAY / 2)]
        );
        assert_eq!(city.store.read(|r| r.due_timers(Instant(MORNING), 10)).unwrap(), []);
        let records = [opened(1, MORNING + 1), moved(1, 2, MORNING + 2, "closed")];
        city.store.write(move |tx| append(tx, &records)).unwrap();
        let tasks = city.store.read(|r| r.tasks(CaseId(1))).unwrap();
        let periods: Vec<_> =
            tasks.iter().map(|task| (task.role.as_deref(), task.from.0, task.to.map(|to| to.0))).collect();
        assert_eq!(periods, [(Some("dispatcher"), MORNING + 1, Some(MORNING + 2))]);
        let changes = city.store.read(|r| r.changes(1, 10)).unwrap();
        assert_eq!(changes.iter().map(|change| (change.seq, change.row.seq)).collect::<Vec<_>>(), [(2, 2)]);
        assert_eq!(city.store.read(|r| r.timer(CaseId(1))).unwrap(), None);
    }
}
