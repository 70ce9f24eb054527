//! What an example expects, compared with what came of it.

use guancheng_base::{ErrorCode, Fen};

use super::{Example, Seen};
use crate::{Discretion, FieldKind, Param, Procedure, did_you_mean};

/// Everything that is not as expected.
pub(super) fn complaints(procedure: &Procedure, example: &Example, seen: &Seen) -> Vec<String> {
    let mut complaints = Vec::new();
    if example.expects_refusal() && seen.refusal.is_none() {
        complaints.push("the last step was to be refused, but it was done".to_owned());
    }
    let keys = example.expect.iter().filter(|(key, _)| !of_discretion(key));
    complaints.extend(keys.filter_map(|(key, expected)| complaint(procedure, key, expected, seen)));
    complaints
}

fn complaint(procedure: &Procedure, key: &str, expected: &Param, seen: &Seen) -> Option<String> {
    let refusal = seen.refusal.as_ref();
    let fits = match (key, expected) {
        ("state", Param::Text(state)) => seen.case.state == **state,
        ("on_time", Param::Bool(yes)) => *yes != seen.case.clocks.values().any(|run| run.on_time == Some(false)),
        ("missing", Param::List(fields)) => {
            let refusal = refusal.filter(|refusal| refusal.code == ErrorCode::FieldMissing);
            let missing = refusal.into_iter().flat_map(|refusal| &refusal.fields).map(|fault| fault.field.to_string());
            missing.eq(texts(fields))
        }
        ("blocked_by", Param::Text(what)) => {
            refusal.is_some_and(|refusal| refusal.code.as_str() == what || refusal.checks.iter().any(|c| *c == **what))
        }
        ("until", Param::Text(day)) => {
            refusal.and_then(|refusal| refusal.until.as_ref()).is_some_and(|until| until.starts_with(day.as_str()))
        }
        ("advised", Param::Text(check)) => seen.advised.iter().any(|advised| *advised == **check),
        _ => return due(procedure, key, expected, seen),
    };
    (!fits).then(|| format!("expect.{key} is {expected:?}, but {}", happened(seen)))
}

fn due(procedure: &Procedure, key: &str, expected: &Param, seen: &Seen) -> Option<String> {
    let clock = key.strip_suffix("_due").filter(|clock| procedure.clock(clock).is_some());
    let (Some(clock), Param::Text(expected)) = (clock, expected) else {
        return Some(format!("expect.{key} is unknown; {}", did_you_mean(key, Example::EXPECT.into_iter())));
    };
    let due = seen.case.clocks.get(clock).and_then(|run| run.due).map(|due| procedure.calendar.format_local(due));
    let fits = due.as_ref().is_some_and(|due| due.starts_with(expected.as_str()));
    (!fits).then(|| format!("expect.{key} is {expected}, but {clock} is due {}", due.unwrap_or("never".to_owned())))
}

fn happened(seen: &Seen) -> String {
    let refusal = seen.refusal.as_ref().map(|refusal| format!("; refused: {} {}", refusal.code, refusal.text.zh));
    let advised: Vec<&str> = seen.advised.iter().map(|name| name.as_str()).collect();
    let late: Vec<&str> =
        seen.case.clocks.iter().filter(|(_, run)| run.on_time == Some(false)).map(|(id, _)| id.as_str()).collect();
    format!("state {}; late: {late:?}; advised: {advised:?}{}", seen.case.state, refusal.unwrap_or_default())
}

fn texts(params: &[Param]) -> Vec<String> {
    let text = |param: &Param| match param {
        Param::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    params.iter().map(text).collect()
}

fn of_discretion(key: &str) -> bool {
    ["tier", "fine_min", "fine_max"].contains(&key)
}

/// What the discretion table says of the example, where it expects something of it.
pub(super) fn discretion(procedure: &Procedure, example: &Example) -> Vec<String> {
    if !example.expect.keys().any(|key| of_discretion(key)) {
        return Vec::new();
    }
    let Some(table) = table(procedure, example) else {
        return vec!["no discretion table is meant: give violation".to_owned()];
    };
    let (party, value) = (party(procedure, example), example.given.get(&table.measure).and_then(number));
    let (Some(party), Some(value)) = (party, value) else {
        return vec![format!("the table needs given.party and given.{}", table.measure)];
    };
    let Some(band) = table.band(&party, value) else { return vec![format!("the table has no row for {party}")] };
    let check =
        |key: &str, fits: bool, is: String| (!fits).then(|| format!("expect.{key} differs: the table says {is}"));
    let expected = example.expect.iter().filter(|(key, _)| of_discretion(key));
    let complaint = |(key, expected): (&guancheng_base::Name, &Param)| match (key.as_str(), expected) {
        ("tier", Param::Text(tier)) => check(key, band.tier == **tier, band.tier.to_string()),
        ("fine_min", yuan) => check(key, number(yuan).is_some_and(|n| fen(n) == band.min), band.min.to_string()),
        ("fine_max", yuan) => check(key, number(yuan).is_some_and(|n| fen(n) == band.max), band.max.to_string()),
        _ => Some(format!("expect.{key} does not fit")),
    };
    expected.filter_map(complaint).collect()
}

fn table<'a>(procedure: &'a Procedure, example: &Example) -> Option<&'a Discretion> {
    match (example.given.get("violation"), procedure.discretion.as_slice()) {
        (Some(Param::Text(violation)), tables) => tables.iter().find(|table| table.violation == **violation),
        (None, [only]) => Some(only),
        _ => None,
    }
}

/// The party in words, or the title of its code.
fn party(procedure: &Procedure, example: &Example) -> Option<String> {
    if let Some(Param::Text(kind)) = example.given.get("party_kind") {
        let list = match procedure.field("party_kind").map(|field| &field.kind) {
            Some(FieldKind::Code { list }) => procedure.code_lists.get(list),
            _ => None,
        };
        return Some(list.and_then(|list| list.get(kind)).map_or_else(|| kind.clone(), |row| row.title.clone()));
    }
    match example.given.get("party") {
        Some(Param::Text(party)) => Some(party.clone()),
        _ => None,
    }
}

fn number(param: &Param) -> Option<f64> {
    match param {
        Param::Int(n) => Some(*n as f64),
        Param::Decimal(n) => Some(*n),
        _ => None,
    }
}

fn fen(yuan: f64) -> Fen {
    Fen((yuan * 100.0).round() as i64)
}
