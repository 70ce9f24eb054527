//! The ledger: a view over recorded work, with every number open to its rows.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use guancheng_app::{
    City,
    plan::{self, PlanLedger},
    ports::{Burden, ProgressCase, Read},
};
use guancheng_base::{CaseId, Day, ErrorCode, Instant, OfficeId};
use guancheng_case::Value;
use guancheng_plan::{
    Amount, Settings,
    ledger::{Facts, Line, period_of, planned},
    model::{Binding, Cadence, Commitment, Decision, Plan, Status},
};

use super::{
    dto::{
        BurdenMonth, BurdenView, CurvePoint, DecisionView, ForecastView, Ledger, LedgerLine, LedgerLineDetail,
        NextView, ProgressView, StepView,
    },
    filter::{LedgerQuery, LinePath, PlanPath},
    page,
    papers::tree_node,
    view::{lights, staff_only},
};
use crate::{
    caller::Caller,
    case_query::area,
    extract::{Path, Query},
    handlers::session::private,
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    views::{row::facts as case_facts, titles::Titles},
};

/// The most reports a line page shows.
const ROWS_MAX: usize = 200;

/// The ledger.
#[utoipa::path(get, path = "/plans/{plan}/ledger", operation_id = "get_ledger", tag = "plan", params(PlanPath, LedgerQuery),
    responses((status = 200, description = "The ledger", body = Ledger)))]
pub async fn get_ledger(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<PlanPath>,
    Query(asked): Query<LedgerQuery>,
) -> Answer<Response> {
    let ledger = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        let titles = Titles { city, lang };
        let (plan, read) = read(city, store, &plan, &asked, caller.now)?;
        let kept = kept(store, &plan, &read.lines, &asked)?;
        Ok(Ledger {
            as_of: read.as_of.to_string(),
            adopted: plan.status == Status::Adopted,
            lights: lights(kept.iter().copied()),
            total: read.lines.len(),
            lines: kept.iter().filter_map(|line| line_view(titles, &plan, line, read.as_of)).collect(),
            burden: burden(titles, store, plan.id, read.as_of)?,
        })
    });
    Ok(private(axum::Json(ledger.await?)))
}

/// One line with everything behind it.
#[utoipa::path(get, path = "/plans/{plan}/ledger/{commitment}", operation_id = "get_ledger_line", tag = "plan", params(LinePath),
    responses((status = 200, description = "The line", body = LedgerLineDetail)))]
pub async fn get_ledger_line(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<LinePath>,
) -> Answer<Response> {
    let detail = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        detail(Titles { city, lang }, store, &plan, &path.commitment, &caller)
    });
    Ok(private(axum::Json(detail.await?)))
}

/// Reads the ledger for the day that was asked for, by the plan as it stood then.
pub(super) fn read(
    city: &City,
    store: &dyn Read,
    plan: &Arc<Plan>,
    asked: &LedgerQuery,
    now: Instant,
) -> Answer<(Arc<Plan>, PlanLedger)> {
    let as_of = asked.as_of.as_deref().and_then(|day| Day::parse(day).ok()).unwrap_or_else(|| city.day(now));
    let plan = plan::plan_on(city, store, plan, as_of, now)?;
    let ledger = plan::ledger(store, &plan, city.plan_settings()?, as_of)?;
    Ok((plan, ledger))
}

/// The lines that fit the filters.
pub(super) fn kept<'l>(store: &dyn Read, plan: &Plan, lines: &'l [Line], asked: &LedgerQuery) -> Answer<Vec<&'l Line>> {
    let here = asked.area.as_deref().map(|code| store.progress_in(plan.id, area(code))).transpose()?;
    let in_area = |line: &Line| here.as_ref().is_none_or(|here| here.contains(&line.commitment));
    Ok(lines.iter().filter(|line| in_area(line) && fits(plan, line, asked)).collect())
}

/// Whether a line fits the filters that ask about the commitment itself.
fn fits(plan: &Plan, line: &Line, asked: &LedgerQuery) -> bool {
    let Some(commitment) = plan.commitment(&line.commitment) else { return false };
    let item = plan.item(commitment.item);
    let words = |q: &str| {
        let title = item.map(|item| item.title.as_str()).unwrap_or_default();
        [commitment.id.as_str(), &commitment.text, &commitment.words, title].iter().any(|text| text.contains(q.trim()))
    };
    let class = |class: &str| serde_json::to_value(commitment.class).is_ok_and(|own| own == class);
    asked.office.is_none_or(|office| commitment.concerns(OfficeId(office)))
        && asked.section.is_none_or(|section| item.is_some_and(|item| item.section == section))
        && asked.light.as_deref().is_none_or(|light| light == line.light.as_str())
        && asked.class.as_deref().is_none_or(class)
        && asked.q.as_deref().is_none_or(words)
}

