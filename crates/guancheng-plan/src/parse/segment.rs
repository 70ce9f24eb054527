//! Commitments and context: which clauses promise something, and which only say why and how. Together they tile the
//! body; what lies between is separators.

use super::amount;
use super::classify;
use super::clause::{self, Span};
use super::gap;
use super::glyph::{closes, holds, length, prefix_of};
use super::time;
use crate::document::{Commitment, Context, Item, Quantity};

/// How much of the promise before is looked at; a hostile one has millions of characters.
const SEEN: usize = 120;

/// The part of a clause in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It promises.
    Promise,
    /// It says why, how or by which principle; the rule that says so.
    Context(&'static str),
    /// It is not complete without the next clause.
    Leads,
    /// It completes the clause before.
    Trails,
}

/// A stretch of one or more clauses.
struct Unit {
    span: Span,
    role: Role,
}

/// Divides the body of an item, from `start` on, into commitments and context.
pub fn divide(item: &mut Item, start: usize, year: Option<i32>) {
    let chars: Vec<char> = item.text.chars().collect();
    let mut commitments = Vec::new();
    for sentence in clause::sentences(&chars, start) {
        let units = units(&chars, &sentence);
        let mut day: Option<String> = None;
        for (at, unit) in units.into_iter().enumerate() {
            let text: String = chars.get(unit.span[0]..unit.span[1]).unwrap_or_default().iter().collect();
            let found = year.and_then(|year| time::deadline(chars.get(unit.span[0]..unit.span[1])?, year));
            // A day that opens the sentence holds for all of it; one inside a clause only for that clause.
            let opens = found.as_ref().is_some_and(|found| found.span[0] == 0 && at == 0);
            let own = found.map(|found| found.day);
            day = if opens { own.clone() } else { day };
            let own = own.or_else(|| day.clone());
            match unit.role {
                Role::Context(rule) => item.context.push(Context { text, span: unit.span, rule: rule.to_owned() }),
                _ => commitments.push(commitment(&chars, unit.span, text, own)),
            }
        }
    }
    for (at, commitment) in commitments.iter_mut().enumerate() {
        commitment.id = format!("{:02}.{:02}", item.no, at + 1);
    }
    item.commitments = commitments;
}

fn commitment(chars: &[char], span: Span, text: String, deadline: Option<String>) -> Commitment {
    let own = chars.get(span[0]..span[1]).unwrap_or_default();
    let cadence = time::cadences(&text);
    let mut quantities = amount::read(own, span[0]);
    // 每季度组织1次 is a cadence and no amount; with 2 or more the number is per period.
    let once = |quantity: &Quantity| {
        quantity.value.as_whole() == Some(1) && quantity.period.is_some() && quantity.unit == "次" && cadence.is_some()
    };
    quantities.retain(|quantity| !once(quantity));
    quantities.extend(classify::implied(&text, span[0], &quantities));
    for quantity in &mut quantities {
        quantity.deadline.clone_from(&deadline);
    }
    let per_year = quantities.iter().any(|quantity| quantity.period == Some(crate::document::Period::Year));
    let cadence =
        cadence.or_else(|| per_year.then(|| crate::document::Cadences(vec![crate::document::Cadence::Yearly])));
    let (class, rule) = classify::class(&text, &quantities, cadence.as_ref());
    let named = gap::named(&text, &quantities, class);
    let questions = gap::questions(&text, class, &quantities, &named, deadline.is_some());
    Commitment {
        id: String::new(),
        text,
        span,
        class,
        quantities,
        cadence,
        named,
        deadline,
        rule: rule.to_owned(),
        questions,
    }
}

