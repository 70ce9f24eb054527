//! Reading a vector key by key: a key nobody asks for is a typing mistake, and is told with those that are known.

use std::{cell::RefCell, collections::BTreeSet};

use guancheng_indicator::Exact;
use serde_json::{Map, Value};

/// Keys that say something to people and nothing to the check.
const REMARKS: [&str; 4] = ["note", "why", "source", "basis"];

/// An object with its place in the file.
pub struct Object<'j> {
    map: &'j Map<String, Value>,
    at: String,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'j> Object<'j> {
    /// The object in `value`, which stands at `at`.
    pub fn new(value: &'j Value, at: impl Into<String>) -> Result<Self, String> {
        let at = at.into();
        match value {
            Value::Object(map) => Ok(Object { map, at, asked: RefCell::default() }),
            _ => Err(format!("{at}: an object is expected here")),
        }
    }

    /// The value of `key`, if it is there.
    pub fn get(&self, key: &'static str) -> Option<&'j Value> {
        self.asked.borrow_mut().insert(key);
        self.map.get(key)
    }

    /// The value of a key that must be there.
    pub fn need(&self, key: &'static str) -> Result<&'j Value, String> {
        self.get(key).ok_or_else(|| format!("{}: `{key}` is missing", self.at))
    }

    /// The object in a key that must be there.
    pub fn object(&self, key: &'static str) -> Result<Object<'j>, String> {
        Object::new(self.need(key)?, self.path(key))
    }

    /// The text in a key that must be there.
    pub fn text(&self, key: &'static str) -> Result<&'j str, String> {
        self.need(key)?.as_str().ok_or_else(|| format!("{}: a text is expected here", self.path(key)))
    }

    /// One of the words of `all` in `key`, or `absent` if the key is not there.
    pub fn word<T: Copy>(&self, key: &'static str, all: &[(&str, T)], absent: Option<T>) -> Result<T, String> {
        let found = match (self.get(key), absent) {
            (None, Some(absent)) => return Ok(absent),
            _ => self.text(key)?,
        };
        let words = || all.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let known = all.iter().find(|(word, _)| *word == found).map(|(_, value)| *value);
        known.ok_or_else(|| format!("{}: unknown word {found:?}; it is one of {}", self.path(key), words()))
    }

    /// The number in a key that must be there.
    pub fn number(&self, key: &'static str) -> Result<Exact, String> {
        number(self.need(key)?, &self.path(key))
    }

    /// The number in `key`, if it is there.
    pub fn maybe_number(&self, key: &'static str) -> Result<Option<Exact>, String> {
        self.get(key).map(|value| number(value, &self.path(key))).transpose()
    }

    /// `true` or `false` in `key`; false if it is not there.
    pub fn flag(&self, key: &'static str) -> Result<bool, String> {
        match self.get(key) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| format!("{}: true or false is expected here", self.path(key))),
        }
    }

    /// The place of `key` in the file.
    pub fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.at)
    }

    /// Every entry, for objects whose keys are names.
    pub fn entries(&self) -> impl Iterator<Item = (&'j String, &'j Value)> {
        self.map.iter()
    }

    /// Refuses keys that nobody asked for, remarks apart.
    pub fn finish(&self) -> Result<(), String> {
        let asked = self.asked.borrow();
        let unknown = self.map.keys().find(|key| !asked.contains(key.as_str()) && !REMARKS.contains(&key.as_str()));
        match unknown {
            None => Ok(()),
            Some(key) => {
                let known = asked.iter().copied().collect::<Vec<_>>().join(", ");
                Err(format!("{}: unknown key `{key}`; there may be {known}", self.at))
            }
        }
    }
}

/// The list in `value`, with the place of each element.
pub fn list<'j>(value: &'j Value, at: &str) -> Result<Vec<(String, &'j Value)>, String> {
    let items = value.as_array().ok_or_else(|| format!("{at}: a list is expected here"))?;
    Ok(items.iter().enumerate().map(|(n, item)| (format!("{at}[{n}]"), item)).collect())
}

/// A number as it is written: JSON's text is read as a decimal, never as a binary fraction.
pub fn number(value: &Value, at: &str) -> Result<Exact, String> {
    match value {
        Value::Number(n) => Exact::parse(&n.to_string()).map_err(|error| format!("{at}: {error}")),
        _ => Err(format!("{at}: a number is expected here")),
    }
}

/// A number, or `null` for what is not rated.
pub fn maybe(value: &Value, at: &str) -> Result<Option<Exact>, String> {
    if value.is_null() { Ok(None) } else { number(value, at).map(Some) }
}
