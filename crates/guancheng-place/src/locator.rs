//! Point → cell → community → street → district, in memory: a raster of buckets with candidate lists, then the exact
//! half-open inside test. A point on a border belongs to exactly one cell.

use std::collections::BTreeSet;
use std::fmt;

use guancheng_base::LonLat;

use crate::area::{AreaCode, AreaTree, Level};
use crate::grid::Cell;
use crate::measure::{Frame, to_segment};
use crate::shape::{Bounds, Shape};

/// Where a point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Located {
    /// The grid cell.
    pub cell: AreaCode,
    /// The community, where streets are divided into communities.
    pub community: Option<AreaCode>,
    /// The street, where districts are divided into streets.
    pub street: Option<AreaCode>,
    /// The district.
    pub district: AreaCode,
}

impl Located {
    /// From a cell's code alone.
    fn of(cell: AreaCode) -> Option<Located> {
        let district = cell.at(Level::District)?;
        Some(Located { cell, community: cell.at(Level::Community), street: cell.at(Level::Street), district })
    }

    /// The deepest area: community, else street, else district.
    pub fn area(self) -> AreaCode {
        self.community.or(self.street).unwrap_or(self.district)
    }
}

/// Why the cells and areas do not make one city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocatorFault {
    /// Not a code of 15 digits with a sequence.
    NotACell(AreaCode),
    /// Two cells have the same code.
    Duplicate(AreaCode),
    /// The cell's area is not in the tree.
    NoArea(AreaCode),
}

impl fmt::Display for LocatorFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LocatorFault::NotACell(code) => {
                write!(f, "{code} is not a cell code; it needs 15 digits ending in 001 to 999")
            }
            LocatorFault::Duplicate(code) => write!(f, "cell {code} is given twice; a code names one cell for ever"),
            LocatorFault::NoArea(code) => match code.parent() {
                Some(area) => write!(f, "cell {code} lies in area {area}, which is not declared; declare it"),
                None => write!(f, "cell {code} lies in no declared area"),
            },
        }
    }
}

impl std::error::Error for LocatorFault {}

/// Outlines that fit together may leave or share this much (degrees, about a millimetre) where one's corner stands on
/// the other's edge; a point in such a crack belongs to the nearest.
const CRACK_DEGREES: f64 = 1e-8;

/// The areas and cells of one city, ready for questions.
#[derive(Clone, Debug)]
pub struct Locator {
    areas: AreaTree,
    cells: Vec<Cell>,
    bounds: Vec<Bounds>,
    edges: Edges,
    buckets: Buckets,
}

impl Locator {
    /// Checks codes and builds the index. All faults at once.
    pub fn build(areas: AreaTree, mut cells: Vec<Cell>) -> Result<Locator, Vec<LocatorFault>> {
        cells.sort_by_key(|cell| cell.code);
        let faults = faults_of(&areas, &cells);
        if !faults.is_empty() {
            return Err(faults);
        }
        let bounds: Vec<Bounds> = cells.iter().map(|cell| cell.shape.bounds()).collect();
        let edges = Edges::new(&cells);
        let buckets = Buckets::new(&bounds);
        Ok(Locator { areas, cells, bounds, edges, buckets })
    }

    /// The areas.
    pub fn areas(&self) -> &AreaTree {
        &self.areas
    }

    /// The cells in code order.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell of a code.
    pub fn cell(&self, code: AreaCode) -> Option<&Cell> {
        let index = self.cells.binary_search_by_key(&code, |cell| cell.code).ok()?;
        self.cells.get(index)
    }

    /// Where the point lies; `None` outside of every cell.
    pub fn locate(&self, at: LonLat) -> Option<Located> {
        let candidates = self.buckets.at(at);
        let inside = |cell: &&u32| {
            let cell = **cell as usize;
            self.bounds.get(cell).is_some_and(|bounds| bounds.contains(at)) && self.edges.hold(cell, at)
        };
        let found = candidates.iter().find(inside).copied().or_else(|| self.in_crack(candidates, at))?;
        Located::of(self.cells.get(found as usize)?.code)
    }

