//! `codelists/*.toml`: code lists with declared columns, and crosswalks between two lists.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use guancheng_base::Name;
use guancheng_calendar::Limit;
use guancheng_case::{ByArea, Cell, CodeList, CodeRow, LimitCell, Season, did_you_mean};

use crate::{
    fault::{Fault, Spot, nearest},
    meta::read_label,
    pack::{Crosswalk, Labels, OfficeDecl},
    tree::{At, Document, Sink, Table},
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Text,
    Int,
    Decimal,
    Bool,
    Limit,
    Office,
}

const COLUMNS: [(&str, Column); 6] = [
    ("text", Column::Text),
    ("int", Column::Int),
    ("decimal", Column::Decimal),
    ("bool", Column::Bool),
    ("limit", Column::Limit),
    ("office", Column::Office),
];

/// Reads a code list; `None` after a fault.
pub fn read(doc: &Document, sink: &Sink, labels: &mut Labels, offices: &[OfficeDecl]) -> Option<CodeList> {
    let before = sink.count();
    let table = doc.table("code list", sink);
    table.expect_kind("codelist");
    let (id, title, scheme) = (table.name("id"), table.text("title"), table.maybe_text("scheme").unwrap_or_default());
    read_label(&table, labels, id.as_str());
    check_provenance(&table, offices);
    let columns = table.get("columns").map(read_columns).unwrap_or_default();
    let mut reader = RowReader { list: &id, columns: &columns, labels, offices };
    let rows = table.need("row").map(|at| at.list()).unwrap_or_default();
    let rows = rows.into_iter().map(|at| reader.read(at)).collect();
    if sink.count() > before {
        return None;
    }
    match CodeList::new(id, title, scheme, rows) {
        Ok(list) => Some(list),
        Err(faults) => {
            faults.into_iter().for_each(|fault| push(sink, doc.spot(&fault.path), fault));
            None
        }
    }
}

/// Reports a fault of the core at a place in a file.
pub fn push(sink: &Sink, spot: Spot, fault: guancheng_case::Fault) {
    let advice = Some(fault.advice).filter(|advice| !advice.is_empty());
    sink.push(Fault::error(spot, fault.message).advise_maybe(advice));
}

/// Checks the `basis` and the `owner` that every definition carries; gives the owner's full name.
pub fn check_provenance(table: &Table<'_>, offices: &[OfficeDecl]) -> (Vec<String>, String) {
    let basis = table.texts("basis");
    if basis.is_empty() {
        table.at().fault("a definition needs its `basis`: the law, standard or plan item it rests on");
    }
    let Some(at) = table.need("owner") else { return (basis, String::new()) };
    let owner = at.text().unwrap_or_default();
    let found = offices.iter().find(|o| o.name == owner || o.code == *owner);
    if found.is_none() && !owner.is_empty() {
        let names = offices.iter().flat_map(|o| [o.name.as_str(), o.code.as_str()]);
        at.fault_advise(format!("the owner `{owner}` is no office of this pack"), nearest(&owner, names));
    }
    (basis, found.map(|o| o.name.clone()).unwrap_or(owner))
}

/// A limit such as `15 natural_day`.
pub fn limit(at: At<'_>) -> Option<Limit> {
    match Limit::parse(&at.text()?) {
        Ok(limit) => Some(limit),
        Err(error) => {
            at.fault(error.to_string());
            None
        }
    }
}

/// An office by code, as its id.
pub fn office(at: At<'_>, offices: &[OfficeDecl]) -> Option<guancheng_base::OfficeId> {
    let code = at.text()?;
    let found = offices.iter().find(|o| o.code == *code).map(|o| o.id);
    if found.is_none() {
        at.fault_advise(
            format!("there is no office `{code}`"),
            nearest(&code, offices.iter().map(|o| o.code.as_str())),
        );
    }
    found
}

fn read_columns(at: At<'_>) -> Vec<(String, Column)> {
    let mut columns = Vec::new();
    for (name, at) in at.pairs() {
        let Some(kind) = at.text() else { continue };
        match COLUMNS.iter().find(|(known, _)| *known == kind) {
            Some((_, column)) => columns.push((name, *column)),
            None => {
                let advice = did_you_mean(&kind, COLUMNS.iter().map(|(known, _)| *known));
                at.fault_advise(format!("`{kind}` is no kind of column"), Some(advice));
            }
        }
    }
    columns
}

struct RowReader<'r> {
    list: &'r Name,
    columns: &'r [(String, Column)],
    labels: &'r mut Labels,
    offices: &'r [OfficeDecl],
}

