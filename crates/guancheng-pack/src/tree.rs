//! A TOML document read key by key. Invariant: every key is asked for by name or reported as unknown, at any depth,
//! and reading goes on after a fault so that all faults come out at once. No other module knows TOML.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use guancheng_base::{Day, Name};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::fault::{Fault, SourceFile, Spot, nearest};

/// A key of the schema: the table it stands in and its name, e.g. (`move`, `require`).
pub type SchemaKey = (&'static str, &'static str);

/// Collects faults, and which keys of the schema were asked for and which were there.
#[derive(Debug, Default)]
pub struct Sink {
    faults: RefCell<Vec<Fault>>,
    keys: RefCell<BTreeMap<SchemaKey, bool>>,
}

impl Sink {
    /// Takes one fault.
    pub fn push(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    /// All faults so far, leaving none.
    pub fn take(&self) -> Vec<Fault> {
        self.faults.take()
    }

    /// How many faults there are so far.
    pub fn count(&self) -> usize {
        self.faults.borrow().len()
    }

    /// Every key of the schema met so far, and whether any file uses it.
    pub fn keys(&self) -> BTreeMap<SchemaKey, bool> {
        self.keys.borrow().clone()
    }

    fn met(&self, kind: &'static str, key: &'static str, there: bool) {
        *self.keys.borrow_mut().entry((kind, key)).or_default() |= there;
    }
}

/// A value with its place.
#[derive(Clone, Debug)]
struct Node {
    span: Range<usize>,
    value: Value,
}

#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Int(i64),
    Float(f64),
    Bool(bool),
    /// A date, a time of day or both, as written.
    Time(String),
    Array(Vec<Node>),
    Table(Vec<Entry>),
}

#[derive(Clone, Debug)]
struct Entry {
    key: String,
    key_span: Range<usize>,
    node: Node,
}

impl Value {
    fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Int(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::Time(_) => "a date or time",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// One parsed file.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub file: Arc<SourceFile>,
    root: Node,
}

impl Document {
    /// Parses `file`; syntax faults go to `sink` and what could be read is kept.
    pub fn parse(file: Arc<SourceFile>, sink: &Sink) -> Self {
        let (root, errors) = DeTable::parse_recoverable(&file.text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            sink.push(Fault::error(Spot { file: file.clone(), span }, error.message()));
        }
        let span = 0..file.text.lines().next().map_or(0, str::len);
        let root = Node { span, value: Value::Table(entries(root.into_inner())) };
        Document { file, root }
    }

    /// The whole document as a table of `kind`.
    pub fn table<'a>(&'a self, kind: &'static str, sink: &'a Sink) -> Table<'a> {
        At { node: &self.root, file: &self.file, sink }.table(kind)
    }

    /// Whether the file says it is of that kind.
    pub fn is_kind(&self, kind: &str) -> bool {
        self.root.child("kind").is_some_and(|node| node.is_text(kind))
    }

    /// What the file calls itself.
    pub fn id(&self) -> Option<String> {
        match &self.root.child("id")?.value {
            Value::Text(id) => Some(id.clone()),
            _ => None,
        }
    }

    /// The place of `path` (`move[3].to`, `state[filed].holder`), or of the nearest thing above it. Elements of a
    /// list are named by position or by their `id`.
    pub fn spot(&self, path: &str) -> Spot {
        let mut node = &self.root;
        let steps = path.split(['.', '[']).map(|s| s.trim_end_matches(']')).filter(|s| !s.is_empty());
        for step in steps {
            match node.child(step) {
                Some(child) => node = child,
                None => break,
            }
        }
        Spot { file: self.file.clone(), span: node.span.clone() }
    }
}

impl Node {
    fn child(&self, step: &str) -> Option<&Node> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|e| e.key == step).map(|e| &e.node),
            Value::Array(items) => {
                let by_id = items.iter().find(|n| n.child("id").is_some_and(|id| id.is_text(step)));
                by_id.or_else(|| items.get(step.parse::<usize>().ok()?))
            }
            _ => None,
        }
    }

    fn is_text(&self, text: &str) -> bool {
        matches!(&self.value, Value::Text(t) if t == text)
    }
}

/// Entries in the order of the file.
fn entries(table: DeTable<'_>) -> Vec<Entry> {
    let entry = |(key, value): (Spanned<std::borrow::Cow<'_, str>>, Spanned<DeValue<'_>>)| {
        let key_span = key.span();
        Entry { key: key.into_inner().into_owned(), key_span, node: node(value) }
    };
    let mut entries: Vec<Entry> = table.into_iter().map(entry).collect();
    entries.sort_by_key(|e| e.key_span.start);
    entries
}

