//! Documents and sheets that come in.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use guancheng_app::{
    City, NewCase, open_case,
    plan::{at_work, import_plan as import},
    ports::{StoredAnswer, Tx},
};
use guancheng_base::{Ctx, Day, ErrorCode, Name, OfficeId};
use guancheng_case::Value;
use guancheng_document::{read, sheet};
use guancheng_plan::{Event, draft, model::Plan, parse};

use super::{
    dto::{ImportReport, ImportRow, PlanUpload, PlanView},
    faults,
    filter::{PlanPath, YearQuery},
    view::{staff_only, view},
};
use crate::{
    caller::Caller,
    extract::{Path, Query},
    handlers::session::private,
    idempotent::{Claim, Key, kept_text, once, to_text},
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    upload::Form,
    views::titles::Titles,
};

/// Read a published plan into a draft.
#[utoipa::path(post, path = "/plans", operation_id = "import_plan", tag = "plan", params(YearQuery),
    request_body(content = PlanUpload, content_type = "multipart/form-data"),
    responses((status = 201, description = "The draft", body = PlanView)))]
pub async fn import_plan(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    lang: Lang,
    Query(asked): Query<YearQuery>,
    request: Request,
) -> Answer<Response> {
    staff_only(&caller.actor)?;
    let (bytes, digest) = one_file(request, &api).await?;
    let key = key.of(caller.actor.log_name(), &digest);
    let event = read_document(&api, bytes, asked.year).await?;
    let ctx = caller.ctx();
    let claim = api.write(move |city, tx| {
        let now = ctx.now;
        let job = |tx: &mut dyn Tx| Ok(import(city, tx, &ctx, event)?.plan);
        once(tx, &key, now, job, |plan| StoredAnswer { status: 201, case: None, body: plan.to_string() })
    });
    let plan = match claim.await? {
        Claim::Done(plan) => plan,
        Claim::Before(answer) => answer.body.parse().map_err(|_| Problem::internal("an answer kept for a plan"))?,
    };
    let shown =
        api.read(move |city, store| view(Titles { city, lang }, &*city.plans.plan(store, plan)?, &caller.actor));
    let place = [(header::LOCATION, format!("/api/v1/plans/{plan}"))];
    Ok((StatusCode::CREATED, place, private(axum::Json(shown.await?))).into_response())
}

async fn one_file(request: Request, api: &Api) -> Answer<(Bytes, [u8; 32])> {
    let form = Form::read(request, api, 1).await?;
    form.only(&[])?;
    let digest = form.digest();
    let missing = || Problem::field(ErrorCode::FieldMissing, "file", "请附上文件", "attach a file");
    Ok((form.files.into_iter().next().ok_or_else(missing)?, digest))
}

/// Reads away from the threads that serve sockets: a document may be large.
async fn read_document(api: &Api, bytes: Bytes, year: Option<i16>) -> Answer<Event> {
    let org = api.city().org();
    let offices: Vec<(OfficeId, String)> = org.offices().map(|office| (office.id, office.name.clone())).collect();
    let job = move || {
        let unreadable = |zh: String, en: String| Problem::field(ErrorCode::FieldInvalid, "file", zh, en);
        let content = read::read(&bytes).map_err(|fault| unreadable(faults::no_file(&fault), fault.to_string()))?;
        let blocks: Vec<parse::Block> = content.blocks.into_iter().map(block).collect();
        let read = parse::parse(&blocks, year.map(i32::from));
        let read = read.map_err(|fault| unreadable(faults::no_plan(&fault), fault.to_string()))?;
        let found = year.or_else(|| read.document.year.and_then(|year| i16::try_from(year).ok()));
        let year = found.ok_or_else(|| {
            Problem::field(
                ErrorCode::FieldMissing,
                "year",
                "文件没有写明年度，请填写",
                "the document names no year; give it",
            )
        })?;
        Ok(draft(&read, year, &offices))
    };
    tokio::task::spawn_blocking(job).await.map_err(|error| Problem::internal(error.to_string()))?
}

fn block(block: read::Block) -> parse::Block {
    match block {
        read::Block::Text(text) => parse::Block::Text(text),
        read::Block::Table(rows) => parse::Block::Table(rows),
    }
}

/// Bring past progress in from a sheet: columns 任务编号, 数量, 日期, 节点, 说明. Each row becomes a report that somebody else
/// approves; a row that is there already is left alone.
#[utoipa::path(post, path = "/plans/{plan}/progress/import", operation_id = "import_progress", tag = "plan", params(PlanPath),
    request_body(content = PlanUpload, content_type = "multipart/form-data"),
    responses((status = 200, description = "Row by row", body = ImportReport)))]
pub async fn import_progress(
    State(api): State<Api>,
    caller: Caller,
    key: Key,
    Path(path): Path<PlanPath>,
    request: Request,
) -> Answer<Response> {
    staff_only(&caller.actor)?;
    let (bytes, digest) = one_file(request, &api).await?;
    let key = key.of(caller.actor.log_name(), &digest);
    let ctx = caller.ctx();
    let rows = read_sheet(&bytes)?;
    let claim = api.write(move |city, tx| {
        let now = ctx.now;
        let job = |tx: &mut dyn Tx| to_text(&take_rows(city, tx, &ctx, path.plan, &rows)?);
        once(tx, &key, now, job, |body| StoredAnswer { status: 200, case: None, body: body.clone() })
    });
    let body = kept_text(claim.await?);
    Ok(private(([(header::CONTENT_TYPE, "application/json")], body).into_response()))
}

