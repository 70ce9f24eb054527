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
    let zh = [say(&silent, "尚未答复："), say(&against, "不同意：")].concat();
    let en = [say(&silent, "no answer yet: "), say(&against, " against: ")].concat();
    Outcome::Fail(fail(check, "", zh, en))
}
