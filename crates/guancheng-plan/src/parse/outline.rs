//! From lines to sections and items. Which numeral marks an item is seen from where the notes of offices stand; without
//! them the second level does.

use std::collections::{BTreeMap, BTreeSet};

use super::glyph::is_blank;
use super::lines::{self, Line};
use super::numeral::{self, Kind, Numeral};
use super::{Block, body, head, table, title};
use crate::document::{Item, PlanDocument, Section};

/// A heading with its place in the outline.
#[derive(Clone, Debug)]
struct Heading {
    line: usize,
    numeral: Numeral,
    depth: usize,
    parent: Option<usize>,
    /// A note of offices stands between it and the next heading.
    noted: bool,
}

/// Reads the outline of all blocks; with it, per item, the place in its text where its body starts.
pub fn read(blocks: &[Block], year: Option<i32>) -> (PlanDocument, Vec<usize>) {
    let mut plan = PlanDocument::default();
    let mut lines: Vec<Line> = Vec::new();
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    for block in blocks {
        match block {
            Block::Text(text) => {
                let (plain, found) = table::in_text(&lines::normal(text));
                lines.extend(lines::logical(&plain));
                tables.extend(found);
            }
            Block::Table(rows) if table::is_plan(rows) => tables.push(rows.clone()),
            Block::Table(rows) => lines.extend(table::as_lines(rows)),
        }
    }
    let headings = headings(&lines);
    let from_table = !tables.is_empty() && !headings.iter().any(|heading| heading.noted);
    let first = if from_table { lines.len() } else { headings.first().map_or(lines.len(), |heading| heading.line) };
    let foot_from = if from_table { foot_start(&lines, 0, false) } else { lines.len() };
    head::read(&mut plan.document, lines.get(..first.min(foot_from)).unwrap_or_default());
    tables.iter().for_each(|rows| table::caption(&mut plan, rows));
    let spoken = year.or_else(|| head::year(&plan.document)).unwrap_or(0);
    let mut foot: Vec<String> = lines.get(foot_from..).unwrap_or_default().iter().map(shown).collect();
    if !from_table {
        foot.extend(from_lines(&mut plan, &lines, &headings, spoken));
    }
    for rows in &tables {
        table::read(&mut plan, rows, spoken);
    }
    head::foot(&mut plan.document, &foot);
    plan.document.year = year.or_else(|| head::year(&plan.document));
    let starts = title::give(&mut plan.items);
    for (at, item) in plan.items.iter_mut().enumerate() {
        item.no = u32::try_from(at + 1).unwrap_or(u32::MAX);
    }
    (plan, starts)
}

fn shown(line: &Line) -> String {
    line.text.trim_matches(is_blank).to_owned()
}

/// Sections and items of numbered lines; returns the lines of the foot.
fn from_lines(plan: &mut PlanDocument, lines: &[Line], headings: &[Heading], year: i32) -> Vec<String> {
    let Some(kind) = item_kind(headings) else { return Vec::new() };
    let is_item = items_among(headings, kind);
    let is_section = sections_among(headings, &is_item);
    let mut sections: BTreeMap<usize, u32> = BTreeMap::new();
    let last = is_item.iter().rposition(|item| *item);
    let notes_last = notes_end_items(lines, headings);
    let mut foot = Vec::new();
    let mut at = 0;
    while let Some(heading) = headings.get(at) {
        let here = is_item.get(at).copied().unwrap_or(false);
        let next = if here { (at + 1..headings.len()).find(|n| !below(headings, at, *n)) } else { Some(at + 1) };
        let until = next.and_then(|n| headings.get(n)).map_or(lines.len(), |next| next.line);
        let mut own = lines.get(heading.line..until).unwrap_or_default();
        if here {
            if last.is_some_and(|last| last == at) || next.is_none() {
                let cut = foot_start(own, 1, notes_last);
                foot = own.get(cut..).unwrap_or_default().iter().map(shown).collect();
                own = own.get(..cut).unwrap_or_default();
            }
            let section = heading.parent.and_then(|parent| sections.get(&parent)).copied().unwrap_or(0);
            plan.items.push(item(section, own, year));
        } else if is_section.get(at).copied().unwrap_or(false) {
            let no = u32::try_from(plan.sections.len() + 1).unwrap_or(u32::MAX);
            sections.insert(at, no);
            plan.sections.push(section(no, own));
        } else {
            let texts: Vec<String> = own.iter().map(shown).collect();
            let text = texts.join("\n");
            if let Some(section) = plan.sections.last_mut().filter(|_| heading.depth > 0) {
                section.lead = joined(&section.lead, &text);
            }
        }
        at = next.unwrap_or(headings.len());
    }
    foot
}

