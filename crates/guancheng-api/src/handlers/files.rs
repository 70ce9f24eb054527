//! Photos and documents.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use guancheng_app::{
    City, followed_by,
    ports::{FileRow, Read, StoredAnswer, Tx},
};
use guancheng_base::{Actor, CaseId, ErrorCode, EvidenceId};
use guancheng_case::Case;

use crate::{
    caller::Caller,
    dto::{FileUpload, StoredFile},
    extract::{Path, Query},
    handlers::cases::is_known,
    idempotent::{Claim, Key, once},
    paths::{FileQuery, IdPath},
    problem::{Answer, Problem},
    secret::normal_code,
    state::Api,
    upload::{Form, keep, meta},
    views::{
        report::shown_to_public,
        titles::{Titles, point},
    },
};

/// Upload a photo or a document, to be named later as evidence.
#[utoipa::path(post, path = "/files", operation_id = "upload_file", tag = "files",
    request_body(content = FileUpload, content_type = "multipart/form-data"),
    responses((status = 201, description = "Stored", body = StoredFile)))]
pub async fn upload_file(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    lang: crate::lang::Lang,
    request: Request,
) -> Answer<Response> {
    let form = Form::read(request, &api, 1).await?;
    form.only(&["meta"])?;
    let key = key.of(caller.actor.log_name(), &form.digest());
    let meta = meta(&form)?;
    let missing = || Problem::field(ErrorCode::FieldMissing, "file", "请附上文件", "attach a file");
    let bytes = form.files.into_iter().next().ok_or_else(missing)?;
    let file = keep(&api, bytes, meta, caller.now, Some(caller.person)).await?;
    let (row, now) = (file.clone(), caller.now);
    let claim = api.write(move |_, tx| {
        let add = |tx: &mut dyn Tx| Ok(tx.add_file(&row)?);
        once(tx, &key, now, add, |id| StoredAnswer { status: 201, case: None, body: id.to_string() })
    });
    let id = match claim.await? {
        Claim::Done(id) => id,
        Claim::Before(answer) => {
            EvidenceId(answer.body.parse().map_err(|_| Problem::internal("an answer kept for a file"))?)
        }
    };
    let titles = Titles { city: api.city(), lang };
    Ok((StatusCode::CREATED, axum::Json(stored(titles, id, &file))).into_response())
}

/// The file. It is read as part of a case: `case` by those who may see the case, `report` by whoever has the code;
/// without either, by whoever uploaded it.
#[utoipa::path(get, path = "/files/{id}", operation_id = "get_file", tag = "files", params(IdPath, FileQuery), security((), ("session" = []), ("token" = [])),
    responses((status = 200, description = "The bytes", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"), (Vec<u8> = "application/pdf"))),
        (status = 304, description = "Not modified since `If-None-Match`")))]
pub async fn get_file(
    State(api): State<Api>,
    caller: Option<Caller>,
    headers: HeaderMap,
    Path(path): Path<IdPath>,
    Query(asked): Query<FileQuery>,
) -> Answer<Response> {
    let file = find(&api, caller, path.id, asked, false).await?;
    let place = api.store().file_path(&file);
    send(headers, file.sha256.clone(), file.media.as_str(), place).await
}

/// A small picture of the file.
#[utoipa::path(get, path = "/files/{id}/thumb", operation_id = "get_file_thumb", tag = "files", params(IdPath, FileQuery), security((), ("session" = []), ("token" = [])),
    responses((status = 200, description = "JPEG", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 304, description = "Not modified since `If-None-Match`")))]
pub async fn get_file_thumb(
    State(api): State<Api>,
    caller: Option<Caller>,
    headers: HeaderMap,
    Path(path): Path<IdPath>,
    Query(asked): Query<FileQuery>,
) -> Answer<Response> {
    let file = find(&api, caller, path.id, asked, true).await?;
    let place = api.store().thumb_path(&file).ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
    send(headers, format!("{}-thumb", file.sha256), "image/jpeg", place).await
}

