//! Whole numbers as JSON has them: `3` and `3.0` are the same number.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Number;

/// A whole number.
pub fn whole<'de, D: Deserializer<'de>>(input: D) -> Result<i64, D::Error> {
    Number::deserialize(input).and_then(exact)
}

/// A whole number or `null`.
pub fn optional_whole<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i64>, D::Error> {
    Option::<Number>::deserialize(input)?.map(exact).transpose()
}

/// A list of whole numbers.
pub fn wholes<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<i64>, D::Error> {
    Vec::<Number>::deserialize(input)?.into_iter().map(exact).collect()
}

fn exact<E: Error>(number: Number) -> Result<i64, E> {
    /// Beyond this not every whole number is a JSON number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let from_decimal = || number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() <= EXACT).map(|n| n as i64);
    number
        .as_i64()
        .or_else(from_decimal)
        .ok_or_else(|| E::custom(format!("{number} is not a whole number of at most 2^53")))
}
