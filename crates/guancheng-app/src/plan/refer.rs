//! A case that names a commitment names one that there is, and progress is reported by those whose commitment it is.

use std::collections::BTreeMap;

use guancheng_base::{ErrorCode, Name, OfficeId};
use guancheng_case::{Field, FieldFault, FieldKind, Procedure, Refusal, Text, Value};
use guancheng_plan::model::{Commitment, Plan, Status};

use super::at_work;
use crate::{AppError, City, ports::Tx};

/// What a field refers to when it names a commitment.
const TARGET: &str = "plan.commitment";

/// Refuses to open a case about a commitment that is not there, and a report by an office that neither leads nor helps.
pub(crate) fn check_reference(
    city: &City,
    tx: &dyn Tx,
    procedure: &Procedure,
    fields: &BTreeMap<Name, Value>,
) -> Result<(), AppError> {
    let named = procedure.fields.iter().filter(|field| is_commitment(field));
    for field in named {
        let Some(said) = fields.get(&field.id).and_then(Value::as_text) else { continue };
        let plan = said.split_once('/').and_then(|(plan, id)| Some((plan.parse::<i64>().ok()?, id)));
        let found = plan.and_then(|(plan, id)| Some((at_work(&city.plans, tx, plan).ok()?, id)));
        let commitment = found.as_ref().and_then(|(plan, id)| Some((plan, plan.commitment(id)?)));
        let Some((plan, commitment)) = commitment else {
            let zh = format!("没有任务 {said}；应为“要点编号/任务编号”");
            return Err(wrong(&field.id, zh, format!("there is no commitment {said}; give plan/commitment")).into());
        };
        if procedure.progress.is_some() {
            check_reporter(city, plan, commitment, &field.id, fields)?;
        }
    }
    Ok(())
}

fn is_commitment(field: &Field) -> bool {
    matches!(&field.kind, FieldKind::Ref { to } if *to == *TARGET)
}

/// The lead, an assisting office, or a unit below one of them.
fn check_reporter(
    city: &City,
    plan: &Plan,
    commitment: &Commitment,
    field: &Name,
    fields: &BTreeMap<Name, Value>,
) -> Result<(), AppError> {
    if plan.status == Status::Draft {
        let zh = "要点尚未审定发布，还不能报送进展";
        return Err(wrong(field, zh, "the plan is a draft; progress is reported once it is in force").into());
    }
    let org = city.org();
    let offices = commitment.lead.iter().chain(&commitment.assist);
    let concerned: Vec<OfficeId> = offices.flat_map(|office| org.subtree(*office)).collect();
    let reporting = fields.values().find_map(|value| match value {
        Value::Org(office) => Some(*office),
        _ => None,
    });
    if reporting.is_none_or(|office| concerned.contains(&office)) {
        return Ok(());
    }
    let zh = format!("任务 {} 不由报送单位牵头或配合", commitment.id);
    Err(wrong(field, zh, format!("commitment {} is neither led nor assisted by this office", commitment.id)).into())
}

fn wrong(field: &Name, zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    let text = Text::new(zh, en);
    let fault = FieldFault { field: field.clone(), text: text.clone() };
    Refusal { fields: vec![fault], ..Refusal::new(ErrorCode::FieldInvalid, text) }
}
