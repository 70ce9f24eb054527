//! A document back to lines: what was read is written as it stood.

use crate::document::{Item, Piece, PlanDocument};

/// The printed lines of all sections and items, in order, each item with its office lines.
pub fn render(plan: &PlanDocument) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open = 0;
    for item in &plan.items {
        for section in plan.sections.iter().filter(|section| section.no > open && section.no <= item.section) {
            lines.push(section.line.clone());
        }
        open = open.max(item.section);
        lines.extend(item_source(item).split('\n').map(str::to_owned));
    }
    lines
}

/// The source of one item, with its line ends.
pub fn item_source(item: &Item) -> String {
    let chars: Vec<char> = item.text.chars().collect();
    let mut out = String::with_capacity(item.text.len());
    for piece in &item.layout {
        match piece {
            Piece::Text([from, to]) => out.extend(chars.get(*from..*to).unwrap_or_default()),
            Piece::Office(at) => out.push_str(item.office_lines.get(*at).map_or("", String::as_str)),
            Piece::Raw(text) => out.push_str(text),
        }
    }
    out
}