fn joined(before: &str, text: &str) -> String {
    if before.is_empty() { text.to_owned() } else { format!("{before}\n{text}") }
}

fn item(section: u32, lines: &[Line], year: i32) -> Item {
    let mut item = Item { section, ..Item::default() };
    for line in lines {
        body::add_line(&mut item, line, year);
    }
    item
}

fn section(no: u32, lines: &[Line]) -> Section {
    let Some((first, rest)) = lines.split_first() else { return Section::default() };
    let text = numeral::read(&first.text).map_or(first.text.as_str(), |numeral| numeral::after(&first.text, numeral));
    let chars: Vec<char> = text.chars().collect();
    // 一、总体要求。以……: a sentence after the title on the same line.
    let end = chars
        .iter()
        .position(|c| matches!(c, '。' | '：' | ':'))
        .filter(|at| at + 1 < chars.len())
        .unwrap_or(chars.len());
    let lead: String = chars.get(end + 1..).unwrap_or_default().iter().collect();
    let mut prose: Vec<String> =
        Some(lead.trim_matches(is_blank).to_owned()).filter(|lead| !lead.is_empty()).into_iter().collect();
    prose.extend(rest.iter().map(shown));
    Section {
        no,
        title: title::trimmed(chars.get(..end).unwrap_or_default()),
        line: first.text.clone(),
        lead: prose.join("\n"),
    }
}

/// Whether offices stand at the end of an item in this document, and not before its text.
fn notes_end_items(lines: &[Line], headings: &[Heading]) -> bool {
    let ends = headings.iter().zip(headings.iter().skip(1)).filter(|(heading, _)| heading.noted);
    let closed = |at: usize| lines.get(at).is_some_and(|line| body::has_note(&line.text));
    let (all, last) = ends
        .fold((0, 0), |(all, last), (_, next)| (all + 1, last + usize::from(next.line > 0 && closed(next.line - 1))));
    all > 0 && last * 2 > all
}

/// Where the foot begins: the run of foot lines at the end, not before `least`.
fn foot_start(lines: &[Line], least: usize, notes_last: bool) -> usize {
    let run = lines.iter().skip(least).rev().take_while(|line| head::is_foot(&line.text)).count();
    let start = lines.len() - run;
    let noted = lines.iter().rposition(|line| body::is_note(&line.text) && !head::is_foot(&line.text));
    match noted {
        // Offices stand after the text: what follows the last of them is no promise.
        Some(at) if notes_last && at >= 1 && lines.get(at + 1..start).is_some_and(|rest| rest.len() <= 3) => at + 1,
        _ => start,
    }
}

/// The headings of all lines, nested by the order in which their kinds appear.
fn headings(lines: &[Line]) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut stack: Vec<(Kind, usize)> = Vec::new();
    let mut appended = false;
    for (at, line) in lines.iter().enumerate() {
        appended |= line.text.starts_with("附件：") || line.text.starts_with("附件:");
        let numeral = numeral::read(&line.text).filter(|numeral| !appended && is_heading(line, *numeral));
        if let Some(numeral) = numeral {
            if let Some(place) = stack.iter().position(|(kind, _)| *kind == numeral.kind) {
                stack.truncate(place);
            }
            let parent = stack.last().map(|(_, heading)| *heading);
            stack.push((numeral.kind, found.len()));
            found.push(Heading { line: at, numeral, depth: stack.len() - 1, parent, noted: false });
        }
        if let Some(heading) = found.last_mut() {
            heading.noted |= body::has_note(&line.text);
        }
    }
    found
}

/// A numeral with words behind it, which are no note of offices.
fn is_heading(line: &Line, numeral: Numeral) -> bool {
    let after = numeral::after(&line.text, numeral);
    after.chars().any(|c| !is_blank(c)) && !body::is_note(&line.text)
}

