//! The four lights of a line.

use serde::{Deserialize, Serialize};

/// A light. Ordered from the mildest to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = LedgerLight))]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// 灰: not started and not yet due, or not rated.
    Grey,
    /// 绿: as planned.
    Green,
    /// 黄: behind, or stale.
    Amber,
    /// 红: past due, not to be reached, failed, silent, or help wanted.
    Red,
}

impl Light {
    /// Every light, the worst first.
    pub const ALL: [Light; 4] = [Light::Red, Light::Amber, Light::Green, Light::Grey];

    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Light::Grey => "grey",
            Light::Green => "green",
            Light::Amber => "amber",
            Light::Red => "red",
        }
    }

    /// Its Chinese name, as papers print it.
    pub fn title(self) -> &'static str {
        match self {
            Light::Grey => "灰灯",
            Light::Green => "绿灯",
            Light::Amber => "黄灯",
            Light::Red => "红灯",
        }
    }
}
