//! Path and query parameters.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    limits,
    valid::{Faults, Valid, WHOLE_MAX},
};

/// A case.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CasePath {
    /// The case's id.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub id: i64,
}

/// A question inside a case.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AskPath {
    /// The case's id.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub id: i64,
    /// The question's number within the case.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub ask: i64,
}

/// A part of a joint review.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PartPath {
    /// The case's id.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub id: i64,
    /// The part's id within the case.
    #[param(min_length = 1, max_length = 100)]
    pub part: String,
}

/// A pause of a clock.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PausePath {
    /// The case's id.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub id: i64,
    /// The clock.
    #[param(min_length = 1, max_length = 100)]
    pub clock: String,
}

/// A file, or a token.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct IdPath {
    /// Its id.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub id: i64,
}

/// Something the pack declares.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct NamePath {
    /// Its id in the pack.
    #[param(min_length = 1, max_length = 100)]
    pub id: String,
}

/// A report.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CodePath {
    /// The tracking code.
    #[param(min_length = 1, max_length = 60)]
    pub code: String,
}

/// As part of what a file is read.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FileQuery {
    /// The case it is evidence of.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub case: Option<i64>,
    /// The tracking code of a report whose case it is evidence of.
    #[param(max_length = 60)]
    pub report: Option<String>,
    /// The number of an open case that shows it on the public map; small picture only.
    #[param(max_length = 60)]
    pub number: Option<String>,
}

/// The sequence a client has seen.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SeqQuery {
    /// Another sequence answers 409 `seq_conflict`.
    #[param(minimum = 0, maximum = 9007199254740991_i64)]
    pub if_seq: i64,
}

/// Which areas.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AreaQuery {
    /// Only areas of this level.
    #[param(inline)]
    pub level: Option<AreaLevel>,
    /// Only areas below this code.
    #[param(pattern = "^[0-9]{6}([0-9]{3}){0,3}$")]
    pub parent: Option<String>,
}

/// Level of the area tree.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AreaLevel {
    /// District.
    District,
    /// Street.
    Street,
    /// Community.
    Community,
}

/// A position.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct LocateQuery {
    /// Degrees east.
    #[param(minimum = -180, maximum = 180)]
    pub lon: f64,
    /// Degrees north.
    #[param(minimum = -90, maximum = 90)]
    pub lat: f64,
    /// Coordinate system of the position; WGS-84 if left out.
    #[param(inline)]
    pub crs: Option<CrsName>,
}

/// A coordinate system of positions in degrees.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CrsName {
    /// WGS-84, of satellite receivers.
    Wgs84,
    /// CGCS2000, of surveys.
    Cgcs2000,
    /// GCJ-02, of Chinese web maps.
    Gcj02,
    /// BD-09, of one Chinese web map.
    Bd09,
}

/// Cases around a position.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NearQuery {
    /// Degrees east.
    #[param(minimum = -180, maximum = 180)]
    pub lon: f64,
    /// Degrees north.
    #[param(minimum = -90, maximum = 90)]
    pub lat: f64,
    /// Radius, 200 if left out.
    #[param(minimum = 1, maximum = 2000)]
    pub metres: Option<u32>,
}

/// How far around.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MetresQuery {
    /// Radius, 200 if left out.
    #[param(minimum = 1, maximum = 2000)]
    pub metres: Option<u32>,
}

/// Which records of the log.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditFilter {
    /// Only by this person.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub actor: Option<i64>,
    /// Only about this case.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub case: Option<i64>,
    /// Only of this kind.
    #[param(max_length = 60)]
    pub kind: Option<String>,
    /// From this day on.
    #[param(format = Date)]
    pub from: Option<String>,
    /// Up to and including this day.
    #[param(format = Date)]
    pub to: Option<String>,
    /// `next` of the page before.
    #[param(max_length = 200)]
    pub after: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
}

/// Language of a page for people.
#[derive(Deserialize)]
pub struct LangQuery {
    /// `zh` or `en`.
    pub lang: Option<String>,
}

impl Valid for FileQuery {
    fn check(&self, faults: &mut Faults) {
        faults.range("case", self.case.unwrap_or(1), 1..=WHOLE_MAX);
        faults.length("report", self.report.as_deref(), 60);
        faults.length("number", self.number.as_deref(), 60);
    }
}

impl Valid for SeqQuery {
    fn check(&self, faults: &mut Faults) {
        faults.range("if_seq", self.if_seq, 0..=WHOLE_MAX);
    }
}

impl Valid for AreaQuery {
    fn check(&self, faults: &mut Faults) {
        faults.area("parent", self.parent.as_deref());
    }
}

impl Valid for LocateQuery {
    fn check(&self, faults: &mut Faults) {
        faults.position(Some(self.lon), Some(self.lat));
    }
}

impl Valid for NearQuery {
    fn check(&self, faults: &mut Faults) {
        faults.position(Some(self.lon), Some(self.lat));
        faults.range("metres", self.metres.unwrap_or(1), 1..=limits::NEAR_METRES);
    }
}

impl Valid for MetresQuery {
    fn check(&self, faults: &mut Faults) {
        faults.range("metres", self.metres.unwrap_or(1), 1..=limits::NEAR_METRES);
    }
}

impl Valid for AuditFilter {
    fn check(&self, faults: &mut Faults) {
        faults.range("actor", self.actor.unwrap_or(1), 1..=WHOLE_MAX);
        faults.range("case", self.case.unwrap_or(1), 1..=WHOLE_MAX);
        faults.range("limit", self.limit.unwrap_or(1), 1..=limits::PAGE_ROWS);
        faults.length("after", self.after.as_deref(), 200);
        faults.length("kind", self.kind.as_deref(), 60);
    }
}

impl Valid for LangQuery {
    fn check(&self, _: &mut Faults) {}
}
