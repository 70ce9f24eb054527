//! Decisions about one made-up plan: two items, three promises, two offices. Each check is a row of commands and what
//! the last of them came to.

mod force;
mod golden;
mod papers;
mod review;

use std::{collections::BTreeMap, slice::from_ref, sync::Arc};

use expect_test::Expect;
use guancheng_base::{Actor, CaseId, Ctx, Day, Instant, OfficeId, PersonId, PostId};
use guancheng_calendar::{Calendar, CalendarSpec, Limit};
use serde_json::{Value, json};

use super::{Signer, World, decide};
use crate::{
    Command, Event, PlanRecord, Series, Settings, evolve, ledger,
    ledger::Facts,
    model::{Cadence, Class, Commitment, Frozen, Item, Plan, Question, Section, Stamp},
    text::slice,
};

/// The office of water, the office of roads, a unit of the water office, and one that leads nothing.
const WATER: OfficeId = OfficeId(1);
const ROADS: OfficeId = OfficeId(2);
const CREW: OfficeId = OfficeId(11);

/// Somebody at a desk on a day.
#[derive(Clone)]
struct Desk {
    plan: Plan,
    records: Vec<PlanRecord>,
    today: Day,
    person: i64,
    settings: Settings,
    calendar: Arc<Calendar>,
    decided: Vec<CaseId>,
}

impl Desk {
    /// The draft on a Monday morning.
    fn new() -> Self {
        let mut desk = Desk {
            plan: Plan::default(),
            records: Vec::new(),
            today: day("2026-03-02"),
            person: 7,
            settings: settings(),
            calendar: Arc::new(calendar()),
            decided: Vec::new(),
        };
        desk.record(vec![imported()]);
        desk
    }

    /// The plan in force, every office ready to sign.
    fn in_force() -> Self {
        let mut desk = Desk::new();
        for command in ready() {
            desk.done(command);
        }
        desk.done(json!({ "act": "adopt" }));
        desk
    }

    fn on(mut self, today: &str) -> Self {
        self.today = day(today);
        self
    }

    fn by(mut self, person: i64) -> Self {
        self.person = person;
        self
    }

    fn now(&self) -> Instant {
        self.calendar.at_local(self.today, 9 * 3600)
    }

    fn record(&mut self, events: Vec<Event>) {
        let (seq, at) = (self.plan.seq + 1, self.now());
        let record = PlanRecord { plan: 1, seq, at, actor: format!("person:{}", self.person), events };
        evolve(&mut self.plan, &record);
        self.records.push(record);
    }

    /// Asks for it and keeps what happened; what it came to in words.
    fn ask(&mut self, command: Value) -> String {
        let command: Command = serde_json::from_value(command).expect("a command");
        let ctx = Ctx { now: self.now(), actor: Actor::Person { id: PersonId(self.person), grants: Vec::new() } };
        let names = [(WATER, "供水处"), (ROADS, "道路处"), (CREW, "抢修队"), (OfficeId(3), "办公室")];
        let offices = names.map(|(id, name)| (id, name.to_owned())).into();
        let posts = [(PostId(101), WATER), (PostId(111), CREW)].into();
        let heads = [(WATER, "王处长（供水处负责人）".to_owned())].into();
        let signer =
            Signer { person: PersonId(self.person), post: PostId(101), name: format!("第{}人", self.person) };
        let frozen = self.frozen();
        let world = World {
            ctx: &ctx,
            today: self.today,
            calendar: &self.calendar,
            settings: &self.settings,
            offices: &offices,
            posts: &posts,
            heads: &heads,
            signer: Some(&signer),
            frozen: Some(&frozen),
            decided: &self.decided,
        };
        match decide(&self.plan, &command, world) {
            Ok(events) => {
                let shown: Vec<String> = events.iter().map(shown).collect();
                if !events.is_empty() {
                    self.record(events);
                }
                shown.join("\n")
            }
            Err(refusal) => {
                let field = |fault: &guancheng_case::FieldFault| format!("\n  {}: {}", fault.field, fault.text.en);
                let fields: String = refusal.fields.iter().map(field).collect();
                format!("{}: {}{fields}", refusal.code, refusal.text.zh)
            }
        }
    }

    /// Asks for what must happen.
    fn done(&mut self, command: Value) {
        let seq = self.plan.seq;
        let said = self.ask(command.clone());
        assert_eq!(self.plan.seq, seq + 1, "{command}: {said}");
    }

    fn frozen(&self) -> Frozen {
        let line = |one: &Commitment| ledger::line(&self.plan, one, &Facts::default(), &self.settings, self.today);
        let lines: Vec<ledger::Line> = self.plan.commitments.values().map(line).collect();
        ledger::freeze(&self.plan, &lines, self.today)
    }
}

/// Names and numbers of an event, without the stamps, which are the same everywhere.
fn shown(event: &Event) -> String {
    fn bare(value: &mut Value) {
        if let Value::Object(map) = value {
            map.retain(|key, _| {
                !["stamp", "frozen", "text", "rule", "item", "class", "drafted"].contains(&key.as_str())
            });
            map.values_mut().for_each(bare);
        }
        if let Value::Array(list) = value {
            list.iter_mut().for_each(bare);
        }
    }
    let mut value = serde_json::to_value(event).expect("an event is JSON");
    bare(&mut value);
    value.to_string()
}

