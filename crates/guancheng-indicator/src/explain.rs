//! Why a number is what it is: which definition, on which basis, and the formula with the numbers in it.

use guancheng_base::Name;

/// What a definition is called and what it rests on; goes into every explanation made from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite {
    /// The definition.
    pub id: Name,
    /// Its version.
    pub version: u32,
    /// The laws, standards and plan items it rests on, as declared; what is unverified says so in its own text.
    pub basis: Vec<String>,
}

/// An answer to "why?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explain {
    /// The definition.
    pub cite: Cite,
    /// The formula with the numbers in it: `50 − (70 − 66.4) × 1 ÷ 1 = 46.4`.
    pub formula: String,
}

impl Cite {
    /// A definition of that name in its first version, without a basis: for vectors and tests.
    pub fn bare(id: &str) -> Cite {
        Cite { id: id.into(), version: 1, basis: Vec::new() }
    }

    /// The explanation of one result.
    pub fn explain(&self, formula: impl Into<String>) -> Explain {
        Explain { cite: self.clone(), formula: formula.into() }
    }
}
