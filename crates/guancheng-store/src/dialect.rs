//! The named differences between SQLite and other databases (docs/adr/0003). Everything else in the `sql` constants
//! is the common dialect: `?1` placeholders, `ON CONFLICT (target)`, `RETURNING`, window functions, partial indexes,
//! `CROSS JOIN` in the order the rows are to be found.

use rusqlite::{Connection, config::DbConfig};

use crate::limits::{STATEMENTS_KEPT, WAL_PAGES};

/// Opening of the writer: write-ahead log, and a commit that returns only after the disk has it.
const WRITER: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;";

/// Opening of a reader: it cannot write, and it waits for nobody.
const READER: &str = "PRAGMA query_only = ON; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;";

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
    prepare_any(conn)
}

pub(crate) fn prepare_reader(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(READER)?;
    prepare_any(conn)
}

fn prepare_any(conn: &Connection) -> rusqlite::Result<()> {
    // Without it a statement is planned anew, in place of being run, whenever a value is bound that the planner once
    // looked at; here no plan may depend on a value.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rusqlite::StatementStatus;

    use super::*;
    use crate::sql::cases as sql;

    #[test]
    fn a_kept_statement_is_planned_once() {
        let conn = Connection::open_in_memory().unwrap();
        prepare_writer(&conn).unwrap();
        crate::migrate::migrate(&conn, Path::new("city.sqlite")).unwrap();
        for text in [sql::RECORDS, sql::UNITS, sql::TASKS, sql::ROW, sql::STATE] {
            let mut statement = conn.prepare(text).unwrap();
            for id in 1..4 {
                assert!(statement.query([id]).unwrap().next().unwrap().is_none());
            }
            assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{text}");
        }
    }
}
