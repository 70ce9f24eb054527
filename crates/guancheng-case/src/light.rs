//! The traffic light of a clock.

/// How a clock stands: green below 80 % of its limit, yellow up to the due moment, red after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// Green: below 80 %, or stopped on time.
    Good,
    /// Yellow: 80 % to 100 %.
    Near,
    /// Red: over the limit.
    Late,
    /// No limit applies.
    NotRated,
}

impl Light {
    /// The share of the limit at which green turns yellow.
    pub const NEAR_SHARE: f64 = 0.8;

    /// The light on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Light::Good => "good",
            Light::Near => "near",
            Light::Late => "late",
            Light::NotRated => "not_rated",
        }
    }
}
