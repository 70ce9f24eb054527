//! How long one decision takes: need, permit, decide and evolve of a move with clocks, evidence and separation of
//! duties. `cargo run --release -p guancheng-case --example kernel_rate`.

use std::{collections::BTreeMap, sync::Arc, time::Instant as Watch};

use guancheng_base::{Actor, CaseId, Ctx, Day, EvidenceId, GrantHeld, Instant, LonLat, Name, OfficeId, PersonId};
use guancheng_calendar::{Calendar, CalendarSpec, Limit};
use guancheng_case::*;
use guancheng_org::{Duty, Policy, Roles};

const LIVES: u32 = 100_000;
const HERE: LonLat = LonLat { lon: 100.0, lat: 30.0 };

fn main() {
    let procedure = Procedure::build(parts()).expect("a sound procedure");
    let policy = Policy::new(Roles::of_the_loop());
    let facts = MemoryFacts { cell: Some(1), ..MemoryFacts::default() };
    let start = procedure.calendar.parse_local("2014-03-03T09:00").expect("a time");
    let mut moves = 0_u32;
    let watch = Watch::now();
    for life in 0..LIVES {
        let now = start.plus_ms(i64::from(life) * 1_000);
        let mut case = opened(&procedure, &policy, &facts, now);
        for (n, mv) in ["accept", "feed_back", "fail", "feed_back", "close"].into_iter().enumerate() {
            let person = if n % 2 == 0 && n > 0 { Duty::Checker } else { Duty::Department };
            let now = now.plus_ms((n as i64 + 1) * 1_200_000);
            step_on(&procedure, &policy, &facts, &mut case, (now, person, mv));
            moves += 1;
        }
        assert!(!case.is_open());
    }
    let spent = watch.elapsed();
    println!("{LIVES} lives, {moves} moves in {spent:?}");
    println!(
        "{:.2} µs a decision (open or move, with need, permit and evolve)",
        spent.as_secs_f64() * 1e6 / f64::from(moves + LIVES)
    );
}

fn opened(procedure: &Procedure, policy: &Policy, facts: &MemoryFacts, now: Instant) -> Case {
    let fields = [("place", Value::Point(HERE)), ("unit", Value::Org(OfficeId(1)))];
    let opening = Opening {
        id: CaseId(1),
        number: "1".to_owned(),
        source: "hotline".into(),
        reporter: Some("r".into()),
        report: None,
        fields: fields.into_iter().map(|(id, value)| (id.into(), value)).collect(),
        evidence: Vec::new(),
        split_from: None,
        imported: BTreeMap::new(),
    };
    let ctx = Ctx { now, actor: actor(Duty::Department) };
    let permit = policy.permit_open(&ctx.actor, &subject_of_opening(procedure, &opening), &need_open(procedure));
    let events = open(&ctx, procedure, &opening, facts, &permit.expect("a permit")).expect("opened");
    let mut case = Case::new(CaseId(1));
    evolve(&mut case, &Record { case: CaseId(1), seq: 1, at: now, actor: ctx.actor.log_name(), events });
    case
}

fn step_on(procedure: &Procedure, policy: &Policy, facts: &MemoryFacts, case: &mut Case, step: (Instant, Duty, &str)) {
    let (now, person, mv) = step;
    let ctx = Ctx { now, actor: actor(person) };
    let photo = EvidenceFact {
        id: EvidenceId(1),
        kind: EvidenceKind::Photo,
        taken_at: Some(now),
        at: Some(HERE),
        tags: Vec::new(),
        by: ActorMark::Reporter,
        attached_at: now,
        mv: None,
    };
    let note = BTreeMap::from([(Name::from("note"), Value::Text("done".to_owned()))]);
    let command = Command::Move { mv: mv.into(), fields: note, evidence: vec![photo], note: String::new() };
    let need = need(procedure, case, &command).expect("a need");
    let permit = policy.permit(&ctx.actor, &subject(procedure, case), &need).expect("a permit");
    let events = decide(&ctx, procedure, case, &command, facts, &permit).expect("decided");
    let record = Record { case: case.id, seq: case.seq + 1, at: now, actor: ctx.actor.log_name(), events };
    evolve(case, &record);
}

fn actor(duty: Duty) -> Actor {
    let grant = GrantHeld {
        role: duty.as_str().into(),
        office: OfficeId(1),
        offices: vec![OfficeId(1)],
        area: None,
        kinds: Vec::new(),
    };
    Actor::Person { id: PersonId(duty as i64), grants: vec![grant] }
}

