//! A position in the system's one coordinate system.

/// Longitude and latitude in degrees, CGCS2000 (EPSG:4490), which equals WGS-84 to within decimetres. Other systems
/// are converted at the border by `guancheng-place`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct LonLat {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// Great-circle distance in metres on a sphere of 6,371,008.8 m (error under 0.5 %).
pub fn metres_between(a: LonLat, b: LonLat) -> f64 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.lon - a.lon).to_radians() / 2.0).sin();
    let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * 6_371_008.8 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let metres = metres_between(LonLat { lon: 113.6, lat: 34.0 }, LonLat { lon: 113.6, lat: 35.0 });
        assert_eq!(metres.round(), 111_195.0);
    }
}