/// The file if the caller may see it in the way they ask.
async fn find(api: &Api, caller: Option<Caller>, id: i64, asked: FileQuery, thumb: bool) -> Answer<FileRow> {
    api.read(move |city, store| {
        let id = EvidenceId(id);
        let file = store.files(&[id])?.into_iter().next().ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
        let uploaded = caller.as_ref().is_some_and(|caller| file.by == Some(caller.person));
        let seen = uploaded
            || in_case(city, store, caller.as_ref().map(|caller| &caller.actor), id, asked.case)?
            || in_report(city, store, id, asked.report.as_deref())?
            || (thumb && on_the_map(city, store, id, asked.number.as_deref())?);
        if seen { Ok(file) } else { Err(Problem::of(ErrorCode::NotFound)) }
    })
    .await
}

fn in_case(city: &City, store: &dyn Read, actor: Option<&Actor>, id: EvidenceId, case: Option<i64>) -> Answer<bool> {
    let (Some(actor), Some(case)) = (actor, case) else { return Ok(false) };
    let Some(case) = store.case(CaseId(case))?.filter(|case| holds(case, id)) else { return Ok(false) };
    Ok(city.policy.may_view(actor, &guancheng_case::subject(city.procedure_of(&case)?, &case)))
}

fn in_report(city: &City, store: &dyn Read, id: EvidenceId, code: Option<&str>) -> Answer<bool> {
    let Some(code) = code else { return Ok(false) };
    let Ok((_, case)) = followed_by(store, &normal_code(code)) else { return Ok(false) };
    Ok(shown_to_public(city.procedure_of(&case)?, &case).any(|fact| fact.id == id))
}

/// The one picture that lists show of an open case, small, to anybody who knows the case's number.
fn on_the_map(city: &City, store: &dyn Read, id: EvidenceId, number: Option<&str>) -> Answer<bool> {
    let Some(case) = number.map(|number| store.case_by_number(number)).transpose()?.flatten() else { return Ok(false) };
    let Some(case) = store.case(case)?.filter(|case| case.is_open()) else { return Ok(false) };
    let procedure = city.procedure_of(&case)?;
    let open = procedure.privacy == guancheng_case::Privacy::Open;
    Ok(open && shown_to_public(procedure, &case).next().is_some_and(|fact| fact.id == id))
}

fn holds(case: &Case, id: EvidenceId) -> bool {
    case.evidence.iter().any(|fact| fact.id == id)
}

/// Sends a stored file; its name is its content, so a browser may keep it for ever.
pub(crate) async fn send(
    headers: HeaderMap,
    tag: String,
    media: &'static str,
    path: std::path::PathBuf,
) -> Answer<Response> {
    let caching = [
        (header::ETAG, format!("\"{tag}\"")),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
    ];
    if is_known(&headers, &format!("\"{tag}\"")) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let bytes = tokio::fs::read(&path).await;
    let bytes = bytes.map_err(|error| Problem::internal(format!("{}: {error}", path.display())))?;
    // A document opened on its own runs nothing and loads nothing.
    let sandbox =
        [(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"), (header::CONTENT_DISPOSITION, "inline")];
    Ok((caching, sandbox, [(header::CONTENT_TYPE, media)], bytes).into_response())
}

fn stored(titles: Titles<'_>, id: EvidenceId, file: &FileRow) -> StoredFile {
    let url = crate::views::titles::file_url(id);
    let exif = serde_json::json!({
        "taken": file.exif_taken,
        "place": file.exif_place.map(|at| [at.lon, at.lat]),
        "orientation": file.orientation,
        "size": file.size,
    });
    StoredFile {
        id: id.0,
        kind: if file.media.is_image() { "photo" } else { "file" }.to_owned(),
        sha256: file.sha256.clone(),
        bytes: i64::try_from(file.bytes).unwrap_or(i64::MAX),
        taken_at: file.meta.taken_at.map(|at| titles.moment(at)),
        at: file.meta.place.or(file.exif_place).map(point),
        thumb: file.has_thumb.then(|| format!("{url}/thumb")),
        url,
        exif,
    }
}
