//! Areas on the wire.

use guancheng_app::City;
use guancheng_base::LonLat;
use guancheng_place::{AreaCode, Level};

use super::titles::point;
use crate::{
    dto::{Area, CodeName, Located},
    paths::AreaLevel,
};

/// Areas of a level below a code.
pub fn areas(city: &City, level: Option<AreaLevel>, parent: Option<AreaCode>) -> Vec<Area> {
    let level = level.map(|level| match level {
        AreaLevel::District => Level::District,
        AreaLevel::Street => Level::Street,
        AreaLevel::Community => Level::Community,
    });
    let tree = city.pack.places.areas();
    let below = |code: AreaCode| parent.is_none_or(|parent| parent != code && parent.covers(code));
    let wanted = tree.iter().filter(|area| level.is_none_or(|level| area.code.level() == level) && below(area.code));
    let view = |area: &guancheng_place::Area| Area {
        code: area.code.to_string(),
        name: area.name.clone(),
        level: level_name(area.code.level()).to_owned(),
        parent: area.code.parent().filter(|parent| tree.get(*parent).is_some()).map(|parent| parent.to_string()),
        center: area.shape.as_ref().map(|shape| point(shape.centroid())),
    };
    wanted.map(view).collect()
}

/// Where a position is; `None` outside of the city.
pub fn located(city: &City, at: LonLat) -> Option<Located> {
    let found = city.pack.places.locate(at)?;
    let named = |code: AreaCode| {
        let name = city.pack.places.areas().get(code).map(|area| area.name.clone());
        CodeName { code: code.to_string(), name: name.unwrap_or_default() }
    };
    Some(Located {
        at: point(at),
        cell: Some(found.cell.to_string()),
        community: found.community.map(named),
        street: found.street.map(named),
        district: Some(named(found.district)),
        area_class: city.pack.places.class_of(found.cell).map(String::from),
    })
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Province => "province",
        Level::City => "city",
        Level::District => "district",
        Level::Street => "street",
        Level::Community => "community",
        Level::Cell => "cell",
    }
}