fn read_sheet(bytes: &[u8]) -> Answer<Vec<sheet::Row>> {
    use sheet::{Ask, Limits, Need, Wanted};
    let wanted = |key, heads, need| Wanted { key, heads, need };
    let columns = [
        wanted("commitment", &["任务编号", "编号", "commitment", "no"][..], Need::Required),
        wanted("amount", &["数量", "完成量", "amount", "value"][..], Need::Optional),
        wanted("day", &["日期", "完成日期", "day", "date"][..], Need::Required),
        wanted("step", &["节点", "期次", "step"][..], Need::Optional),
        wanted("note", &["说明", "备注", "note"][..], Need::Optional),
    ];
    let rows = sheet::rows(bytes, &Ask { sheet: None, columns: &columns }, &Limits::default());
    rows.map_err(|error| Problem::field(ErrorCode::FieldInvalid, "file", error.zh(), error.to_string()))
}

/// What a row says.
struct Said {
    commitment: String,
    amount: f64,
    day: Day,
    step: String,
    note: String,
}

fn take_rows(city: &City, tx: &mut dyn Tx, ctx: &Ctx, plan: i64, rows: &[sheet::Row]) -> Answer<ImportReport> {
    let plan = at_work(&city.plans, tx, plan)?;
    let mut report = ImportReport { rows: rows.len(), ..ImportReport::default() };
    for row in rows {
        let taken = said(row).and_then(|said| take_row(city, tx, ctx, &plan, &said));
        let (ok, message, case) = match taken {
            Ok(Some(case)) => {
                report.accepted += 1;
                (true, "已登记，待审核".to_owned(), Some(case))
            }
            Ok(None) => {
                report.known += 1;
                (true, "已有相同记录".to_owned(), None)
            }
            Err(message) => {
                report.refused += 1;
                (false, message, None)
            }
        };
        report.report.push(ImportRow { row: row.number(), ok, message, case });
    }
    Ok(report)
}

fn said(row: &sheet::Row) -> Result<Said, String> {
    let words = |error: sheet::CellError| error.zh();
    let text = |key: &str| row.text(key).map(Option::unwrap_or_default).map_err(words);
    let amount = row.decimal("amount").map_err(words)?;
    Ok(Said {
        commitment: text("commitment")?,
        amount: amount.map_or(0.0, |amount| amount.to_string().parse().unwrap_or(0.0)),
        day: row.date("day").map_err(words)?.ok_or_else(|| "缺少日期".to_owned())?,
        step: text("step")?,
        note: text("note")?,
    })
}

fn take_row(city: &City, tx: &mut dyn Tx, ctx: &Ctx, plan: &Plan, said: &Said) -> Result<Option<i64>, String> {
    let commitment =
        plan.commitment(&said.commitment).ok_or_else(|| format!("没有编号为 {} 的任务", said.commitment))?;
    let told = |error: guancheng_app::AppError| error.message(guancheng_case::Lang::Zh);
    let (cases, _) = tx.progress_cases(plan.id, &commitment.id, usize::MAX >> 1).map_err(|error| told(error.into()))?;
    let amount = guancheng_plan::Amount::from_f64(said.amount).ok_or_else(|| "数量超出范围".to_owned())?;
    let same = |progress: &guancheng_app::ports::ProgressRow| {
        (progress.day, progress.amount, progress.step.as_str()) == (said.day, amount, said.step.as_str())
    };
    if cases.iter().any(|case| same(&case.progress)) {
        return Ok(None);
    }
    let settings = city.plan_settings().map_err(told)?;
    let lead = commitment.lead.ok_or_else(|| "该任务没有牵头单位".to_owned())?;
    let mut fields: BTreeMap<Name, Value> = BTreeMap::new();
    fields.insert("commitment".into(), Value::Ref(format!("{}/{}", plan.id, commitment.id)));
    fields.insert("step".into(), Value::Text(said.step.clone()));
    fields.insert("amount".into(), Value::Decimal(said.amount));
    fields.insert("day".into(), Value::Date(said.day));
    fields.insert("note".into(), Value::Text(said.note.clone()));
    fields.insert("unit".into(), Value::Org(lead));
    fields.retain(|_, value| !value.is_blank());
    let kind = settings.progress_procedure.to_string();
    let imported = BTreeMap::from([(Name::from("sheet"), said.commitment.clone())]);
    let new = NewCase { kind, source: "unit".to_owned(), fields, imported, ..NewCase::default() };
    let refused = |error: guancheng_app::AppError| match error.code() {
        ErrorCode::NotAllowed => format!("您的岗位不能为任务 {} 的牵头单位报送", said.commitment),
        _ => told(error),
    };
    open_case(city, tx, ctx, new).map(|done| Some(done.case.0)).map_err(refused)
}
