//! The store: SQL, migrations, projections, evidence files. Invariant: a change is answered only after the disk has
//! it; the log is gapless and hash-chained; what lists show is derived in the same commit as the log; nobody above
//! sees a connection.
//!
//! One folder is one city. [`Store::write`] runs a job in the one ordered writer, [`Store::read`] reads a consistent
//! snapshot beside it; both speak the ports of `guancheng_app::ports`.

mod append;
mod backup;
mod cases;
mod chain;
mod closings;
mod codec;
mod db;
mod dialect;
mod error;
mod evidence;
mod facts;
mod files;
#[cfg(test)]
mod fixture;
mod folder;
mod jsonl;
pub mod limits;
mod list;
mod migrate;
mod people;
mod plan;
mod pool;
mod search;
mod sql;
mod store;
mod tally;
mod tx;
mod verify;
mod writer;

pub use backup::{BackedUp, backup, restore};
pub use chain::{GENESIS, Hash, Head, hex, sha256};
pub use codec::{decode_case, decode_events, encode_case, encode_events};
pub use error::StoreError;
pub use jsonl::Copied;
pub use migrate::SCHEMA_VERSION;
pub use store::{Health, Options, Store};
pub use tx::{Reader, WriteTx};
pub use verify::{Replayed, Verified};
