//! A generator of plan documents: the same invented facts in numerals, labels, separators and widths drawn from a seed.

use guancheng_plan::parse::{self, Block};

use super::score::{Amount, Score, Truth, check_tiling};

/// A small generator of numbers; the same seed draws the same document.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % sides
    }

    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.roll(of.len())]
    }

    fn coin(&mut self) -> bool {
        self.roll(2) == 0
    }
}

const SECTIONS: &[&str] = &[
    "完善市政设施，提升承载能力",
    "加强环卫保洁",
    "推进园林绿化，美化城市环境",
    "强化执法管理",
    "健全保障措施",
    "优化公用服务，方便群众生活",
];
const TITLES: &[&str] = &[
    "实施道路整修工程",
    "提升环卫作业水平",
    "推进公厕建设",
    "加强桥梁养护",
    "完善照明设施",
    "整治户外广告",
    "规范渣土运输",
    "建设城市绿道",
    "提升供热能力",
    "推进垃圾分类",
    "加强停车管理",
    "改造老旧管网",
    "规范市容秩序",
    "加强队伍建设",
    "健全考核机制",
    "做好防汛工作",
    "推进智慧管理平台应用",
    "开展文明养犬宣传",
];
const OFFICES: &[&str] = &[
    "市政管理科",
    "环境卫生科",
    "园林绿化处",
    "综合处（建设、养护中心）",
    "执法支队",
    "督办办公室",
    "办公室",
    "计划财务处",
    "照明管理中心",
    "法规处(审批服务处)",
    "数字城管中心",
    "组织人事处",
    "市容景观科",
    "公用设施处",
    "机关党总支",
    "安全生产监督处(应急办 值班室)",
];

/// A clause, and value, unit and comparator of each amount in it.
type Clause = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

/// Clauses with what they promise.
const CLAUSES: &[Clause] = &[
    ("新建公厕35座", &[("35", "座", "=")]),
    ("改造老旧小区供水管网12.5公里", &[("12.5", "公里", "=")]),
    ("完成燃气用户置换3万户", &[("30000", "户", "=")]),
    ("更换节能路灯1,200盏", &[("1200", "盏", "=")]),
    ("新增供热面积500万平方米", &[("5000000", "平方米", "=")]),
    ("机械化清扫率达到75%以上", &[("75", "%", ">=")]),
    ("管网漏损率控制在10%以内", &[("10", "%", "<=")]),
    ("案件处置率不低于95%", &[("95", "%", ">=")]),
    ("投资约2.4亿元", &[("240000000", "元", "~")]),
    ("全年开展应急演练不少于4次", &[("4", "次", ">=")]),
    ("打造3—5个示范街区", &[("3", "个", ">=")]),
    ("对人民路、解放路等18条道路进行大修", &[("18", "条", "=")]),
    ("新建压缩式转运站二十座", &[("20", "座", "=")]),
    ("铺设雨水管线一百公里", &[("100", "公里", "=")]),
    ("集中开展专项检查两次", &[("2", "次", "=")]),
    ("新增污水日处理能力8万吨", &[("80000", "吨", "=")]),
    ("补植行道树2万余株", &[("20000", "株", ">=")]),
    ("每月组织联合执法2次", &[("2", "次", "=")]),
    ("培训一线人员600人次", &[("600", "人次", "=")]),
    ("信访投诉量同比下降8%", &[("8", "%", "=")]),
    ("购置洒水车、清扫车等作业车辆46台", &[("46", "台", "=")]),
    ("拆除违法建设20万㎡", &[("200000", "㎡", "=")]),
    ("新增停车泊位超过5000个", &[("5000", "个", ">=")]),
    ("改造箱变15台、灯杆320基", &[("15", "台", "="), ("320", "基", "=")]),
    ("清掏排水管道30km", &[("30", "km", "=")]),
    ("满意度提高2个百分点", &[("2", "个百分点", "=")]),
    // What only looks like an amount, and what promises without one.
    ("认真落实市政府〔2015〕12号文件精神", &[]),
    ("学习贯彻十八届三中全会精神", &[]),
    ("加强四环以内区域巡查", &[]),
    ("在2014年的基础上巩固提升", &[]),
    ("实行24小时值班制度", &[]),
    ("完善110千伏变电站周边设施", &[]),
    ("推进一户一表改造", &[]),
    ("做好二七广场周边环境整治", &[]),
    ("落实六项工作制度", &[]),
    ("畅通12319服务热线", &[]),
    ("推进107国道沿线整治", &[]),
    ("编制《城市照明专项规划》", &[]),
    ("建立健全长效管理机制", &[]),
    ("加快推进垃圾处理厂二期工程前期工作", &[]),
    ("坚决杜绝安全责任事故", &[]),
    ("严格执行“十个不准”纪律要求", &[]),
    ("开展百日攻坚行动", &[]),
    ("及时处置群众反映的问题", &[]),
    ("第一时间派遣、第一时间解决", &[]),
    ("提升城市形象", &[]),
];

