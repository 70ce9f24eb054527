//! The proofs: everything that is wrong with a procedure, each fault with its path.

use super::Procedure;
use crate::Fault;

/// Every fault of the procedure.
pub(super) fn faults(procedure: &Procedure) -> Vec<Fault> {
    let mut faults = Vec::new();
    if procedure.state(&procedure.initial).is_none() {
        let advice = crate::did_you_mean(&procedure.initial, procedure.states.iter().map(|state| state.id.as_str()));
        faults.push(Fault::new("initial", format!("there is no state {}", procedure.initial), advice));
    }
    faults
}
