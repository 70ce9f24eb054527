//! What happened to a case, in plain words: one line per event a person cares about.

use guancheng_base::{Instant, Name};
use guancheng_case::{AskWhat, Event, Lang, Procedure, Record, RunState};

use crate::City;

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The event's name in the log, for an icon.
    pub kind: &'static str,
    /// The sentence.
    pub text: String,
    /// What somebody wrote to it; empty when nothing.
    pub detail: String,
}

/// The lines of one record, in the language of the reader. Events without interest for a reader (a field set together
/// with a move, a clock's bookkeeping) have none.
pub fn narrate(city: &City, procedure: &Procedure, record: &Record, lang: Lang) -> Vec<Line> {
    let teller = Teller { city, procedure, lang };
    record.events.iter().filter_map(|event| teller.line(event)).collect()
}

/// The name of whoever acted, as the log writes them: `person:7` becomes their name.
pub fn actor_name(city: &City, log_name: &str, lang: Lang) -> String {
    let person = log_name.strip_prefix("person:").and_then(|id| id.parse().ok()).map(guancheng_base::PersonId);
    let known = person.and_then(|id| city.org().person(id).map(|person| person.name.clone()));
    known.unwrap_or_else(|| match (log_name, lang) {
        ("reporter", Lang::Zh) => "反映人".to_owned(),
        ("reporter", Lang::En) => "the reporter".to_owned(),
        (name, Lang::Zh) if name.starts_with("system:") => "系统".to_owned(),
        (name, Lang::En) if name.starts_with("system:") => "the system".to_owned(),
        (name, _) => name.to_owned(),
    })
}

struct Teller<'a> {
    city: &'a City,
    procedure: &'a Procedure,
    lang: Lang,
}

