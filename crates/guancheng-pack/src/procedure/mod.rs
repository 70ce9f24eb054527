//! `procedures/*.toml`: one file per version of a procedure. Here a file becomes [`Parts`]; the core proves them and
//! its faults are shown where the file says what it complains of; then the examples run.

mod clock;
mod example;
mod field;
mod lint;
mod moves;
mod progress;
mod state;

use std::{cell::Cell, collections::BTreeMap, sync::Arc};

use guancheng_base::{Day, Name};
use guancheng_calendar::Calendar;
use guancheng_case::{
    Assign, AssignTable, By, CodeLists, Example, NumberTemplate, Param, Params, Parts, Privacy, Procedure, Trigger,
    did_you_mean,
};
use guancheng_org::Roles;

use crate::{
    fault::{Fault, nearest},
    lists::{check_provenance, push},
    load::Declared,
    pack::{Labels, OfficeDecl},
    tree::{At, Document, Scalar, Sink, Table},
};

/// What a procedure may refer to.
pub struct Known<'k> {
    pub calendars: &'k BTreeMap<Name, Arc<Calendar>>,
    pub lists: &'k CodeLists,
    pub tables: &'k BTreeMap<Name, Arc<AssignTable>>,
    pub roles: &'k Roles,
    pub offices: &'k [OfficeDecl],
    pub sources: &'k [Name],
    pub currency: &'k str,
    pub declared: &'k Declared,
    pub hash: [u8; 32],
}

/// A read procedure with the examples that ran.
pub struct Read {
    pub procedure: Arc<Procedure>,
    pub examples: Vec<Example>,
}

/// Reads, proves and tries one file; `None` after a fault.
pub fn read(doc: &Document, sink: &Sink, known: &Known<'_>, labels: &mut Labels) -> Option<Read> {
    let before = sink.count();
    let whole = Cell::new(true);
    let (parts, examples) = {
        let table = doc.table("procedure", sink);
        table.expect_kind("procedure");
        let parts = read_parts(&table, known, &whole, labels);
        let examples = table.list("example");
        if examples.is_empty() {
            table.at().fault("a procedure needs at least one `example`: it is run whenever the pack is loaded");
        }
        (parts, examples.into_iter().map(example::read).collect::<Vec<_>>())
    };
    if sink.count() > before || !whole.get() {
        return None;
    }
    let procedure = match Procedure::build(parts?) {
        Ok(procedure) => procedure,
        Err(faults) => {
            faults.into_iter().for_each(|fault| push(sink, doc.spot(&fault.path), fault));
            return None;
        }
    };
    lint::run(&procedure, doc, sink, known);
    example::run(&procedure, &examples, doc, sink);
    Some(Read { procedure: Arc::new(procedure), examples })
}

fn read_parts(table: &Table<'_>, known: &Known<'_>, whole: &Cell<bool>, labels: &mut Labels) -> Option<Parts> {
    let id = table.name("id");
    let title = table.text("title");
    labels.know(id.as_str());
    let (basis, owner) = check_provenance(table, known.offices);
    let (valid_from, valid_to) = table.need("valid").map(read_valid).unwrap_or_default();
    let version = table.need("version").and_then(|at| positive(at)).unwrap_or(1);
    let number = table.need("number").and_then(read_number);
    let params = table.get("params").map(|at| at.pairs()).unwrap_or_default();
    let params: BTreeMap<Name, Params> = params.into_iter().map(|(key, at)| (key.into(), read_params(at))).collect();
    let reader = Reader { known, kind: &id, params: &params, whole };
    let calendar = table.need("calendar").and_then(|at| reader.find("calendar", "calendars", at, known.calendars));
    let (initial, privacy) = (table.name("initial"), read_privacy(table));
    let assign = table.get("assign").and_then(|at| read_assign(at, &reader));
    let progress = table.get("progress").map(progress::read);
    let discretion = table.list("discretion").into_iter().map(|at| state::read_discretion(at, &reader)).collect();
    let fields = table.list("field").into_iter().filter_map(|at| field::read(at, &reader, labels)).collect();
    let states = table.list("state").into_iter().map(|at| state::read(at, &reader, labels)).collect();
    let moves = table.list("move").into_iter().map(|at| moves::read(at, &reader, labels)).collect();
    let clocks = table.list("clock").into_iter().filter_map(|at| clock::read(at, &reader, labels)).collect();
    Some(Parts {
        title,
        version,
        hash: known.hash,
        valid_from: valid_from?,
        valid_to,
        basis,
        owner,
        initial,
        privacy,
        fields,
        states,
        moves,
        clocks,
        assign,
        progress,
        discretion,
        code_lists: known.lists.clone(),
        number: number?,
        calendar: calendar?,
        id: id.clone(),
        params: params.clone(),
    })
}

/// What the readers of the parts share.
pub struct Reader<'r> {
    pub known: &'r Known<'r>,
    pub kind: &'r Name,
    pub params: &'r BTreeMap<Name, Params>,
    /// Cleared when the procedure refers to a file that did not load: its faults are told, so no more is said here.
    pub whole: &'r Cell<bool>,
}

