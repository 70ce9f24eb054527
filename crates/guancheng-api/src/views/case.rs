//! The whole case on one screen, built from one snapshot for one actor.

use guancheng_app::{
    AppError, City, StoreFacts,
    narrate::{actor_name, narrate},
    ports::{self, Read, StoredRecord},
    projection,
};
use guancheng_base::{Actor, CaseId, Ctx, Instant};
use guancheng_case::{Ask as CaseAsk, AskWhat, Case, Command, Part, Procedure, replay};
use guancheng_org::{Need, Policy, Who};

use super::{
    clocks, evidence, moves,
    row::{facts, wire},
    titles::Titles,
};
use crate::{
    dto::{
        Ask, AskRuled, Assignment, CaseView, Chain, FieldValue, History, HistoryRecord, Holder, LinkView, PartView,
        ReportView, TimelineEntry,
    },
    lang::Lang,
    problem::{Answer, Problem},
    secret::hex,
};

/// A case with everything that is needed to show it.
pub struct Loaded {
    case: Case,
    row: ports::CaseRow,
    records: Vec<StoredRecord>,
}

/// The case if the actor may know of it; as it stood after record `as_of` where that is given.
pub fn load(city: &City, store: &dyn Read, actor: &Actor, id: CaseId, as_of: Option<u64>) -> Answer<Loaded> {
    let case = store.case(id)?.ok_or_else(AppError::not_found)?;
    let procedure = city.procedure_of(&case)?;
    if !city.policy.may_view(actor, &guancheng_case::subject(procedure, &case)) {
        return Err(AppError::not_found().into());
    }
    let mut records = store.records(id)?;
    let mut row = store.row(id)?.ok_or_else(AppError::not_found)?;
    let Some(seq) = as_of.filter(|seq| *seq < case.seq) else { return Ok(Loaded { case, row, records }) };
    records.retain(|stored| stored.record.seq <= seq);
    let case = replay(records.iter().map(|stored| &stored.record)).ok_or_else(AppError::not_found)?;
    row = projection::project(procedure, &case, case.changed_at).row;
    Ok(Loaded { case, row, records })
}

/// Everything about the case, for this actor at this time.
pub fn view(city: &City, store: &dyn Read, ctx: &Ctx, loaded: &Loaded, lang: Lang) -> Answer<CaseView> {
    let Loaded { case, row: case_row, records } = loaded;
    let procedure = city.procedure_of(case)?;
    let titles = Titles { city, lang };
    let known = StoreFacts { city, store, except: Some(case.id) };
    let options = guancheng_case::step(ctx, procedure, case, &city.policy, &known);
    let extensions = guancheng_case::extensions(ctx, procedure, case, &city.policy, &known);
    let trusted = acts_on(&city.policy, &ctx.actor, procedure, case);
    let ids: Vec<_> = case.evidence.iter().map(|fact| fact.id).collect();
    let last = records.last().ok_or_else(|| Problem::internal(format!("case {} has no record", case.id)))?;
    let facts_shown = facts(titles, case_row, ctx.now);
    let holder_title = facts_shown.holder_title.clone();
    Ok(CaseView {
        facts: facts_shown,
        version: hex(&procedure.hash),
        basis: procedure.basis.clone(),
        public_title: titles.public(procedure, &case.state),
        fields: fields(titles, procedure, case.fields.iter(), trusted),
        clocks: clocks::clocks(titles, procedure, case, ctx.now),
        moves: moves::moves(titles, procedure, options, &holder_title),
        extensions: clocks::extensions(titles, procedure, extensions),
        asks: case.asks.iter().map(|ask| ask_view(titles, procedure, case, ctx, ask, trusted)).collect(),
        parts: case.parts.iter().map(|part| part_view(titles, procedure, case, ctx, part)).collect(),
        evidence: evidence::evidence(titles, procedure, case, &store.files(&ids)?),
        reports: store.reports(case.id)?.iter().map(|report| report_view(titles, report)).collect(),
        links: links(titles, store, ctx, case)?,
        timeline: timeline(titles, procedure, records),
        assignment: assignment(titles, case),
        holder: Holder { title: holder_title, people: holders(city, case_row, ctx.now) },
        chain: Chain { seq: last.seq, hash: hex(&last.hash) },
    })
}