fn units(chars: &[char], sentence: &[Span]) -> Vec<Unit> {
    let texts: Vec<String> =
        sentence.iter().map(|[from, to]| chars.get(*from..*to).unwrap_or_default().iter().collect()).collect();
    let mut units: Vec<Unit> = Vec::new();
    let mut open: Option<usize> = None;
    let mut promised: Option<Span> = None;
    for (at, (span, text)) in sentence.iter().zip(&texts).enumerate() {
        let last = at + 1 == sentence.len();
        let before = promised
            .map(|[from, to]| chars.get(from..to.min(from + SEEN)).unwrap_or_default().iter().collect::<String>());
        let counts = !amount::read(chars.get(span[0]..span[1]).unwrap_or_default(), 0).is_empty();
        let place = Place {
            first: at == 0,
            last,
            after: before.as_deref(),
            next: texts.get(at + 1).map(String::as_str),
            aim: units.last().is_some_and(|unit| unit.role == Role::Context("purpose")),
            counts,
            open: open.is_some(),
            length: length(text),
        };
        match role(text, &place) {
            Role::Leads if !last => open = open.or(Some(span[0])),
            Role::Trails => match units.last_mut().filter(|unit| unit.role == Role::Promise && open.is_none()) {
                Some(unit) => unit.span[1] = span[1],
                None => units.push(Unit { span: [open.take().unwrap_or(span[0]), span[1]], role: Role::Promise }),
            },
            Role::Leads => units.push(Unit { span: [open.take().unwrap_or(span[0]), span[1]], role: Role::Promise }),
            // Aims that follow one another are one stretch of context.
            role if open.is_none()
                && role == Role::Context("purpose")
                && units.last().is_some_and(|unit| unit.role == role) =>
            {
                units.last_mut().into_iter().for_each(|unit| unit.span[1] = span[1]);
            }
            role => units.push(Unit { span: [open.take().unwrap_or(span[0]), span[1]], role }),
        }
        promised = units.last().filter(|unit| unit.role == Role::Promise).map(|unit| unit.span).or(promised);
    }
    units
}

/// Where a clause stands.
struct Place<'a> {
    first: bool,
    last: bool,
    /// The promise before it in the sentence.
    after: Option<&'a str>,
    /// The clause behind it.
    next: Option<&'a str>,
    /// The clause before it said what for.
    aim: bool,
    /// How long it is.
    length: usize,
    /// It holds an amount.
    counts: bool,
    /// A clause before it waits for its completion.
    open: bool,
}

/// Words at the start of a clause that only colour the verb.
pub const ADVERBS: &[&str] = &[
    "进一步",
    "最大限度",
    "最大程度",
    "全方位",
    "不断",
    "切实",
    "有效",
    "逐步",
    "全面",
    "努力",
    "积极",
    "持续",
    "充分",
    "更好地",
    "更好",
    "着力",
    "大力",
    "确实",
    "正确",
    "稳步",
    "主动",
    "自觉",
    "认真",
    "深入",
    "扎实",
    "继续",
    "严格",
    "广泛",
    "突出",
    "重点",
    "统筹",
    "有序",
    "科学",
    "合理",
    "共同",
    "深度",
    "强力",
    "全力",
    "坚决",
    "从严",
    "并",
    "要",
    "将",
    "以此",
    "从而",
    "真正",
    "显著",
    "明显",
    "及时",
    "加快",
    "着重",
    "务必",
    "最终",
    "尽快",
    "适时",
];

/// The clause without the words that only colour its verb.
pub fn verb_phrase<'a>(clause: &'a str, adverbs: &[&str]) -> &'a str {
    let mut rest = clause;
    while let Some(word) = prefix_of(rest, adverbs) {
        let next = rest.strip_prefix(word).unwrap_or(rest);
        if next.is_empty() {
            break;
        }
        rest = next;
    }
    rest
}

/// Verbs of purpose: what is hoped for from what is promised.
const PURPOSES: &[&str] = &[
    "提升", "提高", "增强", "扩大", "满足", "解决", "消除", "促进", "保障", "保证", "形成", "实现", "确保", "防止",
    "避免", "争取", "树立", "弘扬", "营造", "遏制", "引导", "调动", "激发", "增进", "改善", "构建", "缓解", "方便",
    "助推", "巩固", "展示", "释放", "塑造", "维护", "带动", "优化", "凝聚", "夯实", "助力", "达到", "保持", "推动",
    "激励", "杜绝", "使", "预防", "发挥",
];
/// Words that make a clause a promise even behind a verb of purpose.
const BINDING: &[&str] = &["全部", "全覆盖", "全市域", "全域", "杜绝", "第一时间", "排名", "百分之百", "零事故"];
/// Verbs of doing; with one of them a clause that begins with 按照 or 以 is complete.
const DOING: &[&str] = &[
    "进行", "开展", "实施", "建立", "完成", "推进", "加强", "制定", "制订", "编制", "修订", "出台", "设立", "新建",
    "改造", "组织", "落实", "召开", "予以", "给予", "实行", "加装", "安装", "查处", "逐一", "做好", "抓好", "完善",
    "健全", "签订", "研究", "严格", "妥善", "公布", "统计", "评估", "处理", "列入", "纳入", "更换", "整治", "清理",
    "取缔", "到位",
];

