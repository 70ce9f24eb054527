//! What opens and changes a case. Each runs in one write job under its idempotency key; the answer is the case as it
//! stood after that change, so that a repeated request is answered alike.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use guancheng_app::{
    AppError, City, Done, NewCase, act, fields, open_case as open,
    ports::{IdempotencyKey, Tx},
    with_evidence,
};
use guancheng_base::{AskId, CaseId, Ctx, ErrorCode, EvidenceId, Instant, Name};
use guancheng_calendar::Limit;
use guancheng_case::{Command, Procedure, Value};
use serde_json::Value as JsonValue;

use crate::{
    caller::Caller,
    dto::{self, AskRuling, CaseView, CommentInput, ExtensionInput, MoveInput, PartAnswer, PauseInput},
    extract::{Json, Path, Query},
    handlers::cases::to_json,
    idempotent::{Claim, Key, kept_view, once, read_view},
    lang::Lang,
    paths::{AskPath, CasePath, PartPath, PausePath, SeqQuery},
    problem::{Answer, Problem},
    routes::BASE,
    state::Api,
    views::case::{load, view},
};

/// Open a case.
#[utoipa::path(post, path = "/cases", operation_id = "open_case", tag = "cases", request_body = dto::NewCase,
    responses((status = 201, description = "Opened", body = CaseView, headers(("Location" = String, description = "The case"), ("ETag" = String, description = "Its sequence")))))]
pub async fn open_case(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    lang: Lang,
    input: Json<dto::NewCase>,
) -> Answer<Response> {
    let Json { value: input, bytes } = input;
    let key = key.of(caller.actor.log_name(), &bytes);
    let ctx = caller.ctx();
    let claim = api.write(move |city, tx| {
        let now = ctx.now;
        once(tx, &key, now, |tx| opened(city, tx, &ctx, input), |done| kept_view(201, done.case, done.seq, now))
    });
    answer(&api, &caller, claim.await?, StatusCode::CREATED, lang).await
}

/// Make a move.
#[utoipa::path(post, path = "/cases/{id}/moves", operation_id = "move_case", tag = "moves", params(CasePath), request_body = MoveInput,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn move_case(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    lang: Lang,
    Path(path): Path<CasePath>,
    input: Json<MoveInput>,
) -> Answer<Response> {
    let Json { value: input, bytes } = input;
    let key = key.of(caller.actor.log_name(), &bytes);
    let if_seq = seen(input.if_seq);
    change(&api, &caller, key, path.id, if_seq, lang, move |asked| {
        let fields = asked.fields(&input.fields)?;
        let command = Command::Move { mv: input.mv.into(), fields, evidence: Vec::new(), note: input.note };
        asked.with_evidence(&input.evidence, command)
    })
    .await
}

/// Ask for more time.
#[utoipa::path(post, path = "/cases/{id}/extensions", operation_id = "extend_clock", tag = "moves", params(CasePath), request_body = ExtensionInput,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn extend_clock(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    lang: Lang,
    Path(path): Path<CasePath>,
    input: Json<ExtensionInput>,
) -> Answer<Response> {
    let Json { value: input, bytes } = input;
    let key = key.of(caller.actor.log_name(), &bytes);
    change(&api, &caller, key, path.id, seen(input.if_seq), lang, move |asked| {
        let add = Limit::parse(&format!("{} {}", input.n, input.unit)).map_err(|error| {
            Problem::field(ErrorCode::FieldInvalid, "unit", "应为已有的计时单位", error.to_string())
        })?;
        let fields = asked.fields(&input.fields)?;
        Ok(Command::AskExtension { clock: input.clock.into(), add, fields })
    })
    .await
}

/// Rule on a question.
#[utoipa::path(post, path = "/cases/{id}/asks/{ask}", operation_id = "rule_on_ask", tag = "moves", params(AskPath), request_body = AskRuling,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn rule_on_ask(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    lang: Lang,
    Path(path): Path<AskPath>,
    input: Json<AskRuling>,
) -> Answer<Response> {
    let Json { value: input, bytes } = input;
    let key = key.of(caller.actor.log_name(), &bytes);
    let command = Command::Rule { ask: AskId(path.ask), grant: input.grant, reason: input.reason };
    change(&api, &caller, key, path.id, seen(input.if_seq), lang, move |_| Ok(command)).await
}

