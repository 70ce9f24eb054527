//! Everything as lines of JSON, readable without this program: a header, one line per row, one per file, an end.
//!
//! `{"guancheng_export":1,"schema":3,"records":7,"head":"…"}`
//! `{"table":"records","row":{"seq":1,…,"hash":{"hex":"…"}}}`
//! `{"file":"<sha256>","base64":"…"}`, and `thumb` in its place for its thumbnail
//! `{"end":12}` (lines before it)

mod base64;
mod load;

use std::{fs, io::Write};

use rusqlite::{Connection, types::ValueRef};
use serde_json::{Map, Value, json};

use crate::{SCHEMA_VERSION, Store, StoreError, cases, chain, db, error::port_error, folder, sql::evidence};

/// What was written or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Lines, without header and end.
    pub lines: u64,
    /// Records in the log.
    pub records: i64,
    /// The newest record's hash in hexadecimal.
    pub head: String,
}

/// The tables that are copied, in the order in which foreign keys allow them to be written. Tallies and the word index
/// are counted anew.
const TABLES: [&str; 27] = [
    "counters",
    "offices",
    "posts",
    "people",
    "tenures",
    "grants",
    "logins",
    "sessions",
    "tokens",
    "idempotency",
    "settings",
    "cases",
    "case_states",
    "case_units",
    "case_people",
    "case_texts",
    "records",
    "plan_records",
    "progress",
    "closings",
    "timers",
    "outbox",
    "tasks",
    "audit",
    "reports",
    "contacts",
    "files",
];

impl Store {
    /// Writes everything: every table of a consistent snapshot, and the bytes of every file.
    pub fn export(&self, out: &mut dyn Write) -> Result<Copied, StoreError> {
        let dir = self.dir().to_owned();
        let files = self.files();
        self.with(|conn| {
            let (head, _) = cases::head(conn)?;
            let hash = chain::hex(&head.hash);
            let mut lines = Lines { out, dir, lines: 0 };
            lines.raw(&json!({"guancheng_export": 1, "schema": SCHEMA_VERSION, "records": head.seq, "head": hash}))?;
            for table in TABLES {
                export_table(conn, table, &mut lines)?;
            }
            let hashes: Vec<String> = db::all(conn, evidence::FILE_HASHES, [], |row| row.get(0))?;
            for sha256 in hashes {
                let path = folder::address(&files, &sha256);
                let bytes = fs::read(&path).map_err(|cause| StoreError::io(&path, cause))?;
                lines.line(&json!({"file": sha256, "base64": base64::encode(&bytes)}))?;
                if let Ok(thumb) = fs::read(folder::thumb_address(&files, &sha256)) {
                    lines.line(&json!({"thumb": sha256, "base64": base64::encode(&thumb)}))?;
                }
            }
            let written = lines.lines;
            lines.raw(&json!({ "end": written }))?;
            Ok(Copied { lines: written, records: head.seq, head: hash })
        })?
    }
}

struct Lines<'o> {
    out: &'o mut dyn Write,
    dir: std::path::PathBuf,
    lines: u64,
}

impl Lines<'_> {
    fn line(&mut self, value: &Value) -> Result<(), StoreError> {
        self.lines += 1;
        self.raw(value)
    }

    fn raw(&mut self, value: &Value) -> Result<(), StoreError> {
        writeln!(self.out, "{value}").map_err(|cause| StoreError::io(&self.dir, cause))
    }
}

fn export_table(conn: &Connection, table: &str, lines: &mut Lines<'_>) -> Result<(), StoreError> {
    let mut statement = conn.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut cells = Map::new();
        for (i, name) in names.iter().enumerate() {
            cells.insert(name.clone(), cell(row.get_ref(i)?)?);
        }
        lines.line(&json!({"table": table, "row": cells}))?;
    }
    Ok(())
}

fn cell(value: ValueRef<'_>) -> Result<Value, StoreError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(n) => n.into(),
        ValueRef::Text(_) => value.as_str().map_err(|error| port_error(error.into()))?.into(),
        ValueRef::Blob(bytes) => json!({"hex": chain::hex(bytes)}),
    })
}
