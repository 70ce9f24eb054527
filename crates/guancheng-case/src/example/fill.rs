//! Values an example leaves out, and the reading of those it gives.

use std::collections::BTreeMap;

use guancheng_base::{Day, EvidenceId, Fen, Instant, LonLat, Name, OfficeId};

use super::Example;
use crate::{CodeLists, Field, FieldKind, LimitRule, Param, Params, Procedure, Value, params::Reader};

/// Words of an example that are no fields.
const WORDS: [&str; 5] = ["source", "registered", "limit", "party", "violation"];

/// Where examples happen.
pub(super) const HERE: LonLat = LonLat { lon: 100.0, lat: 30.0 };

/// The procedure as examples need it: people assign, and a given limit stands for what a code list would say.
pub(super) fn without_tables(procedure: &Procedure, example: &Example) -> Result<Procedure, Vec<String>> {
    let limit = match example.given.get("limit") {
        Some(Param::Table(table)) => Some(limit(table)?),
        Some(_) => return Err(vec!["given.limit must be { n, unit }".to_owned()]),
        None => None,
    };
    let mut procedure = procedure.clone();
    let parts = procedure.parts_mut();
    parts.assign = None;
    for clock in &mut parts.clocks {
        if let (LimitRule::CodeList { .. }, Some(limit)) = (&clock.limit, limit) {
            clock.limit = LimitRule::Fixed(limit);
        }
    }
    Ok(procedure)
}

fn limit(table: &Params) -> Result<guancheng_calendar::Limit, Vec<String>> {
    let mut reader = Reader::new(table);
    let limit = reader.limit();
    let faults = reader.finish();
    limit.filter(|_| faults.is_empty()).ok_or_else(|| faults.iter().map(ToString::to_string).collect())
}

/// The fields an example gives.
pub(super) fn opening(procedure: &Procedure, example: &Example) -> Result<BTreeMap<Name, Value>, String> {
    let given =
        example.given.iter().filter(|(key, _)| !WORDS.contains(&key.as_str()) || procedure.field(key).is_some());
    given.map(|(key, param)| field_value(procedure, key, param)).collect()
}

/// A given value as its field holds it; `overhauled` may stand for the field `overhauled_on`.
pub(super) fn field_value(procedure: &Procedure, key: &Name, param: &Param) -> Result<(Name, Value), String> {
    let on = format!("{key}_on");
    let field = procedure.field(key).or_else(|| procedure.field(&on));
    let field = field.ok_or_else(|| {
        let known = procedure.fields.iter().map(|field| field.id.as_str());
        format!("given.{key} is no field; {}", crate::did_you_mean(key, known))
    })?;
    let value = read(&field.kind, param);
    let value = value.ok_or_else(|| format!("given.{key} does not fit a {} field: {param:?}", field.kind.name()))?;
    Ok((field.id.clone(), value))
}

fn read(kind: &FieldKind, param: &Param) -> Option<Value> {
    match (kind, param) {
        (FieldKind::Text { .. } | FieldKind::Address, Param::Text(text)) => Some(Value::Text(text.clone())),
        (FieldKind::Int { .. }, Param::Int(n)) => Some(Value::Int(*n)),
        (FieldKind::Decimal { .. }, Param::Int(n)) => Some(Value::Decimal(*n as f64)),
        (FieldKind::Decimal { .. }, Param::Decimal(n)) => Some(Value::Decimal(*n)),
        (FieldKind::Money { .. }, Param::Int(yuan)) => Some(Value::Money(Fen::from_yuan(*yuan))),
        (FieldKind::Date, Param::Text(text)) => Day::parse(text).ok().map(Value::Date),
        (FieldKind::Moment, Param::Text(text)) => Instant::parse_rfc3339(text).ok().map(Value::Moment),
        (FieldKind::Bool, Param::Bool(yes)) => Some(Value::Bool(*yes)),
        (FieldKind::Code { .. }, Param::Text(code)) => Some(Value::Code(code.as_str().into())),
        (FieldKind::Ref { .. }, Param::Text(text)) => Some(Value::Ref(text.clone())),
        (FieldKind::Org, Param::Text(_)) => Some(Value::Org(OfficeId(1))),
        (FieldKind::Person, Param::Text(name)) => Some(Value::Person(name.clone())),
        (FieldKind::People { .. }, Param::List(names)) => {
            names.iter().map(text).collect::<Option<_>>().map(Value::People)
        }
        (FieldKind::File | FieldKind::Photo, Param::Text(_)) => Some(Value::File(EvidenceId(1))),
        _ => None,
    }
}

fn text(param: &Param) -> Option<String> {
    match param {
        Param::Text(text) => Some(text.clone()),
        _ => None,
    }
}

/// A plausible value for a field on `today`; `None` only for a code list without rows in use.
pub(super) fn plausible(field: &Field, lists: &CodeLists, today: Day) -> Option<Value> {
    Some(match &field.kind {
        FieldKind::Text { .. } | FieldKind::Address => Value::Text("例".to_owned()),
        FieldKind::Int { min, .. } => Value::Int(min.unwrap_or(1)),
        FieldKind::Decimal { min, .. } => Value::Decimal(min.unwrap_or(1.0)),
        FieldKind::Money { .. } => Value::Money(Fen::from_yuan(100)),
        FieldKind::Date => Value::Date(today.plus(14)),
        FieldKind::Moment => Value::Moment(Instant(i64::from(today.plus(14).0) * 86_400_000)),
        FieldKind::Bool => Value::Bool(true),
        FieldKind::Code { list } => {
            let list = lists.get(list)?;
            let mut rows = list.rows();
            Value::Code(rows.find(|row| list.is_leaf(&row.code) && row.valid_on(today))?.code.clone())
        }
        FieldKind::Ref { .. } => Value::Ref("1".to_owned()),
        FieldKind::Org => Value::Org(OfficeId(1)),
        FieldKind::Person => Value::Person("某人".to_owned()),
        FieldKind::People { min } => Value::People((1..=(*min).max(1)).map(|n| format!("某人{n}")).collect()),
        FieldKind::Point => Value::Point(HERE),
        FieldKind::Line => Value::Line(vec![HERE, LonLat { lon: HERE.lon + 0.001, ..HERE }]),
        FieldKind::File | FieldKind::Photo => Value::File(EvidenceId(1)),
    })
}
