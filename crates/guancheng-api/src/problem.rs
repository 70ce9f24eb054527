//! Errors on the wire: RFC 9457 problem JSON, one shape, from the one table of codes. A handler returns a [`Problem`];
//! the outermost layer writes it in the reader's language.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use guancheng_app::{AppError, ports::PortError};
use guancheng_base::{Class, ErrorCode};
use guancheng_case::Text;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    dto::{FieldMessage, Refusal},
    lang::Lang,
    problem_titles::title,
};

/// Result of every handler.
pub type Answer<T> = Result<T, Problem>;

/// A refusal or failure on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The stable code; class and status follow from it.
    pub code: ErrorCode,
    /// What, where, and what would be right. Empty: the title says it all.
    pub detail: Option<Text>,
    /// Why, for the log only.
    pub cause: Option<String>,
    /// Everything else, boxed so that results stay small.
    pub more: Box<More>,
}

/// What only some problems carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// The rule that refuses.
    pub rule: Option<String>,
    /// Version of the definition it is in.
    pub version: Option<String>,
    /// The law or standard behind it.
    pub basis: Vec<String>,
    /// Fields that are missing or wrong.
    pub fields: Vec<(String, Text)>,
    /// Moves that are possible.
    pub possible: Vec<String>,
    /// Until when it was, or from when it will be, possible: a date or an instant.
    pub until: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
    /// Seconds to wait before the next try.
    pub retry_after_s: Option<u64>,
    /// Number of the incident in the server's log.
    pub incident: Option<String>,
}

/// The body of an error answer (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem, example = json!({"type": "https://guancheng.dev/problems/seq_conflict", "title": "已被他人更改", "status": 409, "code": "seq_conflict", "detail": "您看到的是第 4 步，现在是第 5 步；请刷新后再操作"}))]
pub struct ProblemBody<'a> {
    /// A page about this code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the code means.
    pub title: &'a str,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: &'static str,
    /// What, where, and what would be right.
    pub detail: &'a str,
    /// The rule that refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'a str>,
    /// Version of the definition it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<&'a str>,
    /// The law or standard behind it.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub basis: &'a [String],
    /// Fields that are missing or wrong.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub fields: &'a [FieldMessage],
    /// Moves that are possible.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub possible: &'a [String],
    /// Until when it was, or from when it will be, possible: a date or an instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<&'a str>,
    /// What to do instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<&'a str>,
    /// Number of the incident in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<&'a str>,
}

impl Problem {
    /// A problem whose title says it all.
    pub fn of(code: ErrorCode) -> Self {
        Problem { code, detail: None, cause: None, more: Box::default() }
    }

    /// A problem with its detail in Chinese and English.
    pub fn with(code: ErrorCode, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Problem { code, detail: Some(Text::new(zh, en)), cause: None, more: Box::default() }
    }

    /// A field, parameter or header that is not right.
    pub fn field(code: ErrorCode, field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let (field, zh, en) = (field.into(), zh.into(), en.into());
        let text = Text::new(zh, en);
        Problem::with(code, format!("{field}：{}", text.zh), format!("{field}: {}", text.en))
            .and_fields(vec![(field, text)])
    }

    /// With the fields that are wrong.
    pub fn and_fields(mut self, fields: Vec<(String, Text)>) -> Self {
        self.more.fields = fields;
        self
    }

    /// With its fields named as they are, for what is asked of a plan: its commands have no `fields` around them.
    pub fn plain_fields(mut self) -> Self {
        for (field, _) in &mut self.more.fields {
            if let Some(own) = field.strip_prefix("fields.") {
                *field = own.to_owned();
            }
        }
        self
    }

