//! A board as a workbook.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use guancheng_base::{Instant, Name};
use guancheng_document::write::{self, Cell, Decimal, Field, Format, Sheet, Workbook};

use super::{
    dto::{BoardSubject, BoardView},
    filter::{BoardQuery, MeasurePath},
    scores::{board_view, read},
};
use crate::{
    caller::Caller,
    extract::{Path, Query},
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    views::titles::Titles,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A board as a file; taking it is noted in the audit.
#[utoipa::path(get, path = "/scorecards/{id}/board-file", operation_id = "get_board_file", tag = "measures",
    params(MeasurePath, BoardQuery),
    responses((status = 200, description = "A workbook", content((Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn get_board_file(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<MeasurePath>,
    Query(asked): Query<BoardQuery>,
) -> Answer<Response> {
    let (actor, now) = (caller.actor.clone(), caller.now);
    let file = api.read(move |city, store| {
        let board = read(city, store, &caller, &path.id, &asked)?;
        let view = board_view(Titles { city, lang }, &board);
        let bytes = write::xlsx(&book(lang, &view, now)).map_err(|error| Problem::internal(error.to_string()))?;
        Ok((format!("{}-{}", view.scorecard.id, view.period), bytes))
    });
    let (name, bytes) = file.await?;
    let detail = format!("board {name}");
    api.write(move |_, tx| Ok(tx.note(&actor, &Name::from("export"), None, &detail, now)?)).await?;
    let headers = [
        (header::CONTENT_TYPE, XLSX.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.xlsx\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn book(lang: Lang, view: &BoardView, created: Instant) -> Workbook {
    let field = |title: &str, width: u8| Field { title: title.to_owned(), width, format: Format::Text };
    let mut fields = vec![
        field(lang.pick("名次", "rank"), 6),
        field(lang.pick("分组", "group"), 16),
        field(&view.scorecard.subject_title, 24),
    ];
    if view.rows.iter().any(|row| !row.lines.is_empty()) {
        fields.extend(view.scorecard.lines.iter().map(|line| field(&format!("{} ({})", line.title, line.points), 14)));
    }
    fields.extend([
        field(lang.pick("总分", "total"), 10),
        field(lang.pick("等级", "grade"), 10),
        field(lang.pick("算式", "formula"), 80),
    ]);
    let rows = view.rows.iter().map(|row| cells(lang, row)).collect();
    let sheet = Sheet { name: view.period.clone(), fields, rows };
    Workbook { title: view.scorecard.title.clone(), created, author: None, sheets: vec![sheet] }
}

fn cells(lang: Lang, row: &BoardSubject) -> Vec<Cell> {
    let text = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
    let number = |number: &Option<String>| match number.as_deref() {
        Some(number) => decimal(number).map_or_else(|| Cell::text(number), Cell::Decimal),
        None => Cell::text(lang.pick("无数据", "no data")),
    };
    let rank = row.rank.map_or(Cell::Empty, |rank| Cell::Integer(rank.into()));
    let mut cells = vec![rank, text(&row.group), Cell::text(&row.title)];
    cells.extend(row.lines.iter().map(|line| number(&line.points)));
    cells.extend([number(&row.total), text(&row.grade), Cell::text(&row.formula)]);
    cells
}

/// A decimal as written.
fn decimal(text: &str) -> Option<Decimal> {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let units = format!("{whole}{places}").parse().ok()?;
    Some(Decimal { units, places: u8::try_from(places.len()).ok()? })
}
