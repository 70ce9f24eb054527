//! Water, parks and landmarks. The names are of well-known places; shores, sizes and positions are invented.

use guancheng_place::{LonLat, Polygon, Ring, Shape};

use super::areas::SYNTHETIC;
use super::geojson::{Feature, Geometry};
use super::lattice::{Lattice, Plan};
use super::stream::Stream;

/// Lakes: name, middle, half width and height in kilometres.
const LAKES: [(&str, Plan, Plan); 4] = [
    ("龙湖", (5.4, 4.1), (0.95, 0.6)),
    ("如意湖", (4.5, 1.6), (0.34, 0.3)),
    ("西流湖", (-5.6, 1.9), (0.22, 0.75)),
    ("蝶湖", (5.6, -3.6), (0.36, 0.3)),
];

/// Parks, as the lakes.
const PARKS: [(&str, Plan, Plan); 9] = [
    ("人民公园", (-0.55, 0.75), (0.3, 0.26)),
    ("紫荆山公园", (0.85, 0.75), (0.24, 0.2)),
    ("碧沙岗公园", (-2.7, 0.45), (0.32, 0.24)),
    ("郑州植物园", (-5.2, -2.6), (0.5, 0.42)),
    ("郑州森林公园", (6.4, 3.1), (0.5, 0.38)),
    ("北龙湖湿地公园", (5.3, 4.9), (0.9, 0.22)),
    ("航海广场", (2.7, -2.3), (0.24, 0.2)),
    ("南环公园", (-2.2, -5.2), (0.42, 0.26)),
    ("黄河滩地公园", (-2.6, 5.35), (0.9, 0.24)),
];

/// Landmarks: kind, name, position.
const LANDMARKS: [(&str, &str, Plan); 22] = [
    ("monument", "二七纪念塔", (0.05, 0.05)),
    ("station", "郑州站", (-0.65, -0.5)),
    ("station", "郑州东站", (5.2, 0.4)),
    ("station", "高铁西站", (-6.9, 2.2)),
    ("government", "市人民政府", (-3.1, 1.1)),
    ("government", "市城市管理局", (-2.4, 0.9)),
    ("government", "中原区人民政府", (-3.9, 0.35)),
    ("government", "二七区人民政府", (-1.7, -2.2)),
    ("government", "管城回族区人民政府", (1.35, -0.7)),
    ("government", "金水区人民政府", (1.3, 2.0)),
    ("government", "惠济区人民政府", (-1.2, 4.6)),
    ("culture", "博物院", (0.2, 3.2)),
    ("culture", "会展中心", (4.2, 1.2)),
    ("culture", "图书馆", (-2.0, 1.4)),
    ("school", "郑州大学", (-6.2, 4.2)),
    ("school", "河南农业大学", (0.3, 2.5)),
    ("hospital", "市中心医院", (-3.3, -0.4)),
    ("hospital", "市人民医院", (1.9, -0.9)),
    ("market", "火车站商圈", (-0.35, -0.25)),
    ("market", "德化步行街", (0.2, -0.25)),
    ("sport", "奥体中心", (-6.3, 0.2)),
    ("works", "污水处理厂", (6.6, -0.9)),
];

/// River, canals and lakes: the layer `water`.
pub fn water(lattice: &Lattice) -> Vec<Feature> {
    let river: Vec<Plan> =
        (-40..=40).map(|step| f64::from(step) * 0.22).map(|u| (u, 6.5 + 0.22 * (0.5 * u).sin())).collect();
    let jinshui: Vec<Plan> = (0..=40)
        .map(|step| f64::from(step) * 0.2 - 4.6)
        .map(|u| (u, -2.6 + 0.62 * u + 0.5 * (0.9 * u).sin()))
        .collect();
    let dongfeng: Vec<Plan> = (0..=44)
        .map(|step| f64::from(step) * 0.25 - 5.2)
        .map(|u| (u, 4.6 - 0.028 * (u + 5.2).powi(2) + 0.2 * (1.1 * u).sin()))
        .collect();
    let mut features = vec![
        water_area("river", "黄河", strip(lattice, &river, 0.2)),
        water_area("canal", "金水河", strip(lattice, &jinshui, 0.018)),
        water_area("canal", "东风渠", strip(lattice, &dongfeng, 0.025)),
    ];
    features
        .extend(LAKES.iter().map(|(name, at, size)| water_area("lake", name, round_shape(lattice, name, *at, *size))));
    features
}

fn water_area(kind: &str, name: &str, shape: Shape) -> Feature {
    Feature::new(Geometry::Area(shape), &[("kind", kind), ("name", name), ("note", SYNTHETIC)])
}

/// Parks: the layer `green`.
pub fn green(lattice: &Lattice) -> Vec<Feature> {
    let park = |(name, at, size): &(&str, Plan, Plan)| {
        let shape = round_shape(lattice, name, *at, *size);
        Feature::new(Geometry::Area(shape), &[("kind", "park"), ("name", name), ("note", SYNTHETIC)])
    };
    PARKS.iter().map(park).collect()
}

/// Landmarks: points of the layer `place`.
pub fn landmarks(lattice: &Lattice) -> Vec<Feature> {
    let point = |(kind, name, at): &(&str, &str, Plan)| {
        let properties = [("kind", "landmark"), ("landmark", *kind), ("name", *name), ("note", SYNTHETIC)];
        Feature::new(Geometry::Point(lattice.at(*at)), &properties)
    };
    LANDMARKS.iter().map(point).collect()
}

/// A wavering ellipse.
fn round_shape(lattice: &Lattice, name: &str, (u, v): Plan, (width, height): Plan) -> Shape {
    let mut stream = Stream::new(name);
    let (a, b) = (stream.between(0.0, 6.0), stream.between(0.0, 6.0));
    let points = (0..28).map(|step| {
        let angle = f64::from(step) / 28.0 * std::f64::consts::TAU;
        let reach = 1.0 + 0.10 * (2.0 * angle + a).sin() + 0.07 * (3.0 * angle + b).sin();
        lattice.at((u + width * reach * angle.cos(), v + height * reach * angle.sin()))
    });
    polygon(points.collect())
}

/// A band of constant half width about a line.
fn strip(lattice: &Lattice, line: &[Plan], half_km: f64) -> Shape {
    let mut left = Vec::new();
    let mut right = Vec::new();
    for i in 0..line.len() {
        let (a, b) = (line[i.saturating_sub(1)], line[(i + 1).min(line.len() - 1)]);
        let length = (b.0 - a.0).hypot(b.1 - a.1);
        let (nu, nv) = (-(b.1 - a.1) / length * half_km, (b.0 - a.0) / length * half_km);
        left.push(lattice.at((line[i].0 + nu, line[i].1 + nv)));
        right.push(lattice.at((line[i].0 - nu, line[i].1 - nv)));
    }
    polygon(right.into_iter().chain(left.into_iter().rev()).collect())
}

fn polygon(points: Vec<LonLat>) -> Shape {
    let outer = Ring::new(points).expect("a shore has many points");
    Shape::new(vec![Polygon { outer, holes: vec![] }]).expect("a shore is a polygon")
}
