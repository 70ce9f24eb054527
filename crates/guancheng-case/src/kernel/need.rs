//! What the policy must allow before the kernel decides, and the facts about a case on which every right depends.

use std::collections::BTreeMap;

use guancheng_base::{ErrorCode, Name, OfficeId, PersonId};
use guancheng_org::{MatrixRow, Need, Subject, Who};

use super::{draft::cell_value, moves::possible};
use crate::{
    ActorMark, Ask, AskWhat, By, Case, Command, Holder, Move, NotBy, Opening, Privacy, Procedure, Refusal, State,
    Value, texts,
};

/// The facts about a case on which rights depend.
pub fn subject(procedure: &Procedure, case: &Case) -> Subject {
    let mut units: Vec<OfficeId> = concerned(&case.fields).collect();
    units.extend(case.parts.iter().filter_map(|part| part.office));
    let people = case.did.iter().map(|did| did.by).chain(case.asks.iter().map(|ask| ask.by));
    let people = people.chain(case.comments.iter().map(|comment| comment.by));
    let mut involved: Vec<PersonId> = people.filter_map(person).collect();
    involved.sort();
    involved.dedup();
    units.sort();
    units.dedup();
    Subject {
        kind: case.kind.clone(),
        cell: cell(procedure, &case.fields),
        units,
        reporter: case.reporter.clone(),
        need_to_know: procedure.privacy == Privacy::NeedToKnow,
        involved,
    }
}

/// The offices named in the fields. An office complained of is no party to the case: it may not look into it.
fn concerned(fields: &BTreeMap<Name, Value>) -> impl Iterator<Item = OfficeId> {
    fields.iter().filter(|(id, _)| **id != *COMPLAINED_OF).filter_map(|(_, value)| office(value))
}

/// The same facts about a case that is about to begin.
pub fn subject_of_opening(procedure: &Procedure, opening: &Opening) -> Subject {
    Subject {
        kind: procedure.id.clone(),
        cell: cell(procedure, &opening.fields),
        units: concerned(&opening.fields).collect(),
        reporter: opening.reporter.clone(),
        need_to_know: procedure.privacy == Privacy::NeedToKnow,
        involved: Vec::new(),
    }
}

/// Who may open a case: anybody where the first state speaks to the public, otherwise the roles of its holder and of
/// the moves that lead out of it; and imports. For [`guancheng_org::Policy::permit_open`].
pub fn need_open(procedure: &Procedure) -> Need {
    let Some(state) = procedure.state(&procedure.initial) else { return Need::default() };
    let mut any_of = vec![Who::System];
    if state.public.is_some() {
        any_of.push(Who::Viewer);
    }
    any_of.extend(roles_of_moves(procedure.moves_from(&state.id)));
    if let Holder::Role(role) = &state.holder {
        any_of.push(Who::Role(role.clone()));
    }
    Need { any_of, ..Need::default() }
}

/// What a command asks of its actor. An act that is impossible whoever asks is refused here already.
pub fn need(procedure: &Procedure, case: &Case, command: &Command) -> Result<Need, Refusal> {
    match command {
        Command::Move { mv, .. } => possible(procedure, &case.state, mv).map(|mv| move_need(procedure, case, mv)),
        Command::AskExtension { clock, .. } => extension_need(procedure, case, clock),
        Command::Rule { ask, .. } => match case.ask(*ask) {
            Some(ask) => Ok(rule_need(procedure, ask)),
            None => Err(plain(procedure, ErrorCode::NotFound, texts::no_such_ask(ask.0))),
        },
        Command::Pause { .. } | Command::Resume { .. } | Command::Signal { .. } => Ok(any(handlers(procedure, case))),
        Command::AnswerPart { part, .. } => Ok(any(part_whos(procedure, case, part))),
        Command::JoinReport { .. } | Command::Link { .. } => {
            let mut whos = handlers(procedure, case);
            whos.push(Who::Viewer);
            Ok(any(whos))
        }
        Command::AddEvidence { .. } | Command::Comment { .. } => Ok(any(vec![Who::Viewer])),
        Command::Fire => Ok(any(vec![Who::System])),
    }
}

