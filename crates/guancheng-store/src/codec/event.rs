//! Events under their stored names. Never remove or change a line; add one.

use std::collections::BTreeMap;

use guancheng_case::{AskWhat, Assignment, Event, EvidenceFact, EvidenceKind, PauseCause};

use super::{
    mirror::{Ask, At, CaseNo, FileNo, Office, Position, ReportNo, Text, newtypes, structs, variants, words},
    value::{ByJson, ClockTimeJson, LimitJson, ValueJson},
};

pub(super) type Fields = BTreeMap<Text, ValueJson>;

words! { EvidenceKindJson of EvidenceKind {
    Photo "photo" File "file" Signature "signature" Video "video" Audio "audio"
}}

newtypes! { PauseCauseJson of PauseCause { State "state" (Text) Reason "reason" (Text) }}

structs! {
    EvidenceJson of EvidenceFact {
        id: FileNo, kind: EvidenceKindJson, by: ByJson, attached_at: At;
        taken_at: Option<At>, at: Option<Position>, tags: Vec<String>, mv: Option<Text>
    }
    AssignmentJson of Assignment {
        table: Text; unit: Option<Office>, row: Option<String>, others: Vec<String>, fallback: bool
    }
}

variants! { AskWhatJson of AskWhat by "what" {
    Move "move" { mv: Text; fields: Fields, note: String }
    Extension "extension" { clock: Text, add: LimitJson; fields: Fields }
}}

variants! { EventJson of Event by "e" {
    Opened "opened/1" { kind: Text, version: u32, number: String, state: Text, source: Text; reporter: Option<Text> }
    ReportJoined "report_joined/1" { report: ReportNo; }
    FieldsSet "fields_set/1" { fields: Fields; }
    EvidenceAdded "evidence_added/1" { evidence: Vec<EvidenceJson>; }
    Moved "moved/1" { mv: Text, from: Text, to: Text, by: ByJson, at: At; is_final: bool, note: String }
    Asked "asked/1" { ask: Ask, what: AskWhatJson, by: ByJson, at: At; decide_by: Option<At> }
    Ruled "ruled/1" { ask: Ask, grant: bool, by: ByJson, at: At; reason: String }
    ClockStarted "clock_started/1" {
        clock: Text, at: At; time: Option<ClockTimeJson>, due: Option<At>, near_at: Option<At>, warn_at: Vec<At>
    }
    ClockPaused "clock_paused/1" { clock: Text, cause: PauseCauseJson, at: At; time: Option<ClockTimeJson>, due: Option<At> }
    ClockResumed "clock_resumed/1" {
        clock: Text; time: Option<ClockTimeJson>, due: Option<At>, near_at: Option<At>, warn_at: Vec<At>
    }
    ClockStopped "clock_stopped/1" { clock: Text, at: At; time: Option<ClockTimeJson>, on_time: Option<bool> }
    ClockCancelled "clock_cancelled/1" { clock: Text, at: At; }
    ClockExtended "clock_extended/1" {
        clock: Text; time: Option<ClockTimeJson>, due: Option<At>, near_at: Option<At>, warn_at: Vec<At>
    }
    ClockWarned "clock_warned/1" { clock: Text, level: usize, at: At; }
    ClockBreached "clock_breached/1" { clock: Text, due: At; }
    ClockExpired "clock_expired/1" { clock: Text, due: At; on_time: Option<bool> }
    PartOpened "part_opened/1" { part: Text, office_title: String, question: String, due: At, at: At; office: Option<Office> }
    PartAnswered "part_answered/1" { part: Text, agree: bool, by: ByJson, at: At; opinion: String }
    Assigned "assigned/1" { assignment: AssignmentJson; }
    Effect "effect/1" { effect: Text; to: Vec<String>, with: BTreeMap<Text, String> }
    Counted "counted/1" { counter: Text; }
    Linked "linked/1" { kind: Text, case: CaseNo; }
    Commented "commented/1" { by: ByJson, text: String, at: At; }
    Signalled "signalled/1" { event: Text, by: ByJson, at: At; }
    Planned "planned/1" { ; plan: Option<(Text, At)> }
    Imported "imported/1" { facts: BTreeMap<Text, String>; }
}}