/// The records as they are stored.
pub fn history(
    titles: Titles<'_>,
    loaded: &Loaded,
    events_of: impl Fn(&StoredRecord) -> Answer<Vec<serde_json::Value>>,
) -> Answer<History> {
    let record = |stored: &StoredRecord| {
        Ok(HistoryRecord {
            seq: stored.seq,
            at: titles.moment(stored.record.at),
            actor: stored.record.actor.clone(),
            hash: hex(&stored.hash),
            events: events_of(stored)?,
        })
    };
    Ok(History { items: loaded.records.iter().map(record).collect::<Answer<_>>()? })
}

impl Loaded {
    /// Its sequence.
    pub fn seq(&self) -> u64 {
        self.case.seq
    }

    /// Whether the actor holds it or may move it on.
    pub fn acts_on(&self, city: &City, actor: &Actor) -> Answer<bool> {
        Ok(acts_on(&city.policy, actor, city.procedure_of(&self.case)?, &self.case))
    }

    /// The ids of its fields that hold personal or secret data.
    pub fn sensitive_fields(&self, city: &City) -> Answer<Vec<String>> {
        let procedure = city.procedure_of(&self.case)?;
        Ok(procedure.fields.iter().filter(|field| field.sensitive).map(|field| field.id.to_string()).collect())
    }

    /// Where it is.
    pub fn place(&self) -> Option<guancheng_base::LonLat> {
        self.row.place
    }
}

/// Whether the actor holds the case or may move it on: who may read what is sensitive in it.
pub fn acts_on(policy: &Policy, actor: &Actor, procedure: &Procedure, case: &Case) -> bool {
    allowed(policy, actor, procedure, case, &Command::Resume { clock: "".into() })
}

fn allowed(policy: &Policy, actor: &Actor, procedure: &Procedure, case: &Case, command: &Command) -> bool {
    let need: Option<Need> = guancheng_case::need(procedure, case, command).ok();
    let subject = guancheng_case::subject(procedure, case);
    need.is_some_and(|need| {
        policy.permit(actor, &subject, &need).is_ok_and(|permit| permit.satisfied() != [Who::Viewer])
    })
}

fn fields<'a>(
    titles: Titles<'_>,
    procedure: &Procedure,
    values: impl Iterator<Item = (&'a guancheng_base::Name, &'a guancheng_case::Value)>,
    trusted: bool,
) -> Vec<FieldValue> {
    let declared = values.filter_map(|(id, value)| procedure.field(id).map(|field| (field, value)));
    let shown = declared.filter(|(field, _)| trusted || !field.sensitive);
    let value = |(field, value): (&guancheng_case::Field, &guancheng_case::Value)| FieldValue {
        id: field.id.to_string(),
        title: titles.field(procedure, &field.id),
        kind: moves::field(titles, procedure, field, false).kind,
        value: guancheng_app::fields::to_json(value),
        display: titles.value(procedure, &field.id, value),
    };
    shown.map(value).collect()
}

fn ask_view(titles: Titles<'_>, procedure: &Procedure, case: &Case, ctx: &Ctx, ask: &CaseAsk, trusted: bool) -> Ask {
    let (what, title, given) = match &ask.what {
        AskWhat::Move { mv, fields, .. } => ("move", titles.mv(procedure, mv), fields),
        AskWhat::Extension { clock, add, fields } => {
            let (clock, add) = (titles.clock(procedure, clock), titles.limit(*add));
            ("extension", titles.lang.pick(format!("{clock}延长 {add}"), format!("extend {clock} by {add}")), fields)
        }
    };
    let city = titles.city;
    let rule = Command::Rule { ask: ask.id, grant: true, reason: String::new() };
    let ruling = ask.ruling.as_ref().map(|ruling| AskRuled {
        grant: ruling.grant,
        reason: (!ruling.reason.is_empty()).then(|| ruling.reason.clone()),
        by: titles.mark(ruling.by),
        at: titles.moment(ruling.at),
    });
    Ask {
        id: ask.id.0,
        what: what.to_owned(),
        title,
        by: titles.mark(ask.by),
        at: titles.moment(ask.at),
        fields: fields(titles, procedure, given.iter(), trusted),
        may_rule: ask.ruling.is_none() && allowed(&city.policy, &ctx.actor, procedure, case, &rule),
        ruling,
    }
}

