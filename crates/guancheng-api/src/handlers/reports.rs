//! What the public says and sees.

use axum::{
    extract::{FromRequest, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use guancheng_app::{
    answer, followed_by,
    ports::{Read, StoredAnswer, Tx},
};
use guancheng_base::{Actor, Ctx, LonLat, Name};

use crate::{
    caller::{Address, Caller},
    dto::{NearPage, NewReport, ReportAnswer, ReportReceipt, ReportStatus, ReportUpload},
    extract::{Json, Path, Query, is_media},
    handlers::{cases::near, session::private},
    idempotent::{Key, kept_text, once, to_text},
    intake::{Draft, admit, take},
    lang::Lang,
    limits,
    paths::{CodePath, NearQuery},
    problem::Answer,
    secret::normal_code,
    state::Api,
    upload::Form,
    views::{
        report::{near_case, status},
        titles::Titles,
    },
};

/// Open cases near a position, so that nobody reports the same matter twice.
#[utoipa::path(get, path = "/public/near", operation_id = "list_public_near", tag = "public", security(()), params(NearQuery),
    responses((status = 200, description = "Cases, nearest first", body = NearPage)))]
pub async fn list_public_near(State(api): State<Api>, lang: Lang, Query(asked): Query<NearQuery>) -> Answer<Response> {
    let now = api.now();
    let page = api.read(move |city, store| {
        let mut wanted = near(LonLat { lon: asked.lon, lat: asked.lat }, asked.metres, None);
        wanted.kinds = vec![city.pack.report_kind.clone()];
        let found = store.near(&wanted)?;
        let view = |(row, metres): &(_, f64)| {
            let row: &guancheng_app::ports::CaseRow = row;
            let procedure = city.pack.procedure_version(&row.kind, row.version)?;
            near_case(Titles { city, lang }, procedure, row, *metres, now)
        };
        Ok(NearPage { items: found.iter().filter_map(view).collect() })
    });
    Ok(private(axum::Json(page.await?)))
}

/// Report a matter.
#[utoipa::path(post, path = "/reports", operation_id = "report", tag = "public", security(()),
    request_body(content((NewReport = "application/json"), (ReportUpload = "multipart/form-data"))),
    responses((status = 201, description = "Received", body = ReportReceipt)))]
pub async fn report(
    State(api): State<Api>,
    caller: Option<Caller>,
    address: Address,
    key: Key,
    lang: Lang,
    request: Request,
) -> Answer<Response> {
    admit(&api, &address, caller.as_ref())?;
    let draft = if is_media(request.headers(), "multipart/form-data") {
        let form = Form::read(request, &api, limits::REPORT_FILES).await?;
        Draft::from_form(&api, form, &[]).await?
    } else {
        let Json { value, bytes } = Json::<NewReport>::from_request(request, &api).await?;
        Draft { report: value, files: Vec::new(), digest: bytes.to_vec() }
    };
    let lang = draft.report.lang.as_deref().and_then(Lang::named).unwrap_or(lang);
    Ok(json_text(StatusCode::CREATED, take(&api, key, draft, lang).await?))
}

/// What became of a report.
#[utoipa::path(get, path = "/reports/{code}", operation_id = "get_report", tag = "public", security(()), params(CodePath),
    responses((status = 200, description = "The report", body = ReportStatus)))]
pub async fn get_report(State(api): State<Api>, lang: Lang, Path(path): Path<CodePath>) -> Answer<Response> {
    Ok(private(axum::Json(follow(&api, &path.code, lang).await?)))
}

/// Say whether it is mended: yes is noted; no takes the case up again within its window.
#[utoipa::path(post, path = "/reports/{code}/answer", operation_id = "answer_report", tag = "public", security(()), params(CodePath),
    request_body = ReportAnswer,
    responses((status = 200, description = "The report after it", body = ReportStatus)))]
pub async fn answer_report(
    State(api): State<Api>,
    caller: Option<Caller>,
    address: Address,
    key: Key,
    lang: Lang,
    Path(path): Path<CodePath>,
    input: Json<ReportAnswer>,
) -> Answer<Response> {
    admit(&api, &address, caller.as_ref())?;
    let Json { value: input, bytes } = input;
    let code = normal_code(&path.code);
    let key = key.of("public".to_owned(), &bytes);
    let now = api.now();
    let claim = api.write(move |city, tx| {
        let ctx = Ctx { now, actor: Actor::Reporter { code: Name::from(code.as_str()) } };
        let job = |tx: &mut dyn Tx| {
            check_seq(tx, &code, input.if_seq)?;
            answer(city, tx, &ctx, &code, input.fixed, &input.note)?;
            let (report, case) = followed_by(tx, &code)?;
            to_text(&status(city, tx, lang, now, &report, &case)?)
        };
        once(tx, &key, now, job, |body| StoredAnswer { status: 200, case: None, body: body.clone() })
    });
    Ok(json_text(StatusCode::OK, kept_text(claim.await?)))
}

/// What became of the report with that code.
pub async fn follow(api: &Api, code: &str, lang: Lang) -> Answer<ReportStatus> {
    let (code, now) = (normal_code(code), api.now());
    api.read(move |city, store| {
        let (report, case) = followed_by(store, &code)?;
        status(city, store, lang, now, &report, &case)
    })
    .await
}

/// An answer whose JSON is already text.
fn json_text(status: StatusCode, body: String) -> Response {
    (status, private(([(header::CONTENT_TYPE, "application/json")], body))).into_response()
}

/// Refuses if the case went on since the reporter read about it.
fn check_seq(store: &dyn Read, code: &str, if_seq: Option<i64>) -> Answer<()> {
    let Some(expected) = if_seq.and_then(|seq| u64::try_from(seq).ok()) else { return Ok(()) };
    let case = followed_by(store, code)?.1;
    if case.seq == expected {
        return Ok(());
    }
    Err(guancheng_app::ports::PortError::SeqConflict { case: case.id, expected, found: case.seq }.into())
}
