//! Examples of an indicator: a few rows, one question, the values that must come out.

use std::{cell::Cell, collections::BTreeMap};

use guancheng_base::Name;
use guancheng_calendar::Calendar;
use guancheng_indicator::{
    Indicator, Period,
    evaluate::{Question, Value, evaluate},
    fact::{ColumnKind, Datum, OtherFact, Schema, schema},
    indicator::WHOLE,
};

use super::{exact, whole};
use crate::tree::{At, Scalar};

/// Runs the examples; what is not as expected is a fault at its place. An indicator without an example is not proved.
pub fn run(indicator: &Indicator, calendar: &Calendar, examples: Vec<At<'_>>) {
    for at in examples {
        let table = at.table("example of an indicator");
        let title = table.text("title");
        let by = table.maybe_text("by").unwrap_or_else(|| WHOLE.to_owned());
        let period = table.need("period").and_then(read_period);
        let as_of = table.need("as_of").and_then(|at| {
            let moment = calendar.parse_local(&at.time_text()?);
            moment.map_err(|error| at.fault(error.to_string())).ok()
        });
        let rows = table.need("row").map(|at| at.list()).unwrap_or_default();
        let reader = RowReader { schema: schema(&indicator.fact), calendar, failed: Cell::new(false) };
        let facts: Vec<OtherFact> = rows.into_iter().enumerate().flat_map(|(n, at)| reader.read(n, at)).collect();
        let (Some(period), Some(as_of), Some(expect)) = (period, as_of, table.need("expect")) else { continue };
        if reader.failed.get() {
            continue;
        }
        let question = Question { by: &by, period, as_of, calendar };
        match evaluate(indicator, &facts, &question) {
            Ok(values) => compare(&title, &values, expect),
            Err(error) => at.fault(format!("the example “{title}” cannot be asked: {error}")),
        }
    }
}

fn read_period(at: At<'_>) -> Option<Period> {
    Period::parse(&at.text()?).map_err(|error| at.fault(error.to_string())).ok()
}

/// `{ a = 66.67, b = "not_rated" }`: exactly these subjects with these values.
fn compare(title: &str, values: &BTreeMap<Name, Value>, expect: At<'_>) {
    let expected: BTreeMap<String, At<'_>> = expect.pairs().into_iter().collect();
    for (subject, at) in &expected {
        let got = values.get(subject.as_str());
        let wanted = match at.scalar() {
            Some(Scalar::Text(text)) if text == "not_rated" => None,
            _ => exact(*at),
        };
        if got.is_none_or(|got| got.value != wanted) {
            let told = got.map_or("nothing was counted".to_owned(), |got| got.explain.formula.clone());
            at.fault(format!("the example “{title}” fails for {subject}: {told}"));
        }
    }
    for (subject, value) in values.iter().filter(|(subject, _)| !expected.contains_key(subject.as_str())) {
        let told = &value.explain.formula;
        expect.fault(format!("the example “{title}” says nothing of {subject}: {told}"));
    }
}

struct RowReader<'r> {
    schema: Option<Schema>,
    calendar: &'r Calendar,
    /// Whether a row could not be read, so that what comes out says nothing.
    failed: Cell<bool>,
}

impl RowReader<'_> {
    /// One declared row, or `times` equal ones.
    fn read(&self, n: usize, at: At<'_>) -> Vec<OtherFact> {
        let mut times = 1;
        let mut values = BTreeMap::new();
        for (key, at) in at.pairs() {
            if key == "times" {
                times = whole(at).unwrap_or(1);
                continue;
            }
            match self.datum(&key, at) {
                Some(datum) => drop(values.insert(Name::from(key), datum)),
                None => self.failed.set(true),
            }
        }
        (0..times).map(|copy| OtherFact { row: format!("row:{n}.{copy}").into(), values: values.clone() }).collect()
    }

    fn datum(&self, key: &str, at: At<'_>) -> Option<Datum> {
        let kind = self.schema.and_then(|schema| schema.column(key)).map(|column| column.kind);
        if let (None, Some(schema)) = (kind, self.schema.filter(|schema| !schema.is_open())) {
            let names = schema.columns.into_iter().flatten().map(|column| column.name);
            let advice = crate::fault::nearest(key, names);
            at.fault_advise(format!("there is no column `{key}` in the facts `{}`", schema.id), advice);
            return None;
        }
        let Some(scalar) = at.scalar() else {
            at.fault("a single value is expected here");
            return None;
        };
        match (kind, scalar) {
            (Some(ColumnKind::Happened | ColumnKind::Planned), _) => self.moment(at),
            (Some(ColumnKind::Flag), _) => at.flag().map(Datum::Flag),
            (Some(ColumnKind::Number), _) => exact(at).map(Datum::Number),
            (Some(ColumnKind::Text), _) => at.name().map(Datum::Text),
            (Some(ColumnKind::Day), _) => at.day().map(Datum::Day),
            (None, Scalar::Flag(yes)) => Some(Datum::Flag(yes)),
            (None, Scalar::Int(_) | Scalar::Number(_)) => exact(at).map(Datum::Number),
            (None, Scalar::Text(text)) => Some(Datum::Text(text.into())),
            (None, Scalar::Time(text)) if text.len() == 10 => at.day().map(Datum::Day),
            (None, Scalar::Time(_)) => self.moment(at),
        }
    }

    fn moment(&self, at: At<'_>) -> Option<Datum> {
        let moment = self.calendar.parse_local(&at.time_text()?);
        moment.map(Datum::Moment).map_err(|error| at.fault(error.to_string())).ok()
    }
}
