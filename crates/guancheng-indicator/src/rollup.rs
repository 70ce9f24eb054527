//! Months into a quarter, quarters into a year. Invariant: a part that is not rated is left out, never counted as
//! nothing; where no part is rated the whole is not rated.

use crate::{Cite, Exact, ExactError, Explain, Rounding};

/// How parts become a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RollupMethod {
    /// The mean of the rated parts.
    Mean,
    /// The sum of the rated parts.
    Sum,
    /// The last rated part.
    Last,
    /// The lowest rated part.
    Min,
}

/// A whole with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolledUp {
    /// The score of the whole; `None` is not rated.
    pub score: Option<Exact>,
    /// Why.
    pub explain: Explain,
}

impl RollupMethod {
    /// All ways.
    pub const ALL: [RollupMethod; 4] = [RollupMethod::Mean, RollupMethod::Sum, RollupMethod::Last, RollupMethod::Min];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            RollupMethod::Mean => "mean",
            RollupMethod::Sum => "sum",
            RollupMethod::Last => "last",
            RollupMethod::Min => "min",
        }
    }
}

/// Rolls the scores of the parts, in the order of time, up into one, rounded to `decimals`.
///
/// # Errors
/// The numbers do not fit.
pub fn roll_up(
    cite: &Cite,
    method: RollupMethod,
    parts: &[Option<Exact>],
    decimals: u32,
    rounding: Rounding,
) -> Result<RolledUp, ExactError> {
    let rated: Vec<Exact> = parts.iter().flatten().copied().collect();
    let whole = match method {
        RollupMethod::Mean => Exact::mean(&rated)?,
        RollupMethod::Sum if rated.is_empty() => None,
        RollupMethod::Sum => Some(Exact::sum(rated.iter().copied())?),
        RollupMethod::Last => rated.last().copied(),
        RollupMethod::Min => rated.iter().min().copied(),
    };
    let score = whole.map(|whole| whole.rounded(decimals, rounding)).transpose()?;
    let shown = rated.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let left_out = parts.len() - rated.len();
    let formula = match score {
        Some(score) => format!("{}({shown}) = {score}; {left_out} of {} not rated", method.as_str(), parts.len()),
        None => format!("not rated: none of {} parts is rated", parts.len()),
    };
    Ok(RolledUp { score, explain: cite.explain(formula) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(method: RollupMethod, parts: &[Option<&str>], expect: Expect) {
        let parts: Vec<_> = parts.iter().map(|part| part.map(|text| Exact::parse(text).unwrap())).collect();
        let whole = roll_up(&Cite::bare("x"), method, &parts, 2, Rounding::HalfUp).unwrap();
        expect.assert_eq(&whole.explain.formula);
        assert_eq!(whole.score.is_none(), parts.iter().all(Option::is_none));
    }

    #[test]
    fn what_is_not_rated_is_left_out() {
        let parts = [Some("90"), None, Some("80.01")];
        check(RollupMethod::Mean, &parts, expect!["mean(90, 80.01) = 85.01; 1 of 3 not rated"]);
        check(RollupMethod::Sum, &parts, expect!["sum(90, 80.01) = 170.01; 1 of 3 not rated"]);
        check(RollupMethod::Last, &parts, expect!["last(90, 80.01) = 80.01; 1 of 3 not rated"]);
        check(RollupMethod::Min, &parts, expect!["min(90, 80.01) = 80.01; 1 of 3 not rated"]);
        check(RollupMethod::Sum, &[None, None], expect!["not rated: none of 2 parts is rated"]);
    }
}
