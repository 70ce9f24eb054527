//! What is declared: indicators and scorecards.

use axum::{extract::State, response::Response};
use guancheng_app::City;
use guancheng_indicator::{
    Indicator, IndicatorKind,
    card::{LineSource, Scorecard},
    fact::Op,
};

use super::{
    dto::{IndicatorPage, IndicatorView, ScorecardLine, ScorecardPage, ScorecardPeriod, ScorecardView},
    named,
    rights::{may_see, staff},
};
use crate::{
    caller::Caller, handlers::session::private, lang::Lang, problem::Answer, state::Api, views::titles::Titles,
};

/// The indicators in force.
#[utoipa::path(get, path = "/indicators", operation_id = "list_indicators", tag = "measures",
    responses((status = 200, description = "The indicators", body = IndicatorPage)))]
pub async fn list_indicators(State(api): State<Api>, caller: Caller, lang: Lang) -> Answer<Response> {
    staff(&caller.actor)?;
    let city = api.city();
    let (titles, today) = (Titles { city, lang }, city.day(caller.now));
    let measures = &city.pack.measures;
    let own = measures.indicators.keys().filter_map(|id| measures.indicator(id, today));
    let mut items: Vec<IndicatorView> = own.map(|indicator| indicator_view(titles, indicator)).collect();
    items.extend(given(titles));
    items.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(private(axum::Json(IndicatorPage { items })))
}

/// The scorecards I may see.
#[utoipa::path(get, path = "/scorecards", operation_id = "list_scorecards", tag = "measures",
    responses((status = 200, description = "The scorecards", body = ScorecardPage)))]
pub async fn list_scorecards(State(api): State<Api>, caller: Caller, lang: Lang) -> Answer<Response> {
    staff(&caller.actor)?;
    let city: &City = api.city();
    let cards = city.pack.measures.scorecards.values().filter_map(|versions| versions.last());
    let mine = cards.filter(|card| may_see(city, &caller.actor, card));
    let items = mine.map(|card| scorecard_view(Titles { city, lang }, card)).collect();
    Ok(private(axum::Json(ScorecardPage { items })))
}

/// A definition in the reader's words.
pub(super) fn indicator_view(titles: Titles<'_>, indicator: &Indicator) -> IndicatorView {
    let texts = |names: &[guancheng_base::Name]| names.iter().map(ToString::to_string).collect();
    let word = |op: Op| Op::ALL.into_iter().find(|(_, known)| *known == op).map_or("", |(word, _)| word);
    let id = &indicator.cite.id;
    IndicatorView {
        id: id.to_string(),
        version: indicator.cite.version,
        title: named::indicator(titles, id, &indicator.title),
        number: indicator.number.clone(),
        variant_of: indicator.variant_of.as_ref().map(ToString::to_string),
        owner: indicator.owner.clone(),
        kind: kind(indicator.kind).to_owned(),
        unit: indicator.unit.clone(),
        better: indicator.better.as_str().to_owned(),
        fact: Some(indicator.fact.to_string()),
        by: texts(&indicator.by),
        periods: indicator.periods.iter().map(|kind| kind.as_str().to_owned()).collect(),
        basis: indicator.cite.basis.clone(),
        formula: Some(named::formula(indicator)),
        excludes: indicator.exclude.iter().map(|out| out.why.clone()).collect(),
        target: indicator.target.map(|target| format!("{} {}", word(target.op), target.v)),
        counter: texts(&indicator.counter),
    }
}

fn kind(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::Count => "count",
        IndicatorKind::Ratio => "ratio",
        IndicatorKind::Mean => "mean",
        IndicatorKind::StockRatio => "stock_ratio",
    }
}

/// What another part of the city gives: titled and owned, but not asked for here.
fn given(titles: Titles<'_>) -> impl Iterator<Item = IndicatorView> {
    titles.city.pack.measures.given.iter().map(move |(id, given)| IndicatorView {
        id: id.to_string(),
        version: given.cite.version,
        title: named::indicator(titles, id, &given.title),
        number: None,
        variant_of: None,
        owner: given.owner.clone(),
        kind: "given".to_owned(),
        unit: given.unit.clone(),
        better: given.better.as_str().to_owned(),
        fact: None,
        by: Vec::new(),
        periods: Vec::new(),
        basis: given.cite.basis.clone(),
        formula: None,
        excludes: Vec::new(),
        target: None,
        counter: Vec::new(),
    })
}

/// A scorecard in the reader's words.
pub(super) fn scorecard_view(titles: Titles<'_>, card: &Scorecard) -> ScorecardView {
    let own = ScorecardPeriod { kind: card.period.as_str().to_owned(), label: String::new() };
    let longer = card
        .rollup
        .iter()
        .map(|rollup| ScorecardPeriod { kind: rollup.period.as_str().to_owned(), label: rollup.label.clone() });
    let line = |line: &guancheng_indicator::card::Line| {
        let (indicator, event) = match &line.source {
            LineSource::Indicator(id) => (Some(id.to_string()), None),
            LineSource::Event(id) => (None, Some(id.to_string())),
        };
        ScorecardLine {
            title: line.title.clone(),
            indicator,
            event,
            points: line.rule.points.to_string(),
            bonus: line.rule.bonus,
            why: line.why.clone(),
        }
    };
    let id = &card.cite.id;
    ScorecardView {
        id: id.to_string(),
        version: card.cite.version,
        title: titles.city.label(titles.lang.into(), &format!("scorecard.{id}"), &card.title).to_owned(),
        subject: card.subject.to_string(),
        subject_title: named::column(titles, &card.subject),
        owner: card.owner.clone(),
        periods: std::iter::once(own).chain(longer).collect(),
        lines: card.lines.iter().map(line).collect(),
        basis: card.cite.basis.clone(),
    }
}
