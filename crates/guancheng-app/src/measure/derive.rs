//! The facts of one case: a pure function of its state and its records.

use std::{collections::BTreeMap, fmt::Write};

use guancheng_base::{Name, OfficeId};
use guancheng_calendar::{Amount, Unit};
use guancheng_case::{Case, FieldKind, Holder, Procedure, Record, Value, subject};
use guancheng_indicator::fact::{CaseFact, Datum, Fact, OccurrenceFact, TaskFact};
use guancheng_pack::Pack;
use guancheng_place::{AreaCode, Level};

use super::{
    trail::Trail,
    words::{self, Step},
};

/// What one case adds to the tables of facts.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFacts {
    /// The case.
    pub case: CaseFact,
    /// Its verifications and checks.
    pub tasks: Vec<TaskFact>,
    /// What happened in it and is counted by itself.
    pub occurrences: Vec<OccurrenceFact>,
}

/// What deriving knows of the city: the codes of its offices.
#[derive(Clone, Debug, Default)]
pub struct Derive {
    offices: BTreeMap<OfficeId, Name>,
}

const DAY_MS: i64 = 86_400_000;

impl Derive {
    /// Of a pack.
    pub fn of(pack: &Pack) -> Self {
        Derive { offices: pack.offices.iter().map(|office| (office.id, office.code.clone())).collect() }
    }

    /// The facts of a case. `records` are all of it, oldest first.
    pub fn case(&self, procedure: &Procedure, case: &Case, records: &[Record]) -> CaseFacts {
        let row = format!("case:{}", case.id);
        let trail = Trail::of(procedure, records, unit_field(procedure), &format!("task:{}", case.id));
        let fact = self.fact(procedure, case, records, &trail, &row);
        let tasks = trail.tasks.iter().map(|task| shared(task, &fact)).collect();
        let occurrences = trail.failed.iter().enumerate().map(|(n, at)| {
            let own = OccurrenceFact::new(format!("occurrence:{}.{}", case.id, n + 1));
            OccurrenceFact { event: Some("case.check_failed".into()), at: Some(*at), ..occurred(own, &fact) }
        });
        CaseFacts { occurrences: occurrences.collect(), tasks, case: fact }
    }

    fn fact(&self, procedure: &Procedure, case: &Case, records: &[Record], trail: &Trail, row: &str) -> CaseFact {
        let fact = with_moments(CaseFact::new(row), case, trail);
        let fact = with_place(fact, subject(procedure, case).cell);
        let unit = crate::projection::unit(procedure, case).and_then(|id| self.offices.get(&id).cloned());
        let source_kind = words::source_kind(&case.source, case.reporter.is_some());
        let first = records.first().map(|record| record.actor.as_str());
        let finder = first.filter(|who| source_kind == "collector" && who.starts_with("person:"));
        CaseFact {
            kind: Some(case.kind.clone()),
            category: category(case),
            class: class(procedure, case),
            source: Some(case.source.clone()),
            source_kind: Some(source_kind.into()),
            office: unit.clone(),
            department: unit,
            collector: finder.map(Name::from).or_else(|| trail.verifier.clone()),
            intake: trail.intake.clone(),
            dispatcher: trail.dispatcher.clone(),
            outcome: Some(outcome(procedure, case).into()),
            valid_report: valid(trail),
            verified_true: valid(trail).filter(|_| source_kind == "public" && trail.verifier.is_some()),
            wrong_dispatch: trail.dispatched_at.map(|_| trail.units.len() > 1),
            hanging: Some(words::step(&case.state) == Step::Hung),
            hung_approved: Some(trail.hung),
            has_reporter: Some(case.reporter.is_some()),
            failed_checks: i64::try_from(trail.failed.len()).ok(),
            extensions: Some(trail.extensions),
            returns: Some(trail.returns),
            handle_ms: handled(procedure, case, trail),
            limit_ms: disposal(case).map(|time| in_ms(time.total(), time.unit())),
            ..fact
        }
    }
}

fn with_moments(fact: CaseFact, case: &Case, trail: &Trail) -> CaseFact {
    CaseFact {
        reported_at: Some(case.opened_at),
        accepted_at: trail.accepted_at,
        rejected_at: trail.rejected_at,
        filed_at: trail.filed_at,
        voided_at: trail.voided_at,
        dispatched_at: trail.dispatched_at,
        disposed_at: trail.disposed_at,
        checked_at: trail.checked_at,
        closed_at: trail.closed_at,
        file_due: trail.file_due,
        dispatch_due: trail.dispatch_due,
        due_at: trail.due_at,
        first_due_at: trail.first_due_at,
        ..fact
    }
}

fn with_place(fact: CaseFact, cell: Option<i64>) -> CaseFact {
    let code = cell.and_then(|cell| AreaCode::new(cell).ok());
    let at = |level: Level| code.and_then(|code| code.at(level)).map(|code| Name::from(code.to_string()));
    CaseFact {
        district: at(Level::District),
        street: at(Level::Street),
        community: at(Level::Community),
        grid: at(Level::Cell),
        ..fact
    }
}

