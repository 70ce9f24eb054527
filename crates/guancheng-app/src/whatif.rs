//! Replay before publish: the recorded cases run again under another pack, by the same people at the same times, and
//! what comes out differently.

use std::collections::BTreeMap;

use guancheng_base::{Actor, CaseId, Ctx, Instant, LonLat, Name, OfficeId, PersonId, SystemActor};
use guancheng_calendar::{Amount, Limit};
use guancheng_case::{
    ActorMark, AskWhat, Case, Command, Event, EvidenceFact, Facts, Opening, OtherWorks, Procedure, Record, Value,
    evolve,
};

use crate::{AppError, City, act};

/// What one case would have been.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// The case.
    pub number: String,
    /// Clocks with another due moment or verdict.
    pub clocks: Vec<ClockDifference>,
    /// Acts that were done and would be refused: the record's sequence, what, and why.
    pub refused: Vec<(u64, String, String)>,
    /// The state it ended in, before and after, where they differ.
    pub state: Option<(String, String)>,
}

/// One clock, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockDifference {
    /// The clock.
    pub clock: Name,
    /// Due before and after; `None` where it did not run.
    pub due: (Option<Instant>, Option<Instant>),
    /// The verdict before and after.
    pub on_time: (Option<bool>, Option<bool>),
}

impl Difference {
    /// Whether anything differs.
    pub fn is_empty(&self) -> bool {
        self.clocks.is_empty() && self.refused.is_empty() && self.state.is_none()
    }
}

/// Runs one recorded case under `city`, whose pack is the changed one, and compares with `before`, the case as it is.
///
/// # Errors
/// The changed pack no longer declares the case's procedure.
pub fn whatif(city: &City, before: &Case, records: &[Record]) -> Result<Difference, AppError> {
    let procedure = changed(city, before)?;
    let mut replay = Replay { city, procedure, case: Case::new(before.id), refused: Vec::new() };
    for record in records {
        replay.run(before, record);
    }
    Ok(replay.compare(before))
}

/// The changed procedure for a case: its own version if that is still declared, else the one in force when it began.
fn changed<'a>(city: &'a City, case: &Case) -> Result<&'a Procedure, AppError> {
    match city.procedure_of(case) {
        Ok(procedure) => Ok(procedure),
        Err(_) => Ok(city.procedure(&case.kind, case.opened_at)?),
    }
}

struct Replay<'a> {
    city: &'a City,
    procedure: &'a Procedure,
    case: Case,
    refused: Vec<(u64, String, String)>,
}

