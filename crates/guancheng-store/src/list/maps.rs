//! Cases on the map and around a point.

use guancheng_app::ports::{Bounds, CaseQuery, CaseRow, NearQuery, Point, Points};
use guancheng_base::{CaseId, Instant, LonLat, metres_between};
use guancheng_org::Scope;
use rusqlite::{Connection, params_from_iter};

use super::{
    build::{Sql, int, real},
    filter::{self, category_range, one_of},
    sets::{self, Course, Leading, Reads},
};
use crate::{
    cases, db,
    error::Port,
    limits::{NEAR_METRES_MAX, NEAR_ROWS_MAX, POINTS_MAX},
    sql::lists as sql,
};

/// Metres of a degree of latitude; a little less than any, so that a window is never too small.
const METRES_PER_DEGREE: f64 = 110_000.0;

/// See `Read::points`.
pub(crate) fn points(conn: &Connection, query: &CaseQuery, scope: &Scope, limit: usize, now: Instant) -> Port<Points> {
    let limit = limit.min(POINTS_MAX);
    let Course { leading, ordered } = sets::course(conn, query, Reads::All)?;
    let mut parts = filter::filters(query, ordered, now);
    match leading {
        Leading::Set(set) => parts.push(set),
        Leading::Order => {}
        Leading::Nobody => return Ok(Points::default()),
    }
    parts.push(filter::scope(scope));
    let (text, values) = placed(parts, query.open == Some(true), now, limit + 1).finish();
    let mut items = db::all(conn, &text, params_from_iter(values), |row| {
        let place = LonLat { lon: row.get(1)?, lat: row.get(2)? };
        Ok(Point { case: CaseId(row.get(0)?), place, light: filter::light_of(row.get(3)?) })
    })?;
    let clipped = items.len() > limit;
    items.truncate(limit);
    Ok(Points { items, clipped })
}

/// The points of at most `limit` cases that pass all parts.
pub(super) fn placed(mut parts: Vec<Sql>, open: bool, now: Instant, limit: usize) -> Sql {
    parts.push(Sql::text("c.lon IS NOT NULL"));
    let mut points = Sql::text("SELECT c.id, c.lon, c.lat, ");
    points.extend(filter::light(open, now));
    points.push(" FROM cases c WHERE ");
    points.extend(Sql::all(parts));
    points.extend(Sql::part(" LIMIT {}", [int(db::rows(limit))]));
    points
}

/// See `Read::near`.
pub(crate) fn near(conn: &Connection, query: &NearQuery) -> Port<Vec<(CaseRow, f64)>> {
    let NearQuery { place, metres, kinds, states, open, category, changed_from, need_to_know, except, limit } = query;
    let metres = metres.min(NEAR_METRES_MAX);
    let window = around(*place, metres);
    let mut parts = vec![Sql::around(sql::SET_LEADS, sets::in_window(window), [])];
    parts.push(Sql::part(sql::WINDOW, [window.west, window.east, window.south, window.north].map(real)));
    parts.extend(one_of(sql::KIND_IN, kinds));
    parts.extend(one_of(sql::STATE_IN, states));
    parts.extend(open.map(|open| Sql::text(if open { sql::IS_OPEN } else { sql::IS_ENDED })));
    parts.extend(category.as_ref().map(|category| Sql::part(sql::CATEGORY, category_range(category))));
    parts.extend(changed_from.map(|at| Sql::part(sql::CHANGED_FROM, [int(at.0)])));
    parts.extend((!need_to_know).then(|| Sql::text(sql::NOT_SECRET)));
    parts.extend(except.map(|case| Sql::part(sql::NOT_CASE, [int(case.0)])));
    let mut text = Sql::text(&format!("SELECT {} FROM cases c WHERE ", sql::ROW_COLUMNS));
    text.extend(Sql::all(parts));
    text.extend(Sql::part(" LIMIT {}", [int(db::rows(NEAR_ROWS_MAX))]));
    let (text, values) = text.finish();
    let rows = db::all(conn, &text, params_from_iter(values), |row| cases::case_row(row, 0))?;
    let distance = |row: CaseRow| row.place.map(|at| metres_between(*place, at)).map(|metres| (row, metres));
    let mut found: Vec<(CaseRow, f64)> = rows.into_iter().filter_map(distance).filter(|(_, m)| *m <= metres).collect();
    found.sort_by(|(a, near), (b, far)| near.total_cmp(far).then(a.id.cmp(&b.id)));
    found.truncate(*limit);
    Ok(found)
}

/// The window that holds the circle.
fn around(place: LonLat, metres: f64) -> Bounds {
    let lat = metres / METRES_PER_DEGREE;
    // Towards the poles degrees of longitude shrink; beyond 89° the window is the whole circle of latitude.
    let lon = (lat / place.lat.to_radians().cos().max(0.0175)).min(180.0);
    Bounds { west: place.lon - lon, south: place.lat - lat, east: place.lon + lon, north: place.lat + lat }
}
