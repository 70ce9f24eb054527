//! The named differences between SQLite and other databases (docs/adr/0003). Everything else in the `sql` constants
//! is the common dialect: `?1` placeholders, `ON CONFLICT (target)`, `RETURNING`, window functions, partial indexes,
//! `CROSS JOIN` in the order the rows are to be found.

use rusqlite::Connection;

use crate::limits::{STATEMENTS_KEPT, WAL_PAGES};

/// Opening of the writer: write-ahead log, and a commit that returns only after the disk has it.
const WRITER: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;";

/// Opening of a reader: it cannot write, and it waits for nobody.
const READER: &str = "PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;";

/// Begins a transaction that is the writer from its first statement; a plain `BEGIN` that reads first may lose to
/// another writer half-way.
pub(crate) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// The words of a case, replaced as a whole: full-text tables know no `ON CONFLICT`.
pub(crate) const WORDS_DELETE: &str = "DELETE FROM case_words WHERE rowid = ?1";
/// Companion of [`WORDS_DELETE`].
pub(crate) const WORDS_INSERT: &str = "INSERT INTO case_words (rowid, words) VALUES (?1, ?2)";
/// Matches of a full-text expression, newest case first. `{limit}` is the numbered placeholder of the limit.
pub(crate) const WORDS_MATCH: &str =
    "SELECT rowid AS id FROM case_words WHERE case_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2";

/// Foreign keys are not asked while a whole city is loaded: a row may come before the one it points at.
pub(crate) const KEYS_OFF: &str = "PRAGMA foreign_keys = OFF";
/// They are asked for all rows at the end: table, row, and the table pointed at.
pub(crate) const KEYS_CHECK: &str = "PRAGMA foreign_key_check";

/// Whether the database's own structure is whole: `ok`, or what is not.
pub(crate) const INTEGRITY: &str = "PRAGMA integrity_check(20)";

pub(crate) fn prepare_writer(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(WRITER)?;
    conn.pragma_update(None, "wal_autocheckpoint", WAL_PAGES)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

pub(crate) fn prepare_reader(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(READER)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}
