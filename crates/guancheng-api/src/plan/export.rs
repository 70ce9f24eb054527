//! Papers and workbooks as files.

use axum::{
    extract::State,
    http::header,
    response::{Html, IntoResponse, Response},
};
use guancheng_base::Name;
use guancheng_document::write;

use super::{
    filter::{LedgerFormat, LedgerQuery, PaperFormat, PlanPath},
    ledger::{kept, line_view, read},
    page,
    view::staff_only,
};
use crate::{
    caller::Caller,
    extract::{Path, Query},
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    views::titles::Titles,
};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A paper with the name of its file.
pub(super) struct Paper {
    pub(super) name: String,
    pub(super) page: write::Page,
}

/// The ledger as a file; taking it is noted in the audit.
#[utoipa::path(get, path = "/plans/{plan}/ledger-file", operation_id = "get_ledger_file", tag = "plan", params(PlanPath, LedgerQuery),
    responses((status = 200, description = "The file", content((Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")))))]
pub async fn get_ledger_file(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<PlanPath>,
    Query(asked): Query<LedgerQuery>,
) -> Answer<Response> {
    staff_only(&caller.actor)?;
    let (actor, now, format) = (caller.actor.clone(), caller.now, asked.format.unwrap_or(LedgerFormat::Xlsx));
    let file = api.read(move |city, store| {
        let plan = city.plans.plan(store, path.plan)?;
        let titles = Titles { city, lang };
        let (plan, ledger) = read(city, store, &plan, &asked, caller.now)?;
        let kept = kept(store, &plan, &ledger.lines, &asked)?.into_iter();
        let lines: Vec<_> = kept.filter_map(|line| line_view(titles, &plan, line, ledger.as_of)).collect();
        let name = format!("ledger-{}-{}", plan.year, ledger.as_of);
        let bytes = match format {
            LedgerFormat::Xlsx => write::xlsx(&page::ledger_book(titles, &plan, &lines, caller.now)),
            LedgerFormat::Docx => write::docx(&page::ledger(titles, &plan, &lines, ledger.as_of, caller.now)),
        };
        Ok((name, lines.len(), bytes.map_err(|error| Problem::internal(error.to_string()))?))
    });
    let (name, n, bytes) = file.await?;
    let detail = format!("ledger of plan {}, {n} lines", path.plan);
    api.write(move |_, tx| Ok(tx.note(&actor, &Name::from("export"), None, &detail, now)?)).await?;
    let (media, ending) = match format {
        LedgerFormat::Xlsx => (XLSX, "xlsx"),
        LedgerFormat::Docx => (DOCX, "docx"),
    };
    Ok(attachment(&format!("{name}.{ending}"), media, bytes))
}

/// A paper in the form that was asked for.
pub(super) fn send(paper: Paper, format: PaperFormat) -> Answer<Response> {
    Ok(match format {
        PaperFormat::Html => ([(header::CACHE_CONTROL, "no-store")], Html(write::html(&paper.page))).into_response(),
        PaperFormat::Docx => {
            let bytes = write::docx(&paper.page).map_err(|error| Problem::internal(error.to_string()))?;
            attachment(&format!("{}.docx", paper.name), DOCX, bytes)
        }
    })
}

fn attachment(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
