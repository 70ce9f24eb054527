//! Ids of a procedure as titles and sentences.

use guancheng_base::{Name, OfficeId};
use guancheng_calendar::{Limit, Unit};
use guancheng_case::{
    By, Check, Condition, Effect, FieldKind, Holder, Lang, LimitRule, Move, NotBy, Op, Param, Procedure, Trigger,
};

use super::text::{PageText, in_words};
use crate::pack::Pack;

/// A procedure with what is needed to put it into words.
pub struct Words<'w> {
    pub pack: &'w Pack,
    pub procedure: &'w Procedure,
    pub text: &'static PageText,
    lang: Lang,
}

impl<'w> Words<'w> {
    /// In the language of the pack.
    pub fn new(pack: &'w Pack, procedure: &'w Procedure) -> Self {
        let lang = if pack.locale.starts_with("zh") { Lang::Zh } else { Lang::En };
        Words { pack, procedure, text: PageText::of(lang), lang }
    }

    /// `label: value`, nothing when there is no value.
    pub fn labelled(&self, label: &str, value: &str) -> String {
        if value.is_empty() { String::new() } else { format!("{label}{}{value}", self.text.colon) }
    }

    /// A state's title.
    pub fn state<'s>(&'s self, id: &'s str) -> &'s str {
        self.procedure.state(id).map_or(id, |state| &state.title)
    }

    /// A move's title.
    pub fn mv<'s>(&'s self, id: &'s str) -> &'s str {
        self.procedure.mv(id).map_or(id, |mv| &mv.title)
    }

    /// A field's title.
    pub fn field<'s>(&'s self, id: &'s str) -> &'s str {
        self.procedure.field(id).map_or(id, |field| &field.title)
    }

    /// A role's title.
    pub fn role<'s>(&'s self, id: &'s str) -> &'s str {
        self.pack.roles.get(id).map_or(id, |role| &role.title)
    }

    /// Several roles.
    pub fn roles(&self, ids: &[Name]) -> String {
        self.join(ids.iter().map(|id| self.role(id).to_owned()))
    }

    /// An office's name.
    pub fn office(&self, id: OfficeId) -> String {
        let office = self.pack.offices.iter().find(|office| office.id == id);
        office.map_or_else(|| id.to_string(), |office| office.name.clone())
    }

    /// A category's title in the list of the assignment.
    pub fn category(&self, code: &str) -> String {
        let lists = self.procedure.fields.iter().filter_map(|field| match &field.kind {
            FieldKind::Code { list } => self.procedure.code_lists.get(list),
            _ => None,
        });
        let found = lists.filter_map(|list| list.get(code)).next();
        found.map_or_else(|| code.to_owned(), |row| row.title.clone())
    }

    /// `applicant`, `reporter` in words.
    pub fn word(&self, who: &str) -> String {
        match who {
            "applicant" => self.text.applicant,
            "reporter" => self.text.reporter,
            "party" => self.text.party_word,
            other => other,
        }
        .to_owned()
    }

    /// Who holds.
    pub fn holder(&self, holder: &Holder) -> String {
        match holder {
            Holder::Role(role) => self.role(role).to_owned(),
            Holder::Field(field) => format!("“{}”", self.field(field)),
            Holder::Applicant => self.text.applicant.to_owned(),
            Holder::Party => self.text.party_word.to_owned(),
            Holder::Parts => self.text.parts.to_owned(),
            Holder::None => self.text.nobody.to_owned(),
        }
    }

    /// Who may.
    pub fn bys(&self, bys: &[By]) -> String {
        self.join(bys.iter().map(|by| match by {
            By::Role(role) => self.role(role).to_owned(),
            By::Holder => self.text.holder_word.to_owned(),
            By::Reporter => self.text.reporter.to_owned(),
            By::Applicant => self.text.applicant.to_owned(),
            By::Party => self.text.party_word.to_owned(),
            By::System(what) => format!("{}（{}）", self.text.system, in_words(self.lang, self.field(what))),
        }))
    }

    /// Who may not.
    pub fn not_by(&self, rules: &[NotBy]) -> String {
        self.join(rules.iter().map(|rule| match rule {
            NotBy::Did(id) => format!("{}“{}”", self.text.did, self.mv(id)),
            NotBy::ComplainedOf => self.text.complained_of.to_owned(),
            NotBy::Witness => self.text.witness.to_owned(),
        }))
    }

