//! One value, and the cases behind it.

use std::collections::BTreeSet;

use axum::{extract::State, response::Response};
use guancheng_app::{
    City,
    measure::{Answered, ask, cases_of},
    ports::Read,
};
use guancheng_base::{CaseId, ErrorCode, Name};
use guancheng_case::subject;
use guancheng_indicator::{Period, PeriodKind};

use super::{
    definitions::indicator_view,
    dto::{LeftOut, ValueRows, ValueView},
    filter::{MeasurePath, ValueQuery, ValueRowsQuery, ValueSide, by, period},
    named,
    rights::{may_ask_by, staff},
};
use crate::{
    caller::Caller,
    cursor,
    extract::{Path, Query},
    handlers::session::private,
    lang::Lang,
    limits,
    problem::{Answer, Problem},
    state::Api,
    valid::WHOLE_MAX,
    views::{row::row, titles::Titles},
};

/// One value with everything it was made of.
#[utoipa::path(get, path = "/indicators/{id}/value", operation_id = "get_value", tag = "measures",
    params(MeasurePath, ValueQuery), responses((status = 200, description = "The value", body = ValueView)))]
pub async fn get_value(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<MeasurePath>,
    Query(asked): Query<ValueQuery>,
) -> Answer<Response> {
    let view = api.read(move |city, store| {
        let (answered, period) = read(city, store, &caller, &path.id, &asked)?;
        Ok(value_view(Titles { city, lang }, &answered, &asked, period, &caller))
    });
    Ok(private(axum::Json(view.await?)))
}

/// The cases behind a value that I may see.
#[utoipa::path(get, path = "/indicators/{id}/rows", operation_id = "list_value_rows", tag = "measures",
    params(MeasurePath, ValueRowsQuery), responses((status = 200, description = "A page of cases", body = ValueRows)))]
pub async fn list_value_rows(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<MeasurePath>,
    Query(asked): Query<ValueRowsQuery>,
) -> Answer<Response> {
    let page = api.read(move |city, store| {
        let of = ValueQuery { subject: asked.subject.clone(), period: asked.period.clone() };
        let (answered, _) = read(city, store, &caller, &path.id, &of)?;
        let all = cases_of(side(&answered, asked.side.unwrap_or_default()));
        page(Titles { city, lang }, store, &caller, &all, &asked)
    });
    Ok(private(axum::Json(page.await?)))
}

fn read(city: &City, store: &dyn Read, caller: &Caller, id: &str, asked: &ValueQuery) -> Answer<(Answered, Period)> {
    staff(&caller.actor)?;
    let by = by(asked.subject.as_deref())?;
    if !may_ask_by(city, &caller.actor, &by.column) {
        return Err(Problem::of(ErrorCode::NotFound));
    }
    let today = city.day(caller.now);
    let period = period(asked.period.as_deref(), today);
    let period = period.unwrap_or_else(|| Period::containing(PeriodKind::Month, today));
    Ok((ask(city, store, id, &by, period, caller.now)?, period))
}

fn value_view(
    titles: Titles<'_>,
    answered: &Answered,
    asked: &ValueQuery,
    period: Period,
    caller: &Caller,
) -> ValueView {
    let Answered { indicator, value } = answered;
    let subject = asked.subject.clone().unwrap_or_else(|| guancheng_indicator::indicator::WHOLE.to_owned());
    let column = subject.split(':').next().unwrap_or_default();
    let left_out = value.left_out.iter().map(|(why, rows)| LeftOut { why: why.clone(), n: rows.len() });
    ValueView {
        indicator: indicator_view(titles, indicator),
        subject_title: named::subject(titles, column, &value.subject),
        period: period.to_string(),
        as_of: titles.moment(caller.now),
        value: value.value.map(|number| number.fixed(indicator.decimals)),
        unrated: value.unrated.map(|why| why.as_str().to_owned()),
        num: value.num.to_string(),
        den: value.den.to_string(),
        num_rows: value.num_rows.len(),
        den_rows: value.den_rows.len(),
        excluded: left_out.collect(),
        immature: value.immature.len(),
        left_out_pct: value.left_out_pct.map(|pct| pct.fixed(2)),
        flagged: value.flagged,
        is_final: value.is_final,
        reached: value.reached,
        formula: value.explain.formula.clone(),
        subject,
    }
}

fn side(answered: &Answered, side: ValueSide) -> Vec<&Name> {
    let value = &answered.value;
    match side {
        ValueSide::Num => value.num_rows.iter().collect(),
        ValueSide::Den => value.den_rows.iter().collect(),
        ValueSide::Missed => {
            let above: BTreeSet<&Name> = value.num_rows.iter().collect();
            value.den_rows.iter().filter(|row| !above.contains(row)).collect()
        }
        ValueSide::Excluded => value.left_out.values().flatten().collect(),
    }
}

/// Walks the cases from the cursor on until the page is full of those that may be seen.
fn page(
    titles: Titles<'_>,
    store: &dyn Read,
    caller: &Caller,
    all: &BTreeSet<CaseId>,
    asked: &ValueRowsQuery,
) -> Answer<ValueRows> {
    let after = match asked.after.as_deref() {
        Some(text) => cursor::open(text)?.parse::<i64>().map_err(|_| cursor::bad())?.clamp(0, WHOLE_MAX),
        None => 0,
    };
    let limit = asked.limit.unwrap_or(limits::PAGE_ROWS_DEFAULT) as usize;
    let (mut items, mut next) = (Vec::new(), None);
    for id in all.range(CaseId(after + 1)..) {
        if items.len() == limit {
            next = items.last().map(|last: &crate::dto::CaseRow| cursor::seal(&last.facts.id.to_string()));
            break;
        }
        if may_open(titles.city, store, caller, *id)? {
            items.extend(store.row(*id)?.map(|found| row(titles, &found, caller.now)));
        }
    }
    Ok(ValueRows { items, next, total: all.len() })
}

fn may_open(city: &City, store: &dyn Read, caller: &Caller, id: CaseId) -> Answer<bool> {
    let Some(case) = store.case(id)? else { return Ok(false) };
    let procedure = city.procedure_of(&case)?;
    Ok(city.policy.may_view(&caller.actor, &subject(procedure, &case)))
}
