//! What cases of a procedure report of a plan: which fields, and how a case stands in each state.

use std::collections::BTreeMap;

use guancheng_case::{ProgressRule, Standing};

use crate::tree::At;

/// Reads the table `progress`.
pub fn read(at: At<'_>) -> ProgressRule {
    let table = at.table("progress");
    let mut standings = BTreeMap::new();
    for standing in Standing::ALL {
        for at in table.list(standing.as_str()) {
            let Some(state) = at.name() else { continue };
            if let Some(other) = standings.insert(state.clone(), standing) {
                at.fault(format!("`{state}` stands under {} already", other.as_str()));
            }
        }
    }
    ProgressRule {
        commitment: table.name("commitment"),
        step: table.name("step"),
        amount: table.name("amount"),
        day: table.name("day"),
        standings,
    }
}
