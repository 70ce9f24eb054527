//! What goes wrong in a city, how often, and in which weather, read from the titles of the category list.

use guancheng_app::City;
use guancheng_base::{Day, Name};
use guancheng_case::{Cell, CodeList, FieldKind, Procedure};

use crate::{Behaviour, Dice, pictures::Scene, weather::Weather};

/// What makes something happen more often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likes {
    Any,
    /// People outside.
    Fair,
    Rain,
    Snow,
    Gale,
    Cold,
}

/// Words of titles in either language; the first line that has one of them counts. English words stand for their
/// beginnings.
const WORDS: &[(&str, f64, Likes, Scene)] = &[
    ("雪 结冰 积冰 snow ice plow icy", 1.2, Likes::Snow, Scene::Snow),
    ("积水 雨水 排水 箅 污水 flood drain catch sewer", 1.0, Likes::Rain, Scene::Water),
    ("热力 供暖 heat", 0.4, Likes::Cold, Scene::Water),
    (
        "垃圾 废弃物 保洁 粪便 不洁 trash litter dump garbage recycl sanitation bin rubbish",
        4.0,
        Likes::Any,
        Scene::Waste,
    ),
    ("游商 占道 店外 摊 夜市 vend", 4.5, Likes::Fair, Scene::Stall),
    ("广告 招贴 涂写 刻画 横幅 graffiti poster sign banner", 2.5, Likes::Any, Scene::Poster),
    ("停放 停车 机动车 parking vehicle tow car bicycle", 2.5, Likes::Fair, Scene::Car),
    ("井盖 坑 沉陷 塌 路面 pothole manhole pavement roadway sidewalk street-repair", 2.0, Likes::Rain, Scene::Hole),
    ("行道树 绿地 绿化 树 花坛 tree park plant", 1.5, Likes::Gale, Scene::Tree),
    ("路灯 照明 灯 light lamp signal", 1.5, Likes::Any, Scene::Lamp),
    ("施工 工地 扬尘 渣土 construction dust", 1.5, Likes::Fair, Scene::Hole),
    ("漏水 供水 water hydrant", 0.8, Likes::Cold, Scene::Water),
];

/// One thing that can go wrong.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    pub(crate) code: Name,
    /// The title with the class it is under.
    pub(crate) title: String,
    /// The closing condition, where the list has one.
    pub(crate) closing: Option<String>,
    pub(crate) scene: Scene,
    weight: f64,
    likes: Likes,
}

/// Everything that can be reported.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    pub(crate) kinds: Vec<Kind>,
}

impl Catalogue {
    /// The rows in use on `day` of the list that the procedure's `category` names.
    pub(crate) fn of(city: &City, procedure: &Procedure, behaviour: &Behaviour, dice: Dice, day: Day) -> Self {
        let list = procedure.field("category").and_then(|field| match &field.kind {
            FieldKind::Code { list } => city.pack.code_lists.get(list),
            _ => None,
        });
        let Some(list) = list else { return Catalogue::default() };
        let rows = list.rows().filter(|row| list.is_leaf(&row.code) && row.valid_on(day));
        let kinds = rows.zip(0..).map(|(row, n)| kind(list, &row.code, behaviour, dice.at("liked").nth(n)));
        Catalogue { kinds: kinds.collect() }
    }

    /// Something that goes wrong in this weather; `fair` is whether it is a working day.
    pub(crate) fn draw(&self, weather: Weather, work_day: bool, dice: Dice) -> Option<&Kind> {
        let weights: Vec<f64> =
            self.kinds.iter().map(|kind| kind.weight * mood(kind.likes, weather, work_day)).collect();
        self.kinds.get(dice.at("kind").weighted(&weights)?)
    }

    /// The kind of that code.
    pub(crate) fn get(&self, code: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.code == *code)
    }
}

fn kind(list: &CodeList, code: &Name, behaviour: &Behaviour, dice: Dice) -> Kind {
    let chain: Vec<&str> = list.chain(code).map(|row| row.title.as_str()).collect();
    let title = chain.first().copied().unwrap_or_default().to_owned();
    let found = chain.iter().find_map(|title| WORDS.iter().find(|(words, ..)| has(title, words)));
    let (frequency, likes, scene) =
        found.map_or((0.7, Likes::Any, Scene::Waste), |(_, f, likes, scene)| (*f, *likes, *scene));
    let declared = list.chain(code).find_map(|row| behaviour.weights.get(&row.code)).copied().unwrap_or(1.0);
    let closing = match list.cell(code, "closing") {
        Some(Cell::Text(text)) => Some(text.clone()),
        _ => None,
    };
    // Some things of a class are reported all day, others once a month.
    let rare = dice.at("rare").factor() * dice.at("rarer").factor();
    Kind { code: code.clone(), title, closing, scene, weight: frequency * declared * rare, likes }
}

fn has(title: &str, words: &str) -> bool {
    let low = title.to_lowercase();
    let begins =
        |word: &str| low.split(|c: char| !c.is_ascii_alphabetic()).any(|own| !word.is_empty() && own.starts_with(word));
    words.split(' ').any(|word| if word.is_ascii() { begins(word) } else { low.contains(word) })
}

fn mood(likes: Likes, weather: Weather, work_day: bool) -> f64 {
    let dry = weather.rain_mm + weather.snow_cm == 0;
    let rain = f64::from(weather.rain_mm.min(60));
    match likes {
        Likes::Any => 1.0,
        Likes::Fair => (if dry { 1.2 } else { 0.4 }) * if work_day { 1.0 } else { 0.8 },
        Likes::Rain => 0.5 + rain / 8.0,
        Likes::Snow => f64::from(weather.snow_cm.min(20)),
        Likes::Gale => {
            if weather.gale || weather.storm() {
                6.0
            } else {
                0.8
            }
        }
        Likes::Cold => {
            if weather.noon_c < 5 {
                2.0
            } else {
                0.7
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_as_each_language_has_them() {
        let scene = |title: &str| WORDS.iter().find(|(words, ..)| has(title, words)).map(|(.., scene)| *scene);
        assert_eq!(scene("路面积水：影响通行"), Some(Scene::Water));
        assert_eq!(scene("Request for Pothole Repair"), Some(Scene::Hole));
        assert_eq!(scene("Request for Snow Plowing"), Some(Scene::Snow));
        // "service" ends in a word for snow, and means none.
        assert_eq!(scene("General service"), None);
    }

    #[test]
    fn it_only_snows_over_when_there_is_snow() {
        let dry = Weather { noon_c: 20, rain_mm: 0, snow_cm: 0, gale: false };
        assert_eq!(mood(Likes::Snow, dry, true), 0.0);
        assert!(mood(Likes::Rain, Weather { rain_mm: 40, ..dry }, true) > 4.0 * mood(Likes::Rain, dry, true));
    }
}