fn role(text: &str, place: &Place<'_>) -> Role {
    let plain = without_quotes(text);
    if place.open && !place.last && no_verb(&plain) && closes(&plain, THINGS) {
        return Role::Leads;
    }
    if leads(&plain, text) && !place.last {
        return Role::Leads;
    }
    if place.counts || holds(text, BINDING) && !starts_as_aim(&plain) {
        return Role::Promise;
    }
    if !place.first && trails(&plain) {
        return Role::Trails;
    }
    if let Some(rule) = manner(&plain, place).or_else(|| purpose(&plain, place)) {
        return Role::Context(rule);
    }
    Role::Promise
}

/// 形成全覆盖的体系 is an aim: the "all" only describes it.
fn starts_as_aim(plain: &str) -> bool {
    plain.starts_with("形成") || plain.starts_with("构建")
}

/// Nouns at the end of a clause that names whom or what something is done to.
const THINGS: &[&str] = &[
    "问题",
    "事件",
    "企业",
    "工作",
    "责任人",
    "单位",
    "个人",
    "现象",
    "行为",
    "事项",
    "不规范",
    "情况",
    "项目",
    "区域",
    "路段",
    "人员",
    "部位",
    "对象",
    "隐患",
    "的",
];

/// Verbs of what is done to what 对 names.
const DONE_TO: &[&str] = &[
    "进行", "实施", "予以", "给予", "开展", "加强", "建立", "实行", "加装", "安装", "严格", "逐一", "落实", "加大",
    "查处", "处理", "列入", "纳入", "完善", "更换", "清理", "取缔", "做到", "要",
];

fn no_verb(plain: &str) -> bool {
    !holds(plain, DOING)
}

/// Whether the clause waits for the next.
fn leads(plain: &str, text: &str) -> bool {
    let named = prefix_of(plain, &["对", "凡", "针对", "对于", "把", "将"]).is_some()
        && !holds(plain, DONE_TO)
        && closes(plain, THINGS);
    let when = prefix_of(plain, &["在", "当", "如", "遇", "出现", "发生", "出台", "每逢", "凡是"]).is_some()
        && closes(plain, &["时", "后", "前", "中", "下", "之际", "过程中", "事件", "情况", "的"]);
    let chars: Vec<char> = text.chars().collect();
    let dated =
        time::deadline(&chars, 2000).is_some_and(|found| found.span[0] <= 2 && found.span[1] + 1 >= chars.len());
    let genitive = plain.ends_with('的') && length(plain) > 4;
    named || when || dated || genitive
}

/// Whether the clause completes the one before: 年内具备供热条件, 按计划完成整治任务.
fn trails(plain: &str) -> bool {
    let chars: Vec<char> = plain.chars().take(16).collect();
    let short = chars.len() <= 12;
    let dated = time::deadline(&chars, 2000).is_some_and(|found| found.span[0] <= 3) && !plain.contains('各');
    let planned = prefix_of(plain, &["按计划", "按期", "如期", "按时", "确保按期", "确保如期", "力争按期"]).is_some();
    short && (dated || planned)
}

