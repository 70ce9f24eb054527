//! What a decision may look up besides the case: read-only, and the same for every reader of the moment.

use std::collections::BTreeMap;

use guancheng_base::{CaseId, Day, LonLat, OfficeId, metres_between};

/// Look-ups given to [`crate::decide`].
pub trait Facts {
    /// Open cases of the kind and category (or a row under the same class) within `metres` of `at`: id and number.
    fn open_cases_near(&self, kind: &str, category: Option<&str>, at: LonLat, metres: f64) -> Vec<(CaseId, String)>;
    /// Works on the road whose place and time meet: `line` within a road's width, between the two days, both included.
    fn overlapping_works(&self, line: &[LonLat], from: Day, to: Day) -> Vec<OtherWorks>;
    /// The unit-grid cell of a position; `None` outside the city.
    fn cell_of(&self, at: LonLat) -> Option<i64>;
    /// The class of area of a cell: `'A'`, `'B'` or `'C'`.
    fn area_class(&self, cell: i64) -> Option<char>;
    /// An office's name.
    fn office_title(&self, office: OfficeId) -> Option<String>;
    /// A role's title in the pack's language.
    fn role_title(&self, _role: &str) -> Option<String> {
        None
    }
    /// The state of another case and whether it is open; `None` if there is no such case.
    fn case_state(&self, case: CaseId) -> Option<(String, bool)>;
}

/// Works that are in the way of others.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherWorks {
    /// Their case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Their last day.
    pub until: Day,
}

/// Facts in memory, for examples and tests.
#[derive(Clone, Debug, Default)]
pub struct MemoryFacts {
    /// Open cases: id, number, kind, category, position.
    pub open: Vec<(CaseId, String, String, Option<String>, LonLat)>,
    /// Works and a point of each, with first day.
    pub works: Vec<(OtherWorks, Day, LonLat)>,
    /// The one cell of the little world, or none.
    pub cell: Option<i64>,
    /// Its class.
    pub class: Option<char>,
    /// Office names.
    pub offices: BTreeMap<OfficeId, String>,
    /// States of other cases.
    pub states: BTreeMap<CaseId, (String, bool)>,
}

/// How near two works must be to meet, in metres: the width of a road with its pavements.
pub const ROAD_WIDTH_M: f64 = 60.0;

impl Facts for MemoryFacts {
    fn open_cases_near(&self, kind: &str, category: Option<&str>, at: LonLat, metres: f64) -> Vec<(CaseId, String)> {
        let same = |c: &Option<String>| category.is_none() || c.as_deref() == category;
        let near =
            self.open.iter().filter(|(_, _, k, c, place)| k == kind && same(c) && metres_between(*place, at) <= metres);
        near.map(|(id, number, ..)| (*id, number.clone())).collect()
    }

    fn overlapping_works(&self, line: &[LonLat], from: Day, to: Day) -> Vec<OtherWorks> {
        let meets = |place: &LonLat| line.iter().any(|at| metres_between(*at, *place) <= ROAD_WIDTH_M);
        let others =
            self.works.iter().filter(|(works, first, place)| *first <= to && from <= works.until && meets(place));
        others.map(|(works, ..)| works.clone()).collect()
    }

    fn cell_of(&self, _at: LonLat) -> Option<i64> {
        self.cell
    }

    fn area_class(&self, _cell: i64) -> Option<char> {
        self.class
    }

    fn office_title(&self, office: OfficeId) -> Option<String> {
        self.offices.get(&office).cloned()
    }

    fn case_state(&self, case: CaseId) -> Option<(String, bool)> {
        self.states.get(&case).cloned()
    }
}
