//! Sessions that were used lately, so that a request need not ask the store who it is from.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use guancheng_app::ports::SessionRow;
use guancheng_base::Instant;

use crate::limits;

/// A session is written again when its idle time was last renewed so long ago.
const RENEW_AFTER_MS: i64 = 10 * 60_000;

/// The sessions in use. The store is the truth; this is its copy within one process, the only one that serves the city.
#[derive(Default)]
pub struct Sessions {
    by_hash: Mutex<BTreeMap<[u8; 32], SessionRow>>,
}

impl Sessions {
    /// The session of that secret, if it was used lately.
    pub fn get(&self, hash: &[u8; 32]) -> Option<SessionRow> {
        self.lock().get(hash).cloned()
    }

    /// Remembers a session.
    pub fn put(&self, session: SessionRow) {
        let mut by_hash = self.lock();
        if by_hash.len() >= limits::REMEMBERED_KEYS {
            by_hash.clear();
        }
        by_hash.insert(session.hash, session);
    }

    /// Forgets a session.
    pub fn remove(&self, hash: &[u8; 32]) {
        self.lock().remove(hash);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], SessionRow>> {
        self.by_hash.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a session used at `now` ends: after the idle time, but never later than its whole life.
pub fn expiry(opened_at: Instant, now: Instant) -> Instant {
    now.plus_ms(limits::SESSION_IDLE_MS).min(opened_at.plus_ms(limits::SESSION_MAX_MS))
}

/// The session with its idle time renewed, if that is worth a write.
pub fn renewed(session: &SessionRow, now: Instant) -> Option<SessionRow> {
    let expires_at = expiry(session.opened_at, now);
    (expires_at.0 - session.expires_at.0 >= RENEW_AFTER_MS).then(|| SessionRow { expires_at, ..session.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_renewed_by_use_but_not_for_ever() {
        let opened_at = Instant(0);
        let row = |expires_at| SessionRow {
            hash: [0; 32],
            person: guancheng_base::PersonId(1),
            csrf: String::new(),
            opened_at,
            rotated_at: opened_at,
            expires_at,
        };
        let session = row(expiry(opened_at, opened_at));
        assert_eq!(renewed(&session, Instant(60_000)), None);
        let later = renewed(&session, Instant(RENEW_AFTER_MS)).map(|session| session.expires_at);
        assert_eq!(later, Some(Instant(RENEW_AFTER_MS + limits::SESSION_IDLE_MS)));
        let end = opened_at.plus_ms(limits::SESSION_MAX_MS);
        assert_eq!(renewed(&row(end), end.plus_ms(-1)), None);
    }
}
