//! 线性: in proportion between two values.

use super::RuleFault;
use crate::{Exact, ExactError};

pub(super) fn faults(full_at: Exact, zero_at: Exact) -> Vec<RuleFault> {
    if full_at == zero_at {
        return vec![RuleFault::new("zero_at", "full_at and zero_at must differ, else nothing lies between them")];
    }
    Vec::new()
}

pub(super) fn points(most: Exact, full_at: Exact, zero_at: Exact, value: Exact) -> Result<(Exact, String), ExactError> {
    let share = value.minus(zero_at)?.over(full_at.minus(zero_at)?)?.clamped(Exact::ZERO, Exact::ONE);
    let points = most.times(share)?;
    let formula = if share == Exact::ONE {
        format!("{value} is at or beyond {full_at} → {most}")
    } else if share == Exact::ZERO {
        format!("{value} is at or beyond {zero_at} → 0")
    } else {
        format!("{most} × ({value} − {zero_at}) ÷ ({full_at} − {zero_at}) = {points}")
    };
    Ok((points, formula))
}
