//! Tables of tasks (任务分解表): the head of the columns says what each holds.

use super::glyph::{holds, is_blank, length};
use super::label::{self, What};
use super::lines::Line;
use super::{numeral, office};
use crate::document::{Item, Part, Piece, PlanDocument, Section};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Number,
    Section,
    Task,
    Target,
    Labelled(String, What),
    Other,
}

/// A head of columns stands within the first rows, below a caption.
const HEAD_WITHIN: usize = 6;
/// A line of a text table has at least so many cells.
const CELLS_MIN: usize = 3;

/// Whether rows are a table of tasks.
pub fn is_plan(rows: &[Vec<String>]) -> bool {
    head(rows).is_some()
}

fn head(rows: &[Vec<String>]) -> Option<(usize, Vec<Column>)> {
    let found = rows.iter().take(HEAD_WITHIN).enumerate().find_map(|(at, row)| {
        let columns: Vec<Column> = row.iter().map(|cell| column(cell)).collect();
        let told = columns.iter().any(|column| matches!(column, Column::Task | Column::Target));
        let kinds = columns.iter().filter(|column| **column != Column::Other).count();
        (told && kinds >= 2 && merged(row).is_none()).then_some((at, columns))
    });
    found.map(|(at, columns)| second_row(rows, at, columns))
}

/// A head of two rows: 责任单位 above 牵头 and 配合.
fn second_row(rows: &[Vec<String>], at: usize, columns: Vec<Column>) -> (usize, Vec<Column>) {
    let Some(below) = rows.get(at + 1) else { return (at, columns) };
    let more: Vec<Column> = below.iter().map(|cell| column(cell)).collect();
    let heads = more.iter().filter(|column| **column != Column::Other).count();
    let repeats = more.iter().zip(&columns).filter(|(more, above)| more == above && **more != Column::Other).count();
    if heads < 2 || repeats == 0 || merged(below).is_some() {
        return (at, columns);
    }
    let wider = more.len().max(columns.len());
    let either = |n: usize| {
        more.get(n)
            .filter(|column| **column != Column::Other)
            .or_else(|| columns.get(n))
            .cloned()
            .unwrap_or(Column::Other)
    };
    (at + 1, (0..wider).map(either).collect())
}

fn column(cell: &str) -> Column {
    let words: String = cell.chars().filter(|c| !is_blank(*c)).take(16).collect();
    if let Some(what) = label::meaning(&words) {
        return Column::Labelled(words, what);
    }
    if matches!(words.as_str(), "序号" | "编号" | "序" | "号" | "NO" | "No." | "项目序号" | "任务编号") {
        return Column::Number;
    }
    if holds(&words, &["类别", "板块", "分类", "领域", "类型", "一级", "方面", "所属"]) {
        return Column::Section;
    }
    if holds(&words, &["牵头", "主办", "责任", "承办"]) && length(&words) <= 10 {
        let part = if holds(&words, &["牵头", "主办"]) { Part::Lead } else { Part::Responsible };
        let people = holds(&words, &["领导", "责任人"]) && !holds(&words, &["单位", "部门", "处室"]);
        return Column::Labelled(words, if people { What::People(part) } else { What::Offices(part) });
    }
    if holds(&words, &["配合", "协办", "协助"]) {
        return Column::Labelled(words, What::Offices(Part::Assist));
    }
    if holds(&words, &["时限", "完成时间", "完成期限", "时间节点", "进度", "时间"]) {
        return Column::Labelled(words, What::Due);
    }
    if holds(&words, &["目标", "内容", "要求", "标准", "措施", "具体", "指标", "举措", "成效"]) {
        return Column::Target;
    }
    if holds(&words, &["任务", "项目", "事项", "工作", "名称"]) {
        return Column::Task;
    }
    Column::Other
}

/// Rows that are no table of tasks, as lines: layout tables of web pages hold the whole text.
pub fn as_lines(rows: &[Vec<String>]) -> Vec<Line> {
    rows.iter().flat_map(|row| super::lines::logical(&super::lines::normal(&row.join("\n")))).collect()
}

/// Tables that a text draws with tabs or bars, and the text without them.
pub fn in_text(text: &str) -> (String, Vec<Vec<Vec<String>>>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut plain = String::with_capacity(text.len());
    let mut tables = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let run = if cells(line).is_some() { run_length(lines.get(at..).unwrap_or_default()) } else { 0 };
        let rows: Vec<Vec<String>> =
            lines.get(at..at + run).unwrap_or_default().iter().filter_map(|line| cells(line)).collect();
        if rows.len() >= 2 && is_plan(&rows) {
            tables.push(rows);
            at += run;
        } else {
            plain.push_str(line);
            plain.push('\n');
            at += 1;
        }
    }
    plain.pop();
    (plain, tables)
}

/// A table starts with its head and goes on while lines have cells or are one merged cell.
fn run_length(lines: &[&str]) -> usize {
    let first: Vec<Vec<String>> = lines.first().and_then(|line| cells(line)).into_iter().collect();
    if !is_plan(&first) {
        return 0;
    }
    let in_table = |line: &&&str| {
        cells(line).is_some()
            || numeral::read(line).is_some_and(|n| n.kind <= numeral::Kind::ChineseInBrackets)
            || is_rule(line)
    };
    lines.iter().take_while(in_table).count()
}

