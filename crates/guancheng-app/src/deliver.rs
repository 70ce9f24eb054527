//! Delivery of effects: what a move or a breach asked for outside the case, taken from the outbox exactly as often as
//! it was put there. Each notice is a row of the audit: what, about which case, to whom, when.

use guancheng_base::{Actor, Instant, Name, SystemActor};

use crate::{AppError, ports::Tx};

/// Delivers up to `limit` effects, oldest first; returns how many. Marking and noting are one commit, so that a crash
/// in between neither loses a notice nor gives it twice.
pub fn deliver(tx: &mut dyn Tx, now: Instant, limit: usize) -> Result<usize, AppError> {
    let rows = tx.outbox(limit)?;
    let system = Actor::System(SystemActor::Clock);
    for row in &rows {
        let act = Name::from(format!("notice:{}", row.effect));
        tx.note(&system, &act, Some(row.case), &row.payload, now)?;
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    tx.outbox_done(&ids, now)?;
    Ok(ids.len())
}
