//! Paths and queries of the plan.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::valid::{Faults, Valid, WHOLE_MAX};

/// A plan.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PlanPath {
    /// The plan's id.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub plan: i64,
}

/// A letter.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct LetterPath {
    /// The plan's id.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub plan: i64,
    /// The office.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub office: i64,
}

/// A commitment.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct LinePath {
    /// The plan's id.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub plan: i64,
    /// The commitment.
    #[param(min_length = 1, max_length = 40)]
    pub commitment: String,
}

/// A circular.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CircularPath {
    /// The plan's id.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub plan: i64,
    /// The circular's number within the plan.
    #[param(minimum = 1, maximum = 1000000)]
    pub circular: u32,
}

/// How a paper is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperFormat {
    /// A page to print.
    #[default]
    Html,
    /// A document to edit.
    Docx,
}

/// How a paper is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PaperQuery {
    /// `html` or `docx`.
    #[param(inline)]
    #[serde(default)]
    pub format: PaperFormat,
}

/// How the ledger is wanted as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LedgerFormat {
    /// A workbook.
    Xlsx,
    /// A document.
    Docx,
}

/// A year of a plan to be read in.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct YearQuery {
    /// The year of the plan; without it the document must say.
    #[param(minimum = 1990, maximum = 2100)]
    pub year: Option<i16>,
}

/// Which lines are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct LedgerQuery {
    /// Lines the office leads or assists.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub office: Option<i64>,
    /// Lines of a section.
    #[param(minimum = 1, maximum = 1000)]
    pub section: Option<u32>,
    /// Lines with a light: `red`, `amber`, `green`, `grey`.
    #[param(max_length = 10)]
    pub light: Option<String>,
    /// Lines of a class.
    #[param(max_length = 20)]
    pub class: Option<String>,
    /// Lines whose words hold this.
    #[param(max_length = 100)]
    pub q: Option<String>,
    /// Lines with reports from a district, street or community: its code.
    #[param(pattern = "^[0-9]{6}([0-9]{3}){0,3}$")]
    pub area: Option<String>,
    /// The day to read it for, `YYYY-MM-DD`.
    #[param(max_length = 10)]
    pub as_of: Option<String>,
    /// For a file: `xlsx` or `docx`.
    #[param(inline)]
    pub format: Option<LedgerFormat>,
}

/// Posts of an office.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PostsQuery {
    /// The office; units below it are included.
    #[param(minimum = 1, maximum = 9007199254740991_i64)]
    pub office: i64,
}

impl Valid for PostsQuery {
    fn check(&self, faults: &mut Faults) {
        faults.range("office", self.office, 1..=WHOLE_MAX);
    }
}

/// Which promises are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PromisesQuery {
    /// The year; without it the newest plan in force.
    #[param(minimum = 1990, maximum = 2100)]
    pub year: Option<i16>,
}

/// The page of promises without JavaScript.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromisesPageQuery {
    /// The year.
    pub year: Option<i16>,
    /// A section.
    pub section: Option<u32>,
    /// A light.
    pub light: Option<String>,
    /// `zh` or `en`.
    pub lang: Option<String>,
    /// `1` to be put into another page: no heading, no navigation.
    pub embed: Option<String>,
}

impl PromisesPageQuery {
    /// Whether the page is to stand inside another.
    pub fn is_embedded(&self) -> bool {
        self.embed.as_deref() == Some("1")
    }
}

const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

impl Valid for PaperQuery {
    fn check(&self, _: &mut Faults) {}
}

impl Valid for PromisesPageQuery {
    fn check(&self, faults: &mut Faults) {
        year(self.year, faults);
    }
}

impl Valid for YearQuery {
    fn check(&self, faults: &mut Faults) {
        year(self.year, faults);
    }
}

impl Valid for PromisesQuery {
    fn check(&self, faults: &mut Faults) {
        year(self.year, faults);
    }
}

impl Valid for LedgerQuery {
    fn check(&self, faults: &mut Faults) {
        if let Some(light) = &self.light
            && !["red", "amber", "green", "grey"].contains(&light.as_str())
        {
            faults.add("light", "应为 red、amber、green 或 grey", "must be red, amber, green or grey");
        }
        faults.area("area", self.area.as_deref());
        faults.range("section", self.section.unwrap_or(1), 1..=1000);
        faults.range("office", self.office.unwrap_or(1), 1..=WHOLE_MAX);
        if let Some(day) = &self.as_of
            && guancheng_base::Day::parse(day).is_err()
        {
            faults.add("as_of", "应为日期 YYYY-MM-DD", "must be a date YYYY-MM-DD");
        }
        faults.length("class", self.class.as_deref(), 20);
        faults.length("q", self.q.as_deref(), 100);
    }
}

fn year(year: Option<i16>, faults: &mut Faults) {
    if year.is_some_and(|year| !YEARS.contains(&year)) {
        faults.add("year", "应在 1990 至 2100 之间", "must be between 1990 and 2100");
    }
}
