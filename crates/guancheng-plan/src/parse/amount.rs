//! Amounts in a clause: number, magnitude, unit, and the words that bound it. What only looks like an amount (ordinals,
//! years, document numbers, roads, voltages, slogans) is left.

use super::glyph::{closes, digit, holds, is_blank, nesting};
use super::number::{self, Number};
use super::time;
use super::unit;
use crate::document::{Change, Comparator, Decimal, Quantity};

/// How many characters before a number are asked for its verb, period and bound.
const BACK: usize = 120;

/// Words just before a number that make it a lower bound.
const LEAST: &[&str] = &[
    "不少于",
    "不低于",
    "不小于",
    "不得少于",
    "不得低于",
    "至少",
    "超过",
    "突破",
    "高于",
    "多于",
    "不下于",
    "不下",
    "大于",
    "最少",
    "≥",
    ">",
    "＞",
    "超",
];
/// Words just before a number that make it an upper bound.
const MOST: &[&str] = &[
    "不超过",
    "不高于",
    "不多于",
    "不大于",
    "不得超过",
    "不得高于",
    "低于",
    "少于",
    "小于",
    "最多",
    "至多",
    "≤",
    "<",
    "＜",
    "控制在",
    "压减到",
    "压减至",
];
/// Words just before a number that make it a rough one.
const ABOUT: &[&str] = &["约", "近", "大约", "将近", "约为", "大概"];
/// Words that may stand between a bound and its number.
const GLUE: &[&str] = &["达到", "到", "在", "为", "至", "了", "全年", "每年", "每月", "每季度", "每周", "达"];
/// Words after a unit that bound the number.
const AFTER: &[(&str, Comparator)] = &[
    ("及以上", Comparator::AtLeast),
    ("以上", Comparator::AtLeast),
    ("及以下", Comparator::AtMost),
    ("以下", Comparator::AtMost),
    ("以内", Comparator::AtMost),
    ("之内", Comparator::AtMost),
    ("左右", Comparator::About),
    ("上下", Comparator::About),
];
/// Verbs that make things which can be counted.
const MAKES: &[&str] = &[
    "新建", "改建", "扩建", "建成", "建设", "改造", "完成", "新增", "增设", "打造", "创建", "整治", "购置", "更新",
    "安装", "维修", "治理", "推出", "开通", "拆除", "培育", "建立", "设置", "增加", "举办", "开展", "组织", "修建",
    "配备", "配置", "投放", "更换", "修缮", "提升", "规划", "引进", "招录", "招聘", "培训", "采购", "修复", "设立",
    "评选", "表彰", "维护", "铺设", "敷设", "种植", "栽植", "绿化", "疏浚", "清掏", "清淤", "取缔", "查处", "发展",
    "达到", "选树", "命名", "试点", "出台", "制定", "编制", "修订", "选派", "抽查", "召开", "发布", "实施", "启动",
    "建", "新", "办好", "办理", "解决", "受理", "演练", "检查", "推广", "加装", "迁移", "处置", "回收",
];

/// All amounts of a clause. `base` is the place of its first character in the text of the item.
pub fn read(chars: &[char], base: usize) -> Vec<Quantity> {
    let mut found = Vec::new();
    let (mut at, mut depth, mut straight) = (0, 0usize, false);
    while let Some(&c) = chars.get(at) {
        (depth, straight) = nesting(c, depth, straight);
        let quoted = depth > 0 && !in_plain_brackets(chars, at);
        match if quoted { None } else { candidate(chars, at) } {
            Some((number, upper, quantity)) => {
                found.push(finish(chars, at, base, number, upper, quantity));
                at = found.last().map_or(at + 1, |q: &Quantity| q.span[1] - base).max(at + 1);
            }
            None => at = skip(chars, at),
        }
    }
    found
}