/// Answer my part of a joint review.
#[utoipa::path(post, path = "/cases/{id}/parts/{part}", operation_id = "answer_part", tag = "moves", params(PartPath), request_body = PartAnswer,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn answer_part(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    lang: Lang,
    Path(path): Path<PartPath>,
    input: Json<PartAnswer>,
) -> Answer<Response> {
    let Json { value: input, bytes } = input;
    let key = key.of(caller.actor.log_name(), &bytes);
    let command = Command::AnswerPart { part: path.part.into(), agree: input.agree, opinion: input.opinion };
    change(&api, &caller, key, path.id, seen(input.if_seq), lang, move |_| Ok(command)).await
}

/// Pause a clock.
#[utoipa::path(post, path = "/cases/{id}/pauses", operation_id = "pause_clock", tag = "moves", params(CasePath), request_body = PauseInput,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn pause_clock(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    lang: Lang,
    Path(path): Path<CasePath>,
    input: Json<PauseInput>,
) -> Answer<Response> {
    let Json { value: input, bytes } = input;
    let key = key.of(caller.actor.log_name(), &bytes);
    let command = Command::Pause { clock: input.clock.into(), why: input.why.into() };
    change(&api, &caller, key, path.id, seen(input.if_seq), lang, move |_| Ok(command)).await
}

/// Let a paused clock go on. Doing it twice answers 422: it no longer stands still.
#[utoipa::path(delete, path = "/cases/{id}/pauses/{clock}", operation_id = "resume_clock", tag = "moves", params(PausePath, SeqQuery),
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn resume_clock(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<PausePath>,
    Query(asked): Query<SeqQuery>,
) -> Answer<Response> {
    let command = Command::Resume { clock: path.clock.into() };
    let ctx = caller.ctx();
    let done =
        api.write(move |city, tx| Ok(act(city, tx, &ctx, CaseId(path.id), seen(asked.if_seq), &command)?)).await?;
    answer(&api, &caller, Claim::Done(done), StatusCode::OK, lang).await
}

/// Remark on a case. Changes nothing else.
#[utoipa::path(post, path = "/cases/{id}/comments", operation_id = "comment_on_case", tag = "moves", params(CasePath), request_body = CommentInput,
    responses((status = 200, description = "The case after it", body = CaseView, headers(("ETag" = String, description = "Its sequence")))))]
pub async fn comment_on_case(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    lang: Lang,
    Path(path): Path<CasePath>,
    input: Json<CommentInput>,
) -> Answer<Response> {
    let Json { value: input, bytes } = input;
    let key = key.of(caller.actor.log_name(), &bytes);
    change(&api, &caller, key, path.id, None, lang, move |_| Ok(Command::Comment { text: input.text })).await
}

/// The case a command is for, so that the request's fields can be read by their declarations.
struct Asked<'a> {
    city: &'a City,
    tx: &'a dyn Tx,
    ctx: &'a Ctx,
    case: CaseId,
}

impl Asked<'_> {
    /// The fields by their declarations. The case is looked at only where there are any; the actor's right to know of
    /// it and the sequence come before the faults of the form.
    fn fields(&self, given: &BTreeMap<String, JsonValue>) -> Answer<BTreeMap<Name, Value>> {
        if given.is_empty() {
            return Ok(BTreeMap::new());
        }
        let case = self.tx.case(self.case)?.ok_or_else(AppError::not_found)?;
        let procedure: &Procedure = self.city.procedure_of(&case)?;
        if !self.city.policy.may_view(&self.ctx.actor, &guancheng_case::subject(procedure, &case)) {
            return Err(AppError::not_found().into());
        }
        Ok(fields::read(procedure, given)?)
    }

    fn with_evidence(&self, ids: &[i64], command: Command) -> Answer<Command> {
        let ids: Vec<EvidenceId> = ids.iter().copied().map(EvidenceId).collect();
        Ok(if ids.is_empty() { command } else { with_evidence(self.city, self.tx, self.ctx, &ids, command)? })
    }
}

