//! A scorecard tests itself: does it tell anybody apart? A ranking in which all have 99 points measures nothing, and
//! one that leaves a third of the cases out measures something else.

use crate::{Cite, Exact, ExactError, Explain};

/// What a sound scorecard keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HealthLimits {
    /// The least distance between the tenth and the ninetieth percentile, in points.
    pub min_spread_p90_p10: Exact,
    /// The largest share of subjects near the top, 0 to 1.
    pub max_share_near_top: Exact,
    /// What is near the top: this share of full points, 0 to 1.
    pub near_top: Exact,
    /// The largest share of rows left out, in percent.
    pub max_excluded_pct: Exact,
}

impl Default for HealthLimits {
    /// The limits of the worked examples: 5 points, 0.30, 0.99, 15 %.
    fn default() -> Self {
        HealthLimits {
            min_spread_p90_p10: Exact::int(5),
            max_share_near_top: Exact::ratio(3, 10).unwrap_or(Exact::ZERO),
            near_top: Exact::ratio(99, 100).unwrap_or(Exact::ONE),
            max_excluded_pct: Exact::int(15),
        }
    }
}

/// How scores lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many are rated.
    pub n: usize,
    /// Highest minus lowest.
    pub spread: Exact,
    /// Ninetieth minus tenth percentile, interpolated between neighbours.
    pub p90_p10: Exact,
    /// The share at or above `near_top` of full points.
    pub share_near_top: Exact,
}

/// One test that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unhealthy {
    /// The scores lie too close together.
    Spread,
    /// Too many are near the top.
    Ceiling,
    /// Too much was left out.
    Excluded,
    /// An indicator is at its best for everybody and tells nobody apart.
    Indicator,
}

/// The self-test of one run, as printed on the circular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// How the scores lie; `None` where nobody is rated.
    pub spread: Option<Spread>,
    /// The share of rows left out over all indicators, in percent; `None` where there were none.
    pub excluded_pct: Option<Exact>,
    /// The titles of the lines that gave everybody full points.
    pub full_lines: Vec<String>,
    /// The tests that failed.
    pub fails: Vec<Unhealthy>,
    /// Why.
    pub explain: Explain,
}

impl Unhealthy {
    /// The word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Unhealthy::Spread => "spread",
            Unhealthy::Ceiling => "ceiling",
            Unhealthy::Excluded => "excluded",
            Unhealthy::Indicator => "indicator",
        }
    }
}

/// Measures how `scores` lie against `full` points; `None` of nothing.
///
/// # Errors
/// The numbers do not fit.
pub fn spread(scores: &[Exact], full: Exact, limits: &HealthLimits) -> Result<Option<Spread>, ExactError> {
    let mut sorted = scores.to_vec();
    sorted.sort();
    let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else { return Ok(None) };
    let edge = limits.near_top.times(full)?;
    let near = sorted.iter().filter(|score| **score >= edge).count();
    Ok(Some(Spread {
        n: sorted.len(),
        spread: high.minus(*low)?,
        p90_p10: percentile(&sorted, 90)?.minus(percentile(&sorted, 10)?)?,
        share_near_top: Exact::ratio(near as i128, sorted.len() as i128)?,
    }))
}

/// The `p`-th percentile of sorted numbers, in proportion between the two neighbours (position (n − 1) × p ÷ 100).
fn percentile(sorted: &[Exact], p: usize) -> Result<Exact, ExactError> {
    let steps = sorted.len().saturating_sub(1) * p;
    let (at, rest) = (steps / 100, steps % 100);
    let below = sorted.get(at).copied().unwrap_or(Exact::ZERO);
    let above = sorted.get(at + 1).copied().unwrap_or(below);
    let part = above.minus(below)?.times(Exact::ratio(rest as i128, 100)?)?;
    below.plus(part)
}

