//! Cases as a busy city would store them, from a seed, without kernel and pack: only the store is measured.

use std::collections::BTreeMap;

use guancheng_app::ports::{CaseRow, ClockRow, PortError, Projection, Tx};
use guancheng_base::{Actor, CaseId, Day, EvidenceId, Instant, LonLat, Name, OfficeId, PersonId, SystemActor};
use guancheng_calendar::{Amount, ClockTime, Limit, Term, Unit};
use guancheng_case::{ActorMark, Case, Event, EvidenceFact, EvidenceKind, Record, Value, replay};
use guancheng_org::{Need, Permit, Policy, Roles, Subject, Who};
use guancheng_store::WriteTx;

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;
/// When the city begins: 2010-01-01 in UTC.
pub const BEGIN: i64 = 1_262_304_000_000;

const WORDS: [&str; 16] = [
    "路灯不亮",
    "窨井盖破损",
    "占道经营",
    "暴露垃圾",
    "乱贴广告",
    "道路坑洼",
    "护栏损坏",
    "积水",
    "渣土撒漏",
    "违章停车",
    "树木倒伏",
    "供水管漏水",
    "线缆垂落",
    "噪声扰民",
    "公厕脏乱",
    "油烟污染",
];
const ROADS: [&str; 12] = [
    "中原路",
    "建设路",
    "嵩山路",
    "大学路",
    "花园路",
    "文化路",
    "金水路",
    "航海路",
    "淮河路",
    "桐柏路",
    "陇海路",
    "经三路",
];

/// Numbers in a fixed order (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// The next number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    /// The next signed number below `n`.
    pub fn signed(&mut self, n: i64) -> i64 {
        self.below(n.unsigned_abs()).cast_signed()
    }

    /// One of the list.
    pub fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[usize::try_from(self.below(list.len() as u64)).unwrap_or(0)]
    }
}

/// The system's permit for a kind.
pub fn permit(kind: &str) -> Permit {
    let (units, involved) = (Vec::new(), Vec::new());
    let subject = Subject { kind: kind.into(), cell: None, units, reporter: None, need_to_know: false, involved };
    let need = Need { any_of: vec![Who::System], ..Need::default() };
    let actor = Actor::System(SystemActor::Import);
    Policy::new(Roles::of_the_loop()).permit(&actor, &subject, &need).expect("the system may do what the system may do")
}

/// A case with its one record and what lists know of it. `open` leaves it open.
pub struct Made {
    /// The record.
    pub record: Record,
    /// Its fold.
    pub case: Case,
    /// Its columns.
    pub projection: Projection,
}

/// The case of that number, opened at that time.
pub fn make(dice: &mut Dice, id: i64, at: i64, open: bool) -> Made {
    let place =
        LonLat { lon: 113.4 + dice.below(400_000) as f64 * 1e-6, lat: 34.6 + dice.below(300_000) as f64 * 1e-6 };
    let (district, street, community) = (410_100 + dice.signed(12), 1 + dice.signed(9), 1 + dice.signed(20));
    let cell = district * 1_000_000_000 + street * 1_000_000 + community * 1_000 + 1 + dice.signed(20);
    let category = format!("event.{:02}.{:02}", dice.below(8), dice.below(12));
    let (unit, person) =
        (OfficeId(1 + dice.signed(60)), PersonId(if dice.below(5) == 0 { 7 } else { 1 + dice.signed(400) }));
    let record = record(id, at, open, place, &category, person);
    let case = replay([&record]).expect("a record makes a case");
    let due = at + DAY + dice.signed(9 * DAY);
    let (title, road, word) = (dice.one_of(&WORDS), dice.one_of(&ROADS), dice.one_of(&WORDS));
    let row = CaseRow {
        id: CaseId(id),
        number: case.number.clone(),
        kind: case.kind.clone(),
        version: 1,
        state: case.state.clone(),
        stage: Some("任务处理".to_owned()),
        is_open: open,
        title: title.to_owned(),
        category: Some(category.into()),
        address: format!("{road}{}号", dice.below(400)),
        place: Some(place),
        cell: Some(cell),
        unit: Some(unit),
        holder_role: (open && case.state != "working").then(|| Name::from("dispatcher")),
        holder_unit: (open && case.state == "working").then_some(unit),
        source: case.source.clone(),
        opened_at: Instant(at),
        changed_at: Instant(at),
        closed_at: (!open).then_some(Instant(at)),
        clock: open.then(|| ClockRow {
            id: "disposal".into(),
            due: Some(Instant(due)),
            warn_at: Some(Instant(due - DAY / 2)),
            left_ms: None,
        }),
        on_time: (!open).then(|| dice.below(10) > 0),
        need_to_know: false,
        reports: 1,
        rework: 0,
        seq: 1,
        thumb: Some(EvidenceId(id)),
    };
    let words = format!("{word}，{road}与{}交叉口", dice.one_of(&ROADS));
    let wake_at = open.then_some(Instant(due - DAY / 2));
    let day = |at: Instant| Day(i32::try_from(at.0.div_euclid(86_400_000)).unwrap_or(0));
    let projection = Projection {
        units: vec![unit],
        involved: vec![person],
        wake_at,
        words,
        opened_day: day(row.opened_at),
        closed_day: row.closed_at.map(day),
        closed_day_before: None,
        progress: None,
        row,
    };
    Made { record, case, projection }
}

