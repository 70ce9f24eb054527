//! Log-in and log-out, and the one-click log-ins of a demo city.

use axum::{
    extract::State,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use guancheng_app::ports::SessionRow;
use guancheng_base::{Actor, ErrorCode, Name, PersonId};

use crate::{
    caller::{Address, Caller, set_cookie},
    dto::{DemoPage, DemoPick, Login, Me},
    extract::Json,
    lang::Lang,
    me, password,
    problem::{Answer, Problem},
    secret::{secret, sha256},
    sessions,
    state::Api,
};

/// Log in. The answer sets the session cookie.
#[utoipa::path(post, path = "/session", operation_id = "log_in", tag = "session", security(()), request_body = Login,
    responses((status = 200, description = "Logged in", body = Me)))]
pub async fn log_in(
    State(api): State<Api>,
    address: Address,
    before: Option<Caller>,
    lang: Lang,
    Json { value: input, .. }: Json<Login>,
) -> Answer<Response> {
    let person = authenticate(&api, &address, input).await?;
    open(&api, person, before, lang).await
}

/// Who am I.
#[utoipa::path(get, path = "/session", operation_id = "who_am_i", tag = "session",
    responses((status = 200, description = "Logged in", body = Me)))]
pub async fn who_am_i(State(api): State<Api>, caller: Caller, lang: Lang) -> Answer<Response> {
    let csrf = caller.session.as_ref().map(|session| session.csrf.clone()).unwrap_or_default();
    let me = me::me(api.city(), caller.person, &caller.actor, csrf, caller.now, lang)?;
    Ok(private(axum::Json(me)))
}

/// Log out.
#[utoipa::path(delete, path = "/session", operation_id = "log_out", tag = "session",
    responses((status = 204, description = "Logged out")))]
pub async fn log_out(State(api): State<Api>, caller: Caller) -> Answer<Response> {
    if let Some(session) = &caller.session {
        let hash = session.hash;
        api.sessions().remove(&hash);
        api.write(move |_, tx| Ok(tx.end_session(&hash)?)).await?;
    }
    let cookie = set_cookie("", api.settings().secure_cookies);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// The log-ins of the demo city; 404 in a real one.
#[utoipa::path(get, path = "/session/demo", operation_id = "list_demo_logins", tag = "session", security(()),
    responses((status = 200, description = "Log-ins", body = DemoPage)))]
pub async fn list_demo_logins(State(api): State<Api>, lang: Lang) -> Answer<Response> {
    if !api.city().pack.demo {
        return Err(Problem::of(ErrorCode::NotFound));
    }
    Ok(private(axum::Json(me::demo_logins(api.city(), api.now(), lang))))
}

/// Log in to the demo city with one click.
#[utoipa::path(post, path = "/session/demo", operation_id = "log_in_demo", tag = "session", security(()), request_body = DemoPick,
    responses((status = 200, description = "Logged in", body = Me)))]
pub async fn log_in_demo(
    State(api): State<Api>,
    before: Option<Caller>,
    lang: Lang,
    Json { value: input, .. }: Json<DemoPick>,
) -> Answer<Response> {
    let offered = api.city().pack.demo && me::is_demo_login(api.city(), &input.login);
    let person = api.city().org().person_by_login(&input.login).map(|person| person.id);
    let person = person.filter(|_| offered).ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
    open(&api, person, before, lang).await
}

/// Who the log-in name and password belong to. Waits grow with failures, of the name and of the address.
async fn authenticate(api: &Api, address: &Address, input: Login) -> Answer<PersonId> {
    let keys = [format!("login {}", input.login), format!("address {}", address.0)];
    let now = api.now();
    if let Some(seconds) = keys.iter().filter_map(|key| api.failures().wait_s(key, now)).max() {
        return Err(Problem::too_many("LOGIN_FAILURES_FREE", seconds));
    }
    let login = input.login;
    let credential = api.read(move |_, store| Ok(store.credential(&login)?)).await?;
    let _place = api.hashing().acquire().await.map_err(|_| Problem::of(ErrorCode::Busy).retry_after(1))?;
    let hash = credential.as_ref().map(|credential| credential.hash.clone());
    let verified = tokio::task::spawn_blocking(move || password::verify(&input.password, hash.as_deref()));
    let verified = verified.await.map_err(|error| Problem::internal(error.to_string()))?;
    match credential.filter(|_| verified) {
        Some(credential) => {
            keys.iter().for_each(|key| api.failures().clear(key));
            Ok(credential.person)
        }
        None => {
            keys.iter().for_each(|key| api.failures().add(key, now));
            Err(Problem::of(ErrorCode::WrongLogin))
        }
    }
}

/// Proves that the person at the keyboard is still who logged in. In a demo city, where log-ins need no password, an
/// empty one is enough.
pub(crate) async fn prove(api: &Api, address: &Address, person: PersonId, password: String) -> Answer<()> {
    let org = api.city().org();
    let login = org.person(person).map(|person| person.login.to_string()).unwrap_or_default();
    if password.is_empty() && api.city().pack.demo && me::is_demo_login(api.city(), &login) {
        return Ok(());
    }
    authenticate(api, address, Login { login, password }).await.map(|_| ())
}

/// Opens a session with a new secret; the one the browser had before ends (rotation).
async fn open(api: &Api, person: PersonId, before: Option<Caller>, lang: Lang) -> Answer<Response> {
    let now = api.now();
    let secret_text = secret(api.random());
    let session = SessionRow {
        hash: sha256(secret_text.as_bytes()),
        person,
        csrf: secret(api.random()),
        opened_at: now,
        rotated_at: now,
        expires_at: sessions::expiry(now, now),
    };
    let ended = before.and_then(|caller| caller.session).map(|session| session.hash);
    let row = session.clone();
    let actor = Actor::Person { id: person, grants: Vec::new() };
    api.write(move |_, tx| {
        if let Some(hash) = ended {
            tx.end_session(&hash)?;
        }
        tx.put_session(&row)?;
        Ok(tx.note(&actor, &Name::from("login"), None, "", now)?)
    })
    .await?;
    ended.iter().for_each(|hash| api.sessions().remove(hash));
    let me = me::me(api.city(), person, &api.city().actor(person, now), session.csrf.clone(), now, lang)?;
    api.sessions().put(session);
    let cookie = set_cookie(&secret_text, api.settings().secure_cookies);
    Ok(([(header::SET_COOKIE, cookie)], private(axum::Json(me))).into_response())
}

/// An answer that no cache may keep.
pub fn private(answer: impl IntoResponse) -> Response {
    const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];
    (NO_STORE, answer).into_response()
}
