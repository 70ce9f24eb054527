//! Units of amounts, and the words after a number that make it something else than an amount.

use super::glyph::{closes, holds};

/// Measures and counting words, of either script. The longest that fits is taken.
const UNITS: &[&str] = &[
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "标准立方米",
    "标立方米",
    "标方",
    "车道公里",
    "延长米",
    "公里",
    "千米",
    "延米",
    "公顷",
    "英亩",
    "平米",
    "平方",
    "立方",
    "㎡",
    "m²",
    "m2",
    "M²",
    "m³",
    "m3",
    "M³",
    "㎥",
    "km²",
    "km",
    "KM",
    "Km",
    "㎞",
    "米",
    "亩",
    "吨",
    "公斤",
    "千克",
    "升",
    "兆瓦",
    "千瓦",
    "个百分点",
    "百分点",
    "%",
    "％",
    "‰",
    "元",
    "美元",
    "人次",
    "人份",
    "户次",
    "车次",
    "辆次",
    "班次",
    "场次",
    "批次",
    "频次",
    "件次",
    "台次",
    "家次",
    "处次",
    "趟次",
    "点位",
    "点次",
    "学时",
    "课时",
    "个",
    "座",
    "条",
    "处",
    "盏",
    "项",
    "户",
    "台",
    "辆",
    "套",
    "基",
    "人",
    "名",
    "场",
    "次",
    "期",
    "件",
    "家",
    "所",
    "间",
    "栋",
    "幢",
    "块",
    "株",
    "棵",
    "根",
    "支",
    "部",
    "艘",
    "批",
    "份",
    "篇",
    "组",
    "对",
    "眼",
    "口",
    "孔",
    "只",
    "顶",
    "面",
    "幅",
    "宗",
    "起",
    "例",
    "位",
    "本",
    "册",
    "张",
    "杆",
    "床",
    "首",
    "丛",
    "盆",
    "桶",
    "箱",
    "樘",
    "泊位",
    "车位",
    "标段",
    "方",
    "颗",
    "例次",
    "趟",
];

/// Units that need Arabic digits: with Chinese numerals they are mostly words (三方, 四面, 两班, 三本账).
const ARABIC_ONLY: &[&str] = &["方", "平方", "立方", "面", "本", "对", "位", "首", "部", "起", "升"];

/// Units that a Chinese numeral below ten may stand before anywhere. With the others it may be a word or a name (五台山,
/// 三场一站, 三个统一), and counts only where something is built, bought or done.
pub const PLAIN_WITH_SMALL: &[&str] =
    &["座", "公里", "平方公里", "平方米", "次", "盏", "辆", "栋", "幢", "艘", "株", "吨", "立方米", "公顷", "亩"];

/// What makes 一 an amount: 新建垃圾处理厂一座.
pub const ONE_OF: &[&str] = &["座", "处", "条", "所", "台", "辆", "栋", "幢", "公里"];

/// Counting words of happenings, which are per year where the clause says 全年.
pub const EVENTS: &[&str] = &["次", "场", "场次", "期", "批次", "轮", "篇", "频次", "班次"];

/// Words after number and unit with which it is no amount: 5个月, 24个小时, 二期工程, 三条红线.
const NOT_AMOUNTS: &[(&str, &[&str])] = &[
    (
        "个",
        &[
            "月",
            "小时",
            "工作日",
            "季度",
            "星期",
            "周",
            "年",
            "自然日",
            "日",
            "方面",
            "环节",
            "阶段",
            "层面",
            "维度",
            "统一",
            "转变",
            "确保",
            "到位",
            "坚持",
            "严格",
            "不准",
            "深入",
            "强化",
            "结合",
            "责任",
            "维护",
            "自信",
            "意识",
            "文明",
            "代表",
            "务必",
            "一",
            "不让",
            "率先",
            "为主",
            "重点",
            "全面",
            "100",
            "百分",
        ],
    ),
    ("期", &["间", "工程", "项目", "扩建", "建设", "改造", "扩容", "及", "、", "和", "污水"]),
    ("条", &["红线", "底线", "主线", "战线", "腿", "龙", "心", "例"]),
    ("项", &["目", "规定", "原则", "要求", "纪律", "职责", "注意"]),
    ("位", &["一体", "数", "于"]),
    ("次", &["元", "供水", "性", "污染", "产业", "会议", "全会", "全体", "党代会", "干道", "干路", "生"]),
    ("面", &["红旗", "性"]),
    ("人", &["次", "民", "大"]),
    ("方", &["面", "式", "案", "责任", "评价", "评估", "机构"]),
    ("处", &["理", "置", "罚", "室", "级"]),
    ("门", &["店", "头"]),
    ("口", &["径"]),
    ("名", &["单", "城"]),
    ("部", &["门", "分", "委"]),
    ("台", &["帐", "账", "山", "县", "风"]),
    ("家", &["属"]),
    ("户", &["外"]),
    ("件", &["套"]),
    ("版", &["本"]),
    ("班", &["组", "子", "次"]),
    ("段", &["时"]),
    ("片", &["区"]),
    ("对", &["一"]),
    ("级", &[""]),
    ("升", &["级"]),
    ("组", &["织"]),
    ("块", &["链"]),
    ("起", &["来"]),
    ("基", &["础", "本", "层"]),
    ("间", &["距"]),
    ("根", &["据"]),
    ("米", &["宽", "高", "深", "厚", "以上的", "以上道路", "以下道路", "以上主", "范围", "内", "以内", "之内", "长"]),
    ("元", &["化"]),
];

