//! Whether a road may be opened: plan, moratorium, other works.

use guancheng_base::Day;
use guancheng_calendar::years_after;

use super::{Check, Moratorium, Outcome, fail, fail_until, needs};
use crate::{Value, kernel::draft::Draft};

const LAW: &str = "城市道路管理条例 第三十三条";

/// The works stand in the year's plan, or are an emergency.
pub(super) fn registered_or_emergency(check: &Check, draft: &Draft<'_>) -> Outcome {
    let emergency = draft.field("emergency") == Some(&Value::Bool(true));
    if emergency || draft.field("plan_item").is_some() {
        return Outcome::Pass;
    }
    let zh = "未列入年度掘路计划，也不是抢修";
    Outcome::Fail(fail(check, "", zh, "the works are neither in the year's plan nor an emergency"))
}

/// No digging for years after the road was built or overhauled.
pub(super) fn moratorium(check: &Check, draft: &Draft<'_>, years: Moratorium) -> Outcome {
    let start = draft.field("work_from").and_then(Value::as_date).unwrap_or_else(|| draft.today());
    let until = |field: &str, years: i64| {
        let done = draft.field(field).and_then(Value::as_date)?;
        years_after(done, years).map(|until| (until, done))
    };
    let built = until("built_on", years.built_years).map(|(end, done)| (end, done, "建成", "built", years.built_years));
    let overhauled = until("overhauled_on", years.overhauled_years)
        .map(|(end, done)| (end, done, "大修", "overhauled", years.overhauled_years));
    match built.into_iter().chain(overhauled).filter(|(end, ..)| start < *end).max_by_key(|(end, ..)| *end) {
        None => Outcome::Pass,
        Some((end, done, zh, en, years)) => forbidden(check, start, end, done, (zh, en), years),
    }
}

fn forbidden(check: &Check, start: Day, end: Day, done: Day, what: (&str, &str), years: i64) -> Outcome {
    let (zh, en) = what;
    let zh = format!("道路 {done} {zh}，{years} 年内不得挖掘；拟 {start} 开工，{end} 起方可");
    fail_until(check, LAW, end, zh, format!("the road was {en} on {done}; no digging for {years} years, until {end}"))
}

/// The same, unless the government approved.
pub(super) fn moratorium_or_approval(check: &Check, draft: &Draft<'_>, years: Moratorium) -> Outcome {
    if draft.field("government_approval").is_some() { Outcome::Pass } else { moratorium(check, draft, years) }
}

/// No other works on the same stretch in the same days.
pub(super) fn no_overlapping_works(check: &Check, draft: &Draft<'_>) -> Outcome {
    if let Some(missing) = needs(draft, &["line", "work_from", "work_to"]) {
        return missing;
    }
    let day = |field: &str| draft.field(field).and_then(Value::as_date);
    let (Some(Value::Line(line)), Some(from), Some(to)) = (draft.field("line"), day("work_from"), day("work_to"))
    else {
        return Outcome::Pass;
    };
    let others = draft.facts.overlapping_works(line, from, to);
    let others: Vec<_> = others.into_iter().filter(|other| other.case != draft.case_id()).collect();
    let Some(until) = others.iter().map(|other| other.until).max() else { return Outcome::Pass };
    let numbers = others.iter().map(|other| other.number.as_str()).collect::<Vec<_>>().join("、");
    let zh = format!("同一路段同期已有施工 {numbers}，至 {until}；请合并开挖或错开工期");
    fail_until(
        check,
        "",
        until,
        zh,
        format!("other works on the same stretch until {until}: {numbers}; dig together or later"),
    )
}
