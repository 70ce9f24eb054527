//! The words every other crate is written in. Invariant: nothing here knows a city, a file, a socket or a clock;
//! every value is plain data that can be compared, ordered and printed.

mod actor;
mod code;
mod ctx;
mod geo;
mod id;
mod money;
mod name;
mod time;
#[cfg(feature = "wire")]
mod wire;

pub use actor::{Actor, GrantHeld, SystemActor};
pub use code::{Class, ErrorCode};
pub use ctx::Ctx;
pub use geo::{LonLat, metres_between};
pub use id::{AskId, CaseId, EvidenceId, OfficeId, PersonId, PostId, ReportId};
pub use money::Fen;
pub use name::Name;
pub use time::{Day, Instant, ParseTimeError};
