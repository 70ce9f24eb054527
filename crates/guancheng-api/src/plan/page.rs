//! What the papers of a plan say: letter, circular, ledger. How a page looks belongs to `guancheng-document`.

use guancheng_base::{Day, Instant, OfficeId};
use guancheng_document::write::{
    Align, Block, Cell, Column, Decimal, Field, Format, Level, Orientation, Page, Sheet, Signature as Signed,
    Signatures, Table, Workbook,
};
use guancheng_plan::{
    Amount,
    ledger::Light,
    model::{Binding, Circular, Commitment, FrozenLine, Letter, Plan, Side},
};

use super::dto::LedgerLine;
use crate::{lang::Lang, views::titles::Titles};

/// A letter of responsibility.
pub(super) fn letter(titles: Titles<'_>, plan: &Plan, office: OfficeId, letter: &Letter, now: Instant) -> Page {
    let lang = titles.lang;
    let name = titles.office(office);
    let rows = plan.led_by(office).map(|one| commitment_row(titles, one)).collect();
    let intro = lang.pick(
        format!(
            "为落实《{}》，{name}对下列任务的完成负责。标准、时限和权重以本书为准；进展由工作记录计算，不另行填报。",
            plan.title
        ),
        format!(
            "{name} answers for what follows, to fulfil \u{201c}{}\u{201d}. Progress is read from recorded work.",
            plan.title
        ),
    );
    let blocks = vec![
        Block::paragraph(intro),
        Block::Table(Table { caption: None, columns: commitment_columns(lang), rows }),
        Block::Heading(Level::One, lang.pick("签署", "Signatures").to_owned()),
        Block::Signatures(signatures(titles, letter)),
        Block::Footnote(vec![guancheng_document::write::Run::plain(format!("SHA-256 {}", letter.hash))]),
    ];
    Page {
        subtitle: Some(name),
        blocks,
        ..empty(
            lang,
            lang.pick(format!("{}年度目标责任书", plan.year), format!("Letter of responsibility {}", plan.year)),
            now,
        )
    }
}

fn empty(lang: Lang, title: String, now: Instant) -> Page {
    Page {
        title,
        subtitle: None,
        number: None,
        lang: lang.tag().to_owned(),
        orientation: Orientation::Portrait,
        created: now,
        author: None,
        blocks: Vec::new(),
    }
}

fn commitment_columns(lang: Lang) -> Vec<Column> {
    let heads = [
        ("编号", "No.", 2),
        ("任务", "Commitment", 8),
        ("标准", "Standard", 6),
        ("时限", "Due", 3),
        ("权重", "Weight", 2),
    ];
    heads.map(|(zh, en, weight)| column(lang.pick(zh, en), weight)).into()
}

fn column(title: &str, weight: u16) -> Column {
    Column { title: title.to_owned(), weight, align: Align::Start, format: Format::Text }
}

fn commitment_row(titles: Titles<'_>, one: &Commitment) -> Vec<Cell> {
    let due = one.binding.as_ref().and_then(Binding::due).map(|day| day.to_string()).unwrap_or_default();
    [one.id.clone(), one.text.clone(), standard(titles.lang, one), due, one.weight.to_string()].map(Cell::text).into()
}

/// What counts as fulfilled, in words.
fn standard(lang: Lang, one: &Commitment) -> String {
    match &one.binding {
        None => String::new(),
        Some(Binding::Count(count)) => format!("≥ {} {}", count.target, count.unit),
        Some(Binding::Milestones(stages) | Binding::Document(stages)) => {
            stages.steps.iter().map(|step| format!("{} {}", step.title, step.due)).collect::<Vec<_>>().join("；")
        }
        Some(Binding::Indicator(rate) | Binding::Duty(rate)) => format!("≥ {} %", rate.target),
        Some(Binding::Schedule(schedule)) => match schedule.times {
            Some(times) => lang.pick(format!("不少于 {times} 次"), format!("at least {times} times")),
            None => lang.pick("按期举行".to_owned(), "every period".to_owned()),
        },
        Some(Binding::Mechanism { alive_days }) => {
            lang.pick(format!("每 {alive_days} 天内有活动"), format!("active every {alive_days} days"))
        }
        Some(Binding::Opinion) => lang.pick("领导评议", "judged by the leader").to_owned(),
    }
}

