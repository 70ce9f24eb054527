//! Examples: read, run, and reported where they fail.

use std::collections::BTreeMap;

use guancheng_base::Name;
use guancheng_case::{Example, ExampleStep, Param, Procedure, run_example};

use super::{read_param, read_params};
use crate::{
    fault::Fault,
    tree::{At, Document, Sink},
};

/// Reads one example.
pub fn read(at: At<'_>) -> Example {
    let table = at.table("example");
    Example {
        title: table.text("title"),
        given: table.get("given").map(read_params).unwrap_or_default(),
        steps: table.list("do").into_iter().filter_map(read_step).collect(),
        expect: table.need("expect").map(read_params).unwrap_or_default(),
        why: table.maybe_text("why"),
    }
}

/// `["2014-09-26T16:30", "file"]` or `["2014-09-26T16:30", "file", { field = value }]`.
fn read_step(at: At<'_>) -> Option<ExampleStep> {
    let items = at.list();
    let (Some(time), Some(mv)) = (items.first(), items.get(1)) else {
        at.fault("a step is [time, move] or [time, move, { field = value }]");
        return None;
    };
    let fields: BTreeMap<Name, Param> = items
        .get(2)
        .map(|at| at.pairs().into_iter().map(|(key, at)| (Name::from(key), read_param(at))).collect())
        .unwrap_or_default();
    Some(ExampleStep { at: time.time_text()?, mv: mv.name()?, fields })
}

/// Runs the examples; what is not as expected is a fault at its place.
pub fn run(procedure: &Procedure, examples: &[Example], doc: &Document, sink: &Sink) {
    for (n, example) in examples.iter().enumerate() {
        for complaint in run_example(procedure, example).err().into_iter().flatten() {
            let said = complaint.split([' ', ';']).next().unwrap_or_default();
            let place = if said.starts_with("expect.") || said.starts_with("given.") { said } else { "do" };
            let message = format!("the example “{}” fails: {complaint}", example.title);
            sink.push(Fault::error(doc.spot(&format!("example[{n}].{place}")), message));
        }
    }
}
