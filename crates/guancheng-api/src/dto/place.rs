//! Areas and positions.

use serde::Serialize;
use utoipa::ToSchema;

use super::{CodeName, Point};

/// An area.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Area {
    /// Its code: 6 digits for a district, 9 for a street, 12 for a community, 15 for a cell.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `city`, `district`, `street`, `community` or `cell`.
    pub level: String,
    /// The area above it.
    pub parent: Option<String>,
    /// A point inside it.
    pub center: Option<Point>,
}

/// Areas.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AreaPage {
    /// The areas, by code.
    pub items: Vec<Area>,
}

/// Where a position is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Located {
    /// The position in CGCS2000.
    pub at: Point,
    /// The unit grid cell.
    pub cell: Option<String>,
    /// The community.
    pub community: Option<CodeName>,
    /// The street.
    pub street: Option<CodeName>,
    /// The district.
    pub district: Option<CodeName>,
    /// Class of the area, which limits depend on: `A`, `B` or `C`.
    pub area_class: Option<String>,
}
