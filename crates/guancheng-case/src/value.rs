//! Values of case fields.

use guancheng_base::{Day, EvidenceId, Fen, Instant, LonLat, Name, OfficeId};

/// A value as it stands in a case.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Free text; also an address.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A measured number in the field's unit.
    Decimal(f64),
    /// Money.
    Money(Fen),
    /// A civil date.
    Date(Day),
    /// An instant.
    Moment(Instant),
    /// Yes or no.
    Bool(bool),
    /// A row of a code list.
    Code(Name),
    /// A row of a register, another case, or a grid cell.
    Ref(String),
    /// An office.
    Org(OfficeId),
    /// A natural or legal person by name, or `person:7` for one with a log-in.
    Person(String),
    /// Several people.
    People(Vec<String>),
    /// A position, CGCS2000.
    Point(LonLat),
    /// A line of positions.
    Line(Vec<LonLat>),
    /// A file in the evidence store.
    File(EvidenceId),
}

impl Value {
    /// The name of the kind of value, as in a pack's `type`.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Int(_) => "int",
            Value::Decimal(_) => "decimal",
            Value::Money(_) => "money",
            Value::Date(_) => "date",
            Value::Moment(_) => "moment",
            Value::Bool(_) => "bool",
            Value::Code(_) => "code",
            Value::Ref(_) => "ref",
            Value::Org(_) => "org",
            Value::Person(_) => "person",
            Value::People(_) => "people",
            Value::Point(_) => "point",
            Value::Line(_) => "line",
            Value::File(_) => "file",
        }
    }

    /// The value as a number, where it is one (money in yuan).
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Value::Int(n) => Some(*n as f64),
            Value::Decimal(n) => Some(*n),
            Value::Money(fen) => Some(fen.0 as f64 / 100.0),
            _ => None,
        }
    }

    /// The value as text, where it is text, a code, a reference or a person.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Ref(text) | Value::Person(text) => Some(text),
            Value::Code(code) => Some(code),
            _ => None,
        }
    }

    /// The civil date, where it is one.
    pub fn as_date(&self) -> Option<Day> {
        match self {
            Value::Date(day) => Some(*day),
            _ => None,
        }
    }

    /// The position: a point, or the first of a line.
    pub fn as_point(&self) -> Option<LonLat> {
        match self {
            Value::Point(at) => Some(*at),
            Value::Line(line) => line.first().copied(),
            _ => None,
        }
    }

    /// Whether nothing was said: empty text, nobody, no points.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Text(text) | Value::Ref(text) | Value::Person(text) => text.trim().is_empty(),
            Value::Code(code) => code.is_empty(),
            Value::People(people) => people.is_empty(),
            Value::Line(line) => line.is_empty(),
            _ => false,
        }
    }
}

impl std::fmt::Display for Value {
    /// As a log shows it: offices and files by id, instants in UTC. Titles belong to the view.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Text(text) | Value::Ref(text) | Value::Person(text) => f.write_str(text),
            Value::Int(n) => write!(f, "{n}"),
            Value::Decimal(n) => write!(f, "{n}"),
            Value::Money(fen) => write!(f, "{fen}"),
            Value::Date(day) => write!(f, "{day}"),
            Value::Moment(at) => f.write_str(&at.to_rfc3339_utc()),
            Value::Bool(yes) => write!(f, "{yes}"),
            Value::Code(code) => write!(f, "{code}"),
            Value::Org(office) => write!(f, "office:{office}"),
            Value::People(people) => f.write_str(&people.join("、")),
            Value::Point(at) => write!(f, "{:.6},{:.6}", at.lon, at.lat),
            Value::Line(line) => write!(f, "line of {} points", line.len()),
            Value::File(id) => write!(f, "file:{id}"),
        }
    }
}
