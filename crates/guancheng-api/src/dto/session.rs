//! Who is logged in, and with what.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{IdName, Moment, Point, number::whole};

/// A log-in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"login": "dispatcher", "password": "correct horse battery"}))]
pub struct Login {
    /// Log-in name.
    #[schema(min_length = 1, max_length = 100)]
    pub login: String,
    /// Password.
    #[schema(min_length = 1, max_length = 200)]
    pub password: String,
}

/// A one-click log-in of the demo city.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"login": "dispatcher"}))]
pub struct DemoPick {
    /// One of the log-ins listed by `GET /session/demo`.
    #[schema(min_length = 1, max_length = 100)]
    pub login: String,
}

/// Who is logged in, what they hold, and what the client needs to start.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Me {
    /// The person's id.
    pub person: i64,
    /// Log-in name.
    pub login: String,
    /// Full name.
    pub name: String,
    /// The office of the person's post.
    pub office: Option<IdName>,
    /// The post's title.
    pub post: Option<String>,
    /// The roles held now.
    pub roles: Vec<RoleHeld>,
    /// Send it back as `X-CSRF-Token` with every change. Empty for API tokens, which need none.
    pub csrf: String,
    /// True if this is a demo city.
    pub demo: bool,
    /// The city.
    pub city: MeCity,
}

/// One role held now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoleHeld {
    /// The role, e.g. `dispatcher`.
    pub role: String,
    /// Its title.
    pub title: String,
    /// The office it was given in.
    pub office: Option<IdName>,
    /// The area it is limited to.
    pub area: Option<String>,
}

/// The city as a client needs it before anything else.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeCity {
    /// Title.
    pub title: String,
    /// Main language of the pack, e.g. `zh-CN`.
    pub locale: String,
    /// IANA name of the zone.
    pub zone: String,
    /// Where a map opens.
    pub center: Point,
    /// The zoom at which a map opens.
    pub zoom: f64,
}

/// One log-in of the demo city.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DemoLogin {
    /// Log-in name.
    pub login: String,
    /// Full name.
    pub name: String,
    /// First role.
    pub role: String,
    /// Its title.
    pub role_title: String,
    /// Office.
    pub office: Option<String>,
    /// In which stages of a case this role acts.
    pub stage_hint: String,
}

/// The log-ins of the demo city.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DemoPage {
    /// The log-ins.
    pub items: Vec<DemoLogin>,
}

/// What a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenScope {
    /// Read what the person may see.
    Read,
    /// Also do what the person may do.
    Write,
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"label": "monthly report", "scopes": ["read"], "days": 90}))]
pub struct NewToken {
    /// What it is for.
    #[schema(min_length = 1, max_length = 100)]
    pub label: String,
    /// What it may do.
    #[schema(min_items = 1, max_items = 2)]
    pub scopes: Vec<TokenScope>,
    /// For how many days.
    #[serde(deserialize_with = "whole")]
    #[schema(minimum = 1, maximum = 366)]
    pub days: i64,
}

/// A token just made; the secret is shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TokenMade {
    /// The token's id.
    pub id: i64,
    /// `gct_…`, to be sent as `Authorization: Bearer`.
    pub token: String,
}

/// A token without its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TokenRow {
    /// The token's id.
    pub id: i64,
    /// What it is for.
    pub label: String,
    /// What it may do.
    pub scopes: Vec<TokenScope>,
    /// When it was made.
    pub created_at: Moment,
    /// When it ends.
    pub expires_at: Moment,
}

/// My tokens.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TokenPage {
    /// The tokens, newest first.
    pub items: Vec<TokenRow>,
}
