//! Money as integer fen; there is no floating-point money anywhere.

/// An amount of money in fen (1/100 yuan, or the cent of the pack's currency).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(pub i64);

impl Fen {
    /// `yuan` whole units of currency. Saturates at the limits of `i64`.
    pub fn from_yuan(yuan: i64) -> Self {
        Fen(yuan.saturating_mul(100))
    }
}

impl std::fmt::Display for Fen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_two_decimals_and_one_sign() {
        let seen: Vec<String> = [0, 5, 150, -5, -12_345].map(|fen| Fen(fen).to_string()).into();
        assert_eq!(seen, ["0.00", "0.05", "1.50", "-0.05", "-123.45"]);
    }
}
