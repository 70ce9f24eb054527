//! The one ordered writer of a city. One thread owns the one writing connection, takes jobs from a bounded queue,
//! runs as many as are waiting inside one transaction, and commits once. The first of a transaction is undone with it,
//! every other has a savepoint. Nobody hears of a result before the disk has it.
//!
//! While many write, those who were just answered are about to ask again, so a batch that is smaller than the one
//! before waits for them: never longer than the last commit took, and not at all for a single client.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use guancheng_app::ports::{Change, PortError};
use rusqlite::Connection;

use crate::{
    chain::Head,
    closings, dialect,
    error::{Port, port_error},
    limits::{BATCH_JOBS_MAX, BATCH_WAIT_MAX, QUEUE_JOBS_MAX},
    tally,
    tx::{Pending, WriteTx},
};

/// Called with the changes of a commit, in order, on the writer's thread: hand them on and return.
pub(crate) type Listener = Box<dyn Fn(&[Change]) + Send + Sync>;

/// What the writer shows to others while it works.
#[derive(Default)]
pub(crate) struct Gauges {
    pub(crate) waiting: AtomicUsize,
    pub(crate) records: AtomicI64,
    /// Milliseconds since 1970 of the newest record; [`i64::MIN`] before the first.
    pub(crate) newest_at: AtomicI64,
    pub(crate) listeners: RwLock<Vec<Listener>>,
}

/// A job of any type, as the queue carries it.
trait Work: Send {
    /// Runs the job; `true` keeps what it wrote.
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool;
    /// Tells the caller, after the commit or with the fault that undid the batch.
    fn done(self: Box<Self>, fault: Option<&PortError>);
}

struct Job<T, E, F, D> {
    job: Option<F>,
    result: Option<Result<T, E>>,
    done: D,
}

impl<T, E, F, D> Work for Job<T, E, F, D>
where
    T: Send,
    E: From<PortError> + Send,
    F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send,
    D: FnOnce(Result<T, E>) + Send,
{
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool {
        let Some(job) = self.job.take() else { return false };
        // A fault in one job must not end the city's only writer; its savepoint is rolled back like any refusal.
        let result = catch_unwind(AssertUnwindSafe(|| job(tx)));
        let result = result.unwrap_or_else(|_| Err(PortError::Failed("a write job panicked".to_owned()).into()));
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn done(self: Box<Self>, fault: Option<&PortError>) {
        let stopped = || Err(PortError::Failed("the writer stopped before the job".to_owned()).into());
        let result = match fault {
            Some(fault) => Err(fault.clone().into()),
            None => self.result.unwrap_or_else(stopped),
        };
        (self.done)(result);
    }
}

/// The queue's near end.
pub(crate) struct Writer {
    queue: Option<SyncSender<Box<dyn Work>>>,
    thread: Option<JoinHandle<()>>,
    pub(crate) gauges: Arc<Gauges>,
}

impl Writer {
    /// Starts the thread on a prepared connection whose log ends at `head`; a batch collects jobs for at most `batch`.
    pub(crate) fn start(conn: Connection, head: Head, newest_at: i64, batch: Duration) -> std::io::Result<Self> {
        let (queue, jobs) = sync_channel(QUEUE_JOBS_MAX);
        let gauges = Arc::new(Gauges::default());
        gauges.records.store(head.seq, Ordering::Relaxed);
        gauges.newest_at.store(newest_at, Ordering::Relaxed);
        let shared = Arc::clone(&gauges);
        let thread = std::thread::Builder::new().name("guancheng-writer".to_owned()).spawn(move || {
            let (last_jobs, last_commit) = (1, Duration::ZERO);
            Thread { conn, head, batch, last_jobs, last_commit, gauges: shared }.run(&jobs);
        })?;
        Ok(Writer { queue: Some(queue), thread: Some(thread), gauges })
    }

    /// Queues a job; `done` is called once, on the writer's thread, or at once when the queue is full.
    pub(crate) fn submit<T, E, F, D>(&self, job: F, done: D)
    where
        T: Send + 'static,
        E: From<PortError> + Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        D: FnOnce(Result<T, E>) + Send + 'static,
    {
        let job: Box<dyn Work> = Box::new(Job { job: Some(job), result: None, done });
        let Some(queue) = &self.queue else { return job.done(Some(&stopped())) };
        self.gauges.waiting.fetch_add(1, Ordering::Relaxed);
        let (job, fault) = match queue.try_send(job) {
            Ok(()) => return,
            Err(TrySendError::Full(job)) => (job, PortError::Busy),
            Err(TrySendError::Disconnected(job)) => (job, stopped()),
        };
        self.gauges.waiting.fetch_sub(1, Ordering::Relaxed);
        job.done(Some(&fault));
    }
}

impl Drop for Writer {
    /// Lets the queue run empty and waits for the last commit.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            // A panic of the thread has been reported where it happened.
            let _ended = thread.join();
        }
    }
}

