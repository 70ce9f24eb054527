//! What the pack declares: procedures, code lists, offices.

use axum::response::Response;

use crate::{
    dto::{CodeList, OfficePage, PackView, PublicPack},
    extract::Path,
    paths::NamePath,
    problem::Answer,
};

/// Everything a client renders from.
#[utoipa::path(get, path = "/pack", operation_id = "get_pack", tag = "pack",
    responses((status = 200, description = "The pack", body = PackView, headers(("ETag" = String, description = "Changes with the pack and the language"))),
        (status = 304, description = "Not modified since `If-None-Match`")))]
pub async fn get_pack() -> Answer<Response> {
    crate::pending(())
}

/// A code list.
#[utoipa::path(get, path = "/codelists/{id}", operation_id = "get_codelist", tag = "pack", params(NamePath),
    responses((status = 200, description = "The code list", body = CodeList, headers(("ETag" = String, description = "Changes with the pack and the language"))),
        (status = 304, description = "Not modified since `If-None-Match`")))]
pub async fn get_codelist(path: Path<NamePath>) -> Answer<Response> {
    crate::pending(path.0.id)
}

/// A procedure as one page an official can read aloud and sign.
#[utoipa::path(get, path = "/procedures/{id}/page", operation_id = "get_procedure_page", tag = "pack", params(NamePath),
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
pub async fn get_procedure_page(path: Path<NamePath>) -> Answer<Response> {
    crate::pending(path.0.id)
}

/// The offices, parents first.
#[utoipa::path(get, path = "/offices", operation_id = "list_offices", tag = "pack",
    responses((status = 200, description = "The offices", body = OfficePage)))]
pub async fn list_offices() -> Answer<Response> {
    crate::pending(())
}

/// What the public page starts from.
#[utoipa::path(get, path = "/public/pack", operation_id = "get_public_pack", tag = "public", security(()),
    responses((status = 200, description = "The pack as the public may see it", body = PublicPack)))]
pub async fn get_public_pack() -> Answer<Response> {
    crate::pending(())
}
