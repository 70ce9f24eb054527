//! Z-order numbers.

use guancheng_place::{Bounds, QUADKEY_ZOOM, quadkey, quadkey_ranges, tile_range};
use proptest::prelude::*;

use crate::at;

#[test]
fn a_quadkey_is_the_tile_address() {
    // Tile 13/6682/3251 holds the middle of the demo city; its address interleaved.
    let key = quadkey(at(113.65, 34.76), 13);
    assert_eq!((unzip(key), unzip(key >> 1)), (6682, 3251));
    assert_eq!(quadkey(at(-180.0, 90.0), 31), 0);
    assert_eq!(quadkey(at(180.0, -90.0), 31), (1i64 << 62) - 1);
    let (from, until) = tile_range(13, 6682, 3251);
    assert!((from..until).contains(&quadkey(at(113.65, 34.76), QUADKEY_ZOOM)));
}

fn unzip(key: i64) -> u32 {
    (0..31).map(|bit| (((key >> (2 * bit)) & 1) as u32) << bit).sum()
}

proptest! {
    #[test]
    fn the_ranges_of_a_window_hold_its_points(
        lon in 113.0..114.0f64, lat in 34.0..35.0f64, w in 0.0..0.2f64, h in 0.0..0.2f64, x in 0.0..1.0f64, y in 0.0..1.0f64
    ) {
        let window = Bounds { west: lon, south: lat, east: lon + w, north: lat + h };
        let ranges = quadkey_ranges(window, 16);
        prop_assert!(ranges.len() <= 16);
        let key = quadkey(at(lon + x * w, lat + y * h), QUADKEY_ZOOM);
        prop_assert!(ranges.iter().any(|&(from, until)| (from..until).contains(&key)));
        prop_assert!(ranges.iter().zip(ranges.iter().skip(1)).all(|(a, b)| a.1 < b.0));
    }

    #[test]
    fn a_coarser_key_is_a_prefix(lon in -180.0..180.0f64, lat in -85.0..85.0f64, zoom in 0u8..31) {
        prop_assert_eq!(quadkey(at(lon, lat), zoom), quadkey(at(lon, lat), 31) >> (2 * (31 - zoom)));
    }
}
