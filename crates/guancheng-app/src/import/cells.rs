//! One row of a file, read by the declared transforms.

use std::collections::BTreeMap;

use guancheng_base::{Day, Fen, Instant, LonLat, Name, OfficeId};
use guancheng_case::{Field, FieldKind, Value};
use guancheng_pack::Source;

use crate::City;

/// A row with its headings.
pub struct Cells<'a> {
    /// The city whose codes, offices and zone the cells are read in.
    pub city: &'a City,
    /// Heading to position.
    pub columns: &'a BTreeMap<String, usize>,
    /// The cells.
    pub row: &'a [String],
}

impl Cells<'_> {
    /// The cell under that heading, trimmed; `None` for a short row.
    pub fn text(&self, column: &str) -> Option<&str> {
        self.columns.get(column).and_then(|at| self.row.get(*at)).map(|cell| cell.trim())
    }

    fn some(&self, column: &str) -> Option<&str> {
        self.text(column).filter(|text| !text.is_empty())
    }

    /// A local time in the city's zone; `None` for an empty cell.
    pub fn moment(&self, source: &Source) -> Result<Option<Instant>, String> {
        let Source::Datetime { column, format } = source else {
            return Err("a time needs the transform datetime".to_owned());
        };
        let Some(text) = self.some(column) else { return Ok(None) };
        let local = jiff::civil::DateTime::strptime(format, text)
            .map_err(|_| format!("{column}: {text:?} is not a time like {format}"))?;
        let seconds = u32::from(local.hour().unsigned_abs()) * 3600
            + u32::from(local.minute().unsigned_abs()) * 60
            + u32::from(local.second().unsigned_abs());
        Ok(Some(self.city.calendar().at_local(Day::from_civil(local.date()), seconds)))
    }

    /// A position; `None` where a number is missing or is none.
    pub fn position(&self, source: &Source) -> Option<LonLat> {
        let Source::LonLat { lon, lat } = source else { return None };
        let degrees = |column: &str, most: f64| self.some(column)?.parse().ok().filter(|n: &f64| n.abs() <= most);
        Some(LonLat { lon: degrees(lon, 180.0)?, lat: degrees(lat, 90.0)? })
    }

    /// A code: by the declared table, else by title, else as a code of the list.
    pub fn code(&self, city: &City, source: &Source) -> Option<Name> {
        match source {
            Source::Code { column, list, table } => {
                let text = self.some(column)?;
                let list = city.pack.code_lists.get(list);
                let declared = table.iter().find(|(from, _)| from == text).map(|(_, code)| code.clone());
                let by_title = || {
                    list.and_then(|list| {
                        list.rows().find(|row| row.title == text && list.is_leaf(&row.code)).map(|row| row.code.clone())
                    })
                };
                let by_code = || list.and_then(|list| list.get(text).map(|row| row.code.clone()));
                declared.or_else(by_title).or_else(by_code)
            }
            Source::Const(text) => Some(text.as_str().into()),
            Source::Text { column, .. } => self.some(column).map(Name::from),
            Source::Datetime { .. } | Source::Office { .. } | Source::LonLat { .. } => None,
        }
    }

    /// A value for a field; `None` for an empty cell. Adds a sentence to `repaired` for whatever it had to mend.
    ///
    /// # Errors
    /// What cannot be read, with the column and what would be right.
    pub fn value(&self, source: &Source, field: &Field, repaired: &mut Vec<String>) -> Result<Option<Value>, String> {
        match source {
            Source::Datetime { .. } => Ok(self.moment(source)?.map(|at| match field.kind {
                FieldKind::Date => Value::Date(self.city.day(at)),
                _ => Value::Moment(at),
            })),
            Source::LonLat { .. } => Ok(self.position(source).map(Value::Point)),
            Source::Office { column, table } => self.office(column, table),
            Source::Code { column, list, .. } => {
                let Some(text) = self.some(column) else { return Ok(None) };
                let code = self.code(self.city, source);
                code.map(|code| Some(Value::Code(code)))
                    .ok_or_else(|| format!("{column}: {text:?} is not in list {list}"))
            }
            Source::Const(text) => typed(text, field, "the mapping").map(Some),
            Source::Text { column, trim } => self.written(column, *trim, field, repaired),
        }
    }

    fn office(&self, column: &str, table: &[(String, Name)]) -> Result<Option<Value>, String> {
        let Some(text) = self.some(column) else { return Ok(None) };
        let code = table.iter().find(|(from, _)| from == text).map_or(text, |(_, code)| code.as_str());
        let office = self.city.pack.offices.iter().find(|office| office.code == *code).map(|office| office.id);
        let office: OfficeId = office.ok_or_else(|| format!("{column}: no office {text:?}"))?;
        Ok(Some(Value::Org(office)))
    }

    fn written(
        &self,
        column: &str,
        trim: bool,
        field: &Field,
        repaired: &mut Vec<String>,
    ) -> Result<Option<Value>, String> {
        let Some(text) = self.some(column) else { return Ok(None) };
        let mut text = text.to_owned();
        if trim {
            let single = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if single != text {
                repaired.push(format!("{column}: blanks were tidied"));
            }
            text = single;
        }
        if let FieldKind::Text { max } = field.kind
            && text.chars().count() > max
        {
            repaired.push(format!("{column}: cut to {max} characters"));
            text = text.chars().take(max).collect();
        }
        typed(&text, field, column).map(Some)
    }
}

fn typed(text: &str, field: &Field, column: &str) -> Result<Value, String> {
    let wrong = |what: &str| format!("{column}: {text:?} is not {what}");
    Ok(match field.kind {
        FieldKind::Int { .. } => Value::Int(text.parse().map_err(|_| wrong("a whole number"))?),
        FieldKind::Decimal { .. } => Value::Decimal(text.parse().map_err(|_| wrong("a number"))?),
        FieldKind::Money { .. } => {
            let amount: f64 = text.parse().map_err(|_| wrong("an amount"))?;
            Value::Money(Fen((amount * 100.0).round() as i64))
        }
        FieldKind::Date => Value::Date(Day::parse(text).map_err(|_| wrong("a date"))?),
        FieldKind::Bool => Value::Bool(text.parse().map_err(|_| wrong("true or false"))?),
        FieldKind::Code { .. } => Value::Code(text.into()),
        FieldKind::Ref { .. } => Value::Ref(text.to_owned()),
        FieldKind::Person => Value::Person(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    })
}
