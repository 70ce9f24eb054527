//! Parts of a `multipart/form-data` body, each under its named limit.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use guancheng_app::ports::{FileMeta, FileRow};
use guancheng_base::{ErrorCode, Instant, LonLat, PersonId};

use crate::{
    dto,
    extract::{is_media, malformed, parse_json},
    limits,
    problem::{Answer, Problem},
    secret::sha256_parts,
    state::Api,
};

/// What a form brought: its texts and its files.
#[derive(Clone, Default)]
pub struct Form {
    texts: Vec<(String, String)>,
    /// The files, in order.
    pub files: Vec<Bytes>,
}

impl Form {
    /// Reads a whole form with at most `files` files.
    pub async fn read(request: Request, api: &Api, files: usize) -> Answer<Self> {
        if !is_media(request.headers(), "multipart/form-data") {
            return Err(Problem::with(
                ErrorCode::MediaType,
                "请以 multipart/form-data 发送",
                "send multipart/form-data",
            ));
        }
        let parts = Multipart::from_request(request, api).await;
        let mut parts = parts.map_err(|error| malformed("body", &error.body_text()))?;
        let mut form = Form::default();
        while let Some(part) = parts.next_field().await.map_err(part_fault)? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = name == "file";
            let bytes = part.bytes().await.map_err(part_fault)?;
            match is_file {
                // A browser sends an empty file where none was chosen.
                true if bytes.is_empty() => {}
                true => form.add_file(bytes, files)?,
                false => form.add_text(name, &bytes)?,
            }
        }
        Ok(form)
    }

    /// The text of that name, if it is there and not blank.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.texts.iter().find(|(known, _)| known == name).map(|(_, text)| text.trim());
        found.filter(|text| !text.is_empty())
    }

    /// The number of that name.
    pub fn number(&self, name: &str) -> Answer<Option<f64>> {
        let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite());
        let wrong = || Problem::field(ErrorCode::FieldInvalid, name, "应为数字", "must be a number");
        self.text(name).map(|text| number(text).ok_or_else(wrong)).transpose()
    }

    /// Refuses parts that nobody asked for.
    pub fn only(&self, names: &[&str]) -> Answer<()> {
        match self.texts.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, _)) => {
                let known = if names.is_empty() { "file".to_owned() } else { names.join(", ") };
                Err(Problem::field(
                    ErrorCode::FieldInvalid,
                    name.as_str(),
                    format!("没有这一项；可有 {known}"),
                    format!("is unknown; known are {known}"),
                ))
            }
        }
    }

    /// A digest of everything, for the idempotency key.
    pub fn digest(&self) -> [u8; 32] {
        let texts = self.texts.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
        let parts: Vec<&[u8]> = texts.chain(self.files.iter().map(AsRef::as_ref)).collect();
        sha256_parts(&parts)
    }

    fn add_file(&mut self, bytes: Bytes, most: usize) -> Answer<()> {
        if bytes.len() > limits::FILE_BYTES {
            return Err(Problem::too_large("FILE_BYTES", limits::FILE_BYTES));
        }
        if self.files.len() >= most {
            return Err(Problem::with(
                ErrorCode::BodyTooLarge,
                format!("最多 {most} 个文件"),
                format!("at most {most} files"),
            ));
        }
        self.files.push(bytes);
        Ok(())
    }

    fn add_text(&mut self, name: String, bytes: &[u8]) -> Answer<()> {
        if bytes.len() > limits::FORM_TEXT_BYTES || self.texts.len() >= 50 {
            return Err(Problem::too_large("FORM_TEXT_BYTES", limits::FORM_TEXT_BYTES));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| {
            Problem::field(ErrorCode::BadRequest, name.as_str(), "应为 UTF-8 文字", "must be UTF-8 text")
        })?;
        self.texts.push((name, text.to_owned()));
        Ok(())
    }
}

/// The `meta` part of an upload.
pub fn meta(form: &Form) -> Answer<FileMeta> {
    let sent = form.text("meta").filter(|text| *text != "null");
    let given: dto::FileMeta = sent.map(|text| parse_json(text.as_bytes())).transpose()?.unwrap_or_default();
    let wrong = || {
        Problem::field(ErrorCode::FieldInvalid, "meta.taken_at", "应为带时区的时刻", "must be an instant with offset")
    };
    let taken_at =
        given.taken_at.as_deref().map(|text| Instant::parse_rfc3339(text).map_err(|_| wrong())).transpose()?;
    let place = given.lon.zip(given.lat).map(|(lon, lat)| LonLat { lon, lat });
    Ok(FileMeta { taken_at, place, accuracy_m: given.accuracy_m, tags: given.tags })
}

/// Puts a file into the evidence store, away from the socket's thread. Its row is still to be recorded.
pub async fn keep(api: &Api, bytes: Bytes, meta: FileMeta, now: Instant, by: Option<PersonId>) -> Answer<FileRow> {
    let store = api.store().clone();
    let put = tokio::task::spawn_blocking(move || store.put_file(&bytes, meta, now, by));
    Ok(put.await.map_err(|error| Problem::internal(error.to_string()))??)
}

fn part_fault(error: MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large("UPLOAD_BODY_BYTES", limits::UPLOAD_BODY_BYTES),
        _ => malformed("body", &error.body_text()),
    }
}
