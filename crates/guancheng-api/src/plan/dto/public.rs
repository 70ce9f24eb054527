//! What the public sees.

use guancheng_plan::{Amount, ledger::Light, model::Section};
use serde::Serialize;
use utoipa::ToSchema;

/// A promise as the public sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseView {
    /// The commitment.
    pub id: String,
    /// Its section.
    pub section: u32,
    /// The item's title.
    pub item_title: String,
    /// Plain words.
    pub words: String,
    /// Its light.
    pub light: Light,
    /// Its light at the end of last month.
    pub light_before: Light,
    /// What was reached.
    pub value: Option<Amount>,
    /// What it was at the end of last month.
    pub value_before: Option<Amount>,
    /// What is to be reached.
    pub target: Option<Amount>,
    /// The unit of all.
    pub unit: String,
    /// Reached in percent of the target.
    pub percent: Option<i64>,
    /// The day of the last report that counts.
    pub day: Option<String>,
    /// Who answers for it.
    pub office_name: String,
    /// A picture of the newest report that counts.
    pub photo: Option<String>,
    /// Where it was reported from, at most fifty places.
    pub places: Vec<[f64; 2]>,
}

/// A circular the public may read.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicCircular {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
}

/// This year's promises.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Promises {
    /// The plan.
    pub plan: i64,
    /// Its year.
    pub year: i16,
    /// Its title.
    pub title: String,
    /// The day it is read for.
    pub as_of: String,
    /// Its sections.
    pub sections: Vec<Section>,
    /// The promises.
    pub promises: Vec<PromiseView>,
    /// Circulars released to the public.
    pub circulars: Vec<PublicCircular>,
}
