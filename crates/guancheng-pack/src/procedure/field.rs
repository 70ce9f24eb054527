//! Fields of a procedure.

use guancheng_base::Name;
use guancheng_case::{Derive, Field, FieldKind, did_you_mean};

use super::Reader;
use crate::{
    pack::Labels,
    tree::{At, Table},
};

/// The kinds a pack may declare.
const TYPES: [&str; 17] = [
    "text", "int", "decimal", "money", "date", "moment", "bool", "code", "ref", "org", "person", "people", "point",
    "line", "file", "photo", "address",
];

/// Kinds whose values are personal unless the pack says otherwise in so many words.
const PERSONAL: [&str; 3] = ["person", "people", "address"];

/// Reads one field; `None` after a fault in its kind.
pub fn read(at: At<'_>, reader: &Reader<'_>, labels: &mut Labels) -> Option<Field> {
    let table = at.table("field");
    let id = table.name("id");
    let title = table.text("title");
    labels.know(reader.label("field", &id));
    let kind = table.need("type").and_then(|at| Some((at.text()?, at)));
    let Some((name, at)) = kind else {
        table.give_up();
        return None;
    };
    let kind = read_kind(&name, at, &table, reader);
    let sensitive = table.get("sensitive").and_then(|at| at.flag());
    if sensitive.is_none() && PERSONAL.contains(&name.as_str()) {
        table.at().fault(format!("field `{id}` holds personal data: say `sensitive = true` or `false`"));
    }
    let derive = table.get("derive").and_then(read_derive);
    Some(Field { id, title, kind: kind?, sensitive: sensitive.unwrap_or(false), derive })
}

fn read_kind(name: &str, at: At<'_>, table: &Table<'_>, reader: &Reader<'_>) -> Option<FieldKind> {
    let int = |key| table.get(key).and_then(|at| at.int());
    let number = |key| table.get(key).and_then(|at| at.number());
    let size = |key| table.need(key).and_then(|at| super::positive(at)).map_or(0, |n| n as usize);
    Some(match name {
        "text" => FieldKind::Text { max: size("max") },
        "int" => FieldKind::Int { min: int("min"), max: int("max") },
        "decimal" => FieldKind::Decimal { min: number("min"), max: number("max"), unit: table.text("unit") },
        "money" => FieldKind::Money { currency: reader.known.currency.into() },
        "date" => FieldKind::Date,
        "moment" => FieldKind::Moment,
        "bool" => FieldKind::Bool,
        "code" => FieldKind::Code { list: table.need("codelist").and_then(|at| list(at, reader))? },
        "ref" => FieldKind::Ref { to: table.name("ref") },
        "org" => FieldKind::Org,
        "person" => FieldKind::Person,
        "people" => FieldKind::People { min: size("min") },
        "point" => FieldKind::Point,
        "line" => FieldKind::Line,
        "file" => FieldKind::File,
        "photo" => FieldKind::Photo,
        "address" => FieldKind::Address,
        other => {
            at.fault_advise(format!("there is no type `{other}`"), Some(did_you_mean(other, TYPES.into_iter())));
            table.give_up();
            return None;
        }
    })
}

fn list(at: At<'_>, reader: &Reader<'_>) -> Option<Name> {
    let found = reader.find("code list", "codelists", at, reader.known.lists)?;
    Some(found.id.clone())
}

fn read_derive(at: At<'_>) -> Option<Derive> {
    match at.text()?.as_str() {
        "geo.grid_of" => Some(Derive::GridOf),
        other => {
            at.fault_advise(format!("nothing is derived by `{other}`"), Some("known is: geo.grid_of".to_owned()));
            None
        }
    }
}