fn signatures(titles: Titles<'_>, letter: &Letter) -> Signatures {
    let lang = titles.lang;
    let heads = lang.pick(["签署方", "签署人", "时间", "校验码"], ["For", "By", "At", "Hash"]);
    let row = |side: Side| {
        let found = letter.signatures.iter().find(|signature| signature.side == side);
        let role = match side {
            Side::Office => lang.pick("责任单位", "Office"),
            Side::Bureau => lang.pick("局", "Bureau"),
        };
        Signed {
            role: role.to_owned(),
            name: found.map(|signature| signature.name.clone()).unwrap_or_default(),
            time: found.map(|signature| titles.city.show(signature.stamp.at)).unwrap_or_default(),
            hash: found.map(|signature| signature.hash.chars().take(16).collect()).unwrap_or_default(),
        }
    };
    Signatures { titles: heads.map(str::to_owned), rows: vec![row(Side::Bureau), row(Side::Office)] }
}

/// A circular with the numbers it rests on.
pub(super) fn circular(titles: Titles<'_>, plan: &Plan, circular: &Circular) -> Page {
    let lang = titles.lang;
    let mut blocks: Vec<Block> =
        circular.body.lines().filter(|line| !line.trim().is_empty()).map(Block::paragraph).collect();
    if let Some(of) = circular.corrects.and_then(|id| plan.circulars.iter().find(|other| other.id == id)) {
        let number = of.number.clone().unwrap_or_default();
        let text = lang.pick(
            format!("本通报更正{number}。更正理由：{}", circular.reason),
            format!("This corrects {number}: {}", circular.reason),
        );
        blocks.insert(0, Block::paragraph(text));
    }
    let day = circular.frozen.as_of;
    blocks.push(Block::Heading(
        Level::One,
        lang.pick(format!("附表：截至{day}的任务台账"), format!("The ledger on {day}")),
    ));
    blocks.push(Block::Table(frozen_table(titles, plan, &circular.frozen.lines)));
    blocks.push(Block::Footnote(vec![guancheng_document::write::Run::plain(format!(
        "SHA-256 {}",
        circular.frozen.hash
    ))]));
    let number = circular.number.clone().or_else(|| Some(lang.pick("（草稿，未印发）", "(draft)").to_owned()));
    let at = circular.issued.unwrap_or(circular.drafted).at;
    Page { number, subtitle: None, blocks, ..empty(lang, circular.title.clone(), at) }
}

fn frozen_table(titles: Titles<'_>, plan: &Plan, lines: &[FrozenLine]) -> Table {
    let lang = titles.lang;
    let heads = [
        ("编号", "No.", 2),
        ("任务", "Commitment", 8),
        ("牵头单位", "Lead", 4),
        ("灯", "Light", 2),
        ("情况", "Findings", 7),
    ];
    let row = |line: &FrozenLine| -> Vec<Cell> {
        let words = plan.commitment(&line.commitment).map(|one| one.text.clone()).unwrap_or_default();
        let office = line.office.map(|office| titles.office(office)).unwrap_or_default();
        [line.commitment.clone(), words, office, light(lang, line.light).to_owned(), line.text.clone()]
            .map(Cell::text)
            .into()
    };
    let columns = heads.map(|(zh, en, weight)| column(lang.pick(zh, en), weight)).into();
    Table { caption: None, columns, rows: lines.iter().map(row).collect() }
}

/// A light in words.
pub(super) fn light(lang: Lang, light: Light) -> &'static str {
    match light {
        Light::Red => lang.pick("红灯", "red"),
        Light::Amber => lang.pick("黄灯", "amber"),
        Light::Green => lang.pick("绿灯", "green"),
        Light::Grey => lang.pick("灰灯", "grey"),
    }
}

/// A unit in words: the ledger's own are said in the reader's language, those of the document stay as it writes them.
pub(super) fn unit(lang: Lang, unit: &str) -> String {
    let en = match unit {
        "个节点" => "steps",
        "次" => "times",
        "分" => "points",
        own => own,
    };
    lang.pick(unit, en).to_owned()
}