pub(crate) fn stopped() -> PortError {
    PortError::Failed("the writer has stopped".to_owned())
}

struct Thread {
    conn: Connection,
    head: Head,
    batch: Duration,
    /// Jobs of the batch before.
    last_jobs: usize,
    /// How long its commit took.
    last_commit: Duration,
    gauges: Arc<Gauges>,
}

impl Thread {
    fn run(mut self, jobs: &Receiver<Box<dyn Work>>) {
        while let Ok(first) = jobs.recv() {
            let mut batch = Vec::new();
            let mut pending = Pending::after(self.head);
            let collected = self.collect(first, jobs, &mut batch, &mut pending);
            let began = Instant::now();
            let result = collected.and_then(|()| self.commit(&mut pending));
            (self.last_jobs, self.last_commit) = (batch.len(), began.elapsed());
            self.tell(batch, &pending, result);
        }
    }

    /// Runs jobs until nobody more is expected or the batch is full. An error undoes the whole batch.
    fn collect(
        &self,
        first: Box<dyn Work>,
        jobs: &Receiver<Box<dyn Work>>,
        batch: &mut Vec<Box<dyn Work>>,
        pending: &mut Pending,
    ) -> Port<()> {
        let began = Instant::now();
        let mut next = Some(first);
        let begun = self.execute(dialect::BEGIN_WRITE);
        while let Some(mut job) = next.take() {
            self.gauges.waiting.fetch_sub(1, Ordering::Relaxed);
            let alone = batch.is_empty();
            let ran = begun.clone().and_then(|()| self.run_job(&mut *job, pending, alone));
            batch.push(job);
            ran?;
            if batch.len() < BATCH_JOBS_MAX && began.elapsed() < self.batch {
                next = jobs.try_recv().ok().or_else(|| self.expect(jobs, batch.len(), began));
            }
        }
        Ok(())
    }

    /// The next job of those who are about to ask again.
    fn expect(&self, jobs: &Receiver<Box<dyn Work>>, so_far: usize, began: Instant) -> Option<Box<dyn Work>> {
        let wait = self.last_commit.min(BATCH_WAIT_MAX).checked_sub(began.elapsed())?;
        if so_far >= self.last_jobs {
            return None;
        }
        jobs.recv_timeout(wait).ok()
    }

    /// Runs a job; one that fails leaves nothing behind. A savepoint copies every page it changes, so the first job of
    /// a transaction does without.
    fn run_job(&self, job: &mut dyn Work, pending: &mut Pending, alone: bool) -> Port<()> {
        if !alone {
            self.execute("SAVEPOINT job")?;
        }
        let mut own = Pending::after(pending.head);
        if job.run(&mut WriteTx::new(&self.conn, &mut own)) {
            pending.absorb(own);
            return if alone { Ok(()) } else { self.execute("RELEASE job") };
        }
        // Some failures (a full disk) make the database roll back everything; then no job of the batch happened.
        if self.conn.is_autocommit() {
            return Err(PortError::DiskFull);
        }
        if alone {
            self.execute("ROLLBACK")?;
            return self.execute(dialect::BEGIN_WRITE);
        }
        self.execute("ROLLBACK TO job")?;
        self.execute("RELEASE job")
    }

    fn commit(&self, pending: &mut Pending) -> Port<()> {
        tally::flush(&self.conn, &mut pending.tallies)?;
        closings::flush(&self.conn, &mut pending.closings)?;
        self.execute("COMMIT")
    }

    fn tell(&mut self, batch: Vec<Box<dyn Work>>, pending: &Pending, result: Port<()>) {
        match &result {
            Ok(()) => {
                self.head = pending.head;
                self.publish(&pending.changes);
            }
            Err(_) if !self.conn.is_autocommit() => {
                // The cause is told to every caller; if even this fails the next BEGIN will say so.
                let _rolled_back = self.execute("ROLLBACK");
            }
            Err(_) => {}
        }
        for job in batch {
            job.done(result.as_ref().err());
        }
    }

    fn publish(&self, changes: &[Change]) {
        let Some(newest) = changes.last() else { return };
        self.gauges.records.store(self.head.seq, Ordering::Relaxed);
        self.gauges.newest_at.store(newest.row.changed_at.0, Ordering::Relaxed);
        for listener in self.gauges.listeners.read().unwrap_or_else(PoisonError::into_inner).iter() {
            listener(changes);
        }
    }

    fn execute(&self, sql: &str) -> Port<()> {
        let mut statement = self.conn.prepare_cached(sql).map_err(port_error)?;
        statement.execute([]).map(|_| ()).map_err(port_error)
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::mpsc};

    use guancheng_app::ports::Tx;

