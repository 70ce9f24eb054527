//! Who calls: a cookie session or an API token becomes an actor with the grants in force now.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, Method, header, request::Parts},
};
use guancheng_app::ports::{SessionRow, TokenRow};
use guancheng_base::{Actor, Ctx, ErrorCode, Instant, PersonId};

use crate::{
    problem::{Answer, Problem},
    secret::{same_secret, sha256},
    sessions,
    state::Api,
};

/// The name of the session cookie.
pub const COOKIE: &str = "gc_session";

/// How every API token begins, so that a leaked one is recognised.
pub const TOKEN_PREFIX: &str = "gct_";

/// A person who has logged in or holds a token. Being extracted proves it: a change by cookie carried its CSRF token, a
/// change by API token has the scope to write.
pub struct Caller {
    /// The person with the grants in force now.
    pub actor: Actor,
    /// Who.
    pub person: PersonId,
    /// When the request was accepted.
    pub now: Instant,
    /// The session, unless it is an API token.
    pub session: Option<SessionRow>,
    /// The secret the request carried.
    pub secret: String,
}

/// Where a request comes from, for rates only.
pub struct Address(pub IpAddr);

impl Caller {
    /// What a decision may know.
    pub fn ctx(&self) -> Ctx {
        Ctx { now: self.now, actor: self.actor.clone() }
    }
}

impl FromRequestParts<Api> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Answer<Self> {
        find(parts, api).await?.ok_or_else(|| Problem::of(ErrorCode::NotLoggedIn))
    }
}

impl OptionalFromRequestParts<Api> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Answer<Option<Self>> {
        find(parts, api).await
    }
}

impl FromRequestParts<Api> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let forwarded = forwarded(&parts.headers).filter(|_| api.settings().behind_proxy);
        Ok(Address(forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))))
    }
}

/// The last entry is the one our own proxy wrote.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let list = headers.get("x-forwarded-for")?.to_str().ok()?;
    list.rsplit(',').next()?.trim().parse().ok()
}

async fn find(parts: &Parts, api: &Api) -> Answer<Option<Caller>> {
    let now = api.now();
    let changes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if let Some(secret) = bearer(&parts.headers) {
        return by_token(api, secret, now, changes).await.map(Some);
    }
    let Some(secret) = cookie(&parts.headers) else { return Ok(None) };
    let Some(session) = session(api, &secret, now).await? else { return Ok(None) };
    if changes && !csrf_fits(&parts.headers, &session) {
        return Err(Problem::of(ErrorCode::CsrfMissing));
    }
    let actor = api.city().actor(session.person, now);
    Ok(Some(Caller { actor, person: session.person, now, session: Some(session), secret }))
}

async fn by_token(api: &Api, secret: String, now: Instant, changes: bool) -> Answer<Caller> {
    let hash = sha256(secret.as_bytes());
    let token = api.read(move |_, store| Ok(store.token(&hash)?)).await?;
    let token: TokenRow =
        token.filter(|token| now < token.expires_at).ok_or_else(|| Problem::of(ErrorCode::NotLoggedIn))?;
    let scope = if changes { "write" } else { "read" };
    if !token.scopes.iter().any(|held| *held == *scope) {
        let zh = format!("这个接口令牌没有 {scope} 权限");
        return Err(Problem::with(ErrorCode::NotAllowed, zh, format!("this API token has no scope to {scope}")));
    }
    let actor = api.city().actor(token.person, now);
    Ok(Caller { actor, person: token.person, now, session: None, secret })
}

/// The session of a cookie's secret, renewed by being used.
async fn session(api: &Api, secret: &str, now: Instant) -> Answer<Option<SessionRow>> {
    let hash = sha256(secret.as_bytes());
    let session = match api.sessions().get(&hash) {
        Some(session) => Some(session),
        None => api.read(move |_, store| Ok(store.session(&hash)?)).await?,
    };
    let Some(session) = session.filter(|session| now < session.expires_at) else {
        api.sessions().remove(&hash);
        return Ok(None);
    };
    match sessions::renewed(&session, now) {
        Some(renewed) => {
            let row = renewed.clone();
            api.write(move |_, tx| Ok(tx.rotate_session(&hash, &row)?)).await?;
            api.sessions().put(renewed.clone());
            Ok(Some(renewed))
        }
        None => {
            api.sessions().put(session.clone());
            Ok(Some(session))
        }
    }
}

fn csrf_fits(headers: &HeaderMap, session: &SessionRow) -> bool {
    let sent = headers.get("x-csrf-token").and_then(|value| value.to_str().ok()).unwrap_or_default();
    same_secret(sent, &session.csrf)
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer")).then(|| secret.trim().to_owned())
}

/// The session's secret among the cookies.
fn cookie(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(name, _)| *name == COOKIE).map(|(_, secret)| secret.to_owned())
}

/// `Set-Cookie` for a session, or to end one (`secret` empty).
pub fn set_cookie(secret: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    let age = if secret.is_empty() { 0 } else { crate::limits::SESSION_MAX_MS / 1000 };
    format!("{COOKIE}={secret}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
}
