//! Measures on the CGCS2000 ellipsoid: additive areas, centres, a local metric frame, the half-open inside test.

use guancheng_base::LonLat;

use crate::shape::{Ring, Shape};

/// Semi-major axis of CGCS2000 in metres (GB 22021).
pub(crate) const SEMI_MAJOR_M: f64 = 6_378_137.0;
/// Flattening of CGCS2000.
pub(crate) const FLATTENING: f64 = 1.0 / 298.257_222_101;
/// First eccentricity squared.
pub(crate) const ECCENTRICITY_2: f64 = FLATTENING * (2.0 - FLATTENING);

/// A tangent plane at one point: degrees to metres, good to a few parts in ten thousand within 20 km.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    origin: LonLat,
    /// Metres of one degree of longitude here.
    pub(crate) lon_m: f64,
    /// Metres of one degree of latitude here.
    pub(crate) lat_m: f64,
}

impl Frame {
    pub(crate) fn at(origin: LonLat) -> Frame {
        let (sin, cos) = origin.lat.to_radians().sin_cos();
        let w = 1.0 - ECCENTRICITY_2 * sin * sin;
        let prime_vertical = SEMI_MAJOR_M / w.sqrt();
        let meridian = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2) / (w * w.sqrt());
        Frame { origin, lon_m: (prime_vertical * cos).to_radians(), lat_m: meridian.to_radians() }
    }

    /// Degrees themselves, for comparisons that need no metres.
    pub(crate) fn degrees_at(origin: LonLat) -> Frame {
        Frame { origin, lon_m: 1.0, lat_m: 1.0 }
    }

    pub(crate) fn to_plane(self, at: LonLat) -> (f64, f64) {
        ((at.lon - self.origin.lon) * self.lon_m, (at.lat - self.origin.lat) * self.lat_m)
    }

    pub(crate) fn to_globe(self, (x, y): (f64, f64)) -> LonLat {
        LonLat { lon: self.origin.lon + x / self.lon_m, lat: self.origin.lat + y / self.lat_m }
    }
}

/// Area between the equator and a latitude per radian of longitude, m².
fn zone_m2(lat_degrees: f64) -> f64 {
    let sin = lat_degrees.to_radians().sin();
    let e = ECCENTRICITY_2.sqrt();
    let bracket = sin / (1.0 - ECCENTRICITY_2 * sin * sin) + (e * sin).atanh() / e;
    SEMI_MAJOR_M * SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2) / 2.0 * bracket
}

/// Area of a ring in m², positive if walked counter-clockwise. The zone function is integrated along each edge
/// (Simpson's rule: error below 10⁻¹² for edges under 0.1°), so a cut edge sums up to the whole edge: areas add up.
pub(crate) fn signed_area_m2(ring: &Ring) -> f64 {
    let base = ring.points().first().map_or(0.0, |at| zone_m2(at.lat));
    ring.edges()
        .map(|(a, b)| {
            let middle = zone_m2((a.lat + b.lat) / 2.0);
            let mean = (zone_m2(a.lat) + 4.0 * middle + zone_m2(b.lat)) / 6.0 - base;
            -(b.lon - a.lon).to_radians() * mean
        })
        .sum()
}

/// Centre of area in the frame at the middle of the bounds; the mean of the points where the area is nil.
pub(crate) fn centroid(shape: &Shape) -> LonLat {
    let bounds = shape.bounds();
    let middle = LonLat { lon: (bounds.west + bounds.east) / 2.0, lat: (bounds.south + bounds.north) / 2.0 };
    let frame = Frame::at(middle);
    let (mut twice_area, mut x, mut y) = (0.0, 0.0, 0.0);
    for (a, b) in shape.edges() {
        let ((ax, ay), (bx, by)) = (frame.to_plane(a), frame.to_plane(b));
        let cross = ax * by - bx * ay;
        twice_area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    if twice_area.abs() < 1e-6 {
        return middle;
    }
    frame.to_globe((x / (3.0 * twice_area), y / (3.0 * twice_area)))
}

/// Crossing-number test. Each edge is taken from its lower end, so two shapes that share an edge compute the same
/// crossing and a point on it belongs to exactly one of them.
pub(crate) fn is_inside(edges: impl Iterator<Item = (LonLat, LonLat)>, at: LonLat) -> bool {
    let mut inside = false;
    for (a, b) in edges {
        let (low, high) = if a.lat <= b.lat { (a, b) } else { (b, a) };
        if low.lat <= at.lat && at.lat < high.lat {
            let slope = (high.lon - low.lon) / (high.lat - low.lat);
            inside ^= at.lon < low.lon + (at.lat - low.lat) * slope;
        }
    }
    inside
}

/// Distance in the plane from a point to a segment.
pub(crate) fn to_segment((px, py): (f64, f64), (ax, ay): (f64, f64), (bx, by): (f64, f64)) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let t = if square == 0.0 { 0.0 } else { (((px - ax) * dx + (py - ay) * dy) / square).clamp(0.0, 1.0) };
    (px - ax - t * dx).hypot(py - ay - t * dy)
}