    use super::*;
    use crate::{
        fixture::{MORNING, append, opened},
        migrate,
    };

    fn writer(pages_max: Option<u32>) -> Writer {
        let conn = Connection::open_in_memory().unwrap();
        dialect::prepare_writer(&conn).unwrap();
        migrate::migrate(&conn, Path::new("city.sqlite")).unwrap();
        if let Some(pages) = pages_max {
            conn.pragma_update(None, "max_page_count", pages).unwrap();
        }
        Writer::start(conn, Head::EMPTY, i64::MIN, Duration::MAX).unwrap()
    }

    fn submit(
        writer: &Writer,
        job: impl FnOnce(&mut WriteTx<'_>) -> Port<i64> + Send + 'static,
    ) -> mpsc::Receiver<Port<i64>> {
        let (reply, result) = mpsc::channel();
        writer.submit(job, move |answer| reply.send(answer).unwrap());
        result
    }

    /// A job that lasts until it is let go, so that others come to wait behind it.
    fn hold(writer: &Writer) -> (mpsc::Sender<()>, mpsc::Receiver<Port<i64>>) {
        let ((go, wait), (here, begun)) = (mpsc::channel(), mpsc::channel());
        let result = submit(writer, move |_| {
            here.send(()).unwrap();
            wait.recv().unwrap();
            Ok(0)
        });
        begun.recv().unwrap();
        (go, result)
    }

    #[test]
    fn a_full_disk_undoes_the_whole_batch_and_the_next_works() {
        let writer = writer(Some(400));
        let (go, first) = hold(&writer);
        let words = "路灯不亮".repeat(200_000);
        let batch = [
            submit(&writer, |tx| append(tx, &[opened(1, MORNING)])),
            submit(&writer, move |tx| tx.put_setting("words", &words).map(|()| 0)),
            submit(&writer, |tx| append(tx, &[opened(2, MORNING)])),
        ];
        go.send(()).unwrap();
        let answers: Vec<Port<i64>> = batch.iter().map(|result| result.recv().unwrap()).collect();
        // The first of the batch was told nothing before the disk had it, so it is told the truth now.
        assert_eq!(first.recv().unwrap(), Err(PortError::DiskFull));
        assert_eq!(answers[..2], [Err(PortError::DiskFull), Err(PortError::DiskFull)]);
        assert_eq!(answers[2], Ok(1), "it ran in the next batch, on the log as it was");
        assert_eq!(submit(&writer, |tx| append(tx, &[opened(1, MORNING)])).recv().unwrap(), Ok(2));
    }

    #[test]
    fn a_job_that_fails_undoes_itself_and_no_other() {
        let writer = writer(None);
        let refuse = |at: i64| move |tx: &mut WriteTx<'_>| append(tx, &[opened(at, MORNING)]).and(Err(PortError::Busy));
        let (go, first) = hold(&writer);
        let batch = [
            submit(&writer, refuse(1)),
            submit(&writer, |tx| append(tx, &[opened(1, MORNING)])),
            submit(&writer, refuse(2)),
            submit(&writer, |tx| append(tx, &[opened(2, MORNING)])),
        ];
        go.send(()).unwrap();
        let answers: Vec<Port<i64>> = batch.iter().map(|result| result.recv().unwrap()).collect();
        assert_eq!(first.recv().unwrap(), Ok(0));
        assert_eq!(answers, [Err(PortError::Busy), Ok(1), Err(PortError::Busy), Ok(2)]);
        // The first of a batch has no savepoint.
        assert_eq!(submit(&writer, refuse(3)).recv().unwrap(), Err(PortError::Busy));
        assert_eq!(submit(&writer, |tx| append(tx, &[opened(3, MORNING)])).recv().unwrap(), Ok(3));
    }

    #[test]
    fn a_full_queue_says_so_at_once() {
        let writer = writer(None);
        let (go, first) = hold(&writer);
        let waiting: Vec<_> = (0..QUEUE_JOBS_MAX).map(|_| submit(&writer, |_| Ok(1))).collect();
        assert_eq!(writer.gauges.waiting.load(Ordering::Relaxed), QUEUE_JOBS_MAX);
        assert_eq!(submit(&writer, |_| Ok(1)).recv().unwrap(), Err(PortError::Busy));
        go.send(()).unwrap();
        assert_eq!(first.recv().unwrap(), Ok(0));
        assert!(waiting.iter().all(|result| result.recv().unwrap() == Ok(1)));
        assert_eq!(writer.gauges.waiting.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_stopped_writer_finishes_what_waits() {
        let writer = writer(None);
        let (go, first) = hold(&writer);
        let second = submit(&writer, |_| Ok(2));
        go.send(()).unwrap();
        drop(writer);
        assert_eq!((first.recv().unwrap(), second.recv().unwrap()), (Ok(0), Ok(2)));
    }
}
