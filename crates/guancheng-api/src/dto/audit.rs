//! The log, its proof, and how the server is.

use serde::Serialize;
use utoipa::ToSchema;

use super::Moment;

/// A calendar in use.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Calendar {
    /// The calendar.
    pub id: String,
    /// The last day it knows.
    pub loaded_to: String,
    /// Days until then.
    pub days_left: i64,
}

/// How the server is. Only those who oversee the system are told more than `ok` and `version`; the rest is `null`.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Health {
    /// True if it can read and write.
    pub ok: bool,
    /// Version of the program.
    pub version: String,
    /// The city.
    pub city: Option<String>,
    /// All cases.
    pub cases: Option<i64>,
    /// Open cases.
    pub open: Option<i64>,
    /// Timers that should have fired and have not.
    pub timers_due: Option<i64>,
    /// Writes waiting.
    pub queue: Option<i64>,
    /// When something was last recorded.
    pub last_commit_at: Option<Moment>,
    /// The calendars.
    pub calendars: Option<Vec<Calendar>>,
    /// Free bytes where the data is.
    pub disk_free: Option<i64>,
}

/// One row of the audit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditRow {
    /// Its id.
    pub id: i64,
    /// When.
    pub at: Moment,
    /// Who, as it is written in the log.
    pub actor: String,
    /// Their name.
    pub actor_name: String,
    /// The case.
    pub case: Option<i64>,
    /// What was done: `record`, `login`, `export`, `contact`, `notice:…`.
    pub kind: String,
    /// Sequence of the record in the city's log, where it changed a case.
    pub record: Option<i64>,
    /// In words or JSON.
    pub text: String,
}

/// A page of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditPage {
    /// The records, newest first.
    pub items: Vec<AuditRow>,
    /// Send it as `after` to get the next page.
    pub next: Option<String>,
    /// Not counted.
    pub total: Option<i64>,
}

/// The proof that no record was altered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VerifyResult {
    /// True if the chain holds.
    pub ok: bool,
    /// How many records were read.
    pub records: i64,
    /// Hash of the last one in hexadecimal.
    pub head: String,
    /// Sequence of the first record that does not fit.
    pub first_bad: Option<i64>,
    /// Everything else that does not hang together, in words.
    pub faults: Vec<String>,
}

/// One event of the stream, as `text/event-stream` carries it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the stream; its events are written field by field")]
pub struct StreamEvent {
    /// Sequence of the record in the city's log; sent back as `Last-Event-ID`.
    pub id: Option<String>,
    /// `case` or `reset`.
    pub event: String,
    /// For `case`, JSON: `{"case", "seq", "state", "unit"}`.
    pub data: String,
}
