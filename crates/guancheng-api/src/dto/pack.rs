//! What the pack declares, as far as a client renders from it. No rule is here: what is possible comes with each case.

use serde::Serialize;
use utoipa::ToSchema;

use super::{FieldKind, Moment, Point};

/// A code with a title.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Titled {
    /// The code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// A move's name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MoveTitle {
    /// The id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A declared field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldView {
    /// The field.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Required here.
    pub required: bool,
    /// Largest value, or longest text.
    pub max: Option<f64>,
    /// Smallest value.
    pub min: Option<f64>,
    /// The unit of the value.
    pub unit: Option<String>,
    /// For `code`: the code list.
    pub list: Option<String>,
    /// For `ref`: what it refers to.
    #[serde(rename = "ref")]
    pub refers_to: Option<String>,
    /// Personal data: shown to few, never to the public.
    pub sensitive: bool,
}

/// A state of a procedure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StateView {
    /// The state.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The stage it belongs to.
    pub stage: String,
    /// What the public sees.
    pub public: String,
    /// True if a case ends here.
    #[serde(rename = "final")]
    pub is_final: bool,
}

/// A procedure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProcedureView {
    /// The procedure, the `kind` of its cases.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Content hash of its definition.
    pub version: String,
    /// True if the public may open such a case by a report.
    pub report: bool,
    /// Its states.
    pub states: Vec<StateView>,
    /// Its moves.
    pub moves: Vec<MoveTitle>,
    /// Its clocks.
    pub clocks: Vec<MoveTitle>,
    /// Its fields.
    pub fields: Vec<FieldView>,
}

/// A map.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MapSource {
    /// The map.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where its tiles are.
    pub url: String,
    /// Who made it; must be shown.
    pub attribution: String,
    /// Number of its review 审图号; must be shown.
    pub review_number: String,
}

/// The city.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CityInfo {
    /// Title.
    pub title: String,
    /// Where a map opens.
    pub center: Point,
    /// At which zoom.
    pub zoom: f64,
    /// West, south, east, north.
    pub bbox: [f64; 4],
}

/// The pack.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PackView {
    /// The pack.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// The city.
    pub city: CityInfo,
    /// Where cases come from.
    pub sources: Vec<Titled>,
    /// The stages of a case, in order.
    pub stages: Vec<String>,
    /// The procedures.
    pub procedures: Vec<ProcedureView>,
    /// The roles.
    pub roles: Vec<MoveTitle>,
    /// The maps.
    pub maps: Vec<MapSource>,
}

/// A row of a code list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CodeRow {
    /// The code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The code above it.
    pub parent: Option<String>,
    /// The scheme the code is from.
    pub scheme: String,
    /// True if it has nothing below it; only leaves are chosen.
    pub leaf: bool,
    /// The limit it sets, in words.
    pub limit: Option<String>,
    /// When a case of this code may be closed.
    pub closing: Option<String>,
    /// First day.
    pub valid_from: Option<String>,
    /// Last day.
    pub valid_to: Option<String>,
}

/// A code list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CodeList {
    /// The list.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its rows, in order.
    pub rows: Vec<CodeRow>,
}

/// An office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Office {
    /// Its id.
    pub id: i64,
    /// Its code in the pack.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind of office.
    pub kind: String,
    /// The office above it.
    pub parent: Option<i64>,
}

/// The offices.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfficePage {
    /// The offices, parents first.
    pub items: Vec<Office>,
}

/// A category as the public chooses it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicCategory {
    /// The code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// A picture for it.
    pub icon: Option<String>,
    /// The code above it.
    pub parent: Option<String>,
}

/// What the public page starts from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicPack {
    /// Title.
    pub title: String,
    /// Categories.
    pub categories: Vec<PublicCategory>,
    /// The city.
    pub city: CityInfo,
    /// The maps.
    pub maps: Vec<MapSource>,
    /// The languages of the interface.
    pub languages: Vec<String>,
    /// The server's time.
    pub now: Moment,
}
