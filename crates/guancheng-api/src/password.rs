//! Password hashes: argon2id with the parameters OWASP recommends (19 MiB, 2 passes, 1 lane).

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier},
};

/// A hash nobody's password has: checked where the log-in name is unknown, so that the time tells nothing.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The argon2id string of a password. Takes about 30 ms of one core and 19 MiB.
///
/// # Errors
/// A password or salt of impossible length, in words.
pub fn hash_password(password: &str, salt: &[u8; 16]) -> Result<String, String> {
    let hash = hasher().hash_password_with_salt(password.as_bytes(), salt);
    hash.map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

/// Whether the password belongs to the hash; `None` costs the same time and is never right.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    let verified = hasher().verify_password(password.as_bytes(), hash.unwrap_or(NOBODY)).is_ok();
    verified && hash.is_some()
}

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_opens() {
        let hash = hash_password("correct horse", &[7; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("correct horse", Some(&hash)));
        assert!(!verify("wrong horse", Some(&hash)));
        assert!(!verify("", None));
    }
}
