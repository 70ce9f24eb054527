//! Boards of scorecards.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use guancheng_app::{
    City,
    measure::{Board, BoardRow, board},
    ports::Read,
};
use guancheng_base::ErrorCode;
use guancheng_indicator::health::Health;

use super::{
    definitions::scorecard_view,
    dto::{BoardHealth, BoardLine, BoardSubject, BoardView},
    filter::{BoardQuery, MeasurePath, period},
    named,
    rights::{may_see, staff},
};
use crate::{
    caller::Caller,
    extract::{Path, Query},
    handlers::session::private,
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    views::titles::Titles,
};

/// A scorecard over a period: points, totals, places, grades.
#[utoipa::path(get, path = "/scorecards/{id}/board", operation_id = "get_board", tag = "measures",
    params(MeasurePath, BoardQuery), responses((status = 200, description = "The board", body = BoardView)))]
pub async fn get_board(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<MeasurePath>,
    Query(asked): Query<BoardQuery>,
) -> Answer<Response> {
    let view = api.read(move |city, store| {
        let board = read(city, store, &caller, &path.id, &asked)?;
        Ok(board_view(Titles { city, lang }, &board))
    });
    Ok(private(axum::Json(view.await?)))
}

/// The board, if the caller may see it.
pub(super) fn read(city: &City, store: &dyn Read, caller: &Caller, id: &str, asked: &BoardQuery) -> Answer<Arc<Board>> {
    staff(&caller.actor)?;
    let card = city.pack.measures.scorecard(id);
    if !card.is_some_and(|card| may_see(city, &caller.actor, card)) {
        return Err(Problem::of(ErrorCode::NotFound));
    }
    let period = period(asked.period.as_deref(), city.day(caller.now));
    Ok(board(city, store, id, period, caller.now)?)
}

/// A board in the reader's words, by place; who has none comes last.
pub(super) fn board_view(titles: Titles<'_>, board: &Board) -> BoardView {
    let mut rows: Vec<BoardSubject> =
        board.rows.iter().map(|(subject, row)| subject_view(titles, board, subject, row)).collect();
    rows.sort_by(|a, b| {
        let place = |row: &BoardSubject| (row.not_rated, row.rank.unwrap_or(u32::MAX));
        (&a.group, place(a), &a.subject).cmp(&(&b.group, place(b), &b.subject))
    });
    let (_, end) = board.period.bounds(titles.city.calendar());
    BoardView {
        scorecard: scorecard_view(titles, &board.card),
        period: board.period.to_string(),
        period_kind: board.period.kind().as_str().to_owned(),
        as_of: titles.moment(board.as_of),
        is_final: board.as_of >= end,
        rows,
        health: board.health.as_ref().map(health_view),
    }
}

fn subject_view(titles: Titles<'_>, board: &Board, subject: &str, row: &BoardRow) -> BoardSubject {
    let card = &board.card;
    let group = row.group.as_ref().and_then(|id| card.peer_groups.iter().find(|group| group.id == *id));
    let grade = row.grade.as_ref().and_then(|id| card.grades.iter().find(|grade| grade.id == *id));
    let line = |line: &guancheng_indicator::card::LineScore| BoardLine {
        points: line.points.map(|points| points.to_string()),
        most: line.most.to_string(),
        formula: line.explain.formula.clone(),
    };
    BoardSubject {
        subject: subject.to_owned(),
        title: named::subject(titles, &card.subject, subject),
        group: group.map(|group| group.title.clone()),
        lines: row.lines.iter().map(line).collect(),
        total: row.total.map(|total| total.fixed(card.decimals)),
        rank: row.place,
        ranked: row.ranked,
        grade: grade.map(|grade| grade.title.clone()),
        not_rated: row.total.is_none(),
        formula: row.explain.formula.clone(),
    }
}

fn health_view(health: &Health) -> BoardHealth {
    let spread = health.spread;
    BoardHealth {
        rated: spread.map_or(0, |spread| spread.n),
        spread: spread.map(|spread| spread.spread.fixed(2)),
        p90_p10: spread.map(|spread| spread.p90_p10.fixed(2)),
        share_near_top: spread.map(|spread| spread.share_near_top.fixed(2)),
        excluded_pct: health.excluded_pct.map(|pct| pct.fixed(2)),
        full_lines: health.full_lines.clone(),
        fails: health.fails.iter().map(|fail| fail.as_str().to_owned()).collect(),
        formula: health.explain.formula.clone(),
    }
}
