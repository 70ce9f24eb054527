//! Rows of reports, contacts and files.

use guancheng_app::ports::{Contact, FileMeta, FileRow, Media, PortError, ReportRow};
use guancheng_base::{CaseId, ErrorCode, EvidenceId, Instant, LonLat, PersonId, ReportId};
use rusqlite::{Connection, Row, params};

use crate::{
    db,
    error::{Port, corrupt},
    sql::evidence as sql,
};

fn place(row: &Row<'_>, lon: usize) -> rusqlite::Result<Option<LonLat>> {
    let (lon, lat): (Option<f64>, Option<f64>) = (row.get(lon)?, row.get(lon + 1)?);
    Ok(lon.zip(lat).map(|(lon, lat)| LonLat { lon, lat }))
}

fn report_row(row: &Row<'_>) -> rusqlite::Result<ReportRow> {
    let name = |i: usize| row.get::<_, String>(i).map(Into::into);
    Ok(ReportRow {
        id: ReportId(row.get(0)?),
        case: row.get::<_, Option<i64>>(1)?.map(CaseId),
        code: name(2)?,
        source: name(3)?,
        text: row.get(4)?,
        lang: name(5)?,
        place: place(row, 6)?,
        address: row.get(8)?,
        at: Instant(row.get(9)?),
        by: row.get::<_, Option<i64>>(10)?.map(PersonId),
        category: row.get::<_, Option<String>>(11)?.map(Into::into),
    })
}

pub(crate) fn reports(conn: &Connection, case: CaseId) -> Port<Vec<ReportRow>> {
    db::all(conn, sql::REPORTS, [case.0], report_row)
}

pub(crate) fn report_by_code(conn: &Connection, code: &str) -> Port<Option<ReportRow>> {
    db::one(conn, sql::REPORT_BY_CODE, [code], report_row)
}

pub(crate) fn contact(conn: &Connection, report: ReportId) -> Port<Option<Contact>> {
    db::one(conn, sql::CONTACT, [report.0], |row| Ok(Contact { name: row.get(0)?, phone: row.get(1)? }))
}

pub(crate) fn add_report(conn: &Connection, report: &ReportRow, contact: Option<&Contact>) -> Port<ReportId> {
    let ReportRow { id: _, case, code, source, text, lang, place, address, at, by, category } = report;
    let id = db::next(conn, "id/report")?;
    let (lon, lat) = place.map(|at| (at.lon, at.lat)).unzip();
    let values = params![
        id,
        case.map(|case| case.0),
        code.as_str(),
        source.as_str(),
        text,
        lang.as_str(),
        lon,
        lat,
        address,
        at.0,
        by.map(|person| person.0),
        category.as_deref(),
    ];
    db::run(conn, sql::INSERT_REPORT, values)?;
    if let Some(Contact { name, phone }) = contact.filter(|contact| **contact != Contact::default()) {
        db::run(conn, sql::INSERT_CONTACT, params![id, name, phone])?;
    }
    Ok(ReportId(id))
}

pub(crate) fn erase_contact(conn: &Connection, report: ReportId) -> Port<bool> {
    db::run(conn, sql::ERASE_CONTACT, [report.0]).map(|rows| rows > 0)
}

pub(crate) fn join_report(conn: &Connection, report: ReportId, case: CaseId) -> Port<()> {
    if db::run(conn, sql::JOIN_REPORT, [report.0, case.0])? == 0 {
        let message = format!("there is no report {report} to join to a case");
        return Err(PortError::Refused { code: ErrorCode::NotFound, message });
    }
    Ok(())
}

/// The columns of a file that need more than reading.
struct RawFile {
    media: String,
    tags: String,
    row: FileRow,
}

fn raw_file(row: &Row<'_>) -> rusqlite::Result<RawFile> {
    let size: (Option<u32>, Option<u32>) = (row.get(4)?, row.get(5)?);
    let meta = FileMeta {
        taken_at: row.get::<_, Option<i64>>(7)?.map(Instant),
        place: place(row, 8)?,
        accuracy_m: row.get(10)?,
        tags: Vec::new(),
    };
    Ok(RawFile {
        media: row.get(1)?,
        tags: row.get(11)?,
        row: FileRow {
            id: EvidenceId(row.get(0)?),
            media: Media::Pdf,
            sha256: row.get(2)?,
            bytes: row.get::<_, i64>(3)?.cast_unsigned(),
            size: size.0.zip(size.1),
            has_thumb: row.get(6)?,
            meta,
            exif_taken: row.get(12)?,
            exif_place: place(row, 13)?,
            orientation: row.get(15)?,
            at: Instant(row.get(16)?),
            by: row.get::<_, Option<i64>>(17)?.map(PersonId),
        },
    })
}

pub(crate) fn files(conn: &Connection, ids: &[EvidenceId]) -> Port<Vec<FileRow>> {
    let mut found = Vec::new();
    for id in ids {
        let Some(RawFile { media, tags, mut row }) = db::one(conn, sql::FILE, [id.0], raw_file)? else { continue };
        row.media = Media::parse(&media).ok_or_else(|| corrupt(format!("file {id} is of the unknown type {media}")))?;
        row.meta.tags = serde_json::from_str(&tags).map_err(|error| corrupt(format!("tags of file {id}: {error}")))?;
        found.push(row);
    }
    Ok(found)
}

pub(crate) fn add_file(conn: &Connection, file: &FileRow) -> Port<EvidenceId> {
    let FileRow { id: _, media, sha256, bytes, size, has_thumb, meta, exif_taken, exif_place, orientation, at, by } =
        file;
    let FileMeta { taken_at, place, accuracy_m, tags } = meta;
    let id = db::next(conn, "id/file")?;
    let (width, height) = size.unzip();
    let (lon, lat) = place.map(|at| (at.lon, at.lat)).unzip();
    let (exif_lon, exif_lat) = exif_place.map(|at| (at.lon, at.lat)).unzip();
    let tags = serde_json::Value::from(tags.clone()).to_string();
    let values = params![
        id,
        media.as_str(),
        sha256,
        bytes.cast_signed(),
        width,
        height,
        has_thumb,
        taken_at.map(|at| at.0),
        lon,
        lat,
        accuracy_m,
        tags,
        exif_taken,
        exif_lon,
        exif_lat,
        orientation,
        at.0,
        by.map(|person| person.0),
    ];
    db::run(conn, sql::INSERT_FILE, values)?;
    Ok(EvidenceId(id))
}