fn parts() -> Parts {
    let fields = vec![
        field("place", FieldKind::Point, None),
        field("grid", FieldKind::Ref { to: "register.grid".into() }, Some(Derive::GridOf)),
        field("unit", FieldKind::Org, None),
        field("note", FieldKind::Text { max: 500 }, None),
    ];
    Parts {
        id: "case".into(),
        title: "case".to_owned(),
        version: 1,
        hash: [0; 32],
        valid_from: Day(0),
        valid_to: None,
        basis: vec!["measurement".to_owned()],
        owner: "measurement".to_owned(),
        number: NumberTemplate::parse("{seq}").expect("a template"),
        calendar: Arc::new(calendar()),
        initial: "dispatched".into(),
        privacy: Privacy::Open,
        fields,
        states: vec![
            state("dispatched", Holder::Field("unit".into())),
            state("working", Holder::Field("unit".into())),
            state("fed_back", Holder::Role("checker".into())),
            state("closed", Holder::None),
        ],
        moves: vec![
            mv("accept", &["dispatched"], "working", By::Holder),
            Move { require: vec!["note".into()], ..mv("feed_back", &["working"], "fed_back", By::Holder) },
            checked(mv("fail", &["fed_back"], "working", By::Role("checker".into()))),
            checked(mv("close", &["fed_back"], "closed", By::Role("checker".into()))),
        ],
        clocks: vec![
            Clock {
                resume_on: vec![Trigger::Move("fail".into())],
                ..clock("disposal", "dispatched", &["feed_back"], "7 work_hour")
            },
            clock("checking", "fed_back", &["fail", "close"], "4 work_hour"),
        ],
        assign: None,
        progress: None,
        discretion: Vec::new(),
        params: BTreeMap::new(),
        code_lists: Arc::default(),
    }
}

fn calendar() -> Calendar {
    let spec = CalendarSpec {
        id: "office".into(),
        title: "office".to_owned(),
        zone: "Asia/Shanghai".to_owned(),
        basis: Vec::new(),
        hours: vec![(30_600, 43_200), (50_400, 63_000)],
        close_of_business: None,
        weekend: [false, false, false, false, false, true, true],
        off: std::iter::empty().collect(),
        work: std::iter::empty().collect(),
        years: [2014].into(),
        source: [(2014, "measurement".to_owned())].into(),
    };
    Calendar::compile(spec).expect("a sound calendar")
}

fn field(id: &str, kind: FieldKind, derive: Option<Derive>) -> Field {
    Field { id: id.into(), title: id.to_owned(), kind, sensitive: false, derive }
}

fn state(id: &str, holder: Holder) -> State {
    let is_final = holder == Holder::None;
    let public = Some(id.to_owned());
    State { id: id.into(), title: id.to_owned(), stage: None, holder, public, is_final, parts: Vec::new() }
}

fn mv(id: &str, from: &[&str], to: &str, by: By) -> Move {
    Move {
        id: id.into(),
        title: id.to_owned(),
        from: from.iter().map(|state| Name::from(*state)).collect(),
        to: to.into(),
        by: vec![by],
        not_by: Vec::new(),
        approve: Vec::new(),
        require: Vec::new(),
        evidence: Vec::new(),
        when: Vec::new(),
        checks: Vec::new(),
        advise: Vec::new(),
        window: None,
        limit: None,
        document: None,
        effects: vec![Effect::TellReporter],
        why: None,
    }
}

fn checked(mv: Move) -> Move {
    let photo = EvidenceRule {
        kind: EvidenceKind::Photo,
        min: 1,
        tags: Vec::new(),
        within_m: Some(100),
        after_state: Some("fed_back".into()),
        when: Vec::new(),
    };
    Move { not_by: vec![NotBy::Did("feed_back".into())], evidence: vec![photo], ..mv }
}

fn clock(id: &str, start: &str, stop: &[&str], limit: &str) -> Clock {
    Clock {
        id: id.into(),
        title: id.to_owned(),
        start: Trigger::Enter(start.into()),
        stop: stop.iter().map(|mv| Trigger::Move(Name::from(*mv))).collect(),
        cancel: Vec::new(),
        pause_in: Vec::new(),
        pause_by: Vec::new(),
        resume_on: Vec::new(),
        limit: LimitRule::Fixed(Limit::parse(limit).expect("a limit")),
        extend: None,
        warn: vec![500, 800],
        breach: vec![Effect::RemindHolder],
        on_expiry: None,
        holder: None,
        why: None,
    }
}
