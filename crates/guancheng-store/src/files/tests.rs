//! Pictures with and without what cameras write into them. The pictures are made here; no file is needed.

use std::{fs, io::Cursor};

use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, load_from_memory};

use guancheng_app::ports::Tx;

use super::*;
use crate::fixture::{MORNING, TestCity};

/// 40 × 20: the left half red, the right half blue.
fn drawing(format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(40, 20, |x, _| if x < 20 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// EXIF (big-endian TIFF) with orientation, time and position.
fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut bytes = tag.to_be_bytes().to_vec();
        bytes.extend(kind.to_be_bytes());
        bytes.extend(count.to_be_bytes());
        bytes.extend(value);
        bytes
    };
    let at = |offset: u32| offset.to_be_bytes();
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    // First directory: orientation, pointers to the EXIF and GPS directories.
    tiff.extend([0, 3]);
    tiff.extend(entry(0x0112, 3, 1, [0, orientation, 0, 0]));
    tiff.extend(entry(0x8769, 4, 1, at(50)));
    tiff.extend(entry(0x8825, 4, 1, at(68)));
    tiff.extend([0; 4]);
    // EXIF directory at 50: DateTimeOriginal.
    tiff.extend([0, 1]);
    tiff.extend(entry(0x9003, 2, 20, at(122)));
    tiff.extend([0; 4]);
    // GPS directory at 68: 34°45'36" N, 113°39'0" E.
    tiff.extend([0, 4]);
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 3, at(142)));
    tiff.extend(entry(3, 2, 2, *b"E\0\0\0"));
    tiff.extend(entry(4, 5, 3, at(166)));
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 122);
    tiff.extend(b"2014:09:26 16:40:00\0");
    for n in [34_u32, 45, 36, 113, 39, 0] {
        tiff.extend(n.to_be_bytes());
        tiff.extend(1_u32.to_be_bytes());
    }
    tiff
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xff, marker];
    bytes.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
    bytes.extend(body);
    bytes
}

/// A JPEG as a phone makes it: EXIF, a comment, IPTC, and a film behind its end.
fn photo(orientation: u8) -> Vec<u8> {
    let plain = drawing(ImageFormat::Jpeg);
    let mut bytes = vec![0xff, 0xd8];
    bytes.extend(segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(orientation)].concat()));
    bytes.extend(segment(0xfe, b"owner: somebody"));
    bytes.extend(segment(0xed, b"Photoshop 3.0\0somebody"));
    bytes.extend(&plain[2..]);
    bytes.extend(b"moving picture of somebody");
    bytes
}

fn png_with_text() -> Vec<u8> {
    let plain = drawing(ImageFormat::Png);
    // After signature and header: a text chunk whose checksum nobody asks for.
    let mut bytes = plain[..33].to_vec();
    bytes.extend([0, 0, 0, 8]);
    bytes.extend(b"tEXtsomebody\0\0\0\0");
    bytes.extend(&plain[33..]);
    bytes
}

fn webp_with_exif() -> Vec<u8> {
    let plain = drawing(ImageFormat::WebP);
    let mut bytes = plain[..12].to_vec();
    bytes.extend(b"VP8X\x0a\0\0\0\x0c\0\0\0\x27\0\0\x13\0\0");
    bytes.extend(&plain[12..]);
    bytes.extend(b"XMP \x08\0\0\0somebody");
    let size = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    bytes
}

