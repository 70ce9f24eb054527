//! Rates per key (an address, a log-in name): token buckets for what is allowed so often, and waits that double after
//! failed log-ins. In memory: a restart forgives.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use guancheng_base::Instant;

use crate::limits;

/// So many in a minute per key, in bursts up to the same number.
pub struct Rate {
    per_minute: u32,
    buckets: Mutex<BTreeMap<String, Bucket>>,
}

struct Bucket {
    left: f64,
    at: Instant,
}

impl Rate {
    /// `per_minute` = 0 switches the limit off.
    pub fn new(per_minute: u32) -> Self {
        Rate { per_minute, buckets: Mutex::default() }
    }

    /// Takes one; or says how many seconds to wait.
    pub fn take(&self, key: &str, now: Instant) -> Result<(), u64> {
        if self.per_minute == 0 {
            return Ok(());
        }
        let full = f64::from(self.per_minute);
        let mut buckets = lock(&self.buckets);
        make_room(&mut buckets, |bucket| now.0 - bucket.at.0 > 60_000);
        let bucket = buckets.entry(key.to_owned()).or_insert(Bucket { left: full, at: now });
        let refilled = now.0.saturating_sub(bucket.at.0).max(0) as f64 * full / 60_000.0;
        bucket.left = (bucket.left + refilled).min(full);
        bucket.at = now;
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        Err(((1.0 - bucket.left) * 60.0 / full).ceil() as u64)
    }
}

/// Failed log-ins per key.
#[derive(Default)]
pub struct Failures {
    by_key: Mutex<BTreeMap<String, Failed>>,
}

struct Failed {
    times: u32,
    until: Instant,
}

impl Failures {
    /// How many seconds the key still has to wait.
    pub fn wait_s(&self, key: &str, now: Instant) -> Option<u64> {
        let by_key = lock(&self.by_key);
        let left = by_key.get(key).map(|failed| failed.until.0 - now.0)?;
        (left > 0).then(|| u64::try_from(left).unwrap_or_default().div_ceil(1000))
    }

    /// Notes a failure; the first few cost nothing, then the wait doubles.
    pub fn add(&self, key: &str, now: Instant) {
        let mut by_key = lock(&self.by_key);
        make_room(&mut by_key, |failed| failed.until.0 + limits::LOGIN_WAIT_MAX_MS < now.0);
        let failed = by_key.entry(key.to_owned()).or_insert(Failed { times: 0, until: now });
        failed.times = failed.times.saturating_add(1);
        let beyond = failed.times.saturating_sub(limits::LOGIN_FAILURES_FREE);
        let wait_ms = if beyond == 0 { 0 } else { (1000_i64 << (beyond - 1).min(20)).min(limits::LOGIN_WAIT_MAX_MS) };
        failed.until = now.plus_ms(wait_ms);
    }

    /// Forgets the key after a success.
    pub fn clear(&self, key: &str) {
        lock(&self.by_key).remove(key);
    }
}

/// Drops what is over when too much is remembered, and everything if that is not enough.
fn make_room<T>(map: &mut BTreeMap<String, T>, over: impl Fn(&T) -> bool) {
    if map.len() >= limits::REMEMBERED_KEYS {
        map.retain(|_, one| !over(one));
        if map.len() >= limits::REMEMBERED_KEYS {
            map.clear();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_refills_with_time() {
        let rate = Rate::new(2);
        let seen = [0, 0, 0, 29_000, 30_000, 30_000].map(|ms| rate.take("a", Instant(ms)).err());
        assert_eq!(seen, [None, None, Some(30), Some(1), None, Some(30)]);
        assert_eq!(rate.take("b", Instant(0)), Ok(()));
    }

    #[test]
    fn waits_double_after_the_free_tries() {
        let failures = Failures::default();
        let waits: Vec<Option<u64>> = (0..9)
            .map(|_| {
                failures.add("a", Instant(0));
                failures.wait_s("a", Instant(0))
            })
            .collect();
        assert_eq!(waits, [None, None, None, None, None, Some(1), Some(2), Some(4), Some(8)]);
        assert_eq!(failures.wait_s("a", Instant(8_000)), None);
        failures.clear("a");
        assert_eq!(failures.wait_s("a", Instant(0)), None);
    }
}
