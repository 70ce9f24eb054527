//! What fulfils a commitment, as a plan of the pack declares it. What may stand together is ruled by the core.

use guancheng_case::{FieldKind, Procedure};
use guancheng_plan::{
    SEED_YEAR, check_binding,
    model::{Binding, Count, Measure, Milestone, Plan, Rate, Schedule, Stages},
};

use super::{Known, amount, cadence, day, procedure, within, word};
use crate::tree::{At, Table};

const MEASURES: [(&str, Measure); 3] =
    [("on_time", Measure::OnTime), ("closed", Measure::Closed), ("first_time", Measure::FirstTime)];

const KINDS: [&str; 8] = ["count", "milestones", "indicator", "duty", "schedule", "document", "mechanism", "opinion"];

/// Reads one binding; `None` after a fault.
pub fn read(at: At<'_>, known: &Known<'_>) -> Option<Binding> {
    let table = at.table("binding");
    let Some((kind, said)) = table.need("kind").and_then(|at| Some((at.text()?, at))) else {
        table.give_up();
        return None;
    };
    let binding = match kind.as_str() {
        "count" => Binding::Count(read_count(&table)?),
        "milestones" => Binding::Milestones(read_stages(&table)),
        "document" => Binding::Document(read_stages(&table)),
        "indicator" => Binding::Indicator(read_rate(&table, known)?),
        "duty" => Binding::Duty(read_rate(&table, known)?),
        "schedule" => Binding::Schedule(read_schedule(&table)?),
        "mechanism" => {
            let days = table.need("alive_days").and_then(|at| within(at, 0, i64::from(u16::MAX)));
            Binding::Mechanism { alive_days: days.and_then(|n| u16::try_from(n).ok())? }
        }
        "opinion" => Binding::Opinion,
        other => {
            table.give_up();
            said.fault_advise(
                format!("nothing is bound by `{other}`"),
                Some(format!("known is: {}", KINDS.join(", "))),
            );
            return None;
        }
    };
    let year = Plan { year: SEED_YEAR, ..Plan::default() };
    match check_binding(&year, &binding) {
        Ok(()) => Some(binding),
        Err(refusal) => {
            at.fault(refusal.text.en);
            None
        }
    }
}

fn read_count(table: &Table<'_>) -> Option<Count> {
    let (target, due) = (table.need("target").and_then(amount), table.need("due").and_then(day));
    let unit = table.text("unit");
    let months = table.list("curve").into_iter().filter_map(|at| within(at, 0, 100));
    let curve = months.filter_map(|n| u8::try_from(n).ok()).collect();
    Some(Count { target: target?, unit, due: due?, curve })
}

fn read_stages(table: &Table<'_>) -> Stages {
    let step = |at: At<'_>| {
        let table = at.table("step");
        let (id, title) = (table.text("id"), table.text("title"));
        table.need("due").and_then(day).map(|due| Milestone { id, title, due })
    };
    Stages { steps: table.list("steps").into_iter().filter_map(step).collect() }
}

fn read_rate(table: &Table<'_>, known: &Known<'_>) -> Option<Rate> {
    let measure = table.need("measure").and_then(|at| word(at, "measure", &MEASURES));
    let counted = table.need("procedure").and_then(|at| procedure(at, known));
    let category = table.get("category").and_then(|at| Some((at.text()?, at)));
    if let (Some((code, at)), Some(counted)) = (&category, counted)
        && !has_code(counted, code)
    {
        let advice = "name a row of one of its code lists".to_owned();
        at.fault_advise(format!("no case of `{}` has the category `{code}`", counted.id), Some(advice));
    }
    let target = table.need("target").and_then(amount);
    let min_cases = table.need("min_cases").and_then(|at| within(at, 0, i64::from(u32::MAX)));
    Some(Rate {
        measure: measure?,
        procedure: counted?.id.to_string(),
        category: category.map(|(code, _)| code).unwrap_or_default(),
        target: target?,
        min_cases: min_cases.and_then(|n| u32::try_from(n).ok())?,
    })
}

fn has_code(procedure: &Procedure, code: &str) -> bool {
    let lists = procedure.fields.iter().filter_map(|field| match &field.kind {
        FieldKind::Code { list } => procedure.code_lists.get(list),
        _ => None,
    });
    lists.into_iter().any(|list| list.get(code).is_some())
}

fn read_schedule(table: &Table<'_>) -> Option<Schedule> {
    let cadence = table.need("cadence").and_then(cadence);
    let (from, to) = (table.need("from").and_then(day), table.need("to").and_then(day));
    let times = table.get("times").and_then(|at| within(at, 0, i64::from(u32::MAX)));
    Some(Schedule { cadence: cadence?, from: from?, to: to?, times: times.and_then(|n| u32::try_from(n).ok()) })
}