impl RowReader<'_> {
    fn read(&mut self, at: At<'_>) -> CodeRow {
        let table = at.table("row");
        let code = table.name("code");
        read_label(&table, self.labels, &format!("{}.{code}", self.list));
        let mut cells = BTreeMap::new();
        for (name, column) in self.columns {
            let cell = table.column(name).and_then(|at| read_cell(at, *column, self.offices));
            cells.extend(cell.map(|cell| (Name::from(name.as_str()), cell)));
        }
        CodeRow {
            code,
            title: table.text("title"),
            parent: table.maybe_name("under"),
            scheme: table.maybe_text("scheme"),
            valid_from: table.get("valid_from").and_then(|at| at.day()),
            valid_to: table.get("valid_to").and_then(|at| at.day()),
            cells,
        }
    }
}

fn read_cell(at: At<'_>, column: Column, offices: &[OfficeDecl]) -> Option<Cell> {
    match column {
        Column::Text => at.text().map(Cell::Text),
        Column::Int => at.int().map(Cell::Int),
        Column::Decimal => at.number().map(Cell::Decimal),
        Column::Bool => at.flag().map(Cell::Bool),
        Column::Limit => read_limit(at).map(Cell::Limit),
        Column::Office => office(at, offices).map(Cell::Office),
    }
}

/// `"2 work_hour"`, or `{ a = …, b = …, c = … }` by class of area, or `{ limit = …, season = { from, to } }`.
fn read_limit(at: At<'_>) -> Option<LimitCell> {
    if !at.is_table() {
        return Some(LimitCell { by_area: ByArea::One(limit(at)?), season: None });
    }
    let table = at.table("limit");
    let season = table.get("season").and_then(read_season);
    if let Some(at) = table.get("limit") {
        return Some(LimitCell { by_area: ByArea::One(limit(at)?), season });
    }
    let class = |key| table.need(key).and_then(limit);
    let (a, b, c) = (class("a"), class("b"), class("c"));
    Some(LimitCell { by_area: ByArea::Abc { a: a?, b: b?, c: c? }, season })
}

fn read_season(at: At<'_>) -> Option<Season> {
    let table = at.table("season");
    let (from, to) = (table.need("from").and_then(month_day), table.need("to").and_then(month_day));
    Some(Season { from: from?, to: to? })
}

/// `02-15` as (month, day).
pub fn month_day(at: At<'_>) -> Option<(i8, i8)> {
    let text = at.text()?;
    let parts = text.split_once('-').and_then(|(m, d)| Some((m.parse::<i8>().ok()?, d.parse::<i8>().ok()?)));
    let real = parts.filter(|(month, day)| guancheng_base::Day::new(2024, *month, *day).is_some());
    if real.is_none() {
        at.fault(format!("`{text}` is no day of the year; write it as 02-15"));
    }
    real
}

/// Reads a crosswalk and checks that both lists have its codes.
pub fn read_crosswalk(
    doc: &Document,
    sink: &Sink,
    lists: &BTreeMap<Name, Arc<CodeList>>,
    offices: &[OfficeDecl],
) -> (Name, Crosswalk) {
    let table = doc.table("crosswalk", sink);
    table.expect_kind("crosswalk");
    check_provenance(&table, offices);
    let id = table.name("id");
    let mut walk = Crosswalk { title: table.text("title"), from: "".into(), to: "".into(), rows: BTreeMap::new() };
    let list = |key: &'static str| {
        let at = table.need(key)?;
        let name = at.name()?;
        if !lists.contains_key(&name) {
            let advice = nearest(&name, lists.keys().map(Name::as_str));
            at.fault_advise(format!("there is no code list `{name}`"), advice);
        }
        Some(name)
    };
    walk.from = list("from").unwrap_or_else(|| "".into());
    walk.to = list("to").unwrap_or_else(|| "".into());
    for at in table.list("row") {
        let row = at.table("row of a crosswalk");
        let from = code_of(&row, "from", lists.get(&walk.from));
        let to = code_of(&row, "to", lists.get(&walk.to));
        if walk.rows.insert(from.clone(), to).is_some() {
            at.fault(format!("`{from}` is there twice; a code goes to one other"));
        }
    }
    (id, walk)
}

fn code_of(row: &Table<'_>, key: &'static str, list: Option<&Arc<CodeList>>) -> Name {
    let Some(at) = row.need(key) else { return "".into() };
    let code = at.name().unwrap_or_else(|| "".into());
    if let Some(list) = list.filter(|list| list.get(&code).is_none()) {
        let known: BTreeSet<&str> = list.rows().map(|row| row.code.as_str()).collect();
        at.fault_advise(format!("code list `{}` has no `{code}`", list.id), nearest(&code, known));
    }
    code
}
