//! Whether a date that somebody sets is near enough.

use guancheng_calendar::{Limit, Unit, years_after};

use super::{Check, Outcome, fail, needs};
use crate::{Value, kernel::draft::Draft};

/// The date in `due` is not in the past and at most `limit` away.
pub(super) fn within(check: &Check, draft: &Draft<'_>, limit: Limit) -> Outcome {
    if let Some(missing) = needs(draft, &["due"]) {
        return missing;
    }
    let Some(day) = draft.field("due").and_then(Value::as_date) else { return Outcome::Pass };
    let today = draft.today();
    let last = match limit.unit {
        Unit::Year => years_after(today, limit.n.0),
        _ => draft.calendar().due(draft.at, limit).ok().map(|at| draft.calendar().day_of(at)),
    };
    if day >= today && last.is_none_or(|last| day <= last) {
        return Outcome::Pass;
    }
    let last = last.map(|last| last.to_string()).unwrap_or_default();
    let zh = format!("期限 {day} 应在 {today} 至 {last} 之间（最长 {limit}）");
    Outcome::Fail(fail(check, "", zh, format!("the date {day} must lie between {today} and {last} ({limit})")))
}
