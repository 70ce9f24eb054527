//! Field values as they come from a client or a file: JSON in, typed values out, each fault with its field.

use std::collections::BTreeMap;

use guancheng_base::{Day, ErrorCode, EvidenceId, Fen, Instant, LonLat, Name, OfficeId};
use guancheng_case::{Field, FieldFault, FieldKind, Procedure, Refusal, Text, Value};
use serde_json::Value as Json;

use crate::AppError;

/// Reads the fields of a request by their declarations; all faults at once.
///
/// Dates are `2014-09-26`, moments RFC 3339 with offset, money a number of whole units with at most two decimals,
/// positions `[lon, lat]`, offices and files their ids. `null` leaves a field out.
pub fn read(procedure: &Procedure, given: &BTreeMap<String, Json>) -> Result<BTreeMap<Name, Value>, AppError> {
    let mut values = BTreeMap::new();
    let mut faults = Vec::new();
    for (id, json) in given {
        match (procedure.field(id), json) {
            (_, Json::Null) => {}
            (None, _) => faults.push(unknown(procedure, id)),
            (Some(field), _) if field.derive.is_some() => faults.push(derived(field)),
            (Some(field), json) => match value(field, json) {
                Some(value) => drop(values.insert(field.id.clone(), value)),
                None => faults.push(wrong(field)),
            },
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(refusal(procedure, faults).into()) }
}

/// One value by its declaration; `None` when the JSON is not of its kind.
pub fn value(field: &Field, json: &Json) -> Option<Value> {
    let text = || json.as_str().map(str::to_owned);
    Some(match &field.kind {
        FieldKind::Text { .. } | FieldKind::Address => Value::Text(text()?),
        FieldKind::Int { .. } => Value::Int(json.as_i64()?),
        FieldKind::Decimal { .. } => Value::Decimal(json.as_f64().filter(|n| n.is_finite())?),
        FieldKind::Money { .. } => Value::Money(money(json)?),
        FieldKind::Date => Value::Date(Day::parse(json.as_str()?).ok()?),
        FieldKind::Moment => Value::Moment(Instant::parse_rfc3339(json.as_str()?).ok()?),
        FieldKind::Bool => Value::Bool(json.as_bool()?),
        FieldKind::Code { .. } => Value::Code(json.as_str()?.into()),
        FieldKind::Ref { .. } => {
            Value::Ref(json.as_str().map(str::to_owned).or_else(|| json.as_i64().map(|n| n.to_string()))?)
        }
        FieldKind::Org => Value::Org(OfficeId(json.as_i64()?)),
        FieldKind::Person => Value::Person(text()?),
        FieldKind::People { .. } => {
            Value::People(json.as_array()?.iter().map(|p| p.as_str().map(str::to_owned)).collect::<Option<_>>()?)
        }
        FieldKind::Point => Value::Point(position(json)?),
        FieldKind::Line => Value::Line(json.as_array()?.iter().map(position).collect::<Option<_>>()?),
        FieldKind::File | FieldKind::Photo => Value::File(EvidenceId(json.as_i64()?)),
    })
}

/// A value as the API shows it; the inverse of [`value`], with moments in UTC.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Ref(text) | Value::Person(text) => Json::from(text.as_str()),
        Value::Int(n) => Json::from(*n),
        Value::Decimal(n) => Json::from(*n),
        Value::Money(fen) => Json::from(fen.0 as f64 / 100.0),
        Value::Date(day) => Json::from(day.to_string()),
        Value::Moment(at) => Json::from(at.to_rfc3339_utc()),
        Value::Bool(yes) => Json::from(*yes),
        Value::Code(code) => Json::from(code.as_str()),
        Value::Org(OfficeId(id)) | Value::File(EvidenceId(id)) => Json::from(*id),
        Value::People(people) => Json::from(people.clone()),
        Value::Point(at) => Json::from(vec![at.lon, at.lat]),
        Value::Line(line) => Json::from(line.iter().map(|at| Json::from(vec![at.lon, at.lat])).collect::<Vec<_>>()),
    }
}

fn money(json: &Json) -> Option<Fen> {
    let fen = json.as_f64()? * 100.0;
    let whole = fen.round();
    let exact = (fen - whole).abs() < 1e-6 && whole.abs() < 9e15;
    exact.then_some(Fen(whole as i64))
}

fn position(json: &Json) -> Option<LonLat> {
    match json.as_array()?.as_slice() {
        [lon, lat] => Some(LonLat { lon: lon.as_f64()?, lat: lat.as_f64()? }),
        _ => None,
    }
}

