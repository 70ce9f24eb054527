//! What the simulator needs from whoever keeps the records.

use guancheng_app::{
    AppError,
    ports::{FileRow, Tx},
};

/// A city that can be played: an ordered writer and a place for pictures.
pub trait World {
    /// Runs a job in one transaction and returns after its commit. A job that fails leaves nothing behind.
    ///
    /// # Errors
    /// What the job says, or why the store could not commit.
    fn write<T, F>(&mut self, job: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Tx) -> Result<T, AppError> + Send + 'static;

    /// Keeps the bytes of a picture or a page and says what it is, as [`Tx::add_file`] wants it; `id`, `meta`, `at` and `by` are the
    /// simulator's to set. The same bytes may come again.
    ///
    /// # Errors
    /// Why the bytes could not be kept.
    fn keep_file(&mut self, bytes: &[u8]) -> Result<FileRow, AppError>;
}
