//! JPEG without what cameras and editors add. The picture itself is copied byte by byte, never encoded again.

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const COMMENT: u8 = 0xfe;
/// JFIF.
const APP0: u8 = 0xe0;
/// Colour profile among others.
const APP2: u8 = 0xe2;
/// Adobe's colour transform, without which some pictures change colour.
const APP14: u8 = 0xee;

/// The picture without EXIF, XMP, IPTC, comments, previews and whatever follows its end. An orientation other than
/// upright is put back alone, since without it the picture lies on its side. `None` for a damaged file.
pub(super) fn strip(bytes: &[u8], orientation: Option<u8>) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xff, SOI])?;
    let mut out = vec![0xff, SOI];
    let mut held = orientation.filter(|n| *n > 1).map(exif_of_orientation);
    loop {
        let (marker, after) = next_marker(rest)?;
        // JFIF must come first where there is one; the orientation comes behind it.
        if marker != APP0 {
            out.extend(held.take().into_iter().flatten());
        }
        if marker == EOI {
            out.extend([0xff, EOI]);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let segment = after.get(..length)?;
        rest = after.get(length..)?;
        if keeps(marker, segment) {
            out.extend([0xff, marker]);
            out.extend(segment);
        }
        if marker == SOS {
            let scan = scan_length(rest)?;
            out.extend(rest.get(..scan)?);
            rest = rest.get(scan..)?;
        }
    }
}

/// The next marker and what follows it; fill bytes are skipped.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let [0xff, rest @ ..] = bytes else { return None };
    let fill = rest.iter().take_while(|byte| **byte == 0xff).count();
    let (marker, rest) = rest.get(fill..)?.split_first()?;
    (*marker != 0).then_some((*marker, rest))
}

fn keeps(marker: u8, segment: &[u8]) -> bool {
    match marker {
        APP0 | APP14 => true,
        APP2 => segment.get(2..).is_some_and(|body| body.starts_with(b"ICC_PROFILE\0")),
        0xe0..=0xef | COMMENT => false,
        _ => true,
    }
}

/// Bytes of coded data up to the next marker that is neither stuffing nor a restart.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    let ends = |pair: &[u8]| matches!(pair, [0xff, next] if !matches!(next, 0x00 | 0xd0..=0xd7 | 0xff));
    bytes.windows(2).position(ends)
}

/// An APP1 segment with one tag.
fn exif_of_orientation(orientation: u8) -> Vec<u8> {
    let mut segment = vec![0xff, 0xe1, 0x00, 0x22];
    segment.extend(b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.extend([orientation, 0, 0, 0, 0, 0, 0]);
    segment
}
