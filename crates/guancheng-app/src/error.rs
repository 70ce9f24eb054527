//! Why a use case did not happen.

use guancheng_base::{ErrorCode, Name};
use guancheng_case::{Lang, Refusal, Text};
use guancheng_pack::Pack;

use crate::ports::PortError;

/// Why a use case did not happen. Nothing was recorded.
#[derive(Clone, Debug, PartialEq)]
pub enum AppError {
    /// The rules refuse: a refusal with its rule, basis and what would be possible.
    Refused(Box<Refusal>),
    /// The store refuses or failed.
    Port(PortError),
    /// Pack and data do not fit together; somebody must mend the installation.
    Setup(String),
}

impl AppError {
    /// A refusal with a code and a sentence.
    pub fn refused(code: ErrorCode, text: Text) -> Self {
        AppError::Refused(Box::new(Refusal::new(code, text)))
    }

    /// There is nothing here that the actor may see.
    pub fn not_found() -> Self {
        AppError::refused(
            ErrorCode::NotFound,
            Text::new("这里没有您可以查看的内容", "there is nothing here that you may see"),
        )
    }

    /// A kind of case nobody declared.
    pub(crate) fn unknown_kind(kind: &str, pack: &Pack) -> Self {
        let known: Vec<&str> = pack.procedures.keys().map(Name::as_str).collect();
        let known = known.join(", ");
        let zh = format!("没有名为 {kind} 的办事程序（或今日不在有效期内）；现有：{known}");
        AppError::refused(
            ErrorCode::FieldInvalid,
            Text::new(zh, format!("no procedure {kind} is in force; there are: {known}")),
        )
    }

    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            AppError::Refused(refusal) => refusal.code,
            AppError::Port(error) => error.code(),
            AppError::Setup(_) => ErrorCode::Internal,
        }
    }

    /// What a user may read.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            AppError::Refused(refusal) => refusal.message(lang).to_owned(),
            AppError::Port(error) => error.message(),
            AppError::Setup(_) => ErrorCode::Internal.meaning().to_owned(),
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        AppError::Refused(Box::new(refusal))
    }
}

impl From<PortError> for AppError {
    fn from(error: PortError) -> Self {
        AppError::Port(error)
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AppError::Refused(refusal) => refusal.fmt(f),
            AppError::Port(error) => error.fmt(f),
            AppError::Setup(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for AppError {}
