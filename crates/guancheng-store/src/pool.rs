//! Reading connections. Each read sees one consistent snapshot and never waits for the writer, only for a free
//! connection.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::Path,
    sync::{Condvar, Mutex, PoisonError},
};

use rusqlite::{Connection, OpenFlags};

use crate::{
    StoreError, dialect,
    error::{Port, port_error},
};

pub(crate) struct Pool {
    idle: Mutex<Vec<Connection>>,
    freed: Condvar,
}

impl Pool {
    pub(crate) fn open(database: &Path, connections: usize) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut idle = Vec::new();
        for _ in 0..connections.max(1) {
            let conn = Connection::open_with_flags(database, flags)?;
            dialect::prepare_reader(&conn)?;
            idle.push(conn);
        }
        Ok(Pool { idle: Mutex::new(idle), freed: Condvar::new() })
    }

    /// Runs `f` on a snapshot. A panic in `f` goes on to the caller after the connection is back.
    pub(crate) fn with<T>(&self, f: impl FnOnce(&Connection) -> T) -> Port<T> {
        let conn = self.take();
        let result = catch_unwind(AssertUnwindSafe(|| execute(&conn, "BEGIN").map(|()| f(&conn))));
        // Ending a reading snapshot cannot lose anything.
        let _ended = execute(&conn, "ROLLBACK");
        self.give(conn);
        result.unwrap_or_else(|panic| resume_unwind(panic)).map_err(port_error)
    }

    fn take(&self) -> Connection {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match idle.pop() {
                Some(conn) => return conn,
                None => idle = self.freed.wait(idle).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn give(&self, conn: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        self.freed.notify_one();
    }
}

fn execute(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute([]).map(|_| ())
}