/// The numeral that marks items: the deepest whose headings mostly hold notes and which hold most of the notes.
fn item_kind(headings: &[Heading]) -> Option<Kind> {
    let mut kinds: BTreeMap<Kind, (usize, usize, usize)> = BTreeMap::new();
    let noted = headings.iter().filter(|heading| heading.noted).count();
    let mut covers: BTreeMap<Kind, usize> = BTreeMap::new();
    for (at, heading) in headings.iter().enumerate() {
        let end = (at + 1..headings.len()).find(|n| !below(headings, at, *n)).unwrap_or(headings.len());
        let inside = headings.get(at..end).unwrap_or_default().iter().filter(|inner| inner.noted).count();
        let row = kinds.entry(heading.numeral.kind).or_insert((0, 0, heading.depth));
        row.0 += 1;
        row.1 += usize::from(inside > 0);
        row.2 = row.2.max(heading.depth);
        *covers.entry(heading.numeral.kind).or_default() += inside;
    }
    let spread = spread(headings);
    let fits = |kind: &Kind, row: &(usize, usize, usize)| {
        let mostly = row.1 * 10 >= row.0 * 6 || spread.get(kind).copied().unwrap_or(0) * 3 >= row.1.max(1);
        mostly && covers.get(kind).copied().unwrap_or(0) * 2 >= noted
    };
    if noted > 0 {
        let fitting = kinds.iter().filter(|(kind, row)| fits(kind, row));
        if let Some((kind, _)) = fitting.max_by_key(|(_, row)| row.2) {
            return Some(*kind);
        }
    }
    let top = kinds.iter().filter(|(_, row)| row.2 == 0).max_by_key(|(_, row)| row.0).map(|(kind, _)| *kind)?;
    let wanted = if top == Kind::Part && kinds.values().any(|row| row.2 >= 2) { 2 } else { 1 };
    let level = kinds.iter().filter(|(_, row)| row.2 == wanted).max_by_key(|(_, row)| row.0).map(|(kind, _)| *kind);
    Some(level.unwrap_or(top))
}

/// Per kind, how many headings with notes have a sister behind them. Notes behind the last of several sub-points belong
/// to the item above; notes behind many of them belong to each.
fn spread(headings: &[Heading]) -> BTreeMap<Kind, usize> {
    let mut found = BTreeMap::new();
    let mut last: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for (at, heading) in headings.iter().enumerate() {
        last.insert(heading.parent, at);
    }
    for (at, heading) in headings.iter().enumerate() {
        if heading.noted && last.get(&heading.parent).is_some_and(|last| *last != at) {
            *found.entry(heading.numeral.kind).or_default() += 1;
        }
    }
    found
}

/// Whether heading `inner` stands below heading `outer`.
fn below(headings: &[Heading], outer: usize, inner: usize) -> bool {
    match (headings.get(outer), headings.get(inner)) {
        (Some(outer), Some(inner)) => inner.depth > outer.depth,
        _ => false,
    }
}

/// Items are the headings of their kind, and those above it that have none below and carry offices themselves.
fn items_among(headings: &[Heading], kind: Kind) -> Vec<bool> {
    let level =
        headings.iter().filter(|heading| heading.numeral.kind == kind).map(|heading| heading.depth).max().unwrap_or(0);
    let of = |at: usize| headings.get(at).map(|heading| (heading.numeral.kind, heading.depth, heading.noted));
    (0..headings.len())
        .map(|at| match of(at) {
            Some((own, _, _)) if own == kind => true,
            Some((_, depth, noted)) if depth < level && noted => of(at + 1).is_none_or(|(_, next, _)| next <= depth),
            _ => false,
        })
        .collect()
}

/// Sections are the parents of items, and the headings beside them that have nothing below.
fn sections_among(headings: &[Heading], is_item: &[bool]) -> Vec<bool> {
    let items = headings.iter().zip(is_item).filter(|(_, item)| **item);
    let parents: BTreeSet<usize> = items.filter_map(|(heading, _)| heading.parent).collect();
    let level = |heading: &Heading| (heading.numeral.kind, heading.depth);
    let levels: BTreeSet<(Kind, usize)> = parents.iter().filter_map(|at| headings.get(*at)).map(level).collect();
    let leaf = |at: usize, own: &Heading| headings.get(at + 1).is_none_or(|next| next.depth <= own.depth);
    let held = |(at, own): (usize, &Heading)| parents.contains(&at) || (leaf(at, own) && levels.contains(&level(own)));
    headings.iter().enumerate().map(held).collect()
}
