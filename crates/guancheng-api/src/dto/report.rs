//! What the public says and sees. No personal data ever leaves by these types.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Light, Moment, Point, number::optional_whole};

/// A matter reported by the public.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "路灯不亮已三天", "lon": 113.6654, "lat": 34.7579, "lang": "zh"}))]
pub struct NewReport {
    /// What is the matter.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
    /// Category code, one of `GET /public/pack`.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub category: Option<String>,
    /// Degrees east.
    #[serde(default)]
    #[schema(minimum = -180, maximum = 180)]
    pub lon: Option<f64>,
    /// Degrees north.
    #[serde(default)]
    #[schema(minimum = -90, maximum = 90)]
    pub lat: Option<f64>,
    /// Address in words.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub address: Option<String>,
    /// Who reports; may be left out.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// How to reach them; may be left out.
    #[serde(default)]
    #[schema(max_length = 40)]
    pub phone: Option<String>,
    /// Language of the answer, `zh` or `en`.
    #[serde(default)]
    #[schema(max_length = 10)]
    pub lang: Option<String>,
    /// Number of an open case that is the same matter.
    #[serde(default)]
    #[schema(max_length = 60)]
    pub follow: Option<String>,
}

/// The parts of a report sent as a form.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes the multipart body; the handler reads the parts as they come")]
pub struct ReportUpload {
    /// What is the matter.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
    /// Category code.
    pub category: Option<String>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Address in words.
    pub address: Option<String>,
    /// Who reports.
    pub name: Option<String>,
    /// How to reach them.
    pub phone: Option<String>,
    /// Language of the answer.
    pub lang: Option<String>,
    /// Number of an open case that is the same matter.
    pub follow: Option<String>,
    /// Photos.
    #[schema(value_type = Vec<String>, format = Binary, max_items = 3, required = false)]
    pub file: Option<Vec<Vec<u8>>>,
}

/// The answer to a report.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReportReceipt {
    /// The tracking code: whoever has it can follow and answer. Keep it.
    pub code: String,
    /// The case's number.
    pub number: String,
    /// One line about the matter.
    pub title: String,
    /// When the present step is due.
    pub due: Option<Moment>,
    /// What happens next.
    pub message: String,
}

/// One step of a case as the public sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportStep {
    /// When.
    pub at: Moment,
    /// What.
    pub text: String,
}

/// Photos the public may see.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportPhotos {
    /// Before the work.
    pub before: Vec<String>,
    /// After the work.
    pub after: Vec<String>,
}

/// A report and what became of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportStatus {
    /// The tracking code.
    pub code: String,
    /// The case's number.
    pub number: String,
    /// One line about the matter.
    pub title: String,
    /// What the public sees as its state.
    pub state_public: String,
    /// The stage, one of the pack's `stages`.
    pub stage: String,
    /// When the case was opened.
    pub opened_at: Moment,
    /// When the present step is due.
    pub due: Option<Moment>,
    /// Who has to act now: an office or a role, never a person.
    pub holder: String,
    /// Position.
    pub at: Option<Point>,
    /// Address as given.
    pub address: Option<String>,
    /// What happened.
    pub timeline: Vec<ReportStep>,
    /// Photos.
    pub photos: ReportPhotos,
    /// True if the reporter may say now whether it is mended.
    pub may_answer: bool,
    /// Until when the reporter may have it done again.
    pub may_reopen_until: Option<Moment>,
}

/// The reporter's verdict.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"fixed": true, "note": "谢谢"}))]
pub struct ReportAnswer {
    /// Mended or not.
    pub fixed: bool,
    /// Why.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: String,
    /// The sequence the client has seen, if it wants to be sure.
    #[serde(default, deserialize_with = "optional_whole")]
    #[schema(minimum = 0)]
    pub if_seq: Option<i64>,
}

/// An open case near a position.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NearCase {
    /// The case's number; send it as `follow` to join.
    pub number: String,
    /// One line about the matter.
    pub title: String,
    /// What the public sees as its state.
    pub state_public: String,
    /// Position.
    pub at: Point,
    /// When it was opened.
    pub opened_at: Moment,
    /// How far away, in metres.
    pub distance_m: f64,
    /// How many people reported it.
    pub reports: i64,
    /// Its light.
    pub light: Light,
    /// A small picture.
    pub thumb: Option<String>,
}

/// Open cases near a position.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NearPage {
    /// The cases, nearest first.
    pub items: Vec<NearCase>,
}
