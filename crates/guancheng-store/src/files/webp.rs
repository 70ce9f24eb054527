//! WebP without EXIF and XMP chunks.

/// Flags of the extended header that announce EXIF and XMP.
const EXIF_AND_XMP: u8 = 0x0c;

/// The picture with its frames, transparency and colour profile. `None` for a damaged file.
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let mut rest = bytes.get(12..size.checked_add(8)?)?;
    let mut out = bytes.get(..12)?.to_vec();
    while !rest.is_empty() {
        let kind: [u8; 4] = rest.get(..4)?.try_into().ok()?;
        let length = usize::try_from(u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?)).ok()?;
        // Chunks are padded to even lengths; the last padding byte is sometimes missing.
        let whole = length.checked_add(8)?.checked_add(length % 2)?.min(rest.len());
        let chunk = rest.get(..whole).filter(|chunk| chunk.len() >= length + 8)?;
        rest = rest.get(whole..)?;
        match &kind {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => out.extend(without_flags(chunk)?),
            _ => out.extend(chunk),
        }
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    Some(out)
}

fn without_flags(chunk: &[u8]) -> Option<Vec<u8>> {
    let mut chunk = chunk.to_vec();
    *chunk.get_mut(8)? &= !EXIF_AND_XMP;
    Some(chunk)
}