impl Reader<'_> {
    /// What another file of the pack declares.
    pub fn find<T>(&self, what: &str, folder: &str, at: At<'_>, known: &BTreeMap<Name, Arc<T>>) -> Option<Arc<T>> {
        let name = at.name()?;
        let found = known.get(&name).cloned();
        if found.is_none() {
            self.whole.set(false);
            if !self.known.declared.has(folder, &name) {
                let advice = nearest(&name, self.known.declared.ids(folder));
                at.fault_advise(format!("there is no {what} `{name}`"), advice);
            }
        }
        found
    }

    /// A role of the pack.
    pub fn role(&self, at: At<'_>, role: &str) -> Name {
        if self.known.roles.get(role).is_none() {
            let advice = nearest(role, self.known.roles.iter().map(|r| r.id.as_str()))
                .unwrap_or_else(|| "declare it in org/".to_owned());
            at.fault_advise(format!("there is no role `{role}`"), Some(advice));
        }
        role.into()
    }

    /// `role:x`, as in `approve`.
    pub fn role_ref(&self, at: At<'_>) -> Option<Name> {
        let text = at.text()?;
        match text.strip_prefix("role:") {
            Some(role) => Some(self.role(at, role)),
            None => {
                at.fault_advise(format!("`{text}` is no role"), Some(format!("write `role:{text}`")));
                None
            }
        }
    }

    /// Who may act: `role:x`, `system:x`, `holder`, `reporter`, `applicant`, `party`.
    pub fn by(&self, at: At<'_>) -> Option<By> {
        let text = at.text()?;
        match text.as_str() {
            "holder" => Some(By::Holder),
            "reporter" => Some(By::Reporter),
            "applicant" => Some(By::Applicant),
            "party" => Some(By::Party),
            other => match other.split_once(':') {
                Some(("role", role)) => Some(By::Role(self.role(at, role))),
                Some(("system", what)) => Some(By::System(what.into())),
                _ => {
                    let words = ["holder", "reporter", "applicant", "party", "role:…", "system:…"];
                    at.fault_advise(
                        format!("nobody is called `{other}`"),
                        Some(did_you_mean(other, words.into_iter())),
                    );
                    None
                }
            },
        }
    }

    /// `enter:state`, `move:id` or `event:name`.
    pub fn trigger(&self, at: At<'_>) -> Option<Trigger> {
        let text = at.text()?;
        let trigger = match text.split_once(':') {
            Some(("enter", state)) => Some(Trigger::Enter(state.into())),
            Some(("move", id)) => Some(Trigger::Move(id.into())),
            Some(("event", name)) => Some(Trigger::Event(name.into())),
            _ => None,
        };
        if trigger.is_none() {
            at.fault_advise(
                format!("`{text}` triggers nothing"),
                Some("write `enter:STATE`, `move:MOVE` or `event:NAME`".to_owned()),
            );
        }
        trigger
    }

    /// Roles in the list `key`.
    pub fn approvers(&self, table: &Table<'_>, key: &'static str) -> Vec<Name> {
        table.list(key).into_iter().filter_map(|at| self.role_ref(at)).collect()
    }

    /// The path of a title of this procedure.
    pub fn label(&self, what: &str, id: &str) -> String {
        format!("{}.{what}.{id}", self.kind)
    }
}

/// Anything a parameter can hold.
pub fn read_param(at: At<'_>) -> Param {
    match at.scalar() {
        Some(Scalar::Text(text) | Scalar::Time(text)) => Param::Text(text),
        Some(Scalar::Int(n)) => Param::Int(n),
        Some(Scalar::Number(n)) => Param::Decimal(n),
        Some(Scalar::Flag(yes)) => Param::Bool(yes),
        None if at.is_list() => Param::List(at.list().into_iter().map(read_param).collect()),
        None => Param::Table(read_params(at)),
    }
}

/// A table of parameters.
pub fn read_params(at: At<'_>) -> Params {
    at.pairs().into_iter().map(|(key, at)| (Name::from(key), read_param(at))).collect()
}

/// A whole number from 1 up.
pub fn positive(at: At<'_>) -> Option<u32> {
    let n = at.int()?;
    let fits = u32::try_from(n).ok().filter(|n| *n > 0);
    if fits.is_none() {
        at.fault(format!("{n} is out of range: a whole number from 1 up is expected"));
    }
    fits
}

fn read_valid(at: At<'_>) -> (Option<Day>, Option<Day>) {
    let table = at.table("validity");
    let (from, to) = (table.need("from").and_then(|at| at.day()), table.get("to").and_then(|at| at.day()));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        at.fault("the last day of validity is before the first");
    }
    (from, to)
}

fn read_number(at: At<'_>) -> Option<NumberTemplate> {
    match NumberTemplate::parse(&at.text()?) {
        Ok(number) => Some(number),
        Err(fault) => {
            at.fault_advise(fault.message, Some(fault.advice));
            None
        }
    }
}

fn read_privacy(table: &Table<'_>) -> Privacy {
    let Some(at) = table.get("privacy") else { return Privacy::Open };
    match at.text().as_deref() {
        Some("need_to_know") => Privacy::NeedToKnow,
        Some("open") | None => Privacy::Open,
        Some(other) => {
            at.fault(format!("`{other}` is no privacy: write open or need_to_know"));
            Privacy::NeedToKnow
        }
    }
}

fn read_assign(at: At<'_>, reader: &Reader<'_>) -> Option<Assign> {
    let table = at.table("assignment");
    let on = table.need("on").and_then(|at| reader.trigger(at));
    let found = table.need("table").and_then(|at| reader.find("assignment table", "assign", at, reader.known.tables));
    let (mv, set) = (table.name("move"), table.name("set"));
    let (category, place) = (table.name("category"), table.name("place"));
    let fallback = table.need("fallback").and_then(|at| reader.role_ref(at));
    Some(Assign { on: on?, mv, set, table: found?, category, place, fallback: fallback? })
}

/// A warning at `path` of a file.
pub fn warn(doc: &Document, sink: &Sink, path: &str, message: String, advice: &str) {
    sink.push(Fault::warning(doc.spot(path), message).advise(advice));
}
