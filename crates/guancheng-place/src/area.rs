//! Area codes and the tree they form. Code structure of the unit-grid standard (GB/T 30428.1, informed by the
//! statistical division codes): 6 digits county-level division + 3 street + 3 community + 3 cell sequence.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::shape::Shape;

/// How deep in the tree a code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 2 significant digits.
    Province,
    /// 4 significant digits, written with 6 (`410100`).
    City,
    /// 6 digits: county-level division or functional zone.
    District,
    /// 9 digits: street, town or township.
    Street,
    /// 12 digits: community or village.
    Community,
    /// 15 digits: unit grid cell.
    Cell,
}

impl Level {
    /// Every level, from the root down.
    pub const ALL: [Level; 6] =
        [Level::Province, Level::City, Level::District, Level::Street, Level::Community, Level::Cell];

    /// Size of the numeric range a code of this level covers.
    pub fn span(self) -> i64 {
        match self {
            Level::Province => 10_000_000_000_000,
            Level::City => 100_000_000_000,
            Level::District => 1_000_000_000,
            Level::Street => 1_000_000,
            Level::Community => 1_000,
            Level::Cell => 1,
        }
    }

    /// Digits of the short form.
    pub fn digits(self) -> usize {
        match self {
            Level::Province | Level::City | Level::District => 6,
            Level::Street => 9,
            Level::Community => 12,
            Level::Cell => 15,
        }
    }
}

/// An area code as the 15-digit number padded with zeros on the right (`410105` → 410105000000000). A subtree is one
/// half-open numeric range, so "within this district" is `BETWEEN` in every database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode(i64);

/// Why a text or number is no area code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeError {
    /// What was given.
    pub given: String,
    /// What is wrong with it and what would be right.
    pub why: &'static str,
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "area code {:?}: {}", self.given, self.why)
    }
}

impl std::error::Error for CodeError {}

impl AreaCode {
    /// From the padded 15-digit number. Error: not in 1..10^15.
    pub fn new(number: i64) -> Result<AreaCode, CodeError> {
        if (1..1_000_000_000_000_000).contains(&number) {
            Ok(AreaCode(number))
        } else {
            Err(CodeError { given: number.to_string(), why: "must be a positive number of at most 15 digits" })
        }
    }

    /// The padded 15-digit number, as stored.
    pub fn number(self) -> i64 {
        self.0
    }

    /// The level, from the last group that is not zero.
    pub fn level(self) -> Level {
        let mut level = Level::Cell;
        for finer in Level::ALL.into_iter().rev() {
            level = finer;
            if self.0 % upper_span(finer) != 0 {
                break;
            }
        }
        level
    }

    /// The next code up whose group is not zero (a cell of a street without communities has the street as its
    /// parent); `None` above a province.
    pub fn parent(self) -> Option<AreaCode> {
        let up = self.0 - self.0 % upper_span(self.level());
        (up != 0).then_some(AreaCode(up))
    }

    /// The code cut to `level`; `None` where this code is coarser than that, or has zeros in that group.
    pub fn at(self, level: Level) -> Option<AreaCode> {
        let cut = AreaCode(self.0 - self.0 % level.span());
        (cut.0 != 0 && cut.level() == level).then_some(cut)
    }

    /// Half-open range of the numbers of this area and everything below it.
    pub fn range(self) -> (i64, i64) {
        (self.0, self.0 + self.level().span())
    }

    /// True if `other` is this area or lies below it.
    pub fn covers(self, other: AreaCode) -> bool {
        let (from, until) = self.range();
        (from..until).contains(&other.0)
    }

    /// Parents from the nearest to the root.
    pub fn ancestors(self) -> impl Iterator<Item = AreaCode> {
        std::iter::successors(self.parent(), |code| code.parent())
    }
}

/// Span of the level above, within which a group of this level counts.
fn upper_span(level: Level) -> i64 {
    match level {
        Level::Province => 1_000_000_000_000_000,
        Level::City => Level::Province.span(),
        Level::District => Level::City.span(),
        Level::Street => Level::District.span(),
        Level::Community => Level::Street.span(),
        Level::Cell => Level::Community.span(),
    }
}

impl fmt::Display for AreaCode {
    /// The short form: 6, 9, 12 or 15 digits. A cell of a street without communities keeps all 15.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let full = format!("{:015}", self.0);
        f.pad(full.get(..self.level().digits()).unwrap_or(&full))
    }
}

impl FromStr for AreaCode {
    type Err = CodeError;

