//! Whether a joint review is complete and agreed.

use super::{Check, Outcome, fail};
use crate::kernel::draft::Draft;

/// Every office asked has answered and agrees.
pub(super) fn all_agree(check: &Check, draft: &Draft<'_>) -> Outcome {
    let titles = |wanted: fn(Option<bool>) -> bool| {
        let parts = draft.case.parts.iter().filter(|part| wanted(part.answer.as_ref().map(|answer| answer.agree)));
        parts.map(|part| part.office_title.as_str()).collect::<Vec<_>>().join("、")
    };
    let (silent, against) = (titles(|agree| agree.is_none()), titles(|agree| agree == Some(false)));
    if silent.is_empty() && against.is_empty() {
        return Outcome::Pass;
    }
    let say = |who: &str, what: &str| if who.is_empty() { String::new() } else { format!("{what}{who}") };
    let join = |parts: [String; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let zh = join([say(&silent, "尚未答复："), say(&against, "不同意：")]).join("；");
    let en = join([say(&silent, "no answer yet: "), say(&against, "against: ")]).join("; ");
    Outcome::Fail(fail(check, "", zh, en))
}
