//! Small types that many answers share.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// RFC 3339 with the offset of the city's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = DateTime, example = "2026-03-02T09:15:00+08:00")]
pub struct Moment(pub String);

/// `[longitude, latitude]` in degrees, CGCS2000 (equal to WGS-84 to within decimetres).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = [f64; 2], example = json!([113.6654, 34.7579]))]
pub struct Point(pub [f64; 2]);

/// How a clock stands: `good` 正常, `near` 临期, `late` 超期, `not_rated` 未评.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Within the limit.
    Good,
    /// Close to the limit.
    Near,
    /// Over the limit.
    Late,
    /// No limit applies.
    NotRated,
}

/// What a declared field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Free text.
    Text,
    /// A whole number.
    Int,
    /// A decimal number, as a JSON number or as text.
    Decimal,
    /// An amount of money in fen.
    Money,
    /// A civil date `2026-03-02`.
    Date,
    /// An instant, RFC 3339.
    Moment,
    /// Yes or no.
    Bool,
    /// A row of a code list.
    Code,
    /// Another case or entry.
    Ref,
    /// An office.
    Org,
    /// A person.
    Person,
    /// Several persons.
    People,
    /// A position.
    Point,
    /// A line of positions.
    Line,
    /// A document.
    File,
    /// A photo.
    Photo,
    /// A postal address.
    Address,
}

/// A declared code with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"code": "010203", "name": "东区"}))]
pub struct CodeName {
    /// The code.
    pub code: String,
    /// Its name in the pack's language.
    pub name: String,
}

/// An id with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"id": 12, "name": "养护一队"}))]
pub struct IdName {
    /// The id.
    pub id: i64,
    /// The name.
    pub name: String,
}

/// What is wrong with one field, parameter or header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"field": "fields.category", "message": "是必填项"}))]
pub struct FieldMessage {
    /// Path of the field: `fields.category`, `evidence[0]`, `query.limit`.
    pub field: String,
    /// What would be right.
    pub message: String,
}
