//! What a picture file says of itself: its kind and its size in pixels, read from the first bytes only.

/// The kind of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Portable Network Graphics.
    Png,
    /// JPEG in its usual wrapping.
    Jpeg,
}

impl Kind {
    /// The ending of a file name.
    pub fn ending(self) -> &'static str {
        match self {
            Kind::Png => "png",
            Kind::Jpeg => "jpeg",
        }
    }
}

/// Kind, width and height in pixels; `None` where the bytes are no such picture or have no area.
pub fn look(bytes: &[u8]) -> Option<(Kind, u32, u32)> {
    let (kind, width, height) = png(bytes).or_else(|| jpeg(bytes))?;
    (width > 0 && height > 0).then_some((kind, width, height))
}

/// The size stands in the first chunk: signature (8), length (4), `IHDR`, width (4), height (4).
fn png(bytes: &[u8]) -> Option<(Kind, u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let head = rest.get(4..)?.strip_prefix(b"IHDR")?;
    Some((Kind::Png, big_endian(head.get(0..4)?), big_endian(head.get(4..8)?)))
}

/// The size stands in the start of frame, after segments that each say how long they are.
fn jpeg(bytes: &[u8]) -> Option<(Kind, u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    loop {
        let marker = *rest.strip_prefix(b"\xFF")?.first()?;
        if marker == 0xFF {
            rest = rest.get(1..)?;
            continue;
        }
        let segment = rest.get(2..)?;
        // SOF0 … SOF15, without the tables that share their range (DHT, JPG, DAC).
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            return Some((Kind::Jpeg, big_endian(segment.get(5..7)?), big_endian(segment.get(3..5)?)));
        }
        let length = usize::try_from(big_endian(segment.get(0..2)?)).ok()?;
        rest = segment.get(length.max(2)..)?;
    }
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}

/// A picture of one grey point, for tests.
#[cfg(test)]
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0x68, 0, 0, 0, 0x82,
    0, 0x81, 0x77, 0xCD, 0x72, 0xB6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expect: Option<(Kind, u32, u32)>) {
        assert_eq!(look(bytes), expect);
    }

    #[test]
    fn kind_and_size() {
        check(PNG, Some((Kind::Png, 1, 1)));
        let jpeg = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xFF\xC0\x00\x11\x08\x00\x02\x01\x00\x03";
        check(jpeg, Some((Kind::Jpeg, 256, 2)));
        check(b"\xFF\xD8\xFF\xE0\x00\x00\xFF\xE0\x00\x00", None);
        check(&PNG[..20], None);
        check(b"GIF89a", None);
        check(b"", None);
    }
}