/// A task has place, unit and clerk of its case. A verification is needed from the report on.
fn shared(task: &TaskFact, case: &CaseFact) -> TaskFact {
    let verify = task.task.as_deref() == Some("verify");
    TaskFact {
        case: Some(case.row.clone()),
        source_kind: case.source_kind.clone(),
        district: case.district.clone(),
        street: case.street.clone(),
        community: case.community.clone(),
        grid: case.grid.clone(),
        department: case.department.clone(),
        intake: case.intake.clone(),
        needed_at: if verify { case.reported_at } else { task.needed_at },
        ..task.clone()
    }
}

fn occurred(own: OccurrenceFact, case: &CaseFact) -> OccurrenceFact {
    OccurrenceFact {
        case: Some(case.row.clone()),
        source: case.source.clone(),
        district: case.district.clone(),
        street: case.street.clone(),
        community: case.community.clone(),
        grid: case.grid.clone(),
        office: case.office.clone(),
        department: case.department.clone(),
        collector: case.collector.clone(),
        intake: case.intake.clone(),
        dispatcher: case.dispatcher.clone(),
        ..own
    }
}

/// The field that holds a case in some state.
fn unit_field(procedure: &Procedure) -> Option<&str> {
    procedure.states.iter().find_map(|state| match &state.holder {
        Holder::Field(field) => Some(field.as_str()),
        _ => None,
    })
}

fn category(case: &Case) -> Option<Name> {
    match case.field("category") {
        Some(Value::Code(code)) => Some(code.clone()),
        _ => None,
    }
}

fn class(procedure: &Procedure, case: &Case) -> Option<Name> {
    let FieldKind::Code { list } = &procedure.field("category")?.kind else { return None };
    let list = procedure.code_lists.get(list)?;
    let own = category(case)?;
    let up = std::iter::successors(list.get(&own), |row| list.get(row.parent.as_ref()?));
    up.last().and_then(|root| words::class(&root.code)).map(Name::from)
}

fn outcome(procedure: &Procedure, case: &Case) -> &'static str {
    match (words::step(&case.state), procedure.state(&case.state).is_some_and(|state| state.is_final)) {
        (Step::Rejected, _) => "rejected",
        (Step::Merged, _) => "merged",
        (Step::Voided, _) => "voided",
        (_, true) => "closed",
        (_, false) => "open",
    }
}

/// Filed is valid, refused is not; what is neither yet, or was merged, is not known.
fn valid(trail: &Trail) -> Option<bool> {
    match (trail.filed_at, trail.rejected_at) {
        (Some(_), _) => Some(true),
        (None, Some(_)) => Some(false),
        (None, None) => None,
    }
}

fn disposal(case: &Case) -> Option<guancheng_calendar::ClockTime> {
    let clock = case.clocks.iter().find(|(id, _)| words::clock(id) == Some(words::Measures::Disposal));
    clock.and_then(|(_, run)| run.time)
}

fn handled(procedure: &Procedure, case: &Case, trail: &Trail) -> Option<i64> {
    let (time, disposed) = (disposal(case)?, trail.disposed_at?);
    let used = time.elapsed(&procedure.calendar, disposed).ok()?;
    Some(in_ms(used, time.unit()))
}

fn in_ms(amount: Amount, unit: Unit) -> i64 {
    match unit {
        Unit::NaturalDay | Unit::WorkDay | Unit::Year => amount.0.saturating_mul(DAY_MS),
        Unit::WorkHour | Unit::UrgentHour | Unit::UrgentMinute => amount.0,
    }
}

/// Rows as text, one a line, columns in order: what a hash of facts is taken over.
pub fn dump<'f>(facts: impl IntoIterator<Item = &'f CaseFacts>) -> String {
    let mut text = String::new();
    for facts in facts {
        line(&mut text, &facts.case, CaseFact::COLUMNS);
        facts.tasks.iter().for_each(|task| line(&mut text, task, TaskFact::COLUMNS));
        facts.occurrences.iter().for_each(|one| line(&mut text, one, OccurrenceFact::COLUMNS));
    }
    text
}

fn line(text: &mut String, fact: &dyn Fact, columns: &[guancheng_indicator::fact::Column]) {
    text.push_str(fact.row());
    for column in columns {
        let shown = match fact.get(column.name) {
            Datum::Absent => continue,
            Datum::Flag(yes) => write!(text, "\t{}={yes}", column.name),
            Datum::Number(n) => write!(text, "\t{}={n}", column.name),
            Datum::Text(name) => write!(text, "\t{}={name}", column.name),
            Datum::Moment(at) => write!(text, "\t{}={}", column.name, at.0),
            Datum::Day(day) => write!(text, "\t{}={day}", column.name),
        };
        debug_assert!(shown.is_ok(), "writing to a text cannot fail");
    }
    text.push('\n');
}
