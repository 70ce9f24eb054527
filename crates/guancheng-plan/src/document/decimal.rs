//! Exact decimals: what stands in a text, with nothing lost to binary fractions.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Digits and the number of those behind the point, without trailing zeros: 12.5 is (125, 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal {
    digits: i64,
    scale: u32,
}

impl Decimal {
    /// `digits` with `scale` of them behind the point.
    pub fn new(digits: i64, scale: u32) -> Self {
        let (mut digits, mut scale) = (digits, scale);
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        Decimal { digits, scale }
    }

    /// A whole number.
    pub fn whole(n: i64) -> Self {
        Decimal { digits: n, scale: 0 }
    }

    /// Times ten to the power of `zeros`; `None` beyond what 64 bits hold.
    pub fn shifted(self, zeros: u32) -> Option<Self> {
        let used = zeros.min(self.scale);
        let rest = 10i64.checked_pow(zeros - used)?;
        Some(Decimal::new(self.digits.checked_mul(rest)?, self.scale - used))
    }

    /// The whole number, if it is one.
    pub fn as_whole(self) -> Option<i64> {
        (self.scale == 0).then_some(self.digits)
    }

    /// As a float; exact for every number of up to 15 digits.
    pub fn as_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::MAX)
    }

    /// Reads `12.5`; `None` for anything but digits and one point.
    pub fn read(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        if unsigned.is_empty() || !plain(unsigned) || !plain(part) || part.len() > 9 {
            return None;
        }
        Some(Decimal::new(format!("{whole}{part}").parse().ok()?, u32::try_from(part.len()).ok()?))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let sign = if self.digits < 0 { "-" } else { "" };
        let unit = 10u64.saturating_pow(self.scale);
        let digits = self.digits.unsigned_abs();
        write!(f, "{sign}{}.{:0width$}", digits / unit, digits % unit, width = self.scale as usize)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.as_f64()),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Decimal::read(&number.to_string()).ok_or_else(|| de::Error::custom(format!("{number} is no decimal number")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, zeros: u32, expect: &str) {
        let found = Decimal::read(text).and_then(|n| n.shifted(zeros)).expect("number");
        assert_eq!(found.to_string(), expect);
        let wire = serde_json::to_string(&found).expect("JSON");
        assert_eq!(wire, expect);
        assert_eq!(serde_json::from_str::<Decimal>(&wire).expect("back"), found);
    }

    #[test]
    fn exact_on_the_wire() {
        check("5", 4, "50000");
        check("1.2", 8, "120000000");
        check("12.50", 0, "12.5");
        check("0.05", 0, "0.05");
        check("0.1", 1, "1");
        check("98.6", 0, "98.6");
    }
}