/// The rule by which a clause only says how.
fn manner(plain: &str, place: &Place<'_>) -> Option<&'static str> {
    let ends = |words: &[&str]| closes(plain, words);
    let starts = |words: &[&str]| prefix_of(plain, words).is_some();
    if starts(&["坚持", "注重", "着眼", "借助", "本着", "立足"]) && no_verb(plain) {
        return Some("principle");
    }
    if ends(&["的原则", "原则", "理念", "观念"]) && !holds(plain, &["制定", "确立"]) {
        return Some("principle");
    }
    if !place.first && starts(&["利用", "借助"]) {
        return Some("manner");
    }
    if starts(&["强化"]) && ends(&["意识", "思想", "思维"]) {
        return Some("principle");
    }
    if place.last {
        return None;
    }
    let according = starts(&[
        "按照",
        "严格按照",
        "根据",
        "依照",
        "遵循",
        "参照",
        "结合",
        "借鉴",
        "抓住",
        "依托",
        "会同",
        "围绕",
        "紧紧围绕",
        "针对",
        "配合",
        "紧扣",
        "对照",
        "落实好",
        "各处室、各单位根据",
        "着力围绕",
        "认真按照",
        "为",
        "随着",
        "在",
        "联合",
        "聚焦",
    ]);
    let named = ends(&["要求", "原则", "部署", "精神", "要点", "特点", "做法", "方案", "标准", "规划", "思路", "方针"]);
    let written = holds(plain, &["制定", "制订", "编制", "出台", "建立", "修订", "开展", "进行"]);
    if (according && (no_verb(plain) || named && !written)) || (plain.starts_with('按') && named && no_verb(plain)) {
        return Some("manner");
    }
    if lead_in(plain, place) {
        return Some("lead-in");
    }
    let with = plain.starts_with('以') && (ends(&["形式", "方式", "手段", "措施"]) || named_as(plain));
    let through = starts(&["通过", "采取", "采用", "利用", "充分利用", "运用", "发挥", "充分发挥", "综合运用"])
        && ends(&[
            "方式", "形式", "措施", "手段", "办法", "作用", "途径", "优势", "机制", "载体", "平台", "力量", "方法",
            "渠道",
        ]);
    let aside = !place.first && starts(&["结合"]);
    (with || through || aside || plain.contains("根据承担")).then_some("manner")
}

/// A short general beginning whose measure stands in the next clause: 加强气源建设,供气能力达到10亿立方米.
fn lead_in(plain: &str, place: &Place<'_>) -> bool {
    let general = prefix_of(plain, &["加强", "加大", "深化", "推行", "强化"]);
    let (Some(verb), Some(next)) = (general, place.next) else { return false };
    if !place.first || place.length > 10 {
        return false;
    }
    let chars: Vec<char> = next.chars().take(SEEN).collect();
    let measured = !amount::read(&chars, 0).is_empty()
        || time::cadences(next).is_some()
        || !classify::implied(next, 0, &[]).is_empty();
    let object: String = plain.chars().skip(length(verb)).take(4).collect();
    measured || (length(&object) == 4 && next.contains(&object))
}

/// 以…为重点: little stands behind 为.
fn named_as(plain: &str) -> bool {
    plain.rsplit_once('为').is_some_and(|(_, after)| length(after) <= 6)
        && !holds(plain, &["进行", "开展", "实施", "推进"])
}

/// The rule by which a clause only says what for.
fn purpose(plain: &str, place: &Place<'_>) -> Option<&'static str> {
    if place.first {
        return None;
    }
    let phrase = verb_phrase(plain, ADVERBS);
    let works = place.after.is_some_and(classify::is_work);
    if place.length <= 4
        && prefix_of(plain, &["公布", "公开", "通报", "上报", "签订", "验收", "开工", "竣工", "投用"]).is_none()
    {
        return Some("four-characters");
    }
    if plain.starts_with("推动") || prefix_of(phrase, PURPOSES).is_some() && !is_making(phrase) {
        return (!(plain.starts_with("推动") && holds(plain, &["项目", "工程"]))).then_some("purpose");
    }
    if place.aim && closes(plain, &["结构", "体系", "格局", "局面"]) && !classify::has_verb(plain) {
        return Some("purpose");
    }
    let meets = place.after.is_some_and(|text| text.contains('会') && time::cadences(text).is_some());
    if meets
        && prefix_of(phrase, &["通报", "研究", "听取", "分析", "会商", "协调解决", "总结"]).is_some()
        && !place.counts
    {
        return Some("agenda");
    }
    if works && prefix_of(phrase, &["减少", "完善", "健全", "降低"]).is_some() && !classify::is_lasting(phrase)
    {
        return Some("by-product");
    }
    if holds(plain, &["明显", "显著", "健康有序开展", "较大"])
        && closes(plain, &["转变", "提升", "改善", "提高", "好转", "开展"])
    {
        return Some("purpose");
    }
    None
}

/// 提升改造, 优化调整, 维护管理: the verb is part of a work.
fn is_making(phrase: &str) -> bool {
    let works = [
        "提升改造",
        "提升工程",
        "提升整治",
        "优化调整",
        "扩大改造",
        "维护管理",
        "维护改造",
        "实现开工",
        "形成台账",
        "服务外包",
        "解决好",
        "改善提升",
        "发挥作用",
        "提高标准",
    ];
    prefix_of(phrase, &works).is_some() || closes(phrase, &["改造", "改造工程", "提升工程", "项目建设", "工程建设"])
}

/// The clause without what stands in quotes and book titles, where verbs are names.
fn without_quotes(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' | '《' => depth += 1,
            '”' | '》' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let numeral = super::numeral::read(&out).map_or(0, |numeral| numeral.length);
    let rest: String = out.chars().skip(numeral).collect();
    let rest = classify::unlabelled(&rest).to_owned();
    if rest.is_empty() { text.to_owned() } else { rest }
}
