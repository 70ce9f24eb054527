//! The unit grid: squares of about 10,000 m² clipped to each area, never across a border, without gap or overlap, with
//! 15-digit codes (GB/T 30428.1; 万米单元网格).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use guancheng_base::LonLat;

use crate::area::{Area, AreaCode, AreaTree, Level};
use crate::cut::{Axis, Loop, cut};
use crate::dissolve::{Key, group, key, union};
use crate::measure::Frame;
use crate::shape::{Bounds, Polygon, Shape};

/// One cell of the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// 15-digit code: the area's code and a sequence 001–999 from north to south, west to east.
    pub code: AreaCode,
    /// The outline.
    pub shape: Shape,
}

/// How to draw a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct GridSpec {
    /// Side of a square in metres.
    pub side_m: f64,
    /// A piece smaller than this many square metres is merged into the neighbour of the same area with which it shares
    /// the longest border; one without such a neighbour stays a cell.
    pub sliver_m2: f64,
    /// Where a corner of the squares stands; the south-west corner of all areas if `None`. Give it to keep the squares
    /// where they are when a boundary changes.
    pub anchor: Option<LonLat>,
    /// Codes once given, valid or retired: never given again.
    pub taken: BTreeSet<AreaCode>,
}

impl Default for GridSpec {
    /// The standard's cell: 100 m × 100 m, slivers under a quarter of it merged.
    fn default() -> GridSpec {
        GridSpec { side_m: 100.0, sliver_m2: 2_500.0, anchor: None, taken: BTreeSet::new() }
    }
}

/// Why no grid can be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum GridFault {
    /// More cells than codes in one area.
    TooMany {
        /// The area.
        area: AreaCode,
        /// Cells needed (an estimate from the area where far too many).
        cells: usize,
        /// Codes left.
        left: usize,
    },
    /// The cells do not make up the area: its outline crosses itself.
    Crossed {
        /// The area.
        area: AreaCode,
    },
    /// The side or the sliver limit makes no sense.
    Spec {
        /// What would be right.
        advice: &'static str,
    },
    /// No area of the tree has an outline.
    NoOutline,
}

impl fmt::Display for GridFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GridFault::TooMany { area, cells, left } => write!(
                f,
                "area {area} needs {cells} cells and has {left} codes left (001 to 999); divide it into areas of the \
                 next level with outlines, or draw larger cells"
            ),
            GridFault::Crossed { area } => write!(
                f,
                "the outline of area {area} crosses or overlaps itself, so what lies inside is not clear; repair it \
                 (for instance: ogr2ogr -makevalid)"
            ),
            GridFault::Spec { advice } => write!(f, "the grid cannot be drawn like this: {advice}"),
            GridFault::NoOutline => write!(f, "no area has an outline; give at least one area a polygon"),
        }
    }
}

impl std::error::Error for GridFault {}

/// How much the cells of an area may differ from it, relative: rounding alone is below 10⁻⁹.
const COVER_TOLERANCE: f64 = 1e-6;

/// Sequence numbers of one area.
const CODES_PER_AREA: i64 = 999;

