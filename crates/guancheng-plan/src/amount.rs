//! Exact quantities: thousandths of a unit, never a float. 5.25 km of pipe is 5,250; 55 万吨/日 is 550,000,000.

use std::{fmt, iter::Sum, ops::Add};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A quantity in thousandths of its unit. Arithmetic saturates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub i64);

/// The largest quantity that is taken: a million million units.
const MAX: f64 = 1e12;

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(0);

    /// `n` whole units.
    pub fn whole(n: i64) -> Self {
        Amount(n.saturating_mul(1000))
    }

    /// The nearest thousandth; `None` for what is no number or beyond a million million.
    pub fn from_f64(n: f64) -> Option<Self> {
        (n.is_finite() && n.abs() <= MAX).then(|| Amount((n * 1000.0).round() as i64))
    }

    /// As a float, for curves and intervals only.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// What is missing to `target`; nothing when it is reached.
    pub fn short_of(self, target: Amount) -> Amount {
        Amount(target.0.saturating_sub(self.0).max(0))
    }

    /// This share of `whole` in thousandths (`1000` is all of it); `None` when there is no whole.
    pub fn share_of(self, whole: Amount) -> Option<i64> {
        (whole.0 > 0).then(|| i64::try_from(i128::from(self.0) * 1000 / i128::from(whole.0)).unwrap_or(i64::MAX))
    }
}

impl Add for Amount {
    type Output = Amount;
    fn add(self, other: Amount) -> Amount {
        Amount(self.0.saturating_add(other.0))
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(amounts: I) -> Amount {
        amounts.fold(Amount::ZERO, Add::add)
    }
}

impl fmt::Display for Amount {
    /// Without needless zeros: `50`, `5.25`, `-0.001`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        write!(f, "{sign}{whole}.{}", format!("{part:03}").trim_end_matches('0'))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 % 1000 {
            0 => (self.0 / 1000).serialize(to),
            _ => self.as_f64().serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let n = f64::deserialize(from)?;
        Amount::from_f64(n).ok_or_else(|| D::Error::custom(format!("{n:?} is no quantity: at most a million million")))
    }
}

#[cfg(feature = "schema")]
mod schema {
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
    };

    impl PartialSchema for super::Amount {
        fn schema() -> RefOr<Schema> {
            let about = "A quantity with at most three decimals.";
            ObjectBuilder::new().schema_type(Type::Number).description(Some(about)).into()
        }
    }

    impl ToSchema for super::Amount {}
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prints_no_needless_zeros() {
        let seen: Vec<String> = [0, 50_000, 5_250, -1, 100, -2_500].map(|n| Amount(n).to_string()).into();
        assert_eq!(seen, ["0", "50", "5.25", "-0.001", "0.1", "-2.5"]);
    }

    proptest! {
        #[test]
        fn survives_json(n in -1_000_000_000_000i64..1_000_000_000_000) {
            let text = serde_json::to_string(&Amount(n)).unwrap();
            prop_assert_eq!(serde_json::from_str::<Amount>(&text).unwrap(), Amount(n));
        }
    }
}
