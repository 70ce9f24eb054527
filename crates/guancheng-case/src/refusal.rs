//! Refusals are data: they feed the button that says why not, the form that marks its fields, and the API problem.

use guancheng_base::{ErrorCode, Name};

use crate::{Lang, Text};

/// One field that is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The field.
    pub field: Name,
    /// What is wrong with it.
    pub text: Text,
}

/// Why a command was not done. Boxed inside, so that the good path stays small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: ErrorCode,
    /// What, where, and what would be right.
    pub text: Text,
    /// The rule: `case v1 move feed_back`.
    pub rule: String,
    /// The version of the procedure.
    pub version: u32,
    /// The law, standard or plan item the rule rests on.
    pub basis: Vec<String>,
    /// Fields that are missing or wrong.
    pub fields: Vec<FieldFault>,
    /// The checks that refuse.
    pub checks: Vec<Name>,
    /// The moves the state allows.
    pub possible: Vec<Name>,
    /// Until when it cannot be done, or could have been: a date or an instant.
    pub until: Option<String>,
    /// The move to make instead.
    pub instead: Option<Name>,
}

impl Refusal {
    /// A refusal with nothing but its code and its text.
    pub fn new(code: ErrorCode, text: Text) -> Self {
        Refusal {
            code,
            text,
            rule: String::new(),
            version: 0,
            basis: Vec::new(),
            fields: Vec::new(),
            checks: Vec::new(),
            possible: Vec::new(),
            until: None,
            instead: None,
        }
    }

    /// The message in `lang`.
    pub fn message(&self, lang: Lang) -> &str {
        self.text.get(lang)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.text.zh)
    }
}

impl std::error::Error for Refusal {}
