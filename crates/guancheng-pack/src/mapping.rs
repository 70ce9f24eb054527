//! A declared mapping from the columns of somebody's file to the fields of a procedure. Invariant: a mapping names
//! columns and picks transforms from a closed list; it computes nothing.

use std::collections::BTreeMap;

use guancheng_base::Name;
use guancheng_case::{CodeList, FieldKind, Procedure};

use crate::{
    fault::{Fault, nearest},
    load::Declared,
    pack::{CaseSource, OfficeDecl, ProcedureFile},
    tree::{At, Document, Sink, Table},
};

/// How a file of cases is read into a procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// Its name, e.g. `cases_2015`.
    pub id: Name,
    /// For people.
    pub title: String,
    /// The procedure the rows become cases of.
    pub procedure: Name,
    /// The column that identifies a row, so that a second run of the same file changes nothing.
    pub key: String,
    /// When the case was opened.
    pub opened_at: Source,
    /// Where the case is.
    pub place: Option<Source>,
    /// Who or what reported it: a code of the procedure's sources.
    pub source: Option<Source>,
    /// The fields of the case, in the order of the file.
    pub fields: Vec<FieldMap>,
    /// The moves the file tells of, in the order in which they happened.
    pub moves: Vec<MoveMap>,
    /// The other system's own verdict on time, to compare with ours.
    pub verdict: Option<VerdictMap>,
}

/// One field of the case.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldMap {
    /// The field of the procedure.
    pub field: Name,
    /// Whether a row without a value is refused.
    pub required: bool,
    /// Where the value comes from.
    pub source: Source,
}

/// One move made at a time the file gives.
#[derive(Clone, Debug, PartialEq)]
pub struct MoveMap {
    /// The move of the procedure.
    pub id: Name,
    /// When it was made. The move is made only where this has a value.
    pub at: Source,
    /// Values the move asks for.
    pub fields: Vec<FieldMap>,
}

/// The verdict of the other system on one clock of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictMap {
    /// The clock it speaks of.
    pub clock: Name,
    /// The column.
    pub column: String,
    /// The word for "in time".
    pub on_time: String,
    /// The word for "late".
    pub late: String,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// The column as it is, trimmed when asked.
    Text {
        /// Heading of the column.
        column: String,
        /// Whether blanks at both ends are taken off and runs of blanks inside become one.
        trim: bool,
    },
    /// A local time in the city's zone.
    Datetime {
        /// Heading of the column.
        column: String,
        /// In the notation of strftime, e.g. `%m/%d/%Y %I:%M:%S %p`.
        format: String,
    },
    /// A code of a code list, found by its title or by a declared table.
    Code {
        /// Heading of the column.
        column: String,
        /// The code list.
        list: Name,
        /// (value in the file, code); what is not here is looked up by title, then by code.
        table: Vec<(String, Name)>,
    },
    /// An office of the pack, found by its code or by a declared table.
    Office {
        /// Heading of the column.
        column: String,
        /// (value in the file, office code).
        table: Vec<(String, Name)>,
    },
    /// Two columns with degrees.
    LonLat {
        /// Heading of the longitude column.
        lon: String,
        /// Heading of the latitude column.
        lat: String,
    },
    /// The same text for every row.
    Const(String),
}

impl Source {
    /// The columns it reads.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            Source::Text { column, .. }
            | Source::Datetime { column, .. }
            | Source::Code { column, .. }
            | Source::Office { column, .. } => vec![column],
            Source::LonLat { lon, lat } => vec![lon, lat],
            Source::Const(_) => Vec::new(),
        }
    }
}

