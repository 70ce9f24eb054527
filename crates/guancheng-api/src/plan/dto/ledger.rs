//! The ledger and one line of it.

use guancheng_plan::{
    Amount,
    ledger::{Held, Light, Source},
    model::{Amendment, Binding, Class, Commitment},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{DecisionView, Lights, TreeNode};
use crate::dto::Moment;

/// Where the present pace leads.
#[derive(Serialize, ToSchema)]
pub struct ForecastView {
    /// The careful end of the interval.
    pub low: Amount,
    /// At the present pace.
    pub mid: Amount,
    /// The hopeful end.
    pub high: Amount,
    /// By this day.
    pub by: String,
}

/// What comes next.
#[derive(Serialize, ToSchema)]
pub struct NextView {
    /// What.
    pub title: String,
    /// By when.
    pub due: String,
}

/// A step as it stands.
#[derive(Serialize, ToSchema)]
pub struct StepView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// By when.
    pub due: String,
    /// When it was reached.
    pub done: Option<String>,
}

/// One line of the ledger.
#[derive(Serialize, ToSchema)]
pub struct LedgerLine {
    /// The commitment.
    pub commitment: String,
    /// Its item.
    pub item: u32,
    /// Its section.
    pub section: u32,
    /// The item's title.
    pub item_title: String,
    /// The words of the document.
    pub text: String,
    /// Plain words; empty where none were written.
    pub words: String,
    /// What kind of promise.
    pub class: Class,
    /// The lead office.
    pub office: Option<i64>,
    /// Its name.
    pub office_name: String,
    /// Offices that help.
    pub assist: Vec<i64>,
    /// Points in the letter.
    pub weight: u32,
    /// Its light.
    pub light: Light,
    /// Why; the first one decides.
    pub reasons: Vec<String>,
    /// What was reached.
    pub value: Option<Amount>,
    /// What is to be reached.
    pub target: Option<Amount>,
    /// The unit of both.
    pub unit: String,
    /// What the curve asks for today.
    pub planned: Option<Amount>,
    /// Degree of fulfilment in thousandths; nothing when it is not rated.
    pub degree: Option<i64>,
    /// Where the present pace leads.
    pub forecast: Option<ForecastView>,
    /// Where the value comes from.
    pub source: Option<Source>,
    /// The day of the last sign of life.
    pub last_sign: Option<String>,
    /// Days since.
    pub age_days: Option<i32>,
    /// What comes next.
    pub next: Option<NextView>,
    /// The last day.
    pub due: Option<String>,
    /// Reports waiting for approval.
    pub pending: u32,
    /// Samples that failed and are not mended.
    pub failed: u32,
    /// The steps, where it is a chain.
    pub steps: Vec<StepView>,
    /// Occurrences, where it is a schedule.
    pub held: Option<Held>,
    /// Help wanted.
    pub help: Option<String>,
    /// What fulfils it: the binding's kind.
    pub binding: Option<String>,
}

/// Fields typed by the people of an office.
#[derive(Serialize, ToSchema)]
pub struct BurdenView {
    /// The office.
    pub office: i64,
    /// Its name.
    pub name: String,
    /// Fields typed this month.
    pub fields: u32,
    /// Fields typed in the month before.
    pub fields_before: u32,
}

/// The burden of a month.
#[derive(Serialize, ToSchema)]
pub struct BurdenMonth {
    /// The month.
    pub month: String,
    /// Offices that typed anything.
    pub offices: Vec<BurdenView>,
}

/// The ledger.
#[derive(Serialize, ToSchema)]
pub struct Ledger {
    /// The day it is read for.
    pub as_of: String,
    /// Whether the plan is in force.
    pub adopted: bool,
    /// The lines that fit the filters.
    pub lines: Vec<LedgerLine>,
    /// Their lights.
    pub lights: Lights,
    /// All lines of the plan.
    pub total: usize,
    /// What people typed.
    pub burden: BurdenMonth,
}

/// A point of a curve.
#[derive(Serialize, ToSchema)]
pub struct CurvePoint {
    /// The day.
    pub day: String,
    /// What the curve asks for.
    pub planned: Amount,
    /// What was reached; nothing in the future.
    pub actual: Option<Amount>,
}

/// A report behind a line.
#[derive(Serialize, ToSchema)]
pub struct ProgressView {
    /// The case.
    pub case: i64,
    /// Its number.
    pub number: String,
    /// The day it is about.
    pub day: String,
    /// The step, or the first day of an occurrence.
    pub step: String,
    /// The quantity.
    pub amount: Amount,
    /// `pending`, `counted`, `inspected`, `failed` or `refused`.
    pub standing: String,
    /// The reporting office.
    pub unit_name: Option<String>,
    /// When it was opened.
    pub at: Moment,
    /// Its picture.
    pub thumb: Option<i64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// What was written.
    pub note: String,
}

/// A line with everything behind it.
#[derive(Serialize, ToSchema)]
pub struct LedgerLineDetail {
    /// The line.
    pub line: LedgerLine,
    /// The commitment as it stands.
    pub commitment: Commitment,
    /// The curve, where a quantity is promised.
    pub curve: Vec<CurvePoint>,
    /// The newest reports.
    pub rows: Vec<ProgressView>,
    /// All reports.
    pub rows_total: u64,
    /// Where the duty was passed to.
    pub delegations: Vec<TreeNode>,
    /// Its amendments.
    pub amendments: Vec<Amendment>,
    /// Decisions about it.
    pub decisions: Vec<DecisionView>,
    /// The query of `/cases` that shows the rows behind a rate.
    pub rate_query: Option<String>,
    /// The binding, for forms.
    pub binding: Option<Binding>,
}