/// With Chinese numerals below ten these nouns after 项 and 个 are not counted things but names (六项工作制度, 八项规定).
const NAMES: &[&str] = &[
    "制度",
    "机制",
    "措施",
    "工作",
    "任务",
    "改革",
    "行动",
    "清单",
    "体系",
    "平台建设",
    "内容",
    "指标",
    "能力",
    "建设",
    "活动",
    "整治",
    "治理",
    "准则",
    "严禁",
    "禁令",
];

/// Words behind the slash of a compound unit (吨/日).
const PER: &[&str] = &[
    "日",
    "天",
    "年",
    "小时",
    "月",
    "户",
    "人",
    "周",
    "季度",
    "季",
    "次",
    "d",
    "h",
    "km",
    "平方米",
    "公里",
    "㎡",
    "秒",
];

/// The unit at the start of `chars`: its words as written, and how many characters.
pub fn at(chars: &[char]) -> Option<(String, usize)> {
    let head: String = chars.iter().take(8).collect();
    let unit = UNITS.iter().filter(|unit| head.starts_with(**unit)).max_by_key(|unit| unit.chars().count())?;
    let length = unit.chars().count();
    let mut name = if matches!(*unit, "％") { "%".to_owned() } else { (*unit).to_owned() };
    let mut end = length;
    if matches!(chars.get(length), Some('/' | '／')) {
        let tail: String = chars.iter().skip(length + 1).take(4).collect();
        if let Some(per) = PER.iter().filter(|per| tail.starts_with(**per)).max_by_key(|per| per.len()) {
            name = format!("{name}/{per}");
            end += 1 + per.chars().count();
        }
    }
    Some((name, end))
}

/// Whether the words after `unit` make the number something else than an amount.
pub fn is_other(unit: &str, after: &str) -> bool {
    let row = NOT_AMOUNTS.iter().find(|(known, _)| *known == unit);
    row.is_some_and(|(_, words)| words.iter().any(|word| after.starts_with(word)))
}

/// Whether a Chinese numeral before this unit is a word of its own.
pub fn is_word_in_chinese(unit: &str, small: bool, after: &str) -> bool {
    let named =
        small && matches!(unit, "项" | "个" | "条") && NAMES.iter().any(|name| after_noun(after).contains(name));
    (small && (unit == "米" || ARABIC_ONLY.contains(&unit))) || named
}

/// The few characters in which the counted noun would stand.
fn after_noun(after: &str) -> String {
    after.chars().take(6).take_while(|c| !super::glyph::is_separator(*c)).collect()
}

/// Whether the words before a number make it no amount: ordinals, ranks, denominators, sizes.
pub fn is_other_before(before: &str, unit: &str) -> bool {
    let sizes = ["直径", "管径", "口径", "宽", "高", "深", "厚", "半径", "间距", "限高", "净空"];
    let sized =
        matches!(unit, "米" | "公里" | "千米") && holds(before, &sizes) && !holds(before, &["高速", "提高", "高架"]);
    let denominator = closes(before, &["每", "每隔", "每满"]) && !matches!(unit, "次");
    sized
        || denominator
        || closes(
            before,
            &[
                "第", "前", "上", "首", "同", "另", "任", "统", "唯", "这", "某", "近几", "No.", "NO.", "DN", "Φ", "φ",
                "+", "×", "x", "X",
            ],
        )
}
