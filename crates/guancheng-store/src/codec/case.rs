//! The state of a case.

use std::collections::BTreeMap;

use guancheng_case::{Ask, Case, ClockRun, Comment, Did, Link, Part, PartAnswer, Planned, Ruling, RunState};

use super::{
    event::{AskWhatJson, AssignmentJson, EvidenceJson, Fields, PauseCauseJson},
    mirror::{Ask as AskNo, At, CaseNo, Office, ReportNo, Text, structs, words},
    value::{ByJson, ClockTimeJson},
};

words! { RunStateJson of RunState {
    Running "running" Paused "paused" Stopped "stopped" Cancelled "cancelled" Expired "expired"
}}

structs! {
    ClockRunJson of ClockRun {
        state: RunStateJson, started_at: At, warned: usize, extended: u32;
        time: Option<ClockTimeJson>, due: Option<At>, near_at: Option<At>, warn_at: Vec<At>, breached_at: Option<At>,
        paused: Option<(PauseCauseJson, At)>, ended_at: Option<At>, on_time: Option<bool>
    }
    DidJson of Did { mv: Text, by: ByJson, at: At; }
    RulingJson of Ruling { grant: bool, by: ByJson, at: At, reason: String; }
    AskJson of Ask {
        id: AskNo, what: AskWhatJson, by: ByJson, at: At, state: Text; decide_by: Option<At>, ruling: Option<RulingJson>
    }
    PartAnswerJson of PartAnswer { agree: bool, opinion: String, by: ByJson, at: At; }
    PartJson of Part {
        id: Text, office_title: String, question: String, opened_at: At, due: At;
        office: Option<Office>, answer: Option<PartAnswerJson>
    }
    LinkJson of Link { kind: Text, case: CaseNo; }
    CommentJson of Comment { by: ByJson, at: At, text: String; }
    PlannedJson of Planned { mv: Text, at: At; }
    CaseJson of Case {
        id: CaseNo, kind: Text, version: u32, number: String, seq: u64, opened_at: At, changed_at: At, state: Text,
        source: Text;
        entered: BTreeMap<Text, At>, fields: Fields, reporter: Option<Text>, clocks: BTreeMap<Text, ClockRunJson>,
        did: Vec<DidJson>, asks: Vec<AskJson>, parts: Vec<PartJson>, evidence: Vec<EvidenceJson>,
        counters: BTreeMap<Text, u32>, links: Vec<LinkJson>, reports: Vec<ReportNo>, comments: Vec<CommentJson>,
        signals: BTreeMap<Text, At>, assignment: Option<AssignmentJson>, planned: Option<PlannedJson>,
        imported: BTreeMap<Text, String>, closed_at: Option<At>
    }
}