impl Replay<'_> {
    fn run(&mut self, before: &Case, record: &Record) {
        let ctx = Ctx { now: record.at, actor: self.actor(before, record) };
        let (what, events) = match record.seq {
            1 => ("open".to_owned(), self.open(&ctx, before, record)),
            _ => match command_of(record, self.procedure, &self.case) {
                Some(command) => (name_of(&command), self.act(&ctx, &command)),
                None => return,
            },
        };
        match events {
            Ok(events) if events.is_empty() => {}
            Ok(events) => {
                let record = Record { seq: self.case.seq + 1, events, ..record.clone() };
                evolve(&mut self.case, &record);
            }
            Err(error) => self.refused.push((record.seq, what, error.message(guancheng_case::Lang::En))),
        }
    }

    /// Who acted, with the grants of that time. Past tenures count, so a person who has left still did what they did.
    fn actor(&self, before: &Case, record: &Record) -> Actor {
        let person = record.actor.strip_prefix("person:").and_then(|id| id.parse().ok()).map(PersonId);
        match (person, record.actor.as_str(), &before.reporter) {
            (Some(person), ..) => self.city.actor(person, record.at),
            (None, "reporter", Some(code)) => Actor::Reporter { code: code.clone() },
            (None, "system:import", _) => Actor::System(SystemActor::Import),
            (None, "system:clock", _) => Actor::System(SystemActor::Clock),
            _ => Actor::System(SystemActor::Assign),
        }
    }

    fn open(&self, ctx: &Ctx, before: &Case, record: &Record) -> Result<Vec<Event>, AppError> {
        let opening = opening_of(before, record, self.procedure);
        let mut subject = guancheng_case::subject_of_opening(self.procedure, &opening);
        subject.cell = opening.fields.values().find_map(Value::as_point).and_then(|at| self.city.cell_of(at));
        let need = guancheng_case::need_open(self.procedure);
        let permit = self
            .city
            .policy
            .permit_open(&ctx.actor, &subject, &need)
            .map_err(|denied| act::denial(self.procedure, denied))?;
        Ok(guancheng_case::open(ctx, self.procedure, &opening, &Alone { city: self.city }, &permit)?)
    }

    fn act(&self, ctx: &Ctx, command: &Command) -> Result<Vec<Event>, AppError> {
        let need = guancheng_case::need(self.procedure, &self.case, command)?;
        let subject = guancheng_case::subject(self.procedure, &self.case);
        let permit = self
            .city
            .policy
            .permit(&ctx.actor, &subject, &need)
            .map_err(|denied| act::denial(self.procedure, denied))?;
        Ok(guancheng_case::decide(ctx, self.procedure, &self.case, command, &Alone { city: self.city }, &permit)?)
    }

    fn compare(self, before: &Case) -> Difference {
        let mut names: Vec<&Name> = before.clocks.keys().chain(self.case.clocks.keys()).collect();
        names.sort();
        names.dedup();
        let mut clocks = Vec::new();
        for name in names {
            let (old, new) = (before.clocks.get(name), self.case.clocks.get(name));
            let due = (old.and_then(|run| run.due), new.and_then(|run| run.due));
            let on_time = (old.and_then(|run| run.on_time), new.and_then(|run| run.on_time));
            if due.0 != due.1 || on_time.0 != on_time.1 {
                clocks.push(ClockDifference { clock: name.clone(), due, on_time });
            }
        }
        let state = (before.state != self.case.state).then(|| (before.state.to_string(), self.case.state.to_string()));
        Difference { number: before.number.clone(), clocks, refused: self.refused, state }
    }
}

/// How the case was begun, read back from its first record. Fields the changed procedure does not declare are left
/// out, as a clerk could not have filled them.
fn opening_of(before: &Case, record: &Record, procedure: &Procedure) -> Opening {
    let mut opening = Opening {
        id: before.id,
        number: before.number.clone(),
        source: before.source.clone(),
        reporter: before.reporter.clone(),
        report: None,
        fields: BTreeMap::new(),
        evidence: Vec::new(),
        split_from: None,
        imported: BTreeMap::new(),
    };
    for event in &record.events {
        match event {
            Event::ReportJoined { report } => opening.report = opening.report.or(Some(*report)),
            Event::Imported { facts } => opening.imported.clone_from(facts),
            Event::Linked { kind, case } if *kind == *"split_from" => opening.split_from = Some(*case),
            Event::Moved { .. } => break,
            _ => {}
        }
    }
    opening.fields = fields_of(record, procedure);
    opening.evidence = evidence_of(record);
    opening
}

/// The fields set by hand in a record: those that stand before its deed and after whatever the system did first.
/// Fields the changed procedure does not declare or fills itself are left out.
fn fields_of(record: &Record, procedure: &Procedure) -> BTreeMap<Name, Value> {
    let mut fields = BTreeMap::new();
    for event in &record.events {
        match event {
            Event::FieldsSet { fields: set } => fields.extend(set.clone()),
            Event::Moved { by, .. } if is_deed(record, *by) => break,
            Event::Moved { .. } => fields.clear(),
            _ => {}
        }
    }
    fields.retain(|id, _| procedure.field(id).is_some_and(|field| field.derive.is_none()));
    fields
}

/// Whether a move is what the record's actor did, and not what the system did before or after it.
fn is_deed(record: &Record, by: ActorMark) -> bool {
    matches!(by, ActorMark::System(_)) == record.actor.starts_with("system:")
}