/// How a document is laid out.
#[derive(Clone, Debug)]
struct Layout {
    /// Plain, one level, with sub-points, below parts.
    shape: usize,
    section: usize,
    item: usize,
    restart: bool,
    end: usize,
    label: usize,
    place: usize,
    separator: usize,
    ascii: bool,
    wide_digits: bool,
    wrap: Option<usize>,
    indent: bool,
    crlf: bool,
    gaps: bool,
    trailing: bool,
}

const CN: &[&str] = &[
    "零",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
    "二十二",
    "二十三",
    "二十四",
    "二十五",
    "二十六",
    "二十七",
    "二十八",
    "二十九",
    "三十",
];
const SEPARATORS: &[&str] = &["\u{a0}\u{a0}", "\u{a0}", " ", "  ", "\u{3000}", "、", "，", "；", "/", "\t", ", "];
const LABELS: &[&str] = &[
    "责任处室",
    "责任单位",
    "责任部门",
    "牵头单位",
    "牵头处室",
    "责任科室",
    "承办单位",
    "主办单位",
    "牵头部门",
    "责任股室",
];

fn section_numeral(style: usize, n: usize) -> String {
    match style {
        0 => format!("{}、", CN[n]),
        1 => format!("第{}部分　", CN[n]),
        2 => format!("第{}章 ", CN[n]),
        3 => format!("{}．", CN[n]),
        _ => format!("第{}部分：", CN[n]),
    }
}

fn item_numeral(style: usize, n: usize) -> String {
    match style {
        0 => format!("（{}）", CN[n]),
        1 => format!("({})", CN[n]),
        2 => format!("{n}."),
        3 => format!("{n}、"),
        4 => format!("{n}．"),
        5 => format!("（{n}）"),
        6 => format!("{n}）"),
        7 => format!("{n}. "),
        _ => format!("({n})"),
    }
}

fn draw(dice: &mut Dice) -> Layout {
    Layout {
        shape: dice.roll(4),
        section: dice.roll(5),
        item: dice.roll(9),
        restart: dice.coin(),
        end: dice.roll(4),
        label: dice.roll(LABELS.len()),
        place: dice.roll(7),
        separator: dice.roll(SEPARATORS.len()),
        ascii: dice.roll(3) == 0,
        wide_digits: dice.roll(4) == 0,
        wrap: [None, None, None, Some(36), Some(28)][dice.roll(5)],
        indent: dice.coin(),
        crlf: dice.roll(3) == 0,
        gaps: dice.coin(),
        trailing: dice.coin(),
    }
}

/// The body of an item and the amounts in it.
fn body(dice: &mut Dice) -> (String, Vec<Amount>) {
    let mut text = String::new();
    let mut amounts = Vec::new();
    for sentence in 0..1 + dice.roll(3) {
        let _ = sentence;
        let count = 1 + dice.roll(3);
        for n in 0..count {
            let (clause, promised) = CLAUSES[dice.roll(CLAUSES.len())];
            text.push_str(clause);
            text.push_str(if n + 1 < count { "，" } else { "。" });
            amounts.extend(
                promised
                    .iter()
                    .map(|(value, unit, sign)| ((*value).to_owned(), (*unit).to_owned(), (*sign).to_owned())),
            );
        }
    }
    (text, amounts)
}

