//! A case as one row of a list, and figures over such rows.

use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ArrayBuilder, ObjectBuilder, RefOr, Schema,
        schema::{SchemaType, Type},
    },
};

use super::{IdName, Light, Moment, Point};

/// The clock that matters most for a case now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClockBrief {
    /// The clock.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it is due; `null` while it is paused.
    pub due: Option<Moment>,
    /// How it stands.
    pub light: Light,
    /// Milliseconds until due, negative when late; `null` while it is paused.
    pub left_ms: Option<i64>,
    /// False while it is paused.
    pub running: bool,
}

/// What lists and the case page both show of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseFacts {
    /// The case's id.
    pub id: i64,
    /// The number people say.
    pub number: String,
    /// The procedure.
    pub kind: String,
    /// Its title.
    pub kind_title: String,
    /// The state.
    pub state: String,
    /// Its title.
    pub state_title: String,
    /// The stage the state belongs to, one of the pack's `stages`.
    pub stage: String,
    /// One line about the matter.
    pub title: String,
    /// Category code.
    pub category: Option<String>,
    /// Its title.
    pub category_title: Option<String>,
    /// Address as given.
    pub address: Option<String>,
    /// Position.
    pub at: Option<Point>,
    /// 15-digit code of the unit grid cell.
    pub cell: Option<String>,
    /// Name of the smallest area known.
    pub area_name: Option<String>,
    /// The unit that handles it.
    pub unit: Option<IdName>,
    /// Who has to act now.
    pub holder_title: String,
    /// Where it came from.
    pub source: String,
    /// When it was opened.
    pub opened_at: Moment,
    /// When it last changed.
    pub changed_at: Moment,
    /// When it ended.
    pub closed_at: Option<Moment>,
    /// The clock that matters most.
    pub clock: Option<ClockBrief>,
    /// The light of that clock.
    pub light: Light,
    /// How many times it was sent back to be done again.
    pub rework: i64,
    /// Sequence of its last event; send it back as `if_seq`.
    pub seq: i64,
    /// A small picture.
    pub thumb: Option<String>,
}

/// A case in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseRow {
    /// The case.
    #[serde(flatten)]
    pub facts: CaseFacts,
    /// How many reports it answers.
    pub reports: i64,
}

/// A page of cases.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CasePage {
    /// The rows.
    pub items: Vec<CaseRow>,
    /// Send it as `after` to get the next page; `null` on the last.
    pub next: Option<String>,
    /// How many there are in all, where that is known cheaply.
    pub total: Option<i64>,
}

/// One group of cases.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseCount {
    /// The key of the group.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How many cases.
    pub n: i64,
}

/// Cases counted by group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseCounts {
    /// The groups.
    pub items: Vec<CaseCount>,
    /// All cases that match.
    pub total: i64,
    /// True if the count stopped at a limit, so that the numbers are lower bounds.
    pub clipped: bool,
}

/// `[id, longitude, latitude, light]`.
#[derive(Clone, Debug, Serialize)]
pub struct MapPoint(pub i64, pub f64, pub f64, pub Light);

/// As a list of numbers and a text: what reads the document does not know lists whose places differ.
impl PartialSchema for MapPoint {
    fn schema() -> RefOr<Schema> {
        let one = ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Number, Type::String]));
        let list = ArrayBuilder::new().items(one).min_items(Some(4)).max_items(Some(4));
        list.description(Some("`[id, longitude, latitude, light]`")).into()
    }
}

impl ToSchema for MapPoint {}

/// Cases for a map, at most 20,000.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MapPoints {
    /// The points.
    pub items: Vec<MapPoint>,
    /// True if there are more than fit.
    pub clipped: bool,
}
