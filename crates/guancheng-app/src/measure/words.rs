//! The words by which facts know a procedure: ids of states and clocks that every shipped procedure of reports uses. A
//! procedure that calls a state otherwise leaves its columns absent, and what is absent counts for nobody.

/// The step of a case that a state stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Verifying,
    Filed,
    Dispatched,
    Hung,
    FedBack,
    Rejected,
    Merged,
    Voided,
    Other,
}

/// What a clock of a case measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measures {
    Filing,
    Verifying,
    Dispatching,
    Disposal,
    Checking,
}

pub(super) fn step(state: &str) -> Step {
    match state {
        "verifying" => Step::Verifying,
        "filed" | "accepted" => Step::Filed,
        "dispatched" | "assigned" => Step::Dispatched,
        "hung" => Step::Hung,
        "fed_back" => Step::FedBack,
        "rejected" | "declined" => Step::Rejected,
        "merged" | "duplicate" => Step::Merged,
        "voided" => Step::Voided,
        _ => Step::Other,
    }
}

pub(super) fn clock(id: &str) -> Option<Measures> {
    Some(match id {
        "filing" => Measures::Filing,
        "verifying" => Measures::Verifying,
        "dispatching" => Measures::Dispatching,
        "disposal" | "target" => Measures::Disposal,
        "checking" => Measures::Checking,
        _ => return None,
    })
}

/// Who found what came in by that way.
pub(super) fn source_kind(source: &str, has_reporter: bool) -> &'static str {
    match (source, has_reporter) {
        ("inspector", _) => "collector",
        ("public" | "hotline" | "wechat" | "citizen", _) | (_, true) => "public",
        _ => "other",
    }
}

/// Component or event, by the first letter of a root category.
pub(super) fn class(root: &str) -> Option<&'static str> {
    match root {
        "c" | "component" => Some("component"),
        "e" | "event" => Some("event"),
        _ => None,
    }
}
