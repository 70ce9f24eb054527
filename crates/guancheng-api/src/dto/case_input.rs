//! What a client asks of a case.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::number::{whole, wholes};

/// A case to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "case", "source": "inspector", "fields": {"category": "A0107"}, "evidence": [], "note": "井盖缺失", "address": "人民路口北侧"}))]
pub struct NewCase {
    /// The procedure.
    #[schema(min_length = 1, max_length = 100)]
    pub kind: String,
    /// Where it comes from, one of the pack's `sources`.
    #[schema(min_length = 1, max_length = 100)]
    pub source: String,
    /// Values of declared fields, by field.
    #[serde(default)]
    pub fields: BTreeMap<String, Value>,
    /// Evidence uploaded before.
    #[serde(default, deserialize_with = "wholes")]
    #[schema(max_items = 50)]
    pub evidence: Vec<i64>,
    /// What was said or seen.
    #[serde(default)]
    #[schema(max_length = 4000)]
    pub note: String,
    /// Address as given.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub address: Option<String>,
}

/// A move.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"move": "accept", "fields": {}, "evidence": [], "note": "", "if_seq": 4}))]
pub struct MoveInput {
    /// The move.
    #[serde(rename = "move")]
    #[schema(min_length = 1, max_length = 100)]
    pub mv: String,
    /// Values of declared fields, by field.
    #[serde(default)]
    pub fields: BTreeMap<String, Value>,
    /// Evidence uploaded before.
    #[serde(default, deserialize_with = "wholes")]
    #[schema(max_items = 50)]
    pub evidence: Vec<i64>,
    /// A reason or a remark.
    #[serde(default)]
    #[schema(max_length = 4000)]
    pub note: String,
    /// The sequence the client has seen; another one answers 409 `seq_conflict`.
    #[serde(deserialize_with = "whole")]
    #[schema(minimum = 0)]
    pub if_seq: i64,
}

/// More time asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"clock": "disposal", "n": 2, "unit": "work_day", "fields": {"reason": "雨天无法施工"}, "if_seq": 6}))]
pub struct ExtensionInput {
    /// The clock.
    #[schema(min_length = 1, max_length = 100)]
    pub clock: String,
    /// How much.
    #[serde(deserialize_with = "whole")]
    #[schema(minimum = 1, maximum = 10000)]
    pub n: i64,
    /// In which unit.
    #[schema(min_length = 1, max_length = 30)]
    pub unit: String,
    /// Values of declared fields, by field.
    #[serde(default)]
    pub fields: BTreeMap<String, Value>,
    /// The sequence the client has seen.
    #[serde(deserialize_with = "whole")]
    #[schema(minimum = 0)]
    pub if_seq: i64,
}

/// A ruling on a question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"grant": true, "reason": "情况属实", "if_seq": 7}))]
pub struct AskRuling {
    /// Granted or refused.
    pub grant: bool,
    /// Why; needed for a refusal.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub reason: String,
    /// The sequence the client has seen.
    #[serde(deserialize_with = "whole")]
    #[schema(minimum = 0)]
    pub if_seq: i64,
}

/// An office's answer in a joint review.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"agree": true, "opinion": "同意", "if_seq": 7}))]
pub struct PartAnswer {
    /// Agrees or not.
    pub agree: bool,
    /// The opinion.
    #[schema(max_length = 4000)]
    pub opinion: String,
    /// The sequence the client has seen.
    #[serde(deserialize_with = "whole")]
    #[schema(minimum = 0)]
    pub if_seq: i64,
}

/// A pause asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"clock": "disposal", "why": "waiting_material", "if_seq": 7}))]
pub struct PauseInput {
    /// The clock.
    #[schema(min_length = 1, max_length = 100)]
    pub clock: String,
    /// The declared reason.
    #[schema(min_length = 1, max_length = 200)]
    pub why: String,
    /// The sequence the client has seen.
    #[serde(deserialize_with = "whole")]
    #[schema(minimum = 0)]
    pub if_seq: i64,
}

/// A remark that changes nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "已电话联系反映人"}))]
pub struct CommentInput {
    /// The remark.
    #[schema(min_length = 1, max_length = 4000)]
    pub text: String,
}
