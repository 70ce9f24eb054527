//! What the answers about measures look like. Numbers are exact and written as decimals in texts, as they are printed.

use serde::Serialize;
use utoipa::ToSchema;

use crate::dto::{CaseRow, Moment};

/// An indicator as declared.
#[derive(Serialize, ToSchema)]
pub struct IndicatorView {
    /// Its id.
    pub id: String,
    /// Its version in force.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// Its number in the national scheme.
    pub number: Option<String>,
    /// The indicator of which it is another reading.
    pub variant_of: Option<String>,
    /// The office that keeps it.
    pub owner: String,
    /// `count`, `ratio`, `mean`, `stock_ratio`, or `given` by another part of the city.
    pub kind: String,
    /// Its unit.
    pub unit: String,
    /// `up` or `down`: where better is.
    pub better: String,
    /// The table of facts it counts.
    pub fact: Option<String>,
    /// Columns it may be asked by.
    pub by: Vec<String>,
    /// Kinds of period it may be asked for.
    pub periods: Vec<String>,
    /// What it rests on.
    pub basis: Vec<String>,
    /// What is counted, in the columns of the facts.
    pub formula: Option<String>,
    /// Reasons for which rows are left out.
    pub excludes: Vec<String>,
    /// What is to be reached: `>= 90`.
    pub target: Option<String>,
    /// The indicators that get worse when this one is embellished.
    pub counter: Vec<String>,
}

/// The indicators.
#[derive(Serialize, ToSchema)]
pub struct IndicatorPage {
    /// By id.
    pub items: Vec<IndicatorView>,
}

/// A period that a scorecard can be read for.
#[derive(Serialize, ToSchema)]
pub struct ScorecardPeriod {
    /// `month`, `quarter`, ….
    pub kind: String,
    /// What its result is called.
    pub label: String,
}

/// A line of a scorecard as declared.
#[derive(Serialize, ToSchema)]
pub struct ScorecardLine {
    /// Its title.
    pub title: String,
    /// The indicator it scores.
    pub indicator: Option<String>,
    /// The event it counts.
    pub event: Option<String>,
    /// The most it gives.
    pub points: String,
    /// Whether it adds beyond full points.
    pub bonus: bool,
    /// Why it is there or reads as it does.
    pub why: Option<String>,
}

/// A scorecard as declared.
#[derive(Serialize, ToSchema)]
pub struct ScorecardView {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// Whom it judges: a column of the facts.
    pub subject: String,
    /// What such a subject is called.
    pub subject_title: String,
    /// The office that keeps it.
    pub owner: String,
    /// Its own period first, then those it is rolled up to.
    pub periods: Vec<ScorecardPeriod>,
    /// Its lines.
    pub lines: Vec<ScorecardLine>,
    /// What it rests on.
    pub basis: Vec<String>,
}

/// The scorecards I may see.
#[derive(Serialize, ToSchema)]
pub struct ScorecardPage {
    /// By id.
    pub items: Vec<ScorecardView>,
}

/// Points of one line.
#[derive(Serialize, ToSchema)]
pub struct BoardLine {
    /// The points; `null` is not rated.
    pub points: Option<String>,
    /// The most it gives.
    pub most: String,
    /// How the points came about, with the numbers.
    pub formula: String,
}

/// A subject of a board.
#[derive(Serialize, ToSchema)]
pub struct BoardSubject {
    /// Its code.
    pub subject: String,
    /// Its name.
    pub title: String,
    /// Title of its peer group.
    pub group: Option<String>,
    /// Points per line, in the order of the scorecard; empty where shorter periods were rolled up.
    pub lines: Vec<BoardLine>,
    /// The total; `null` is not rated.
    pub total: Option<String>,
    /// Its place; `null` is listed without one.
    pub rank: Option<u32>,
    /// How many have a place beside it.
    pub ranked: u32,
    /// Title of its grade.
    pub grade: Option<String>,
    /// Whether there is too little to judge it.
    pub not_rated: bool,
    /// How the total came about.
    pub formula: String,
}

/// What a board says of itself.
#[derive(Serialize, ToSchema)]
pub struct BoardHealth {
    /// How many are rated.
    pub rated: usize,
    /// Highest minus lowest total.
    pub spread: Option<String>,
    /// Distance of the tenth and the ninetieth percentile.
    pub p90_p10: Option<String>,
    /// Share near full points, 0 to 1.
    pub share_near_top: Option<String>,
    /// Share of rows left out, in percent.
    pub excluded_pct: Option<String>,
    /// Lines on which everybody has full points.
    pub full_lines: Vec<String>,
    /// Tests that failed: `spread`, `ceiling`, `excluded`, `indicator`.
    pub fails: Vec<String>,
    /// How it came about.
    pub formula: String,
}

/// A board.
#[derive(Serialize, ToSchema)]
pub struct BoardView {
    /// The scorecard.
    pub scorecard: ScorecardView,
    /// The period, as `2026-11`.
    pub period: String,
    /// Its kind.
    pub period_kind: String,
    /// As of when.
    pub as_of: Moment,
    /// Whether the period has ended.
    pub is_final: bool,
    /// By place; who has none comes last.
    pub rows: Vec<BoardSubject>,
    /// The self-test; `null` where shorter periods were rolled up.
    pub health: Option<BoardHealth>,
}

/// Rows left out for one reason.
#[derive(Serialize, ToSchema)]
pub struct LeftOut {
    /// The reason.
    pub why: String,
    /// How many.
    pub n: usize,
}

/// A value with everything it was made of.
#[derive(Serialize, ToSchema)]
pub struct ValueView {
    /// The indicator.
    pub indicator: IndicatorView,
    /// Whose value: column and code.
    pub subject: String,
    /// The subject's name.
    pub subject_title: String,
    /// The period, as `2026-11`.
    pub period: String,
    /// As of when.
    pub as_of: Moment,
    /// The value; `null` is not rated.
    pub value: Option<String>,
    /// Why there is none: `no_base`, `too_few`, `period_open`.
    pub unrated: Option<String>,
    /// The number above.
    pub num: String,
    /// The number below; 0 for a count.
    pub den: String,
    /// Rows counted above.
    pub num_rows: usize,
    /// Rows counted below.
    pub den_rows: usize,
    /// Rows left out, by reason.
    pub excluded: Vec<LeftOut>,
    /// Rows that cannot be judged yet.
    pub immature: usize,
    /// The share left out, in percent.
    pub left_out_pct: Option<String>,
    /// Whether more was left out than usual.
    pub flagged: bool,
    /// Whether the period has ended.
    pub is_final: bool,
    /// Whether the target is reached.
    pub reached: Option<bool>,
    /// The formula with the numbers in it.
    pub formula: String,
}

/// Cases behind a value.
#[derive(Serialize, ToSchema)]
pub struct ValueRows {
    /// Those I may see.
    pub items: Vec<CaseRow>,
    /// Send it as `after` to get the next page; `null` on the last.
    pub next: Option<String>,
    /// How many cases there are behind this side of the value, whether or not I may see them.
    pub total: usize,
}
