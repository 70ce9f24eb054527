//! Which cases have facts to be derived again. The facts themselves are no tables of the store: they follow from the log.

use guancheng_base::CaseId;
use rusqlite::Connection;

use crate::{db, error::Port, sql::facts as sql};

/// The cases of a procedure with a record after `after`.
pub(crate) fn changed(conn: &Connection, kind: &str, after: i64) -> Port<Vec<CaseId>> {
    db::all(conn, sql::CHANGED, (after, kind), |row| row.get(0).map(CaseId))
}
