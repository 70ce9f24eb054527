//! Rings, polygons and shapes in longitude and latitude. Edges are straight in longitude and latitude, as in GeoJSON.

use std::fmt;

use guancheng_base::LonLat;

use crate::measure;

/// A window: west ≤ east, south ≤ north, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Smallest longitude.
    pub west: f64,
    /// Smallest latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

impl Bounds {
    /// The window that holds nothing.
    pub const EMPTY: Bounds =
        Bounds { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };

    /// The smallest window around the points.
    pub fn of<'a>(points: impl IntoIterator<Item = &'a LonLat>) -> Bounds {
        points.into_iter().fold(Bounds::EMPTY, |bounds, at| bounds.with(*at))
    }

    /// Widened to hold the point.
    #[must_use]
    pub fn with(self, at: LonLat) -> Bounds {
        Bounds {
            west: self.west.min(at.lon),
            south: self.south.min(at.lat),
            east: self.east.max(at.lon),
            north: self.north.max(at.lat),
        }
    }

    /// The smallest window that holds both.
    #[must_use]
    pub fn union(self, other: Bounds) -> Bounds {
        Bounds {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// True if the point is inside or on the edge.
    pub fn contains(self, at: LonLat) -> bool {
        self.west <= at.lon && at.lon <= self.east && self.south <= at.lat && at.lat <= self.north
    }

    /// True if the windows share a point.
    pub fn meets(self, other: Bounds) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }
}

/// What is wrong with an outline.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeFault {
    /// Fewer than three different points.
    TooFewPoints {
        /// How many there were.
        points: usize,
    },
    /// A coordinate is not a number, or off the globe.
    OffGlobe {
        /// Longitude given.
        lon: f64,
        /// Latitude given.
        lat: f64,
    },
    /// No polygon at all.
    NoPolygon,
}

impl fmt::Display for ShapeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShapeFault::TooFewPoints { points } => {
                write!(f, "a ring needs three different points, this one has {points}")
            }
            ShapeFault::OffGlobe { lon, lat } => {
                write!(f, "longitude {lon}, latitude {lat} is not on the globe; write [longitude, latitude] in degrees")
            }
            ShapeFault::NoPolygon => write!(f, "a shape needs at least one polygon"),
        }
    }
}

impl std::error::Error for ShapeFault {}

/// A closed line around an area, stored open (the first point is not repeated). Invariant: three or more points, no
/// two neighbours equal, all on the globe.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring(Vec<LonLat>);

impl Ring {
    /// From points, closed or open, in either direction.
    pub fn new(points: Vec<LonLat>) -> Result<Ring, ShapeFault> {
        if let Some(off) = points.iter().find(|at| !(at.lon.abs() <= 180.0 && at.lat.abs() <= 90.0)) {
            return Err(ShapeFault::OffGlobe { lon: off.lon, lat: off.lat });
        }
        let mut points = points;
        points.dedup();
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        if points.len() < 3 {
            return Err(ShapeFault::TooFewPoints { points: points.len() });
        }
        Ok(Ring(points))
    }

    /// The points, without the repeated first.
    pub fn points(&self) -> &[LonLat] {
        &self.0
    }

    /// Each edge as its two ends.
    pub fn edges(&self) -> impl Iterator<Item = (LonLat, LonLat)> {
        self.0.iter().copied().zip(self.0.iter().copied().cycle().skip(1))
    }

    /// The same ring walked the other way if `turn` asks for it.
    pub(crate) fn turned(mut self, counter_clockwise: bool) -> Ring {
        if (measure::signed_area_m2(&self) > 0.0) != counter_clockwise {
            self.0.reverse();
        }
        self
    }
}

/// An outer ring and its holes.
#[derive(Clone, Debug, PartialEq)]
pub struct Polygon {
    /// The outline.
    pub outer: Ring,
    /// What is cut out of it.
    pub holes: Vec<Ring>,
}

impl Polygon {
    /// All rings, the outer first.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.outer).chain(&self.holes)
    }
}

/// One or more polygons that belong together (a street with an exclave is still one street).
#[derive(Clone, Debug, PartialEq)]
pub struct Shape(Vec<Polygon>);

impl Shape {
    /// From polygons; directions are made canonical (outer counter-clockwise, holes clockwise).
    pub fn new(polygons: Vec<Polygon>) -> Result<Shape, ShapeFault> {
        if polygons.is_empty() {
            return Err(ShapeFault::NoPolygon);
        }
        let canonical = |polygon: Polygon| Polygon {
            outer: polygon.outer.turned(true),
            holes: polygon.holes.into_iter().map(|hole| hole.turned(false)).collect(),
        };
        Ok(Shape(polygons.into_iter().map(canonical).collect()))
    }

    /// The polygons, at least one.
    pub fn polygons(&self) -> &[Polygon] {
        &self.0
    }

    /// Every ring of every polygon.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.0.iter().flat_map(Polygon::rings)
    }

    /// Every edge of every ring.
    pub fn edges(&self) -> impl Iterator<Item = (LonLat, LonLat)> {
        self.rings().flat_map(Ring::edges)
    }

    /// The smallest window around it.
    pub fn bounds(&self) -> Bounds {
        Bounds::of(self.0.iter().flat_map(|polygon| polygon.outer.points()))
    }

    /// Area in square metres on the ellipsoid. Additive: the parts of a cut sum up to the whole.
    pub fn area_m2(&self) -> f64 {
        self.rings().map(measure::signed_area_m2).sum()
    }

    /// Centre of area; may lie outside a bent shape.
    pub fn centroid(&self) -> LonLat {
        measure::centroid(self)
    }

    /// True if the point is inside. Border points belong to exactly one of two shapes that share the edge (half-open:
    /// a west or south edge is in, an east or north edge is out).
    pub fn contains(&self, at: LonLat) -> bool {
        measure::is_inside(self.edges(), at)
    }
}