fn node(value: Spanned<DeValue<'_>>) -> Node {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        // A number too large for its type is kept as text, so that asking for a number names the fault.
        DeValue::Integer(n) => {
            i64::from_str_radix(n.as_str(), n.radix()).map_or_else(|_| Value::Text(n.as_str().to_owned()), Value::Int)
        }
        DeValue::Float(n) => n.as_str().parse().map_or_else(|_| Value::Text(n.as_str().to_owned()), Value::Float),
        DeValue::Boolean(yes) => Value::Bool(yes),
        DeValue::Datetime(time) => Value::Time(time.to_string()),
        DeValue::Array(items) => Value::Array(items.into_iter().map(node).collect()),
        DeValue::Table(table) => Value::Table(entries(table)),
    };
    Node { span, value }
}

/// A value where it stands.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    node: &'a Node,
    file: &'a Arc<SourceFile>,
    sink: &'a Sink,
}

impl<'a> At<'a> {
    /// Its place.
    pub fn spot(&self) -> Spot {
        Spot { file: self.file.clone(), span: self.node.span.clone() }
    }

    /// Reports a fault here.
    pub fn fault(&self, message: impl Into<String>) {
        self.sink.push(Fault::error(self.spot(), message));
    }

    /// Reports a fault here with advice.
    pub fn fault_advise(&self, message: impl Into<String>, advice: Option<String>) {
        self.sink.push(Fault::error(self.spot(), message).advise_maybe(advice));
    }

    fn expected(&self, what: &str) {
        self.fault(format!("{what} is expected here, not {}", self.node.value.kind()));
    }

    /// A text that is not empty.
    pub fn text(&self) -> Option<String> {
        match &self.node.value {
            Value::Text(text) if text.trim().is_empty() => self.fault("this text must not be empty"),
            Value::Text(text) => return Some(text.clone()),
            _ => self.expected("a text"),
        }
        None
    }

    /// An identifier.
    pub fn name(&self) -> Option<Name> {
        self.text().map(Name::from)
    }

    /// A whole number.
    pub fn int(&self) -> Option<i64> {
        match self.node.value {
            Value::Int(n) => Some(n),
            _ => {
                self.expected("a whole number");
                None
            }
        }
    }

    /// A number, whole or not.
    pub fn number(&self) -> Option<f64> {
        match self.node.value {
            Value::Int(n) => Some(n as f64),
            Value::Float(n) => Some(n),
            _ => {
                self.expected("a number");
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        match self.node.value {
            Value::Bool(yes) => Some(yes),
            _ => {
                self.expected("true or false");
                None
            }
        }
    }

    /// A date, bare or in quotes.
    pub fn day(&self) -> Option<Day> {
        let text = match &self.node.value {
            Value::Time(text) | Value::Text(text) => text,
            _ => {
                self.expected("a date");
                return None;
            }
        };
        let day = Day::parse(text).ok();
        if day.is_none() {
            self.fault(format!("`{text}` is not a date; write it as 2014-09-26"));
        }
        day
    }

    /// A date, a time or an instant as it is written.
    pub fn time_text(&self) -> Option<String> {
        match &self.node.value {
            Value::Time(text) | Value::Text(text) => Some(text.clone()),
            _ => {
                self.expected("a date or time");
                None
            }
        }
    }

    /// A text, number, flag or date of whatever kind, as text.
    pub fn scalar(&self) -> Option<Scalar> {
        match &self.node.value {
            Value::Text(text) => Some(Scalar::Text(text.clone())),
            Value::Int(n) => Some(Scalar::Int(*n)),
            Value::Float(n) => Some(Scalar::Number(*n)),
            Value::Bool(yes) => Some(Scalar::Flag(*yes)),
            Value::Time(text) => Some(Scalar::Time(text.clone())),
            Value::Array(_) | Value::Table(_) => None,
        }
    }

    /// The elements of a list.
    pub fn list(&self) -> Vec<At<'a>> {
        match &self.node.value {
            Value::Array(items) => items.iter().map(|node| At { node, ..*self }).collect(),
            _ => {
                self.expected("a list");
                Vec::new()
            }
        }
    }

    /// Whether a list, a table or a single value stands here.
    pub fn is_list(&self) -> bool {
        matches!(self.node.value, Value::Array(_))
    }

    /// Whether a table stands here.
    pub fn is_table(&self) -> bool {
        matches!(self.node.value, Value::Table(_))
    }

    /// Whether a text stands here.
    pub fn is_text(&self) -> bool {
        matches!(self.node.value, Value::Text(_))
    }

    /// The keys and values of a table whose keys are names of the pack, not words of the schema.
    pub fn pairs(&self) -> Vec<(String, At<'a>)> {
        match &self.node.value {
            Value::Table(entries) => entries.iter().map(|e| (e.key.clone(), At { node: &e.node, ..*self })).collect(),
            _ => {
                self.expected("a table");
                Vec::new()
            }
        }
    }

    /// A table of `kind`, the word under which its keys are counted.
    pub fn table(self, kind: &'static str) -> Table<'a> {
        let entries: &'a [Entry] = match &self.node.value {
            Value::Table(entries) => entries,
            _ => {
                self.expected("a table");
                &[]
            }
        };
        Table {
            kind,
            at: self,
            entries,
            asked: RefCell::default(),
            columns: RefCell::default(),
            given_up: Cell::new(false),
        }
    }
}

/// A single value of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date or a local time as written.
    Time(String),
}

