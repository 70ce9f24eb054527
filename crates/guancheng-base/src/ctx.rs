//! What a decision may know besides its inputs.

use crate::{Actor, Instant};

/// First argument of every decision: the time is assigned once per command and stored, never read inside.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// When the command was accepted.
    pub now: Instant,
    /// Who gave it.
    pub actor: Actor,
}
