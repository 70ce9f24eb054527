//! Paths and queries of what is measured.

use guancheng_app::measure::By;
use guancheng_base::{Day, ErrorCode};
use guancheng_indicator::{Period, PeriodKind};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    limits,
    problem::{Answer, Problem},
    valid::{Faults, Valid},
};

/// An indicator or a scorecard.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MeasurePath {
    /// Its id.
    #[param(min_length = 1, max_length = 80)]
    pub id: String,
}

/// Which board is wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct BoardQuery {
    /// `month:2026-11`, `week:2026-W48`, `quarter:2026-Q4`, `half_year:2026-H2`, `year:2026`; a kind alone is the period
    /// that runs now; `to_date`, or nothing, is the running period of the scorecard.
    #[param(max_length = 24)]
    pub period: Option<String>,
}

/// Which value is wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ValueQuery {
    /// Column and code, `district:410105`, or `city`.
    #[param(max_length = 120)]
    pub subject: Option<String>,
    /// As for a board; `to_date`, or nothing, is the running month.
    #[param(max_length = 24)]
    pub period: Option<String>,
}

/// Which rows of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueSide {
    /// What counts.
    #[default]
    Num,
    /// Out of what.
    Den,
    /// Below but not above.
    Missed,
    /// Left out, with a reason.
    Excluded,
}

/// Which rows are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ValueRowsQuery {
    /// Column and code, `district:410105`, or `city`.
    #[param(max_length = 120)]
    pub subject: Option<String>,
    /// As for the value.
    #[param(max_length = 24)]
    pub period: Option<String>,
    /// `num`, `den`, `missed` or `excluded`.
    #[param(inline)]
    pub side: Option<ValueSide>,
    /// The cursor of the page before.
    #[param(max_length = 200)]
    pub after: Option<String>,
    /// How many.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
}

impl Valid for BoardQuery {
    fn check(&self, faults: &mut Faults) {
        check_period(self.period.as_deref(), faults);
    }
}

impl Valid for ValueQuery {
    fn check(&self, faults: &mut Faults) {
        check_subject(self.subject.as_deref(), faults);
        check_period(self.period.as_deref(), faults);
    }
}

impl Valid for ValueRowsQuery {
    fn check(&self, faults: &mut Faults) {
        check_subject(self.subject.as_deref(), faults);
        check_period(self.period.as_deref(), faults);
        faults.length("after", self.after.as_deref(), 200);
        faults.range("limit", self.limit.unwrap_or(1), 1..=limits::PAGE_ROWS);
    }
}

fn check_period(text: Option<&str>, faults: &mut Faults) {
    if text.is_some_and(|text| read(text).is_none()) {
        faults.add(
            "period",
            "应为 month:2026-11、week:2026-W48、quarter:2026-Q4、half_year:2026-H2、year:2026 或 to_date",
            "must be month:2026-11, week:2026-W48, quarter:2026-Q4, half_year:2026-H2, year:2026 or to_date",
        );
    }
}

fn check_subject(text: Option<&str>, faults: &mut Faults) {
    if text.is_some_and(|text| text.len() > 120 || By::parse(text).is_none()) {
        faults.add("subject", "应为 city 或 district:410105 这样的写法", "must be city or as district:410105");
    }
}

/// A period as it was asked for.
enum Asked {
    ToDate,
    Running(PeriodKind),
    Named(Period),
}

fn read(text: &str) -> Option<Asked> {
    if text == "to_date" {
        return Some(Asked::ToDate);
    }
    let kind = |word: &str| PeriodKind::ALL.into_iter().find(|kind| kind.as_str() == word);
    match text.split_once(':') {
        None => kind(text).map(Asked::Running).or_else(|| Period::parse(text).ok().map(Asked::Named)),
        Some((word, rest)) => {
            let period = Period::parse(rest).ok()?;
            (Some(period.kind()) == kind(word)).then_some(Asked::Named(period))
        }
    }
}

/// The period that was asked for on that day; `None` leaves it to the definition.
pub(super) fn period(text: Option<&str>, today: Day) -> Option<Period> {
    match read(text?)? {
        Asked::ToDate => None,
        Asked::Running(kind) => Some(Period::containing(kind, today)),
        Asked::Named(period) => Some(period),
    }
}

/// Whose value was asked for; the whole city's where nothing is said.
pub(super) fn by(text: Option<&str>) -> Answer<By> {
    By::parse(text.unwrap_or(guancheng_indicator::indicator::WHOLE)).ok_or_else(|| Problem::of(ErrorCode::BadFilter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let found = period(Some(text), Day::new(2026, 11, 25).unwrap());
        assert_eq!(found.map(|period| period.to_string()).as_deref(), expect, "{text}");
    }

    #[test]
    fn periods_are_named_or_run_now() {
        check("month:2026-03", Some("2026-03"));
        check("2026-Q4", Some("2026-Q4"));
        check("week", Some("2026-W48"));
        check("year", Some("2026"));
        check("to_date", None);
        check("month:2026-Q4", None);
        check("someday", None);
    }
}