fn unknown(procedure: &Procedure, id: &str) -> FieldFault {
    let known: Vec<&str> = procedure.fields.iter().map(|field| field.id.as_str()).collect();
    let advice = guancheng_case::did_you_mean(id, known.into_iter());
    let text = Text::new(format!("没有名为 {id} 的字段（{advice}）"), format!("there is no field {id} ({advice})"));
    FieldFault { field: id.into(), text }
}

fn derived(field: &Field) -> FieldFault {
    let text = Text::new(format!("“{}”由系统填写", field.title), format!("{} is filled by the system", field.title));
    FieldFault { field: field.id.clone(), text }
}

fn wrong(field: &Field) -> FieldFault {
    let (zh, en) = shape(&field.kind);
    let text = Text::new(format!("“{}”应为{zh}", field.title), format!("{} must be {en}", field.title));
    FieldFault { field: field.id.clone(), text }
}

/// What the JSON of a kind looks like.
fn shape(kind: &FieldKind) -> (&'static str, &'static str) {
    match kind {
        FieldKind::Text { .. } | FieldKind::Address | FieldKind::Person => ("文字", "text"),
        FieldKind::Int { .. } => ("整数", "a whole number"),
        FieldKind::Decimal { .. } => ("数字", "a number"),
        FieldKind::Money { .. } => ("金额（元，最多两位小数）", "an amount with at most two decimals"),
        FieldKind::Date => ("日期，如 2014-09-26", "a date like 2014-09-26"),
        FieldKind::Moment => {
            ("带时区的时刻，如 2014-09-26T16:40:00+08:00", "an instant like 2014-09-26T16:40:00+08:00")
        }
        FieldKind::Bool => ("true 或 false", "true or false"),
        FieldKind::Code { .. } => ("代码", "a code"),
        FieldKind::Ref { .. } => ("编号", "a reference"),
        FieldKind::Org => ("单位的编号（整数）", "an office's id (a whole number)"),
        FieldKind::People { .. } => ("姓名的列表", "a list of names"),
        FieldKind::Point => ("[经度, 纬度]", "[longitude, latitude]"),
        FieldKind::Line => ("[经度, 纬度] 的列表", "a list of [longitude, latitude]"),
        FieldKind::File | FieldKind::Photo => {
            ("已上传文件的编号（整数）", "the id of an uploaded file (a whole number)")
        }
    }
}

fn refusal(procedure: &Procedure, fields: Vec<FieldFault>) -> Refusal {
    let zh: Vec<&str> = fields.iter().map(|fault| fault.text.zh.as_str()).collect();
    let en: Vec<&str> = fields.iter().map(|fault| fault.text.en.as_str()).collect();
    let text = Text::new(zh.join("；"), en.join("; "));
    let basis = procedure.basis.clone();
    Refusal { fields, version: procedure.version, basis, ..Refusal::new(ErrorCode::FieldInvalid, text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn field(kind: FieldKind) -> Field {
        Field { id: "f".into(), title: "字段".to_owned(), kind, sensitive: false, derive: None }
    }

    #[test]
    fn every_kind_reads_back_what_it_shows() {
        let text = FieldKind::Text { max: 10 };
        let money = FieldKind::Money { currency: "CNY".into() };
        let list = FieldKind::Code { list: "reason".into() };
        let cases = [
            (text, json!("井盖")),
            (FieldKind::Int { min: None, max: None }, json!(3)),
            (money, json!(12.5)),
            (FieldKind::Date, json!("2014-09-28")),
            (FieldKind::Moment, json!("2014-09-28T01:40:00Z")),
            (FieldKind::Bool, json!(true)),
            (list, json!("a.1")),
            (FieldKind::Org, json!(7)),
            (FieldKind::People { min: 2 }, json!(["甲", "乙"])),
            (FieldKind::Point, json!([113.6, 34.7])),
            (FieldKind::Line, json!([[113.6, 34.7], [113.7, 34.7]])),
            (FieldKind::Photo, json!(9)),
        ];
        for (kind, json) in cases {
            let read = value(&field(kind), &json).unwrap_or_else(|| panic!("{json} was not read"));
            assert_eq!(to_json(&read), json);
        }
    }

    #[test]
    fn what_is_not_of_the_kind_is_not_read() {
        let money = FieldKind::Money { currency: "CNY".into() };
        let cases = [
            (FieldKind::Int { min: None, max: None }, json!(1.5)),
            (money, json!(0.001)),
            (FieldKind::Date, json!("28.09.2014")),
            (FieldKind::Moment, json!("2014-09-28T01:40:00")),
            (FieldKind::Point, json!([113.6])),
            (FieldKind::People { min: 1 }, json!("甲")),
            (FieldKind::Bool, json!("true")),
        ];
        for (kind, json) in cases {
            assert_eq!(value(&field(kind), &json), None, "{json}");
        }
    }
}