/// Brackets hold notes, in which amounts count; quotes and book titles hold names, in which they do not.
fn in_plain_brackets(chars: &[char], at: usize) -> bool {
    let open = chars
        .get(..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(40)
        .find(|c| matches!(c, '“' | '《' | '‘' | '"' | '（' | '(' | '〔' | '【'));
    matches!(open, Some('（' | '('))
}

/// The place after a number that is no amount, so that its digits are not tried one by one.
fn skip(chars: &[char], at: usize) -> usize {
    let run = chars.iter().skip(at).take_while(|c| digit(**c).is_some()).count();
    at + run.max(1)
}

/// The clause before a number, as far back as its verb can stand; a hostile clause has millions of characters.
fn before_of(chars: &[char], at: usize) -> String {
    chars.get(at.saturating_sub(BACK)..at).unwrap_or_default().iter().collect()
}

/// Number, upper end of a range, and unit with the place after it.
type Candidate = (Number, Option<Decimal>, (String, usize));

fn candidate(chars: &[char], at: usize) -> Option<Candidate> {
    if let Some(found) = percent_in_words(chars, at) {
        return Some(found);
    }
    let first = number::plain(chars, at)?;
    let before_char = at.checked_sub(1).and_then(|place| chars.get(place)).copied();
    if before_char.is_some_and(|c| {
        c.is_ascii_alphabetic() || digit(c).is_some() || matches!(c, '-' | '.' | '．' | '－' | '〔' | '—')
    }) {
        return None;
    }
    let (number, upper) = range(chars, first).unwrap_or((number::scaled(chars, first), None));
    let number = odd(chars, number);
    let gap = chars.iter().skip(number.end).take_while(|c| matches!(c, ' ' | '\u{a0}')).count().min(1);
    let (name, length) = unit::at(chars.get(number.end + gap..)?)?;
    let end = number.end + gap + length;
    let after: String = chars.iter().skip(end).take(8).collect();
    let before: String = chars.get(at.saturating_sub(6)..at)?.iter().collect();
    let refused = unit::is_other(&name, &after)
        || unit::is_other_before(&before, &name)
        || after.starts_with("的基础上")
        || (closes(&before, &["由", "从"])
            && holds(&after, &["提高", "提升", "增加", "降", "上升", "扩大", "增至", "减"]))
        || (matches!(name.as_str(), "公里/小时" | "千米/小时" | "米/秒"))
        || (number.chinese && !chinese_counts(chars, at, number, &name, &after));
    (!refused).then_some((number, upper, (name, end)))
}

/// 百分之九十五.
fn percent_in_words(chars: &[char], at: usize) -> Option<Candidate> {
    let head: String = chars.iter().skip(at).take(3).collect();
    (head == "百分之").then_some(())?;
    let number = match chars.get(at + 3..at + 4)? {
        ['百'] => Number { value: Decimal::whole(100), end: at + 4, chinese: true, magnitude: false },
        _ => number::plain(chars, at + 3)?,
    };
    Some((number, None, ("%".to_owned(), number.end)))
}

/// 3—5个, 10至15座, 3万～5万户: the lower number with the end of the upper, and the upper.
fn range(chars: &[char], first: Number) -> Option<(Number, Option<Decimal>)> {
    let low = number::scaled(chars, first);
    let skipped =
        if chars.get(low.end) == Some(&'%') || chars.get(low.end) == Some(&'％') { low.end + 1 } else { low.end };
    let dashes = chars
        .iter()
        .skip(skipped)
        .take_while(|c| matches!(c, '-' | '—' | '–' | '－' | '~' | '～' | '至' | '到' | '―'))
        .count();
    (1..=2).contains(&dashes).then_some(())?;
    let high = number::scaled(chars, number::plain(chars, skipped + dashes)?);
    // 3—5万户 means 30 000 to 50 000: the magnitude of the upper end is meant for both.
    let mut shared = low.value;
    for mark in (0..high.end).rev().map_while(|place| chars.get(place).copied().and_then(zeros)).take(2) {
        shared = if high.magnitude && !low.magnitude { shared.shifted(mark)? } else { shared };
    }
    Some((Number { value: shared, end: high.end, ..low }, Some(high.value)))
}

fn zeros(mark: char) -> Option<u32> {
    match mark {
        '万' => Some(4),
        '亿' => Some(8),
        '千' => Some(3),
        '百' => Some(2),
        _ => None,
    }
}

/// 100余座, 30多个, 1万余盏: the odd beyond is skipped; the number becomes a lower bound.
fn odd(chars: &[char], number: Number) -> Number {
    if matches!(chars.get(number.end), Some('余' | '多' | '来')) {
        let more = number::scaled(chars, Number { end: number.end + 1, ..number });
        return more;
    }
    number
}

fn chinese_counts(chars: &[char], at: usize, number: Number, name: &str, after: &str) -> bool {
    if matches!(name, "%" | "个百分点" | "百分点" | "元") {
        return true;
    }
    let digits = number.end - at;
    let value = number.value.as_whole().unwrap_or(i64::MAX);
    let before = before_of(chars, at);
    let made = holds(&before, MAKES);
    if digits == 1 && chars.get(at) == Some(&'二') || unit::is_word_in_chinese(name, value <= 10, after) {
        return false;
    }
    // 三场一站: a number word behind the unit makes a name.
    if value < 10 && after.chars().next().is_some_and(|c| super::glyph::cn_digit(c).is_some()) {
        return false;
    }
    match value {
        0 => false,
        1 => {
            made && unit::ONE_OF.contains(&name)
                && !closes(&before, &["每", "同", "另", "任", "统", "唯", "第", "这", "某"])
        }
        _ if value < 10 && !unit::PLAIN_WITH_SMALL.contains(&name.split('/').next().unwrap_or(name)) => {
            // 整改隐患三处: a number that closes the clause is counted, 四处乱倒 is not.
            made || (after.chars().next().is_none_or(super::glyph::is_separator) && before.chars().count() >= 4)
        }
        _ => true,
    }
}

fn finish(
    chars: &[char],
    at: usize,
    base: usize,
    number: Number,
    upper: Option<Decimal>,
    (unit, end): (String, usize),
) -> Quantity {
    let before = before_of(chars, at);
    let after: String = chars.iter().skip(end).take(5).collect();
    let odd = chars.get(at..end).unwrap_or_default().iter().any(|c| matches!(c, '余' | '多'));
    let (lead, ahead) = bound_before(&before, &unit);
    let behind = AFTER.iter().find(|(word, _)| after.trim_start_matches(is_blank).starts_with(word));
    let comparator = match (behind, ahead) {
        (Some((_, comparator)), _) => *comparator,
        (None, Some(comparator)) => comparator,
        (None, None) if odd || upper.is_some() => Comparator::AtLeast,
        (None, None) if holds(&before, &["力争", "基本"]) => Comparator::About,
        (None, None) => Comparator::Exactly,
    };
    let close = end + behind.map_or(0, |(word, _)| word.chars().count());
    let start = at - lead;
    let (unit, per) = match unit.split_once('/') {
        Some((name, per)) if unit::EVENTS.contains(&name) => (name.to_owned(), time::period_of_unit(per)),
        _ => (unit, None),
    };
    let yearly = before.contains("全年") && unit::EVENTS.contains(&unit.as_str());
    let period = per.or_else(|| time::period(&before)).or(yearly.then_some(crate::document::Period::Year));
    Quantity {
        text: chars.get(start..close).unwrap_or_default().iter().collect(),
        span: [base + start, base + close],
        value: number.value,
        value_to: upper,
        change: change(&before, &unit),
        unit,
        comparator,
        deadline: None,
        period,
        implied: false,
    }
}

/// How many characters before the number bound it, and how.
fn bound_before(before: &str, unit: &str) -> (usize, Option<Comparator>) {
    let bare = GLUE.iter().fold(before, |text, glue| text.strip_suffix(glue).unwrap_or(text));
    for text in [before, bare] {
        // 不超过 ends with 超过: upper bounds are tried first, and 不少于 before 少于.
        let words = [(MOST, Comparator::AtMost), (LEAST, Comparator::AtLeast), (ABOUT, Comparator::About)];
        let hit = words.iter().flat_map(|(list, comparator)| list.iter().map(|word| (*word, *comparator)));
        let longest = hit.filter(|(word, _)| text.ends_with(word)).max_by_key(|(word, _)| word.len());
        if let Some((word, comparator)) = longest {
            let glue = before.chars().count() - text.chars().count();
            return (word.chars().count() + glue, Some(comparator));
        }
    }
    // 供气能力达到10亿立方米 is reached with more; a rate of 60% is written bare and taken as it is written.
    let reached = closes(before, &["达到", "达到了", "增至", "增加到", "提高到", "达"])
        && unit != "%"
        && !holds(before, &["力争", "基本"]);
    (0, reached.then_some(Comparator::AtLeast))
}

fn change(before: &str, unit: &str) -> Option<Change> {
    if !matches!(unit, "%" | "个百分点" | "百分点" | "‰") {
        return None;
    }
    let tail: String = before.chars().rev().take(7).collect::<Vec<char>>().into_iter().rev().collect();
    if holds(&tail, &["到", "至"]) {
        return None;
    }
    if holds(&tail, &["下降", "减少", "降低", "压减", "压缩"]) {
        return Some(Change::Down);
    }
    holds(&tail, &["增长", "提高", "提升", "增加", "上升"]).then_some(Change::Up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(clause: &str, expect: &[&str]) {
        let chars: Vec<char> = clause.chars().collect();
        let found = read(&chars, 0);
        let shown: Vec<String> = found.iter().map(show).collect();
        assert_eq!(shown, expect, "{clause}");
    }

    fn show(quantity: &Quantity) -> String {
        let wire = serde_json::to_string(&quantity.comparator).expect("JSON");
        let upper = quantity.value_to.map_or(String::new(), |upper| format!("..{upper}"));
        let period = quantity.period.map_or(String::new(), |period| format!(" per {period:?}"));
        format!("{} {}{upper} {}{period}", wire.trim_matches('"'), quantity.value, quantity.unit)
    }

    #[test]
    fn amounts_of_plans() {
        check("完成一户一表改造5万户", &["= 50000 户"]);
        check("供气能力达到10亿立方米", &[">= 1000000000 立方米"]);
        check("新增污水处理能力55万吨/日", &["= 550000 吨/日"]);
        check("确保机械化清扫率达到60%", &["= 60 %"]);
        check("息诉罢访率达到95％以上", &[">= 95 %"]);
        check("全年组织“市民看城管”活动不少于20次", &[">= 20 次 per Year"]);
        check("每月开展检查２次", &["= 2 次 per Month"]);
        check("力争推出2个以上先进典型", &[">= 2 个"]);
        check("新建公厕二十座", &["= 20 座"]);
        check("敷设管网一百公里", &["= 100 公里"]);
        check("组织演练两次", &["= 2 次"]);
        check("新建垃圾处理厂一座", &["= 1 座"]);
        check("打造3—5个示范点", &[">= 3..5 个"]);
        check("改造3至5万户", &[">= 30000..50000 户"]);
        check("修补路面12.5公里、1,200平方米", &["= 12.5 公里", "= 1200 平方米"]);
        check("投资约3000万元", &["~ 30000000 元"]);
        check("投诉量同比下降5%", &["= 5 %"]);
        check("漏损率控制在10%以内", &["<= 10 %"]);
        check("成本不超过1.5亿元", &["<= 150000000 元"]);
        check("合格率提高3个百分点", &["= 3 个百分点"]);
        check("更换路灯100余盏", &[">= 100 盏"]);
        check("满意率达到百分之九十五以上", &[">= 95 %"]);
        check("培训500人次", &["= 500 人次"]);
        check("新增绿地 20 万㎡", &["= 200000 ㎡"]);
        check("清掏管网至少30km", &[">= 30 km"]);
        check("绿化率由35%提高到38%", &["= 38 %"]);
        check("投入资金3000余万元", &[">= 30000000 元"]);
        check("日均清运1500吨", &["= 1500 吨 per Day"]);
        check("年处理能力4.2万吨/年", &["= 42000 吨/年"]);
        check("新增绿道五百米", &["= 500 米"]);
        check("第二批20个项目开工", &["= 20 个"]);
        check("好评率提升至98％", &["= 98 %"]);
        check("处置率100 %", &["= 100 %"]);
        check("建成三个泵站", &["= 3 个"]);
        check("整改突出隐患三处", &["= 3 处"]);
    }

    #[test]
    fn what_only_looks_like_an_amount() {
        for clause in [
            "围绕三大主体",
            "学习十八届三中全会精神",
            "对二七广场进行维修",
            "取缔四环以内的消纳场",
            "建设110千伏变电站",
            "实行24小时值班",
            "完成一户一表",
            "实现五位一体",
            "按照〔2014〕12号文件",
            "在2013年的基础上",
            "拨打12319热线",
            "整治107国道",
            "落实六项工作制度",
            "执行八项规定",
            "推进二期工程",
            "一期4期工程建设",
            "达到三级标准",
            "第3次会议",
            "落实“十个严格”",
            "每500米设置公厕",
            "三个月内办结",
            "5个工作日内",
            "防止乱倒四处扩散",
            "二次供水改造",
            "每季度组织一次",
            "敷设DN300管道",
            "形成一支队伍",
            "排名进入前10名",
            "一专多能",
            "两网融合",
            "三方评价",
            "地址建设路88号",
            "坚持四个统一",
            "1号线",
            "五台山路整治",
            "路面宽度不小于3.5米",
            "十一期间加强值守",
            "建设三场一站",
            "2015版规划",
            "沿线50米内",
            "实施2015项目",
            "建设三个一批",
            "直径2米的管道",
            "一年内完成",
        ] {
            check(clause, &[]);
        }
    }
}
