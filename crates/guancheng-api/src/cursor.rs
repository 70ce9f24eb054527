//! Page cursors on the wire. The store makes and validates its own; a text it did not make is a `bad_cursor`.

use guancheng_base::ErrorCode;

use crate::problem::{Answer, Problem};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A cursor of the store as an opaque text (base64url without padding).
pub fn seal(cursor: &str) -> String {
    let mut text = String::new();
    for chunk in cursor.as_bytes().chunks(3) {
        let n = chunk.iter().fold(0_u32, |n, byte| n << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let six = (n >> (18 - 6 * place)) & 63;
            text.extend(ALPHABET.get(six as usize).map(|letter| char::from(*letter)));
        }
    }
    text
}

/// The store's cursor inside an opaque text.
pub fn open(text: &str) -> Answer<String> {
    decode(text).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(bad)
}

/// The text is not one of ours.
pub fn bad() -> Problem {
    Problem::of(ErrorCode::BadCursor)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for chunk in text.as_bytes().chunks(4) {
        let mut n = 0_u32;
        for letter in chunk {
            n = n << 6 | u32::try_from(ALPHABET.iter().position(|known| known == letter)?).ok()?;
        }
        n <<= 6 * (4 - chunk.len());
        let whole = chunk.len().checked_sub(1).filter(|whole| *whole > 0)?;
        bytes.extend(n.to_be_bytes().iter().skip(1).take(whole));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens() {
        for text in ["", "a", "ab", "abc", "due:1758:42", "已上报"] {
            assert_eq!(open(&seal(text)).unwrap(), text);
        }
    }

    #[test]
    fn strangers_are_refused() {
        for text in ["A", "????", "abc=", "_w"] {
            assert_eq!(open(text).unwrap_err().code, ErrorCode::BadCursor, "{text}");
        }
    }
}