/// The ledger on paper.
pub(super) fn ledger(titles: Titles<'_>, plan: &Plan, lines: &[LedgerLine], as_of: Day, now: Instant) -> Page {
    let lang = titles.lang;
    let heads = [
        ("编号", "No.", 2),
        ("任务", "Commitment", 8),
        ("牵头单位", "Lead", 4),
        ("灯", "Light", 2),
        ("进展", "Progress", 4),
        ("情况", "Findings", 7),
    ];
    let columns = heads.map(|(zh, en, weight)| column(lang.pick(zh, en), weight)).into();
    let row = |line: &LedgerLine| -> Vec<Cell> {
        let findings = line.reasons.join("；");
        [
            line.commitment.clone(),
            line.text.clone(),
            line.office_name.clone(),
            light(lang, line.light).to_owned(),
            progress(line),
            findings,
        ]
        .map(Cell::text)
        .into()
    };
    let table = Table { caption: None, columns, rows: lines.iter().map(row).collect() };
    let title = lang.pick(format!("《{}》任务台账", plan.title), format!("Ledger: {}", plan.title));
    let subtitle = Some(lang.pick(format!("截至{as_of}"), format!("as of {as_of}")));
    Page { subtitle, orientation: Orientation::Landscape, blocks: vec![Block::Table(table)], ..empty(lang, title, now) }
}

fn progress(line: &LedgerLine) -> String {
    match (line.value, line.target) {
        (Some(value), Some(target)) => format!("{value} / {target} {}", line.unit),
        _ => String::new(),
    }
}

/// The ledger as a workbook.
pub(super) fn ledger_book(titles: Titles<'_>, plan: &Plan, lines: &[LedgerLine], now: Instant) -> Workbook {
    let lang = titles.lang;
    let heads = [
        ("编号", "no", 8),
        ("条目", "item", 24),
        ("任务", "commitment", 50),
        ("类别", "class", 10),
        ("牵头单位", "lead", 24),
        ("权重", "weight", 6),
        ("灯", "light", 6),
        ("完成值", "value", 12),
        ("目标值", "target", 12),
        ("单位", "unit", 8),
        ("应完成", "planned", 12),
        ("预测", "forecast", 12),
        ("来源", "source", 10),
        ("最近记录", "last sign", 12),
        ("下一节点", "next", 20),
        ("节点时限", "next due", 12),
        ("情况", "findings", 60),
    ];
    let field =
        |(zh, en, width): (&str, &str, u8)| Field { title: lang.pick(zh, en).to_owned(), width, format: Format::Text };
    let sheet = Sheet {
        name: lang.pick("台账", "ledger").to_owned(),
        fields: heads.map(field).into(),
        rows: lines.iter().map(|line| book_row(lang, line)).collect(),
    };
    Workbook { title: plan.title.clone(), created: now, author: None, sheets: vec![sheet] }
}

fn book_row(lang: Lang, line: &LedgerLine) -> Vec<Cell> {
    let word = |value: serde_json::Result<serde_json::Value>| match value {
        Ok(serde_json::Value::String(text)) => Cell::text(text),
        _ => Cell::text(""),
    };
    let text = |text: Option<String>| Cell::text(text.unwrap_or_default());
    vec![
        Cell::text(&line.commitment),
        Cell::text(&line.item_title),
        Cell::text(&line.text),
        word(serde_json::to_value(line.class)),
        Cell::text(&line.office_name),
        Cell::Integer(line.weight.into()),
        Cell::text(light(lang, line.light)),
        number(line.value),
        number(line.target),
        Cell::text(&line.unit),
        number(line.planned),
        number(line.forecast.as_ref().map(|forecast| forecast.mid)),
        word(serde_json::to_value(line.source)),
        text(line.last_sign.clone()),
        text(line.next.as_ref().map(|next| next.title.clone())),
        text(line.next.as_ref().map(|next| next.due.clone())),
        Cell::text(line.reasons.join("；")),
    ]
}

fn number(amount: Option<Amount>) -> Cell {
    amount.map_or_else(|| Cell::text(""), |amount| Cell::Decimal(Decimal { units: amount.0, places: 3 }))
}
