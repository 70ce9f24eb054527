//! Which tables of facts there are, with which columns: what a definition is checked against when it is loaded.

use super::{CaseFact, OccurrenceFact, TaskFact};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnKind {
    /// A code or a name.
    Text,
    /// Yes or no.
    Flag,
    /// A number.
    Number,
    /// A moment at which something happened. Evaluated as of an earlier moment, it has not happened yet.
    Happened,
    /// A moment until which something has to happen; known beforehand.
    Planned,
    /// A day.
    Day,
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in definitions.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// What it means.
    pub about: &'static str,
}

/// One table of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Its name in definitions.
    pub id: &'static str,
    /// Its columns; `None` where a pack's own register declares them.
    pub columns: Option<&'static [Column]>,
}

impl Schema {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns?.iter().find(|column| column.name == name)
    }

    /// Whether any name may be a column.
    pub fn is_open(&self) -> bool {
        self.columns.is_none()
    }
}

/// The tables of the case side, which have fixed columns.
const FIXED: [Schema; 3] = [
    Schema { id: "case", columns: Some(CaseFact::COLUMNS) },
    Schema { id: "task", columns: Some(TaskFact::COLUMNS) },
    Schema { id: "occurrence", columns: Some(OccurrenceFact::COLUMNS) },
];

/// The tables filled by registers, observations and other procedures, whose columns their own definitions give.
const OPEN: [&str; 8] = [
    "sweep_day",
    "inspection_reading",
    "inspection_finding",
    "petition",
    "post_holder",
    "cycle_done",
    "field_change",
    "state_change",
];

/// The table called `id`. `register.NAME` is the entries of a register.
pub fn schema(id: &str) -> Option<Schema> {
    let fixed = FIXED.into_iter().find(|schema| schema.id == id);
    let open = || OPEN.into_iter().find(|open| *open == id).map(|id| Schema { id, columns: None });
    let register = || id.strip_prefix("register.").filter(|name| !name.is_empty());
    fixed.or_else(open).or_else(|| register().map(|_| Schema { id: "register", columns: None }))
}

/// The names of all tables, without the registers.
pub fn schema_names() -> impl Iterator<Item = &'static str> {
    FIXED.into_iter().map(|schema| schema.id).chain(OPEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(schema: Schema) -> String {
        let rows = schema.columns.into_iter().flatten().map(|column| {
            let kind = match column.kind {
                ColumnKind::Text => "code",
                ColumnKind::Flag => "yes or no",
                ColumnKind::Number => "number",
                ColumnKind::Happened => "moment, happened",
                ColumnKind::Planned => "moment, due",
                ColumnKind::Day => "day",
            };
            format!("| `{}` | {kind} | {} |\n", column.name, column.about)
        });
        format!("\n## {}\n\n| column | holds | means |\n|---|---|---|\n{}", schema.id, rows.collect::<String>())
    }

    #[test]
    fn the_columns_are_documented() {
        let head = "# Facts\n\nThe tables that [indicators](indicators.md) count, with their columns. A row is what was known \
                    at its time, and names\noffice, grid and post as they were at the due moment; a value that is not known \
                    is absent. The tables below are filled by cases;\nregisters, observations and other procedures fill \
                    theirs, with the columns of their own definitions: `register.NAME`,\n";
        let open = OPEN.map(|id| format!("`{id}`")).join(", ");
        let tables = FIXED.into_iter().map(table).collect::<String>();
        expect_test::expect_file!["../../../../docs/facts.md"].assert_eq(&format!("{head}{open}.\n{tables}"));
    }
}
