//! The audit and the proof of the log: for those who oversee the whole city.

use axum::{extract::State, response::Response};
use guancheng_app::{
    narrate::actor_name,
    ports::{Audit, AuditQuery, StoredAnswer, Tx},
};
use guancheng_base::{Actor, CaseId, ErrorCode, Name, PersonId};
use guancheng_org::Duty;

use crate::{
    caller::Caller,
    case_query::start_of,
    cursor,
    dto::{AuditPage, AuditRow, Moment, VerifyResult},
    extract::Query,
    handlers::session::private,
    idempotent::{Key, kept_text, once, to_text},
    lang::Lang,
    limits,
    paths::AuditFilter,
    problem::{Answer, Problem},
    secret::hex,
    state::Api,
};

/// Who did what, newest first.
#[utoipa::path(get, path = "/audit", operation_id = "list_audit", tag = "operation", params(AuditFilter),
    responses((status = 200, description = "A page of the audit", body = AuditPage)))]
pub async fn list_audit(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Query(asked): Query<AuditFilter>,
) -> Answer<Response> {
    must_oversee(&caller.actor)?;
    let query = AuditQuery {
        person: asked.actor.map(PersonId),
        case: asked.case.map(CaseId),
        act: asked.kind.filter(|kind| !kind.is_empty()).map(Name::from),
        from: asked.from.as_deref().map(|text| start_of(api.city(), "from", text, 0)).transpose()?,
        to: asked.to.as_deref().map(|text| start_of(api.city(), "to", text, 1)).transpose()?,
        after: asked.after.as_deref().map(cursor::open).transpose()?,
        limit: asked.limit.unwrap_or(limits::PAGE_ROWS_DEFAULT) as usize,
    };
    let page = api.read(move |city, store| {
        let page = store.audit(&query)?;
        let row = |row: &Audit| AuditRow {
            id: row.id,
            at: Moment(city.show(row.at)),
            actor: row.actor.clone(),
            actor_name: actor_name(city, &row.actor, lang.into()),
            case: row.case.map(|case| case.0),
            kind: row.act.to_string(),
            record: row.record,
            text: row.detail.clone(),
        };
        Ok(AuditPage {
            items: page.items.iter().map(row).collect(),
            next: page.next.as_deref().map(cursor::seal),
            total: None,
        })
    });
    Ok(private(axum::Json(page.await?)))
}

/// Prove that no record was altered. Reads the whole log; the proof is noted in the audit.
#[utoipa::path(post, path = "/audit/verify", operation_id = "verify_audit", tag = "operation",
    responses((status = 200, description = "The proof", body = VerifyResult)))]
pub async fn verify_audit(State(api): State<Api>, caller: Caller, key: Key) -> Answer<Response> {
    must_oversee(&caller.actor)?;
    let inside = api.clone();
    let verified = tokio::task::spawn_blocking(move || inside.store().verify(false)).await;
    let verified = verified.map_err(|error| Problem::internal(error.to_string()))?;
    let verified = verified.map_err(|error| Problem::internal(error.to_string()))?;
    let body = to_text(&VerifyResult {
        ok: verified.ok(),
        records: verified.records,
        head: hex(&verified.head),
        first_bad: verified.first_bad,
        faults: verified.faults,
    })?;
    let key = key.of(caller.actor.log_name(), b"");
    let claim = api.write(move |_, tx| {
        let note = |tx: &mut dyn Tx| {
            tx.note(&caller.actor, &Name::from("verify"), None, &body, caller.now)?;
            Ok(body)
        };
        once(tx, &key, caller.now, note, |body| StoredAnswer { status: 200, case: None, body: body.clone() })
    });
    let body = kept_text(claim.await?);
    Ok(private(([(axum::http::header::CONTENT_TYPE, "application/json")], body)))
}

/// Whether the actor oversees the whole city: an administrator or a supervisor without limit of area or kind.
pub fn oversees(actor: &Actor) -> bool {
    let duties = [Duty::Admin, Duty::Supervisor];
    let oversees = |grant: &guancheng_base::GrantHeld| duties.iter().any(|duty| grant.role == *duty.as_str());
    actor.grants().iter().any(|grant| oversees(grant) && grant.area.is_none() && grant.kinds.is_empty())
}

fn must_oversee(actor: &Actor) -> Answer<()> {
    oversees(actor).then_some(()).ok_or_else(|| Problem::of(ErrorCode::NotAllowed))
}