    /// The cells that may share a point with the window, in code order.
    pub fn cells_in(&self, window: Bounds) -> impl Iterator<Item = &Cell> {
        let found: BTreeSet<u32> = self.buckets.in_window(window).collect();
        found.into_iter().filter_map(move |i| {
            let meets = self.bounds.get(i as usize).is_some_and(|bounds| bounds.meets(window));
            self.cells.get(i as usize).filter(|_| meets)
        })
    }

    /// The nearest cell and the distance to it in metres (0 inside); `None` only without any cell.
    pub fn nearest(&self, at: LonLat) -> Option<(AreaCode, f64)> {
        if let Some(located) = self.locate(at) {
            return Some((located.cell, 0.0));
        }
        let frame = Frame::at(at);
        let step_m = (self.buckets.lon_step * frame.lon_m).min(self.buckets.lat_step * frame.lat_m);
        let mut best: Option<(f64, u32)> = None;
        for reach in 0..=self.buckets.columns.max(self.buckets.rows) {
            if best.is_some_and(|(metres, _)| metres < (reach as f64 - 1.0) * step_m) {
                break;
            }
            for &i in self.buckets.ring(at, reach).flatten() {
                let Some(cell) = self.cells.get(i as usize) else { continue };
                let found = (distance_m(&cell.shape, at, frame), i);
                if best.is_none_or(|best| found < best) {
                    best = Some(found);
                }
            }
        }
        let (metres, i) = best?;
        Some((self.cells.get(i as usize)?.code, metres))
    }

    fn in_crack(&self, candidates: &[u32], at: LonLat) -> Option<u32> {
        let degrees = Frame::degrees_at(at);
        candidates
            .iter()
            .filter_map(|&i| Some((distance_m(&self.cells.get(i as usize)?.shape, at, degrees), i)))
            .filter(|(away, _)| *away <= CRACK_DEGREES)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, i)| i)
    }
}

fn faults_of(areas: &AreaTree, cells: &[Cell]) -> Vec<LocatorFault> {
    let mut faults = Vec::new();
    let mut before = None;
    for cell in cells {
        let code = cell.code;
        if code.level() != Level::Cell || Located::of(code).is_none() {
            faults.push(LocatorFault::NotACell(code));
        } else if before == Some(code) {
            faults.push(LocatorFault::Duplicate(code));
        } else if code.parent().is_none_or(|parent| areas.get(parent).is_none()) {
            faults.push(LocatorFault::NoArea(code));
        }
        before = Some(code);
    }
    faults
}

/// Distance to the outline in the frame's unit.
fn distance_m(shape: &Shape, at: LonLat, frame: Frame) -> f64 {
    let here = frame.to_plane(at);
    shape.edges().map(|(a, b)| to_segment(here, frame.to_plane(a), frame.to_plane(b))).fold(f64::INFINITY, f64::min)
}

/// An edge from its lower to its higher end; parallels are left out, no ray crosses them.
#[derive(Clone, Copy, Debug)]
struct Edge {
    low: LonLat,
    until_lat: f64,
    slope: f64,
}

/// All edges in one flat list, cell after cell.
#[derive(Clone, Debug)]
struct Edges {
    edges: Vec<Edge>,
    ends: Vec<usize>,
}

impl Edges {
    fn new(cells: &[Cell]) -> Edges {
        let (mut edges, mut ends) = (Vec::new(), Vec::with_capacity(cells.len()));
        for cell in cells {
            for (a, b) in cell.shape.edges().filter(|(a, b)| a.lat != b.lat) {
                let (low, high) = if a.lat < b.lat { (a, b) } else { (b, a) };
                let slope = (high.lon - low.lon) / (high.lat - low.lat);
                edges.push(Edge { low, until_lat: high.lat, slope });
            }
            ends.push(edges.len());
        }
        Edges { edges, ends }
    }

    /// The same test as `Shape::contains`, on the flat list.
    fn hold(&self, cell: usize, at: LonLat) -> bool {
        let from = cell.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        let until = self.ends.get(cell).copied().unwrap_or(from);
        let mut inside = false;
        for edge in self.edges.get(from..until).unwrap_or_default() {
            if edge.low.lat <= at.lat && at.lat < edge.until_lat {
                inside ^= at.lon < edge.low.lon + (at.lat - edge.low.lat) * edge.slope;
            }
        }
        inside
    }
}

