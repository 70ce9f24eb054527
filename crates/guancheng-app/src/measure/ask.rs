//! One value of one subject, with the rows it was counted from.

use std::{collections::BTreeSet, sync::Arc};

use guancheng_base::{CaseId, ErrorCode, Instant, Name};
use guancheng_case::Text;
use guancheng_indicator::{
    Indicator, Period,
    evaluate::{EvaluateError, Question, Value, evaluate},
    fact::{Datum, Fact},
    indicator::WHOLE,
};

use super::figures::Facts;
use crate::{AppError, City, ports::Read};

/// Whose value is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The column, or `city`.
    pub column: Name,
    /// Its value; `city` for the whole.
    pub subject: Name,
}

/// A value with its definition.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The definition in force at the end of the period.
    pub indicator: Arc<Indicator>,
    /// The value.
    pub value: Value,
}

impl By {
    /// Reads `city` or `district:410105`.
    pub fn parse(text: &str) -> Option<By> {
        match text.split_once(':') {
            None => (text == WHOLE).then(|| By { column: WHOLE.into(), subject: WHOLE.into() }),
            Some((column, subject)) if !column.is_empty() && !subject.is_empty() => {
                Some(By { column: column.into(), subject: subject.into() })
            }
            Some(_) => None,
        }
    }

    fn holds(&self, fact: &dyn Fact) -> bool {
        self.column == *WHOLE || fact.get(&self.column) == Datum::Text(self.subject.clone())
    }
}

/// Asks an indicator for one subject.
///
/// # Errors
/// `not_found` for an indicator nobody declared; `bad_filter` where it cannot be asked so.
pub fn ask(
    city: &City,
    store: &dyn Read,
    id: &str,
    by: &By,
    period: Period,
    as_of: Instant,
) -> Result<Answered, AppError> {
    let indicator = city.pack.measures.indicator(id, period.next_day().plus(-1)).ok_or_else(AppError::not_found)?;
    let facts = city.figures.facts(city, store)?;
    let question = Question { by: &by.column, period, as_of, calendar: city.calendar() };
    let rows = rows(&facts, &indicator.fact, by);
    let mut values = evaluate(indicator, &rows, &question).map_err(|error| refused(indicator, &error))?;
    let value = match values.remove(&by.subject) {
        Some(value) => value,
        None => Value::together(indicator, by.subject.clone(), []).map_err(|_| AppError::not_found())?,
    };
    Ok(Answered { indicator: Arc::clone(indicator), value })
}

/// The rows of a table that may belong to a subject; none of a table that nothing fills.
fn rows<'f>(facts: &'f Facts, table: &str, by: &By) -> Vec<&'f dyn Fact> {
    all_rows(facts, table).into_iter().filter(|row| by.holds(*row)).collect()
}

/// The rows of a table.
pub(super) fn all_rows<'f>(facts: &'f Facts, table: &str) -> Vec<&'f dyn Fact> {
    fn open<F: Fact>(rows: Vec<&F>) -> Vec<&dyn Fact> {
        rows.into_iter().map(|row| row as &dyn Fact).collect()
    }
    match table {
        "case" => open(facts.cases()),
        "task" => open(facts.tasks()),
        "occurrence" => open(facts.occurrences()),
        _ => Vec::new(),
    }
}

/// Why an indicator cannot be asked so.
pub(super) fn refused(indicator: &Indicator, error: &EvaluateError) -> AppError {
    let zh = match error {
        EvaluateError::By { by, .. } => format!("不能按 {by} 统计"),
        EvaluateError::Period { kind, .. } => format!("不按 {} 统计", kind.as_str()),
        EvaluateError::Exact(_) => "数值超出精确计算的范围".to_owned(),
    };
    let text = Text::new(format!("指标{}{zh}", indicator.title), format!("{}: {error}", indicator.cite.id));
    AppError::refused(ErrorCode::BadFilter, text)
}

/// The cases that rows lead back to, each once, by id: `case:41`, `task:41.2` and `occurrence:41.1` are all case 41.
pub fn cases_of<'r>(rows: impl IntoIterator<Item = &'r Name>) -> BTreeSet<CaseId> {
    let id = |row: &Name| row.split_once(':')?.1.split('.').next()?.parse().ok().map(CaseId);
    rows.into_iter().filter_map(id).collect()
}
