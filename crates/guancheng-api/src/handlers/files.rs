//! Photos and documents.

use axum::response::Response;

use crate::{
    dto::{FileUpload, StoredFile},
    extract::Path,
    paths::IdPath,
    problem::Answer,
};

/// Upload a photo or a document, to be named later as evidence.
#[utoipa::path(post, path = "/files", operation_id = "upload_file", tag = "files",
    request_body(content = FileUpload, content_type = "multipart/form-data"),
    responses((status = 201, description = "Stored", body = StoredFile)))]
pub async fn upload_file() -> Answer<Response> {
    crate::pending(())
}

/// The file, if it belongs to a case I may see.
#[utoipa::path(get, path = "/files/{id}", operation_id = "get_file", tag = "files", params(IdPath), security((), ("session" = []), ("token" = [])),
    responses((status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn get_file(path: Path<IdPath>) -> Answer<Response> {
    crate::pending(path.0.id)
}

/// A small picture of the file.
#[utoipa::path(get, path = "/files/{id}/thumb", operation_id = "get_file_thumb", tag = "files", params(IdPath), security((), ("session" = []), ("token" = [])),
    responses((status = 200, description = "JPEG", body = Vec<u8>, content_type = "image/jpeg")))]
pub async fn get_file_thumb(path: Path<IdPath>) -> Answer<Response> {
    crate::pending(path.0.id)
}