fn put(city: &TestCity, bytes: &[u8]) -> Result<FileRow, PortError> {
    city.store.put_file(bytes, FileMeta::default(), Instant(MORNING), Some(PersonId(7)))
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn what_a_camera_wrote_is_kept_apart_from_the_picture() {
    let city = TestCity::new();
    let row = put(&city, &photo(6)).unwrap();
    assert_eq!((row.media, row.size, row.orientation), (Media::Jpeg, Some((40, 20)), Some(6)));
    assert_eq!(row.exif_taken.as_deref(), Some("2014-09-26T16:40:00"));
    let place = row.exif_place.unwrap();
    assert_eq!((place.lon, place.lat), (113.65, 34.76));
    let stored = fs::read(city.store.file_path(&row)).unwrap();
    assert!(!holds(&stored, "somebody") && !holds(&stored, "2014:09:26"));
    assert_eq!(stored.len() as u64, row.bytes);
    assert_eq!(camera::read(&stored), camera::Camera { orientation: Some(6), ..camera::Camera::default() });
    // Held sideways: the thumbnail stands upright, red on top.
    let thumb = load_from_memory(&fs::read(city.store.thumb_path(&row).unwrap()).unwrap()).unwrap();
    assert_eq!(thumb.dimensions(), (160, 320));
    let (top, bottom) = (thumb.get_pixel(80, 20), thumb.get_pixel(80, 300));
    assert!(top[0] > 200 && top[2] < 60 && bottom[2] > 200 && bottom[0] < 60, "{top:?} {bottom:?}");
}

#[test]
fn an_upright_photo_is_its_plain_picture() {
    assert_eq!(jpeg::strip(&photo(1), Some(1)).unwrap(), drawing(ImageFormat::Jpeg));
    assert_eq!(jpeg::strip(&drawing(ImageFormat::Jpeg), None).unwrap(), drawing(ImageFormat::Jpeg));
    assert_eq!(png::strip(&png_with_text()).unwrap(), drawing(ImageFormat::Png));
}

#[test]
fn other_pictures_lose_their_texts_too() {
    let city = TestCity::new();
    for bytes in [png_with_text(), webp_with_exif()] {
        assert!(holds(&bytes, "somebody"));
        let row = put(&city, &bytes).unwrap();
        let stored = fs::read(city.store.file_path(&row)).unwrap();
        assert!(!holds(&stored, "somebody"), "{:?}", row.media);
        assert_eq!(load_from_memory(&stored).unwrap().dimensions(), (40, 20));
    }
}

#[test]
fn equal_content_is_kept_once_and_said_twice() {
    let city = TestCity::new();
    let rows = [put(&city, &photo(1)).unwrap(), put(&city, &drawing(ImageFormat::Jpeg)).unwrap()];
    assert_eq!(rows[0].sha256, rows[1].sha256);
    let ids = city
        .store
        .write(move |tx| rows.iter().map(|row| tx.add_file(row)).collect::<Result<Vec<_>, PortError>>())
        .unwrap();
    let read = city.store.read(|r| guancheng_app::ports::Read::files(r, &ids)).unwrap();
    assert_eq!(
        read.iter().map(|row| (row.id.0, row.exif_place.is_some())).collect::<Vec<_>>(),
        [(1, true), (2, false)]
    );
    assert_eq!(fs::read_dir(city.store.files()).unwrap().count(), 1);
    assert!(city.store.verify(true).unwrap().ok());
    fs::write(city.store.file_path(&read[0]), b"x").unwrap();
    assert_eq!(city.store.verify(true).unwrap().faults, [format!("file {} was altered", read[0].sha256)]);
}

#[test]
fn what_is_no_whole_picture_is_refused() {
    let city = TestCity::new();
    let check = |bytes: &[u8], expected: ErrorCode| {
        assert_eq!(put(&city, bytes).unwrap_err().code(), expected, "{} bytes", bytes.len());
    };
    check(b"", ErrorCode::MediaType);
    check(b"<svg onload='alert(1)'/>", ErrorCode::MediaType);
    check(b"\xff\xd8\xff", ErrorCode::MediaType);
    let photo = photo(3);
    check(&photo[..photo.len() / 2], ErrorCode::MediaType);
    check(&vec![0; FILE_BYTES_MAX + 1], ErrorCode::BodyTooLarge);
    let mut bomb = drawing(ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    assert!(put(&city, &bomb).is_err());
    assert_eq!(put(&city, b"%PDF-1.4\n%%EOF").unwrap().media, Media::Pdf);
    for end in 0..photo.len() {
        // No cut-off file may do more than be refused.
        let _refused_or_taken = put(&city, &photo[..end]);
    }
}