/// A table whose keys are words of the schema. Reports what nobody asked for when it is dropped.
#[derive(Debug)]
pub struct Table<'a> {
    kind: &'static str,
    at: At<'a>,
    entries: &'a [Entry],
    asked: RefCell<BTreeSet<&'static str>>,
    /// Keys that a pack declares itself: the columns of a code list.
    columns: RefCell<BTreeSet<String>>,
    given_up: Cell<bool>,
}

impl<'a> Table<'a> {
    /// The table itself.
    pub fn at(&self) -> At<'a> {
        self.at
    }

    /// Says that this table was not read to its end, so that its other keys are not called unknown.
    pub fn give_up(&self) {
        self.given_up.set(true);
    }

    /// The value of `key`, if it is there.
    pub fn get(&self, key: &'static str) -> Option<At<'a>> {
        self.asked.borrow_mut().insert(key);
        let entry = self.entries.iter().find(|e| e.key == key);
        self.at.sink.met(self.kind, key, entry.is_some());
        entry.map(|e| At { node: &e.node, ..self.at })
    }

    /// The value of a key that the pack itself declared: a column of a code list.
    pub fn column(&self, key: &str) -> Option<At<'a>> {
        self.columns.borrow_mut().insert(key.to_owned());
        let entry = self.entries.iter().find(|e| e.key == key);
        entry.map(|e| At { node: &e.node, ..self.at })
    }

    /// The value of `key`; its absence is a fault.
    pub fn need(&self, key: &'static str) -> Option<At<'a>> {
        let found = self.get(key);
        if found.is_none() {
            self.at.fault(format!("the {} needs a `{key}`", self.kind));
        }
        found
    }

    /// Checks the `kind` a file says of itself.
    pub fn expect_kind(&self, kind: &str) {
        let Some(at) = self.need("kind") else { return };
        if let Some(other) = at.text().filter(|other| other != kind) {
            at.fault(format!("this folder holds files of kind {kind}, not {other}"));
        }
    }

    /// The text of a needed key; empty after a fault.
    pub fn text(&self, key: &'static str) -> String {
        self.need(key).and_then(|at| at.text()).unwrap_or_default()
    }

    /// The text of `key`.
    pub fn maybe_text(&self, key: &'static str) -> Option<String> {
        self.get(key)?.text()
    }

    /// The name in a needed key; empty after a fault.
    pub fn name(&self, key: &'static str) -> Name {
        Name::from(self.text(key))
    }

    /// The name in `key`.
    pub fn maybe_name(&self, key: &'static str) -> Option<Name> {
        self.get(key)?.name()
    }

    /// The flag in `key`, false when absent.
    pub fn flag(&self, key: &'static str) -> bool {
        self.get(key).and_then(|at| at.flag()).unwrap_or(false)
    }

    /// The elements of `key`, none when absent.
    pub fn list(&self, key: &'static str) -> Vec<At<'a>> {
        self.get(key).map(|at| at.list()).unwrap_or_default()
    }

    /// The texts in the list `key`.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.list(key).iter().filter_map(At::text).collect()
    }

    /// The names in the list `key`.
    pub fn names(&self, key: &'static str) -> Vec<Name> {
        self.list(key).iter().filter_map(At::name).collect()
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        if self.given_up.get() {
            return;
        }
        let columns = self.columns.borrow();
        let asked: BTreeSet<&str> =
            self.asked.borrow().iter().copied().chain(columns.iter().map(String::as_str)).collect();
        for entry in self.entries.iter().filter(|e| !asked.contains(e.key.as_str())) {
            let spot = Spot { file: self.at.file.clone(), span: entry.key_span.clone() };
            let known = || asked.iter().copied().collect::<Vec<_>>().join(", ");
            let advice = nearest(&entry.key, asked.iter().copied())
                .unwrap_or_else(|| format!("a {} may have: {}", self.kind, known()));
            let message = format!("unknown key `{}` in a {}", entry.key, self.kind);
            self.at.sink.push(Fault::error(spot, message).advise(advice));
        }
    }
}
