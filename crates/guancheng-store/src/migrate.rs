//! The schema: forward-only numbered steps, each in its own transaction.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use crate::{StoreError, dialect, sql::upkeep as sql};

/// Every step ever released, in order; a released file is never changed.
const STEPS: [(&str, &str); 5] = [
    ("log", include_str!("../migrations/0001_log.sql")),
    ("people", include_str!("../migrations/0002_people.sql")),
    ("evidence", include_str!("../migrations/0003_evidence.sql")),
    ("desk roles", include_str!("../migrations/0004_desk_roles.sql")),
    ("plan", include_str!("../migrations/0005_plan.sql")),
];

/// The schema version of this program.
pub const SCHEMA_VERSION: i64 = STEPS.len() as i64;

/// Brings the database to [`SCHEMA_VERSION`]; refuses one that is newer.
pub(crate) fn migrate(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    migrate_to(conn, path, SCHEMA_VERSION)
}

pub(crate) fn migrate_to(conn: &Connection, path: &Path, target: i64) -> Result<(), StoreError> {
    conn.execute_batch(sql::CREATE_STEPS)?;
    let found = version(conn)?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: SCHEMA_VERSION });
    }
    for (version, (name, sql)) in (1..=target).zip(STEPS).skip(usize::try_from(found).unwrap_or(0)) {
        conn.execute_batch(dialect::BEGIN_WRITE)?;
        let step = conn.execute_batch(sql).and_then(|()| conn.execute(sql::STEP_DONE, (version, name)));
        match step {
            Ok(_) => conn.execute_batch("COMMIT")?,
            Err(error) => {
                // The first error is the one to report.
                let _rolled_back = conn.execute_batch("ROLLBACK");
                return Err(error.into());
            }
        }
    }
    Ok(())
}

/// The version the database has; zero before the first step.
pub(crate) fn version(conn: &Connection) -> Result<i64, StoreError> {
    let newest: Option<Option<i64>> = conn.query_row(sql::NEWEST_STEP, [], |row| row.get(0)).optional()?;
    Ok(newest.flatten().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;

    use super::*;

    fn schema(conn: &Connection) -> String {
        let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";
        let mut statement = conn.prepare(sql).unwrap();
        let texts = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        texts.map(|text| text.unwrap() + ";\n").collect()
    }

    #[test]
    fn a_fresh_schema_is_the_sum_of_the_steps() {
        let conn = Connection::open_in_memory().unwrap();
        migrate(&conn, Path::new("city.sqlite")).unwrap();
        expect_file!["../schema.sql"].assert_eq(&schema(&conn));
        for stop in 0..SCHEMA_VERSION {
            let stepwise = Connection::open_in_memory().unwrap();
            migrate_to(&stepwise, Path::new("city.sqlite"), stop).unwrap();
            migrate(&stepwise, Path::new("city.sqlite")).unwrap();
            assert_eq!(schema(&stepwise), schema(&conn), "stopped at {stop}");
        }
    }

    #[test]
    fn a_newer_database_is_refused() {
        let conn = Connection::open_in_memory().unwrap();
        migrate(&conn, Path::new("city.sqlite")).unwrap();
        conn.execute(sql::STEP_DONE, (SCHEMA_VERSION + 1, "future")).unwrap();
        let refused = migrate(&conn, Path::new("city.sqlite")).unwrap_err().to_string();
        let (found, known) = (SCHEMA_VERSION + 1, SCHEMA_VERSION);
        let versions = format!("(schema {found}, this program knows up to {known})");
        let wanted = format!("city.sqlite: written by a newer version {versions}; use that version");
        assert_eq!(refused, wanted);
    }
}
