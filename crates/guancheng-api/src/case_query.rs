//! From query parameters to the store's query.

use guancheng_app::{
    City,
    ports::{CaseQuery, Mine, Sort},
};
use guancheng_base::{Actor, Day, ErrorCode, Instant, Name, OfficeId};
use guancheng_case::Light;
use guancheng_place::{AreaCode, Bounds};

use crate::{
    case_filter::{Filters, SortName},
    problem::{Answer, Problem},
};

/// The query of the filters, for this actor. Sort, cursor and limit are the caller's to set.
pub fn query(city: &City, actor: &Actor, filters: &Filters<'_>) -> Answer<CaseQuery> {
    // A window that is upside down holds nothing, as does the empty range of cells.
    let window = filters.bbox.and_then(window);
    let nothing = window.is_some_and(|window| window.west > window.east || window.south > window.north);
    let range = if nothing { Some((0, 0)) } else { filters.area.map(area) };
    Ok(CaseQuery {
        kinds: names(filters.kind),
        states: names(filters.state),
        stages: list(filters.stage).map(str::to_owned).collect(),
        units: filters.unit.map(OfficeId).into_iter().collect(),
        area: range,
        lights: list(filters.light).filter_map(light).collect(),
        sources: names(filters.source),
        category: given(filters.category).map(Name::from),
        open: filters.open,
        mine: filters.mine.then(|| mine(city, actor)),
        text: given(filters.q).map(str::to_owned),
        opened_from: filters.opened_from.map(|text| start_of(city, "opened_from", text, 0)).transpose()?,
        opened_to: filters.opened_to.map(|text| start_of(city, "opened_to", text, 1)).transpose()?,
        window: window.filter(|_| !nothing),
        ..CaseQuery::default()
    })
}

/// The order of a list.
pub fn sort(name: Option<SortName>) -> Sort {
    match name.unwrap_or_default() {
        SortName::Due => Sort::Due,
        SortName::Opened => Sort::Opened,
        SortName::Changed => Sort::Changed,
    }
}

/// The first instant of the day, or of a day so many days later.
pub fn start_of(city: &City, field: &str, text: &str, days: i32) -> Answer<Instant> {
    let day = Day::parse(text).map_err(|_| {
        Problem::field(
            ErrorCode::BadFilter,
            format!("query.{field}"),
            "应为日期，如 2026-03-02",
            "must be a date such as 2026-03-02",
        )
    })?;
    Ok(city.calendar().midnight(day.plus(days)))
}

/// An area code as the half-open range of its cells; a code that no area can have is the empty range.
pub fn area(text: &str) -> (i64, i64) {
    text.parse::<AreaCode>().map_or((0, 0), AreaCode::range)
}

fn mine(city: &City, actor: &Actor) -> Mine {
    let acts = |role: &Name| city.pack.roles.get(role).is_some_and(|role| role.acts_for_office);
    let acting = actor.grants().iter().filter(|grant| acts(&grant.role));
    let mut offices: Vec<OfficeId> = acting.flat_map(|grant| grant.offices.iter().copied()).collect();
    offices.sort();
    offices.dedup();
    Mine { grants: actor.grants().to_vec(), offices }
}

/// A filter that says nothing asks nothing.
fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn list(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.into_iter().flat_map(|text| text.split(',')).map(str::trim).filter(|item| !item.is_empty())
}

fn names(text: Option<&str>) -> Vec<Name> {
    list(text).map(Name::from).collect()
}

/// The light of that name; unknown names were refused with the query.
fn light(text: &str) -> Option<Light> {
    [Light::Good, Light::Near, Light::Late, Light::NotRated].into_iter().find(|light| light.as_str() == text)
}

/// The window of four numbers, cut to the earth; anything else was refused with the query.
fn window(text: &str) -> Option<Bounds> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.parse().ok()).collect();
    let [west, south, east, north] = <[f64; 4]>::try_from(numbers?).ok()?;
    let (lon, lat) = (|n: f64| n.clamp(-180.0, 180.0), |n: f64| n.clamp(-90.0, 90.0));
    Some(Bounds { west: lon(west), south: lat(south), east: lon(east), north: lat(north) })
}
