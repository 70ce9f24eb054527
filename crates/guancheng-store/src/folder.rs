//! The data folder: `city.sqlite`, `files/ab/cdef…`, and the lock against a second process.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use crate::StoreError;

/// A data folder that this process alone works on, until it is dropped.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
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
            Ok(()) => Ok(Folder { root: root.to_owned(), _lock: lock }),
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

/// Writes a file so that it is either whole and on the disk under its name, or not there.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let shelf = path.parent().unwrap_or(path);
    let fail = |cause| StoreError::io(path, cause);
    fs::create_dir_all(shelf).map_err(fail)?;
    // Two writers of the same content must not share a draft.
    let draft = path.with_extension(format!("draft{}", DRAFTS.fetch_add(1, Ordering::Relaxed)));
    let mut file = File::create(&draft).map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)?;
    fs::rename(&draft, path).map_err(fail)?;
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
