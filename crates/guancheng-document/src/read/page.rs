//! Pieces of text on pages into rows, and rows into paragraphs: by where they stand, as a reader's eye does it.

/// A piece of text and where it stands.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its left end.
    pub x: f32,
    /// Its base line, upwards.
    pub y: f32,
    /// The height of its characters.
    pub size: f32,
    /// Its width; where the font declares none, half the height for ASCII and the height for the rest.
    pub width: f32,
    /// Its characters.
    pub text: String,
}

/// A row of text.
#[derive(Clone, Debug)]
pub struct Row {
    text: String,
    left: f32,
    right: f32,
    y: f32,
    size: f32,
    /// Cells side by side: a row of a table, which goes on nowhere.
    cells: bool,
}

/// Rows of one page from the top down, without the number of the page.
pub fn rows(pieces: &[Piece]) -> Vec<Row> {
    let mut order: Vec<(usize, &Piece)> = pieces.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| b.y.total_cmp(&a.y));
    let mut grouped: Vec<Vec<(usize, &Piece)>> = Vec::new();
    for (at, piece) in order {
        let beside = |(_, first): &(usize, &Piece)| (first.y - piece.y).abs() < first.size.max(piece.size) * 0.4;
        match grouped.last_mut().filter(|row| row.first().is_some_and(beside)) {
            Some(row) => row.push((at, piece)),
            None => grouped.push(vec![(at, piece)]),
        }
    }
    let mut rows: Vec<Row> =
        grouped.iter_mut().map(|row| row_of(row)).filter(|row| !row.text.trim().is_empty()).collect();
    if rows.last().is_some_and(|row| is_page_number(&row.text)) {
        rows.pop();
    }
    if rows.first().is_some_and(|row| is_page_number(&row.text)) {
        rows.remove(0);
    }
    rows
}

/// Widths are estimates, so the order in which the pieces were written is better than their places, unless it goes back.
fn row_of(row: &mut [(usize, &Piece)]) -> Row {
    row.sort_by_key(|(at, _)| *at);
    let goes_back = |pair: &[(usize, &Piece)]| matches!(pair, [(_, a), (_, b)] if b.x < a.x - a.size * 0.5);
    if row.windows(2).any(goes_back) {
        row.sort_by(|(_, a), (_, b)| a.x.total_cmp(&b.x));
    }
    let mut found = Row { text: String::new(), left: 0.0, right: 0.0, y: 0.0, size: 0.0, cells: false };
    for (_, piece) in row.iter() {
        if found.text.is_empty() {
            let blanks = piece.text.chars().take_while(|c| c.is_whitespace()).count() as f32;
            found = Row { left: piece.x + blanks * piece.size * 0.5, y: piece.y, size: piece.size, ..found };
        } else if piece.x - found.right > piece.size * 0.8 {
            let wide = piece.x - found.right > piece.size * 2.5;
            found.cells |= wide;
            found.text.push_str(if wide { "  " } else { " " });
        }
        found.text.push_str(&piece.text);
        found.right = found.right.max(piece.x + piece.width);
    }
    found
}

/// The number of a page, or the address that a browser prints.
fn is_page_number(text: &str) -> bool {
    let text = text.trim();
    if text.contains("://") && text.ends_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let mark =
        |c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | ' ' | '第' | '页' | '–' | '－' | '/' | '共' | '·');
    text.chars().count() <= 10 && text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(mark)
}

/// Rows that reach nearly to the margin may go on in the next: within so many heights of a character.
const NEAR_MARGIN: f32 = 3.2;
/// A row starts further in from so many heights on.
const INDENT: f32 = 1.2;
/// Lines further apart than so many times the usual distance are two paragraphs.
const APART: f32 = 1.35;

/// Paragraphs of all pages, a line each.
pub fn paragraphs(pages: &[Vec<Row>]) -> String {
    let mut text = String::new();
    let usual = usual_distance(pages);
    let marked =
        pages.iter().any(|rows| margins(rows).is_some_and(|(left, _)| rows.iter().any(|row| indented(row, left))))
            || pages
                .iter()
                .flat_map(|rows| rows.windows(2))
                .any(|pair| matches!(pair, [a, b] if a.y - b.y > usual * APART));
    let mut before: Option<(&Row, Option<f32>, bool)> = None;
    for rows in pages {
        let margins = margins(rows);
        for (at, row) in rows.iter().enumerate() {
            let left = margins.map_or(row.left, |(left, _)| left);
            let near = before.is_some_and(|(last, _, _)| at == 0 || last.y - row.y <= usual * APART);
            let joins = before.is_some_and(|(last, right, _)| goes_on(last, right, row, left, near, marked));
            if !joins && !text.is_empty() {
                text.push('\n');
            }
            if indented(row, left) && !joins && !row.text.starts_with(['\u{3000}', ' ']) {
                text.push_str("　　");
            }
            text.push_str(if joins { row.text.trim_start() } else { &row.text });
            before = Some((row, margins.map(|(_, right)| right), joins));
        }
    }
    text
}

/// The left margin, and the right one where rows of running text reach it.
fn margins(rows: &[Row]) -> Option<(f32, f32)> {
    let plain = || rows.iter().filter(|row| !row.cells);
    let left = plain().map(|row| row.left).min_by(f32::total_cmp)?;
    let right = plain().map(|row| row.right).max_by(f32::total_cmp)?;
    let full = plain().filter(|row| row.right + row.size * NEAR_MARGIN >= right).count();
    let long = plain().next().is_some_and(|row| right - left >= row.size * 16.0);
    Some((left, if full >= 2 && long { right } else { f32::MAX }))
}

fn indented(row: &Row, left: f32) -> bool {
    let by = row.left - left;
    (by > row.size * INDENT && by < row.size * 3.5) || row.text.starts_with("\u{3000}\u{3000}")
}

/// The distance of two lines of running text: the smallest that is usual.
fn usual_distance(pages: &[Vec<Row>]) -> f32 {
    let mut all: Vec<f32> = pages
        .iter()
        .flat_map(|rows| rows.windows(2))
        .filter_map(|pair| match pair {
            [a, b] => Some(a.y - b.y),
            _ => None,
        })
        .collect();
    all.sort_by(f32::total_cmp);
    all.get(all.len() / 4).copied().unwrap_or(f32::MAX)
}

fn goes_on(last: &Row, right: Option<f32>, row: &Row, left: f32, near: bool, marked: bool) -> bool {
    let full = right.is_some_and(|right| right < f32::MAX && last.right + last.size * NEAR_MARGIN >= right);
    let alike = (last.size - row.size).abs() <= last.size * 0.15;
    let ended = last.text.trim_end().ends_with(['。', '；', '：', ';', ':']);
    full && near
        && alike
        && !last.cells
        && !row.cells
        && !indented(row, left)
        && (marked || !ended)
        && !begins_anew(&row.text)
}

/// A numeral or a label at the start of a row.
fn begins_anew(text: &str) -> bool {
    let head: Vec<char> = text.trim_start().chars().take(10).collect();
    let counts = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c);
    let run = head.iter().take_while(|c| counts(c)).count();
    let numeral = (run > 0 && matches!(head.get(run), Some('、' | '.' | '．' | '）' | ')')))
        && head.get(run + 1).is_none_or(|c| !c.is_ascii_digit());
    let bracketed = matches!(head.first(), Some('（' | '(' | '第')) && head.get(1).is_some_and(counts);
    let label = head.iter().take(8).position(|c| matches!(c, '：' | ':')).is_some_and(|at| at >= 2);
    numeral || bracketed || label || matches!(head.first(), Some('【' | '•' | '●'))
}
