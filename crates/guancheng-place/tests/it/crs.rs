//! Coordinate systems at the border.

use expect_test::{Expect, expect};
use guancheng_place::{Crs, Surveyed, from_cgcs2000, metres_between, to_cgcs2000};
use proptest::prelude::*;

use crate::at;

type Plane = (f64, f64);

/// Projected by PROJ 9 (pyproj): EPSG:4490 → the system, easting and northing.
const PROJ: [(Crs, Plane, Plane); 12] = [
    (Crs::Epsg4547, (113.65, 34.76), (467_956.060_74, 3_848_023.492_05)),
    (Crs::Epsg4547, (112.9, 34.3), (398_733.089_80, 3_797_486.811_47)),
    (Crs::Epsg4547, (114.9, 35.9), (581_250.695_73, 3_974_821.069_35)),
    (Crs::Epsg4547, (113.0, 22.5), (397_100.030_67, 2_489_510.973_87)),
    (Crs::Epsg4547, (115.4, 48.2), (604_069.903_71, 5_341_613.976_59)),
    (Crs::Epsg4526, (113.65, 34.76), (38_467_956.060_74, 3_848_023.492_05)),
    (Crs::Epsg4526, (115.4, 48.2), (38_604_069.903_71, 5_341_613.976_59)),
    (Crs::Epsg4548, (116.4, 39.9), (448_688.855_73, 4_418_598.001_26)),
    (Crs::Epsg4548, (118.49, 24.9), (650_548.178_90, 2_755_801.270_82)),
    (Crs::Epsg4527, (116.4, 39.9), (39_448_688.855_73, 4_418_598.001_26)),
    (Crs::Epsg4549, (121.47, 31.23), (640_060.337_69, 3_457_406.435_50)),
    (Crs::Epsg4528, (121.47, 31.23), (40_640_060.337_69, 3_457_406.435_50)),
];

#[test]
fn plane_zones_agree_with_proj_to_a_tenth_of_a_millimetre() {
    for (crs, (lon, lat), (easting, northing)) in PROJ {
        let (x, y) = from_cgcs2000(crs, at(lon, lat)).expect("in the zone");
        assert!((x - easting).abs() < 1e-4 && (y - northing).abs() < 1e-4, "{crs}: {x} {y}");
        let back = to_cgcs2000(crs, easting, northing).expect("in the zone");
        assert!(metres_between(back, at(lon, lat)) < 1e-4, "{crs}: {back:?}");
    }
}

#[test]
fn gcj02_and_bd09_have_their_known_offsets() {
    // Worked example that circulates with the published formulas: Tian'anmen.
    let (x, y) = from_cgcs2000(Crs::Gcj02, at(116.397_389, 39.908_860)).expect("in China");
    assert!(metres_between(at(x, y), at(116.403_632, 39.910_263)) < 2.0, "{x} {y}");
    let (x, y) = from_cgcs2000(Crs::Bd09, at(116.397_389, 39.908_860)).expect("in China");
    assert!(metres_between(at(x, y), at(116.410_005, 39.916_622)) < 5.0, "{x} {y}");
}

#[test]
fn the_raw_value_is_kept() {
    let surveyed = Surveyed::new(Crs::Epsg4547, 467_956.060_74, 3_848_023.492_05).expect("in the zone");
    assert_eq!((surveyed.crs, surveyed.raw), (Crs::Epsg4547, (467_956.060_74, 3_848_023.492_05)));
    assert!(metres_between(surveyed.at, at(113.65, 34.76)) < 0.001);
}

fn check(crs: Crs, x: f64, y: f64, expect: Expect) {
    expect.assert_eq(&to_cgcs2000(crs, x, y).expect_err("a fault").to_string());
}

#[test]
fn a_coordinate_of_another_system_is_refused_with_advice() {
    check(
        Crs::Epsg4547,
        38_467_956.0,
        3_848_023.0,
        expect![
            "x 38467956, y 3848023 is not a coordinate of EPSG:4547: the easting has a zone prefix; name the system with zone (EPSG:4526 for 38, 4527 for 39, 4528 for 40)"
        ],
    );
    check(
        Crs::Epsg4526,
        467_956.0,
        3_848_023.0,
        expect![
            "x 467956, y 3848023 is not a coordinate of EPSG:4526: the easting has no zone prefix; name the system without zone (EPSG:4547, 4548, 4549)"
        ],
    );
    check(
        Crs::Epsg4547,
        3_848_023.0,
        467_956.0,
        expect![
            "x 3848023, y 467956 is not a coordinate of EPSG:4547: x and y are swapped: x is the easting, y the northing"
        ],
    );
    check(
        Crs::Wgs84,
        34.76,
        113.65,
        expect![
            "x 34.76, y 113.65 is not a coordinate of EPSG:4326: x and y are swapped: x is the longitude, y the latitude"
        ],
    );
    check(
        Crs::Gcj02,
        -71.06,
        42.36,
        expect![
            "x -71.06, y 42.36 is not a coordinate of GCJ-02: this datum is defined in China only; name the true one"
        ],
    );
    check(Crs::Epsg4547, f64::NAN, 1.0, expect!["x NaN, y 1 is not a coordinate of EPSG:4547: both must be numbers"]);
    let far = from_cgcs2000(Crs::Epsg4547, at(121.0, 31.0)).expect_err("another zone").to_string();
    expect!["x 121, y 31 is not a coordinate of EPSG:4547: the position is more than 3 degrees from the central meridian; use its own zone"].assert_eq(&far);
}

#[test]
fn names_are_read_as_people_write_them() {
    for (text, crs) in
        [("gcj02", Crs::Gcj02), ("GCJ-02", Crs::Gcj02), ("epsg:4547", Crs::Epsg4547), ("WGS 84", Crs::Wgs84)]
    {
        assert_eq!(Crs::parse(text), Ok(crs));
    }
    for crs in Crs::ALL {
        assert_eq!(Crs::parse(crs.as_str()), Ok(crs));
    }
    expect![[r#"coordinate system "beijing54" is not known; use one of EPSG:4490, EPSG:4326, GCJ-02, BD-09, EPSG:4547, EPSG:4548, EPSG:4549, EPSG:4526, EPSG:4527, EPSG:4528"#]].assert_eq(&Crs::parse("beijing54").expect_err("unknown").to_string());
}

proptest! {
    #[test]
    fn displaced_datums_come_back(lon in 73.0..135.0f64, lat in 18.0..54.0f64) {
        for crs in [Crs::Gcj02, Crs::Bd09] {
            let (x, y) = from_cgcs2000(crs, at(lon, lat)).expect("in China");
            let back = to_cgcs2000(crs, x, y).expect("in China");
            prop_assert!(metres_between(back, at(lon, lat)) < 0.001, "{crs} {back:?}");
        }
    }

    #[test]
    fn plane_zones_come_back_within_a_millimetre(away in -3.0..3.0f64, lat in 1.0..85.0f64) {
        for (crs, meridian) in [(Crs::Epsg4547, 114.0), (Crs::Epsg4548, 117.0), (Crs::Epsg4528, 120.0)] {
            let there = at(meridian + away, lat);
            let (x, y) = from_cgcs2000(crs, there).expect("in the zone");
            let back = to_cgcs2000(crs, x, y).expect("in the zone");
            prop_assert!(metres_between(back, there) < 0.001, "{crs} {back:?}");
        }
    }
}
