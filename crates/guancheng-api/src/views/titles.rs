//! Titles of declared things in the reader's language.

use guancheng_app::City;
use guancheng_base::{CaseId, EvidenceId, Instant, LonLat, Name, OfficeId};
use guancheng_calendar::{Amount, Limit, Unit};
use guancheng_case::{ActorMark, Holder, Procedure, Value};
use guancheng_place::AreaCode;

use crate::{
    dto::{IdName, Moment, Point},
    lang::Lang,
};

/// The city's words in one language.
#[derive(Clone, Copy)]
pub struct Titles<'a> {
    /// The city.
    pub city: &'a City,
    /// The reader's language.
    pub lang: Lang,
}

impl Titles<'_> {
    /// A procedure.
    pub fn kind(&self, procedure: &Procedure) -> String {
        self.label(procedure.id.as_str(), &procedure.title)
    }

    /// A state.
    pub fn state(&self, procedure: &Procedure, id: &str) -> String {
        let own = procedure.state(id).map_or(id, |state| &state.title);
        self.label(&format!("{}.state.{id}", procedure.id), own)
    }

    /// What the public sees as the state; the state's own title where nothing is declared.
    pub fn public(&self, procedure: &Procedure, id: &str) -> String {
        match procedure.state(id).and_then(|state| state.public.as_deref()) {
            Some(own) => self.label(&format!("{}.public.{id}", procedure.id), own),
            None => self.state(procedure, id),
        }
    }

    /// A move.
    pub fn mv(&self, procedure: &Procedure, id: &str) -> String {
        let own = procedure.mv(id).map_or(id, |mv| &mv.title);
        self.label(&format!("{}.move.{id}", procedure.id), own)
    }

    /// A clock.
    pub fn clock(&self, procedure: &Procedure, id: &str) -> String {
        let own = procedure.clock(id).map_or(id, |clock| &clock.title);
        self.label(&format!("{}.clock.{id}", procedure.id), own)
    }

    /// A field.
    pub fn field(&self, procedure: &Procedure, id: &str) -> String {
        let own = procedure.field(id).map_or(id, |field| &field.title);
        self.label(&format!("{}.field.{id}", procedure.id), own)
    }

    /// A row of a code list.
    pub fn code(&self, list: &str, code: &str) -> String {
        let row = self.city.pack.code_lists.get(list).and_then(|list| list.get(code));
        self.label(&format!("{list}.{code}"), row.map_or(code, |row| &row.title))
    }

    /// A row of the code list of a procedure's field.
    pub fn field_code(&self, procedure: &Procedure, field: &str, code: &str) -> String {
        match procedure.field(field).map(|field| &field.kind) {
            Some(guancheng_case::FieldKind::Code { list }) => self.code(list, code),
            _ => code.to_owned(),
        }
    }

    /// A role.
    pub fn role(&self, role: &Name) -> String {
        self.city.role_title(self.lang.into(), role).to_owned()
    }

    /// An office, or its number where it is unknown.
    pub fn office(&self, id: OfficeId) -> String {
        let org = self.city.org();
        let Some(office) = org.office(id) else { return id.to_string() };
        self.label(&format!("office.{}", office.code), &office.name)
    }

    /// An office with its id.
    pub fn office_ref(&self, id: OfficeId) -> IdName {
        IdName { id: id.0, name: self.office(id) }
    }

    /// Whoever made something.
    pub fn mark(&self, mark: ActorMark) -> String {
        let name = match mark {
            ActorMark::Person(id) => format!("person:{id}"),
            ActorMark::Reporter => "reporter".to_owned(),
            ActorMark::System(_) => "system:".to_owned(),
        };
        guancheng_app::narrate::actor_name(self.city, &name, self.lang.into())
    }

    /// Who has to act in a state, where it is neither a role nor an office.
    pub fn other_holder(&self, holder: Option<&Holder>) -> String {
        let (zh, en) = match holder {
            Some(Holder::Applicant) => ("申请人", "the applicant"),
            Some(Holder::Party) => ("当事人", "the party"),
            Some(Holder::Parts) => ("会审单位", "the offices asked"),
            Some(Holder::Field(_)) => ("待定单位", "a unit to be named"),
            Some(Holder::Role(_) | Holder::None) | None => ("无（已办结）", "nobody (ended)"),
        };
        self.lang.pick(zh, en).to_owned()
    }

    /// The names of the areas of a cell, from the district down.
    pub fn area(&self, cell: i64) -> Option<String> {
        let code = AreaCode::new(cell).ok()?;
        let path = self.city.pack.places.areas().path(code);
        (!path.is_empty()).then(|| path.join(self.lang.pick("", ", ")))
    }

    /// An instant as the city's clocks show it.
    pub fn moment(&self, at: Instant) -> Moment {
        Moment(self.city.show(at))
    }

    /// A limit in words: `2 工作时`.
    pub fn limit(&self, limit: Limit) -> String {
        self.amount(limit.n, limit.unit)
    }

    /// An amount of a unit in words, to the tenth: what a reader can use.
    pub fn amount(&self, amount: Amount, unit: Unit) -> String {
        let tenth = (unit.ticks() / 10).max(1);
        let rounded = Amount((amount.0 + tenth / 2).div_euclid(tenth) * tenth);
        format!("{} {}", rounded.in_unit(unit), self.unit(unit))
    }

    fn unit(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::NaturalDay => self.lang.pick("自然日", "calendar days"),
            Unit::WorkDay => self.lang.pick("工作日", "working days"),
            Unit::WorkHour => self.lang.pick("工作时", "working hours"),
            Unit::UrgentHour => self.lang.pick("小时（昼夜计）", "hours, day and night"),
            Unit::UrgentMinute => self.lang.pick("分钟（昼夜计）", "minutes, day and night"),
            Unit::Year => self.lang.pick("年", "years"),
        }
    }

    /// A value for people: names instead of codes and ids.
    pub fn value(&self, procedure: &Procedure, field: &str, value: &Value) -> String {
        match value {
            Value::Code(code) => self.field_code(procedure, field, code),
            Value::Org(office) => self.office(*office),
            Value::Bool(yes) => self.lang.pick(["否", "是"], ["no", "yes"])[usize::from(*yes)].to_owned(),
            Value::Moment(at) => self.city.show(*at).replace('T', " ").chars().take(16).collect(),
            Value::Decimal(n) => match procedure.field(field).map(|field| &field.kind) {
                Some(guancheng_case::FieldKind::Decimal { unit, .. }) => format!("{n} {unit}"),
                _ => n.to_string(),
            },
            other => other.to_string(),
        }
    }

    fn label(&self, path: &str, own: &str) -> String {
        self.city.label(self.lang.into(), path, own).to_owned()
    }
}

/// A position on the wire.
pub fn point(at: LonLat) -> Point {
    Point([at.lon, at.lat])
}

/// Where a file is, for whoever uploaded it; with `case=` for those who may see the case.
pub fn file_url(id: EvidenceId) -> String {
    format!("{}/files/{id}", crate::routes::BASE)
}

/// Where a file of a case is.
pub fn case_file_url(id: EvidenceId, case: CaseId) -> String {
    format!("{}?case={case}", file_url(id))
}

/// Where the small picture of a file of a case is.
pub fn case_thumb_url(id: EvidenceId, case: CaseId) -> String {
    format!("{}/thumb?case={case}", file_url(id))
}