/// Draws the grid in every area that has an outline and none below it ([`AreaTree::leaves`]). Cells come in code order.
/// All faults at once.
pub fn generate_grid(areas: &AreaTree, spec: &GridSpec) -> Result<Vec<Cell>, Vec<GridFault>> {
    let raster = Raster::new(areas, spec).map_err(|fault| vec![fault])?;
    let (mut cells, mut faults) = (Vec::new(), Vec::new());
    for area in areas.leaves() {
        match cells_of(area, &raster, spec) {
            Ok(more) => cells.extend(more),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(cells) } else { Err(faults) }
}

/// The squares: one lattice of meridians and parallels for the whole city.
struct Raster {
    anchor: LonLat,
    lon_step: f64,
    lat_step: f64,
}

impl Raster {
    fn new(areas: &AreaTree, spec: &GridSpec) -> Result<Raster, GridFault> {
        if !(spec.side_m >= 1.0 && spec.side_m <= 100_000.0) {
            return Err(GridFault::Spec { advice: "side_m must be 1 to 100000 metres; the standard's is 100" });
        }
        if !(spec.sliver_m2 >= 0.0 && spec.sliver_m2 <= spec.side_m * spec.side_m / 2.0) {
            return Err(GridFault::Spec { advice: "sliver_m2 must be 0 to half a cell; the usual is a quarter" });
        }
        let bounds = areas.leaves().filter_map(|area| area.shape.as_ref()).map(Shape::bounds).reduce(Bounds::union);
        let bounds = bounds.ok_or(GridFault::NoOutline)?;
        let anchor = spec.anchor.unwrap_or(LonLat { lon: bounds.west, lat: bounds.south });
        let middle = LonLat { lon: anchor.lon, lat: (bounds.south + bounds.north) / 2.0 };
        let frame = Frame::at(middle);
        Ok(Raster { anchor, lon_step: spec.side_m / frame.lon_m, lat_step: spec.side_m / frame.lat_m })
    }

    fn meridian(&self, column: i64) -> f64 {
        self.anchor.lon + column as f64 * self.lon_step
    }

    fn parallel(&self, row: i64) -> f64 {
        self.anchor.lat + row as f64 * self.lat_step
    }

    fn columns(&self, bounds: Bounds) -> std::ops::RangeInclusive<i64> {
        let index = |lon: f64| ((lon - self.anchor.lon) / self.lon_step).floor() as i64;
        index(bounds.west)..=index(bounds.east)
    }

    fn rows(&self, bounds: Bounds) -> std::ops::RangeInclusive<i64> {
        let index = |lat: f64| ((lat - self.anchor.lat) / self.lat_step).floor() as i64;
        index(bounds.south)..=index(bounds.north)
    }
}

/// A connected piece of an area within one square.
struct Piece {
    row: i64,
    column: i64,
    loops: Vec<Loop>,
    area_m2: f64,
}

fn cells_of(area: &Area, raster: &Raster, spec: &GridSpec) -> Result<Vec<Cell>, GridFault> {
    let Some(shape) = &area.shape else { return Ok(Vec::new()) };
    let left = CODES_PER_AREA as usize - spec.taken.iter().filter(|code| code.parent() == Some(area.code)).count();
    let area_m2 = shape.area_m2();
    let estimate = (area_m2 / (spec.side_m * spec.side_m)) as usize;
    if estimate > 2 * left {
        return Err(GridFault::TooMany { area: area.code, cells: estimate, left });
    }
    let pieces = pieces_of(shape, raster);
    let covered_m2: f64 = pieces.iter().map(|piece| piece.area_m2).sum();
    if (covered_m2 - area_m2).abs() > COVER_TOLERANCE * area_m2.abs() {
        return Err(GridFault::Crossed { area: area.code });
    }
    let merged = merge_slivers(pieces, spec.sliver_m2);
    if merged.len() > left {
        return Err(GridFault::TooMany { area: area.code, cells: merged.len(), left });
    }
    let codes = (1..=CODES_PER_AREA)
        .filter_map(|sequence| AreaCode::new(area.code.number() + sequence).ok())
        .filter(|code| !spec.taken.contains(code));
    Ok(codes.zip(merged).map(|(code, shape)| Cell { code, shape }).collect())
}

/// Cuts a shape into rows, then each row into squares.
fn pieces_of(shape: &Shape, raster: &Raster) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest: Vec<Loop> = shape.rings().map(|ring| ring.points().to_vec()).collect();
    for row in raster.rows(shape.bounds()) {
        let (mut band, above) = cut(rest, Axis::Lat, raster.parallel(row + 1));
        rest = above;
        for column in raster.columns(Bounds::of(band.iter().flatten())) {
            let (square, beyond) = cut(band, Axis::Lon, raster.meridian(column + 1));
            band = beyond;
            for polygon in group(square) {
                pieces.push(Piece::new(row, column, polygon));
            }
        }
    }
    pieces
}

