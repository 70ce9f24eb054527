//! Copies of a whole city: taken while it works, proved when brought back.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, backup::Backup};

use crate::{
    Options, Store, StoreError, chain, db,
    error::port_error,
    folder::{self, database_in},
    migrate,
    sql::evidence,
    verify::chain_of,
};

/// The file that makes a folder a backup; it is written last.
const MANIFEST: &str = "backup.json";

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackedUp {
    /// Schema version of the database.
    pub schema: i64,
    /// Records in the log.
    pub records: i64,
    /// The newest record's hash in hexadecimal.
    pub head: String,
    /// Files of evidence.
    pub files: u64,
}

impl Store {
    /// Backs up this city. See [`backup`].
    pub fn backup(&self, to: impl AsRef<Path>) -> Result<BackedUp, StoreError> {
        let to = to.as_ref();
        let mut copy = new_copy(to)?;
        self.with(|conn| copy_database(conn, &mut copy))??;
        finish(copy, self.dir(), to)
    }
}

/// Writes a backup of a data folder into a new or empty folder, while this or another process works on it or none
/// does: one consistent snapshot of the database, and the files it names (linked where the folder is on the same
/// disk, for they never change).
///
/// # Errors
/// [`StoreError::NotEmpty`], [`StoreError::Io`], or a chain that does not verify.
pub fn backup(dir: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<BackedUp, StoreError> {
    let (dir, to) = (dir.as_ref(), to.as_ref());
    let database = database_in(dir);
    // Nothing is written, but joining the city's write-ahead log needs the right to.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if !database.exists() {
        return Err(StoreError::bad_copy(&database, "there is no city here; name its data folder"));
    }
    let city = Connection::open_with_flags(&database, flags)?;
    let mut copy = new_copy(to)?;
    copy_database(&city, &mut copy)?;
    finish(copy, dir, to)
}

fn new_copy(to: &Path) -> Result<Connection, StoreError> {
    folder::must_be_empty(to)?;
    let files = to.join("files");
    fs::create_dir_all(&files).map_err(|cause| StoreError::io(&files, cause))?;
    Ok(Connection::open(database_in(to))?)
}

/// Proves the copy's chain, brings the files and writes the manifest.
fn finish(copy: Connection, dir: &Path, to: &Path) -> Result<BackedUp, StoreError> {
    let verified = chain_of(&copy)?;
    if let Some(seq) = verified.first_bad {
        return Err(StoreError::bad_copy(dir, format!("record {seq} does not verify; no backup was made of it")));
    }
    let schema = migrate::version(&copy)?;
    let files = link_files(&copy, &dir.join("files"), &to.join("files"))?;
    copy.close().map_err(|(_, error)| StoreError::Db(port_error(error)))?;
    let backed_up = BackedUp { schema, records: verified.records, head: chain::hex(&verified.head), files };
    let json = serde_json::to_vec(&backed_up).map_err(|error| StoreError::bad_copy(to, error.to_string()))?;
    folder::write_durably(&to.join(MANIFEST), &json)?;
    Ok(backed_up)
}

/// Copies all pages in one step: the snapshot holds for its length, and the writer is not stopped by it.
fn copy_database(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    let backup = Backup::new(from, to)?;
    backup.step(-1)?;
    drop(backup);
    // One file without a log beside it, so that the copy is whole by itself.
    to.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(())
}

fn link_files(conn: &Connection, from: &Path, to: &Path) -> Result<u64, StoreError> {
    let hashes: Vec<String> = db::all(conn, evidence::FILE_HASHES, [], |row| row.get(0))?;
    for sha256 in &hashes {
        let link = |source: PathBuf, target: PathBuf| match fs::hard_link(&source, &target) {
            Ok(()) => Ok(()),
            Err(_) => copy(&source, &target),
        };
        both(from, to, sha256, link)?;
    }
    Ok(hashes.len() as u64)
}