impl Teller<'_> {
    fn line(&self, event: &Event) -> Option<Line> {
        let kind = event.name();
        let told = |text: String| Some(Line { kind, text, detail: String::new() });
        let with = |text: String, detail: &str| Some(Line { kind, text, detail: detail.to_owned() });
        match event {
            Event::Opened { number, .. } => {
                told(self.say(format!("登记，编号 {number}"), format!("registered as {number}")))
            }
            Event::ReportJoined { .. } => told(self.say("收到一件上报", "a report was added")),
            Event::Moved { mv, to, note, .. } => with(self.moved(mv, to), note),
            Event::Asked { what, decide_by, .. } => told(self.asked(what, *decide_by)),
            Event::Ruled { grant: true, reason, .. } => with(self.say("批准了申请", "the request was granted"), reason),
            Event::Ruled { grant: false, reason, .. } => {
                with(self.say("没有批准申请", "the request was refused"), reason)
            }
            Event::PartOpened { office_title, question, .. } => told(self.say(
                format!("请{office_title}就“{question}”提出意见"),
                format!("{office_title} was asked about {question}"),
            )),
            Event::PartAnswered { part, agree, opinion, .. } => with(self.answered(part, *agree), opinion),
            Event::Assigned { assignment } => {
                told(self.assigned(assignment.unit, assignment.row.as_deref(), &assignment.table))
            }
            Event::Commented { text, .. } => with(self.say("留言", "a comment"), text),
            Event::Linked { kind: how, case } => told(self.linked(how, *case)),
            Event::Imported { .. } => told(self.say("自其他系统导入", "imported from another system")),
            Event::EvidenceAdded { evidence } => {
                let n = evidence.len();
                told(self.say(format!("附上 {n} 份照片或文件"), format!("{n} photos or files were attached")))
            }
            clock => self.clock_line(clock).and_then(told),
        }
    }

    fn clock_line(&self, event: &Event) -> Option<String> {
        let at = |due: &Option<Instant>| due.map(|due| self.short(due));
        Some(match event {
            Event::ClockStarted { clock, due, .. } => {
                let (title, due) = (self.clock(clock), at(due)?);
                self.say(format!("{title}开始计时，{due} 到期"), format!("{title} runs, due {due}"))
            }
            Event::ClockPaused { clock, .. } => self.clock_fact(clock, "暂停计时", "is paused"),
            Event::ClockResumed { clock, due, .. } => {
                let (title, due) = (self.clock(clock), at(due)?);
                self.say(format!("{title}继续计时，{due} 到期"), format!("{title} goes on, due {due}"))
            }
            Event::ClockStopped { clock, on_time: Some(true), .. } => self.clock_fact(clock, "按期", "was kept"),
            Event::ClockStopped { clock, on_time: Some(false), .. } => self.clock_fact(clock, "超期", "was not kept"),
            Event::ClockExtended { clock, due, .. } => {
                let (title, due) = (self.clock(clock), at(due)?);
                self.say(format!("{title}延至 {due}"), format!("{title} was extended to {due}"))
            }
            Event::ClockWarned { clock, .. } => {
                self.clock_fact(clock, "临近到期，已提醒", "is near its end; a warning was given")
            }
            Event::ClockBreached { clock, .. } => self.clock_fact(clock, "已超期", "has passed"),
            Event::ClockExpired { clock, .. } => {
                self.clock_fact(clock, "期满，依规定自动处理", "ran out; the rule acted by itself")
            }
            _ => return None,
        })
    }

    fn clock_fact(&self, clock: &Name, zh: &str, en: &str) -> String {
        let title = self.clock(clock);
        self.say(format!("{title}{zh}"), format!("{title} {en}"))
    }

    fn moved(&self, mv: &Name, to: &Name) -> String {
        let own = self.procedure.mv(mv).map_or(mv.as_str(), |mv| &mv.title);
        let title = self.label("move", mv, own);
        let own = self.procedure.state(to).map_or(to.as_str(), |state| &state.title);
        let state = self.label("state", to, own);
        self.say(format!("{title} → {state}"), format!("{title} → {state}"))
    }

    fn asked(&self, what: &AskWhat, decide_by: Option<Instant>) -> String {
        let what = match what {
            AskWhat::Move { mv, .. } => {
                let own = self.procedure.mv(mv).map_or(mv.as_str(), |mv| &mv.title);
                let title = self.label("move", mv, own);
                self.say(format!("申请：{title}"), format!("asked for: {title}"))
            }
            AskWhat::Extension { clock, add, .. } => {
                let title = self.clock(clock);
                self.say(format!("申请延长{title}（{add}）"), format!("asked to extend {title} by {add}"))
            }
        };
        let by = decide_by.map(|by| self.short(by));
        by.map_or(what.clone(), |by| {
            self.say(format!("{what}，应于 {by} 前答复"), format!("{what}, to be ruled on by {by}"))
        })
    }

    fn answered(&self, part: &Name, agree: bool) -> String {
        let spec = self.procedure.states.iter().flat_map(|state| &state.parts).find(|spec| spec.id == *part);
        let office = spec.map_or(part.as_str(), |spec| &spec.office_title);
        match agree {
            true => self.say(format!("{office}同意"), format!("{office} agrees")),
            false => self.say(format!("{office}不同意"), format!("{office} does not agree")),
        }
    }

    fn assigned(&self, unit: Option<guancheng_base::OfficeId>, row: Option<&str>, table: &Name) -> String {
        let office = unit.and_then(|unit| self.city.office_name(unit));
        match (office, row) {
            (Some(office), Some(row)) => self.say(
                format!("依派遣表 {table} 的 {row} 自动派给{office}"),
                format!("sent to {office} by {row} of table {table}"),
            ),
            _ => self.say("派遣表没有相符的行，请派遣员决定", "no row of the table matches; the dispatcher decides"),
        }
    }

    fn linked(&self, how: &Name, case: guancheng_base::CaseId) -> String {
        match how.as_str() {
            "main" => self.say(format!("并入案件 {case}"), format!("merged into case {case}")),
            "follower" => self.say(format!("案件 {case} 并入本案"), format!("case {case} was merged into this one")),
            "split_to" => self.say(format!("拆分出案件 {case}"), format!("case {case} was split off")),
            "split_from" => self.say(format!("自案件 {case} 拆分"), format!("split from case {case}")),
            other => self.say(format!("与案件 {case} 关联（{other}）"), format!("tied to case {case} ({other})")),
        }
    }

    fn clock(&self, id: &Name) -> String {
        let own = self.procedure.clock(id).map_or(id.as_str(), |clock| &clock.title);
        self.label("clock", id, own).to_owned()
    }

    fn label<'a>(&'a self, what: &str, id: &Name, own: &'a str) -> &'a str {
        self.city.label(self.lang, &format!("{}.{what}.{id}", self.procedure.id), own)
    }

    /// Day and minute, without zone: the reader is in the city.
    fn short(&self, at: Instant) -> String {
        self.city.show(at).replace('T', " ").chars().take(16).collect()
    }

    fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }
    }
}

/// The state of a clock in words.
pub fn run_state(state: RunState) -> &'static str {
    match state {
        RunState::Running => "running",
        RunState::Paused => "paused",
        RunState::Stopped => "stopped",
        RunState::Cancelled => "cancelled",
        RunState::Expired => "expired",
    }
}
