//! What the store keeps beside the state of a case so that lists need not read states.

use guancheng_base::{CaseId, Day, EvidenceId, Instant, LonLat, Name, OfficeId, PersonId};
use guancheng_case::Record;

use super::ProgressRow;

/// A case as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseRow {
    /// The case.
    pub id: CaseId,
    /// Its number, unique in the city.
    pub number: String,
    /// The procedure.
    pub kind: Name,
    /// The version of the procedure it runs under.
    pub version: u32,
    /// The state.
    pub state: Name,
    /// The stage of the loop the state belongs to, when it belongs to one.
    pub stage: Option<String>,
    /// Whether the state is not final.
    pub is_open: bool,
    /// One line saying what it is about.
    pub title: String,
    /// The class from the pack's code list.
    pub category: Option<Name>,
    /// Where, in words.
    pub address: String,
    /// Where, as a point.
    pub place: Option<LonLat>,
    /// The 15-digit code of the cell the point lies in.
    pub cell: Option<i64>,
    /// The responsible unit.
    pub unit: Option<OfficeId>,
    /// The role that holds it, where a role does.
    pub holder_role: Option<Name>,
    /// The office that holds it, where an office does.
    pub holder_unit: Option<OfficeId>,
    /// How it came in: `inspector`, `citizen`, `hotline`.
    pub source: Name,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it last changed.
    pub changed_at: Instant,
    /// When it reached a final state; `None` while open.
    pub closed_at: Option<Instant>,
    /// The clock that decides its place in a queue, if one is running or paused.
    pub clock: Option<ClockRow>,
    /// Whether the ended case kept its time; `None` while open and where it is not rated.
    pub on_time: Option<bool>,
    /// Whether only those who need to know may see it.
    pub need_to_know: bool,
    /// How many reports were joined to it.
    pub reports: u32,
    /// How often a check failed.
    pub rework: u32,
    /// Its sequence: the number of records.
    pub seq: u64,
    /// The picture lists show.
    pub thumb: Option<EvidenceId>,
}

/// The main clock of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockRow {
    /// Which clock of the procedure.
    pub id: Name,
    /// The last moment that is on time; `None` while paused in time.
    pub due: Option<Instant>,
    /// When its light turns yellow; `None` while paused.
    pub warn_at: Option<Instant>,
    /// The time left when it was paused, in milliseconds of its own unit.
    pub left_ms: Option<i64>,
}

/// Everything the store derives its columns from, beside the state itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// The list row.
    pub row: CaseRow,
    /// The offices it concerns (`Subject::units`).
    pub units: Vec<OfficeId>,
    /// The people who made a move in it (`Subject::involved`).
    pub involved: Vec<PersonId>,
    /// When a clock next needs the system; `None` when none does.
    pub wake_at: Option<Instant>,
    /// The words it can be found by, beside number, title and address. No personal data.
    pub words: String,
    /// The civil day it was opened on.
    pub opened_day: Day,
    /// The civil day it ended on; `None` while open.
    pub closed_day: Option<Day>,
    /// The civil day it had ended on before the record; `None` when it was open.
    pub closed_day_before: Option<Day>,
    /// What it reports of a plan, where it does.
    pub progress: Option<ProgressRow>,
}

/// One record of the log as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRecord {
    /// Its place in the log of the city, from 1 without gaps.
    pub seq: i64,
    /// What happened.
    pub record: Record,
    /// SHA-256 over this row and the hash before it.
    pub hash: [u8; 32],
}

/// A wake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerRow {
    /// The case to look at.
    pub case: CaseId,
    /// When.
    pub fire_at: Instant,
}

/// An effect to deliver.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxRow {
    /// Its id; delivery is idempotent by it.
    pub id: i64,
    /// The case.
    pub case: CaseId,
    /// The record that asked for it.
    pub seq: i64,
    /// When it was asked for.
    pub at: Instant,
    /// The effect, e.g. `tell_reporter`.
    pub effect: Name,
    /// What it needs, JSON text.
    pub payload: String,
}

/// A period in which one holder held a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// The case.
    pub case: CaseId,
    /// The state it was in.
    pub state: Name,
    /// The role that held it.
    pub role: Option<Name>,
    /// The office that held it.
    pub unit: Option<OfficeId>,
    /// Since when.
    pub from: Instant,
    /// Until when; `None` for the present one.
    pub to: Option<Instant>,
}

/// A change as the event stream tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The global sequence of the record.
    pub seq: i64,
    /// The row of the case, as it was after the record in a live stream, as it is now when resuming.
    pub row: CaseRow,
}