fn record(id: i64, at: i64, open: bool, place: LonLat, category: &str, person: PersonId) -> Record {
    let state = match (open, id % 4) {
        (false, _) => "closed",
        (true, 0) => "reported",
        (true, 1) => "filed",
        (true, _) => "working",
    };
    let by = ActorMark::Person(person);
    let number = format!("AJ{:08}-{id:07}", 20_100_101 + (at - BEGIN) / DAY);
    let fields = BTreeMap::from([
        (Name::from("category"), Value::Code(category.into())),
        (Name::from("place"), Value::Point(place)),
        (Name::from("note"), Value::Text("现场有安全隐患，请尽快处理".to_owned())),
    ]);
    let photo = EvidenceFact {
        id: EvidenceId(id),
        kind: EvidenceKind::Photo,
        taken_at: Some(Instant(at)),
        at: Some(place),
        tags: vec!["whole".to_owned()],
        by,
        attached_at: Instant(at),
        mv: None,
    };
    let limit = Limit { n: Amount(1_800_000), unit: Unit::UrgentMinute };
    let running_since = Some(Instant(at));
    let time = ClockTime {
        term: Term::Limit(limit),
        base: limit.n,
        extra: Amount(0),
        used: Amount(0),
        running_since,
        missed: None,
    };
    let (due, near_at) = (Some(Instant(at + 1_800_000)), Some(Instant(at + 1_440_000)));
    let mut events = vec![
        Event::Opened {
            kind: "case".into(),
            version: 1,
            number,
            state: state.into(),
            source: "inspector".into(),
            reporter: None,
        },
        Event::FieldsSet { fields },
        Event::EvidenceAdded { evidence: vec![photo] },
        Event::ClockStarted {
            clock: "filing".into(),
            time: Some(time),
            due,
            near_at,
            warn_at: vec![Instant(at + 900_000)],
            at: Instant(at),
        },
        Event::Effect { effect: "tell_unit".into(), to: vec!["office:3".to_owned()], with: BTreeMap::new() },
    ];
    if !open {
        let (mv, from, to) = ("close".into(), "reported".into(), "closed".into());
        events.push(Event::Moved { mv, from, to, is_final: true, by, note: String::new(), at: Instant(at) });
    }
    Record { case: CaseId(id), seq: 1, at: Instant(at), actor: Actor::System(SystemActor::Import).log_name(), events }
}

/// Appends it.
pub fn append(tx: &mut WriteTx<'_>, permit: &Permit, made: &Made) -> Result<i64, PortError> {
    tx.append(permit, &made.record, &made.case, &made.projection)
}