/// The need of a move where it leads out of the state in which its holders hold the case.
pub(crate) fn move_need(procedure: &Procedure, case: &Case, mv: &Move) -> Need {
    Need {
        any_of: mv.by.iter().flat_map(|by| whos(procedure, case, by)).collect(),
        also: mv.approve.iter().cloned().map(Who::Role).collect(),
        not_by: not_by(mv, case),
        not_by_offices: not_by_offices(mv, case),
    }
}

/// An extension is asked by whoever is measured by the clock; who may approve it may grant it unasked.
pub(crate) fn extension_need(procedure: &Procedure, case: &Case, clock: &str) -> Result<Need, Refusal> {
    let Some(clock) = procedure.clock(clock) else {
        return Err(plain(procedure, ErrorCode::ExtensionRefused, texts::no_such_clock(clock)));
    };
    let approve = clock.extend.iter().flat_map(|extend| extend.approve.iter().cloned().map(Who::Role));
    let holder = clock.holder.as_ref().or(procedure.state(&case.state).map(|state| &state.holder));
    let holders = holder.into_iter().flat_map(|holder| holder_whos(case, holder));
    let also: Vec<Who> = approve.collect();
    Ok(Need { any_of: holders.chain(also.iter().cloned()).collect(), also, ..Need::default() })
}

fn rule_need(procedure: &Procedure, ask: &Ask) -> Need {
    let roles = match &ask.what {
        AskWhat::Move { mv, .. } => procedure.mv(mv).map(|mv| &mv.approve),
        AskWhat::Extension { clock, .. } => procedure.clock(clock).and_then(|c| c.extend.as_ref()).map(|e| &e.approve),
    };
    let any_of = roles.into_iter().flatten().cloned().map(Who::Role).collect();
    Need { any_of, not_by: person(ask.by).into_iter().collect(), ..Need::default() }
}

/// Whoever holds the case or may move it on, and the system.
fn handlers(procedure: &Procedure, case: &Case) -> Vec<Who> {
    let mut whos = vec![Who::System];
    if let Some(state) = procedure.state(&case.state) {
        whos.extend(state_whos(case, state));
    }
    whos.extend(roles_of_moves(procedure.moves_from(&case.state)));
    whos.sort();
    whos.dedup();
    whos
}

/// The office asked; for an office outside the system, the roles whose move began the review or may end it.
fn part_whos(procedure: &Procedure, case: &Case, part: &str) -> Vec<Who> {
    match case.parts.iter().find(|open| open.id == *part).and_then(|part| part.office) {
        Some(office) => vec![Who::Office(office)],
        None => {
            let into = procedure.moves.iter().filter(|mv| mv.to == case.state);
            roles_of_moves(into.chain(procedure.moves_from(&case.state))).collect()
        }
    }
}

fn roles_of_moves<'a>(moves: impl Iterator<Item = &'a Move>) -> impl Iterator<Item = Who> {
    moves.flat_map(|mv| mv.by.iter()).filter_map(|by| match by {
        By::Role(role) => Some(Who::Role(role.clone())),
        _ => None,
    })
}

/// The ways to satisfy one `by` of a move.
fn whos(procedure: &Procedure, case: &Case, by: &By) -> Vec<Who> {
    match by {
        By::Role(role) => vec![Who::Role(role.clone())],
        By::Holder => procedure.state(&case.state).map(|state| state_whos(case, state)).unwrap_or_default(),
        By::Reporter | By::Applicant | By::Party => vec![Who::Reporter],
        By::System(_) => vec![Who::System],
    }
}

fn state_whos(case: &Case, state: &State) -> Vec<Who> {
    holder_whos(case, &state.holder)
}

/// The ways to be the holder.
pub(crate) fn holder_whos(case: &Case, holder: &Holder) -> Vec<Who> {
    match holder {
        Holder::Role(role) => vec![Who::Role(role.clone())],
        Holder::Field(field) => case.fields.get(field).and_then(office).map(Who::Office).into_iter().collect(),
        Holder::Applicant | Holder::Party => vec![Who::Reporter],
        Holder::Parts => case.parts.iter().filter_map(|part| part.office).map(Who::Office).collect(),
        Holder::None => Vec::new(),
    }
}

