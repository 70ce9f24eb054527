//! The organisation, log-ins, sessions, tokens, idempotency, settings and the audit.

use guancheng_app::ports::{
    Audit, AuditQuery, Credential, IdempotencyKey, Idempotent, OrgRows, Page, PortError, SessionRow, StoredAnswer,
    TokenRow,
};
use guancheng_base::{CaseId, ErrorCode, Instant, Name, OfficeId, PersonId, PostId};
use guancheng_org::{Grant, GrantTo, Office, Person, Post, Tenure};
use rusqlite::{Connection, Row, params};

use crate::{
    chain::Hash,
    db,
    error::{Port, corrupt},
    limits::PAGE_ROWS_MAX,
    sql::{cases, people as sql},
};

pub(crate) fn org(conn: &Connection) -> Port<OrgRows> {
    Ok(OrgRows {
        offices: db::all(conn, sql::OFFICES, [], office)?,
        posts: all_json(conn, sql::POSTS, post)?,
        people: db::all(conn, sql::PEOPLE, [], person)?,
        tenures: db::all(conn, sql::TENURES, [], tenure)?,
        grants: all_json(conn, sql::GRANTS, grant)?,
    })
}

/// Rows with a JSON column: the outer result is the database's, the inner one the JSON's.
fn all_json<T>(conn: &Connection, sql: &str, read: fn(&Row<'_>) -> rusqlite::Result<Port<T>>) -> Port<Vec<T>> {
    db::all(conn, sql, [], read)?.into_iter().collect()
}

fn office(row: &Row<'_>) -> rusqlite::Result<Office> {
    Ok(Office {
        id: OfficeId(row.get(0)?),
        code: name(row, 1)?,
        name: row.get(2)?,
        parent: row.get::<_, Option<i64>>(3)?.map(OfficeId),
        kind: name(row, 4)?,
    })
}

fn post(row: &Row<'_>) -> rusqlite::Result<Port<Post>> {
    let (id, office, title) = (PostId(row.get(0)?), OfficeId(row.get(1)?), row.get(2)?);
    let duties: String = row.get(3)?;
    Ok(words(&duties).map(|duties| Post { id, office, title, duties }))
}

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person { id: PersonId(row.get(0)?), login: name(row, 1)?, name: row.get(2)? })
}

fn tenure(row: &Row<'_>) -> rusqlite::Result<Tenure> {
    Ok(Tenure {
        person: PersonId(row.get(0)?),
        post: PostId(row.get(1)?),
        from: Instant(row.get(2)?),
        to: row.get::<_, Option<i64>>(3)?.map(Instant),
        substitute_for: row.get::<_, Option<i64>>(4)?.map(PersonId),
    })
}

