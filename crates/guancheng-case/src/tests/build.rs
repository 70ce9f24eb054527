//! Short ways to write definitions in tests.

use std::{collections::BTreeMap, sync::Arc};

use guancheng_base::{Day, Name};
use guancheng_calendar::{Calendar, CalendarSpec, Limit};

use crate::*;

pub(crate) fn names(list: &str) -> Vec<Name> {
    list.split_whitespace().map(Name::from).collect()
}

pub(crate) fn limit(text: &str) -> Limit {
    Limit::parse(text).expect(text)
}

pub(crate) fn days<C: FromIterator<Day>>(text: &str) -> C {
    text.split_whitespace().map(|day| Day::parse(day).expect(day)).collect()
}

/// UTC+8 with lunch break, the days off and make-up days of 2014, and 2015 without any.
pub(crate) fn office_hours() -> Arc<Calendar> {
    let off = "2014-01-01 2014-01-31 2014-02-01 2014-02-02 2014-02-03 2014-02-04 2014-02-05 2014-02-06 2014-04-05 \
        2014-04-07 2014-05-01 2014-05-02 2014-05-03 2014-06-02 2014-09-08 2014-10-01 2014-10-02 2014-10-03 2014-10-04 \
        2014-10-05 2014-10-06 2014-10-07";
    let hour = |h: u32, m: u32| h * 3600 + m * 60;
    let spec = CalendarSpec {
        id: "office".into(),
        title: "Office".to_owned(),
        zone: "Asia/Shanghai".to_owned(),
        basis: Vec::new(),
        hours: vec![(hour(8, 30), hour(12, 0)), (hour(14, 0), hour(17, 30))],
        close_of_business: None,
        weekend: [false, false, false, false, false, true, true],
        off: days(off),
        work: days("2014-01-26 2014-02-08 2014-05-04 2014-09-28 2014-10-11"),
        years: [2014, 2015].into(),
        source: [2014, 2015].map(|year| (year, "test".to_owned())).into(),
    };
    Arc::new(Calendar::compile(spec).expect("a sound calendar"))
}

pub(crate) fn field(id: &str, kind: FieldKind) -> Field {
    Field { id: id.into(), title: id.to_owned(), kind, sensitive: false, derive: None }
}

pub(crate) fn text() -> FieldKind {
    FieldKind::Text { max: 100 }
}

pub(crate) fn code(list: &str) -> FieldKind {
    FieldKind::Code { list: list.into() }
}

pub(crate) fn state(id: &str, holder: &str) -> State {
    let public = Some(id.to_owned()).filter(|_| !holder.contains("secret"));
    let holder = match holder.split_once(':') {
        Some(("role", role)) => Holder::Role(role.into()),
        Some(("field", field)) => Holder::Field(field.into()),
        _ if holder == "applicant" => Holder::Applicant,
        _ if holder == "parts" => Holder::Parts,
        _ => Holder::None,
    };
    let is_final = holder == Holder::None;
    State { id: id.into(), title: id.to_owned(), stage: None, holder, public, is_final, parts: Vec::new() }
}

/// `from from > to`, by `role:a holder reporter system:x`.
pub(crate) fn mv(id: &str, path: &str, by: &str) -> Move {
    let (from, to) = path.split_once(" > ").expect(path);
    let who = |one: &str| match one.split_once(':') {
        Some(("role", role)) => By::Role(role.into()),
        Some(("system", name)) => By::System(name.into()),
        _ if one == "holder" => By::Holder,
        _ if one == "applicant" => By::Applicant,
        _ => By::Reporter,
    };
    Move {
        id: id.into(),
        title: id.to_owned(),
        from: names(from),
        to: to.into(),
        by: by.split_whitespace().map(who).collect(),
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
        effects: Vec::new(),
        why: None,
    }
}

impl Move {
    pub(crate) fn require(self, fields: &str) -> Self {
        Move { require: names(fields), ..self }
    }

    pub(crate) fn not_by(self, other: &str) -> Self {
        Move { not_by: vec![NotBy::Did(other.into())], ..self }
    }

    pub(crate) fn approve(self, roles: &str) -> Self {
        Move { approve: names(roles), ..self }
    }

    pub(crate) fn photo(self, within_m: u32, after_state: &str) -> Self {
        let after_state = (!after_state.is_empty()).then(|| after_state.into());
        let within_m = Some(within_m);
        let rule = EvidenceRule {
            kind: EvidenceKind::Photo,
            min: 1,
            tags: Vec::new(),
            within_m,
            after_state,
            when: Vec::new(),
        };
        Move { evidence: vec![rule], ..self }
    }

