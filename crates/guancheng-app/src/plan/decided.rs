//! Decisions of a meeting become cases before the meeting is recorded, so that the record can name them.

use std::collections::BTreeMap;

use guancheng_base::{Actor, CaseId, Ctx, Name, SystemActor};
use guancheng_case::Value;
use guancheng_plan::{NewDecision, Settings, model::Plan};

use crate::{AppError, City, NewCase, open_case, ports::Tx};

/// Opens one case per decision.
pub(crate) fn open_decisions(
    city: &City,
    tx: &mut dyn Tx,
    ctx: &Ctx,
    plan: &Plan,
    settings: &Settings,
    decisions: &[NewDecision],
) -> Result<Vec<CaseId>, AppError> {
    let system = Ctx { now: ctx.now, actor: Actor::System(SystemActor::Assign) };
    let open = |decision: &NewDecision| {
        let mut fields: BTreeMap<Name, Value> = BTreeMap::new();
        fields.insert("description".into(), Value::Text(decision.text.trim().to_owned()));
        fields.insert("unit".into(), Value::Org(decision.office));
        fields.insert("due".into(), Value::Date(decision.due));
        if let Some(commitment) = &decision.commitment {
            fields.insert("commitment".into(), Value::Ref(format!("{}/{commitment}", plan.id)));
        }
        let kind = settings.decision_procedure.to_string();
        let new = NewCase { kind, source: "meeting".to_owned(), fields, ..NewCase::default() };
        open_case(city, tx, &system, new).map(|done| done.case)
    };
    decisions.iter().map(open).collect()
}