/// What the last of some commands comes to.
#[track_caller]
fn check(mut desk: Desk, commands: &[Value], expect: Expect) {
    let (last, before) = commands.split_last().expect("a command");
    before.iter().for_each(|command| desk.done(command.clone()));
    expect.assert_eq(&desk.ask(last.clone()));
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The text of the first item: three promises and a purpose.
const TEXT: &str = "1、供水。新建管道50公里，第一时间抢修；每月召开调度会，确保群众用水。";

fn imported() -> Event {
    let road = "2、道路。修订管理办法。";
    Event::Imported {
        year: 2026,
        title: "2026年工作要点".to_owned(),
        publisher: "某市城市管理局".to_owned(),
        preamble: Vec::new(),
        sections: vec![Section { no: 1, title: "基础设施".to_owned() }],
        items: vec![item(1, TEXT, "供水", Some("确保群众用水")), item(2, road, "道路", None)],
        commitments: vec![
            commitment("01.01", TEXT, "新建管道50公里，第一时间抢修", Class::Count),
            commitment("01.02", TEXT, "每月召开调度会", Class::Periodic),
            commitment("02.01", road, "修订管理办法", Class::Document),
        ],
    }
}

fn item(no: u32, text: &str, title: &str, context: Option<&str>) -> Item {
    let context = context.map(|words| span(text, words)).into_iter().collect();
    let body_from = span(text, title).1;
    Item { no, section: 1, title: title.to_owned(), text: text.to_owned(), offices: Vec::new(), body_from, context }
}

fn span(text: &str, words: &str) -> (u32, u32) {
    let from = text[..text.find(words).unwrap()].chars().count();
    (from as u32, (from + words.chars().count()) as u32)
}

fn commitment(id: &str, text: &str, words: &str, class: Class) -> Commitment {
    let question = Question {
        id: "q1".to_owned(),
        about: "第一时间".to_owned(),
        text: "“第一时间”是多少分钟？".to_owned(),
        answers: Vec::new(),
    };
    let amount = json!([{ "text": "50公里", "value": 50, "unit": "公里", "comparator": "=" }]);
    Commitment {
        id: id.to_owned(),
        item: id[..2].parse().unwrap(),
        span: span(text, words),
        text: words.to_owned(),
        class,
        rule: "a rule".to_owned(),
        quantities: if class == Class::Count { serde_json::from_value(amount).unwrap() } else { Vec::new() },
        cadences: Vec::new(),
        named: Vec::new(),
        questions: if class == Class::Count { vec![question] } else { Vec::new() },
        lead: None,
        assist: Vec::new(),
        weight: 2,
        binding: None,
        counter: None,
        words: String::new(),
        confirmed: None,
        help: None,
        opinion: None,
    }
}

/// The usual binding of the first promise.
fn pipes() -> Value {
    json!({ "kind": "count", "target": 50, "unit": "公里", "due": day("2026-12-31") })
}

/// Everything a draft needs to be adopted.
fn ready() -> Vec<Value> {
    let meetings =
        json!({ "kind": "schedule", "cadence": "monthly", "from": day("2026-01-01"), "to": day("2026-12-31") });
    let counter = json!({ "kind": "indicator", "text": "一年内爆管次数" });
    vec![
        json!({ "act": "bind", "commitment": "01.01", "binding": pipes() }),
        json!({ "act": "bind", "commitment": "01.02", "binding": meetings }),
        json!({ "act": "bind", "commitment": "02.01", "binding": { "kind": "opinion" } }),
        json!({ "act": "watch", "commitment": "01.01", "counter": counter }),
        json!({ "act": "answer", "commitment": "01.01", "question": "q1", "text": "三十分钟" }),
        json!({ "act": "name_offices", "commitment": "01.01", "lead": WATER, "assist": [ROADS] }),
        json!({ "act": "name_offices", "commitment": "01.02", "lead": WATER }),
        json!({ "act": "name_offices", "commitment": "02.01", "lead": ROADS }),
        json!({ "act": "weigh", "commitment": "01.01", "weight": 5 }),
        json!({ "act": "confirm", "commitments": ["01.01", "01.02", "02.01"] }),
    ]
}

fn settings() -> Settings {
    let weekly = Series { id: "weekly".into(), title: "碰头会".to_owned(), cadence: Cadence::Weekly };
    Settings {
        rights: BTreeMap::new(),
        curve: [2, 6, 13, 22, 34, 48, 61, 73, 84, 92, 97, 100],
        cycle_days: 31,
        series: vec![weekly],
        circular_number: "督查通报〔{yyyy}〕{seq}号".to_owned(),
        grades: vec![("优秀".to_owned(), 90), ("合格".to_owned(), 60)],
        groups: vec![("业务处室".to_owned(), vec![WATER, ROADS])],
        other_group: "其他".to_owned(),
        mark_percent: 20,
        appeal_within: Limit::parse("5 work_day").unwrap(),
        progress_procedure: "plan_progress".into(),
        decision_procedure: "plan_decision".into(),
        amendment_procedure: "plan_amendment".into(),
    }
}

fn calendar() -> Calendar {
    let spec = CalendarSpec {
        id: "office".into(),
        title: "Office".to_owned(),
        zone: "Asia/Shanghai".to_owned(),
        basis: Vec::new(),
        hours: vec![(8 * 3600, 12 * 3600), (14 * 3600, 18 * 3600)],
        close_of_business: None,
        weekend: [false, false, false, false, false, true, true],
        off: [].into(),
        work: [].into(),
        years: [2026].into(),
        source: [(2026, "test".to_owned())].into(),
    };
    Calendar::compile(spec).unwrap()
}

/// Nobody in particular, at the beginning of time.
const STAMP: Stamp = Stamp { by: None, at: Instant(0) };
