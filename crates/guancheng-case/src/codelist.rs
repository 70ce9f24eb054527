//! Code lists: categories with their filing conditions, reasons, tiers. Values, not structure: a city adds a row, not
//! a release.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use guancheng_base::{Day, Name, OfficeId};
use guancheng_calendar::Limit;

use crate::{Fault, fault::did_you_mean};

/// The code lists of a pack by id, shared by all its procedures.
pub type CodeLists = Arc<BTreeMap<Name, Arc<CodeList>>>;

/// A list of codes, perhaps in levels: `event.0401.1` under `event.0401` under `event.04`.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeList {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: String,
    /// The standard it follows, e.g. `GB/T 30428.2-2013`.
    pub scheme: String,
    rows: BTreeMap<Name, CodeRow>,
    order: Vec<Name>,
    parents: BTreeSet<Name>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeRow {
    /// The code.
    pub code: Name,
    /// What it means.
    pub title: String,
    /// The row it is under.
    pub parent: Option<Name>,
    /// The standard's own code, where it differs.
    pub scheme: Option<String>,
    /// First day of use.
    pub valid_from: Option<Day>,
    /// Last day of use.
    pub valid_to: Option<Day>,
    /// Further columns: limits, closing conditions, responsible offices.
    pub cells: BTreeMap<Name, Cell>,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Decimal(f64),
    /// Yes or no.
    Bool(bool),
    /// A time limit.
    Limit(LimitCell),
    /// An office.
    Office(OfficeId),
}

/// A time limit that may differ by class of area and exist only in a season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitCell {
    /// The limit by class of area.
    pub by_area: ByArea,
    /// The season in which the time runs; outside it the time begins with the next season.
    pub season: Option<Season>,
}

/// One limit for all, or one per class of area (A strict, B middle, C ordinary).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByArea {
    /// The same everywhere.
    One(Limit),
    /// By class.
    Abc {
        /// Class A.
        a: Limit,
        /// Class B.
        b: Limit,
        /// Class C, and everywhere unclassed.
        c: Limit,
    },
}

/// A season by month and day, both ends included; may run over the new year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Season {
    /// First (month, day).
    pub from: (i8, i8),
    /// Last (month, day).
    pub to: (i8, i8),
}

impl CodeRow {
    /// Whether the row is in use on `day`.
    pub fn valid_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

impl LimitCell {
    /// The limit for a class of area (`'A'`, `'B'`, `'C'`); unclassed counts as C.
    pub fn pick(&self, class: Option<char>) -> Limit {
        match (self.by_area, class) {
            (ByArea::One(limit), _) | (ByArea::Abc { a: limit, .. }, Some('A')) => limit,
            (ByArea::Abc { b, .. }, Some('B')) => b,
            (ByArea::Abc { c, .. }, _) => c,
        }
    }
}

impl Season {
    /// Whether `day` lies in the season.
    pub fn contains(&self, day: Day) -> bool {
        let (_, month, date) = day.ymd();
        let at = (month, date);
        if self.from <= self.to { self.from <= at && at <= self.to } else { self.from <= at || at <= self.to }
    }

    /// The first day of the season that begins after `day`.
    pub fn next_start(&self, day: Day) -> Option<Day> {
        let (year, ..) = day.ymd();
        let starts = [year, year.saturating_add(1)].into_iter().filter_map(|y| Day::new(y, self.from.0, self.from.1));
        starts.into_iter().find(|start| *start > day)
    }
}

impl CodeList {
    /// Builds a list in the order of `rows`; refuses doubled codes, unknown parents and rings.
    pub fn new(id: Name, title: String, scheme: String, rows: Vec<CodeRow>) -> Result<Self, Vec<Fault>> {
        let order: Vec<Name> = rows.iter().map(|row| row.code.clone()).collect();
        let parents: BTreeSet<Name> = rows.iter().filter_map(|row| row.parent.clone()).collect();
        let mut faults = Vec::new();
        let mut by_code = BTreeMap::new();
        for (at, row) in rows.into_iter().enumerate() {
            let code = row.code.clone();
            if by_code.insert(code.clone(), row).is_some() {
                faults.push(Fault::new(format!("row[{at}].code"), format!("code {code} is there twice"), "remove one"));
            }
        }
        let list = CodeList { id, title, scheme, rows: by_code, order, parents };
        faults.extend(list.bad_parents());
        if faults.is_empty() { Ok(list) } else { Err(faults) }
    }

