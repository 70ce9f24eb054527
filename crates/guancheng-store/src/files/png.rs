//! PNG without text, time and EXIF chunks.

const SIGNATURE: usize = 8;

/// The picture with the chunks that make it look as it looks. `None` for a damaged file.
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..SIGNATURE)?.to_vec();
    let mut rest = bytes.get(SIGNATURE..)?;
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?);
        let kind: [u8; 4] = rest.get(4..8)?.try_into().ok()?;
        // Length, kind, data, checksum.
        let whole = usize::try_from(length).ok()?.checked_add(12)?;
        let chunk = rest.get(..whole)?;
        rest = rest.get(whole..)?;
        if keeps(&kind) {
            out.extend(chunk);
        }
        if &kind == b"IEND" {
            return Some(out);
        }
    }
}

/// Critical chunks have a capital first letter.
fn keeps(kind: &[u8; 4]) -> bool {
    kind[0].is_ascii_uppercase() || matches!(kind, b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"iCCP" | b"sBIT" | b"bKGD")
}
