//! What can go wrong, and how the database's own words become refusals.

use std::path::{Path, PathBuf};

use guancheng_app::ports::PortError;
use guancheng_base::ErrorCode;
use rusqlite::ffi;

/// Why a store cannot be opened, copied or checked. Each message says what, where, and what would be right.
#[derive(Debug)]
pub enum StoreError {
    /// Another process has the folder.
    Locked(PathBuf),
    /// The folder was written by a newer version.
    Newer {
        /// The database.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// A folder that must be empty is not.
    NotEmpty(PathBuf),
    /// What should be a backup or an export is not, or is damaged.
    BadCopy {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The file system failed.
    Io {
        /// The path.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The database failed.
    Db(PortError),
}

/// The result of a read or write through the ports.
pub(crate) type Port<T> = Result<T, PortError>;

impl StoreError {
    pub(crate) fn io(path: impl AsRef<Path>, cause: std::io::Error) -> Self {
        StoreError::Io { path: path.as_ref().to_owned(), cause }
    }

    pub(crate) fn bad_copy(path: impl AsRef<Path>, what: impl Into<String>) -> Self {
        StoreError::BadCopy { path: path.as_ref().to_owned(), what: what.into() }
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            StoreError::Locked(path) => write!(
                f,
                "{}: another guancheng process works on this folder; stop it first, or name another folder",
                path.display()
            ),
            StoreError::Newer { path, found, known } => write!(
                f,
                "{}: written by a newer version (schema {found}, this program knows up to {known}); use that version",
                path.display()
            ),
            StoreError::NotEmpty(path) => {
                write!(f, "{}: not empty; name a folder that is new or empty", path.display())
            }
            StoreError::BadCopy { path, what } => write!(f, "{}: {what}", path.display()),
            StoreError::Io { path, cause } => write!(f, "{}: {cause}", path.display()),
            StoreError::Db(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<PortError> for StoreError {
    fn from(error: PortError) -> Self {
        StoreError::Db(error)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::Db(port_error(error))
    }
}

/// Turns the database's error into the port's: full disks and broken constraints are named, the rest is a failure.
pub(crate) fn port_error(error: rusqlite::Error) -> PortError {
    let rusqlite::Error::SqliteFailure(failure, message) = &error else {
        return PortError::Failed(error.to_string());
    };
    match failure.code {
        ffi::ErrorCode::DiskFull => PortError::DiskFull,
        ffi::ErrorCode::ConstraintViolation => refusal(message.as_deref().unwrap_or_default()),
        _ => PortError::Failed(error.to_string()),
    }
}

/// `UNIQUE constraint failed: people.login` → the constraint's name → what a user may read.
fn refusal(message: &str) -> PortError {
    let name = message.rsplit(": ").next().unwrap_or(message);
    constraint_refusal(name).unwrap_or_else(|| PortError::Failed(message.to_owned()))
}

/// What a broken constraint means for the user; `None` for those that only a fault of ours can break.
fn constraint_refusal(name: &str) -> Option<PortError> {
    let (code, message) = match name {
        "cases.number" => (ErrorCode::FieldInvalid, "the case number is taken; numbers are unique in a city"),
        "people.login" => (ErrorCode::FieldInvalid, "the log-in name is taken; choose another"),
        "offices.code" => (ErrorCode::FieldInvalid, "the office code is taken; codes are unique in a city"),
        "reports.code" => (ErrorCode::FieldInvalid, "the tracking code is taken; draw another"),
        "tenures_forward" => (ErrorCode::FieldInvalid, "a tenure ends before it begins; its end must not be earlier"),
        "grants_area_whole" => {
            (ErrorCode::FieldInvalid, "the area of a grant is empty; its end must be after its start")
        }
        "offices_not_above_itself" => (ErrorCode::FieldInvalid, "an office cannot be part of itself"),
        "idempotency.actor, idempotency.key" => {
            (ErrorCode::IdempotencyKeyReused, ErrorCode::IdempotencyKeyReused.meaning())
        }
        "contacts_say_something" => (ErrorCode::FieldMissing, "a contact needs a name or a telephone number"),
        _ => return None,
    };
    Some(PortError::Refused { code, message: message.to_owned() })
}

pub(crate) fn corrupt(what: impl Into<String>) -> PortError {
    PortError::Corrupt(what.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_constraint_is_a_refusal_only_where_a_user_can_break_it() {
        let check = |message: &str, code: ErrorCode| assert_eq!(refusal(message).code(), code, "{message}");
        check("UNIQUE constraint failed: people.login", ErrorCode::FieldInvalid);
        check("CHECK constraint failed: tenures_forward", ErrorCode::FieldInvalid);
        check("UNIQUE constraint failed: idempotency.actor, idempotency.key", ErrorCode::IdempotencyKeyReused);
        check("CHECK constraint failed: cases_open_or_closed", ErrorCode::Internal);
        check("FOREIGN KEY constraint failed", ErrorCode::Internal);
    }
}
