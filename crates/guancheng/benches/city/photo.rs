//! The picture that a million cases share.

use guancheng_app::{
    AppError,
    ports::{FileMeta, Tx},
};
use guancheng_base::{EvidenceId, Instant};
use guancheng_store::{Store, WriteTx};

use crate::picture;

/// Puts one picture into the evidence store.
pub fn keep(store: &Store, now: Instant) -> Result<EvidenceId, String> {
    let row = store.put_file(&picture::png(1), FileMeta::default(), now, None).map_err(|error| error.message())?;
    let added: Result<EvidenceId, AppError> = store.write(move |tx: &mut WriteTx<'_>| Ok(tx.add_file(&row)?));
    added.map_err(|error| error.to_string())
}
