//! Large and small subjects side by side: a district with many cells has many cases, which is no fault of its own.

use guancheng_base::Name;

use crate::{Cite, Exact, ExactError, Explain};

/// What a size is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// With the mean size of the peer group: an average subject keeps its number as it is.
    PeerMean,
    /// With one unit: the number becomes one per cell, per kilometre.
    Unit,
}

/// How a number is made comparable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalise {
    /// The size it is divided by, e.g. `grid_count`.
    pub per: Name,
    /// What the size is compared with.
    pub reference: Reference,
}

/// A factor with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// What a count or a loss is multiplied by; `None` where the subject has no size, which makes the line not rated.
    pub factor: Option<Exact>,
    /// Why.
    pub explain: Explain,
}

impl Reference {
    /// Both.
    pub const ALL: [Reference; 2] = [Reference::PeerMean, Reference::Unit];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Reference::PeerMean => "peer_mean",
            Reference::Unit => "unit",
        }
    }
}

/// The factor for a subject of size `own` among peers whose sizes have this `mean` (itself included).
///
/// # Errors
/// The numbers do not fit.
pub fn scale(cite: &Cite, rule: &Normalise, own: Option<Exact>, mean: Option<Exact>) -> Result<Scale, ExactError> {
    let Some(own) = own.filter(|size| *size > Exact::ZERO) else {
        return Ok(Scale { factor: None, explain: cite.explain(format!("not rated: no {} is known", rule.per)) });
    };
    let reference = match rule.reference {
        Reference::PeerMean => mean.unwrap_or(own),
        Reference::Unit => Exact::ONE,
    };
    let factor = reference.over(own)?;
    let word = rule.reference.as_str();
    let formula = format!("{word} {reference} ÷ own {} {own} = {factor}", rule.per);
    Ok(Scale { factor: Some(factor), explain: cite.explain(formula) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_subject_keeps_its_number() {
        let rule = Normalise { per: "grid_count".into(), reference: Reference::PeerMean };
        let mean = Exact::mean(&[100, 200, 300].map(Exact::int)).unwrap();
        let factor = |own: Option<i64>| scale(&Cite::bare("x"), &rule, own.map(Exact::int), mean).unwrap();
        assert_eq!(factor(Some(200)).factor, Some(Exact::ONE));
        assert_eq!(factor(Some(100)).factor, Some(Exact::int(2)));
        assert_eq!(factor(None).factor, None);
        assert_eq!(factor(Some(0)).factor, None);
        assert_eq!(factor(Some(100)).explain.formula, "peer_mean 200 ÷ own grid_count 100 = 2");
    }
}