fn part_view(titles: Titles<'_>, procedure: &Procedure, case: &Case, ctx: &Ctx, part: &Part) -> PartView {
    let answer = Command::AnswerPart { part: part.id.clone(), agree: true, opinion: String::new() };
    PartView {
        id: part.id.to_string(),
        office: part.office_title.clone(),
        question: part.question.clone(),
        due: Some(titles.moment(part.due)),
        answered: part.answer.as_ref().map(|answer| titles.moment(answer.at)),
        agree: part.answer.as_ref().map(|answer| answer.agree),
        opinion: part.answer.as_ref().map(|answer| answer.opinion.clone()),
        mine: part.answer.is_none() && allowed(&titles.city.policy, &ctx.actor, procedure, case, &answer),
    }
}

fn report_view(titles: Titles<'_>, report: &ports::ReportRow) -> ReportView {
    ReportView {
        id: report.id.0,
        source: report.source.to_string(),
        at: titles.moment(report.at),
        text: report.text.clone(),
    }
}

/// Links to cases the actor may know of; the others are left out.
fn links(titles: Titles<'_>, store: &dyn Read, ctx: &Ctx, case: &Case) -> Answer<Vec<LinkView>> {
    let mut views = Vec::new();
    for link in &case.links {
        let Some(other) = store.case(link.case)? else { continue };
        let procedure = titles.city.procedure_of(&other)?;
        if titles.city.policy.may_view(&ctx.actor, &guancheng_case::subject(procedure, &other)) {
            views.push(LinkView {
                kind: link.kind.to_string(),
                case: other.id.0,
                number: other.number.clone(),
                title: projection::title(procedure, &other),
                state_title: titles.state(procedure, &other.state),
            });
        }
    }
    Ok(views)
}

fn timeline(titles: Titles<'_>, procedure: &Procedure, records: &[StoredRecord]) -> Vec<TimelineEntry> {
    let lang = titles.lang.into();
    let lines = records.iter().flat_map(|stored| {
        let record = &stored.record;
        let actor = actor_name(titles.city, &record.actor, lang);
        narrate(titles.city, procedure, record, lang).into_iter().map(move |line| TimelineEntry {
            seq: wire(record.seq),
            at: titles.moment(record.at),
            actor: actor.clone(),
            text: line.text,
            kind: line.kind.to_owned(),
            detail: (!line.detail.is_empty()).then_some(line.detail),
        })
    });
    lines.collect()
}

fn assignment(titles: Titles<'_>, case: &Case) -> Option<Assignment> {
    let given = case.assignment.as_ref()?;
    let unit = given.unit.map(|unit| titles.office_ref(unit));
    let table = titles.city.pack.tables.get(&given.table).map_or(given.table.as_str(), |table| &table.title);
    let text = match (&unit, &given.row) {
        (Some(unit), Some(row)) => titles.lang.pick(
            format!("依《{table}》{row} 行派给{}", unit.name),
            format!("row {row} of “{table}” sends it to {}", unit.name),
        ),
        _ => titles.lang.pick(
            format!("《{table}》没有相符的行，由派遣员决定"),
            format!("no row of “{table}” matches; the dispatcher decides"),
        ),
    };
    Some(Assignment {
        unit,
        table: given.table.to_string(),
        row: given.row.clone(),
        others: given.others.clone(),
        fallback: given.fallback,
        text,
    })
}

/// The people who can act now, a dozen at most.
fn holders(city: &City, row: &ports::CaseRow, now: Instant) -> Vec<String> {
    const SHOWN: usize = 12;
    let org = city.org();
    let ids = match (&row.holder_role, row.holder_unit) {
        (Some(role), _) => org.holders_of(role, None, now),
        (None, Some(office)) => {
            let acting = city.pack.roles.iter().filter(|role| role.acts_for_office);
            acting.flat_map(|role| org.holders_of(&role.id, Some(office), now)).collect()
        }
        (None, None) => Vec::new(),
    };
    let mut people: Vec<_> = ids.into_iter().take(SHOWN).filter_map(|id| org.person(id)).collect();
    people.sort_by_key(|person| person.id);
    people.dedup_by_key(|person| person.id);
    people.into_iter().map(|person| person.name.clone()).collect()
}
