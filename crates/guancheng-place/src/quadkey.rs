//! The z-order number of a point: the one portable spatial index (a BIGINT column), and the tile address at the same
//! time. A tile is one half-open range of numbers.

use guancheng_base::LonLat;

use crate::shape::Bounds;

/// Zoom at which quadkeys are stored: 52 bits, exact in a JSON number, 0.6 m at the equator.
pub const QUADKEY_ZOOM: u8 = 26;

/// Latitude at which the square web-Mercator world ends.
const MERCATOR_LIMIT: f64 = 85.051_128_779_806_59;

/// Z-order number of the web-Mercator tile that holds the point at `zoom` (0–31; greater is taken as 31).
pub fn quadkey(at: LonLat, zoom: u8) -> i64 {
    let zoom = zoom.min(31);
    let (x, y) = tile_of(at, zoom);
    interleave(x, y)
}

/// Half-open range of the stored quadkeys ([`QUADKEY_ZOOM`]) in tile `z/x/y`.
pub fn tile_range(z: u8, x: u32, y: u32) -> (i64, i64) {
    let z = z.min(QUADKEY_ZOOM);
    let shift = 2 * u32::from(QUADKEY_ZOOM - z);
    let key = interleave(x, y);
    (key << shift, (key + 1) << shift)
}

/// At most `limit` (taken as at least 4) half-open ranges of stored quadkeys that together hold every point of the
/// window, in ascending order; they may hold points outside of it, which the caller filters.
pub fn quadkey_ranges(bounds: Bounds, limit: usize) -> Vec<(i64, i64)> {
    let (west, north) = tile_of(LonLat { lon: bounds.west, lat: bounds.north }, QUADKEY_ZOOM);
    let (east, south) = tile_of(LonLat { lon: bounds.east, lat: bounds.south }, QUADKEY_ZOOM);
    let window = Window { west, north, east, south };
    let mut level: Vec<(u32, u32)> = vec![(0, 0)];
    let mut zoom = 0;
    while zoom < QUADKEY_ZOOM {
        let next: Vec<(u32, u32)> = level
            .iter()
            .flat_map(|&(x, y)| [(2 * x, 2 * y), (2 * x + 1, 2 * y), (2 * x, 2 * y + 1), (2 * x + 1, 2 * y + 1)])
            .filter(|&(x, y)| window.meets(zoom + 1, x, y))
            .collect();
        if next.len() > limit.max(4) {
            break;
        }
        level = next;
        zoom += 1;
    }
    let mut ranges: Vec<(i64, i64)> = level.into_iter().map(|(x, y)| tile_range(zoom, x, y)).collect();
    ranges.sort_unstable();
    join_neighbours(ranges)
}

/// A window in tiles of the stored zoom, both ends inside.
struct Window {
    west: u32,
    north: u32,
    east: u32,
    south: u32,
}

impl Window {
    fn meets(&self, zoom: u8, x: u32, y: u32) -> bool {
        let shift = QUADKEY_ZOOM - zoom;
        let reach = |v: u32| (v << shift, ((v + 1) << shift) - 1);
        let ((x0, x1), (y0, y1)) = (reach(x), reach(y));
        x0 <= self.east && self.west <= x1 && y0 <= self.south && self.north <= y1
    }
}

fn join_neighbours(ranges: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, until) in ranges {
        match joined.last_mut() {
            Some(last) if last.1 == from => last.1 = until,
            _ => joined.push((from, until)),
        }
    }
    joined
}

fn tile_of(at: LonLat, zoom: u8) -> (u32, u32) {
    let tiles = f64::from(zoom).exp2();
    let lat = at.lat.clamp(-MERCATOR_LIMIT, MERCATOR_LIMIT).to_radians();
    let x = (at.lon + 180.0) / 360.0;
    let y = (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0;
    // The cast saturates, so points off the globe land in the outermost tile.
    let index = |v: f64| (v * tiles).floor().clamp(0.0, tiles - 1.0) as u32;
    (index(x), index(y))
}

fn interleave(x: u32, y: u32) -> i64 {
    spread(x) | (spread(y) << 1)
}

/// Puts each bit of `v` at twice its place.
fn spread(v: u32) -> i64 {
    let mut v = u64::from(v);
    v = (v | (v << 16)) & 0x0000_ffff_0000_ffff;
    v = (v | (v << 8)) & 0x00ff_00ff_00ff_00ff;
    v = (v | (v << 4)) & 0x0f0f_0f0f_0f0f_0f0f;
    v = (v | (v << 2)) & 0x3333_3333_3333_3333;
    v = (v | (v << 1)) & 0x5555_5555_5555_5555;
    v.cast_signed()
}
