//! The container: parts by name, unpacked within one common budget, so that a file of a few bytes cannot become a full
//! memory.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;
use super::error::{Much, SheetError};

/// How a compound file of the nineties begins: an old .xls, or a new file under a password.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// An open container.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limit: usize,
    used: usize,
}

impl<'a> Package<'a> {
    /// Opens the container.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, SheetError> {
        if bytes.is_empty() {
            return Err(SheetError::Empty);
        }
        if bytes.len() > limits.bytes {
            return Err(SheetError::TooLarge { what: Much::Bytes, limit: limits.bytes });
        }
        if bytes.starts_with(COMPOUND) {
            return Err(SheetError::Old);
        }
        if !bytes.starts_with(b"PK") {
            return Err(SheetError::NoZip);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::BrokenZip)?;
        Ok(Package { zip, limit: limits.unpacked, used: 0 })
    }

    /// A part as text; `None` where there is none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, SheetError> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(SheetError::BrokenZip),
        };
        let left = self.limit.saturating_sub(self.used);
        let mut bytes = Vec::new();
        // One byte more than is left shows that there is more, whatever the entry says of its size.
        let taken = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        file.take(taken).read_to_end(&mut bytes).map_err(|_| SheetError::BrokenZip)?;
        if bytes.len() > left {
            return Err(SheetError::TooLarge { what: Much::Unpacked, limit: self.limit });
        }
        self.used += bytes.len();
        let text = String::from_utf8(bytes).map_err(|_| SheetError::Damaged { part: name.to_owned() })?;
        Ok(Some(match text.strip_prefix('\u{FEFF}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }))
    }
}