    /// Reads 6, 9, 12 or 15 digits.
    fn from_str(text: &str) -> Result<AreaCode, CodeError> {
        let fault = |why| CodeError { given: text.to_owned(), why };
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(fault("only digits are allowed"));
        }
        let scale = match text.len() {
            6 => Level::District.span(),
            9 => Level::Street.span(),
            12 => Level::Community.span(),
            15 => 1,
            _ => return Err(fault("must have 6, 9, 12 or 15 digits (district, street, community, cell)")),
        };
        let number: i64 = text.parse().map_err(|_| fault("only digits are allowed"))?;
        AreaCode::new(number * scale).map_err(|_| fault("must not be all zeros"))
    }
}

/// One area as declared: everything above a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The code.
    pub code: AreaCode,
    /// The name as shown.
    pub name: String,
    /// The outline, where known.
    pub shape: Option<Shape>,
}

/// What is wrong with a set of areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaFault {
    /// The code is given twice.
    Duplicate(AreaCode),
    /// No area stands above this one although it is not the shallowest level of the set.
    NoParent(AreaCode),
    /// A cell is given as an area.
    IsCell(AreaCode),
    /// No areas at all.
    Empty,
}

impl fmt::Display for AreaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AreaFault::Duplicate(code) => write!(f, "area {code} is given twice; a code names one area for ever"),
            AreaFault::NoParent(code) => match code.parent() {
                Some(parent) => write!(f, "area {code} has no parent; add area {parent}, or remove {code}"),
                None => write!(f, "area {code} has no parent"),
            },
            AreaFault::IsCell(code) => write!(f, "{code} is the code of a grid cell; areas have 6, 9 or 12 digits"),
            AreaFault::Empty => write!(f, "there are no areas; a city needs at least one"),
        }
    }
}

impl std::error::Error for AreaFault {}

/// The areas of one city. Invariant: codes are unique, and every area has its parent, except those of the shallowest
/// level.
#[derive(Clone, Debug, Default)]
pub struct AreaTree {
    areas: BTreeMap<AreaCode, Area>,
}

impl AreaTree {
    /// Checks and builds; all faults at once.
    pub fn new(areas: Vec<Area>) -> Result<AreaTree, Vec<AreaFault>> {
        let mut faults = Vec::new();
        let mut by_code = BTreeMap::new();
        let top = areas.iter().map(|area| area.code.level()).min();
        for area in areas {
            let code = area.code;
            if code.level() == Level::Cell {
                faults.push(AreaFault::IsCell(code));
            } else if by_code.insert(code, area).is_some() {
                faults.push(AreaFault::Duplicate(code));
            }
        }
        for code in by_code.keys() {
            let orphan = code.parent().is_none_or(|parent| !by_code.contains_key(&parent));
            if orphan && Some(code.level()) != top {
                faults.push(AreaFault::NoParent(*code));
            }
        }
        if by_code.is_empty() && faults.is_empty() {
            faults.push(AreaFault::Empty);
        }
        if faults.is_empty() { Ok(AreaTree { areas: by_code }) } else { Err(faults) }
    }

    /// The area of a code; a cell's code has none of its own (ask for its parent).
    pub fn get(&self, code: AreaCode) -> Option<&Area> {
        self.areas.get(&code)
    }

    /// All areas in code order.
    pub fn iter(&self) -> impl Iterator<Item = &Area> {
        self.areas.values()
    }

    /// The areas without a parent in this tree.
    pub fn roots(&self) -> impl Iterator<Item = &Area> {
        self.iter().filter(|area| area.code.parent().is_none_or(|parent| !self.areas.contains_key(&parent)))
    }

    /// The area and everything below it, in code order.
    pub fn subtree(&self, code: AreaCode) -> impl Iterator<Item = &Area> {
        self.areas.range(code..).map(|(_, area)| area).take_while(move |area| code.covers(area.code))
    }

    /// The areas directly below.
    pub fn children(&self, code: AreaCode) -> impl Iterator<Item = &Area> {
        self.subtree(code).filter(move |area| area.code.parent() == Some(code))
    }

    /// The areas of one level, in code order.
    pub fn level(&self, level: Level) -> impl Iterator<Item = &Area> {
        self.iter().filter(move |area| area.code.level() == level)
    }

    /// Names from the root down to this code (areas of the tree only).
    pub fn path(&self, code: AreaCode) -> Vec<&str> {
        let mut names: Vec<&str> = std::iter::once(code)
            .chain(code.ancestors())
            .filter_map(|code| self.get(code).map(|area| area.name.as_str()))
            .collect();
        names.reverse();
        names
    }

    /// Areas with an outline below which no area has one: what a grid is drawn in.
    pub fn leaves(&self) -> impl Iterator<Item = &Area> {
        self.iter().filter(|area| {
            area.shape.is_some()
                && !self.subtree(area.code).any(|other| other.code != area.code && other.shape.is_some())
        })
    }
}