impl Mapping {
    /// Every column the file must have.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns = vec![self.key.as_str()];
        columns.extend(self.opened_at.columns());
        columns.extend([&self.place, &self.source].into_iter().flatten().flat_map(Source::columns));
        columns.extend(self.fields.iter().flat_map(|f| f.source.columns()));
        for made in &self.moves {
            columns.extend(made.at.columns());
            columns.extend(made.fields.iter().flat_map(|f| f.source.columns()));
        }
        columns.extend(self.verdict.iter().map(|v| v.column.as_str()));
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// The code for a value of the file: by the declared table, then among the leaves by title, then by code.
pub fn find_code(list: &CodeList, table: &[(String, Name)], value: &str) -> Option<Name> {
    if let Some((_, code)) = table.iter().find(|(from, _)| from == value) {
        return Some(code.clone());
    }
    let leaves = || list.rows().filter(|row| list.is_leaf(&row.code));
    let found = leaves().find(|row| row.title == value).or_else(|| leaves().find(|row| row.code == *value));
    found.map(|row| row.code.clone())
}

/// The transforms a mapping may name.
const TRANSFORMS: [&str; 7] = ["text", "trim", "datetime", "code", "office", "lonlat", "const"];

/// Reads one mapping file.
pub fn read(doc: &Document, sink: &Sink) -> Mapping {
    let table = doc.table("mapping", sink);
    Mapping {
        id: table.name("id"),
        title: table.text("title"),
        procedure: table.name("procedure"),
        key: table.text("key"),
        opened_at: table.need("opened_at").map_or_else(nothing, read_source),
        place: table.get("place").map(read_source),
        source: table.get("source").map(read_source),
        fields: table.list("field").into_iter().map(read_field).collect(),
        moves: table.list("move").into_iter().map(read_move).collect(),
        verdict: table.get("verdict").map(read_verdict),
    }
}

/// Stands for a source after a fault.
fn nothing() -> Source {
    Source::Const(String::new())
}

fn read_source(at: At<'_>) -> Source {
    source_of(&at.table("mapped value"))
}

fn source_of(table: &Table<'_>) -> Source {
    let column = || table.text("column");
    let Some(at) = table.need("as") else {
        table.give_up();
        return nothing();
    };
    match at.text().as_deref() {
        Some("text") => Source::Text { column: column(), trim: false },
        Some("trim") => Source::Text { column: column(), trim: true },
        Some("datetime") => Source::Datetime { column: column(), format: table.text("format") },
        Some("code") => Source::Code { column: column(), list: table.name("list"), table: read_pairs(table) },
        Some("office") => Source::Office { column: column(), table: read_pairs(table) },
        Some("lonlat") => Source::LonLat { lon: table.text("lon"), lat: table.text("lat") },
        Some("const") => Source::Const(table.text("value")),
        Some(other) => {
            let advice = crate::fault::nearest(other, TRANSFORMS)
                .unwrap_or_else(|| format!("the transforms are: {}", TRANSFORMS.join(", ")));
            at.fault_advise(format!("unknown transform `{other}`"), Some(advice));
            table.give_up();
            nothing()
        }
        None => nothing(),
    }
}

fn read_pairs(table: &Table<'_>) -> Vec<(String, Name)> {
    let pairs = table.get("table").map(|at| at.pairs()).unwrap_or_default();
    pairs.into_iter().filter_map(|(from, at)| Some((from, at.name()?))).collect()
}

fn read_field(at: At<'_>) -> FieldMap {
    let table = at.table("mapped value");
    FieldMap { field: table.name("id"), required: table.flag("required"), source: source_of(&table) }
}

fn read_move(at: At<'_>) -> MoveMap {
    let table = at.table("mapped move");
    MoveMap {
        id: table.name("id"),
        at: table.need("at").map_or_else(nothing, read_source),
        fields: table.list("field").into_iter().map(read_field).collect(),
    }
}

fn read_verdict(at: At<'_>) -> VerdictMap {
    let table = at.table("verdict");
    VerdictMap {
        clock: table.name("clock"),
        column: table.text("column"),
        on_time: table.text("on_time"),
        late: table.text("late"),
    }
}

/// What a mapping may refer to.
pub struct Known<'k> {
    pub procedures: &'k BTreeMap<Name, Vec<ProcedureFile>>,
    pub offices: &'k [OfficeDecl],
    pub sources: &'k [CaseSource],
    pub declared: &'k Declared,
}

