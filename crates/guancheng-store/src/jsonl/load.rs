//! Reading an export into an empty folder.

use std::{io::BufRead, path::Path};

use rusqlite::{Connection, params_from_iter, types::Value as Cell};
use serde_json::{Map, Value};

use super::{Copied, TABLES, base64};
use crate::{
    Options, SCHEMA_VERSION, Store, StoreError, append, chain, db, dialect,
    folder::{self, Folder},
    migrate,
    sql::upkeep as sql,
};

/// Lines in one transaction.
const BATCH: u64 = 10_000;

impl Store {
    /// Builds a city in a new or empty folder from an export and proves that it has the same head. `origin` names the
    /// input in messages.
    ///
    /// # Errors
    /// [`StoreError::BadCopy`] with the line that is wrong; the new folder is then not to be used.
    pub fn import(dir: impl AsRef<Path>, input: &mut dyn BufRead, origin: &Path) -> Result<Copied, StoreError> {
        let dir = dir.as_ref();
        folder::must_be_empty(dir)?;
        let folder = Folder::take(dir)?;
        let mut loader = Loader { origin, line: 0, folder: &folder, conn: Connection::open(folder.database())? };
        dialect::prepare_writer(&loader.conn)?;
        let copied = loader.load(input)?;
        drop(loader);
        drop(folder);
        let verified = Store::open(dir, Options::default())?.verify(true)?;
        if !verified.ok() || (verified.records, chain::hex(&verified.head)) != (copied.records, copied.head.clone()) {
            let what = verified.faults.first().cloned().unwrap_or_else(|| "the log does not verify".to_owned());
            return Err(StoreError::bad_copy(origin, what));
        }
        Ok(copied)
    }
}

struct Loader<'f> {
    origin: &'f Path,
    line: u64,
    folder: &'f Folder,
    conn: Connection,
}

