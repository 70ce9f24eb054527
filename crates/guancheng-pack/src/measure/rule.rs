//! The four ways to points, as a line of a scorecard declares them.

use guancheng_indicator::{
    Exact, Normalise, Reference,
    score::{Band, EventUnit, Method, Partial, Step},
};

use super::{need_exact, need_word, word};
use crate::{
    fault::nearest,
    tree::{At, Table},
};

/// Reads `score = { method = …, … }`.
pub fn read(at: At<'_>) -> Option<Method> {
    let table = at.table("score");
    let method = table.need("method")?;
    let name = method.text()?;
    Some(match name.as_str() {
        "bands" => Method::Bands { bands: table.list("bands").into_iter().map(read_band).collect() },
        "linear" => Method::Linear { full_at: need_exact(&table, "full_at"), zero_at: need_exact(&table, "zero_at") },
        "reach_or_lose" => read_reach(&table),
        "per_event" => Method::PerEvent {
            unit: need_word(&table, "unit", &EventUnit::ALL, EventUnit::as_str, EventUnit::Case),
            steps: table.list("steps").into_iter().map(read_step).collect(),
        },
        other => {
            let all = || format!("the methods are {}", Method::NAMES.join(", "));
            method.fault_advise(
                format!("unknown method `{other}`"),
                Some(nearest(other, Method::NAMES).unwrap_or_else(all)),
            );
            table.give_up();
            return None;
        }
    })
}

fn read_reach(table: &Table<'_>) -> Method {
    Method::ReachOrLose {
        reach: need_exact(table, "reach"),
        lose: need_exact(table, "lose"),
        per: need_exact(table, "per"),
        partial: need_word(table, "partial", &Partial::ALL, Partial::as_str, Partial::Proportional),
    }
}

fn read_band(at: At<'_>) -> Band {
    let table = at.table("band of a score");
    Band { ge: need_exact(&table, "ge"), points: need_exact(&table, "points") }
}

fn read_step(at: At<'_>) -> Step {
    let table = at.table("step of a ladder");
    let from = table.need("from").and_then(|at| at.int()).unwrap_or(1);
    Step { from, each: need_exact(&table, "each") }
}

/// Reads `normalise = { per = …, reference = … }`.
pub fn read_normalise(at: At<'_>) -> Option<Normalise> {
    let table = at.table("normalisation");
    let per = table.name("per");
    let reference = table.need("reference").and_then(|at| word(at, &Reference::ALL, Reference::as_str));
    Some(Normalise { per, reference: reference? })
}

/// A share or a percentage that may be left to the usual.
pub fn maybe(table: &Table<'_>, key: &'static str, usual: Exact) -> Exact {
    table.get(key).and_then(super::exact).unwrap_or(usual)
}