fn not_by(mv: &Move, case: &Case) -> Vec<PersonId> {
    let mut people = Vec::new();
    for rule in &mv.not_by {
        match rule {
            NotBy::Did(other) => {
                people.extend(case.did.iter().filter(|did| did.mv == *other).filter_map(|did| person(did.by)));
            }
            NotBy::ComplainedOf => people.extend(complained_of(case).and_then(person_value)),
            NotBy::Witness => people.extend(case.evidence.iter().filter_map(|fact| person(fact.by))),
        }
    }
    people
}

fn not_by_offices(mv: &Move, case: &Case) -> Vec<OfficeId> {
    let complained = mv.not_by.contains(&NotBy::ComplainedOf);
    if complained { complained_of(case).and_then(office).into_iter().collect() } else { Vec::new() }
}

/// The field that names whom a case complains of.
const COMPLAINED_OF: &str = "complained_of";

fn complained_of(case: &Case) -> Option<&Value> {
    case.fields.get(COMPLAINED_OF)
}

fn person_value(value: &Value) -> Option<PersonId> {
    match value {
        Value::Person(text) => text.strip_prefix("person:")?.parse().ok().map(PersonId),
        _ => None,
    }
}

fn person(by: ActorMark) -> Option<PersonId> {
    match by {
        ActorMark::Person(person) => Some(person),
        ActorMark::Reporter | ActorMark::System(_) => None,
    }
}

fn office(value: &Value) -> Option<OfficeId> {
    match value {
        Value::Org(office) => Some(*office),
        _ => None,
    }
}

fn cell(procedure: &Procedure, fields: &std::collections::BTreeMap<Name, Value>) -> Option<i64> {
    let derived = procedure.fields.iter().find(|field| field.derive.is_some())?;
    fields.get(&derived.id).and_then(cell_value)
}

fn any(any_of: Vec<Who>) -> Need {
    Need { any_of, ..Need::default() }
}

fn plain(procedure: &Procedure, code: ErrorCode, text: crate::Text) -> Refusal {
    let mut refusal = Refusal::new(code, text);
    refusal.rule = format!("{} v{}", procedure.id, procedure.version);
    refusal.version = procedure.version;
    refusal.basis.clone_from(&procedure.basis);
    refusal
}

/// The rows of the role × kind × move matrix for one procedure.
pub fn matrix_rows(procedure: &Procedure) -> Vec<MatrixRow> {
    let row = |act: String, by: Vec<Name>| MatrixRow { kind: procedure.id.clone(), act, by };
    let mut rows = vec![row("open".to_owned(), need_open(procedure).any_of.iter().map(who_name).collect())];
    for mv in &procedure.moves {
        rows.push(row(mv.id.to_string(), mv.by.iter().map(|by| by_name(procedure, mv, by)).collect()));
        if !mv.approve.is_empty() {
            rows.push(row(format!("rule:{}", mv.id), mv.approve.clone()));
        }
    }
    for clock in &procedure.clocks {
        if let Some(extend) = &clock.extend {
            rows.push(row(format!("rule:extend:{}", clock.id), extend.approve.clone()));
        }
    }
    rows
}

fn by_name(procedure: &Procedure, mv: &Move, by: &By) -> Name {
    let holders = mv.from.iter().filter_map(|from| procedure.state(from)).map(|state| &state.holder);
    match by {
        By::Role(role) => role.clone(),
        By::Holder => holder_name(holders.collect()),
        By::Reporter => "reporter".into(),
        By::Applicant => "applicant".into(),
        By::Party => "party".into(),
        By::System(name) => format!("system:{name}").into(),
    }
}

fn holder_name(holders: Vec<&Holder>) -> Name {
    match holders.first() {
        Some(Holder::Role(role)) if holders.iter().all(|other| *other == &Holder::Role(role.clone())) => role.clone(),
        Some(Holder::Field(field)) => format!("holder({field})").into(),
        _ => "holder".into(),
    }
}

fn who_name(who: &Who) -> Name {
    match who {
        Who::Role(role) => role.clone(),
        Who::Office(office) => format!("office:{office}").into(),
        Who::Person(person) => format!("person:{person}").into(),
        Who::Reporter => "reporter".into(),
        Who::System => "system".into(),
        Who::Viewer => "anybody".into(),
    }
}
