//! The whole role × kind × move matrix as text that a person without a compiler can read and sign.

use crate::Roles;
use guancheng_base::Name;

/// One act of one kind, and who may do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// The procedure.
    pub kind: Name,
    /// The act: a move's id, `extend:<clock>`, `rule:<move>`.
    pub act: String,
    /// The roles that may, and words such as `holder` or `reporter` for those who may without a role.
    pub by: Vec<Name>,
}

/// Renders rows as one table per kind: acts down, roles across, `x` where the role may. Acts open to somebody without
/// a role name them in the last column.
pub fn matrix(rows: &[MatrixRow], roles: &Roles) -> String {
    let mut text = String::new();
    let mut kinds: Vec<&Name> = rows.iter().map(|row| &row.kind).collect();
    kinds.sort();
    kinds.dedup();
    for kind in kinds {
        let rows: Vec<&MatrixRow> = rows.iter().filter(|row| row.kind == *kind).collect();
        text.push_str(&table(kind, &rows, roles));
    }
    text
}

fn table(kind: &Name, rows: &[&MatrixRow], roles: &Roles) -> String {
    let used: Vec<&Name> =
        roles.iter().map(|role| &role.id).filter(|id| rows.iter().any(|row| row.by.contains(id))).collect();
    let width = rows.iter().map(|row| row.act.chars().count()).max().unwrap_or(0).max(4);
    let mut text = format!("{kind}\n  {:width$}", "act");
    for role in &used {
        text.push_str(&format!("  {role}"));
    }
    text.push_str("  others\n");
    for row in rows {
        text.push_str(&line(row, &used, width));
    }
    text.push('\n');
    text
}

fn line(row: &MatrixRow, used: &[&Name], width: usize) -> String {
    let mut text = format!("  {:width$}", row.act);
    for role in used {
        let mark = if row.by.contains(role) { "x" } else { "." };
        text.push_str(&format!("  {mark:<len$}", len = role.chars().count()));
    }
    let others: Vec<&str> = row.by.iter().filter(|by| !used.contains(by)).map(Name::as_str).collect();
    format!("{}\n", format!("{text}  {}", others.join(" ")).trim_end())
}