    pub(crate) fn checks(self, list: &str) -> Self {
        let parse = |name: Name| Check::parse(&name, &Params::new(), &BTreeMap::new()).expect(&name);
        Move { checks: names(list).into_iter().map(parse).collect(), ..self }
    }

    pub(crate) fn effects(self, list: &str) -> Self {
        Move { effects: effects(list), ..self }
    }

    pub(crate) fn once_then(self, then: &str) -> Self {
        Move { limit: Some(MoveLimit { times: 1, then: Some(then.into()) }), ..self }
    }

    pub(crate) fn window(self, text: &str) -> Self {
        Move { window: Some(limit(text)), ..self }
    }
}

pub(crate) fn effects(list: &str) -> Vec<Effect> {
    names(list).iter().map(|name| Effect::parse(name, &Params::new()).expect(name)).collect()
}

pub(crate) fn triggers(list: &str) -> Vec<Trigger> {
    let one = |text: &str| match text.split_once(':') {
        Some(("enter", state)) => Trigger::Enter(state.into()),
        Some(("move", mv)) => Trigger::Move(mv.into()),
        Some((_, event)) => Trigger::Event(event.into()),
        None => panic!("{text}"),
    };
    list.split_whitespace().map(one).collect()
}

pub(crate) fn clock(id: &str, start: &str, stop: &str, rule: LimitRule) -> Clock {
    Clock {
        id: id.into(),
        title: id.to_owned(),
        start: triggers(start).remove(0),
        stop: triggers(stop),
        cancel: Vec::new(),
        pause_in: Vec::new(),
        pause_by: Vec::new(),
        resume_on: Vec::new(),
        limit: rule,
        extend: None,
        warn: vec![500, 800],
        breach: effects("remind_holder"),
        on_expiry: None,
        holder: None,
        why: None,
    }
}

pub(crate) fn fixed(text: &str) -> LimitRule {
    LimitRule::Fixed(limit(text))
}

pub(crate) fn extend(roles: &str) -> Extend {
    Extend {
        times: 1,
        max: None,
        max_ratio: Some(1.0),
        approve: names(roles),
        before_expiry: true,
        apply_before: None,
        decide_in: None,
        require: names("reason"),
        tell: None,
    }
}

/// Rows `code parent limit`; `-` for none.
pub(crate) fn code_list(id: &str, rows: &[&str]) -> (Name, Arc<CodeList>) {
    let row = |text: &&str| {
        let mut words = text.splitn(3, ' ');
        let mut word = || words.next().filter(|word| *word != "-");
        let (code, parent, time) = (word().expect("code"), word(), word());
        let one = |time: &str| Cell::Limit(LimitCell { by_area: ByArea::One(limit(time)), season: None });
        CodeRow {
            code: code.into(),
            title: code.to_owned(),
            parent: parent.map(Name::from),
            scheme: None,
            valid_from: None,
            valid_to: None,
            cells: time.map(|time| ("disposal_limit".into(), one(time))).into_iter().collect(),
        }
    };
    let list = CodeList::new(id.into(), id.to_owned(), String::new(), rows.iter().map(row).collect());
    (id.into(), Arc::new(list.expect(id)))
}

pub(crate) fn parts(id: &str, states: Vec<State>, moves: Vec<Move>, clocks: Vec<Clock>) -> Parts {
    Parts {
        id: id.into(),
        title: id.to_owned(),
        version: 1,
        hash: [0; 32],
        valid_from: Day(0),
        valid_to: None,
        basis: vec!["basis".to_owned()],
        owner: "owner".to_owned(),
        number: NumberTemplate::parse("N{seq:3}").expect("template"),
        calendar: office_hours(),
        initial: states.first().expect("a state").id.clone(),
        privacy: Privacy::Open,
        fields: Vec::new(),
        states,
        moves,
        clocks,
        assign: None,
        progress: None,
        discretion: Vec::new(),
        params: BTreeMap::new(),
        code_lists: Arc::default(),
    }
}

