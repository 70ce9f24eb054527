//! What a camera wrote into a picture: when, where, and which way it was held.

use std::io::Cursor;

use exif::{Exif, Field, In, Reader, Tag, Value};
use guancheng_base::LonLat;

#[derive(Debug, Default, PartialEq)]
pub(super) struct Camera {
    /// Local time as `2014-09-26T16:40:00`, with the offset if the camera knew one.
    pub(super) taken: Option<String>,
    /// WGS-84, which equals the system's coordinates to within decimetres.
    pub(super) place: Option<LonLat>,
    /// 1 to 8.
    pub(super) orientation: Option<u8>,
}

/// Reads what is there; a picture without EXIF, or with a broken one, says nothing.
pub(super) fn read(bytes: &[u8]) -> Camera {
    let Ok(exif) = Reader::new().read_from_container(&mut Cursor::new(bytes)) else { return Camera::default() };
    let orientation = field(&exif, Tag::Orientation).and_then(|field| field.value.get_uint(0));
    Camera {
        taken: taken(&exif),
        place: place(&exif),
        orientation: orientation.and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=8).contains(n)),
    }
}

fn field(exif: &Exif, tag: Tag) -> Option<&Field> {
    exif.get_field(tag, In::PRIMARY)
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&str> {
    match &field(exif, tag)?.value {
        Value::Ascii(texts) => std::str::from_utf8(texts.first()?).ok(),
        _ => None,
    }
}

fn taken(exif: &Exif) -> Option<String> {
    let time = exif::DateTime::from_ascii(ascii(exif, Tag::DateTimeOriginal)?.as_bytes()).ok()?;
    let exif::DateTime { year, month, day, hour, minute, second, .. } = time;
    let offset = ascii(exif, Tag::OffsetTimeOriginal).map(str::trim).unwrap_or_default();
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{offset}"))
}

fn place(exif: &Exif) -> Option<LonLat> {
    let lat = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, "S")?;
    let lon = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, "W")?;
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some(LonLat { lon, lat })
}

fn degrees(exif: &Exif, tag: Tag, side: Tag, negative: &str) -> Option<f64> {
    let Value::Rational(parts) = &field(exif, tag)?.value else { return None };
    let [degrees, minutes, seconds] = parts.as_slice() else { return None };
    let value = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
    let sign = if ascii(exif, side)? == negative { -1.0 } else { 1.0 };
    value.is_finite().then_some(sign * value)
}
