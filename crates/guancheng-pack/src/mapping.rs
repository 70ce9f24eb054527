//! A declared mapping from the columns of somebody's file to the fields of a procedure. Invariant: a mapping names
//! columns and picks transforms from a closed list; it computes nothing.

use guancheng_base::Name;

use crate::tree::{At, Document, Sink, Table};

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
