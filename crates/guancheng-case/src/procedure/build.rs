//! From declared parts to a proved procedure.

use std::collections::BTreeMap;

use guancheng_base::Name;

use super::{Parts, Procedure, prove};
use crate::Fault;

impl Procedure {
    /// Proves the parts, or lists every fault with its path.
    pub fn build(parts: Parts) -> Result<Procedure, Vec<Fault>> {
        let procedure = Procedure {
            field_at: index(parts.fields.iter().map(|field| &field.id)),
            state_at: index(parts.states.iter().map(|state| &state.id)),
            move_at: index(parts.moves.iter().map(|mv| &mv.id)),
            clock_at: index(parts.clocks.iter().map(|clock| &clock.id)),
            parts,
        };
        let faults = prove::faults(&procedure);
        if faults.is_empty() { Ok(procedure) } else { Err(faults) }
    }
}

fn index<'a>(ids: impl Iterator<Item = &'a Name>) -> BTreeMap<Name, usize> {
    ids.enumerate().map(|(at, id)| (id.clone(), at)).collect()
}
