//! Small helpers around one connection: cached statements, whole results, blobs that must be hashes.

use rusqlite::{Connection, OptionalExtension, Params, Row};

use crate::{
    chain::Hash,
    error::{Port, corrupt, port_error},
};

/// Every row of a query.
pub(crate) fn all<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Port<Vec<T>> {
    let mut statement = conn.prepare_cached(sql).map_err(port_error)?;
    let rows = statement.query_map(params, read).map_err(port_error)?;
    rows.collect::<rusqlite::Result<Vec<T>>>().map_err(port_error)
}

/// The first row of a query, if there is one.
pub(crate) fn one<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Port<Option<T>> {
    let mut statement = conn.prepare_cached(sql).map_err(port_error)?;
    statement.query_row(params, read).optional().map_err(port_error)
}

/// Runs a statement; how many rows it changed.
pub(crate) fn run(conn: &Connection, sql: &str, params: impl Params) -> Port<usize> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute(params)).map_err(port_error)
}

/// The next number of a series, from 1 without gaps.
pub(crate) fn next(conn: &Connection, series: &str) -> Port<i64> {
    one(conn, crate::sql::cases::NEXT, [series], |row| row.get(0))?.ok_or_else(|| corrupt("a counter gave no number"))
}

/// A number of rows as the database counts them.
pub(crate) fn rows(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A stored hash.
pub(crate) fn hash(bytes: Vec<u8>) -> Port<Hash> {
    bytes.try_into().map_err(|_| corrupt("a hash is not 32 bytes long"))
}