fn evidence_of(record: &Record) -> Vec<EvidenceFact> {
    let added = record.events.iter().filter_map(|event| match event {
        Event::EvidenceAdded { evidence } => Some(evidence.clone()),
        _ => None,
    });
    added.flatten().collect()
}

/// The command a record answered: its first deed that was not the system's own consequence.
fn command_of(record: &Record, procedure: &Procedure, case: &Case) -> Option<Command> {
    if record.actor == "system:clock" {
        return Some(Command::Fire);
    }
    record.events.iter().find_map(|event| match event {
        Event::Ruled { ask, grant, reason, .. } => {
            Some(Command::Rule { ask: *ask, grant: *grant, reason: reason.clone() })
        }
        Event::Asked { what: AskWhat::Move { mv, fields, note }, .. } => Some(Command::Move {
            mv: mv.clone(),
            fields: fields.clone(),
            evidence: evidence_of(record),
            note: note.clone(),
        }),
        Event::Asked { what: AskWhat::Extension { clock, add, fields }, .. } => {
            Some(Command::AskExtension { clock: clock.clone(), add: *add, fields: fields.clone() })
        }
        Event::Moved { mv, note, by, .. } if is_deed(record, *by) => Some(Command::Move {
            mv: mv.clone(),
            fields: fields_of(record, procedure),
            evidence: evidence_of(record),
            note: note.clone(),
        }),
        Event::ClockExtended { clock, time: Some(time), .. } => {
            // Granted unasked: the amount is what the clock gained.
            let before = case.clocks.get(clock).and_then(|run| run.time).map_or(0, |time| time.extra.0);
            let add = Limit { n: Amount(time.extra.0 - before), unit: time.unit() };
            Some(Command::AskExtension { clock: clock.clone(), add, fields: fields_of(record, procedure) })
        }
        Event::PartAnswered { part, agree, opinion, .. } => {
            Some(Command::AnswerPart { part: part.clone(), agree: *agree, opinion: opinion.clone() })
        }
        Event::Commented { text, .. } => Some(Command::Comment { text: text.clone() }),
        Event::Signalled { event, .. } => Some(Command::Signal { event: event.clone() }),
        Event::ReportJoined { report } => Some(Command::JoinReport { report: *report, evidence: evidence_of(record) }),
        Event::Linked { kind, case } => Some(Command::Link { kind: kind.clone(), case: *case }),
        _ => None,
    })
}

fn name_of(command: &Command) -> String {
    match command {
        Command::Move { mv, .. } => format!("move {mv}"),
        Command::AskExtension { clock, .. } => format!("extend {clock}"),
        Command::Rule { ask, .. } => format!("rule on question {ask}"),
        Command::AnswerPart { part, .. } => format!("answer {part}"),
        other => format!("{other:?}").split(' ').next().unwrap_or_default().to_lowercase(),
    }
}

/// Facts of place and organisation only: what other cases stood nearby at the time is not asked again.
struct Alone<'a> {
    city: &'a City,
}

impl Facts for Alone<'_> {
    fn open_cases_near(
        &self,
        _kind: &str,
        _category: Option<&str>,
        _at: LonLat,
        _metres: f64,
    ) -> Vec<(CaseId, String)> {
        Vec::new()
    }

    fn overlapping_works(
        &self,
        _line: &[LonLat],
        _from: guancheng_base::Day,
        _to: guancheng_base::Day,
    ) -> Vec<OtherWorks> {
        Vec::new()
    }

    fn cell_of(&self, at: LonLat) -> Option<i64> {
        self.city.cell_of(at)
    }

    fn area_class(&self, cell: i64) -> Option<char> {
        guancheng_place::AreaCode::new(cell).ok().and_then(|code| self.city.pack.places.class_of(code))
    }

    fn office_title(&self, office: OfficeId) -> Option<String> {
        self.city.office_name(office)
    }

    fn role_title(&self, role: &str) -> Option<String> {
        self.city.pack.roles.get(role).map(|role| role.title.clone())
    }

    /// The recorded merge was taken, so the case it names was there and open.
    fn case_state(&self, _case: CaseId) -> Option<(String, bool)> {
        Some((String::new(), true))
    }
}
