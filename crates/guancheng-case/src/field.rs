//! Declared fields and what each accepts.

use guancheng_base::{Day, LonLat, Name};

use crate::{CodeLists, FieldFault, Text, Value};

/// The kinds of fields a pack may declare, each with its limits.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// Free text of at most `max` characters.
    Text {
        /// Characters.
        max: usize,
    },
    /// A whole number.
    Int {
        /// Smallest.
        min: Option<i64>,
        /// Largest.
        max: Option<i64>,
    },
    /// A measured number.
    Decimal {
        /// Smallest.
        min: Option<f64>,
        /// Largest.
        max: Option<f64>,
        /// Its unit, e.g. `m2`.
        unit: String,
    },
    /// Money; never below zero.
    Money {
        /// ISO 4217, e.g. `CNY`.
        currency: Name,
    },
    /// A civil date.
    Date,
    /// An instant.
    Moment,
    /// Yes or no.
    Bool,
    /// A row of a code list: a leaf, where the list has levels.
    Code {
        /// The list.
        list: Name,
    },
    /// A reference, e.g. to `register.grid` or `procedure.case`.
    Ref {
        /// What it refers to.
        to: Name,
    },
    /// An office.
    Org,
    /// A person.
    Person,
    /// People, at least `min` different ones.
    People {
        /// How many.
        min: usize,
    },
    /// A position.
    Point,
    /// A line.
    Line,
    /// A file.
    File,
    /// A photo.
    Photo,
    /// An address in words, at most 200 characters.
    Address,
}

/// A field that the kernel fills itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derive {
    /// The unit-grid cell of the case's position (`geo.grid_of`).
    GridOf,
}

/// A declared field of a procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its id.
    pub id: Name,
    /// Its title in the pack's language.
    pub title: String,
    /// What it accepts.
    pub kind: FieldKind,
    /// Personal or secret: shown to holders only, never public, never in exports without the right.
    pub sensitive: bool,
    /// Filled by the kernel, never by hand.
    pub derive: Option<Derive>,
}

/// The longest address, in characters.
pub const ADDRESS_MAX: usize = 200;
/// The most positions in a line.
pub const LINE_MAX: usize = 10_000;
/// The most people in a list.
pub const PEOPLE_MAX: usize = 50;

impl FieldKind {
    /// The name of the kind, as packs and clients write it.
    pub fn name(&self) -> &'static str {
        match self {
            FieldKind::Text { .. } => "text",
            FieldKind::Int { .. } => "int",
            FieldKind::Decimal { .. } => "decimal",
            FieldKind::Money { .. } => "money",
            FieldKind::Date => "date",
            FieldKind::Moment => "moment",
            FieldKind::Bool => "bool",
            FieldKind::Code { .. } => "code",
            FieldKind::Ref { .. } => "ref",
            FieldKind::Org => "org",
            FieldKind::Person => "person",
            FieldKind::People { .. } => "people",
            FieldKind::Point => "point",
            FieldKind::Line => "line",
            FieldKind::File => "file",
            FieldKind::Photo => "photo",
            FieldKind::Address => "address",
        }
    }
}

impl Field {
    /// Checks a value against the declaration, as of `today` for code lists.
    pub fn accepts(&self, value: &Value, lists: &CodeLists, today: Day) -> Result<(), FieldFault> {
        self.problem(value, lists, today).map_or(Ok(()), |text| Err(FieldFault { field: self.id.clone(), text }))
    }