/// A raster over the city; each bucket lists the cells whose window meets it, in code order.
#[derive(Clone, Debug)]
struct Buckets {
    west: f64,
    south: f64,
    lon_step: f64,
    lat_step: f64,
    columns: usize,
    rows: usize,
    /// Where each bucket's list ends in `cells`.
    ends: Vec<u32>,
    cells: Vec<u32>,
}

/// Buckets per cell: more make shorter lists and a larger table.
const BUCKETS_PER_CELL: f64 = 4.0;

impl Buckets {
    fn new(bounds: &[Bounds]) -> Buckets {
        let all = bounds.iter().copied().reduce(Bounds::union);
        let all = all.unwrap_or(Bounds { west: 0.0, south: 0.0, east: 0.0, north: 0.0 });
        let side = (bounds.len() as f64 * BUCKETS_PER_CELL).sqrt().ceil().max(1.0);
        let step = |from: f64, until: f64| ((until - from + 4.0 * CRACK_DEGREES) / side).max(CRACK_DEGREES);
        let mut buckets = Buckets {
            west: all.west - 2.0 * CRACK_DEGREES,
            south: all.south - 2.0 * CRACK_DEGREES,
            lon_step: step(all.west, all.east),
            lat_step: step(all.south, all.north),
            columns: side as usize,
            rows: side as usize,
            ends: Vec::new(),
            cells: Vec::new(),
        };
        buckets.fill(bounds);
        buckets
    }

    fn fill(&mut self, bounds: &[Bounds]) {
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); self.columns * self.rows];
        for (i, window) in (0u32..).zip(bounds) {
            for bucket in self.window(*window) {
                lists[bucket].push(i);
            }
        }
        for list in lists {
            self.cells.extend(list);
            self.ends.push(self.cells.len() as u32);
        }
    }

    /// Numbers of the buckets a window (widened by a crack) meets.
    fn window(&self, window: Bounds) -> impl Iterator<Item = usize> + use<> {
        let (columns, all_rows) = (self.columns, self.rows);
        let index = |v: f64, from: f64, step: f64, count: usize| {
            // The cast saturates: left of the raster is 0.
            (((v - from) / step) as usize).min(count - 1)
        };
        let from_x = index(window.west - CRACK_DEGREES, self.west, self.lon_step, columns);
        let until_x = index(window.east + CRACK_DEGREES, self.west, self.lon_step, columns);
        let from_y = index(window.south - CRACK_DEGREES, self.south, self.lat_step, all_rows);
        let until_y = index(window.north + CRACK_DEGREES, self.south, self.lat_step, all_rows);
        (from_y..=until_y).flat_map(move |y| (from_x..=until_x).map(move |x| y * columns + x))
    }

    fn list(&self, bucket: usize) -> &[u32] {
        let from = bucket.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        let until = self.ends.get(bucket).copied().unwrap_or(from);
        self.cells.get(from as usize..until as usize).unwrap_or_default()
    }

    fn at(&self, at: LonLat) -> &[u32] {
        let (x, y) = ((at.lon - self.west) / self.lon_step, (at.lat - self.south) / self.lat_step);
        let inside = x >= 0.0 && y >= 0.0 && x < self.columns as f64 && y < self.rows as f64;
        if inside { self.list(y as usize * self.columns + x as usize) } else { &[] }
    }

    fn in_window(&self, window: Bounds) -> impl Iterator<Item = u32> {
        self.window(window).flat_map(|bucket| self.list(bucket).iter().copied())
    }

    /// The lists of the buckets exactly `reach` steps from the point's (or, outside, from the nearest bucket).
    fn ring(&self, at: LonLat, reach: usize) -> impl Iterator<Item = &[u32]> {
        let clamp = |v: f64, count: usize| (v as usize).min(count - 1);
        let x = clamp((at.lon - self.west) / self.lon_step, self.columns);
        let y = clamp((at.lat - self.south) / self.lat_step, self.rows);
        let span = move |v: usize, count: usize| v.saturating_sub(reach)..=(v + reach).min(count - 1);
        span(y, self.rows).flat_map(move |row| {
            let edge = row.abs_diff(y) == reach;
            span(x, self.columns)
                .filter(move |column| edge || column.abs_diff(x) == reach)
                .map(move |column| self.list(row * self.columns + column))
        })
    }
}
