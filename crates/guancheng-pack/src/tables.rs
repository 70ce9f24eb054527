//! `assign/*.toml`: which office gets which category where. The core proves that at most one row matches any case.

use std::{collections::BTreeMap, sync::Arc};

use guancheng_base::{Name, OfficeId};
use guancheng_case::{AssignRow, AssignTable, CodeList};
use guancheng_place::{AreaCode, AreaTree};

use crate::{
    fault::{Spot, nearest},
    lists::{check_provenance, office, push},
    load::Declared,
    meta::area_code,
    pack::OfficeDecl,
    tree::{At, Document, Sink},
};

/// What tables refer to.
pub struct Known<'k> {
    pub lists: &'k BTreeMap<Name, Arc<CodeList>>,
    pub offices: &'k [OfficeDecl],
    pub areas: &'k AreaTree,
    pub declared: &'k Declared,
}

/// Reads one table; `None` after a fault.
pub fn read(doc: &Document, sink: &Sink, known: &Known<'_>) -> Option<AssignTable> {
    let before = sink.count();
    let table = doc.table("assignment table", sink);
    table.expect_kind("assignment");
    check_provenance(&table, known.offices);
    let (id, title) = (table.name("id"), table.text("title"));
    let list = table.need("list").and_then(|at| list(at, known));
    let (mut rows, mut spots) = (Vec::new(), Vec::new());
    for at in table.need("row").map(|at| at.list()).unwrap_or_default() {
        for row in read_row(at, known) {
            rows.push(row);
            spots.push(at.spot());
        }
    }
    drop(table);
    match AssignTable::new(id, title, list?, rows) {
        Ok(table) => Some(table).filter(|_| sink.count() == before),
        Err(faults) => {
            for fault in faults {
                push(sink, spot_of(&fault.path, &spots, doc), fault);
            }
            None
        }
    }
}

fn list(at: At<'_>, known: &Known<'_>) -> Option<Arc<CodeList>> {
    let name = at.name()?;
    let found = known.lists.get(&name).cloned();
    if found.is_none() && !known.declared.has("codelists", &name) {
        let advice = nearest(&name, known.declared.ids("codelists"));
        at.fault_advise(format!("there is no code list `{name}`"), advice);
    }
    found
}

/// One declared row is one row for an office or the whole city, or one per office of a kind: each gets its own area.
fn read_row(at: At<'_>, known: &Known<'_>) -> Vec<AssignRow> {
    let table = at.table("row of an assignment table");
    let id = table.text("id");
    let category = table.name("category");
    if let Some(kind) = table.maybe_name("each") {
        let found: Vec<AssignRow> = per_office(&id, &category, &kind, known).collect();
        if found.is_empty() {
            table.at().fault(format!("there is no office of kind `{kind}` with an area"));
        }
        return found;
    }
    let area = table.get("area").and_then(|at| declared_area(at, known));
    let office = table.need("office").and_then(|at| office(at, known.offices)).unwrap_or(OfficeId(0));
    vec![AssignRow { id, category, area: area.map(AreaCode::range), office }]
}

fn per_office<'k>(
    id: &'k str,
    category: &'k Name,
    kind: &'k Name,
    known: &Known<'k>,
) -> impl Iterator<Item = AssignRow> + use<'k> {
    let offices = known.offices.iter().filter(move |office| office.kind == *kind);
    offices.filter_map(move |office| {
        let area = office.area?;
        let id = format!("{id}·{area}");
        Some(AssignRow { id, category: category.clone(), area: Some(area.range()), office: office.id })
    })
}

fn declared_area(at: At<'_>, known: &Known<'_>) -> Option<AreaCode> {
    let code = area_code(at)?;
    if known.areas.get(code).is_none() {
        at.fault(format!("there is no area {code} in places/"));
    }
    Some(code)
}

/// The place of `row[12].category`, counted over the rows after `each` made several of one.
fn spot_of(path: &str, spots: &[Spot], doc: &Document) -> Spot {
    let number =
        path.strip_prefix("row[").and_then(|rest| rest.split(']').next()).and_then(|n| n.parse::<usize>().ok());
    number.and_then(|n| spots.get(n)).cloned().unwrap_or_else(|| doc.spot(path))
}