    /// With the time to wait.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.more.retry_after_s = Some(seconds.max(1));
        self
    }

    /// Over a named limit.
    pub fn too_large(limit: &str, bytes: usize) -> Self {
        let kib = bytes / 1024;
        Problem::with(
            ErrorCode::BodyTooLarge,
            format!("超过上限 {limit}（{kib} KiB）"),
            format!("over the limit {limit} ({kib} KiB)"),
        )
    }

    /// Over a named rate.
    pub fn too_many(limit: &str, seconds: u64) -> Self {
        let (zh, en) = (
            format!("超过频率上限 {limit}，请 {seconds} 秒后再试"),
            format!("over the rate limit {limit}; try again in {seconds} s"),
        );
        Problem::with(ErrorCode::RateLimited, zh, en).retry_after(seconds)
    }

    /// The HTTP status, which follows from the class of the code.
    pub fn status(&self) -> StatusCode {
        status_of(self.code)
    }

    /// The same as data inside a case view.
    pub fn to_refusal(&self, lang: Lang) -> Refusal {
        let more = &self.more;
        Refusal {
            code: self.code.as_str().to_owned(),
            detail: self.detail_in(lang).to_owned(),
            rule: more.rule.clone(),
            basis: more.basis.clone(),
            fields: self.fields_in(lang),
            possible: more.possible.clone(),
            until: more.until.clone(),
            instead: more.instead.clone(),
        }
    }

    fn detail_in(&self, lang: Lang) -> &str {
        match &self.detail {
            Some(text) => text.get(lang.into()),
            None => title(self.code, lang),
        }
    }

    fn fields_in(&self, lang: Lang) -> Vec<FieldMessage> {
        let message = |(field, text): &(String, Text)| FieldMessage {
            field: field.clone(),
            message: text.get(lang.into()).to_owned(),
        };
        self.more.fields.iter().map(message).collect()
    }

    /// Our fault; the cause goes to the log, never to the client.
    pub fn internal(cause: impl Into<String>) -> Self {
        Problem { cause: Some(cause.into()), ..Problem::of(ErrorCode::Internal) }
    }

    /// The finished answer in one language. The status is the code's, but for 405, which no code has.
    pub fn render(&self, lang: Lang, status: StatusCode) -> Response {
        let more = &self.more;
        let fields = self.fields_in(lang);
        let body = ProblemBody {
            kind: format!("https://guancheng.dev/problems/{}", self.code),
            title: title(self.code, lang),
            status: status.as_u16(),
            code: self.code.as_str(),
            detail: self.detail_in(lang),
            rule: more.rule.as_deref(),
            version: more.version.as_deref(),
            basis: &more.basis,
            fields: &fields,
            possible: &more.possible,
            until: more.until.as_deref(),
            instead: more.instead.as_deref(),
            incident: more.incident.as_deref(),
        };
        let text = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (status, text).into_response();
        self.write_headers(response.headers_mut(), lang);
        response
    }

    fn write_headers(&self, headers: &mut HeaderMap, lang: Lang) {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
        if let Some(seconds) = self.more.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.code.class() == Class::Unauthenticated {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"guancheng\""));
        }
    }
}

impl From<PortError> for Problem {
    fn from(error: PortError) -> Self {
        match &error {
            PortError::Refused { code, message } => Problem::with(*code, chinese_refusal(*code), message.clone()),
            PortError::SeqConflict { expected, found, .. } => Problem::with(
                ErrorCode::SeqConflict,
                format!("您看到的是第 {expected} 步，现在是第 {found} 步；请刷新后再办"),
                format!("you have seen step {expected}, it is at step {found}; read it again"),
            ),
            PortError::Busy | PortError::DiskFull => Problem::of(error.code()).retry_after(1),
            PortError::Corrupt(_) | PortError::Failed(_) => Problem::internal(error.to_string()),
        }
    }
}

/// What the store's refusals say to a Chinese reader; the store itself speaks English.
fn chinese_refusal(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::MediaType => "只接受完整的 JPEG、PNG、WebP 图片和 PDF 文件",
        ErrorCode::BodyTooLarge => "文件过大，请发送小一些的图片",
        ErrorCode::BadCursor => "翻页标记不属于这个列表，请从第一页翻起",
        other => title(other, Lang::Zh),
    }
}

impl From<guancheng_case::Refusal> for Problem {
    fn from(refusal: guancheng_case::Refusal) -> Self {
        let named = |text: String| (!text.is_empty()).then_some(text);
        let fields = refusal.fields.into_iter().map(|fault| (format!("fields.{}", fault.field), fault.text)).collect();
        let more = More {
            rule: named(refusal.rule),
            version: (refusal.version > 0).then(|| refusal.version.to_string()),
            basis: refusal.basis,
            fields,
            possible: refusal.possible.iter().map(ToString::to_string).collect(),
            until: refusal.until,
            instead: refusal.instead.map(|mv| mv.to_string()),
            ..More::default()
        };
        Problem { code: refusal.code, detail: Some(refusal.text), cause: None, more: Box::new(more) }
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Refused(refusal) => Problem::from(*refusal),
            AppError::Port(error) => error.into(),
            AppError::Setup(cause) => Problem::internal(cause),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The status of a code.
pub fn status_of(code: ErrorCode) -> StatusCode {
    match code.class() {
        Class::Malformed => StatusCode::BAD_REQUEST,
        Class::Unauthenticated => StatusCode::UNAUTHORIZED,
        Class::Forbidden => StatusCode::FORBIDDEN,
        Class::Absent => StatusCode::NOT_FOUND,
        Class::Conflict => StatusCode::CONFLICT,
        Class::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Class::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Class::Refused => StatusCode::UNPROCESSABLE_ENTITY,
        Class::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Class::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Class::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
