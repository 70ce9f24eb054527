//! Where things are: the area tree, the unit grid with its 15-digit codes, point → cell → street → district in
//! memory, and coordinate systems converted at the border. Invariant: every position inside the system is CGCS2000
//! longitude and latitude ([`LonLat`]); any other datum exists only in [`Surveyed`], beside the raw value. Pure: no
//! file, no clock, no randomness, no serialisation.

mod area;
mod crs;
mod cut;
mod dissolve;
mod gauss;
mod gcj;
mod grid;
mod line;
mod locator;
mod measure;
mod quadkey;
mod shape;

pub use area::{Area, AreaCode, AreaFault, AreaTree, CodeError, Level};
pub use crs::{Crs, CrsError, Surveyed, from_cgcs2000, to_cgcs2000};
pub use dissolve::dissolve;
pub use grid::{Cell, GridFault, GridSpec, generate_grid};
pub use guancheng_base::{LonLat, metres_between};
pub use line::Line;
pub use locator::{Located, Locator, LocatorFault};
pub use quadkey::{QUADKEY_ZOOM, quadkey, quadkey_ranges, tile_range};
pub use shape::{Bounds, Polygon, Ring, Shape, ShapeFault};
