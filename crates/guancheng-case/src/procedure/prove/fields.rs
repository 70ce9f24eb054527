//! Fields: ids once, code lists loaded, one derived cell at most.

use super::Proof;
use crate::{FieldKind, did_you_mean};

pub(super) fn prove(proof: &mut Proof<'_>) {
    let procedure = proof.procedure;
    proof.no_doubles("field", procedure.fields.iter().map(|field| &field.id));
    for (at, field) in procedure.fields.iter().enumerate() {
        let path = format!("field[{at}]");
        match &field.kind {
            FieldKind::Code { list } if !procedure.code_lists.contains_key(list) => {
                let advice = did_you_mean(list, procedure.code_lists.keys().map(|id| id.as_str()));
                proof.fault(format!("{path}.codelist"), format!("there is no code list {list}"), advice);
            }
            FieldKind::Int { min: Some(min), max: Some(max) } if min > max => {
                proof.fault(format!("{path}.min"), format!("min {min} is above max {max}"), "swap them");
            }
            FieldKind::Decimal { min: Some(min), max: Some(max), .. } if min > max => {
                proof.fault(format!("{path}.min"), format!("min {min} is above max {max}"), "swap them");
            }
            FieldKind::Text { max: 0 } => proof.fault(format!("{path}.max"), "nothing fits into it", "give max"),
            _ => {}
        }
        if field.id == "source" {
            proof.fault(format!("{path}.id"), "source is a word of the kernel", "rename the field");
        }
    }
    let derived = procedure.fields.iter().enumerate().filter(|(_, field)| field.derive.is_some()).skip(1);
    let second: Vec<usize> = derived.map(|(at, _)| at).collect();
    for at in second {
        proof.fault(format!("field[{at}].derive"), "a case lies in one cell", "derive one field only");
    }
}
