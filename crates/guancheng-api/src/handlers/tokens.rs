//! API tokens of the person logged in.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use guancheng_app::ports::{StoredAnswer, TokenRow, Tx};
use guancheng_base::{ErrorCode, Name};

use crate::{
    caller::{Caller, TOKEN_PREFIX},
    dto::{self, Moment, NewToken, TokenMade, TokenPage, TokenScope},
    extract::{Json, Path},
    handlers::session::private,
    idempotent::{Claim, Key, once},
    paths::IdPath,
    problem::{Answer, Problem},
    secret::{hex, sha256, sha256_parts},
    state::Api,
};

const DAY_MS: i64 = 86_400_000;

/// My tokens.
#[utoipa::path(get, path = "/tokens", operation_id = "list_tokens", tag = "session",
    responses((status = 200, description = "My tokens", body = TokenPage)))]
pub async fn list_tokens(State(api): State<Api>, caller: Caller) -> Answer<Response> {
    let person = caller.person;
    let items = api
        .read(move |city, store| {
            let rows = store.tokens(person)?;
            let row = |row: TokenRow| dto::TokenRow {
                id: row.id,
                label: row.label,
                scopes: row.scopes.iter().filter_map(scope_of).collect(),
                created_at: Moment(city.show(row.created_at)),
                expires_at: Moment(city.show(row.expires_at)),
            };
            Ok(rows.into_iter().map(row).collect())
        })
        .await?;
    Ok(private(axum::Json(TokenPage { items })))
}

/// Make a token; its secret is shown this once.
#[utoipa::path(post, path = "/tokens", operation_id = "make_token", tag = "session", request_body = NewToken,
    responses((status = 201, description = "Made", body = TokenMade)))]
pub async fn make_token(State(api): State<Api>, caller: Caller, key: Key, input: Json<NewToken>) -> Answer<Response> {
    let Json { value: input, bytes } = input;
    // The secret follows from the caller's own secret and the key, so that the same request can be answered alike
    // although the secret is never stored.
    let token = format!(
        "{TOKEN_PREFIX}{}",
        hex(&sha256_parts(&[b"api token", caller.secret.as_bytes(), key.text().as_bytes()]))
    );
    let mut scopes = input.scopes;
    scopes.sort();
    scopes.dedup();
    let now = caller.now;
    let row = TokenRow {
        id: 0,
        hash: sha256(token.as_bytes()),
        person: caller.person,
        label: input.label,
        scopes: scopes.into_iter().map(|scope| Name::from(scope_name(scope))).collect(),
        created_at: now,
        expires_at: now.plus_ms(input.days * DAY_MS),
    };
    let key = key.of(caller.actor.log_name(), &bytes);
    let actor = caller.actor;
    let claim = api.write(move |_, tx| {
        let make = |tx: &mut dyn Tx| {
            let id = tx.put_token(&row)?;
            tx.note(&actor, &Name::from("token"), None, &row.label, now)?;
            Ok(id)
        };
        once(tx, &key, now, make, |id| StoredAnswer { status: 201, case: None, body: id.to_string() })
    });
    let id = match claim.await? {
        Claim::Done(id) => id,
        Claim::Before(answer) => answer.body.parse().map_err(|_| Problem::internal("an answer kept for a token"))?,
    };
    Ok((StatusCode::CREATED, private(axum::Json(TokenMade { id, token }))).into_response())
}

/// Withdraw a token.
#[utoipa::path(delete, path = "/tokens/{id}", operation_id = "remove_token", tag = "session", params(IdPath),
    responses((status = 204, description = "Withdrawn")))]
pub async fn remove_token(State(api): State<Api>, caller: Caller, Path(path): Path<IdPath>) -> Answer<Response> {
    let removed = api.write(move |_, tx| Ok(tx.remove_token(caller.person, path.id)?)).await?;
    removed.then(|| StatusCode::NO_CONTENT.into_response()).ok_or_else(|| Problem::of(ErrorCode::NotFound))
}

fn scope_name(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => "read",
        TokenScope::Write => "write",
    }
}

fn scope_of(name: &Name) -> Option<TokenScope> {
    [TokenScope::Read, TokenScope::Write].into_iter().find(|scope| *name == *scope_name(*scope))
}
