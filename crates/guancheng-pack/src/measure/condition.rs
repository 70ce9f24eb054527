//! Conditions on facts: read, with every column looked up in its table.

use guancheng_base::Name;
use guancheng_indicator::fact::{Condition, Literal, Op, Operand, Schema};

use super::exact;
use crate::{
    fault::nearest,
    tree::{At, Scalar, Table},
};

/// The conditions in the list `key`.
pub fn read_all(table: &Table<'_>, key: &'static str, schema: Option<Schema>) -> Vec<Condition> {
    table.list(key).into_iter().filter_map(|at| read(at, schema)).collect()
}

fn read(at: At<'_>, schema: Option<Schema>) -> Option<Condition> {
    let table = at.table("condition on facts");
    let f = table.need("f").and_then(|at| column(at, schema));
    let op = table.need("op").and_then(read_op);
    let with = match (table.get("v"), table.get("ref")) {
        (Some(at), None) => value(at),
        (None, Some(at)) => reference(at, schema),
        (None, None) => {
            at.fault("a condition compares with a value `v` or with another column `ref`");
            None
        }
        (Some(_), Some(at)) => {
            at.fault("a condition has `v` or `ref`, not both");
            None
        }
    };
    Some(Condition { f: f?, op: op?, with: with? })
}

/// The name of a column of the table.
pub fn column(at: At<'_>, schema: Option<Schema>) -> Option<Name> {
    let name = at.name()?;
    if let Some(schema) = schema.filter(|schema| !schema.is_open() && schema.column(&name).is_none()) {
        let columns = schema.columns.into_iter().flatten().map(|column| column.name);
        at.fault_advise(format!("there is no column `{name}` in the facts `{}`", schema.id), nearest(&name, columns));
        return None;
    }
    Some(name)
}

fn read_op(at: At<'_>) -> Option<Op> {
    let text = at.text()?;
    let op = Op::parse(&text);
    if op.is_none() {
        let words = Op::ALL.map(|(word, _)| word).join(", ");
        at.fault_advise(format!("unknown comparison `{text}`"), Some(format!("it is one of {words}")));
    }
    op
}

fn reference(at: At<'_>, schema: Option<Schema>) -> Option<Operand> {
    match at.text()?.as_str() {
        "as_of" => Some(Operand::AsOf),
        _ => column(at, schema).map(Operand::Column),
    }
}

fn value(at: At<'_>) -> Option<Operand> {
    if at.is_list() {
        return Some(Operand::List(at.list().into_iter().filter_map(literal).collect()));
    }
    literal(at).map(Operand::One)
}

fn literal(at: At<'_>) -> Option<Literal> {
    match at.scalar() {
        Some(Scalar::Flag(yes)) => Some(Literal::Flag(yes)),
        Some(Scalar::Int(_) | Scalar::Number(_)) => exact(at).map(Literal::Number),
        Some(Scalar::Text(text) | Scalar::Time(text)) => Some(Literal::Text(text.into())),
        None => {
            at.fault("a text, a number, a date, true or false is expected here");
            None
        }
    }
}