/// Which of the two tests of a distribution fail.
pub fn verdict(p90_p10: Exact, share_near_top: Exact, limits: &HealthLimits) -> Vec<Unhealthy> {
    let close = (p90_p10 < limits.min_spread_p90_p10).then_some(Unhealthy::Spread);
    let full = (share_near_top > limits.max_share_near_top).then_some(Unhealthy::Ceiling);
    close.into_iter().chain(full).collect()
}

/// What is tested besides the scores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Rows left out of some indicator.
    pub excluded: i64,
    /// All rows, those included.
    pub all: i64,
    /// The titles of the lines that gave everybody full points.
    pub full_lines: Vec<String>,
}

/// Tests one run.
///
/// # Errors
/// The numbers do not fit.
pub fn health(
    cite: &Cite,
    limits: &HealthLimits,
    scores: &[Exact],
    full: Exact,
    counted: Counted,
) -> Result<Health, ExactError> {
    let spread = spread(scores, full, limits)?;
    let mut fails = spread.map(|s| verdict(s.p90_p10, s.share_near_top, limits)).unwrap_or_default();
    let excluded_pct = match counted.all {
        0 => None,
        all => Some(Exact::ratio(i128::from(counted.excluded) * 100, i128::from(all))?),
    };
    fails.extend(excluded_pct.filter(|pct| *pct > limits.max_excluded_pct).map(|_| Unhealthy::Excluded));
    fails.extend((!counted.full_lines.is_empty()).then_some(Unhealthy::Indicator));
    let lies = match spread {
        Some(s) => format!(
            "{} rated; spread {}, p90−p10 {} (at least {}), near the top {} (at most {})",
            s.n,
            s.spread,
            s.p90_p10,
            limits.min_spread_p90_p10,
            s.share_near_top.fixed(2),
            limits.max_share_near_top,
        ),
        None => "nobody is rated".to_owned(),
    };
    let out = excluded_pct.map_or("no rows".to_owned(), |pct| format!("{} % left out", pct.fixed(2)));
    let formula = format!("{lies}; {out} (at most {} %)", limits.max_excluded_pct);
    Ok(Health { spread, excluded_pct, full_lines: counted.full_lines, fails, explain: cite.explain(formula) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn numbers(texts: &[&str]) -> Vec<Exact> {
        texts.iter().map(|text| Exact::parse(text).unwrap()).collect()
    }

    #[test]
    fn a_published_ranking_lies_close_together() {
        let scores = numbers(&["96.2", "95.2", "92.6", "91.7", "90.8", "95.1"]);
        let s = spread(&scores, Exact::HUNDRED, &HealthLimits::default()).unwrap().unwrap();
        assert_eq!(
            (s.spread.to_string(), s.p90_p10.to_string(), s.share_near_top),
            ("5.4".into(), "4.45".into(), Exact::ZERO)
        );
        assert_eq!(spread(&[], Exact::HUNDRED, &HealthLimits::default()), Ok(None));
    }

    #[test]
    fn every_failed_test_is_told() {
        let counted = Counted { excluded: 2, all: 10, full_lines: vec!["按期处置".into()] };
        let told =
            health(&Cite::bare("x"), &HealthLimits::default(), &numbers(&["99.4", "100"]), Exact::HUNDRED, counted);
        let told = told.unwrap();
        assert_eq!(told.fails, [Unhealthy::Spread, Unhealthy::Ceiling, Unhealthy::Excluded, Unhealthy::Indicator]);
        expect!["2 rated; spread 0.6, p90−p10 0.48 (at least 5), near the top 1.00 (at most 0.3); 20.00 % left out (at most 15 %)"]
            .assert_eq(&told.explain.formula);
        let nobody =
            health(&Cite::bare("x"), &HealthLimits::default(), &[], Exact::HUNDRED, Counted::default()).unwrap();
        assert_eq!(nobody.fails, []);
        expect!["nobody is rated; no rows (at most 15 %)"].assert_eq(&nobody.explain.formula);
    }
}
