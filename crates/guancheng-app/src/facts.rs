//! What the kernel may look up, answered from the store and the pack.

use guancheng_base::{CaseId, Day, LonLat, OfficeId, metres_between};
use guancheng_case::{Case, Facts, OtherWorks, Value};

use crate::{
    City,
    ports::{NearQuery, Read},
};

/// The radius around a line's points within which other works are looked at, in metres. A trench is drawn with a
/// point at least every few hundred metres; the kernel's own rule for "meet" is a road's width.
const WORKS_RADIUS_M: f64 = 500.0;
/// The width of a road with its pavements, in metres.
const ROAD_WIDTH_M: f64 = 60.0;
/// The most neighbours looked at.
const NEAR_LIMIT: usize = 50;

/// Look-ups for one decision. A store that fails answers "nothing there": the write that follows fails with it.
pub struct StoreFacts<'a> {
    /// The city.
    pub city: &'a City,
    /// The store, as the decision's own transaction sees it.
    pub store: &'a dyn Read,
    /// The case being decided, which is never its own neighbour.
    pub except: Option<CaseId>,
}

impl StoreFacts<'_> {
    fn near(&self, at: LonLat, metres: f64, kind: &str, category: Option<&str>) -> Vec<CaseId> {
        let query = NearQuery {
            place: at,
            metres,
            kinds: vec![kind.into()],
            states: Vec::new(),
            open: Some(true),
            category: category.map(Into::into),
            changed_from: None,
            need_to_know: true,
            except: self.except,
            limit: NEAR_LIMIT,
        };
        let found = self.store.near(&query).unwrap_or_default();
        found.into_iter().map(|(row, _)| row.id).collect()
    }
}

impl Facts for StoreFacts<'_> {
    fn open_cases_near(&self, kind: &str, category: Option<&str>, at: LonLat, metres: f64) -> Vec<(CaseId, String)> {
        let numbered = |id: CaseId| self.store.row(id).ok().flatten().map(|row| (id, row.number));
        self.near(at, metres, kind, category).into_iter().filter_map(numbered).collect()
    }

    fn overlapping_works(&self, line: &[LonLat], from: Day, to: Day) -> Vec<OtherWorks> {
        let Some(kind) = self.except.and_then(|id| self.store.case(id).ok().flatten()).map(|case| case.kind) else {
            return Vec::new();
        };
        let mut ids: Vec<CaseId> = line.iter().flat_map(|at| self.near(*at, WORKS_RADIUS_M, &kind, None)).collect();
        ids.sort();
        ids.dedup();
        let cases = ids.into_iter().filter_map(|id| self.store.case(id).ok().flatten());
        cases.filter_map(|case| works(&case, line, from, to)).collect()
    }

    fn cell_of(&self, at: LonLat) -> Option<i64> {
        self.city.cell_of(at)
    }

    fn area_class(&self, cell: i64) -> Option<char> {
        let code = guancheng_place::AreaCode::new(cell).ok()?;
        self.city.pack.places.class_of(code)
    }

    fn office_title(&self, office: OfficeId) -> Option<String> {
        self.city.office_name(office)
    }

    fn role_title(&self, role: &str) -> Option<String> {
        self.city.pack.roles.get(role).map(|role| role.title.clone())
    }

    fn case_state(&self, case: CaseId) -> Option<(String, bool)> {
        let row = self.store.row(case).ok().flatten()?;
        Some((row.state.to_string(), row.is_open))
    }
}

/// The works of another case if they meet this line and time.
fn works(case: &Case, line: &[LonLat], from: Day, to: Day) -> Option<OtherWorks> {
    let (first, last) = (case.field("work_from")?.as_date()?, case.field("work_to")?.as_date()?);
    let theirs: Vec<LonLat> = match case.field("line") {
        Some(Value::Line(line)) => line.clone(),
        _ => case.position().into_iter().collect(),
    };
    let meet = theirs.iter().any(|a| line.iter().any(|b| metres_between(*a, *b) <= ROAD_WIDTH_M));
    (meet && first <= to && from <= last).then(|| OtherWorks {
        case: case.id,
        number: case.number.clone(),
        until: last,
    })
}
