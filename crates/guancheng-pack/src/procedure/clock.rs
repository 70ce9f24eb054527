//! Clocks, their limits and extensions.

use guancheng_base::Name;
use guancheng_case::{Clock, Extend, LimitRule, Trigger};

use super::{Reader, moves::read_effects, positive, state};
use crate::{
    lists::limit,
    pack::Labels,
    tree::{At, Table},
};

/// The largest share of its limit by which a clock may be lengthened at once.
const RATIO_MAX: f64 = 10.0;

/// Reads one clock; `None` after a fault in what it cannot do without.
pub fn read(at: At<'_>, reader: &Reader<'_>, labels: &mut Labels) -> Option<Clock> {
    let table = at.table("clock");
    let id = table.name("id");
    labels.know(reader.label("clock", &id));
    let start = table.need("start").and_then(|at| reader.trigger(at));
    let rule = table.need("limit").and_then(read_limit);
    let clock = Clock {
        title: table.text("title"),
        start: start.clone().unwrap_or(Trigger::Enter("".into())),
        stop: triggers(&table, "stop", reader),
        cancel: triggers(&table, "cancel", reader),
        pause_in: table.names("pause_in"),
        pause_by: table.names("pause_by"),
        resume_on: triggers(&table, "resume_on", reader),
        limit: rule.clone().unwrap_or(LimitRule::Field("".into())),
        extend: table.get("extend").and_then(|at| read_extend(at, reader)),
        warn: table.list("warn").into_iter().filter_map(state::permille).collect(),
        breach: read_effects(&table, "breach"),
        on_expiry: table.get("on_expiry").and_then(read_expiry),
        holder: table.get("holder").and_then(|at| state::read_holder(at, reader)),
        why: table.maybe_text("why"),
        id,
    };
    start.and(rule).map(|_| clock)
}

fn triggers(table: &Table<'_>, key: &'static str, reader: &Reader<'_>) -> Vec<Trigger> {
    table.list(key).into_iter().filter_map(|at| reader.trigger(at)).collect()
}

/// `"30 urgent_minute"`, `{ field = "due" }` or `{ codelist = "list.column" }`.
fn read_limit(at: At<'_>) -> Option<LimitRule> {
    if !at.is_table() {
        return limit(at).map(LimitRule::Fixed);
    }
    let table = at.table("limit of a clock");
    if let Some(field) = table.maybe_name("field") {
        return Some(LimitRule::Field(field));
    }
    let at = table.need("codelist")?;
    let text = at.text()?;
    match text.split_once('.') {
        Some((list, column)) => Some(LimitRule::CodeList { list: list.into(), column: column.into() }),
        None => {
            at.fault(format!("`{text}` names no column: write LIST.COLUMN"));
            None
        }
    }
}

fn read_extend(at: At<'_>, reader: &Reader<'_>) -> Option<Extend> {
    let table = at.table("extension");
    let max = table.get("max").and_then(limit);
    let max_ratio = table.get("max_ratio").and_then(ratio);
    if max.is_none() && max_ratio.is_none() {
        at.fault("an extension needs its bound: `max` or `max_ratio`");
    }
    let extend = Extend {
        times: table.need("times").and_then(positive).unwrap_or(1),
        max,
        max_ratio,
        approve: reader.approvers(&table, "approve"),
        before_expiry: table.flag("before_expiry"),
        apply_before: table.get("apply_before").and_then(limit),
        decide_in: table.get("decide_in").and_then(limit),
        require: table.names("require"),
        tell: table.maybe_name("tell"),
    };
    Some(extend)
}

fn ratio(at: At<'_>) -> Option<f64> {
    let n = at.number()?;
    if n > 0.0 && n <= RATIO_MAX {
        return Some(n);
    }
    at.fault(format!("{n} is out of range: a share of the limit above 0 and at most {RATIO_MAX}"));
    None
}

fn read_expiry(at: At<'_>) -> Option<Name> {
    let table = at.table("expiry");
    let id = table.name("move");
    Some(id).filter(|id| !id.is_empty())
}
