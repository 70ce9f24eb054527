//! Verification of hazards.

use super::{Check, Outcome, fail, needs};
use crate::{Value, kernel::draft::Draft};

/// A major hazard is verified by two different people.
pub(super) fn two_people_if_major(check: &Check, draft: &Draft<'_>) -> Outcome {
    if draft.field("grade").and_then(Value::as_text) != Some("major") {
        return Outcome::Pass;
    }
    if let Some(missing) = needs(draft, &["verifiers"]) {
        return missing;
    }
    match draft.field("verifiers") {
        Some(Value::People(people)) if super::different(people) >= 2 => Outcome::Pass,
        _ => Outcome::Fail(fail(check, "", "重大隐患须两人以上复查", "a major hazard is verified by two people")),
    }
}
