//! People, log-ins, sessions, tokens and answers kept for idempotency.

use guancheng_base::{CaseId, Instant, Name, PersonId};
use guancheng_org::{Grant, Office, Person, Post, Tenure};

/// The organisation as rows; `guancheng_org::Org::new` checks that they hang together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrgRows {
    /// Offices.
    pub offices: Vec<Office>,
    /// Posts.
    pub posts: Vec<Post>,
    /// People.
    pub people: Vec<Person>,
    /// Who holds which post.
    pub tenures: Vec<Tenure>,
    /// Which roles are given to whom.
    pub grants: Vec<Grant>,
}

/// What proves a log-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Whose.
    pub person: PersonId,
    /// The argon2id string.
    pub hash: String,
}

/// A session. The secret itself is never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of the cookie's secret.
    pub hash: [u8; 32],
    /// Whose.
    pub person: PersonId,
    /// What a change must send in `X-CSRF-Token`.
    pub csrf: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// When the secret was last replaced.
    pub rotated_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
}

/// An API token. The secret itself is never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id; ignored when it is added.
    pub id: i64,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// Whose rights it carries.
    pub person: PersonId,
    /// What its owner calls it.
    pub label: String,
    /// `read`, `write`.
    pub scopes: Vec<Name>,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
}

/// A client's key for one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Who sent it (`person:7`, or an address for the public).
    pub actor: String,
    /// The header's value.
    pub key: String,
    /// SHA-256 over method, path and body.
    pub request: [u8; 32],
}

/// What became of a claimed key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idempotent {
    /// It is new and now belongs to this request.
    Fresh,
    /// The same request was answered before.
    Answered(StoredAnswer),
    /// The same request was recorded before but its answer was lost with the process.
    Unanswered,
    /// It belongs to another request.
    Reused,
}

/// An answer as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The case it was about, so that a lost body can be built again.
    pub case: Option<CaseId>,
    /// The body.
    pub body: String,
}
