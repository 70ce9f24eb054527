//! `Idempotency-Key`: the same intention sent twice is done once and answered alike. The key is claimed in the same
//! commit as the effect; what is kept is how to build the answer again, not the answer itself.

use axum::{extract::FromRequestParts, http::request::Parts};
use guancheng_app::ports::{IdempotencyKey, Idempotent, StoredAnswer, Tx};
use guancheng_base::{CaseId, ErrorCode, Instant};

use crate::{
    problem::{Answer, Problem},
    secret::sha256_parts,
    state::Api,
};

/// The header's name.
pub const HEADER: &str = "idempotency-key";

/// The key a client sent, with the request line it belongs to.
pub struct Key {
    key: String,
    line: String,
}

/// What a job found when it claimed its key.
pub enum Claim<T> {
    /// It was new: the effect happened now.
    Done(T),
    /// The effect happened before: how to build that answer again.
    Before(StoredAnswer),
}

impl FromRequestParts<Api> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Answer<Self> {
        let sent = parts.headers.get(HEADER).ok_or_else(|| Problem::of(ErrorCode::IdempotencyKeyMissing))?;
        let key = sent.to_str().ok().filter(|key| well_formed(key)).ok_or_else(|| {
            Problem::with(
                ErrorCode::BadRequest,
                "Idempotency-Key：应为 8 至 100 个字母、数字或 . _ : -",
                "Idempotency-Key: must be 8 to 100 letters, digits or . _ : -",
            )
        })?;
        Ok(Key { key: key.to_owned(), line: request_line(parts) })
    }
}

impl Key {
    /// A key made by the server for a form that cannot send one.
    pub fn minted(key: String, line: &str) -> Self {
        Key { key, line: line.to_owned() }
    }

    /// The key's own text.
    pub fn text(&self) -> &str {
        &self.key
    }

    /// The key of this actor for this request and body.
    pub fn of(self, actor: String, body: &[u8]) -> IdempotencyKey {
        let request = sha256_parts(&[self.line.as_bytes(), body]);
        IdempotencyKey { actor, key: self.key, request }
    }
}

/// Does the job under its key, in one transaction. `kept` says how to build the answer again.
pub fn once<T>(
    tx: &mut dyn Tx,
    key: &IdempotencyKey,
    now: Instant,
    job: impl FnOnce(&mut dyn Tx) -> Answer<T>,
    kept: impl FnOnce(&T) -> StoredAnswer,
) -> Answer<Claim<T>> {
    match tx.claim(key, now)? {
        Idempotent::Fresh => {}
        Idempotent::Answered(answer) => return Ok(Claim::Before(answer)),
        Idempotent::Unanswered | Idempotent::Reused => return Err(Problem::of(ErrorCode::IdempotencyKeyReused)),
    }
    let done = job(tx)?;
    tx.answer(key, &kept(&done))?;
    Ok(Claim::Done(done))
}

/// How to build a case view again: the case, its sequence then, and the time then.
pub fn kept_view(status: u16, case: CaseId, seq: u64, now: Instant) -> StoredAnswer {
    StoredAnswer { status, case: Some(case), body: format!("{seq} {}", now.0) }
}

/// The sequence and time that [`kept_view`] kept.
pub fn read_view(answer: &StoredAnswer) -> Answer<(CaseId, u64, Instant)> {
    let parts =
        answer.body.split_once(' ').and_then(|(seq, now)| Some((seq.parse().ok()?, Instant(now.parse().ok()?))));
    let (Some(case), Some((seq, now))) = (answer.case, parts) else {
        return Err(Problem::internal(format!("an answer kept for a case is {:?}", answer.body)));
    };
    Ok((case, seq, now))
}

/// A small answer as the text that is sent and kept.
pub fn to_text(answer: &impl serde::Serialize) -> Answer<String> {
    serde_json::to_string(answer).map_err(|error| Problem::internal(error.to_string()))
}

/// The text of an answer that was sent now or before.
pub fn kept_text(claim: Claim<String>) -> String {
    match claim {
        Claim::Done(body) => body,
        Claim::Before(answer) => answer.body,
    }
}

/// Whether a text can be a key.
pub fn well_formed(key: &str) -> bool {
    (8..=100).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-'))
}

fn request_line(parts: &Parts) -> String {
    let query = parts.uri.query().unwrap_or_default();
    format!("{} {}?{query}", parts.method, parts.uri.path())
}
