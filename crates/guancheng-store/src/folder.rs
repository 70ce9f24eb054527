//! The data folder: `city.sqlite`, `files/ab/cdef…`, and the lock against a second process.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::StoreError;

/// A data folder that this process alone works on, until it is dropped.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    /// Shelves of `files` whose own entry this process knows to be on the disk.
    shelves: Mutex<BTreeSet<PathBuf>>,
    _lock: File,
}

impl Folder {
    /// Makes the folder where it is missing and takes it.
    pub(crate) fn take(root: &Path) -> Result<Self, StoreError> {
        let files = root.join("files");
        fs::create_dir_all(&files).map_err(|cause| StoreError::io(&files, cause))?;
        let path = root.join("lock");
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let lock = options.map_err(|cause| StoreError::io(&path, cause))?;
        match lock.try_lock() {
            Ok(()) => Ok(Folder { root: root.to_owned(), shelves: Mutex::default(), _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => Err(StoreError::Locked(root.to_owned())),
            Err(fs::TryLockError::Error(cause)) => Err(StoreError::io(&path, cause)),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn database(&self) -> PathBuf {
        database_in(&self.root)
    }

    pub(crate) fn files(&self) -> PathBuf {
        self.root.join("files")
    }

    /// Writes files of one shelf, each whole under its name or not there. When it returns, the disk has all of them:
    /// one sync a file, one for the shelf, and one for a shelf that is new.
    pub(crate) fn keep(&self, shelf: &Path, files: &[(PathBuf, &[u8])]) -> Result<(), StoreError> {
        fs::create_dir_all(shelf).map_err(|cause| StoreError::io(shelf, cause))?;
        // Files that are there may have been put there by another thread just now, so the shelf is synced even so.
        let missing = |path: &Path, bytes: &[u8]| !fs::metadata(path).is_ok_and(|at| at.len() == bytes.len() as u64);
        let drafts = files.iter().filter(|(path, bytes)| missing(path, bytes)).map(|(path, bytes)| draft(path, bytes));
        let drafts = drafts.collect::<Result<Vec<Draft<'_>>, _>>()?;
        drafts.iter().try_for_each(Draft::sync)?;
        drafts.iter().try_for_each(Draft::place)?;
        sync_folder(shelf)?;
        if self.known().contains(shelf) {
            return Ok(());
        }
        sync_folder(&self.files())?;
        self.known().insert(shelf.to_owned());
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) fn database_in(root: &Path) -> PathBuf {
    root.join("city.sqlite")
}

/// Where the content of that hash lies below `files`.
pub(crate) fn address(files: &Path, sha256: &str) -> PathBuf {
    let (shelf, rest) = sha256.split_at_checked(2).unwrap_or((sha256, ""));
    files.join(shelf).join(rest)
}

static DRAFTS: AtomicU64 = AtomicU64::new(0);

/// Where the thumbnail of that content lies.
pub(crate) fn thumb_address(files: &Path, sha256: &str) -> PathBuf {
    address(files, sha256).with_extension("thumb.jpg")
}

/// A file under a name of its own, to be synced and then renamed.
struct Draft<'p> {
    path: &'p Path,
    draft: PathBuf,
    file: File,
}

fn draft<'p>(path: &'p Path, bytes: &[u8]) -> Result<Draft<'p>, StoreError> {
    // Two writers of the same content must not share a draft.
    let draft = path.with_extension(format!("draft{}", DRAFTS.fetch_add(1, Ordering::Relaxed)));
    let written = File::create(&draft).and_then(|mut file| file.write_all(bytes).map(|()| file));
    let file = written.map_err(|cause| StoreError::io(path, cause))?;
    Ok(Draft { path, draft, file })
}

impl Draft<'_> {
    fn sync(&self) -> Result<(), StoreError> {
        self.file.sync_all().map_err(|cause| StoreError::io(self.path, cause))
    }

    fn place(&self) -> Result<(), StoreError> {
        fs::rename(&self.draft, self.path).map_err(|cause| StoreError::io(self.path, cause))
    }
}

/// Writes a file so that it is either whole and on the disk under its name, or not there.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let shelf = path.parent().unwrap_or(path);
    fs::create_dir_all(shelf).map_err(|cause| StoreError::io(path, cause))?;
    let draft = draft(path, bytes)?;
    draft.sync()?;
    draft.place()?;
    sync_folder(shelf)?;
    // A new shelf is an entry of its parent, which must be on the disk as well.
    shelf.parent().map_or(Ok(()), sync_folder)
}

pub(crate) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    File::open(path).and_then(|folder| folder.sync_all()).map_err(|cause| StoreError::io(path, cause))
}

/// Refuses a folder that exists and holds anything.
pub(crate) fn must_be_empty(path: &Path) -> Result<(), StoreError> {
    match fs::read_dir(path).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(StoreError::NotEmpty(path.to_owned())),
        Ok(false) => Ok(()),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(StoreError::io(path, cause)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::new_folder;

    #[test]
    fn files_of_a_shelf_are_whole_and_leave_no_draft() {
        let dir = new_folder();
        let folder = Folder::take(&dir).unwrap();
        let files = folder.files();
        let shelf = files.join("ab");
        let both = [(address(&files, "abcd"), &b"picture"[..]), (thumb_address(&files, "abcd"), &b"small"[..])];
        let found = || {
            let mut found: Vec<(String, Vec<u8>)> = fs::read_dir(&shelf)
                .unwrap()
                .map(Result::unwrap)
                .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
                .collect();
            found.sort();
            found
        };
        let whole = [("cd".to_owned(), b"picture".to_vec()), ("cd.thumb.jpg".to_owned(), b"small".to_vec())];
        for _ in 0..2 {
            folder.keep(&shelf, &both).unwrap();
            assert_eq!(found(), whole);
        }
        fs::write(shelf.join("cd"), b"cut").unwrap();
        folder.keep(&shelf, &both).unwrap();
        assert_eq!(found(), whole, "a file that is not whole is written again");
        fs::remove_dir_all(&dir).unwrap();
    }
}