/// A line in the reader's words.
pub(super) fn line_view(titles: Titles<'_>, plan: &Plan, line: &Line, as_of: Day) -> Option<LedgerLine> {
    let commitment = plan.commitment(&line.commitment)?;
    let item = plan.item(commitment.item);
    let step = |step: &guancheng_plan::ledger::Step| StepView {
        id: step.id.clone(),
        title: step.title.clone(),
        due: step.due.to_string(),
        done: step.done.map(|day| day.to_string()),
    };
    let forecast = line.forecast.map(|forecast| ForecastView {
        low: forecast.low,
        mid: forecast.mid,
        high: forecast.high,
        by: forecast.by.to_string(),
    });
    Some(LedgerLine {
        commitment: line.commitment.clone(),
        item: commitment.item,
        section: item.map_or(0, |item| item.section),
        item_title: item.map(|item| item.title.clone()).unwrap_or_default(),
        text: commitment.text.clone(),
        words: commitment.words.clone(),
        class: commitment.class,
        office: commitment.lead.map(|office| office.0),
        office_name: commitment.lead.map(|office| titles.office(office)).unwrap_or_default(),
        assist: commitment.assist.iter().map(|office| office.0).collect(),
        weight: commitment.weight,
        light: line.light,
        reasons: line.reasons.iter().map(|reason| reason.get(titles.lang.into()).to_owned()).collect(),
        value: line.value,
        target: line.target,
        unit: page::unit(titles.lang, &line.unit),
        planned: line.planned,
        degree: line.degree,
        forecast,
        source: line.source,
        last_sign: line.last_sign.map(|day| day.to_string()),
        age_days: line.last_sign.map(|day| as_of.0 - day.0),
        next: line.next.as_ref().map(|next| NextView { title: next.title.clone(), due: next.due.to_string() }),
        due: line.due.map(|day| day.to_string()),
        pending: line.pending,
        failed: line.failed,
        steps: line.steps.iter().map(step).collect(),
        held: line.held,
        help: commitment.help.as_ref().map(|help| help.text.clone()),
        binding: commitment.binding.as_ref().map(|binding| binding.name().to_owned()),
    })
}

/// Fields typed in the month of the day and in the one before.
fn burden(titles: Titles<'_>, store: &dyn Read, plan: i64, day: Day) -> Answer<BurdenMonth> {
    let calendar = titles.city.calendar();
    let (from, to) = period_of(Cadence::Monthly, day);
    let before = period_of(Cadence::Monthly, from.plus(-1)).0;
    let stretch = |from: Day, to: Day| (calendar.midnight(from), calendar.midnight(to));
    let now = store.burden(plan, stretch(from, to.plus(1)))?;
    let earlier = store.burden(plan, stretch(before, from))?;
    let mut ids: Vec<OfficeId> = now.iter().chain(&earlier).map(|one| one.office).collect();
    ids.sort_unstable();
    ids.dedup();
    let fields =
        |of: &[Burden], office: OfficeId| of.iter().find(|one| one.office == office).map_or(0, |one| one.fields);
    let view = |office: OfficeId| BurdenView {
        office: office.0,
        name: titles.office(office),
        fields: fields(&now, office),
        fields_before: fields(&earlier, office),
    };
    let (year, month, _) = day.ymd();
    Ok(BurdenMonth { month: format!("{year:04}-{month:02}"), offices: ids.into_iter().map(view).collect() })
}