/// One change of one case under its key.
async fn change(
    api: &Api,
    caller: &Caller,
    key: IdempotencyKey,
    id: i64,
    if_seq: Option<u64>,
    lang: Lang,
    command: impl FnOnce(Asked<'_>) -> Answer<Command> + Send + 'static,
) -> Answer<Response> {
    let ctx = caller.ctx();
    let case = CaseId(id);
    let claim = api.write(move |city, tx| {
        let now = ctx.now;
        let job = |tx: &mut dyn Tx| {
            let command = command(Asked { city, tx: &*tx, ctx: &ctx, case })?;
            Ok(act(city, tx, &ctx, case, if_seq, &command)?)
        };
        once(tx, &key, now, job, |done| kept_view(200, done.case, done.seq, now))
    });
    answer(api, caller, claim.await?, StatusCode::OK, lang).await
}

/// The case as it stood after the change, at the time of the change.
async fn answer(api: &Api, caller: &Caller, claim: Claim<Done>, status: StatusCode, lang: Lang) -> Answer<Response> {
    let (case, seq, now): (CaseId, u64, Instant) = match &claim {
        Claim::Done(done) => (done.case, done.seq, caller.now),
        Claim::Before(answer) => read_view(answer)?,
    };
    let ctx = Ctx { now, actor: caller.actor.clone() };
    let body = api.read(move |city, store| {
        let loaded = load(city, store, &ctx.actor, case, Some(seq))?;
        to_json(&view(city, store, &ctx, &loaded, lang)?)
    });
    let body = body.await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::ETAG, format!("\"{seq}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_LANGUAGE, lang.tag().to_owned()),
    ];
    if status == StatusCode::CREATED {
        let location = [(header::LOCATION, format!("{BASE}/cases/{case}"))];
        return Ok((status, headers, location, body).into_response());
    }
    Ok((status, headers, body).into_response())
}

/// Opens a case for somebody on duty, who must be able to see it afterwards; what the public says comes in as a report.
fn opened(city: &City, tx: &mut dyn Tx, ctx: &Ctx, input: dto::NewCase) -> Answer<Done> {
    let procedure = city.procedure(&input.kind, ctx.now)?.clone();
    if !city.pack.sources.iter().any(|source| source.code == *input.source) {
        let known: Vec<&str> = city.pack.sources.iter().map(|source| source.code.as_str()).collect();
        let known = known.join(", ");
        return Err(Problem::field(
            ErrorCode::FieldInvalid,
            "source",
            format!("应为 {known} 之一"),
            format!("must be one of {known}"),
        ));
    }
    let mut values = fields::read(&procedure, &input.fields)?;
    let texts = [("description", input.note), ("address", input.address.unwrap_or_default())];
    for (id, text) in texts.into_iter().filter(|(id, text)| !text.trim().is_empty() && procedure.field(id).is_some()) {
        values.entry(id.into()).or_insert(Value::Text(text));
    }
    let evidence = input.evidence.into_iter().map(EvidenceId).collect();
    let new = NewCase { kind: input.kind, source: input.source, fields: values, evidence, ..NewCase::default() };
    let done = open(city, tx, ctx, new)?;
    let case = tx.case(done.case)?.ok_or_else(AppError::not_found)?;
    if city.policy.may_view(&ctx.actor, &guancheng_case::subject(&procedure, &case)) {
        return Ok(done);
    }
    let zh = "您的岗位看不到这类案件，不能代为登记；以个人身份上报请用公众上报";
    let en = "your posts do not see such cases, so you cannot register one; report as a member of the public instead";
    Err(Problem::with(ErrorCode::NotAllowed, zh, en))
}

/// A sequence from JSON; a negative one was refused before.
fn seen(if_seq: i64) -> Option<u64> {
    u64::try_from(if_seq).ok()
}
