//! Where things happen: along the roads and in the cells of the city, more often towards its middle.

use guancheng_app::City;
use guancheng_base::{LonLat, metres_between};
use guancheng_place::{AreaCode, Level, Located};

use crate::{Dice, Road, texts::Tongue};

/// A place where something is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) at: LonLat,
    pub(crate) address: String,
}

/// A point where things happen, with the road it is on.
#[derive(Clone, Debug)]
struct Stop {
    at: LonLat,
    road: Option<usize>,
}

/// All stops of a city, with running sums of their weights.
#[derive(Debug)]
pub(crate) struct Map {
    roads: Vec<String>,
    stops: Vec<Stop>,
    sums: Vec<f64>,
}

/// Metres of latitude in a degree.
const DEGREE_M: f64 = 111_195.0;
/// The distance from the middle at which half as much happens, in metres.
const HALF_M: f64 = 3_500.0;
/// Metres between two stops on a road.
const STEP_M: f64 = 70.0;
/// How much more happens at a stop on a road than in a cell of the grid.
const ROAD_WEIGHT: f64 = 12.0;

impl Map {
    pub(crate) fn of(city: &City, roads: &[Road]) -> Self {
        let mut map =
            Map { roads: roads.iter().map(|road| road.name.clone()).collect(), stops: Vec::new(), sums: Vec::new() };
        let middle = city.pack.city.center;
        for (n, road) in roads.iter().enumerate() {
            along(&road.line).for_each(|at| map.add(middle, at, Some(n)));
        }
        let cells = city.pack.places.locator().map(|locator| locator.cells()).unwrap_or_default();
        cells.iter().for_each(|cell| map.add(middle, cell.shape.centroid(), None));
        map
    }

    fn add(&mut self, middle: LonLat, at: LonLat, road: Option<usize>) {
        let away = metres_between(middle, at) / HALF_M;
        let weight = if road.is_some() { ROAD_WEIGHT } else { 1.0 } / (1.0 + away * away);
        self.sums.push(self.sums.last().copied().unwrap_or(0.0) + weight);
        self.stops.push(Stop { at, road });
    }

    /// Somewhere in the city; the middle where nothing is known of it.
    pub(crate) fn spot(&self, city: &City, tongue: Tongue, dice: Dice) -> Spot {
        let tries = (0..12).filter_map(|n| self.guess(dice.nth(n)));
        let found =
            tries.map(|(at, road)| (at, road, city.pack.places.locate(at))).find(|(.., located)| located.is_some());
        let (at, road, located) = found.unwrap_or((city.pack.city.center, None, None));
        Spot { at, address: self.address(city, tongue, road, located, dice) }
    }

    /// Within some metres of a spot and still in the city.
    pub(crate) fn near(city: &City, at: LonLat, metres: f64, dice: Dice) -> LonLat {
        let near = moved(at, metres, dice);
        if city.cell_of(near).is_some() { near } else { at }
    }

    fn guess(&self, dice: Dice) -> Option<(LonLat, Option<usize>)> {
        let total = self.sums.last()?;
        let drawn = dice.at("stop").share() * total;
        let at = self.sums.partition_point(|sum| *sum <= drawn);
        let stop = self.stops.get(at)?;
        let metres = if stop.road.is_some() { 30.0 } else { 60.0 };
        Some((moved(stop.at, metres, dice.at("beside")), stop.road))
    }

    fn address(
        &self,
        city: &City,
        tongue: Tongue,
        road: Option<usize>,
        located: Option<Located>,
        dice: Dice,
    ) -> String {
        let areas = city.pack.places.areas();
        let named = |code: Option<AreaCode>| code.and_then(|code| areas.get(code)).map(|area| area.name.as_str());
        let cell = located.map(|located| located.cell);
        let district = named(cell.and_then(|cell| cell.at(Level::District))).unwrap_or_default();
        let street = named(cell.and_then(|cell| cell.at(Level::Street))).unwrap_or(district);
        let community = named(located.and_then(|located| located.community));
        let road = road.and_then(|road| self.roads.get(road)).map(String::as_str);
        tongue.address(street, community, road, dice.at("number").between(1, 240))
    }
}

/// Points along a line, one every [`STEP_M`] metres.
fn along(line: &[LonLat]) -> impl Iterator<Item = LonLat> {
    line.windows(2).filter_map(|pair| <[LonLat; 2]>::try_from(pair).ok()).flat_map(|[a, b]| {
        let steps = (metres_between(a, b) / STEP_M) as i64 + 1;
        (0..steps).map(move |n| {
            let share = n as f64 / steps as f64;
            LonLat { lon: a.lon + (b.lon - a.lon) * share, lat: a.lat + (b.lat - a.lat) * share }
        })
    })
}

/// A point at most so many metres away in each direction, to six decimals, as a phone gives it.
fn moved(at: LonLat, metres: f64, dice: Dice) -> LonLat {
    let shift = |salt| (dice.at(salt).share() * 2.0 - 1.0) * metres / DEGREE_M;
    // The square of the cosine by its series: exact arithmetic only.
    let radians = at.lat * 0.017_453_292_519_943_295;
    let narrow = 1.0 - radians * radians / 2.0 + radians * radians * radians * radians / 24.0;
    let six = |degrees: f64| (degrees * 1e6).round() / 1e6;
    LonLat { lon: six(at.lon + shift("east") / narrow.max(0.2)), lat: six(at.lat + shift("north")) }
}

/// A line of three points through a spot, for works in a road.
pub(crate) fn trench(city: &City, at: LonLat, dice: Dice) -> Vec<LonLat> {
    let length = dice.at("length").between(20, 90) as f64;
    (0..3).map(|n| Map::near(city, at, length, dice.at("trench").nth(n))).collect()
}