impl Loader<'_> {
    fn load(&mut self, input: &mut dyn BufRead) -> Result<Copied, StoreError> {
        let header = self.next(input)?;
        let number = |key: &str| header.get(key).and_then(Value::as_i64);
        let head = header.get("head").and_then(Value::as_str);
        let (Some(1), Some(schema), Some(records), Some(head)) =
            (number("guancheng_export"), number("schema"), number("records"), head)
        else {
            return Err(self.bad("this is no header of an export of format 1"));
        };
        let database = self.folder.database();
        if schema > SCHEMA_VERSION {
            return Err(StoreError::Newer { path: self.origin.to_owned(), found: schema, known: SCHEMA_VERSION });
        }
        // An older export is read into the schema it was written from, which is then brought up to date.
        migrate::migrate_to(&self.conn, &database, schema)?;
        self.conn.execute_batch(dialect::KEYS_OFF)?;
        let lines = self.rows(input)?;
        self.check_keys()?;
        migrate::migrate(&self.conn, &database)?;
        self.derive()?;
        Ok(Copied { lines, records, head: head.to_owned() })
    }

    fn rows(&mut self, input: &mut dyn BufRead) -> Result<u64, StoreError> {
        let mut lines = 0;
        self.conn.execute_batch(dialect::BEGIN_WRITE)?;
        loop {
            let line = self.next(input)?;
            if let Some(end) = line.get("end") {
                self.conn.execute_batch("COMMIT")?;
                return if end.as_u64() == Some(lines) {
                    Ok(lines)
                } else {
                    Err(self.bad("lines are missing before the end"))
                };
            }
            lines += 1;
            match (line.get("table").and_then(Value::as_str), line.get("row").and_then(Value::as_object)) {
                (Some(table), Some(row)) => self.row(table, row)?,
                _ => self.file(&line)?,
            }
            if lines % BATCH == 0 {
                self.conn.execute_batch("COMMIT")?;
                self.conn.execute_batch(dialect::BEGIN_WRITE)?;
            }
        }
    }

    fn next(&mut self, input: &mut dyn BufRead) -> Result<Map<String, Value>, StoreError> {
        self.line += 1;
        let mut text = String::new();
        let read = input.read_line(&mut text).map_err(|cause| StoreError::io(self.origin, cause))?;
        if read == 0 {
            return Err(self.bad("the file ends before its last line; it was cut off"));
        }
        serde_json::from_str(&text).map_err(|error| self.bad(format!("not a line of JSON: {error}")))
    }

    fn row(&self, table: &str, row: &Map<String, Value>) -> Result<(), StoreError> {
        // Names become SQL only after they were found among the known ones.
        if !TABLES.contains(&table) {
            return Err(self.bad(format!("the table {table:?} is unknown")));
        }
        let known = self.conn.prepare_cached(&format!("SELECT * FROM {table} LIMIT 0"))?;
        let columns: Vec<&str> = known.column_names().collect();
        if let Some(other) = row.keys().find(|name| !columns.contains(&name.as_str())) {
            return Err(self.bad(format!("{table} has no column {other:?}")));
        }
        let names: Vec<&str> = row.keys().map(String::as_str).collect();
        let slots: Vec<String> = (1..=names.len()).map(|i| format!("?{i}")).collect();
        let text = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), slots.join(", "));
        let cells = row.values().map(|value| self.cell(value)).collect::<Result<Vec<Cell>, StoreError>>()?;
        let inserted = self.conn.prepare_cached(&text)?.execute(params_from_iter(cells));
        inserted.map(|_| ()).map_err(|error| self.bad(format!("{table} refuses the row: {error}")))
    }

    fn cell(&self, value: &Value) -> Result<Cell, StoreError> {
        Ok(match value {
            Value::Null => Cell::Null,
            Value::Number(n) => match n.as_i64() {
                Some(n) => Cell::Integer(n),
                None => Cell::Real(n.as_f64().unwrap_or_default()),
            },
            Value::String(text) => Cell::Text(text.clone()),
            Value::Object(object) => {
                let hex = object.get("hex").and_then(Value::as_str).and_then(unhex);
                Cell::Blob(hex.ok_or_else(|| self.bad("bytes must be written as {\"hex\":\"…\"}"))?)
            }
            Value::Bool(_) | Value::Array(_) => {
                return Err(self.bad("a cell is null, a number, a text or {\"hex\":\"…\"}"));
            }
        })
    }

    fn file(&self, line: &Map<String, Value>) -> Result<(), StoreError> {
        let text = |key: &str| line.get(key).and_then(Value::as_str);
        let Some(bytes) = text("base64").and_then(base64::decode) else {
            return Err(self.bad("neither a row nor a file"));
        };
        let files = self.folder.files();
        match (text("file"), text("thumb")) {
            (Some(sha256), None) if chain::hex(&chain::sha256(&bytes)) == sha256 => {
                folder::write_durably(&folder::address(&files, sha256), &bytes)
            }
            (Some(sha256), None) => Err(self.bad(format!("file {sha256:?} was altered"))),
            (None, Some(sha256)) if is_hash(sha256) => {
                folder::write_durably(&folder::thumb_address(&files, sha256), &bytes)
            }
            _ => Err(self.bad("neither a row nor a file")),
        }
    }

    fn check_keys(&self) -> Result<(), StoreError> {
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(2)?));
        let dangling: Option<(String, String)> = db::one(&self.conn, dialect::KEYS_CHECK, [], read)?;
        match dangling {
            Some((table, other)) => {
                Err(self.bad(format!("a row of {table} points at a row of {other} that is missing")))
            }
            None => Ok(()),
        }
    }

    /// Counts the tallies and builds the word index anew.
    fn derive(&self) -> Result<(), StoreError> {
        self.conn.execute_batch(dialect::BEGIN_WRITE)?;
        self.conn.execute(sql::TALLY_ANEW, [])?;
        let mut words = self.conn.prepare(sql::WORDS_ANEW)?;
        let mut insert = self.conn.prepare(dialect::WORDS_INSERT)?;
        let mut rows = words.query([])?;
        while let Some(row) = rows.next()? {
            let text = |i: usize| row.get::<_, String>(i);
            insert.execute((row.get::<_, i64>(0)?, append::indexed(&text(1)?, &text(2)?, &text(3)?, &text(4)?)))?;
        }
        drop(rows);
        self.conn.execute_batch("COMMIT")?;
        Ok(())
    }

    fn bad(&self, what: impl std::fmt::Display) -> StoreError {
        StoreError::bad_copy(self.origin, format!("line {}: {what}", self.line))
    }
}

/// Whether a text from outside may become the name of a file.
fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.len().is_multiple_of(2).then(|| digits.chunks(2).map(pair).collect::<Option<Vec<u8>>>()).flatten()
}
