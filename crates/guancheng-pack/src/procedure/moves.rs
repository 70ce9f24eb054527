//! Moves, with their evidence, conditions, checks and effects.

use guancheng_base::Name;
use guancheng_case::{Check, Condition, Effect, EvidenceKind, EvidenceRule, Move, MoveLimit, NotBy, Op, Params};

use super::{Reader, positive, read_param};
use crate::{
    lists::limit,
    pack::Labels,
    tree::{At, Table},
};

/// Reads one move.
pub fn read(at: At<'_>, reader: &Reader<'_>, labels: &mut Labels) -> Move {
    let table = at.table("move");
    let id = table.name("id");
    labels.know(reader.label("move", &id));
    Move {
        title: table.text("title"),
        from: table.names("from"),
        to: table.name("to"),
        by: table.list("by").into_iter().filter_map(|at| reader.by(at)).collect(),
        not_by: table.list("not_by").into_iter().filter_map(read_not_by).collect(),
        approve: reader.approvers(&table, "approve"),
        require: table.names("require"),
        evidence: table.list("evidence").into_iter().filter_map(read_evidence).collect(),
        when: read_conditions(&table, "when"),
        checks: table.list("checks").into_iter().filter_map(|at| read_check(at, reader)).collect(),
        advise: table.list("advise").into_iter().filter_map(|at| read_check(at, reader)).collect(),
        window: table.get("window").and_then(limit),
        limit: table.get("limit").and_then(read_move_limit),
        document: table.maybe_text("document"),
        effects: read_effects(&table, "effects"),
        why: table.maybe_text("why"),
        id,
    }
}

/// Reads `[{ f, op, v }]`.
pub fn read_conditions(table: &Table<'_>, key: &'static str) -> Vec<Condition> {
    table.list(key).into_iter().filter_map(read_condition).collect()
}

/// Reads the effects in the list `key`.
pub fn read_effects(table: &Table<'_>, key: &'static str) -> Vec<Effect> {
    table.list(key).into_iter().filter_map(read_effect).collect()
}

fn read_condition(at: At<'_>) -> Option<Condition> {
    if at.is_text() {
        let advice = "a condition is { f = \"field\", op = \"=\", v = … }; several must all hold".to_owned();
        at.fault_advise("a condition is not written as a text", Some(advice));
        return None;
    }
    let table = at.table("condition");
    let f = table.name("f");
    let op = table.need("op").and_then(|at| {
        let text = at.text()?;
        let op = Op::parse(&text);
        if op.is_none() {
            at.fault(format!("`{text}` is no comparison: write =, !=, <, <=, >, >= or in"));
        }
        op
    });
    let v = table.need("v").map(read_param);
    Some(Condition { f, op: op?, v: v? })
}

fn read_not_by(at: At<'_>) -> Option<NotBy> {
    let text = at.text()?;
    match text.split_once(':') {
        Some(("did", id)) => Some(NotBy::Did(id.into())),
        Some(("is", "complained_of")) => Some(NotBy::ComplainedOf),
        Some(("is", "witness")) => Some(NotBy::Witness),
        _ => {
            at.fault_advise(
                format!("`{text}` excludes nobody"),
                Some("write `did:MOVE`, `is:complained_of` or `is:witness`".to_owned()),
            );
            None
        }
    }
}

fn read_evidence(at: At<'_>) -> Option<EvidenceRule> {
    let table = at.table("evidence");
    let kind = table.need("kind").and_then(|at| {
        let text = at.text()?;
        let kind = evidence_kind(&text);
        if kind.is_none() {
            at.fault(format!("`{text}` is no evidence: write photo, file, signature, video or audio"));
        }
        kind
    });
    let rule = EvidenceRule {
        kind: kind.unwrap_or(EvidenceKind::Photo),
        min: table.need("min").and_then(positive).map_or(1, |n| n as usize),
        tags: table.texts("tags"),
        within_m: table.get("within_m").and_then(positive),
        after_state: table.maybe_name("after_state"),
        when: read_conditions(&table, "when"),
    };
    kind.map(|_| rule)
}

fn evidence_kind(text: &str) -> Option<EvidenceKind> {
    match text {
        "photo" => Some(EvidenceKind::Photo),
        "file" => Some(EvidenceKind::File),
        "signature" => Some(EvidenceKind::Signature),
        "video" => Some(EvidenceKind::Video),
        "audio" => Some(EvidenceKind::Audio),
        _ => None,
    }
}

fn read_move_limit(at: At<'_>) -> Option<MoveLimit> {
    let table = at.table("limit of a move");
    let times = table.need("times").and_then(positive);
    let then = table.maybe_name("then");
    Some(MoveLimit { times: times?, then })
}

/// A word of a closed vocabulary alone, or in a table with its parameters.
fn named(at: At<'_>, key: &str) -> Option<(String, Params)> {
    if at.is_text() {
        return Some((at.text()?, Params::new()));
    }
    let mut word = None;
    let mut params = Params::new();
    for (name, value) in at.pairs() {
        if name == key {
            word = value.text();
        } else {
            params.insert(Name::from(name), read_param(value));
        }
    }
    if word.is_none() {
        at.fault(format!("a `{key}` is missing here"));
    }
    Some((word?, params))
}

fn read_check(at: At<'_>, reader: &Reader<'_>) -> Option<Check> {
    let (name, params) = named(at, "check")?;
    match Check::parse(&name, &params, reader.params) {
        Ok(check) => Some(check),
        Err(faults) => {
            faults.into_iter().for_each(|fault| at.fault_advise(fault.message, Some(fault.advice)));
            None
        }
    }
}

fn read_effect(at: At<'_>) -> Option<Effect> {
    let (name, params) = named(at, "effect")?;
    match Effect::parse(&name, &params) {
        Ok(effect) => Some(effect),
        Err(faults) => {
            faults.into_iter().for_each(|fault| at.fault_advise(fault.message, Some(fault.advice)));
            None
        }
    }
}
