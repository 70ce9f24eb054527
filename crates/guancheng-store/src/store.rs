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
        let writer = Writer::start(conn, head, newest_at).map_err(|cause| StoreError::io(folder.root(), cause))?;
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
