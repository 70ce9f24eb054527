//! The evidence store: files by content, what cameras say kept apart from the picture, thumbnails.

mod camera;
mod jpeg;
mod png;
mod sniff;
mod thumb;
mod webp;

use std::path::PathBuf;

use guancheng_app::ports::{FileMeta, FileRow, Media, PortError};
use guancheng_base::{ErrorCode, EvidenceId, Instant, PersonId};

use crate::{
    Store, StoreError, chain, folder,
    limits::{FILE_BYTES_MAX, PICTURE_PIXELS_MAX},
};

impl Store {
    /// Takes a file: finds out by its content what it is, strips what cameras and editors wrote into it, writes it and a
    /// thumbnail durably under its hash, and returns the row to record with `Tx::add_file`. Equal content is kept once.
    /// PDF documents are kept as they are.
    ///
    /// # Errors
    /// `body_too_large`, or `media_type` for anything but a whole JPEG, PNG, WebP or PDF.
    pub fn put_file(
        &self,
        bytes: &[u8],
        meta: FileMeta,
        at: Instant,
        by: Option<PersonId>,
    ) -> Result<FileRow, PortError> {
        if bytes.len() > FILE_BYTES_MAX {
            let limit = FILE_BYTES_MAX / (1024 * 1024);
            return Err(refused(
                ErrorCode::BodyTooLarge,
                format!("the file is over {limit} MB; send a smaller picture"),
            ));
        }
        let media = sniff::media(bytes).ok_or_else(unknown)?;
        let camera = if media.is_image() { camera::read(bytes) } else { camera::Camera::default() };
        let clean = stripped(media, bytes, camera.orientation)?;
        let picture = media.is_image().then(|| thumb::picture(&clean, camera.orientation)).transpose()?;
        let sha256 = chain::hex(&chain::sha256(&clean));
        self.keep(&sha256, &clean, picture.as_ref().map(|picture| picture.thumb.as_slice()))?;
        Ok(FileRow {
            id: EvidenceId(0),
            media,
            sha256,
            bytes: clean.len() as u64,
            size: picture.as_ref().map(|picture| picture.size),
            has_thumb: picture.is_some(),
            meta,
            exif_taken: camera.taken,
            exif_place: camera.place,
            orientation: camera.orientation,
            at,
            by,
        })
    }

    fn keep(&self, sha256: &str, bytes: &[u8], thumb: Option<&[u8]>) -> Result<(), PortError> {
        let files = self.files();
        let content = folder::address(&files, sha256);
        let thumb = thumb.map(|thumb| (folder::thumb_address(&files, sha256), thumb));
        let shelf = content.parent().unwrap_or(&files).to_owned();
        let both: Vec<(PathBuf, &[u8])> = thumb.into_iter().chain([(content, bytes)]).collect();
        self.folder().keep(&shelf, &both).map_err(io_error)
    }

    /// Where the bytes of a file lie; they are never changed.
    pub fn file_path(&self, file: &FileRow) -> PathBuf {
        folder::address(&self.files(), &file.sha256)
    }

    /// Where its thumbnail lies (JPEG), if it has one.
    pub fn thumb_path(&self, file: &FileRow) -> Option<PathBuf> {
        file.has_thumb.then(|| folder::thumb_address(&self.files(), &file.sha256))
    }
}

fn stripped(media: Media, bytes: &[u8], orientation: Option<u8>) -> Result<Vec<u8>, PortError> {
    let clean = match media {
        Media::Jpeg => jpeg::strip(bytes, orientation),
        Media::Png => png::strip(bytes),
        Media::Webp => webp::strip(bytes),
        Media::Pdf => Some(bytes.to_vec()),
    };
    clean.ok_or_else(damaged)
}

fn refused(code: ErrorCode, message: String) -> PortError {
    PortError::Refused { code, message }
}

fn unknown() -> PortError {
    refused(ErrorCode::MediaType, "the file is none of JPEG, PNG, WebP and PDF; send one of these".to_owned())
}

fn damaged() -> PortError {
    refused(ErrorCode::MediaType, "the picture is cut off or damaged; take or send it again".to_owned())
}

fn too_many_pixels() -> PortError {
    let megapixels = PICTURE_PIXELS_MAX / 1_000_000;
    refused(ErrorCode::BodyTooLarge, format!("the picture has over {megapixels} megapixels; send a smaller one"))
}

fn io_error(error: StoreError) -> PortError {
    match &error {
        StoreError::Io { cause, .. } if cause.kind() == std::io::ErrorKind::StorageFull => PortError::DiskFull,
        _ => PortError::Failed(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
