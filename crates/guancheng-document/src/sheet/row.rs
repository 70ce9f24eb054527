//! A row as the importer asks for it: by key and by the type it needs, with an error that names the cell.

use std::collections::BTreeMap;
use std::sync::Arc;

use guancheng_base::Day;

use super::error::{CellError, Reason, Shape};
use super::value::{Value, date_of, decimal_of};
use crate::write::Decimal;

/// Where the columns that were found stand.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    /// The sheet.
    pub sheet: String,
    /// Key → letters and head as it stands in the file.
    pub columns: BTreeMap<String, (String, String)>,
}

/// One row below the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub(super) number: u32,
    pub(super) head: Arc<Head>,
    pub(super) values: BTreeMap<String, Value>,
}

impl Row {
    /// Its number in the sheet, from 1, as the office program shows it.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// What stands in a column, as it is; `None` where nothing does or the file has no such column.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// Text; a number or a date as it would be written.
    ///
    /// # Errors
    /// The cell holds an error or a formula without result.
    pub fn text(&self, key: &str) -> Result<Option<String>, CellError> {
        match self.values.get(key) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(Value::Date(day)) => Ok(Some(day.to_string())),
            Some(value @ Value::Flaw(_)) => Err(self.error(key, value, Shape::Text)),
        }
    }

    /// A number, also where it was typed as text; `95%` is 0.95.
    ///
    /// # Errors
    /// The cell holds something else.
    pub fn decimal(&self, key: &str) -> Result<Option<Decimal>, CellError> {
        let Some(value) = self.values.get(key) else { return Ok(None) };
        let found = match value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => decimal_of(text),
            Value::Date(_) | Value::Flaw(_) => None,
        };
        found.map(Some).ok_or_else(|| self.error(key, value, Shape::Number))
    }

    /// A date, also where it was typed as text.
    ///
    /// # Errors
    /// The cell holds something else.
    pub fn date(&self, key: &str) -> Result<Option<Day>, CellError> {
        let Some(value) = self.values.get(key) else { return Ok(None) };
        let found = match value {
            Value::Date(day) => Some(*day),
            Value::Text(text) => date_of(text),
            Value::Number(_) | Value::Flaw(_) => None,
        };
        found.map(Some).ok_or_else(|| self.error(key, value, Shape::Date))
    }

    /// The error for a cell that must be filled in and is not.
    pub fn missing(&self, key: &str) -> CellError {
        self.refuse(key, Reason::Missing)
    }

    /// The error an importer gives for a cell that can be read but not be used, e.g. an office that does not exist.
    pub fn refuse(&self, key: &str, reason: Reason) -> CellError {
        let (column, head) = self.head.columns.get(key).cloned().unwrap_or_else(|| (String::new(), key.to_owned()));
        CellError { sheet: self.head.sheet.clone(), row: self.number, column, head, reason }
    }

    fn error(&self, key: &str, value: &Value, wanted: Shape) -> CellError {
        self.refuse(key, Reason::Found { value: value.clone(), wanted })
    }
}