    fn problem(&self, value: &Value, lists: &CodeLists, today: Day) -> Option<Text> {
        let title = &self.title;
        match (&self.kind, value) {
            (FieldKind::Text { max }, Value::Text(text)) => too_long(title, text, *max),
            (FieldKind::Address, Value::Text(text)) => too_long(title, text, ADDRESS_MAX),
            (FieldKind::Int { min, max }, Value::Int(n)) => {
                out_of_range(title, *n as f64, min.map(|n| n as f64), max.map(|n| n as f64), "")
            }
            (FieldKind::Decimal { min, max, unit }, Value::Decimal(n)) => out_of_range(title, *n, *min, *max, unit),
            (FieldKind::Decimal { min, max, unit }, Value::Int(n)) => out_of_range(title, *n as f64, *min, *max, unit),
            (FieldKind::Money { .. }, Value::Money(fen)) => out_of_range(title, fen.0 as f64, Some(0.0), None, "分"),
            (FieldKind::Code { list }, Value::Code(code)) => bad_code(title, list, code, lists, today),
            (FieldKind::People { min }, Value::People(people)) => bad_people(title, people, *min),
            (FieldKind::Point, Value::Point(at)) => bad_position(title, std::slice::from_ref(at)),
            (FieldKind::Line, Value::Line(line)) => bad_line(title, line),
            (FieldKind::Date, Value::Date(_))
            | (FieldKind::Moment, Value::Moment(_))
            | (FieldKind::Bool, Value::Bool(_))
            | (FieldKind::Org, Value::Org(_))
            | (FieldKind::File | FieldKind::Photo, Value::File(_)) => None,
            (FieldKind::Ref { .. }, Value::Ref(text)) | (FieldKind::Person, Value::Person(text)) => {
                too_long(title, text, ADDRESS_MAX)
            }
            (kind, value) => Some(Text::new(
                format!("“{title}”的类型应为 {}，收到的是 {}", kind.name(), value.kind()),
                format!("{title} must be of type {}, got {}", kind.name(), value.kind()),
            )),
        }
    }
}

fn too_long(title: &str, text: &str, max: usize) -> Option<Text> {
    let n = text.chars().count();
    (n > max).then(|| {
        Text::new(format!("“{title}”最多 {max} 字，现有 {n} 字"), format!("{title} takes {max} characters, has {n}"))
    })
}

fn out_of_range(title: &str, n: f64, min: Option<f64>, max: Option<f64>, unit: &str) -> Option<Text> {
    let fits = n.is_finite() && min.is_none_or(|min| n >= min) && max.is_none_or(|max| n <= max);
    let bound = |bound: Option<f64>, open: &str| bound.map_or(open.to_owned(), |bound| bound.to_string());
    (!fits).then(|| {
        let range = format!("{} – {} {unit}", bound(min, "-∞"), bound(max, "∞"));
        Text::new(format!("“{title}”应在 {range} 之间，现为 {n}"), format!("{title} must be in {range}, is {n}"))
    })
}

fn bad_code(title: &str, list: &Name, code: &Name, lists: &CodeLists, today: Day) -> Option<Text> {
    let Some(list) = lists.get(list) else {
        return Some(Text::new(format!("“{title}”的代码表 {list} 未装载"), format!("code list {list} is not loaded")));
    };
    let Some(row) = list.get(code) else {
        let zh = format!("“{title}”没有代码 {code}（代码表《{}》）", list.title);
        return Some(Text::new(zh, format!("{title}: no code {code} in list {}", list.id)));
    };
    if !row.valid_on(today) {
        let zh = format!("“{title}”的代码 {code} {} 在 {today} 不在有效期内", row.title);
        return Some(Text::new(zh, format!("{title}: code {code} is not valid on {today}")));
    }
    (!list.is_leaf(code)).then(|| {
        let zh = format!("“{title}”的代码 {code} {} 是类目，请选到最末一级", row.title);
        Text::new(zh, format!("{title}: {code} is a class; choose one of the rows below it"))
    })
}

fn bad_people(title: &str, people: &[String], min: usize) -> Option<Text> {
    let different: std::collections::BTreeSet<&str> = people.iter().map(|name| name.trim()).collect();
    let n = different.iter().filter(|name| !name.is_empty()).count();
    (n < min || people.len() > PEOPLE_MAX).then(|| {
        let zh = format!("“{title}”应为 {min} 至 {PEOPLE_MAX} 名不同的人，现有 {n} 名");
        Text::new(zh, format!("{title} needs {min} to {PEOPLE_MAX} different people, has {n}"))
    })
}

fn bad_position(title: &str, line: &[LonLat]) -> Option<Text> {
    let on_earth = |at: &LonLat| (-180.0..=180.0).contains(&at.lon) && (-90.0..=90.0).contains(&at.lat);
    (!line.iter().all(on_earth)).then(|| {
        let zh = format!("“{title}”的经度应在 ±180、纬度应在 ±90 之内");
        Text::new(zh, format!("{title}: longitude must be within ±180, latitude within ±90"))
    })
}

fn bad_line(title: &str, line: &[LonLat]) -> Option<Text> {
    if (2..=LINE_MAX).contains(&line.len()) {
        return bad_position(title, line);
    }
    let n = line.len();
    let zh = format!("“{title}”应有 2 至 {LINE_MAX} 个点，现有 {n} 个");
    Some(Text::new(zh, format!("{title} needs 2 to {LINE_MAX} points, has {n}")))
}