/// Checks a mapping against what it fills.
pub fn check(mapping: &Mapping, doc: &Document, known: &Known<'_>, sink: &Sink) {
    let Some(file) = known.procedures.get(&mapping.procedure).and_then(|versions| versions.last()) else {
        if !known.declared.has("procedures", &mapping.procedure) {
            let fault = Fault::error(doc.spot("procedure"), format!("there is no procedure `{}`", mapping.procedure));
            sink.push(fault.advise_maybe(nearest(&mapping.procedure, known.declared.ids("procedures"))));
        }
        return;
    };
    let checker = Checker { procedure: &file.procedure, doc, known, sink };
    checker.fields("", &mapping.fields);
    for (n, made) in mapping.moves.iter().enumerate() {
        let ids = checker.procedure.moves.iter().map(|mv| mv.id.as_str());
        checker.named(&format!("move[{n}].id"), "move", &made.id, ids);
        checker.datetime(&format!("move[{n}].at"), &made.at);
        checker.fields(&format!("move[{n}]."), &made.fields);
    }
    checker.datetime("opened_at", &mapping.opened_at);
    if let Some(verdict) = &mapping.verdict {
        let ids = checker.procedure.clocks.iter().map(|clock| clock.id.as_str());
        checker.named("verdict.clock", "clock", &verdict.clock, ids);
    }
    if let Some(source) = &mapping.source {
        checker.sources(source);
    }
}

struct Checker<'c> {
    procedure: &'c Procedure,
    doc: &'c Document,
    known: &'c Known<'c>,
    sink: &'c Sink,
}

impl Checker<'_> {
    fn named<'n>(&self, path: &str, what: &str, name: &str, known: impl Iterator<Item = &'n str>) {
        let known: Vec<&str> = known.collect();
        if !known.contains(&name) {
            let fault = Fault::error(self.doc.spot(path), format!("there is no {what} `{name}`"));
            self.sink.push(fault.advise_maybe(nearest(name, known)));
        }
    }

    fn fields(&self, prefix: &str, fields: &[FieldMap]) {
        for (n, map) in fields.iter().enumerate() {
            let path = format!("{prefix}field[{n}]");
            match self.procedure.field(&map.field) {
                Some(field) => self.transform(&path, &field.kind, &map.source),
                None => {
                    let ids = self.procedure.fields.iter().map(|field| field.id.as_str());
                    self.named(&format!("{path}.id"), "field", &map.field, ids);
                }
            }
        }
    }

    /// The transform must give what the field takes.
    fn transform(&self, path: &str, kind: &FieldKind, source: &Source) {
        let fits = match (source, kind) {
            (Source::Datetime { .. }, kind) => matches!(kind, FieldKind::Moment | FieldKind::Date),
            (Source::Code { list, .. }, FieldKind::Code { list: own }) => list == own,
            (Source::Office { .. }, kind) => matches!(kind, FieldKind::Org),
            (Source::LonLat { .. }, kind) => matches!(kind, FieldKind::Point),
            (Source::Text { .. } | Source::Const(_), kind) => {
                matches!(kind, FieldKind::Text { .. } | FieldKind::Address | FieldKind::Ref { .. } | FieldKind::Person)
            }
            (Source::Code { .. }, _) => false,
        };
        if !fits {
            let message = format!("this transform does not give what a field of type {} takes", kind.name());
            self.sink.push(Fault::error(self.doc.spot(&format!("{path}.as")), message));
        }
        if let Source::Office { table, .. } = source {
            for (_, code) in table {
                let codes = self.known.offices.iter().map(|office| office.code.as_str());
                self.named(&format!("{path}.table"), "office", code, codes);
            }
        }
        if let (Source::Code { table, .. }, FieldKind::Code { list }) = (source, kind) {
            let Some(list) = self.procedure.code_lists.get(list) else { return };
            for (_, code) in table {
                self.named(&format!("{path}.table"), "code", code, list.rows().map(|row| row.code.as_str()));
            }
        }
    }

    fn datetime(&self, path: &str, source: &Source) {
        if !matches!(source, Source::Datetime { .. }) {
            let fault = Fault::error(self.doc.spot(path), "a time is expected here");
            self.sink.push(fault.advise("write { as = \"datetime\", column = …, format = … }"));
        }
    }

    fn sources(&self, source: &Source) {
        let codes = || self.known.sources.iter().map(|source| source.code.as_str());
        match source {
            Source::Const(code) => self.named("source", "source", code, codes()),
            Source::Code { table, .. } => {
                table.iter().for_each(|(_, code)| self.named("source.table", "source", code, codes()));
            }
            _ => self.sink.push(
                Fault::error(self.doc.spot("source"), "a source is a code").advise("use `as = \"code\"` with a table"),
            ),
        }
    }
}
