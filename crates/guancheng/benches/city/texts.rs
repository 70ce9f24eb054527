//! What people write: places, categories and sentences, drawn from the pack and from a few synthetic words.

use std::collections::BTreeMap;

use guancheng_app::City;
use guancheng_base::{Instant, LonLat, Name};
use guancheng_case::{FieldKind, Procedure, Value};

use crate::measure::Dice;

const ROADS: &[&str] = &[
    "人民路",
    "建设路",
    "解放路",
    "和平路",
    "新华街",
    "光明路",
    "幸福路",
    "青年路",
    "学府街",
    "工人路",
    "园田路",
    "长春路",
    "桃源路",
    "丰乐街",
    "兴隆街",
    "永安路",
    "金桥路",
    "银杏路",
    "槐荫街",
    "柳林路",
];
const SPOTS: &[&str] = &[
    "东侧人行道",
    "西侧非机动车道",
    "公交站旁",
    "小学门口",
    "菜市场北门",
    "立交桥下",
    "地铁口",
    "家属院门前",
    "绿化带内",
    "十字路口",
];
const STORIES: &[&str] = &[
    "已经三天没有人处理，请尽快派人来看。",
    "夜间经过时看不清，有老人差点摔倒。",
    "下雨以后更加严重，积水没过脚面。",
    "影响行人通行，孩子上学要绕到机动车道。",
    "反映过一次，处理后又出现了。",
    "气味很大，周围住户都有意见。",
    "早高峰时段尤其明显，建议错峰处置。",
    "现场有围挡但没有警示标志。",
];

/// A category that may be reported.
pub struct Category {
    /// Its code.
    pub code: Name,
    /// What it is called.
    pub title: String,
}

/// Everything that can be drawn.
pub struct Words {
    categories: Vec<Category>,
    streets: Vec<String>,
    sources: Vec<Name>,
    places: Vec<LonLat>,
}

/// Positions drawn once; a case lies at one of them, some metres off.
const PLACES: usize = 40_000;

/// Half a degree's thousandth: the most that a case lies off a drawn position, about 20 m.
const OFF_DEGREES: f64 = 0.0002;

impl Words {
    /// Draws from the pack of a city.
    pub fn of(city: &City, now: Instant) -> Result<Self, String> {
        let pack = &city.pack;
        let day = city.day(now);
        let procedure = city.procedure(&pack.report_kind, now).map_err(|error| error.to_string())?;
        let list = match procedure.field("category").map(|field| &field.kind) {
            Some(FieldKind::Code { list }) => pack.code_lists.get(list),
            _ => None,
        };
        let list = list.ok_or("the reports' procedure has no category")?;
        let rows = list.rows().filter(|row| list.is_leaf(&row.code) && row.valid_on(day) && !row.cells.is_empty());
        let categories: Vec<Category> =
            rows.map(|row| Category { code: row.code.clone(), title: row.title.clone() }).collect();
        let streets = pack.places.areas().iter().map(|area| area.name.clone()).collect();
        let sources = pack.sources.iter().map(|source| source.code.clone()).collect();
        let mut dice = Dice::new(3);
        let [west, south, east, north] = pack.city.bbox;
        let draw = |dice: &mut Dice| LonLat {
            lon: west + (east - west) * dice.share(),
            lat: south + (north - south) * dice.share(),
        };
        let places =
            (0..PLACES * 2).map(|_| draw(&mut dice)).filter(|at| city.cell_of(*at).is_some()).take(PLACES).collect();
        Ok(Words { categories, streets, sources, places })
    }

    /// A category; the first ones come up most often, as in life.
    pub fn category(&self, dice: &mut Dice) -> &Category {
        let at = (dice.share() * dice.share() * self.categories.len() as f64) as usize;
        &self.categories[at.min(self.categories.len() - 1)]
    }

    /// A position within the city.
    pub fn place(&self, city: &City, dice: &mut Dice) -> LonLat {
        let at = dice.pick(&self.places).copied().unwrap_or(city.pack.city.center);
        let off = LonLat {
            lon: at.lon + OFF_DEGREES * (dice.share() - 0.5),
            lat: at.lat + OFF_DEGREES * (dice.share() - 0.5),
        };
        if city.cell_of(off).is_some() { off } else { at }
    }

    /// An address.
    pub fn address(&self, dice: &mut Dice) -> String {
        let street = dice.pick(&self.streets).map_or("", String::as_str);
        let (road, spot) =
            (dice.pick(ROADS).copied().unwrap_or_default(), dice.pick(SPOTS).copied().unwrap_or_default());
        format!("{street}{road}{}号{spot}", 1 + dice.below(300))
    }

    /// What somebody says of it.
    pub fn description(&self, category: &Category, dice: &mut Dice) -> String {
        let (spot, story) =
            (dice.pick(SPOTS).copied().unwrap_or_default(), dice.pick(STORIES).copied().unwrap_or_default());
        format!("{spot}{}。{story}", category.title)
    }

    /// How it came in.
    pub fn source(&self, dice: &mut Dice) -> Name {
        dice.pick(&self.sources).cloned().unwrap_or_else(|| "public".into())
    }

    /// The first code of the list behind a field.
    pub fn reason(&self, procedure: &Procedure, field: &str) -> BTreeMap<Name, Value> {
        let list = match procedure.field(field).map(|field| &field.kind) {
            Some(FieldKind::Code { list }) => procedure.code_lists.get(list),
            _ => None,
        };
        let code = list.and_then(|list| list.rows().find(|row| list.is_leaf(&row.code))).map(|row| row.code.clone());
        code.map(|code| (Name::from(field), Value::Code(code))).into_iter().collect()
    }
}

/// A word to search a million cases for.
pub fn search(dice: &mut Dice) -> String {
    let words = [
        "井盖",
        "路灯",
        "积水",
        "破损",
        "垃圾",
        "暴露垃圾",
        "人行道 破损",
        "学府街",
        "银杏路 12号",
        "地铁口",
        "没有警示标志",
        "差点摔倒",
        "菜市场",
        "绿化带 井盖",
    ];
    dice.pick(&words).copied().unwrap_or_default().to_owned()
}
