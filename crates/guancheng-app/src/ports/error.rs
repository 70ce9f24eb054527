//! Why a store could not do what it was asked.

use guancheng_base::{CaseId, ErrorCode};

/// A store's refusal or failure. What a user may read is in [`PortError::message`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortError {
    /// A rule of the database refuses; the code says which.
    Refused {
        /// The stable code.
        code: ErrorCode,
        /// What, where, and what would be right.
        message: String,
    },
    /// Somebody else changed the case first.
    SeqConflict {
        /// The case.
        case: CaseId,
        /// The sequence the caller built on.
        expected: u64,
        /// The sequence the case has.
        found: u64,
    },
    /// The writer's queue is full; nothing was recorded.
    Busy,
    /// The disk is full; nothing was recorded.
    DiskFull,
    /// What is stored cannot be read back as what it should be. Never a user's fault.
    Corrupt(String),
    /// The database failed otherwise. Never a user's fault.
    Failed(String),
}

impl PortError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            PortError::Refused { code, .. } => *code,
            PortError::SeqConflict { .. } => ErrorCode::SeqConflict,
            PortError::Busy => ErrorCode::Busy,
            PortError::DiskFull => ErrorCode::DiskFull,
            PortError::Corrupt(_) | PortError::Failed(_) => ErrorCode::Internal,
        }
    }

    /// What a user may read; the cause of an internal failure belongs in the log only.
    pub fn message(&self) -> String {
        match self {
            PortError::Refused { message, .. } => message.clone(),
            PortError::SeqConflict { case, expected, found } => {
                format!("case {case} is at sequence {found}, not {expected}; read it again")
            }
            PortError::Busy | PortError::DiskFull | PortError::Corrupt(_) | PortError::Failed(_) => {
                self.code().meaning().to_owned()
            }
        }
    }
}

impl std::fmt::Display for PortError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PortError::Corrupt(cause) => write!(f, "stored data cannot be read: {cause}"),
            PortError::Failed(cause) => write!(f, "the database failed: {cause}"),
            other => f.write_str(&other.message()),
        }
    }
}

impl std::error::Error for PortError {}