/// Brings a file and its thumbnail, where it has one, from one `files` to another.
fn both(
    from: &Path,
    to: &Path,
    sha256: &str,
    bring: impl Fn(PathBuf, PathBuf) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let target = folder::address(to, sha256);
    let shelf = target.parent().unwrap_or(to);
    fs::create_dir_all(shelf).map_err(|cause| StoreError::io(shelf, cause))?;
    bring(folder::address(from, sha256), target)?;
    let thumb = folder::thumb_address(from, sha256);
    if thumb.exists() { bring(thumb, folder::thumb_address(to, sha256)) } else { Ok(()) }
}

fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let bytes = fs::read(from).map_err(|cause| StoreError::io(from, cause))?;
    folder::write_durably(to, &bytes)
}

/// Brings a backup back into a new or empty folder and proves it: the whole chain to the head the backup was made
/// with, and the content of every file.
///
/// # Errors
/// [`StoreError::BadCopy`] naming what is wrong; the new folder is then not to be used.
pub fn restore(from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<BackedUp, StoreError> {
    let (from, to) = (from.as_ref(), to.as_ref());
    let path = from.join(MANIFEST);
    let json = fs::read(&path).map_err(|cause| StoreError::io(&path, cause))?;
    let backed_up: BackedUp = serde_json::from_slice(&json)
        .map_err(|error| StoreError::bad_copy(&path, format!("no manifest of a backup: {error}")))?;
    folder::must_be_empty(to)?;
    fs::create_dir_all(to).map_err(|cause| StoreError::io(to, cause))?;
    copy(&database_in(from), &database_in(to))?;
    let store = Store::open(to, Options::default())?;
    let hashes = store.with(|conn| db::all(conn, evidence::FILE_HASHES, [], |row| row.get::<_, String>(0)))??;
    for sha256 in &hashes {
        both(&from.join("files"), &to.join("files"), sha256, |from, to| copy(&from, &to))?;
    }
    prove(&store, from, &backed_up)?;
    Ok(backed_up)
}

fn prove(store: &Store, from: &Path, backed_up: &BackedUp) -> Result<(), StoreError> {
    let verified = store.verify(true)?;
    if let Some(seq) = verified.first_bad {
        return Err(StoreError::bad_copy(from, format!("record {seq} does not verify; the backup was altered")));
    }
    if let Some(fault) = verified.faults.first() {
        return Err(StoreError::bad_copy(from, fault.clone()));
    }
    if (verified.records, chain::hex(&verified.head)) != (backed_up.records, backed_up.head.clone()) {
        return Err(StoreError::bad_copy(
            from,
            "the log does not end where the backup was made; the backup was altered",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use guancheng_app::ports::{FileMeta, PortError, Read, Tx};
    use guancheng_base::{CaseId, Instant};

    use super::*;
    use crate::fixture::{MORNING, TestCity, new_folder, open_and_close, open_case};

    /// Two cases, a report with personal data, a setting and a document.
    fn city() -> TestCity {
        let city = TestCity::new();
        open_and_close(&city.store, 1);
        open_case(&city.store, 2).unwrap();
        let file = city.store.put_file(b"%PDF-1.4\n%%EOF", FileMeta::default(), Instant(MORNING), None).unwrap();
        let job = move |tx: &mut crate::WriteTx<'_>| {
            tx.add_file(&file)?;
            tx.put_org(&crate::people::tests::rows())?;
            tx.put_setting("city", "{\"title\":\"城\"}")
        };
        city.store.write::<_, PortError>(job).unwrap();
        city
    }

    fn looks_like_the_city(store: &Store) {
        let (row, setting) = store.read(|r| Ok::<_, PortError>((r.row(CaseId(1))?, r.setting("city")?))).unwrap();
        assert_eq!(row.map(|row| row.seq), Some(2));
        assert_eq!(setting.as_deref(), Some("{\"title\":\"城\"}"));
        assert!(store.verify(true).unwrap().ok());
        assert_eq!(open_case(store, 3), Ok(4));
    }

    #[test]
    fn a_backup_is_brought_back_and_works_on() {
        let (city, copy, back) = (city(), new_folder(), new_folder());
        let made = city.store.backup(&copy).unwrap();
        assert_eq!((made.records, made.files), (3, 1));
        // Another process, which has not the lock, makes the same one.
        let beside = new_folder();
        assert_eq!(backup(city.store.dir(), &beside).unwrap(), made);
        fs::remove_dir_all(&beside).unwrap();
        open_case(&city.store, 9).unwrap();
        assert!(matches!(city.store.backup(&copy), Err(StoreError::NotEmpty(_))));
        assert_eq!(restore(&copy, &back).unwrap(), made);
        looks_like_the_city(&Store::open(&back, Options::default()).unwrap());
        fs::remove_dir_all(&back).unwrap();
        fs::remove_dir_all(&copy).unwrap();
    }

    #[test]
    fn an_altered_backup_is_refused() {
        let (city, copy, back) = (city(), new_folder(), new_folder());
        city.store.backup(&copy).unwrap();
        let conn = Connection::open(database_in(&copy)).unwrap();
        conn.execute_batch("UPDATE records SET actor = 'person:8' WHERE seq = 2").unwrap();
        drop(conn);
        let refused = restore(&copy, &back).unwrap_err().to_string();
        assert!(refused.ends_with("record 2 does not verify; the backup was altered"), "{refused}");
        let refused = restore(city.store.dir(), new_folder()).unwrap_err();
        assert!(matches!(refused, StoreError::Io { .. }), "{refused}");
        fs::remove_dir_all(&back).unwrap();
        fs::remove_dir_all(&copy).unwrap();
    }

    #[test]
    fn an_export_makes_the_same_city() {
        let city = city();
        let mut lines = Vec::new();
        let exported = city.store.export(&mut lines).unwrap();
        let dir = new_folder();
        let imported = Store::import(&dir, &mut BufReader::new(lines.as_slice()), Path::new("city.jsonl")).unwrap();
        assert_eq!(imported, exported);
        let store = Store::open(&dir, Options::default()).unwrap();
        let mut again = Vec::new();
        store.export(&mut again).unwrap();
        assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(lines).unwrap());
        looks_like_the_city(&store);
        drop(store);
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_damaged_export_is_refused_with_its_line() {
        let city = city();
        let mut lines = Vec::new();
        city.store.export(&mut lines).unwrap();
        let whole = String::from_utf8(lines).unwrap();
        let check = |text: String, expected: &str| {
            let dir = new_folder();
            let refused = Store::import(&dir, &mut BufReader::new(text.as_bytes()), Path::new("city.jsonl"));
            let refused = refused.unwrap_err().to_string();
            assert!(refused.starts_with("city.jsonl: ") && refused.contains(expected), "{refused}");
            fs::remove_dir_all(&dir).unwrap();
        };
        check(String::new(), "line 1: the file ends before its last line; it was cut off");
        check("{}\n".to_owned(), "line 1: this is no header of an export of format 1");
        let schema = |version: i64| format!("\"schema\":{version}");
        check(
            whole
                .replace("\"guancheng_export\":1", "\"guancheng_export\":1,\"x\":1")
                .replace(&schema(crate::SCHEMA_VERSION), &schema(crate::SCHEMA_VERSION + 1)),
            "written by a newer version",
        );
        let cut = whole.lines().take(9).collect::<Vec<_>>().join("\n") + "\n";
        check(cut, "line 10: the file ends before its last line");
        check(
            whole.replacen("\"table\":\"counters\"", "\"table\":\"sqlite_schema\"", 1),
            "line 2: the table \"sqlite_schema\" is unknown",
        );
        check(
            whole.replace("person:", "person").replace("\"actor\":\"system:import\"", "\"actor\":\"person:8\""),
            "the log does not verify",
        );
        let orphan = whole.replace("\"parent\":2", "\"parent\":77");
        check(orphan, "a row of offices points at a row of offices that is missing");
        check(whole.replace("JVBERi0x", "AAAAAAAA"), "was altered");
    }
}
