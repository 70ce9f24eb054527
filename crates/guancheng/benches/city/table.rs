//! The one table: what was measured, and beside it what this machine, a target or a named peer does.

/// One line of the table.
pub struct Row {
    /// What was measured.
    pub measure: String,
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// What it is held against.
    pub beside: Option<Beside>,
}

/// What a value is held against.
pub struct Beside {
    /// What it is.
    pub what: String,
    /// How much, in the unit of the row.
    pub value: f64,
}

impl Row {
    /// A value alone.
    pub fn new(measure: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Row { measure: measure.into(), value, unit, beside: None }
    }

    /// The value beside what it is held against.
    pub fn beside(self, what: impl Into<String>, value: f64) -> Self {
        Row { beside: Some(Beside { what: what.into(), value }), ..self }
    }

    fn cells(&self) -> [String; 5] {
        let beside = self.beside.as_ref();
        let ratio = beside.filter(|beside| beside.value > 0.0).map(|beside| self.value / beside.value);
        [
            self.measure.clone(),
            number(self.value),
            self.unit.to_owned(),
            beside.map_or_else(String::new, |beside| format!("{} {}", beside.what, number(beside.value))),
            ratio.map_or_else(String::new, number),
        ]
    }
}

/// Prints the rows as one table of Markdown, columns aligned.
pub fn print(rows: &[Row]) {
    let heading = ["measure", "value", "unit", "beside it", "ratio"].map(str::to_owned);
    let mut lines = vec![heading];
    lines.extend(rows.iter().map(Row::cells));
    let width = |column: usize| lines.iter().map(|cells| cells[column].chars().count()).max().unwrap_or(0);
    let widths = [0, 1, 2, 3, 4].map(width);
    for (at, cells) in lines.iter().enumerate() {
        println!("{}", line(cells, &widths));
        if at == 0 {
            println!("{}", rule(&widths));
        }
    }
}

fn line(cells: &[String; 5], widths: &[usize; 5]) -> String {
    let [measure, value, unit, beside, ratio] = cells;
    let [a, b, c, d, e] = widths;
    format!("| {measure:<a$} | {value:>b$} | {unit:<c$} | {beside:<d$} | {ratio:>e$} |")
}

fn rule(widths: &[usize; 5]) -> String {
    let [a, b, c, d, e] = widths.map(|width| "-".repeat(width + 1));
    format!("|{a}-|{b}:|{c}-|{d}-|{e}:|")
}

/// A number with as many digits as a reader can use, thousands set apart.
fn number(value: f64) -> String {
    if value.abs() >= 100.0 {
        return grouped(value.round() as i64);
    }
    let digits = if value.abs() >= 10.0 { 1 } else { 2 };
    format!("{value:.digits$}")
}

fn grouped(whole: i64) -> String {
    let digits = whole.unsigned_abs().to_string();
    let first = digits.len() % 3;
    let mut text = digits[..first].to_owned();
    for at in (first..digits.len()).step_by(3) {
        if !text.is_empty() {
            text.push(' ');
        }
        text += &digits[at..at + 3];
    }
    if whole < 0 { format!("-{text}") } else { text }
}
