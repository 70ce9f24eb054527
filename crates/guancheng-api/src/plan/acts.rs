//! Acts on a plan. One path takes every act: the body says which, the answer what happened.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use guancheng_app::{
    plan::{PlanDone, act_on_plan as act},
    ports::StoredAnswer,
};
use guancheng_base::ErrorCode;
use guancheng_plan::Command;

use super::{
    dto::{PlanAct, PlanChanged},
    filter::PlanPath,
};
use crate::{
    caller::Caller,
    extract::{Json, Path},
    handlers::session::private,
    idempotent::{Key, kept_text, once, to_text},
    problem::{Answer, Problem},
    state::Api,
};

/// Do something with a plan.
#[utoipa::path(post, path = "/plans/{plan}/acts", operation_id = "act_on_plan", tag = "plan", params(PlanPath), request_body = PlanAct,
    responses((status = 200, description = "What happened", body = PlanChanged)))]
pub async fn act_on_plan(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    Path(path): Path<PlanPath>,
    input: Json<PlanAct>,
) -> Answer<Response> {
    let Json { value: PlanAct { if_seq, act }, bytes } = input;
    if matches!(act, Command::Sign { .. }) {
        let zh = "签署请用 /plans/{plan}/letters/{office}/signatures，需要再次输入密码";
        let en = "sign with /plans/{plan}/letters/{office}/signatures, which asks for the password again";
        return Err(Problem::field(ErrorCode::FieldInvalid, "act", zh, en));
    }
    perform(&api, &caller, key, &bytes, path.plan, if_seq, act).await
}

/// Does it once and answers with what happened.
pub(super) async fn perform(
    api: &Api,
    caller: &Caller,
    key: Key,
    body: &[u8],
    plan: i64,
    if_seq: Option<u64>,
    command: Command,
) -> Answer<Response> {
    super::view::staff_only(&caller.actor)?;
    let key = key.of(caller.actor.log_name(), body);
    let ctx = caller.ctx();
    let claim = api.write(move |city, tx| {
        let now = ctx.now;
        let job = |tx: &mut dyn guancheng_app::ports::Tx| {
            let done = act(city, tx, &ctx, plan, if_seq, &command);
            changed(&done.map_err(|error| Problem::from(error).plain_fields())?)
        };
        once(tx, &key, now, job, |body| StoredAnswer { status: 200, case: None, body: body.clone() })
    });
    let body = kept_text(claim.await?);
    Ok(private(([(header::CONTENT_TYPE, "application/json")], body).into_response()))
}

fn changed(done: &PlanDone) -> Answer<String> {
    to_text(&PlanChanged { seq: done.seq, did: done.did.iter().map(|name| (*name).to_owned()).collect() })
}
