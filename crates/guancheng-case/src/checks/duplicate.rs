//! Whether the problem is known already.

use super::{Check, Outcome, fail};
use crate::{Value, kernel::draft::Draft};

/// No open case of the same category near by.
pub(super) fn none_open_nearby(check: &Check, draft: &Draft<'_>, metres: f64) -> Outcome {
    let looked = draft.field("not_duplicate") == Some(&Value::Bool(true));
    let Some(at) = draft.position().filter(|_| !looked) else { return Outcome::Pass };
    let category = draft.field("category").and_then(Value::as_text);
    let near = draft.facts.open_cases_near(&draft.procedure.id, category, at, metres);
    let others: Vec<String> =
        near.into_iter().filter(|(case, _)| *case != draft.case_id()).map(|(_, number)| number).collect();
    if others.is_empty() {
        return Outcome::Pass;
    }
    let numbers = others.join("、");
    let zh = format!("{metres} 米内已有同类未结案件 {numbers}，请合并；确非同一问题的请注明");
    Outcome::Fail(fail(
        check,
        "",
        zh,
        format!("open cases of the same category within {metres} m: {numbers}; merge, or say it is another problem"),
    ))
}
