//! A case as a row.

use guancheng_app::ports::{self, ClockRow};
use guancheng_base::Instant;
use guancheng_case::{Light as CaseLight, Procedure};

use super::titles::{Titles, case_thumb_url, point};
use crate::dto::{CaseFacts, CaseRow, ClockBrief, Light, Moment};

/// A row of the store in the reader's words.
pub fn row(titles: Titles<'_>, row: &ports::CaseRow, now: Instant) -> CaseRow {
    CaseRow { facts: facts(titles, row, now), reports: i64::from(row.reports) }
}

/// What lists and the case page both show.
pub fn facts(titles: Titles<'_>, row: &ports::CaseRow, now: Instant) -> CaseFacts {
    let city = titles.city;
    let procedure = city.pack.procedure_version(&row.kind, row.version);
    let named = |f: &dyn Fn(&Procedure) -> String, own: &str| procedure.map_or_else(|| own.to_owned(), |p| f(p));
    let light = light(row.light(now));
    CaseFacts {
        id: row.id.0,
        number: row.number.clone(),
        kind: row.kind.to_string(),
        kind_title: named(&|p| titles.kind(p), &row.kind),
        state: row.state.to_string(),
        state_title: named(&|p| titles.state(p, &row.state), &row.state),
        stage: row.stage.clone().unwrap_or_default(),
        title: row.title.clone(),
        category: row.category.as_ref().map(ToString::to_string),
        category_title: row.category.as_ref().map(|code| named(&|p| titles.field_code(p, "category", code), code)),
        address: (!row.address.is_empty()).then(|| row.address.clone()),
        at: row.place.map(point),
        cell: row.cell.map(|cell| cell.to_string()),
        area_name: row.cell.and_then(|cell| titles.area(cell)),
        unit: row.unit.map(|unit| titles.office_ref(unit)),
        holder_title: holder_title(titles, row, procedure.map(AsRef::as_ref)),
        source: row.source.to_string(),
        opened_at: titles.moment(row.opened_at),
        changed_at: titles.moment(row.changed_at),
        closed_at: row.closed_at.map(|at| titles.moment(at)),
        clock: row.clock.as_ref().map(|clock| brief(titles, clock, procedure.map(AsRef::as_ref), light, now)),
        light,
        rework: i64::from(row.rework),
        seq: wire(row.seq),
        thumb: row.thumb.map(|file| case_thumb_url(file, row.id)),
    }
}

/// A light on the wire.
pub fn light(light: CaseLight) -> Light {
    match light {
        CaseLight::Good => Light::Good,
        CaseLight::Near => Light::Near,
        CaseLight::Late => Light::Late,
        CaseLight::NotRated => Light::NotRated,
    }
}

/// A count as JSON carries it.
pub fn wire(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn holder_title(titles: Titles<'_>, row: &ports::CaseRow, procedure: Option<&Procedure>) -> String {
    match (&row.holder_role, row.holder_unit) {
        (Some(role), _) => titles.role(role),
        (None, Some(office)) => titles.office(office),
        (None, None) => titles.other_holder(procedure.and_then(|p| p.state(&row.state)).map(|state| &state.holder)),
    }
}

fn brief(
    titles: Titles<'_>,
    clock: &ClockRow,
    procedure: Option<&Procedure>,
    light: Light,
    now: Instant,
) -> ClockBrief {
    let left = clock.due.map(|due| due.0.saturating_sub(now.0));
    ClockBrief {
        id: clock.id.to_string(),
        title: procedure.map_or_else(|| clock.id.to_string(), |p| titles.clock(p, &clock.id)),
        due: clock.due.map(|due| Moment(titles.city.show(due))),
        light,
        left_ms: left.or(clock.left_ms),
        running: clock.due.is_some(),
    }
}
