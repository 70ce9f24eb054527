//! Thumbnails, and the proof that a picture can be decoded at all.

use std::io::Cursor;

use guancheng_app::ports::PortError;
use image::{DynamicImage, ImageReader, codecs::jpeg::JpegEncoder, metadata::Orientation};

use super::{damaged, too_many_pixels};
use crate::limits::{PICTURE_PIXELS_MAX, THUMB_PIXELS};

/// JPEG quality of thumbnails, of 100.
const QUALITY: u8 = 80;

pub(super) struct Picture {
    /// Width and height as stored, before the orientation is applied.
    pub(super) size: (u32, u32),
    /// JPEG.
    pub(super) thumb: Vec<u8>,
}

pub(super) fn picture(bytes: &[u8], orientation: Option<u8>) -> Result<Picture, PortError> {
    // The header alone is read first: a few bytes may claim a picture of many gigabytes.
    let size = reader(bytes)?.into_dimensions().map_err(|_| damaged())?;
    if u64::from(size.0) * u64::from(size.1) > PICTURE_PIXELS_MAX {
        return Err(too_many_pixels());
    }
    let mut picture = reader(bytes)?.decode().map_err(|_| damaged())?.thumbnail(THUMB_PIXELS, THUMB_PIXELS);
    if let Some(orientation) = orientation.and_then(Orientation::from_exif) {
        picture.apply_orientation(orientation);
    }
    Ok(Picture { size, thumb: encode(&picture)? })
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, PortError> {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| damaged())
}

fn encode(picture: &DynamicImage) -> Result<Vec<u8>, PortError> {
    let mut thumb = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut thumb, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).map_err(|_| damaged())?;
    Ok(thumb)
}