fn is_rule(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+'))
}

fn cells(line: &str) -> Option<Vec<String>> {
    let by = |mark: char| -> Vec<String> {
        line.trim_matches('|').split(mark).map(|cell| cell.trim_matches(is_blank).to_owned()).collect()
    };
    if is_rule(line) {
        return None;
    }
    let found = if line.matches('|').count() >= CELLS_MIN - 1 {
        by('|')
    } else if line.matches('\t').count() >= CELLS_MIN - 1 {
        by('\t')
    } else {
        return None;
    };
    (found.len() >= CELLS_MIN).then_some(found)
}

/// Reads the rows into sections and items.
pub fn read(plan: &mut PlanDocument, rows: &[Vec<String>], year: i32) {
    let Some((at, columns)) = head(rows) else { return };
    let mut section = 0;
    let mut last_number = String::new();
    for row in rows.iter().skip(at + 1) {
        let cell = |n: usize| row.get(n).map_or("", |cell| cell.trim_matches(is_blank));
        if let Some(words) = merged(row) {
            if !words.is_empty() && !label::is_imprint(words) && !words.starts_with("注") {
                section = open_section(plan, words);
            }
            continue;
        }
        if row.iter().map(|cell| column(cell)).filter(|column| *column != Column::Other).count()
            >= columns.len().max(2) - 1
            && is_plan(std::slice::from_ref(row))
        {
            continue;
        }
        let by_column = (0..columns.len())
            .find(|n| columns.get(*n) == Some(&Column::Section))
            .map(cell)
            .filter(|name| !name.is_empty());
        if let Some(name) = by_column.filter(|name| plan.sections.last().is_none_or(|last| last.line != *name)) {
            section = open_section(plan, name);
        }
        let number =
            (0..columns.len()).find(|n| columns.get(*n) == Some(&Column::Number)).map(cell).unwrap_or_default();
        let same = !number.is_empty() && number == last_number;
        number.clone_into(&mut last_number);
        add_row(plan, section, &columns, row, same, year);
    }
}

/// A row across the table above its head is the title of a document that has no other.
pub fn caption(plan: &mut PlanDocument, rows: &[Vec<String>]) {
    let above = head(rows).map_or(0, |(at, _)| at);
    for words in rows.iter().take(above).filter_map(|row| merged(row)).filter(|words| !words.is_empty()) {
        if plan.document.title.is_empty() {
            plan.document.title = words.to_owned();
        }
    }
}

/// The words of a row that is one cell across the table.
fn merged(row: &[String]) -> Option<&str> {
    let mut words = row.iter().map(|cell| cell.trim_matches(is_blank)).filter(|cell| !cell.is_empty());
    let first = words.next().unwrap_or("");
    words.all(|cell| cell == first).then_some(first)
}

fn open_section(plan: &mut PlanDocument, words: &str) -> u32 {
    let no = u32::try_from(plan.sections.len() + 1).unwrap_or(u32::MAX);
    let title = numeral::read(words).map_or(words, |numeral| numeral::after(words, numeral));
    let chars: Vec<char> = title.chars().collect();
    plan.sections.push(Section {
        no,
        title: super::title::trimmed(&chars),
        line: words.to_owned(),
        lead: String::new(),
    });
    no
}

fn add_row(plan: &mut PlanDocument, section: u32, columns: &[Column], row: &[String], same: bool, year: i32) {
    let told = columns.iter().zip(row).filter(|(column, _)| matches!(column, Column::Task | Column::Target));
    if told.clone().all(|(_, cell)| cell.chars().all(is_blank)) {
        return;
    }
    let mut fresh = Item { section, ..Item::default() };
    let merge = same && plan.items.last().is_some_and(|last| last.section == section);
    let item = if merge { plan.items.last_mut().unwrap_or(&mut fresh) } else { &mut fresh };
    let before = item.text.clone();
    for (column, cell) in columns.iter().zip(row) {
        let words = cell.trim_matches(is_blank);
        match column {
            Column::Number if !merge && !words.is_empty() => add_cell(item, words),
            Column::Task | Column::Target if !words.is_empty() && !before.contains(words) => add_cell(item, words),
            Column::Labelled(label, what) if !words.is_empty() => {
                if !item.office_lines.iter().any(|line| line == words) {
                    item.layout.push(Piece::Office(item.office_lines.len()));
                    item.office_lines.push(words.to_owned());
                }
                if !super::body::take_notes(item, words, year) {
                    let label = label::Label { what: *what, words: label.clone(), start: 0, value: 0, opened: None };
                    office::take(item, &label, words, year);
                }
            }
            _ => {}
        }
    }
    if !merge {
        plan.items.push(fresh);
    }
}

/// Cells of a row are joined by a tab, lines within a cell as they stand.
fn add_cell(item: &mut Item, words: &str) {
    let start = length(&item.text);
    if start > 0 {
        item.text.push('\t');
    }
    item.text.push_str(words);
    item.layout.push(Piece::Text([start, length(&item.text)]));
}
