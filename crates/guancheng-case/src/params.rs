//! Typed parameters of checks and effects, as a pack writes them, before they are read.

use std::collections::BTreeMap;

use guancheng_base::Name;
use guancheng_calendar::{Limit, Unit};

use crate::Fault;

/// A parameter value; what a pack file can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Param {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Decimal(f64),
    /// Yes or no.
    Bool(bool),
    /// A list.
    List(Vec<Param>),
    /// A table.
    Table(Params),
}

/// Parameters by name.
pub type Params = BTreeMap<Name, Param>;

/// Reads parameters one by one and notices those nobody asked for.
pub(crate) struct Reader<'a> {
    params: &'a Params,
    known: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(params: &'a Params) -> Self {
        Reader { params, known: Vec::new(), faults: Vec::new() }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Param> {
        self.known.push(key);
        self.params.get(key)
    }

    fn wrong(&mut self, key: &str, what: &str) {
        self.faults.push(Fault::new(key, format!("{key} must be {what}"), format!("write {key} = {what}")));
    }

    pub(crate) fn number(&mut self, key: &'static str) -> Option<f64> {
        match self.get(key)? {
            Param::Int(n) => Some(*n as f64),
            Param::Decimal(n) => Some(*n),
            _ => {
                self.wrong(key, "a number");
                None
            }
        }
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Option<&'a str> {
        match self.get(key)? {
            Param::Text(text) => Some(text),
            _ => {
                self.wrong(key, "text");
                None
            }
        }
    }

    pub(crate) fn list(&mut self, key: &'static str) -> Option<&'a [Param]> {
        match self.get(key)? {
            Param::List(list) => Some(list),
            _ => {
                self.wrong(key, "a list");
                None
            }
        }
    }

    pub(crate) fn table(&mut self, key: &'static str) -> Option<&'a Params> {
        match self.get(key)? {
            Param::Table(table) => Some(table),
            _ => {
                self.wrong(key, "a table");
                None
            }
        }
    }

    /// `n` and `unit` together.
    pub(crate) fn limit(&mut self) -> Option<Limit> {
        let n = self.number("n");
        let unit = self.text("unit");
        let (Some(n), Some(unit)) = (n, unit) else {
            self.faults.push(Fault::new("", "n and unit are missing", "write n = 1, unit = \"year\""));
            return None;
        };
        let limit =
            unit.parse::<Unit>().map_err(|e| e.to_string()).and_then(|u| Limit::new(n, u).map_err(|e| e.to_string()));
        limit.map_err(|message| self.faults.push(Fault::new("unit", message, "use a unit of time"))).ok()
    }

    /// Whether anything was read.
    pub(crate) fn asked(&self) -> bool {
        !self.known.is_empty()
    }

    pub(crate) fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// The faults found, with one for each parameter that nobody reads.
    pub(crate) fn finish(mut self) -> Vec<Fault> {
        for key in self.params.keys().filter(|key| !self.known.contains(&key.as_str())) {
            let advice = match self.known.is_empty() {
                true => "remove it: there are no parameters".to_owned(),
                false => crate::did_you_mean(key, self.known.iter().copied()),
            };
            self.faults.push(Fault::new(key.as_str(), format!("unknown parameter {key}"), advice));
        }
        self.faults
    }
}
