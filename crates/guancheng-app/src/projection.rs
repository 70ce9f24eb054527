//! The list row of a case, derived from its state: what lists show, search and sort by.

use guancheng_base::{Instant, Name, OfficeId};
use guancheng_calendar::Unit;
use guancheng_case::{Case, ClockRun, EvidenceKind, FieldKind, Holder, Light, Procedure, Standing, Value, subject};
use guancheng_plan::Amount;

use crate::ports::{CaseRow, ClockRow, ProgressRow, Projection};

/// The longest title of a row, in characters.
const TITLE_MAX: usize = 60;

/// Everything the store keeps beside the state.
pub fn project(procedure: &Procedure, case: &Case, now: Instant) -> Projection {
    let subject = subject(procedure, case);
    Projection {
        row: row(procedure, case, subject.cell, now),
        units: subject.units,
        involved: subject.involved,
        wake_at: case.next_wake(),
        words: words(procedure, case),
        opened_day: procedure.calendar.day_of(case.opened_at),
        closed_day: case.closed_at.map(|at| procedure.calendar.day_of(at)),
        closed_day_before: None,
        progress: progress(procedure, case),
    }
}

/// One line saying what a case is about: class and filing condition, or the first words anybody wrote.
pub fn title(procedure: &Procedure, case: &Case) -> String {
    let coded = case.fields.iter().find_map(|(id, value)| category_title(procedure, id, value));
    let written = || open_texts(procedure, case).next().map(|text| shorten(text, TITLE_MAX));
    coded.or_else(written).unwrap_or_else(|| procedure.title.clone())
}

/// The office responsible for the case: the one in the field that holds it in some state.
pub fn unit(procedure: &Procedure, case: &Case) -> Option<OfficeId> {
    let fields = procedure.states.iter().filter_map(|state| match &state.holder {
        Holder::Field(field) => case.field(field),
        _ => None,
    });
    fields.into_iter().find_map(office)
}

fn row(procedure: &Procedure, case: &Case, cell: Option<i64>, now: Instant) -> CaseRow {
    let state = procedure.state(&case.state);
    let (holder_role, holder_unit) = holder(case, state.map(|state| &state.holder));
    let on_time = match case.light(now) {
        Light::NotRated => None,
        light => Some(light == Light::Good),
    };
    CaseRow {
        id: case.id,
        number: case.number.clone(),
        kind: case.kind.clone(),
        version: case.version,
        state: case.state.clone(),
        stage: state.and_then(|state| state.stage.clone()),
        is_open: case.is_open(),
        title: title(procedure, case),
        category: code_in(case, "category"),
        address: case.field("address").and_then(Value::as_text).unwrap_or_default().to_owned(),
        place: case.position(),
        cell,
        unit: unit(procedure, case),
        holder_role,
        holder_unit,
        source: case.source.clone(),
        opened_at: case.opened_at,
        changed_at: case.changed_at,
        closed_at: case.closed_at,
        clock: case.main_clock().filter(|_| case.is_open()).map(|(id, run)| clock_row(procedure, id, run, now)),
        on_time: on_time.filter(|_| !case.is_open()),
        need_to_know: procedure.privacy == guancheng_case::Privacy::NeedToKnow,
        reports: u32::try_from(case.reports.len()).unwrap_or(u32::MAX),
        rework: case.counter("rework"),
        seq: case.seq,
        thumb: case.evidence.iter().find(|fact| fact.kind == EvidenceKind::Photo).map(|fact| fact.id),
    }
}

fn clock_row(procedure: &Procedure, id: &Name, run: &ClockRun, now: Instant) -> ClockRow {
    let paused = !run.is_running();
    let left = run
        .time
        .filter(|_| paused)
        .and_then(|time| time.remaining(&procedure.calendar, now).ok().map(|left| (left, time.unit())));
    let left_ms = left.map(|(left, unit)| match unit {
        Unit::NaturalDay | Unit::WorkDay | Unit::Year => left.0.saturating_mul(DAY_MS),
        Unit::WorkHour | Unit::UrgentHour | Unit::UrgentMinute => left.0,
    });
    ClockRow { id: id.clone(), due: run.due, warn_at: run.near_at.filter(|_| !paused), left_ms }
}

const DAY_MS: i64 = 86_400_000;

fn holder(case: &Case, holder: Option<&Holder>) -> (Option<Name>, Option<OfficeId>) {
    match holder {
        Some(Holder::Role(role)) => (Some(role.clone()), None),
        Some(Holder::Field(field)) => (None, case.field(field).and_then(office)),
        _ => (None, None),
    }
}

fn office(value: &Value) -> Option<OfficeId> {
    match value {
        Value::Org(office) => Some(*office),
        _ => None,
    }
}

fn code_in(case: &Case, field: &str) -> Option<Name> {
    match case.field(field) {
        Some(Value::Code(code)) => Some(code.clone()),
        _ => None,
    }
}

fn category_title(procedure: &Procedure, field: &str, value: &Value) -> Option<String> {
    let (FieldKind::Code { list }, Value::Code(code)) = (&procedure.field(field)?.kind, value) else { return None };
    if field != "category" && field != "violation" && field != "purpose" {
        return None;
    }
    let list = procedure.code_lists.get(list)?;
    let row = list.get(code)?;
    let class = row.parent.as_ref().and_then(|parent| list.get(parent)).filter(|class| class.parent.is_some());
    let class = class.filter(|class| !row.title.starts_with(&class.title));
    let whole = class.map_or_else(|| row.title.clone(), |class| format!("{}：{}", class.title, row.title));
    Some(shorten(&whole, TITLE_MAX))
}

/// What was written openly: text fields without personal data, in declared order.
fn open_texts<'a>(procedure: &'a Procedure, case: &'a Case) -> impl Iterator<Item = &'a str> {
    let open = procedure.fields.iter().filter(|field| !field.sensitive && matches!(field.kind, FieldKind::Text { .. }));
    let texts = open.filter_map(|field| case.field(&field.id).and_then(Value::as_text));
    texts.filter(|text| !text.trim().is_empty())
}

/// What the case reports of a plan; nothing while it does not say of which commitment.
fn progress(procedure: &Procedure, case: &Case) -> Option<ProgressRow> {
    let rule = procedure.progress.as_ref()?;
    let (plan, commitment) = case.field(&rule.commitment).and_then(Value::as_text)?.split_once('/')?;
    let day = case.field(&rule.day).and_then(Value::as_date);
    Some(ProgressRow {
        plan: plan.parse().ok()?,
        commitment: commitment.to_owned(),
        step: case.field(&rule.step).and_then(Value::as_text).unwrap_or_default().to_owned(),
        day: day.unwrap_or_else(|| procedure.calendar.day_of(case.opened_at)),
        amount: case.field(&rule.amount).and_then(Value::as_number).and_then(Amount::from_f64).unwrap_or_default(),
        standing: rule.standings.get(&case.state).copied().unwrap_or(Standing::Refused),
        unit: unit(procedure, case),
        typed: u32::try_from(case.fields.values().filter(|value| !value.is_blank()).count()).unwrap_or(u32::MAX),
    })
}

fn words(procedure: &Procedure, case: &Case) -> String {
    open_texts(procedure, case).collect::<Vec<_>>().join(" ")
}

fn shorten(text: &str, max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
