//! Lines (roads, pipes, a patrol) and how far things are from them.

use guancheng_base::LonLat;

use crate::measure::{Frame, to_segment};
use crate::shape::{Bounds, ShapeFault};

/// An open line of two or more points, all on the globe.
#[derive(Clone, Debug, PartialEq)]
pub struct Line(Vec<LonLat>);

impl Line {
    /// From its points in order.
    pub fn new(points: Vec<LonLat>) -> Result<Line, ShapeFault> {
        if let Some(off) = points.iter().find(|at| !(at.lon.abs() <= 180.0 && at.lat.abs() <= 90.0)) {
            return Err(ShapeFault::OffGlobe { lon: off.lon, lat: off.lat });
        }
        if points.len() < 2 {
            return Err(ShapeFault::TooFewPoints { points: points.len() });
        }
        Ok(Line(points))
    }

    /// The points.
    pub fn points(&self) -> &[LonLat] {
        &self.0
    }

    /// The segments as their two ends.
    pub fn segments(&self) -> impl Iterator<Item = (LonLat, LonLat)> {
        self.0.iter().copied().zip(self.0.iter().copied().skip(1))
    }

    /// The smallest window around it.
    pub fn bounds(&self) -> Bounds {
        Bounds::of(&self.0)
    }

    /// Length in metres.
    pub fn length_m(&self) -> f64 {
        self.segments()
            .map(|(a, b)| {
                let (x, y) = Frame::at(a).to_plane(b);
                x.hypot(y)
            })
            .sum()
    }

    /// Shortest distance in metres from a point (planar at the point; good within 20 km).
    pub fn distance_m(&self, at: LonLat) -> f64 {
        let frame = Frame::at(at);
        self.segments()
            .map(|(a, b)| to_segment((0.0, 0.0), frame.to_plane(a), frame.to_plane(b)))
            .fold(f64::INFINITY, f64::min)
    }

    /// Shortest distance in metres between two lines; 0 where they cross.
    pub fn distance_to_line_m(&self, other: &Line) -> f64 {
        let Some(origin) = self.0.first() else { return f64::INFINITY };
        let frame = Frame::at(*origin);
        let plane = |(a, b)| (frame.to_plane(a), frame.to_plane(b));
        let theirs: Vec<_> = other.segments().map(plane).collect();
        let mut best = f64::INFINITY;
        for (a, b) in self.segments().map(plane) {
            for &(c, d) in &theirs {
                best = best.min(between_segments(a, b, c, d));
            }
        }
        best
    }
}

type Plane = (f64, f64);

fn between_segments(a: Plane, b: Plane, c: Plane, d: Plane) -> f64 {
    let side = |p: Plane, q: Plane, r: Plane| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    let apart = |x: f64, y: f64| (x < 0.0 && y > 0.0) || (x > 0.0 && y < 0.0);
    if apart(side(a, b, c), side(a, b, d)) && apart(side(c, d, a), side(c, d, b)) {
        return 0.0;
    }
    to_segment(a, c, d).min(to_segment(b, c, d)).min(to_segment(c, a, b)).min(to_segment(d, a, b))
}