    /// The row of that code.
    pub fn get(&self, code: &str) -> Option<&CodeRow> {
        self.rows.get(code)
    }

    /// The rows in declared order.
    pub fn rows(&self) -> impl Iterator<Item = &CodeRow> + Clone {
        self.order.iter().filter_map(|code| self.rows.get(code))
    }

    /// Whether no row is under this one. Only leaves are chosen.
    pub fn is_leaf(&self, code: &str) -> bool {
        !self.parents.contains(code)
    }

    /// The row and its ancestors, from the row up.
    pub fn chain<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a CodeRow> {
        std::iter::successors(self.rows.get(code), |row| row.parent.as_ref().and_then(|parent| self.rows.get(parent)))
    }

    /// Whether `key` is the row `code` or one of its ancestors.
    pub fn covers(&self, key: &str, code: &str) -> bool {
        self.chain(code).any(|row| row.code == *key)
    }

    /// The cell in `column` of the row, or of the nearest ancestor that has one.
    pub fn cell(&self, code: &str, column: &str) -> Option<&Cell> {
        self.chain(code).find_map(|row| row.cells.get(column))
    }

    fn bad_parents(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (at, code) in self.order.iter().enumerate() {
            let Some(row) = self.rows.get(code) else { continue };
            let path = format!("row[{at}].parent");
            match &row.parent {
                Some(parent) if !self.rows.contains_key(parent) => {
                    let advice = did_you_mean(parent, self.order.iter().map(Name::as_str));
                    faults.push(Fault::new(path, format!("{code} is under {parent}, which is not there"), advice));
                }
                _ if self.chain(code).take(self.rows.len() + 1).count() > self.rows.len() => {
                    faults.push(Fault::new(path, format!("{code} is above itself"), "break the ring"));
                }
                _ => {}
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, parent: Option<&str>) -> CodeRow {
        CodeRow {
            code: code.into(),
            title: code.to_owned(),
            parent: parent.map(Name::from),
            scheme: None,
            valid_from: None,
            valid_to: None,
            cells: BTreeMap::new(),
        }
    }

    fn list(rows: Vec<CodeRow>) -> Result<CodeList, Vec<Fault>> {
        CodeList::new("category".into(), "类别".into(), String::new(), rows)
    }

    #[test]
    fn a_cell_is_inherited_from_the_nearest_ancestor() {
        let mut class = row("event.04", None);
        class.cells.insert("closing".into(), Cell::Text("恢复整洁".into()));
        let list =
            list(vec![class, row("event.0401", Some("event.04")), row("event.0401.1", Some("event.0401"))]).unwrap();
        assert_eq!(list.cell("event.0401.1", "closing"), Some(&Cell::Text("恢复整洁".into())));
        assert!(list.covers("event.04", "event.0401.1") && !list.covers("event.0401.1", "event.04"));
        assert!(list.is_leaf("event.0401.1") && !list.is_leaf("event.04"));
    }

    #[test]
    fn rings_and_strangers_are_refused() {
        let faults = list(vec![row("a", Some("b")), row("b", Some("a")), row("c", Some("d"))]).unwrap_err();
        let seen: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            seen,
            [
                "row[0].parent: a is above itself (break the ring)",
                "row[1].parent: b is above itself (break the ring)",
                "row[2].parent: c is under d, which is not there (did you mean a?)",
            ]
        );
    }

    #[test]
    fn a_season_may_run_over_the_new_year() {
        let planting = Season { from: (11, 15), to: (3, 15) };
        let day = |text| Day::parse(text).unwrap();
        let inside = ["2014-11-15", "2014-12-31", "2015-01-01", "2015-03-15"].map(|d| planting.contains(day(d)));
        assert_eq!(inside, [true; 4]);
        assert!(!planting.contains(day("2014-06-01")));
        assert_eq!(planting.next_start(day("2014-06-01")), Some(day("2014-11-15")));
    }
}
