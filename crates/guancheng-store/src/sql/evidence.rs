//! Reports, contacts and files.

use super::texts;

macro_rules! report_columns {
    () => {
        "SELECT id, case_id, code, source, text, lang, lon, lat, address, at, by, category FROM reports"
    };
}

texts! {
    REPORTS = concat!(report_columns!(), " WHERE case_id = ?1 ORDER BY id");
    REPORT_BY_CODE = concat!(report_columns!(), " WHERE code = ?1");
    INSERT_REPORT = "INSERT INTO reports (id, case_id, code, source, text, lang, lon, lat, address, at, by, category)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    JOIN_REPORT = "UPDATE reports SET case_id = ?2 WHERE id = ?1";
    CONTACT = "SELECT name, phone FROM contacts WHERE report_id = ?1";
    INSERT_CONTACT = "INSERT INTO contacts (report_id, name, phone) VALUES (?1, ?2, ?3)";
    ERASE_CONTACT = "DELETE FROM contacts WHERE report_id = ?1";
    FILE = "SELECT id, media, sha256, bytes, width, height, has_thumb, taken_at, lon, lat, accuracy_m, tags, exif_taken,
        exif_lon, exif_lat, orientation, at, by FROM files WHERE id = ?1";
    INSERT_FILE = "INSERT INTO files (id, media, sha256, bytes, width, height, has_thumb, taken_at, lon, lat, accuracy_m,
        tags, exif_taken, exif_lon, exif_lat, orientation, at, by)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
    FILE_HASHES = "SELECT DISTINCT sha256, bytes FROM files ORDER BY sha256";
}
