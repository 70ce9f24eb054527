//! The class of a commitment, by rules with a name each. The first that fits decides: rate, amount, cadence, list, paper,
//! body, work, duty. The leading verb and the closing noun speak; what stands in quotes does not.

mod words;

use words::{
    BODIES, CAMPAIGNS, COLOURS, DUTY_VERBS, MILESTONES, PAPER_VERBS, PAPERS, REPEATED, WORK_NOUNS, WORK_VERBS,
};

use super::glyph::{closes, holds, length, prefix_of};
use super::segment::verb_phrase;
use crate::document::{Cadences, Class, Comparator, Decimal, Quantity};

/// Numbers that are meant without being written: 全部 is 100 %, 杜绝 is none.
pub fn implied(text: &str, base: usize, written: &[Quantity]) -> Vec<Quantity> {
    let found = |word: &str, value: i64, unit: &str, comparator: Comparator| {
        let at = length(text.split_once(word).map_or("", |(before, _)| before));
        vec![Quantity {
            text: word.to_owned(),
            span: [base + at, base + at + length(word)],
            value: Decimal::whole(value),
            value_to: None,
            unit: unit.to_owned(),
            comparator,
            deadline: None,
            period: None,
            change: None,
            implied: true,
        }]
    };
    if let Some(word) = none_word(text) {
        return found(word, 0, "起", Comparator::Exactly);
    }
    match all_word(text) {
        Some(word) if written.is_empty() => {
            let nearly = holds(text, &["基本", "力争"]);
            found(word, 100, "%", if nearly { Comparator::About } else { Comparator::Exactly })
        }
        _ => Vec::new(),
    }
}

fn none_word(text: &str) -> Option<&'static str> {
    let words = ["坚决杜绝", "杜绝", "零事故", "零伤亡", "零发生", "零容忍发生"];
    words.into_iter().find(|word| text.contains(word))
}

fn all_word(text: &str) -> Option<&'static str> {
    let phrase = verb_phrase(text, &["基本", "力争", "确保", "全面", "逐步", "年底前", "年内", "努力"]);
    if holds(text, &["全覆盖工程", "全覆盖项目", "全覆盖、"]) {
        return None;
    }
    if let Some((before, _)) = text.split_once("全部") {
        let mechanism = before.ends_with('的') || before.ends_with("将");
        return (!mechanism).then_some("全部");
    }
    if text.contains("百分之百") {
        return Some("百分之百");
    }
    let reached = prefix_of(phrase, &["实现", "达到", "做到"]).is_some() || holds(text, &["实现", "达到"]);
    ["全覆盖", "全市域", "全域覆盖", "应收尽收", "应改尽改", "应拆尽拆"]
        .into_iter()
        .find(|word| reached && text.contains(word))
}

/// The class and the rule that gave it.
pub fn class(text: &str, quantities: &[Quantity], cadence: Option<&Cadences>) -> (Class, &'static str) {
    let plain = bare(text);
    rate(&plain, quantities)
        .or_else(|| count(text, &plain, quantities))
        .or_else(|| periodic(&plain, quantities, cadence))
        .or_else(|| register(&plain))
        .or_else(|| duty_by_verb(&plain))
        .or_else(|| paper(text, &plain))
        .or_else(|| body(&plain))
        .or_else(|| work(&plain))
        .unwrap_or((Class::Duty, "duty-otherwise"))
}

