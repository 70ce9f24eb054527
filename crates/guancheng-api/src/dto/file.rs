//! Photos and documents.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{Moment, Point};

/// What the client knows about a file; the camera's own data wins where it is there.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileMeta {
    /// When it was made, RFC 3339.
    #[serde(default)]
    #[schema(max_length = 40)]
    pub taken_at: Option<String>,
    /// Degrees east.
    #[serde(default)]
    #[schema(minimum = -180, maximum = 180)]
    pub lon: Option<f64>,
    /// Degrees north.
    #[serde(default)]
    #[schema(minimum = -90, maximum = 90)]
    pub lat: Option<f64>,
    /// How sure the position is, in metres.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub accuracy_m: Option<f64>,
    /// What is on it.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub tags: Vec<String>,
}

/// The parts of an upload.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes the multipart body; the handler reads the parts as they come")]
pub struct FileUpload {
    /// The file: JPEG, PNG, WebP or PDF, told by its content.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// What the client knows about it, as JSON.
    pub meta: Option<FileMeta>,
}

/// A file as it was stored.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StoredFile {
    /// Its id, to be named in `evidence`.
    pub id: i64,
    /// Photo or document.
    pub kind: String,
    /// SHA-256 of the stored bytes in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: i64,
    /// When it was made.
    pub taken_at: Option<Moment>,
    /// Where.
    pub at: Option<Point>,
    /// A small picture of it.
    pub thumb: Option<String>,
    /// Where it can be read.
    pub url: String,
    /// What the camera wrote and is kept apart: device, orientation, position.
    pub exif: Value,
}
