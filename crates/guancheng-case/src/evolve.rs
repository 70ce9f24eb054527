//! Applying records. Total: a record of any version applies to any case without failing; what is unknown changes
//! nothing but the sequence.

use guancheng_base::Instant;

use crate::{Ask, Case, ClockRun, Comment, Did, Event, Link, Part, PartAnswer, Planned, Record, Ruling};

/// Applies one record.
pub fn evolve(case: &mut Case, record: &Record) {
    for event in &record.events {
        apply(case, event, record.at);
    }
    case.seq = record.seq;
    case.changed_at = record.at;
}

/// The case that these records make, in order; `None` for no records.
pub fn replay<'a>(records: impl IntoIterator<Item = &'a Record>) -> Option<Case> {
    let mut case: Option<Case> = None;
    for record in records {
        evolve(case.get_or_insert_with(|| Case::new(record.case)), record);
    }
    case
}

fn apply(case: &mut Case, event: &Event, at: Instant) {
    if let Some(clock) = event.clock() {
        if let Some(run) = ClockRun::after(case.clocks.remove(clock), event) {
            case.clocks.insert(clock.clone(), run);
        }
        return;
    }
    match event {
        Event::Opened { kind, version, number, state, source, reporter } => {
            case.kind = kind.clone();
            case.version = *version;
            case.number.clone_from(number);
            case.source = source.clone();
            case.reporter.clone_from(reporter);
            case.opened_at = at;
            case.state = state.clone();
            case.entered.insert(state.clone(), at);
        }
        Event::Moved { mv, to, is_final, by, at, .. } => {
            case.did.push(Did { mv: mv.clone(), by: *by, at: *at });
            case.state = to.clone();
            case.entered.insert(to.clone(), *at);
            case.closed_at = is_final.then_some(*at);
        }
        Event::FieldsSet { fields } => case.fields.extend(fields.iter().map(|(id, value)| (id.clone(), value.clone()))),
        Event::EvidenceAdded { evidence } => case.evidence.extend(evidence.iter().cloned()),
        Event::ReportJoined { report } => case.reports.push(*report),
        Event::Counted { counter } => *case.counters.entry(counter.clone()).or_default() += 1,
        Event::Linked { kind, case: other } => case.links.push(Link { kind: kind.clone(), case: *other }),
        Event::Assigned { assignment } => case.assignment = Some(assignment.clone()),
        Event::Planned { plan } => case.planned = plan.clone().map(|(mv, at)| Planned { mv, at }),
        Event::Imported { facts } => case.imported.extend(facts.iter().map(|(k, v)| (k.clone(), v.clone()))),
        _ => talk(case, event),
    }
}

/// Questions, parts, comments and happenings.
fn talk(case: &mut Case, event: &Event) {
    match event {
        Event::Asked { ask, what, by, decide_by, at } => {
            let state = case.state.clone();
            let (what, decide_by) = (what.clone(), *decide_by);
            case.asks.push(Ask { id: *ask, what, by: *by, at: *at, state, decide_by, ruling: None });
        }
        Event::Ruled { ask, grant, by, reason, at } => {
            if let Some(asked) = case.asks.iter_mut().find(|asked| asked.id == *ask) {
                asked.ruling = Some(Ruling { grant: *grant, by: *by, at: *at, reason: reason.clone() });
            }
        }
        Event::PartOpened { part, office, office_title, question, due, at } => {
            case.parts.retain(|known| known.id != *part);
            case.parts.push(Part {
                id: part.clone(),
                office: *office,
                office_title: office_title.clone(),
                question: question.clone(),
                opened_at: *at,
                due: *due,
                answer: None,
            });
        }
        Event::PartAnswered { part, agree, opinion, by, at } => {
            if let Some(open) = case.parts.iter_mut().find(|open| open.id == *part) {
                open.answer = Some(PartAnswer { agree: *agree, opinion: opinion.clone(), by: *by, at: *at });
            }
        }
        Event::Commented { by, text, at } => case.comments.push(Comment { by: *by, at: *at, text: text.clone() }),
        Event::Signalled { event, at, .. } => {
            case.signals.insert(event.clone(), *at);
        }
        _ => {}
    }
}