    /// A limit in the words of the law.
    pub fn limit(&self, limit: Limit) -> String {
        let unit = match (limit.unit, self.lang) {
            (unit, Lang::En) => unit.as_str().replace('_', " "),
            (Unit::NaturalDay, _) => "日（自然日）".to_owned(),
            (Unit::WorkDay, _) => "个工作日".to_owned(),
            (Unit::WorkHour, _) => "个工作时".to_owned(),
            (Unit::UrgentHour, _) => "个紧急工作时".to_owned(),
            (Unit::UrgentMinute, _) => "分钟（连续计）".to_owned(),
            (Unit::Year, _) => "年".to_owned(),
        };
        format!("{} {unit}", limit.n.in_unit(limit.unit))
    }

    /// Where a clock takes its limit from.
    pub fn limit_rule(&self, rule: &LimitRule) -> String {
        match rule {
            LimitRule::Fixed(limit) => self.limit(*limit),
            LimitRule::Field(field) => format!("{}“{}”", self.text.by_field, self.field(field)),
            LimitRule::CodeList { list, .. } => {
                let title = self.procedure.code_lists.get(list).map_or(list.as_str(), |list| &list.title);
                format!("{}《{title}》", self.text.by_list)
            }
        }
    }

    /// What starts or stops a clock.
    pub fn trigger(&self, trigger: &Trigger) -> String {
        match trigger {
            Trigger::Enter(state) => format!("{}“{}”", self.text.enter, self.state(state)),
            Trigger::Move(id) => format!("“{}”", self.mv(id)),
            Trigger::Event(name) => format!("{} {name}", self.text.event),
        }
    }

    /// Several of them.
    pub fn triggers(&self, triggers: &[Trigger]) -> String {
        self.join(triggers.iter().map(|trigger| self.trigger(trigger)))
    }

    /// Checks in words.
    pub fn checks(&self, checks: &[Check]) -> String {
        self.join(checks.iter().map(|check| in_words(self.lang, check.name()).to_owned()))
    }

    /// Effects in words.
    pub fn effects(&self, effects: &[Effect]) -> String {
        self.join(effects.iter().map(|effect| {
            let words = in_words(self.lang, effect.name());
            match effect {
                Effect::OpenCase { category } => format!("{words} {category}"),
                _ => words.to_owned(),
            }
        }))
    }

    /// How often a move may be made.
    pub fn move_limit(&self, mv: &Move) -> String {
        let Some(limit) = &mv.limit else { return String::new() };
        let times = self.labelled(self.text.at_most, &limit.times.to_string());
        let then =
            limit.then.as_ref().map(|id| format!("{}{}“{}”", self.text.semicolon, self.text.instead, self.mv(id)));
        format!("{times}{}", then.unwrap_or_default())
    }

    /// Conditions, all of which must hold.
    pub fn conditions(&self, conditions: &[Condition]) -> String {
        self.join(conditions.iter().map(|condition| {
            let field = if condition.f == "source" { self.text.source } else { self.field(&condition.f) };
            let value = self.value(&condition.f, &condition.v);
            match condition.op {
                Op::Eq => format!("{field}{}{value}", self.text.colon),
                op => format!("{field} {} {value}", op.as_str()),
            }
        }))
    }

    /// A value of a condition, by its title where it is a code or a source.
    fn value(&self, field: &str, value: &Param) -> String {
        match value {
            Param::Text(text) => self.code(field, text),
            Param::Int(n) => n.to_string(),
            Param::Decimal(n) => n.to_string(),
            Param::Bool(yes) => (if *yes { self.text.yes } else { self.text.no }).to_owned(),
            Param::List(list) => self.join(list.iter().map(|value| self.value(field, value))),
            Param::Table(_) => String::new(),
        }
    }

    fn code(&self, field: &str, code: &str) -> String {
        if field == "source" {
            let source = self.pack.sources.iter().find(|source| source.code == *code);
            return source.map_or_else(|| code.to_owned(), |source| source.title.clone());
        }
        let list = match self.procedure.field(field).map(|field| &field.kind) {
            Some(FieldKind::Code { list }) => self.procedure.code_lists.get(list),
            _ => None,
        };
        list.and_then(|list| list.get(code)).map_or_else(|| code.to_owned(), |row| row.title.clone())
    }

    fn join(&self, items: impl Iterator<Item = String>) -> String {
        items.collect::<Vec<_>>().join(self.text.comma)
    }
}