impl Piece {
    fn new(row: i64, column: i64, polygon: Polygon) -> Piece {
        let area_m2 = polygon.rings().map(crate::measure::signed_area_m2).sum();
        Piece { row, column, loops: polygon.rings().map(|ring| ring.points().to_vec()).collect(), area_m2 }
    }

    fn edges(&self) -> impl Iterator<Item = (LonLat, LonLat)> {
        self.loops.iter().flat_map(|points| points.iter().copied().zip(points.iter().copied().cycle().skip(1)))
    }
}

/// Cells of one area in numbering order: slivers joined to a neighbour.
fn merge_slivers(pieces: Vec<Piece>, sliver_m2: f64) -> Vec<Shape> {
    let mut groups = Groups::new(pieces);
    let mut alone = BTreeSet::new();
    while let Some(sliver) = groups.smallest(sliver_m2, &alone) {
        match groups.best_neighbour(sliver) {
            Some(neighbour) => groups.join(sliver, neighbour),
            None => drop(alone.insert(sliver)),
        }
    }
    groups.into_shapes()
}

/// Pieces and which of them belong together; a group is named by the piece it grew from.
struct Groups {
    pieces: Vec<Piece>,
    members: BTreeMap<usize, Vec<usize>>,
    group_of: Vec<usize>,
    areas_m2: Vec<f64>,
    owner_of_edge: BTreeMap<(Key, Key), usize>,
}

impl Groups {
    fn new(pieces: Vec<Piece>) -> Groups {
        let mut owner_of_edge = BTreeMap::new();
        for (i, piece) in pieces.iter().enumerate() {
            for (a, b) in piece.edges() {
                owner_of_edge.insert((key(a), key(b)), i);
            }
        }
        Groups {
            members: (0..pieces.len()).map(|i| (i, vec![i])).collect(),
            group_of: (0..pieces.len()).collect(),
            areas_m2: pieces.iter().map(|piece| piece.area_m2).collect(),
            owner_of_edge,
            pieces,
        }
    }

    fn smallest(&self, below_m2: f64, except: &BTreeSet<usize>) -> Option<usize> {
        let candidates = self.members.keys().copied().filter(|g| self.areas_m2[*g] < below_m2 && !except.contains(g));
        candidates.min_by(|a, b| self.areas_m2[*a].total_cmp(&self.areas_m2[*b]).then(a.cmp(b)))
    }

    fn best_neighbour(&self, group: usize) -> Option<usize> {
        let mut shared_m: BTreeMap<usize, f64> = BTreeMap::new();
        for (a, b) in self.members.get(&group)?.iter().flat_map(|piece| self.pieces[*piece].edges()) {
            let Some(owner) = self.owner_of_edge.get(&(key(b), key(a))) else { continue };
            let other = self.group_of[*owner];
            if other != group {
                *shared_m.entry(other).or_default() += guancheng_base::metres_between(a, b);
            }
        }
        // Of equally long borders the first in order wins, so the result does not depend on anything else.
        shared_m.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(other, _)| other)
    }

    fn join(&mut self, sliver: usize, into: usize) {
        let moved = self.members.remove(&sliver).unwrap_or_default();
        for piece in &moved {
            self.group_of[*piece] = into;
        }
        self.areas_m2[into] += self.areas_m2[sliver];
        self.members.entry(into).or_default().extend(moved);
    }

    fn into_shapes(self) -> Vec<Shape> {
        let mut order: Vec<usize> = self.members.keys().copied().collect();
        order.sort_by_key(|group| (-self.pieces[*group].row, self.pieces[*group].column, *group));
        let mut shapes = Vec::new();
        for group_id in order {
            let Some(members) = self.members.get(&group_id) else { continue };
            let loops: Vec<Loop> = members.iter().flat_map(|piece| self.pieces[*piece].loops.clone()).collect();
            let loops = if members.len() == 1 { loops } else { union(loops) };
            shapes.extend(Shape::new(group(loops)));
        }
        shapes
    }
}

impl Cell {
    /// The area the cell lies in: community, or street or district without communities.
    pub fn area(&self) -> Option<AreaCode> {
        self.code.parent().filter(|parent| parent.level() < Level::Cell)
    }
}
