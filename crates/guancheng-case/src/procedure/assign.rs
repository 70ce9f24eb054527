//! Automatic assignment by a table with one hit, and the explanation that goes with it.

use std::{collections::BTreeMap, sync::Arc};

use guancheng_base::{Name, OfficeId};

use crate::{Assignment, CodeList, Fault, Trigger};

/// Where and how a procedure assigns.
#[derive(Clone, Debug)]
pub struct Assign {
    /// When: on entering a state.
    pub on: Trigger,
    /// The move the system then makes.
    pub mv: Name,
    /// The field it sets.
    pub set: Name,
    /// The table.
    pub table: Arc<AssignTable>,
    /// The field with the category.
    pub category: Name,
    /// The field with the place: the unit-grid cell.
    pub place: Name,
    /// The role that decides when nothing matches.
    pub fallback: Name,
}

/// A row: cases of a category (or under it) in an area go to an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignRow {
    /// Its name in explanations: `row 12`, or an id of the pack.
    pub id: String,
    /// A row of the category list; everything under it is meant.
    pub category: Name,
    /// Half-open range of 15-digit area codes; `None` is the whole city.
    pub area: Option<(i64, i64)>,
    /// The office.
    pub office: OfficeId,
}

/// A table in which at most one row matches any case: two rows whose categories are in line and whose areas meet are
/// refused, so order never decides.
#[derive(Clone, Debug, PartialEq)]
pub struct AssignTable {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: String,
    list: Arc<CodeList>,
    rows: Vec<AssignRow>,
    by_category: BTreeMap<Name, Vec<usize>>,
}

/// What the table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignHit {
    /// The office.
    pub office: OfficeId,
    /// The row's id.
    pub row: String,
}

/// The most rows named in an explanation.
const NEAR_ROWS: usize = 5;

impl AssignTable {
    /// Builds a table over the category list; refuses unknown categories, empty areas and overlapping rows.
    pub fn new(id: Name, title: String, list: Arc<CodeList>, rows: Vec<AssignRow>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut by_category: BTreeMap<Name, Vec<usize>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            if list.get(&row.category).is_none() {
                let advice = crate::did_you_mean(&row.category, list.rows().map(|row| row.code.as_str()));
                let message = format!("category {} is not in list {}", row.category, list.id);
                faults.push(Fault::new(format!("row[{at}].category"), message, advice));
            }
            if row.area.is_some_and(|(low, high)| low >= high) {
                faults.push(Fault::new(format!("row[{at}].area"), "the area is empty", "give the area's own range"));
            }
            by_category.entry(row.category.clone()).or_default().push(at);
        }
        let mut table = AssignTable { id, title, list, rows, by_category };
        table.sort();
        faults.extend(table.overlaps());
        if faults.is_empty() { Ok(table) } else { Err(faults) }
    }

    /// The rows in declared order.
    pub fn rows(&self) -> &[AssignRow] {
        &self.rows
    }

    /// The one row that matches.
    pub fn find(&self, category: &str, cell: Option<i64>) -> Option<AssignHit> {
        self.in_line(category).find_map(|rows| self.hit(rows, cell))
    }

    /// The answer with its explanation: the row, and the rows that came near with what kept each from matching.
    pub fn explain(&self, category: &str, cell: Option<i64>) -> Assignment {
        let hit = self.find(category, cell);
        Assignment {
            unit: hit.as_ref().map(|hit| hit.office),
            table: self.id.clone(),
            row: hit.as_ref().map(|hit| hit.row.clone()),
            others: self.near(category, cell),
            fallback: hit.is_none(),
        }
    }

    /// Rows of the right category elsewhere, then rows of this place for a neighbouring category.
    fn near(&self, category: &str, cell: Option<i64>) -> Vec<String> {
        let meets = |row: &AssignRow| within(row.area, cell);
        let line = self.in_line(category).flatten().filter_map(|at| self.rows.get(*at)).filter(|row| !meets(row));
        let elsewhere = line.map(|row| format!("{}：{} → {}（区域不符）", row.id, row.category, row.office));
        let parent = self.list.get(category).and_then(|row| row.parent.clone());
        let sibling = |row: &&AssignRow| {
            let other = self.list.get(&row.category).and_then(|row| row.parent.clone());
            parent.is_some() && other == parent && row.category != *category && meets(row)
        };
        let here = self
            .rows
            .iter()
            .filter(sibling)
            .map(|row| format!("{}：{} → {}（类别不符）", row.id, row.category, row.office));
        elsewhere.chain(here).take(NEAR_ROWS).collect()
    }

    /// The row numbers of the category and of each of its ancestors.
    fn in_line<'a>(&'a self, category: &str) -> impl Iterator<Item = &'a Vec<usize>> {
        self.list.chain(category).filter_map(|row| self.by_category.get(&row.code))
    }

    /// Rows of one category are sorted by area and do not meet, so the last that begins at or below the cell decides.
    fn hit(&self, rows: &[usize], cell: Option<i64>) -> Option<AssignHit> {
        let begins = |at: &usize| self.rows.get(*at).is_some_and(|row| low(row) <= cell.unwrap_or(i64::MIN));
        let last = rows.partition_point(begins).checked_sub(1)?;
        let row = self.rows.get(*rows.get(last)?)?;
        within(row.area, cell).then(|| AssignHit { office: row.office, row: row.id.clone() })
    }

    fn sort(&mut self) {
        for rows in self.by_category.values_mut() {
            rows.sort_by_key(|at| self.rows.get(*at).map(low));
        }
    }

    fn overlaps(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let line = self.in_line(&row.category).flatten();
            let others =
                line.filter(|other| **other != at).filter_map(|other| self.rows.get(*other).map(|row| (*other, row)));
            let same_or_above = |(other, b): &(usize, &AssignRow)| b.category != row.category || *other < at;
            for (_, other) in others.filter(same_or_above).filter(|(_, other)| meet(row.area, other.area)) {
                let message = format!("rows {} and {} both match {} in the same area", row.id, other.id, row.category);
                faults.push(Fault::new(
                    format!("row[{at}]"),
                    message,
                    "divide the area or the category; order never decides",
                ));
            }
        }
        faults
    }
}

fn low(row: &AssignRow) -> i64 {
    row.area.map_or(i64::MIN, |(low, _)| low)
}

fn within(area: Option<(i64, i64)>, cell: Option<i64>) -> bool {
    area.is_none_or(|(low, high)| cell.is_some_and(|cell| low <= cell && cell < high))
}

fn meet(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> bool {
    match (a, b) {
        (Some((a_low, a_high)), Some((b_low, b_high))) => a_low < b_high && b_low < a_high,
        _ => true,
    }
}