/// The clause without numeral and without what stands in quotes; a book title stays as its marks.
fn bare(text: &str) -> String {
    let skip = super::numeral::read(text).map_or(0, |numeral| numeral.length);
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars().skip(skip) {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let out = unlabelled(&out);
    if length(out) < 2 { text.to_owned() } else { out.to_owned() }
}

/// 工作目标：新建…: the words before the colon only say which part of an item this is.
pub fn unlabelled(clause: &str) -> &str {
    let Some((label, rest)) = clause.split_once(['：', ':']) else { return clause };
    let part =
        closes(label, &["目标", "任务", "措施", "内容", "要求", "标准", "举措", "重点", "成效"]) && length(label) <= 6;
    if part && !rest.is_empty() { rest } else { clause }
}

type Found = Option<(Class, &'static str)>;

fn rate(plain: &str, quantities: &[Quantity]) -> Found {
    if quantities
        .iter()
        .any(|quantity| !quantity.implied && matches!(quantity.unit.as_str(), "%" | "个百分点" | "百分点" | "‰"))
    {
        return Some((Class::TargetRate, "rate-written"));
    }
    if quantities.iter().any(|quantity| quantity.implied && quantity.value == Decimal::whole(0)) {
        return Some((Class::TargetRate, "none-allowed"));
    }
    if quantities.iter().any(|quantity| quantity.implied) {
        return Some((Class::TargetRate, "all-of-them"));
    }
    let ranked =
        holds(plain, &["排名", "位次", "名次"]) && holds(plain, &["提升", "提高", "前列", "进入", "前移", "争先"]);
    let better = holds(plain, &["率", "满意度"])
        && holds(plain, &["达到", "提升到", "提高到"])
        && !holds(plain, &["效率", "机制", "率先"]);
    if ranked {
        return Some((Class::TargetRate, "rank-to-improve"));
    }
    better.then_some((Class::TargetRate, "rate-to-improve"))
}

fn count(text: &str, plain: &str, quantities: &[Quantity]) -> Found {
    let written = quantities.iter().filter(|quantity| !quantity.implied);
    let delivered = written.filter(|quantity| quantity.period.is_none() && !quantity.unit.ends_with('元')).count();
    if delivered == 0 {
        return None;
    }
    // All works named, their number only sums them up, and they are to reach an end: works, not a number.
    let summed = holds(text, &["个项目", "项工程", "个工程"]) && text.contains('、') && !text.contains('等');
    if summed && closes(plain, MILESTONES) {
        return Some((Class::Project, "named-works-to-milestone"));
    }
    Some((Class::Count, "amount-to-deliver"))
}

fn periodic(plain: &str, quantities: &[Quantity], cadence: Option<&Cadences>) -> Found {
    if quantities.iter().any(|quantity| quantity.period.is_some()) {
        return Some((Class::Periodic, "amount-per-period"));
    }
    if cadence.is_some() {
        return Some((Class::Periodic, "cadence-stated"));
    }
    let by_the_way = prefix_of(plain, &["通过", "以", "采取", "采用"]).is_some()
        && holds(plain, &["等形式", "等方式", "的方式", "的形式"]);
    if !by_the_way
        && holds(plain, &["定期", "定时", "经常性开展", "经常性", "不定期", "定期不定期"])
        && !holds(plain, &["制度", "机制", "办法"])
    {
        return Some((Class::Periodic, "cadence-word"));
    }
    let repeated = REPEATED.iter().any(|word| plain.ends_with(word))
        || holds(plain, &["培训和", "培训、", "演练活动", "培训活动", "丰富多彩的文化活动", "培训工作"]);
    (repeated && !closes(plain, &["制度", "机制", "办法"])).then_some((Class::Periodic, "repeated-by-nature"))
}

fn register(plain: &str) -> Found {
    let phrase = verb_phrase(plain, COLOURS);
    let obeyed = prefix_of(phrase, &["落实", "贯彻", "规范"]).is_some();
    let lists = [
        "黑名单",
        "工作台帐",
        "工作台账",
        "台账",
        "台帐",
        "名录",
        "备案制度",
        "注册",
        "登记",
        "档案",
        "数据库",
        "信息库",
        "后备干部",
        "审批事项",
        "人才库",
        "底数",
        "名单",
        "权力清单",
        "责任清单",
        "项目库",
    ];
    let kept = holds(plain, &lists) && !holds(plain, &["台帐式", "台账式", "登记制度改革", "档案馆"]);
    (kept && !obeyed).then_some((Class::Register, "list-to-keep"))
}

fn duty_by_verb(plain: &str) -> Found {
    let phrase = verb_phrase(plain, COLOURS);
    let reform = closes(plain, &["改革", "专项整治", "专项治理", "治理行动", "规范化建设", "黑名单"]);
    let made = plain.contains("制定并") || plain.contains("制订并") || plain.contains("完成并");
    let system = prefix_of(phrase, &["规范"]).is_some() && closes(plain, &["机制", "体制"]);
    (prefix_of(phrase, DUTY_VERBS).is_some() && !reform && !made && !system).then_some((Class::Duty, "duty-verb"))
}

fn paper(text: &str, plain: &str) -> Found {
    let phrase = verb_phrase(plain, COLOURS);
    let ended = plain.trim_end_matches("工作").trim_end_matches("编制").trim_end_matches("体系");
    let noun = closes(plain, PAPERS) || closes(ended, PAPERS) || holds(plain, &["责任书", "承诺书", "倡议书", "手册"]);
    let verb = prefix_of(phrase, PAPER_VERBS).is_some()
        || holds(plain, &["制定", "制订", "编制", "修订", "出台", "签订", "编印", "设定"]);
    let given = prefix_of(plain, &["对", "为", "针对", "与", "由", "在", "会同", "联合", "按"]).is_some()
        && holds(plain, &["建立", "健全", "完善"]);
    let verb = verb || given;
    if text.contains('《') && verb && !holds(plain, &["贯彻", "培训", "宣传"]) {
        return Some((Class::Document, "paper-with-title"));
    }
    (noun && verb).then_some((Class::Document, "paper-to-exist"))
}

fn body(plain: &str) -> Found {
    if closes(plain, &["改革"]) {
        return Some((Class::Mechanism, "reform"));
    }
    let noun =
        closes(plain, BODIES) || holds(plain, &["专项资金", "领导小组", "联合执法机制", "体制和", "机制和", "机制与"]);
    let phrase = verb_phrase(plain, COLOURS);
    let relation = phrase.starts_with("理顺");
    if relation {
        return Some((Class::Mechanism, "order-of-things"));
    }
    (noun && prefix_of(phrase, &["推广", "学习"]).is_none()).then_some((Class::Mechanism, "body-or-mechanism"))
}

fn work(plain: &str) -> Found {
    let phrase = verb_phrase(plain, COLOURS);
    if closes(plain, MILESTONES) || holds(plain, &["建成投", "建成通", "竣工", "开工建设"]) {
        return Some((Class::Project, "work-to-milestone"));
    }
    let strengthened = prefix_of(phrase, &["加强", "强化", "抓好", "狠抓", "重视", "推行", "提高"]).is_some();
    if (closes(plain, CAMPAIGNS) || holds(plain, &["专项治理", "专项整治", "联合执法行动", "试点"])) && !strengthened
    {
        return Some((Class::Project, "campaign"));
    }
    let treated = plain.contains("进行")
        && closes(
            plain,
            &[
                "改造",
                "维修",
                "加固",
                "检测",
                "检测和维修",
                "整治",
                "更新",
                "更新改造",
                "大修",
                "大修改造",
                "改造提升",
                "升级",
                "修缮",
                "扩容",
                "提升",
                "提升改造",
                "建设",
            ],
        )
        && !plain.contains("有偿");
    if treated {
        return Some((Class::Project, "work-done-to"));
    }
    if prefix_of(phrase, &["做好"]).is_some() {
        return holds(plain, &["前期", "移交", "选址", "工程", "项目"]).then_some((Class::Project, "work-named"));
    }
    let verb = prefix_of(phrase, WORK_VERBS).is_some()
        || holds(plain, &["建设", "实施", "改造"]) && plain.starts_with(['与', '对', '在', '按', '由']);
    let hastened = prefix_of(plain, &["加快", "推进"]).is_some();
    let noun = WORK_NOUNS.iter().any(|noun| plain.ends_with(noun)) || holds(plain, &["工程", "项目"]);
    let vague = prefix_of(phrase, &["深化", "完善", "健全", "建立", "做好", "推动"]).is_some()
        && !holds(plain, &["工程", "项目", "系统", "设施", "示范点", "雕塑", "平台", "管网"]);
    ((verb || hastened) && noun && !strengthened && !vague).then_some((Class::Project, "work-named"))
}

/// Whether a clause begins with a verb of plans.
pub fn has_verb(plain: &str) -> bool {
    let phrase = verb_phrase(plain, COLOURS);
    [WORK_VERBS, PAPER_VERBS, DUTY_VERBS].iter().any(|verbs| prefix_of(phrase, verbs).is_some())
}

/// Whether a promise is a work, an amount or a paper, behind which an improvement is its by-product.
pub fn is_work(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let quantities = super::amount::read(&chars, 0);
    matches!(class(text, &quantities, None).0, Class::Project | Class::Count | Class::Document)
}

/// Whether a clause that completes or improves is about something that lasts by itself.
pub fn is_lasting(phrase: &str) -> bool {
    paper(phrase, phrase).is_some()
        || body(phrase).is_some()
        || register(phrase).is_some()
        || holds(phrase, &["系统", "设施", "工程", "队伍", "接待", "会议", "文件"])
}