fn offices(dice: &mut Dice) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..1 + dice.roll(3) {
        let name = dice.pick(OFFICES).to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Sub-points in numerals that the items do not use, and their amounts.
fn sub_points(dice: &mut Dice, layout: &Layout) -> (Vec<String>, Vec<Amount>) {
    let mut lines = Vec::new();
    let mut amounts = Vec::new();
    for n in 1..=2 + dice.roll(2) {
        let (clause, promised) = CLAUSES[dice.roll(CLAUSES.len())];
        let numeral = match layout.item {
            0 | 1 => format!("{n}."),
            2 | 3 | 4 | 7 => format!("（{n}）"),
            _ => ["①", "②", "③"][n - 1].to_owned(),
        };
        lines.push(format!("{numeral}{clause}；"));
        amounts.extend(
            promised.iter().map(|(value, unit, sign)| ((*value).to_owned(), (*unit).to_owned(), (*sign).to_owned())),
        );
    }
    (lines, amounts)
}

/// One item as lines.
fn item_lines(
    layout: &Layout,
    numeral: &str,
    title: &str,
    text: &str,
    points: &[String],
    names: &[String],
) -> Vec<String> {
    let label = LABELS[layout.label];
    let joined = names.join(SEPARATORS[layout.separator]);
    let tail = if layout.trailing { "\u{a0}\u{a0}" } else { "" };
    let first = match layout.end {
        0 => vec![format!("{numeral}{title}。{text}")],
        1 => vec![format!("{numeral}{title}：{text}")],
        2 => vec![format!("{numeral}{title}\u{3000}{text}")],
        _ => vec![format!("{numeral}{title}"), text.to_owned()],
    };
    let mut lines = first;
    lines.extend(points.iter().cloned());
    let inline = |lines: &mut Vec<String>, note: String| lines.last_mut().expect("a line").push_str(&note);
    match layout.place {
        0 => lines.push(format!("{label}：{joined}{tail}")),
        1 => lines.push(format!("【{label}】{joined}{tail}")),
        2 => inline(&mut lines, format!("（{label}：{joined}）")),
        3 => inline(&mut lines, format!("{label}：{joined}{tail}")),
        4 => lines.push(format!("（{label}：{joined}）")),
        5 if names.len() > 1 => {
            lines.push(format!("牵头单位：{}", names[0]));
            lines.push(format!("配合单位：{}{tail}", names[1..].join(SEPARATORS[layout.separator])));
            lines.push("完成时限：2015年10月底前".to_owned());
        }
        6 if layout.end == 3 => lines.insert(1, format!("{label}：{joined}{tail}")),
        _ => lines.push(format!("{label} ：{joined}")),
    }
    lines
}

fn document(dice: &mut Dice, layout: &Layout) -> (String, Truth) {
    let mut truth = Truth::default();
    let mut lines = vec![
        "索引号：SN001-0402-2015-00017".to_owned(),
        "发布机构：青江市城市管理局".to_owned(),
        "发布日期：2015-02-10".to_owned(),
        String::new(),
        "青江市城市管理局2015年工作要点".to_owned(),
        String::new(),
    ];
    lines.push("2015年全市城市管理工作的总体要求是：围绕市委、市政府中心工作，以提高市民满意度为目标，坚持精细化管理，着力解决突出问题，为建设宜居城市作出贡献。".to_owned());
    let mut running = 0;
    let sections = if layout.shape == 1 { 1 } else { 3 + dice.roll(3) };
    for (at, name) in SECTIONS.iter().enumerate().take(sections) {
        let no = u32::try_from(at + 1).unwrap_or(0);
        if layout.shape == 3 && at % 2 == 0 {
            lines.push(format!("第{}部分 {}", CN[at / 2 + 1], ["总体任务", "重点项目", "保障工作"][at / 2 % 3]));
        }
        if layout.shape != 1 {
            lines
                .push(format!("{}{name}", section_numeral(if layout.shape == 3 { 0 } else { layout.section }, at + 1)));
            truth.sections.push(widths(layout, name));
        }
        for in_section in 1..=3 + dice.roll(3) {
            running += 1;
            let title = dice.pick(TITLES);
            let (text, amounts) = body(dice);
            let names = offices(dice);
            let numeral =
                item_numeral(layout.item, if layout.restart && layout.shape != 1 { in_section } else { running });
            let (points, more) = if layout.shape == 2 { sub_points(dice, layout) } else { (Vec::new(), Vec::new()) };
            lines.extend(item_lines(layout, &numeral, title, &text, &points, &names));
            truth.items.push((if layout.shape == 1 { 0 } else { no }, title.to_owned(), names));
            truth.amounts.push(amounts.into_iter().chain(more).collect());
        }
    }
    lines.push("青江市城市管理局".to_owned());
    lines.push("2015年2月9日".to_owned());
    (print(layout, &lines), truth)
}

/// The lines as they would be printed.
fn print(layout: &Layout, lines: &[String]) -> String {
    let mut text = String::from(if layout.crlf { "\u{feff}" } else { "" });
    let end = if layout.crlf { "\r\n" } else { "\n" };
    for line in lines {
        let line = widths(layout, line);
        let indent = if layout.indent && !line.is_empty() { "\u{3000}\u{3000}" } else { "" };
        let printed: Vec<char> = format!("{indent}{line}").chars().collect();
        match layout.wrap {
            Some(width) => {
                for piece in printed.chunks(width) {
                    text.extend(piece);
                    text.push_str(end);
                }
            }
            None => {
                text.extend(printed);
                text.push_str(end);
            }
        }
        if layout.gaps {
            text.push_str(end);
        }
    }
    text
}

fn widths(layout: &Layout, line: &str) -> String {
    let ascii = |c: char| match c {
        '，' if layout.ascii => ',',
        '：' if layout.ascii => ':',
        '；' if layout.ascii => ';',
        c => c,
    };
    let wide = |c: char| match c {
        '0'..='9' if layout.wide_digits => char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap_or(c),
        c => c,
    };
    line.chars().map(ascii).map(wide).collect()
}

#[test]
fn layouts_drawn_from_seeds() {
    let mut score = Score::default();
    for seed in 1..=150u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let layout = draw(&mut dice);
        let (text, truth) = document(&mut dice, &layout);
        let before = score.misses.len();
        let plan = parse::parse(&[Block::Text(text.clone())], None).expect("a plan");
        score.add(&truth, &plan);
        check_tiling(&plan);
        for miss in score.misses.iter_mut().skip(before) {
            *miss = format!("seed {seed} {layout:?}: {miss}");
        }
    }
    score.at_least(97);
}
