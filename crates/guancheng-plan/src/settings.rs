//! What a pack declares about plans: rights, the usual curve, meetings, numbers of circulars, grades.

use std::collections::BTreeMap;

use guancheng_base::{Name, OfficeId};
use guancheng_calendar::Limit;

use crate::{Act, model::Cadence};

/// The plan settings of a city.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Which roles hold which right.
    pub rights: BTreeMap<Act, Vec<Name>>,
    /// Planned share of a target at the end of each month, percent, never falling, ending at 100.
    pub curve: [u8; 12],
    /// Days within which a sign of life is expected; after two such cycles without one a line is red.
    pub cycle_days: u16,
    /// The meetings that come again.
    pub series: Vec<Series>,
    /// Number of a circular: `{yyyy}` and `{seq}` are filled in.
    pub circular_number: String,
    /// Grades from the best down: title and smallest total in points.
    pub grades: Vec<(String, u8)>,
    /// Peer groups: title and offices; every other office is in the group named by `other_group`.
    pub groups: Vec<(String, Vec<OfficeId>)>,
    /// The group of offices that are in none.
    pub other_group: String,
    /// The leader's mark counts this many percent of the total, the ledger the rest.
    pub mark_percent: u8,
    /// How long appeals are taken.
    pub appeal_within: Limit,
    /// The procedures of reports, decisions and amendments.
    pub progress_procedure: Name,
    /// A decision of a meeting becomes a case of this procedure.
    pub decision_procedure: Name,
    /// An amendment is a case of this procedure.
    pub amendment_procedure: Name,
}

/// A meeting that comes again.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its id: `weekly`.
    pub id: Name,
    /// Its title: 碰头会.
    pub title: String,
    /// How often.
    pub cadence: Cadence,
}

impl Settings {
    /// The peer group of an office.
    pub fn group_of(&self, office: OfficeId) -> &str {
        let found = self.groups.iter().find(|(_, offices)| offices.contains(&office));
        found.map_or(&self.other_group, |(title, _)| title)
    }

    /// The grade of a total in thousandths of a point.
    pub fn grade_of(&self, total: i64) -> Option<&str> {
        let reached = |(_, from): &&(String, u8)| total >= i64::from(*from) * 1000;
        self.grades.iter().find(reached).map(|(title, _)| title.as_str())
    }

    /// A series of meetings.
    pub fn series(&self, id: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.id == *id)
    }
}