fn grant(row: &Row<'_>) -> rusqlite::Result<Port<Grant>> {
    let (post, person): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
    let area: (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
    let kinds: String = row.get(6)?;
    let (role, office) = (name(row, 0)?, row.get::<_, Option<i64>>(3)?.map(OfficeId));
    let (from, until) = (Instant(row.get(7)?), row.get::<_, Option<i64>>(8)?.map(Instant));
    let to = post.map(|id| GrantTo::Post(PostId(id))).or(person.map(|id| GrantTo::Person(PersonId(id))));
    Ok(to.ok_or_else(|| corrupt("a grant is given to nobody")).and_then(|to| {
        let kinds = words(&kinds)?.into_iter().map(Name::from).collect();
        Ok(Grant { role, to, office, area: area.0.zip(area.1), kinds, from, until })
    }))
}

fn name(row: &Row<'_>, column: usize) -> rusqlite::Result<Name> {
    row.get::<_, String>(column).map(Into::into)
}

fn words(json: &str) -> Port<Vec<String>> {
    serde_json::from_str(json).map_err(|error| corrupt(format!("a list of words cannot be read: {error}")))
}

fn list(words: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    serde_json::Value::from(words.into_iter().map(|word| word.as_ref().to_owned()).collect::<Vec<_>>()).to_string()
}

/// Replaces the organisation. Offices are written parents first, for the foreign key.
pub(crate) fn put_org(conn: &Connection, org: &OrgRows) -> Port<()> {
    let OrgRows { offices, posts, people, tenures, grants } = org;
    for Office { id, code, name, parent, kind } in parents_first(offices) {
        let values = params![id.0, code.as_str(), name, parent.map(|parent| parent.0), kind.as_str()];
        db::run(conn, sql::PUT_OFFICE, values)?;
    }
    for Post { id, office, title, duties } in posts {
        db::run(conn, sql::PUT_POST, params![id.0, office.0, title, list(duties)])?;
    }
    for Person { id, login, name } in people {
        db::run(conn, sql::PUT_PERSON, params![id.0, login.as_str(), name])?;
    }
    db::run(conn, sql::CLEAR_TENURES, [])?;
    for Tenure { person, post, from, to, substitute_for } in tenures {
        let values = params![person.0, post.0, from.0, to.map(|to| to.0), substitute_for.map(|person| person.0)];
        db::run(conn, sql::PUT_TENURE, values)?;
    }
    db::run(conn, sql::CLEAR_GRANTS, [])?;
    for (id, grant) in (1_i64..).zip(grants) {
        put_grant(conn, id, grant)?;
    }
    Ok(())
}

fn put_grant(conn: &Connection, id: i64, grant: &Grant) -> Port<()> {
    let Grant { role, to, office, area, kinds, from, until } = grant;
    let (post, person) = match to {
        GrantTo::Post(post) => (Some(post.0), None),
        GrantTo::Person(person) => (None, Some(person.0)),
    };
    let (low, end) = area.unzip();
    let (office, until, kinds) =
        (office.map(|office| office.0), until.map(|until| until.0), list(kinds.iter().map(Name::as_str)));
    let values = params![id, role.as_str(), post, person, office, low, end, kinds, from.0, until];
    db::run(conn, sql::PUT_GRANT, values).map(|_| ())
}

/// Offices so that each comes after the one it is part of; those in a ring come last and are refused by the key.
fn parents_first(offices: &[Office]) -> Vec<&Office> {
    let mut done: Vec<&Office> = Vec::new();
    let mut left: Vec<&Office> = offices.iter().collect();
    loop {
        let placed = |office: &&Office| office.parent.is_none_or(|parent| done.iter().any(|above| above.id == parent));
        let (ready, waiting): (Vec<&Office>, Vec<&Office>) = left.into_iter().partition(placed);
        if ready.is_empty() {
            done.extend(waiting);
            return done;
        }
        done.extend(ready);
        left = waiting;
    }
}

pub(crate) fn credential(conn: &Connection, login: &str) -> Port<Option<Credential>> {
    db::one(conn, sql::CREDENTIAL, [login], |row| Ok(Credential { person: PersonId(row.get(0)?), hash: row.get(1)? }))
}

pub(crate) fn put_credential(conn: &Connection, person: PersonId, hash: &str, at: Instant) -> Port<()> {
    db::run(conn, sql::PUT_CREDENTIAL, params![person.0, hash, at.0]).map(|_| ())
}

pub(crate) fn session(conn: &Connection, hash: &Hash) -> Port<Option<SessionRow>> {
    db::one(conn, sql::SESSION, [hash], |row| {
        Ok(SessionRow {
            hash: row.get(0)?,
            person: PersonId(row.get(1)?),
            csrf: row.get(2)?,
            opened_at: Instant(row.get(3)?),
            rotated_at: Instant(row.get(4)?),
            expires_at: Instant(row.get(5)?),
        })
    })
}

pub(crate) fn put_session(conn: &Connection, session: &SessionRow) -> Port<()> {
    let SessionRow { hash, person, csrf, opened_at, rotated_at, expires_at } = session;
    let values = params![hash, person.0, csrf, opened_at.0, rotated_at.0, expires_at.0];
    db::run(conn, sql::PUT_SESSION, values).map(|_| ())
}

pub(crate) fn rotate_session(conn: &Connection, old: &Hash, new: &SessionRow) -> Port<()> {
    if db::run(conn, sql::END_SESSION, [old])? == 0 {
        let message = "the session has ended; log in again".to_owned();
        return Err(PortError::Refused { code: ErrorCode::NotLoggedIn, message });
    }
    put_session(conn, new)
}

pub(crate) fn end_session(conn: &Connection, hash: &Hash) -> Port<()> {
    db::run(conn, sql::END_SESSION, [hash]).map(|_| ())
}

pub(crate) fn sweep(conn: &Connection, before: Instant) -> Port<usize> {
    let texts = [sql::SWEEP_SESSIONS, sql::SWEEP_TOKENS, sql::SWEEP_IDEMPOTENCY];
    texts.iter().map(|text| db::run(conn, text, [before.0])).sum()
}

fn token_row(row: &Row<'_>) -> rusqlite::Result<Port<TokenRow>> {
    let scopes: String = row.get(4)?;
    let token = TokenRow {
        id: row.get(0)?,
        hash: row.get(1)?,
        person: PersonId(row.get(2)?),
        label: row.get(3)?,
        scopes: Vec::new(),
        created_at: Instant(row.get(5)?),
        expires_at: Instant(row.get(6)?),
    };
    Ok(words(&scopes).map(|scopes| TokenRow { scopes: scopes.into_iter().map(Name::from).collect(), ..token }))
}

pub(crate) fn token(conn: &Connection, hash: &Hash) -> Port<Option<TokenRow>> {
    db::one(conn, sql::TOKEN, [hash], token_row)?.transpose()
}

pub(crate) fn tokens(conn: &Connection, person: PersonId) -> Port<Vec<TokenRow>> {
    db::all(conn, sql::TOKENS, [person.0], token_row)?.into_iter().collect()
}

pub(crate) fn put_token(conn: &Connection, token: &TokenRow) -> Port<i64> {
    let TokenRow { id: _, hash, person, label, scopes, created_at, expires_at } = token;
    let id = db::next(conn, "id/token")?;
    let scopes = list(scopes.iter().map(Name::as_str));
    db::run(conn, sql::PUT_TOKEN, params![id, hash, person.0, label, scopes, created_at.0, expires_at.0])?;
    Ok(id)
}

pub(crate) fn remove_token(conn: &Connection, person: PersonId, id: i64) -> Port<bool> {
    db::run(conn, sql::REMOVE_TOKEN, [person.0, id]).map(|rows| rows > 0)
}

pub(crate) fn claim(conn: &Connection, key: &IdempotencyKey, at: Instant) -> Port<Idempotent> {
    type Claimed = (Hash, Option<u16>, Option<i64>, Option<String>);
    let IdempotencyKey { actor, key, request } = key;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let claimed: Option<Claimed> = db::one(conn, sql::CLAIMED, [actor, key], read)?;
    Ok(match claimed {
        None => {
            db::run(conn, sql::CLAIM, params![actor, key, request, at.0])?;
            Idempotent::Fresh
        }
        Some((earlier, ..)) if earlier != *request => Idempotent::Reused,
        Some((_, Some(status), case, Some(body))) => {
            Idempotent::Answered(StoredAnswer { status, case: case.map(CaseId), body })
        }
        Some(_) => Idempotent::Unanswered,
    })
}

pub(crate) fn answer(conn: &Connection, key: &IdempotencyKey, answer: &StoredAnswer) -> Port<()> {
    let StoredAnswer { status, case, body } = answer;
    let values = params![key.actor, key.key, status, case.map(|case| case.0), body];
    db::run(conn, sql::ANSWER, values).map(|_| ())
}

pub(crate) fn setting(conn: &Connection, key: &str) -> Port<Option<String>> {
    db::one(conn, sql::SETTING, [key], |row| row.get(0))
}

pub(crate) fn put_setting(conn: &Connection, key: &str, json: &str) -> Port<()> {
    db::run(conn, sql::PUT_SETTING, [key, json]).map(|_| ())
}

pub(crate) fn note(
    conn: &Connection,
    actor: &str,
    act: &Name,
    case: Option<CaseId>,
    detail: &str,
    at: Instant,
) -> Port<()> {
    let values = params![at.0, actor, act.as_str(), case.map(|case| case.0), None::<i64>, detail];
    db::run(conn, cases::INSERT_AUDIT, values).map(|_| ())
}

pub(crate) fn audit(conn: &Connection, query: &AuditQuery) -> Port<Page<Audit>> {
    let AuditQuery { person, case, act, from, to, after, limit } = query;
    let after = after.as_ref().map(|cursor| cursor.parse::<i64>().map_err(|_| bad_cursor(cursor))).transpose()?;
    let limit = (*limit).clamp(1, PAGE_ROWS_MAX);
    let actor = person.map(|id| format!("person:{id}"));
    let text = match (case, &actor) {
        (Some(_), _) => sql::AUDIT_OF_CASE,
        (None, Some(_)) => sql::AUDIT_OF_ACTOR,
        (None, None) => sql::AUDIT,
    };
    let values = params![
        actor,
        case.map(|case| case.0),
        act.as_deref(),
        from.map(|at| at.0),
        to.map(|at| at.0),
        after,
        db::rows(limit + 1)
    ];
    let mut items = db::all(conn, text, values, audit_row)?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(Page { items, next })
}

fn audit_row(row: &Row<'_>) -> rusqlite::Result<Audit> {
    Ok(Audit {
        id: row.get(0)?,
        at: Instant(row.get(1)?),
        actor: row.get(2)?,
        act: name(row, 3)?,
        case: row.get::<_, Option<i64>>(4)?.map(CaseId),
        record: row.get(5)?,
        detail: row.get(6)?,
    })
}

pub(crate) fn bad_cursor(cursor: &str) -> PortError {
    let message = format!("the cursor {cursor:?} was not made for this list; begin again without it");
    PortError::Refused { code: ErrorCode::BadCursor, message }
}

#[cfg(test)]
pub(crate) mod tests;
