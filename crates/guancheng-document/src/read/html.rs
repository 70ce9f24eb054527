//! A web page as lines and tables. Tokens are read one by one without a tree, so nesting costs nothing.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::{Block, push_line};

/// Tables nested deeper are read as text.
const NESTED_MAX: usize = 16;
/// A cell spans at most so many rows and columns.
const SPAN_MAX: usize = 400;
/// A table grows at most to so many cells by spans.
const CELLS_MAX: usize = 200_000;

/// Whether a text is a web page and not prose.
pub fn is_page(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(2000).collect::<String>().to_ascii_lowercase();
    let marks = ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<p>", "<p ", "<br", "<meta", "<span"];
    marks.iter().any(|mark| head.contains(mark)) && head.contains('>')
}

/// The lines and tables of a page.
pub fn read(page: &str) -> Vec<Block> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    let tokenizer = Tokenizer::new(Sink(RefCell::new(Page::default())), TokenizerOpts::default());
    while !input.is_empty() {
        let _paused = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => page.text(&text),
            Token::TagToken(tag) => return page.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
}

/// A cell: its blocks, and how far it spans.
#[derive(Default)]
struct Cell {
    blocks: Vec<Block>,
    columns: usize,
    rows: usize,
}

#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    tables: Vec<Table>,
    /// Tables beyond the nesting that is kept.
    beyond: usize,
    line: String,
    /// Inside an element whose text is not shown.
    hidden: Option<String>,
    kept: usize,
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        for c in text.chars() {
            match c {
                '\n' | '\r' if self.kept > 0 => self.end_line(),
                ' ' | '\n' | '\r' | '\t' | '\u{c}' if self.kept == 0 => {
                    if !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(if c == '\n' || c == '\r' { '\n' } else { ' ' });
                        self.soften();
                    }
                }
                c => {
                    self.soften_before(c);
                    self.line.push(c);
                }
            }
        }
    }

    /// A line end of the source is one blank, and none between Chinese characters.
    fn soften(&mut self) {
        if self.line.ends_with("\n\n") || self.line.ends_with(" \n") || self.line.ends_with("\n ") {
            self.line.pop();
        }
    }

    fn soften_before(&mut self, next: char) {
        if self.line.ends_with('\n') {
            self.line.pop();
            let before = self.line.chars().next_back().unwrap_or(' ');
            if before.is_ascii() && next.is_ascii() && before != ' ' {
                self.line.push(' ');
            }
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some(hidden) = &self.hidden {
            if !opens && hidden == name {
                self.hidden = None;
            }
            return TokenSinkResult::Continue;
        }
        match name {
            "script" | "style" | "noscript" | "title" | "textarea" | "select" | "button" | "iframe" | "svg"
                if opens && !tag.self_closing =>
            {
                self.hidden = Some(name.to_owned());
                return match name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "iframe" | "noscript" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            "pre" => {
                self.end_line();
                self.kept = if opens { self.kept + 1 } else { self.kept.saturating_sub(1) };
            }
            "table" | "tr" | "td" | "th" => self.table_tag(name, opens, tag),
            "br" | "p" | "div" | "li" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "section"
            | "article" | "header" | "footer" | "dl" | "dt" | "dd" | "hr" | "center" | "tbody" | "thead" | "body"
            | "nav" | "form" | "caption" | "blockquote" | "main" | "aside" | "figure" => self.end_line(),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn table_tag(&mut self, name: &str, opens: bool, tag: &Tag) {
        self.end_line();
        match (name, opens) {
            ("table", true) if self.tables.len() < NESTED_MAX => self.tables.push(Table::default()),
            ("table", true) => self.beyond += 1,
            ("table", false) if self.beyond > 0 => self.beyond -= 1,
            ("table", false) => self.close_table(),
            _ if self.beyond > 0 => {}
            ("tr", true) => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            ("td" | "th", true) => {
                if let Some(table) = self.tables.last_mut() {
                    let cell = Cell { blocks: Vec::new(), columns: span(tag, "colspan"), rows: span(tag, "rowspan") };
                    if table.rows.is_empty() {
                        table.rows.push(Vec::new());
                    }
                    if let Some(row) = table.rows.last_mut() {
                        row.push(cell);
                    }
                }
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = line.trim_matches([' ', '\n', '\t', '\r']);
        if text.is_empty() {
            return;
        }
        let cell = self.tables.last_mut().and_then(|table| table.rows.last_mut()).and_then(|row| row.last_mut());
        push_line(cell.map_or(&mut self.blocks, |cell| &mut cell.blocks), text);
    }

    fn close_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let cell = self.tables.last_mut().and_then(|table| table.rows.last_mut()).and_then(|row| row.last_mut());
        let into = cell.map_or(&mut self.blocks, |cell| &mut cell.blocks);
        for block in table.finish() {
            match block {
                Block::Text(text) => push_line(into, &text),
                table => into.push(table),
            }
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_line();
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.blocks
    }
}

fn span(tag: &Tag, name: &str) -> usize {
    let value = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .and_then(|attribute| attribute.value.trim().parse().ok());
    value.unwrap_or(1).clamp(1, SPAN_MAX)
}

impl Table {
    /// A table of cells, or, where it only lays out a page, what its cells hold one after the other.
    fn finish(self) -> Vec<Block> {
        let lays_out =
            self.rows.iter().flatten().any(|cell| cell.blocks.iter().any(|block| matches!(block, Block::Table(_))));
        let wide = self.rows.iter().any(|row| row.len() > 1);
        if lays_out || !wide {
            return self.rows.into_iter().flatten().flat_map(|cell| cell.blocks).collect();
        }
        vec![Block::Table(self.grid())]
    }

    /// Rows of texts, each merged cell in every place that it spans.
    fn grid(self) -> Vec<Vec<String>> {
        let mut grid: Vec<Vec<String>> = Vec::new();
        let mut carried: Vec<(usize, String)> = Vec::new();
        let mut cells = 0;
        for row in self.rows {
            let mut out: Vec<String> = Vec::new();
            let mut source = row.into_iter();
            loop {
                let at = out.len();
                if let Some((left, text)) = carried.get_mut(at).filter(|(left, _)| *left > 0) {
                    *left -= 1;
                    out.push(text.clone());
                    continue;
                }
                let Some(cell) = source.next() else { break };
                let text = shown(&cell.blocks);
                for _ in 0..cell.columns {
                    let column = out.len();
                    if carried.len() <= column {
                        carried.resize(column + 1, (0, String::new()));
                    }
                    if let Some(slot) = carried.get_mut(column) {
                        *slot = (cell.rows - 1, if cell.rows > 1 { text.clone() } else { String::new() });
                    }
                    out.push(text.clone());
                    cells += 1;
                }
            }
            if cells > CELLS_MAX {
                break;
            }
            if !out.is_empty() {
                grid.push(out);
            }
        }
        grid
    }
}

fn shown(blocks: &[Block]) -> String {
    let texts: Vec<&str> = blocks
        .iter()
        .filter_map(|block| if let Block::Text(text) = block { Some(text.as_str()) } else { None })
        .collect();
    texts.join("\n")
}