fn detail(titles: Titles<'_>, store: &dyn Read, plan: &Plan, id: &str, caller: &Caller) -> Answer<LedgerLineDetail> {
    let (city, settings) = (titles.city, titles.city.plan_settings()?);
    let commitment = plan.commitment(id).ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
    let ledger = plan::ledger(store, plan, settings, city.day(caller.now))?;
    let line = ledger.lines.iter().find(|line| line.commitment == id);
    let line = line.and_then(|line| line_view(titles, plan, line, ledger.as_of));
    let (cases, rows_total) = store.progress_cases(plan.id, id, ROWS_MAX)?;
    let decisions = plan.meetings.iter().flat_map(|meeting| &meeting.decisions);
    let about = decisions.filter(|decision| decision.commitment.as_deref() == Some(id));
    Ok(LedgerLineDetail {
        line: line.ok_or_else(|| Problem::of(ErrorCode::NotFound))?,
        commitment: commitment.clone(),
        curve: curve(plan, commitment, ledger.facts.get(id), settings, ledger.as_of),
        rows: cases.iter().map(|case| progress_view(titles, store, case)).collect::<Answer<Vec<_>>>()?,
        rows_total,
        delegations: plan
            .delegations
            .iter()
            .filter(|delegation| delegation.commitment == id)
            .map(|delegation| tree_node(titles, delegation, caller.now))
            .collect(),
        amendments: plan.amendments.iter().filter(|amendment| amendment.commitment == id).cloned().collect(),
        decisions: about
            .map(|decision| decision_view(titles, store, decision, caller.now))
            .collect::<Answer<Vec<_>>>()?,
        rate_query: rate_query(plan, commitment),
        binding: commitment.binding.clone(),
    })
}

/// Planned and reached at the end of each month, with today in between.
fn curve(
    plan: &Plan,
    commitment: &Commitment,
    facts: Option<&Facts>,
    settings: &Settings,
    today: Day,
) -> Vec<CurvePoint> {
    let Some(Binding::Count(count)) = &commitment.binding else { return Vec::new() };
    let mut days: Vec<Day> = (1..=12)
        .filter_map(|month| Day::new(plan.year, month, 1))
        .map(|first| period_of(Cadence::Monthly, first).1)
        .collect();
    if today >= plan.first_day() && today <= plan.last_day() && !days.contains(&today) {
        days.push(today);
    }
    days.insert(0, plan.first_day().plus(-1));
    days.sort_unstable();
    let reached = |day: Day| -> Amount {
        let counted = facts.into_iter().flat_map(Facts::counted);
        counted.filter(|progress| progress.last <= day).map(|progress| progress.amount).sum()
    };
    let point = |day: Day| CurvePoint {
        day: day.to_string(),
        planned: planned(plan, count, settings, day),
        actual: (day <= today).then(|| reached(day)),
    };
    days.into_iter().map(point).collect()
}

fn progress_view(titles: Titles<'_>, store: &dyn Read, case: &ProgressCase) -> Answer<ProgressView> {
    let state = store.case(case.row.id)?;
    let note = state.as_ref().and_then(|case| case.field("note")).and_then(Value::as_text).unwrap_or_default();
    let progress = &case.progress;
    Ok(ProgressView {
        case: case.row.id.0,
        number: case.row.number.clone(),
        day: progress.day.to_string(),
        step: progress.step.clone(),
        amount: progress.amount,
        standing: progress.standing.as_str().to_owned(),
        unit_name: progress.unit.map(|unit| titles.office(unit)),
        at: titles.moment(case.row.opened_at),
        thumb: case.row.thumb.map(|thumb| thumb.0),
        lon: case.row.place.map(|place| place.lon),
        lat: case.row.place.map(|place| place.lat),
        note: note.to_owned(),
    })
}

/// A decision with the case it became.
pub(super) fn decision_view(
    titles: Titles<'_>,
    store: &dyn Read,
    decision: &Decision,
    now: Instant,
) -> Answer<DecisionView> {
    let row = store.row(decision.case)?.ok_or_else(|| missing_case(decision.case))?;
    let facts = case_facts(titles, &row, now);
    Ok(DecisionView {
        text: decision.text.clone(),
        office: decision.office.0,
        office_name: titles.office(decision.office),
        due: decision.due.to_string(),
        commitment: decision.commitment.clone(),
        case: decision.case.0,
        case_number: facts.number,
        state: facts.state_title,
        is_open: row.is_open,
        light: facts.light,
    })
}

fn missing_case(case: CaseId) -> Problem {
    Problem::internal(format!("a decision names case {case}, which is not there"))
}

/// The rows behind a rate, as a query of `/cases`.
fn rate_query(plan: &Plan, commitment: &Commitment) -> Option<String> {
    let Some(Binding::Indicator(rate) | Binding::Duty(rate)) = &commitment.binding else { return None };
    let (from, to) = (plan.first_day(), plan.last_day());
    let category = if rate.category.is_empty() { String::new() } else { format!("&category={}", rate.category) };
    Some(format!("kind={}{category}&opened_from={from}&opened_to={to}", rate.procedure))
}