pub(crate) fn built(parts: Parts) -> Procedure {
    Procedure::build(parts)
        .unwrap_or_else(|faults| panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

/// The loop of seven stages, as a city would declare it.
pub(crate) fn seven_stages() -> Parts {
    let states = vec![
        state("reported", "role:intake"),
        state("filed", "role:dispatcher"),
        state("dispatched", "field:unit"),
        state("working", "field:unit"),
        state("hung", "field:unit"),
        state("fed_back", "role:checker"),
        state("closed", ""),
        state("rejected", ""),
        state("merged", ""),
        state("voided", ""),
    ];
    let mut parts = parts("case", states, loop_moves(), loop_clocks());
    let mut grid = field("grid", FieldKind::Ref { to: "register.grid".into() });
    grid.derive = Some(Derive::GridOf);
    parts.fields = vec![
        field("category", code("category")),
        field("place", FieldKind::Point),
        grid,
        field("unit", FieldKind::Org),
        field("note", text()),
        field("reason", text()),
        field("planned_finish", FieldKind::Date),
        field("main_case", FieldKind::Ref { to: "procedure.case".into() }),
    ];
    let rows = [
        "e - -",
        "e.1 e 2 work_hour",
        "e.2 e 7 work_hour",
        "e.3 e 5 work_day",
        "e.4 e 3 urgent_hour",
        "e.5 e 14 work_hour",
    ];
    let lists: BTreeMap<Name, Arc<CodeList>> = [code_list("category", &rows)].into();
    let list = lists.values().next().expect("a list").clone();
    let row = |id: &str, category: &str, area, office| AssignRow {
        id: id.to_owned(),
        category: category.into(),
        area,
        office: guancheng_base::OfficeId(office),
    };
    let rows = vec![
        row("r1", "e.1", Some((100, 200)), 12),
        row("r2", "e.1", Some((200, 300)), 13),
        row("r3", "e.2", Some((200, 300)), 13),
    ];
    let table = AssignTable::new("units".into(), "units".to_owned(), list, rows).expect("a table");
    parts.assign = Some(Assign {
        on: Trigger::Enter("filed".into()),
        mv: "dispatch".into(),
        set: "unit".into(),
        table: Arc::new(table),
        category: "category".into(),
        place: "grid".into(),
        fallback: "dispatcher".into(),
    });
    parts.code_lists = Arc::new(lists);
    parts
}

fn loop_moves() -> Vec<Move> {
    vec![
        mv("file", "reported > filed", "role:intake")
            .require("category place grid")
            .checks("duplicate.none_open_nearby"),
        mv("reject", "reported > rejected", "role:intake").require("reason").effects("tell_reporter"),
        mv("merge", "reported filed > merged", "role:intake role:dispatcher")
            .require("main_case")
            .effects("tell_reporter follow_main_case"),
        mv("dispatch", "filed > dispatched", "role:dispatcher system:assign").require("unit").effects("tell_unit"),
        mv("send_back", "dispatched > filed", "holder").require("reason").once_then("decide_ownership"),
        mv("decide_ownership", "filed dispatched > dispatched", "role:shift_leader")
            .require("unit")
            .effects("tell_unit record_ruling"),
        mv("accept", "dispatched > working", "holder"),
        mv("hang", "working > hung", "holder").approve("shift_leader").require("reason planned_finish"),
        mv("resume", "hung > working", "holder system:planned_finish"),
        mv("feed_back", "working dispatched > fed_back", "holder").require("note").photo(100, "dispatched"),
        mv("fail", "fed_back > working", "role:checker").not_by("feed_back").photo(100, "").effects("count_rework"),
        mv("close", "fed_back > closed", "role:checker")
            .not_by("feed_back")
            .photo(100, "")
            .effects("tell_reporter ask_reporter score"),
        mv("reopen", "closed > filed", "reporter role:intake").window("15 natural_day").effects("count_dispute"),
        mv("void", "filed dispatched working > voided", "holder role:dispatcher")
            .approve("shift_leader")
            .require("reason"),
    ]
}

fn loop_clocks() -> Vec<Clock> {
    let listed = LimitRule::CodeList { list: "category".into(), column: "disposal_limit".into() };
    let disposal = clock("disposal", "enter:dispatched", "move:feed_back", listed);
    vec![
        clock("filing", "enter:reported", "move:file move:reject move:merge", fixed("30 urgent_minute")),
        clock("dispatching", "enter:filed", "move:dispatch move:decide_ownership move:merge", fixed("1 work_hour")),
        Clock {
            cancel: triggers("move:send_back"),
            resume_on: triggers("move:fail"),
            pause_in: names("hung"),
            extend: Some(extend("shift_leader")),
            breach: effects("remind_holder escalate_supervision"),
            holder: Some(Holder::Field("unit".into())),
            ..disposal
        },
        clock("checking", "enter:fed_back", "move:close move:fail", fixed("4 work_hour")),
        clock("hanging", "enter:hung", "move:resume", LimitRule::Field("planned_finish".into())),
    ]
}
