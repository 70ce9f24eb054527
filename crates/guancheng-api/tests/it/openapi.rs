//! The OpenAPI document is a snapshot: a change of the contract is seen in review, and the web app's types are made
//! from it.

#[test]
fn the_document_is_as_recorded() {
    expect_test::expect_file!["../../openapi.json"].assert_eq(&guancheng_api::openapi_document());
}
