//! Addresses that a file may lead to. Invariant: what comes out is ASCII, has one of the schemes below, and is read by
//! office programs and browsers as one address; a script or a file path never gets through.

/// The schemes that lead somewhere without running anything.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Office programs refuse a workbook with a longer address (2,083 less what they put around it).
const LENGTH_MAX: usize = 2_000;

/// The address in a form that every reader takes, or `None` where it must not be followed.
pub fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme =
        SCHEMES.iter().find(|scheme| url.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))?;
    let rest = url.get(scheme.len()..).filter(|rest| !rest.is_empty())?;
    let mut out = (*scheme).to_owned();
    let bytes = rest.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        let escape =
            *byte == b'%' && !bytes.get(index + 1..index + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        if escape || !(byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(byte)) {
            out.push_str(&format!("%{byte:02X}"));
        } else {
            out.push(char::from(*byte));
        }
    }
    (out.len() <= LENGTH_MAX).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expect: Option<&str>) {
        assert_eq!(address(url).as_deref(), expect);
    }

    #[test]
    fn only_addresses_that_lead_somewhere() {
        check("https://example.org/a?b=c#d", Some("https://example.org/a?b=c#d"));
        check("HTTPS://example.org/案件 1", Some("https://example.org/%E6%A1%88%E4%BB%B6%201"));
        check("http://example.org/100%/%41\"<>", Some("http://example.org/100%25/%41%22%3C%3E"));
        check("javascript:alert(1)", None);
        check("file:///etc/passwd", None);
        check("/c/cases/1", None);
        check("https://", None);
        check("", None);
    }
}
