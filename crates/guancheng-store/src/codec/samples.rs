//! One of every event and a state that uses every field, for the golden file.

use std::collections::BTreeMap;

use guancheng_base::{
    AskId, CaseId, Day, EvidenceId, Fen, Instant, LonLat, Name, OfficeId, PersonId, ReportId, SystemActor,
};
use guancheng_calendar::{Amount, ClockTime, Limit, Term, Unit};
use guancheng_case::{ActorMark, AskWhat, Assignment, Event, EvidenceFact, EvidenceKind, PauseCause, Value};

fn names<T>(pairs: impl IntoIterator<Item = (&'static str, T)>) -> BTreeMap<Name, T> {
    pairs.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

fn fields() -> BTreeMap<Name, Value> {
    let at = LonLat { lon: 113.65, lat: 34.76 };
    names([
        ("text", Value::Text("路灯不亮".to_owned())),
        ("int", Value::Int(3)),
        ("decimal", Value::Decimal(0.1)),
        ("money", Value::Money(Fen(12_345))),
        ("date", Value::Date(Day(16_339))),
        ("moment", Value::Moment(Instant(1_411_720_200_000))),
        ("bool", Value::Bool(true)),
        ("code", Value::Code("event.light".into())),
        ("ref", Value::Ref("case:7".to_owned())),
        ("org", Value::Org(OfficeId(3))),
        ("person", Value::Person("张某".to_owned())),
        ("people", Value::People(vec!["person:7".to_owned()])),
        ("point", Value::Point(at)),
        ("line", Value::Line(vec![at, at])),
        ("file", Value::File(EvidenceId(9))),
    ])
}

fn time(term: Term) -> ClockTime {
    let (base, extra, used) = (Amount(7_200_000), Amount(0), Amount(5));
    ClockTime { term, base, extra, used, running_since: Some(Instant(1_411_720_200_000)), missed: None }
}

fn evidence() -> EvidenceFact {
    EvidenceFact {
        id: EvidenceId(9),
        kind: EvidenceKind::Photo,
        taken_at: Some(Instant(1_411_720_100_000)),
        at: Some(LonLat { lon: 113.65, lat: 34.76 }),
        tags: vec!["whole".to_owned()],
        by: ActorMark::Person(PersonId(7)),
        attached_at: Instant(1_411_720_200_000),
        mv: Some("file".into()),
    }
}

/// Every event once, most of them with every field; some with none that may be missing.
pub(super) fn events() -> Vec<Event> {
    let mut all = case_events();
    all.extend(clock_events());
    all.extend(other_events());
    all
}

fn case_events() -> Vec<Event> {
    let at = Instant(1_411_720_200_000);
    let by = ActorMark::Person(PersonId(7));
    let limit = Limit { n: Amount(2), unit: Unit::WorkDay };
    vec![
        Event::Opened {
            kind: "case".into(),
            version: 1,
            number: "AJ20140926-000001".to_owned(),
            state: "reported".into(),
            source: "inspector".into(),
            reporter: Some("k7f3".into()),
        },
        Event::ReportJoined { report: ReportId(4) },
        Event::FieldsSet { fields: fields() },
        Event::EvidenceAdded { evidence: vec![evidence()] },
        Event::Moved {
            mv: "close".into(),
            from: "fed_back".into(),
            to: "closed".into(),
            is_final: true,
            by: ActorMark::Reporter,
            note: "已解决".to_owned(),
            at,
        },
        Event::Asked {
            ask: AskId(1),
            what: AskWhat::Move { mv: "hang".into(), fields: names([]), note: String::new() },
            by,
            decide_by: Some(at),
            at,
        },
        Event::Asked {
            ask: AskId(2),
            what: AskWhat::Extension { clock: "disposal".into(), add: limit, fields: names([]) },
            by,
            decide_by: None,
            at,
        },
        Event::Ruled { ask: AskId(1), grant: false, by, reason: "理由不足".to_owned(), at },
    ]
}

fn clock_events() -> Vec<Event> {
    let (at, clock) = (Instant(1_411_720_200_000), Name::from("disposal"));
    let limit = Limit { n: Amount(7_200_000), unit: Unit::WorkHour };
    let (due, near_at, warn_at) = (Some(Instant(1_411_870_000_000)), Some(Instant(1_411_860_000_000)), vec![at]);
    vec![
        Event::ClockStarted {
            clock: clock.clone(),
            time: Some(time(Term::Limit(limit))),
            due,
            near_at,
            warn_at: warn_at.clone(),
            at,
        },
        Event::ClockPaused {
            clock: clock.clone(),
            time: Some(time(Term::Until(Day(16_339)))),
            due: None,
            cause: PauseCause::State("hung".into()),
            at,
        },
        Event::ClockPaused { clock: clock.clone(), time: None, due, cause: PauseCause::Reason("hearing".into()), at },
        Event::ClockResumed {
            clock: clock.clone(),
            time: Some(time(Term::At(at))),
            due,
            near_at,
            warn_at: warn_at.clone(),
        },
        Event::ClockStopped { clock: clock.clone(), time: None, on_time: Some(true), at },
        Event::ClockCancelled { clock: clock.clone(), at },
        Event::ClockExtended { clock: clock.clone(), time: None, due, near_at, warn_at },
        Event::ClockWarned { clock: clock.clone(), level: 1, at },
        Event::ClockBreached { clock: clock.clone(), due: at },
        Event::ClockExpired { clock, due: at, on_time: Some(false) },
    ]
}

fn other_events() -> Vec<Event> {
    let at = Instant(1_411_720_200_000);
    let by = ActorMark::System(SystemActor::Assign);
    let assignment = Assignment {
        unit: Some(OfficeId(3)),
        table: "assignment".into(),
        row: Some("event.light × 4101".to_owned()),
        others: vec!["event.* × 410102".to_owned()],
        fallback: true,
    };
    vec![
        Event::PartOpened {
            part: "traffic".into(),
            office: Some(OfficeId(5)),
            office_title: "交警支队".to_owned(),
            question: "交通组织是否可行".to_owned(),
            due: at,
            at,
        },
        Event::PartAnswered { part: "traffic".into(), agree: true, opinion: "同意".to_owned(), by, at },
        Event::Assigned { assignment },
        Event::Effect {
            effect: "tell_reporter".into(),
            to: vec!["reporter".to_owned()],
            with: names([("amount", "3".to_owned())]),
        },
        Event::Counted { counter: "rework".into() },
        Event::Linked { kind: "main".into(), case: CaseId(7) },
        Event::Commented { by, text: "请尽快".to_owned(), at },
        Event::Signalled { event: "notice_published".into(), by, at },
        Event::Planned { plan: Some(("resume".into(), at)) },
        Event::Planned { plan: None },
        Event::Imported { facts: names([("on_time", "ONTIME".to_owned())]) },
    ]
}
