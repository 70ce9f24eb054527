//! The organisation, log-ins, sessions, tokens, idempotency, settings and the audit.

use super::texts;

texts! {
    OFFICES = "SELECT id, code, name, parent, kind FROM offices ORDER BY id";
    POSTS = "SELECT id, office, title, duties FROM posts ORDER BY id";
    PEOPLE = "SELECT id, login, name FROM people ORDER BY id";
    TENURES = "SELECT person, post, from_at, to_at, substitute_for FROM tenures ORDER BY person, post, from_at";
    GRANTS = "SELECT role, post, person, office, area_low, area_end, kinds, from_at, until_at FROM grants ORDER BY id";
    PUT_OFFICE = "INSERT INTO offices (id, code, name, parent, kind) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE
        SET code = excluded.code, name = excluded.name, parent = excluded.parent, kind = excluded.kind";
    PUT_POST = "INSERT INTO posts (id, office, title, duties) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE
        SET office = excluded.office, title = excluded.title, duties = excluded.duties";
    PUT_PERSON = "INSERT INTO people (id, login, name) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE
        SET login = excluded.login, name = excluded.name";
    CLEAR_TENURES = "DELETE FROM tenures";
    PUT_TENURE = "INSERT INTO tenures (person, post, from_at, to_at, substitute_for) VALUES (?1, ?2, ?3, ?4, ?5)";
    CLEAR_GRANTS = "DELETE FROM grants";
    PUT_GRANT = "INSERT INTO grants (id, role, post, person, office, area_low, area_end, kinds, from_at, until_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    CREDENTIAL = "SELECT l.person, l.hash FROM people p CROSS JOIN logins l WHERE p.login = ?1 AND l.person = p.id";
    PUT_CREDENTIAL = "INSERT INTO logins (person, hash, changed_at) VALUES (?1, ?2, ?3)
        ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at";
    SESSION = "SELECT hash, person, csrf, opened_at, rotated_at, expires_at FROM sessions WHERE hash = ?1";
    PUT_SESSION = "INSERT INTO sessions (hash, person, csrf, opened_at, rotated_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    END_SESSION = "DELETE FROM sessions WHERE hash = ?1";
    SWEEP_SESSIONS = "DELETE FROM sessions WHERE expires_at < ?1";
    SWEEP_TOKENS = "DELETE FROM tokens WHERE expires_at < ?1";
    SWEEP_IDEMPOTENCY = "DELETE FROM idempotency WHERE at < ?1";
    TOKEN = "SELECT id, hash, person, label, scopes, created_at, expires_at FROM tokens WHERE hash = ?1";
    TOKENS = "SELECT id, hash, person, label, scopes, created_at, expires_at FROM tokens WHERE person = ?1 ORDER BY id";
    PUT_TOKEN = "INSERT INTO tokens (id, hash, person, label, scopes, created_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    REMOVE_TOKEN = "DELETE FROM tokens WHERE person = ?1 AND id = ?2";
    CLAIMED = "SELECT request, status, case_id, body FROM idempotency WHERE actor = ?1 AND key = ?2";
    CLAIM = "INSERT INTO idempotency (actor, key, request, at) VALUES (?1, ?2, ?3, ?4)";
    ANSWER = "UPDATE idempotency SET status = ?3, case_id = ?4, body = ?5 WHERE actor = ?1 AND key = ?2";
    SETTING = "SELECT json FROM settings WHERE key = ?1";
    PUT_SETTING = "INSERT INTO settings (key, json) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET json = excluded.json";
    /// A filter that is NULL asks nothing. Newest first; the cursor is the id.
    AUDIT = "SELECT id, at, actor, act, case_id, record, detail FROM audit WHERE (?1 IS NULL OR actor = ?1)
        AND (?2 IS NULL OR case_id = ?2) AND (?3 IS NULL OR act = ?3) AND (?4 IS NULL OR at >= ?4)
        AND (?5 IS NULL OR at < ?5) AND (?6 IS NULL OR id < ?6) ORDER BY id DESC LIMIT ?7";
    /// The audit of one case, which has an index of its own.
    AUDIT_OF_CASE = "SELECT id, at, actor, act, case_id, record, detail FROM audit WHERE (?1 IS NULL OR actor = ?1)
        AND case_id = ?2 AND (?3 IS NULL OR act = ?3) AND (?4 IS NULL OR at >= ?4)
        AND (?5 IS NULL OR at < ?5) AND (?6 IS NULL OR id < ?6) ORDER BY id DESC LIMIT ?7";
    /// The audit of one actor, which has an index of its own.
    AUDIT_OF_ACTOR = "SELECT id, at, actor, act, case_id, record, detail FROM audit WHERE actor = ?1
        AND (?2 IS NULL OR case_id = ?2) AND (?3 IS NULL OR act = ?3) AND (?4 IS NULL OR at >= ?4)
        AND (?5 IS NULL OR at < ?5) AND (?6 IS NULL OR id < ?6) ORDER BY id DESC LIMIT ?7";
}
