//! Random secrets, their hashes, and texts made of bytes. A secret itself is never stored.

use std::sync::Arc;

use sha2::{Digest, Sha256};

/// Fills bytes with unguessable ones. Tests pass a counter.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Letters of codes that people read out: no 0/O, 1/I/L, no vowels that make words.
const ALPHABET: &[u8; 32] = b"23456789BCDFGHJKMNPQRSTVWXYZ@#+=";

/// The system's own randomness.
///
/// # Panics
/// When the operating system has none: without it no secret is safe.
pub fn system_random() -> Random {
    Arc::new(|bytes: &mut [u8]| getrandom::fill(bytes).expect("the operating system gives random bytes"))
}

/// 256 random bits in hexadecimal.
pub fn secret(random: &Random) -> String {
    let mut bytes = [0; 32];
    random(&mut bytes);
    hex(&bytes)
}

/// A tracking code of 12 letters in three groups. 28 letters are used: 57 bits; at 30 tries a minute from one address
/// finding any of ten million codes takes on average 800 years.
pub fn tracking_code(random: &Random) -> String {
    let mut code = String::with_capacity(14);
    while code.len() < 14 {
        let mut bytes = [0; 24];
        random(&mut bytes);
        let letters = bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)]).filter(u8::is_ascii_alphanumeric);
        for letter in letters.take(14 - code.len()) {
            if matches!(code.len(), 4 | 9) {
                code.push('-');
            }
            if code.len() < 14 {
                code.push(char::from(letter));
            }
        }
    }
    code
}

/// A code as people type it: lower case and spaces are forgiven.
pub fn normal_code(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 over several parts; each is preceded by its length, so that no two lists of parts are the same bytes.
pub fn sha256_parts(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    digits.map(char::from).collect()
}

/// Whether two texts are equal, in time that does not depend on where they differ.
pub fn same_secret(a: &str, b: &str) -> bool {
    let different = a.bytes().zip(b.bytes()).fold(0, |seen, (x, y)| seen | (x ^ y));
    a.len() == b.len() && different == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU8, Ordering};

    fn counter() -> Random {
        let next = AtomicU8::new(0);
        Arc::new(move |bytes: &mut [u8]| bytes.iter_mut().for_each(|byte| *byte = next.fetch_add(1, Ordering::Relaxed)))
    }

    #[test]
    fn codes_are_three_groups_of_four_letters() {
        let random = counter();
        assert_eq!(tracking_code(&random), "2345-6789-BCDF");
        assert_eq!(tracking_code(&random).len(), 14);
        assert_eq!(normal_code(" 2345-6789-bcdf"), "2345-6789-BCDF");
    }

    #[test]
    fn secrets_compare_by_content() {
        assert!(same_secret("abc", "abc") && !same_secret("abc", "abd") && !same_secret("abc", "abcd"));
        assert_eq!(hex(&[0, 171, 255]), "00abff");
    }
}
