//! Photos and documents.

use guancheng_base::{EvidenceId, Instant, LonLat, PersonId};

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Media {
    /// `image/jpeg`.
    Jpeg,
    /// `image/png`.
    Png,
    /// `image/webp`.
    Webp,
    /// `application/pdf`.
    Pdf,
}

impl Media {
    /// The media type on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Media::Jpeg => "image/jpeg",
            Media::Png => "image/png",
            Media::Webp => "image/webp",
            Media::Pdf => "application/pdf",
        }
    }

    /// The media of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Media::Jpeg, Media::Png, Media::Webp, Media::Pdf].into_iter().find(|media| media.as_str() == text)
    }

    /// Whether it is a picture.
    pub fn is_image(self) -> bool {
        self != Media::Pdf
    }
}

/// What the sender says about a file. Where the picture itself says otherwise, both are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileMeta {
    /// When it was taken.
    pub taken_at: Option<Instant>,
    /// Where.
    pub place: Option<LonLat>,
    /// How well the sender knew where, in metres.
    pub accuracy_m: Option<f64>,
    /// Tags from the pack (`whole`, `detail`).
    pub tags: Vec<String>,
}

/// A file of the evidence store. Files with equal content share their bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRow {
    /// Its id; ignored when it is added.
    pub id: EvidenceId,
    /// What it is.
    pub media: Media,
    /// SHA-256 of the stored bytes (after stripping) in hexadecimal; the address.
    pub sha256: String,
    /// Size of the stored bytes.
    pub bytes: u64,
    /// Width and height in pixels, for pictures.
    pub size: Option<(u32, u32)>,
    /// Whether there is a thumbnail.
    pub has_thumb: bool,
    /// What the sender said.
    pub meta: FileMeta,
    /// When it was taken, as the picture itself said before it was stripped. Cameras know no zone: read in the city's.
    pub exif_taken: Option<String>,
    /// Where it was taken, as the picture itself said.
    pub exif_place: Option<LonLat>,
    /// The EXIF orientation, 1 to 8.
    pub orientation: Option<u8>,
    /// When it was received.
    pub at: Instant,
    /// Who sent it, when they had logged in.
    pub by: Option<PersonId>,
}
